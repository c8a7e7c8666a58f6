//! Every address of the API, with its action of the access matrix and what it takes and gives.

use super::{accounts, commitments, desk, editions, home, imports, plans, public, references, search};
use crate::routes::{Route, get, post, put};

/// The list.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    vec![
        get ("/api/v1/openapi.json",  "api.describe", public::describe).about(public::DOCUMENT),
        get ("/api/v1/me",            "home.read",    home::me).about(home::ME),
        get ("/api/v1/home",          "home.read",    home::work).about(home::WORK),
        get ("/api/v1/search",        "search.read",  search::find).about(search::FIND),

        get ("/api/v1/plans",                               "plan.list",    plans::list).about(plans::LIST),
        get ("/api/v1/plans/{key}",                         "plan.list",    plans::show).about(plans::SHOW),
        get ("/api/v1/plans/{key}/outline",                 "plan.read",    plans::outline).about(plans::OUTLINE),
        get ("/api/v1/plans/{key}/coverage",                "plan.read",    plans::coverage).about(plans::COVERAGE),
        get ("/api/v1/plans/{key}/clauses",                 "plan.read",    plans::clauses).about(plans::CLAUSES),
        get ("/api/v1/plans/{key}/clauses/{path}",          "plan.read",    plans::clause).about(plans::CLAUSE),
        get ("/api/v1/plans/{key}/doubts",                  "plan.read",    plans::doubts).about(plans::DOUBTS),
        get ("/api/v1/plans/{key}/doubts/{number}",         "plan.read",    plans::doubt).about(plans::DOUBT),
        post("/api/v1/plans/{key}/doubts/{number}/settle",  "plan.review",  desk::settle).about(desk::SETTLE),

        get ("/api/v1/plans/{key}/commitments",             "plan.read",    commitments::list).about(commitments::LIST),
        get ("/api/v1/plans/{key}/facets",                  "plan.read",    commitments::facets).about(commitments::FACETS),
        get ("/api/v1/plans/{key}/register.xlsx",  "plan.register_export",  commitments::file).about(commitments::FILE),
        get ("/api/v1/plans/{key}/commitments/{number}",    "plan.read",    commitments::show).about(commitments::SHOW),
        post("/api/v1/plans/{key}/commitments",                  "plan.review", desk::add).about(desk::ADD),
        post("/api/v1/plans/{key}/commitments/{number}/accept",  "plan.review", desk::accept).about(desk::ACCEPT),
        post("/api/v1/plans/{key}/commitments/{number}/change",  "plan.review", desk::change).about(desk::CHANGE),
        post("/api/v1/plans/{key}/commitments/{number}/split",   "plan.review", desk::split).about(desk::SPLIT),
        post("/api/v1/plans/{key}/commitments/{number}/reject",  "plan.review", desk::reject).about(desk::REJECT),
        post("/api/v1/plans/{key}/commitments/{number}/doubt",   "plan.review", desk::doubt).about(desk::DOUBT),
        post("/api/v1/plans/{key}/undo",                         "plan.review", desk::undo).about(desk::UNDO),
        get ("/api/v1/plans/{key}/bulk",                         "plan.review", desk::bulk).about(desk::BULK),
        post("/api/v1/plans/{key}/bulk",                         "plan.review", desk::accept_bulk).about(desk::ACCEPT_BULK),

        get ("/api/v1/plans/{key}/references",                    "plan.read",   references::list).about(references::LIST),
        post("/api/v1/plans/{key}/references/batches",            "plan.review", references::begin).about(references::BEGIN),
        get ("/api/v1/plans/{key}/references/batches/{id}",       "plan.review", references::show).about(references::SHOW),
        post("/api/v1/plans/{key}/references/batches/{id}/rows",  "plan.review", references::add).about(references::ADD),
        post("/api/v1/plans/{key}/references/batches/{id}/show",  "plan.review", references::turn).about(references::TURN),
        post("/api/v1/plans/{key}/references/batches/{id}/drop",  "plan.review", references::discard).about(references::DROP),

        get ("/api/v1/plans/{key}/edition",           "plan.read",     editions::show).about(editions::SHOW),
        post("/api/v1/plans/{key}/edition/approve",   "plan.approve",  editions::approve).about(editions::APPROVE),
        post("/api/v1/plans/{key}/edition/publish",   "plan.publish",  editions::publish).about(editions::PUBLISH),
        post("/api/v1/plans/{key}/edition/withdraw",  "plan.withdraw", editions::withdraw).about(editions::WITHDRAW),

        get ("/api/v1/imports",       "plan.import", imports::list).about(imports::LIST),
        post("/api/v1/imports",       "plan.import", imports::begin).about(imports::BEGIN),
        get ("/api/v1/imports/{id}",  "plan.import", imports::show).about(imports::SHOW),

        get ("/api/v1/accounts",                  "accounts.read", accounts::list).about(accounts::LIST),
        post("/api/v1/accounts",                  "accounts.add", accounts::add).about(accounts::ADD),
        get ("/api/v1/accounts/{login}",          "accounts.read", accounts::show).about(accounts::SHOW),
        put ("/api/v1/accounts/{login}/roles",    "accounts.roles", accounts::roles).about(accounts::ROLES),
        post("/api/v1/accounts/{login}/disable",  "accounts.lock", accounts::disable).about(accounts::DISABLE),
        post("/api/v1/accounts/{login}/enable",   "accounts.lock", accounts::enable).about(accounts::ENABLE),
        post("/api/v1/accounts/{login}/reset",    "accounts.reset", accounts::reset).about(accounts::RESET),
        get ("/api/v1/organisations",             "packs.read",      accounts::organisations).about(accounts::ORGANISATIONS),

        get ("/api/v1/public/plans",                       "public.read", public::list).about(public::LIST),
        get ("/api/v1/public/plans/{key}",                 "public.read", public::show).about(public::SHOW),
        get ("/api/v1/public/plans/{key}/chapters/{path}", "public.read", public::chapter).about(public::CHAPTER),
    ]
}
