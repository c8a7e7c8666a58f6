//! Logging in and out, and one's own password.

use super::pages::{DemoAccount, GoOnPage, LoginPage, PasswordPage};
use crate::{
    failure::{Stop, reasons},
    forms,
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
    Failure, Session,
    accounts::{change_password as change, login, logout},
    plan::views::ReasonView,
};
use serde::{Deserialize, Serialize};
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

/// The login page of this installation.
pub(crate) fn login_page(web: &Web, next: String) -> LoginPage {
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
    #[serde(default)]
    to: String,
    #[serde(default)]
    kept: String,
}

/// A form that was sent when its session was over (过期的表单): kept over the login, so that nothing typed is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Where it was sent to, in this house.
    pub to: String,
    /// Its fields as they were sent, without the secret.
    pub body: String,
}

impl Kept {
    /// Bytes that a kept form may have: it is sent once more inside of the login form.
    const LIMIT: usize = 512 << 10;
    /// Fields that hold secrets; a form with one of them is not kept.
    const SECRETS: [&'static str; 5] = ["password", "old", "new", "again", "code"];

    /// What can be kept of a form; none where it holds a secret, is too long or leads elsewhere.
    pub fn of(to: &str, body: &[u8]) -> Option<Self> {
        let mut fields = forms::fields(body).filter(|_| body.len() <= Self::LIMIT)?;
        fields.retain(|field| field.0 != "csrf");
        let secret = fields.iter().any(|field| Self::SECRETS.contains(&field.0.as_str()));
        let to = inside(to).filter(|_| !secret && !fields.is_empty())?;
        Some(Self { to: to.to_owned(), body: forms::body(&fields) })
    }
}

/// Logs in and goes on to the page that was asked for, or to the form that was sent too late.
pub async fn log_in(State(web): State<Web>, visit: Visit, Form(entered): Form<Entered>) -> Result<Response, Stop> {
    let kept = Kept::of(&entered.to, entered.kept.as_bytes());
    match login::login_from(&web.app, &entered.name, &entered.password, visit.origin.clone()).await {
        Ok(entry) => {
            let mut response = match kept.filter(|_| !entry.session.must_change) {
                Some(kept) => go_on(&web, &visit, &entry.session, kept).await?,
                None => enter(&web, &entry, &entered.next),
            };
            response.headers_mut().append(header::SET_COOKIE, cookie(&web, SESSION_COOKIE, &entry.token, None));
            Ok(response)
        }
        Err(Failure::Refused(refused)) => {
            let page = LoginPage {
                name: entered.name,
                refusals: reasons(&refused),
                expired: kept.is_some(),
                kept,
                ..login_page(&web, entered.next)
            };
            visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Goes to the page that was asked for, by way of the choice of a post where there are several; attempts that failed since the last login are told there.
fn enter(web: &Web, entry: &login::LoggedIn, next: &str) -> Response {
    let session = &entry.session;
    let choice = format!("/account/posts?next={}", crate::signs::address_segment(inside(next).unwrap_or("/")));
    let to = match session.must_change {
        true => "/account/password",
        // Who has several posts says in which he is about to act.
        false if entry.posts > 1 => &choice,
        false => inside(next).unwrap_or("/"),
    };
    let failed = session.before().map_or(0, |before| before.failed);
    let toast =
        (failed > 0).then(|| Toast { key: "toast-failed-logins".to_owned(), subject: failed.to_string(), undo: None });
    done(web, to, toast.as_ref())
}

/// Shows the form that was sent too late: it goes on when the person says so, in the name of who is logged in now.
async fn go_on(web: &Web, visit: &Visit, session: &Session, kept: Kept) -> Result<Response, Stop> {
    let visit = Visit {
        csrf: session.csrf().unwrap_or_default().to_owned(),
        session: session.clone(),
        address: "/".to_owned(),
        ..visit.clone()
    };
    let fields = forms::fields(kept.body.as_bytes()).unwrap_or_default();
    let page = GoOnPage { name: session.actor.name.clone(), to: kept.to, fields, back: "/".to_owned() };
    visit.page(web, None, &page).await
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
    let page = PasswordPage::new(visit.session.must_change, Vec::new());
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
    let page = PasswordPage::new(visit.session.must_change, refusals);
    visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}
