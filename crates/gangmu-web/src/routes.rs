//! Every address of the house, with the action of the access matrix that it needs.
//!
//! What is not listed here does not exist. A test walks every route with every role.

use crate::{
    accounts, administration, api, attachments, backup,
    failure::Stop,
    home, house, imports, indicators, journal, messages, operations, personal,
    plan::{assign, bulk, compare, decide, edition, joined, list, reader, register, review},
    posts, public, rights, rosters, search, security, tokens,
    web::Web,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    handler::Handler,
    http::{Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{self, MethodFilter, MethodRouter},
};
use std::{convert::Infallible, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, decompression::RequestDecompressionLayer,
    timeout::TimeoutLayer, trace::TraceLayer,
};

/// One address: method, path, action, handler.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path with its parameters.
    pub path: &'static str,
    /// The action of the access matrix; `open` for what needs none.
    pub action: &'static str,
    /// What an address of the API takes and gives.
    pub about: Option<api::about::About>,
    handler: MethodRouter<Web, Infallible>,
}

impl Route {
    /// With what it takes and gives.
    #[must_use]
    pub fn about(mut self, about: api::about::About) -> Self {
        self.about = Some(about);
        self
    }

    /// May everybody ask, with or without a token?
    pub fn is_open(&self) -> bool {
        self.action == OPEN || gangmu_app::Access::committed().is_public(self.action)
    }
}

/// What needs no action: the signs of life, the assets, the language.
pub const OPEN: &str = "open";

pub(crate) fn get<H: Handler<T, Web>, T: 'static>(path: &'static str, action: &'static str, handler: H) -> Route {
    on(path, Method::GET, action, handler)
}

pub(crate) fn post<H: Handler<T, Web>, T: 'static>(path: &'static str, action: &'static str, handler: H) -> Route {
    on(path, Method::POST, action, handler)
}

pub(crate) fn put<H: Handler<T, Web>, T: 'static>(path: &'static str, action: &'static str, handler: H) -> Route {
    on(path, Method::PUT, action, handler)
}

fn on<H: Handler<T, Web>, T: 'static>(path: &'static str, method: Method, action: &'static str, handler: H) -> Route {
    let filter = MethodFilter::try_from(method.clone()).expect("the methods of the list are those of the protocol");
    Route { method, path, action, about: None, handler: routing::on(filter, handler) }
}

/// The list: pages, then the API.
pub fn routes() -> Vec<Route> {
    let mut all = pages();
    all.extend(api::routes::routes());
    all
}

#[rustfmt::skip]
fn pages() -> Vec<Route> {
    vec![
        get ("/healthz",                  OPEN,               house::alive),
        get ("/readyz",                   OPEN,               house::ready),
        get ("/assets/{*name}",           OPEN,               house::asset),
        post("/language",                 OPEN,               house::choose_language),

        get ("/login",                    "accounts.login",   accounts::login_form),
        post("/login",                    "accounts.login",   accounts::log_in),
        post("/logout",                   "accounts.own",     accounts::log_out),
        get ("/account/password",         "accounts.own",     accounts::password_form),
        post("/account/password",         "accounts.own",     accounts::change_password),
        get ("/activate",                 "accounts.login",   accounts::activation_form),
        post("/activate",                 "accounts.login",   accounts::activate_it),
        get ("/account/sessions",         "accounts.own",     accounts::sessions),
        post("/account/sessions/end-others", "accounts.own",  accounts::end_others),
        post("/account/sessions/{key}/end",  "accounts.own",  accounts::end_session),
        get ("/account/alive",            "accounts.own",     accounts::alive),
        get (api::REFERENCE,              "api.describe",     api::reference::show),
        get ("/account/tokens",           "tokens.own",       tokens::show),
        post("/account/tokens",           "tokens.own",       tokens::issue),
        post("/account/tokens/{id}/revoke", "tokens.own",     tokens::revoke),

        get ("/administration",           "administration.read", administration::show),
        get ("/administration/backups",   "backup.watch",     backup::show),
        post("/administration/backups",   "backup.make",      backup::make),
        post("/administration/backups/rehearse", "backup.rehearse", backup::rehearse),
        post("/administration/backups/{name}/rehearse", "backup.rehearse", backup::rehearse_this),
        get ("/administration/backups/{name}", "backup.download", backup::take),
        get ("/accounts",                 "accounts.read",    accounts::list),
        get ("/accounts/new",             "accounts.add",     accounts::new),
        post("/accounts",                 "accounts.add",     accounts::add),
        get ("/accounts/{login}",         "accounts.read",    accounts::edit),
        post("/accounts/{login}",         "accounts.roles",   accounts::save_roles),
        post("/accounts/{login}/disable", "accounts.lock",    accounts::disable),
        post("/accounts/{login}/enable",  "accounts.lock",    accounts::enable),
        post("/accounts/{login}/reset",   "accounts.reset",   accounts::reset),
        post("/accounts/{login}/posts",                  "accounts.roles", posts::add),
        post("/accounts/{login}/posts/{id}",             "accounts.roles", posts::set_roles),
        post("/accounts/{login}/posts/{id}/end",         "accounts.roles", posts::end),
        post("/accounts/{login}/posts/{id}/deputies",    "accounts.roles", posts::appoint_for),
        get ("/account/posts",                           "accounts.own",   posts::show),
        post("/account/posts/choose",                    "accounts.own",   posts::choose),
        post("/account/posts/{id}/deputies",             "accounts.own",   posts::appoint),
        post("/deputies/{id}/end",                       "accounts.own",   posts::dismiss),
        get ("/administration/rights",                   "access.read",    rights::show),
        get ("/administration/rights.xlsx",              "access.read",    rights::export),

        get ("/account/me",               "accounts.own",     personal::mine),
        post("/account/me",               "accounts.own",     personal::save_mine),
        get ("/personal",                 "personal.read",    personal::overview),
        post("/personal/erasures/{id}/confirm", "personal.confirm_erasure", personal::confirm_erasure),
        post("/personal/erasures/{id}/refuse",  "personal.confirm_erasure", personal::refuse_erasure),
        get ("/accounts/{login}/personal",        "personal.read",        personal::person),
        post("/accounts/{login}/personal/reveal", "personal.reveal",      personal::reveal),
        post("/accounts/{login}/personal/erase",  "personal.ask_erasure", personal::ask_erasure),
        get ("/rosters",                  "accounts.add",     rosters::list),
        post("/rosters",                  "accounts.add",     rosters::submit),
        get ("/rosters/template.xlsx",    "accounts.add",     rosters::template),
        get ("/rosters/{id}",             "accounts.add",     rosters::show),
        post("/rosters/{id}/apply",       "accounts.add",     rosters::apply),
        post("/rosters/{id}/drop",        "accounts.add",     rosters::drop_draft),
        post("/rosters/{id}/slips",       "accounts.add",     rosters::slips),
        get ("/role-requests",            "accounts.roles",   rosters::requests),
        post("/role-requests",            "accounts.roles",   rosters::answer_requests),

        get ("/operations",                     "operations.read",   operations::show),
        get ("/operations/faults",              "operations.read",   operations::fault),
        get ("/operations/jobs/{id}",           "operations.read",   operations::job),
        post("/operations/jobs/{id}/retry",     "operations.manage", operations::retry),
        post("/operations/jobs/{id}/drop",      "operations.manage", operations::drop_it),
        get ("/operations/queues/{key}",        "operations.read",   operations::queue),
        post("/operations/queues/{key}/pause",  "operations.manage", operations::pause),
        post("/operations/queues/{key}/resume", "operations.manage", operations::resume),
        post("/operations/queues/{key}/retry",  "operations.manage", operations::retry_all),
        get ("/operations/timers/{key}",        "operations.read",   operations::timer),
        post("/operations/timers/{key}/run",    "operations.manage", operations::run),

        get ("/inbox",                    "messages.own",     messages::show),
        post("/inbox/read",               "messages.own",     messages::read),
        get ("/inbox/stream",             "messages.own",     messages::stream),
        get ("/inbox/preferences",        "messages.own",     messages::preferences_form),
        post("/inbox/preferences",        "messages.own",     messages::prefer),
        get ("/inbox/{id}",               "messages.own",     messages::open),
        get ("/journal",                  "journal.read",     journal::show),
        post("/journal",                  "journal.read",     journal::open),
        post("/journal/verify",           "journal.read",     journal::verify),
        post("/journal/checkpoint",       "journal.export",   journal::checkpoint),
        post("/journal/export",           "journal.export",   journal::export),
        post("/journal/found",            "journal.export",   journal::found),
        get ("/journal/{id}",             "journal.read",     journal::entry),
        get ("/journal/{id}/proof",       "journal.export",   journal::proof),
        get ("/history/{kind}/{id}",      "journal.read",     journal::history),

        get ("/gallery",                  "gallery.read",     house::gallery),
        get ("/",                         "home.read",        home::show),
        get ("/search",                   "search.read",      search::show),

        get ("/plans",                             "plan.list",            list::show),
        get ("/imports/new",                       "plan.import",          imports::new),
        post("/imports",                           "plan.import",          imports::begin),
        get ("/imports/{id}",                      "plan.import",          imports::show),
        post("/imports/{id}/sort",                 "plan.import",          imports::sort),
        post("/imports/{id}/drop",                 "plan.import",          imports::give_up),

        get ("/plans/{key}",                       "plan.read",            reader::first),
        get ("/plans/{key}/go",                    "plan.read",            reader::go),
        get ("/plans/{key}/register",              "plan.read",            register::show),
        get ("/plans/{key}/register.xlsx",         "plan.register_export", register::export),
        get ("/plans/{key}/edition",               "plan.read",            edition::show),
        get ("/plans/{key}/compare",               "plan.read",            compare::show),
        get ("/plans/{key}/joined",                "plan.read",            joined::show),
        post("/plans/{key}/joined/{number}",       "plan.review",          joined::decide),
        post("/plans/{key}/edition/approve",       "plan.approve",         edition::approve_it),
        post("/plans/{key}/edition/publish",       "plan.publish",         edition::publish_it),
        post("/plans/{key}/edition/withdraw",      "plan.withdraw",        edition::withdraw_it),
        get ("/plans/{key}/edition/indicators",    "indicators.read",      indicators::preview),
        post("/plans/{key}/edition/indicators",    "indicators.define",    indicators::adopt),
        get ("/plans/{key}/review",                "plan.read",            review::first),
        get ("/plans/{key}/review/bulk",           "plan.review",          bulk::show),
        post("/plans/{key}/review/bulk",           "plan.review",          bulk::accept),
        get ("/plans/{key}/review/owners",         "plan.review",          assign::show),
        post("/plans/{key}/review/owners",         "plan.review",          assign::assign),
        post("/plans/{key}/review/decide",         "plan.review",          decide::decide_it),
        post("/plans/{key}/review/add",            "plan.review",          decide::add),
        post("/plans/{key}/review/settle",         "plan.review",          decide::settle_it),
        post("/plans/{key}/review/undo",           "plan.review",          decide::undo),
        get ("/plans/{key}/review/{path}",         "plan.read",            review::at),
        get ("/plans/{key}/{path}",                "plan.read",            reader::at),

        get ("/indicators",                        "indicators.read",      indicators::list),
        post("/indicators",                        "indicators.define",    indicators::define),
        get ("/indicators.xlsx",                   "indicators.read",      indicators::export),
        get ("/indicators/new",                    "indicators.define",    indicators::new),
        get ("/indicators/{key}",                  "indicators.read",      indicators::show),
        get ("/indicators/{key}/edit",             "indicators.define",    indicators::edit),
        post("/indicators/{key}/edit",             "indicators.define",    indicators::revise),

        get ("/attachments/of/{kind}/{id}",        "attachments.read",     attachments::show),
        post("/attachments/of/{kind}/{id}",        "attachments.add",      attachments::upload),
        get ("/attachments/{id}",                  "attachments.read",     attachments::one),
        get ("/attachments/{id}/file",             "attachments.read",     attachments::file),
        get ("/attachments/{id}/picture",          "attachments.read",     attachments::picture),
        get ("/attachments/{id}/thumbnail",        "attachments.read",     attachments::thumbnail),
        post("/attachments/{id}/remove",           "attachments.add",      attachments::remove_it),
        post("/attachments/{id}/restore",          "attachments.add",      attachments::restore_it),
        post("/attachments/{id}/rename",           "attachments.add",      attachments::rename_it),
        post("/attachments/{id}/link",             "attachments.add",      attachments::share_it),
        post("/attachments/{id}/public",           "attachments.publish",  attachments::publish_it),

        on  ("/uploads",      Method::OPTIONS,     "attachments.add",      attachments::tus::options),
        post("/uploads",                           "attachments.add",      attachments::tus::create),
        on  ("/uploads/{id}", Method::HEAD,        "attachments.add",      attachments::tus::head),
        on  ("/uploads/{id}", Method::PATCH,       "attachments.add",      attachments::tus::patch),
        on  ("/uploads/{id}", Method::DELETE,      "attachments.add",      attachments::tus::delete),
        get ("/links/{id}",                        "attachments.link",     attachments::link),
        get ("/files/{id}",                        "public.read",          attachments::public),
        get ("/administration/attachments",          "attachments.collect",  attachments::store),
        post("/administration/attachments/collect",  "attachments.collect",  attachments::collect_now),
        post("/administration/attachments/verify",   "attachments.collect",  attachments::verify_now),

        get ("/public",                   "public.read",      public::list),
        get ("/public/{key}",             "public.read",      public::front),
        get ("/public/{key}/{path}",      "public.read",      public::chapter),
        get ("/p/{key}",                  "public.read",      public::short),
    ]
}

/// The router over the application.
pub fn router(web: Web) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let guard = middleware::from_fn_with_state((web.clone(), route.action), admit);
        // Two methods on one path are merged by the router.
        let handler = match api::is_api(route.path) {
            // Only programs send packed bodies; what they unpack to is limited like any other.
            true => route.handler.layer(RequestDecompressionLayer::new()).layer(guard),
            false => route.handler.layer(guard),
        };
        router = router.route(route.path, handler);
    }
    // The last layer is the outermost.
    router
        .fallback(async || Stop::Hidden)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(usize::try_from(security::UPLOAD_LIMIT).unwrap_or(usize::MAX)))
        .layer(middleware::from_fn_with_state(web.clone(), security::enter))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_mins(5)))
        .layer(middleware::from_fn_with_state(web.clone(), security::headers))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(web)
}

/// A page that only answers another method is not there; a program is told which it answers.
async fn no_such_method(request: Request) -> Response {
    match api::is_api(request.uri().path()) {
        true => api::problem::Halt::Method.into_response(),
        false => Stop::Hidden.into_response(),
    }
}

/// Only who may passes; the operation behind asks once more.
async fn admit(State((web, action)): State<(Web, &'static str)>, request: Request, next: Next) -> Response {
    if action == OPEN {
        return next.run(request).await;
    }
    if let Some(caller) = request.extensions().get::<api::caller::Caller>() {
        return match caller.session.why_not(web.app.access(), action) {
            None => next.run(request).await,
            Some(forbidden) => api::problem::Halt::from(gangmu_app::Failure::Forbidden(forbidden)).into_response(),
        };
    }
    let visit = request.extensions().get::<crate::visit::Visit>();
    let why_not = match visit {
        Some(visit) => visit.session.why_not(web.app.access(), action),
        None => return Stop::Forbidden.into_response(),
    };
    match why_not {
        None => next.run(request).await,
        Some(forbidden) => Stop::from(gangmu_app::Failure::Forbidden(forbidden)).into_response(),
    }
}
