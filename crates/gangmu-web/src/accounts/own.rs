//! Logging in and out, and one's own password.

use super::pages::{DemoAccount, LoginPage, PasswordPage};
use crate::{
    failure::{Stop, reasons},
    pages::Toast,
    visit::{SESSION_COOKIE, Visit, cookie, done, inside, see_other},
    web::Web,
};
use axum::{
    extract::{Form, Query, State},
    http::{StatusCode, header},
    response::Response,
};
use gangmu_app::{
    Failure,
    accounts::{change_password as change, login, logout},
    plan::views::ReasonView,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where to go after login.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `/login`.
pub async fn login_form(State(web): State<Web>, visit: Visit, Query(next): Query<Next>) -> Result<Response, Stop> {
    if visit.session.is_logged_in() {
        return Ok(see_other(inside(&next.next).unwrap_or("/")));
    }
    visit.page(&web, None, &login_page(&web, next.next)).await
}

fn login_page(web: &Web, next: String) -> LoginPage {
    let demo_accounts = web
        .settings
        .demo_accounts
        .iter()
        .map(|(name, roles)| DemoAccount { name: name.clone(), roles: roles.clone() })
        .collect();
    LoginPage { demo_accounts, ..LoginPage::new(0, 0, next) }
}

/// What the login form sends.
#[derive(Deserialize)]
pub struct Entered {
    name: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// Logs in and goes on to the page that was asked for.
pub async fn log_in(State(web): State<Web>, visit: Visit, Form(entered): Form<Entered>) -> Result<Response, Stop> {
    match login::login(&web.app, &entered.name, &entered.password).await {
        Ok(entry) => {
            let to = if entry.session.must_change { "/account/password" } else { inside(&entered.next).unwrap_or("/") };
            let mut response = see_other(to);
            response.headers_mut().append(header::SET_COOKIE, cookie(&web, SESSION_COOKIE, &entry.token, None));
            Ok(response)
        }
        Err(Failure::Refused(refused)) => {
            let page = LoginPage { name: entered.name, refusals: reasons(&refused), ..login_page(&web, entered.next) };
            visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Logs out.
pub async fn log_out(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    logout::logout(&web.app, &visit.session).await?;
    let mut response = see_other("/login");
    response.headers_mut().append(header::SET_COOKIE, cookie(&web, SESSION_COOKIE, "", Some(0)));
    Ok(response)
}

/// `/account/password`.
pub async fn password_form(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = PasswordPage { must: visit.session.must_change, refusals: Vec::new() };
    visit.page(&web, None, &page).await
}

/// What the password form sends.
#[derive(Deserialize)]
pub struct Passwords {
    old: String,
    new: String,
    again: String,
}

/// Changes one's own password.
pub async fn change_password(
    State(web): State<Web>,
    visit: Visit,
    Form(given): Form<Passwords>,
) -> Result<Response, Stop> {
    let refusals = if given.new != given.again {
        vec![ReasonView { code: "accounts.password.not_repeated".to_owned(), fields: BTreeMap::new() }]
    } else {
        match change::change_password(&web.app, &visit.session, &given.old, &given.new).await {
            Ok(()) => {
                let toast =
                    Toast { key: "toast-password".to_owned(), subject: visit.session.login.clone(), undo: None };
                return Ok(done(&web, "/", Some(&toast)));
            }
            Err(Failure::Refused(refused)) => reasons(&refused),
            Err(other) => return Err(other.into()),
        }
    };
    let page = PasswordPage { must: visit.session.must_change, refusals };
    visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}
