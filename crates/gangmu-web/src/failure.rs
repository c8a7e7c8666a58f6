//! When a request stops: refused by the rules, hidden, forbidden, malformed, or because the world failed.
//!
//! A handler returns a [`Stop`]; the entrance turns it into a page in the visitor's language. A fault is logged and
//! kept once, with the number that the page tells.

use crate::{
    accounts::{Kept, LoginPage, login_page},
    house::StopPage,
    pages::Page,
    visit::{Visit, see_other},
    web::Web,
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use gangmu_app::{Failure, Forbidden, faults, plan::views::ReasonView, rights, terms::Answer};
use gangmu_kernel::refusal::Reasons;

/// Why a request stops.
#[derive(Debug, Clone)]
pub enum Stop {
    /// Nobody is logged in, and this is not for everybody.
    NotLoggedIn,
    /// The person must choose a new password first.
    PasswordFirst,
    /// The person's roles don't include this.
    Forbidden,
    /// The person has no role yet.
    NoRole,
    /// The person's roles don't include this action of the matrix.
    Denied(String),
    /// There is no such thing, or the person may not know of it.
    Hidden,
    /// The rules say no: all reasons at once.
    Refused(Vec<ReasonView>),
    /// A form without the secret of its visitor.
    Csrf,
    /// A form of a session that is over, with what can be kept of it.
    Expired(Option<Box<Kept>>),
    /// More than may be sent at once.
    TooLarge,
    /// What was sent can't be read.
    Malformed,
    /// The world failed in this way; the answer tells the number under which it is logged and kept.
    Fault(String),
    /// It is no longer what was seen.
    Outdated {
        /// The version that holds now.
        version: String,
    },
    /// It was answered before under the same idempotency key; only programs send one.
    Answered(Answer),
}

impl Stop {
    /// A fault of this crate's own.
    pub fn fault(error: &dyn std::error::Error) -> Self {
        Self::Fault(chain(error))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotLoggedIn | Self::Expired(_) => StatusCode::UNAUTHORIZED,
            Self::PasswordFirst | Self::Forbidden | Self::NoRole | Self::Denied(_) | Self::Csrf => {
                StatusCode::FORBIDDEN
            }
            Self::Hidden => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Outdated { .. } => StatusCode::CONFLICT,
            Self::Answered(_) => StatusCode::OK,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// An error with everything behind it, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        next = cause.source();
    }
    line
}

/// The reasons of a refusal as pages show them.
pub fn reasons(reasons: &Reasons) -> Vec<ReasonView> {
    reasons
        .as_slice()
        .iter()
        .map(|reason| ReasonView {
            code: reason.code.to_owned(),
            fields: reason.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        })
        .collect()
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Forbidden(Forbidden::NotLoggedIn { .. }) => Self::NotLoggedIn,
            Failure::Forbidden(Forbidden::PasswordFirst { .. }) => Self::PasswordFirst,
            Failure::Forbidden(Forbidden::WrongRole { held, .. }) if held.is_empty() => Self::NoRole,
            Failure::Forbidden(Forbidden::WrongRole { action, .. } | Forbidden::Unlisted { action }) => {
                Self::Denied(action)
            }
            Failure::Forbidden(Forbidden::OutOfScope { .. } | Forbidden::PostEnded { .. }) => Self::Forbidden,
            Failure::Absent(_) => Self::Hidden,
            Failure::Refused(refused) => Self::Refused(reasons(&refused)),
            Failure::Outdated { current } => Self::Outdated { version: current },
            Failure::Answered(answer) => Self::Answered(answer),
            other => Self::Fault(chain(&other)),
        }
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Turns a stopped response into a page.
pub async fn dress(web: &Web, visit: &Visit, get: bool, response: Response) -> Response {
    let Some(stop) = response.extensions().get::<Stop>().cloned() else { return response };
    let (kind, reasons, number) = match &stop {
        Stop::NotLoggedIn if get => {
            let next = crate::signs::address_segment(&visit.address);
            return see_other(&format!("/login?next={next}"));
        }
        Stop::PasswordFirst => return see_other("/account/password"),
        Stop::NotLoggedIn => ("login", Vec::new(), None),
        Stop::Forbidden | Stop::Denied(_) => ("forbidden", Vec::new(), None),
        Stop::NoRole => ("norole", Vec::new(), None),
        Stop::Hidden => ("hidden", Vec::new(), None),
        Stop::Refused(reasons) => ("refused", reasons.clone(), None),
        Stop::Csrf => ("csrf", Vec::new(), None),
        Stop::Expired(kept) => {
            let page = LoginPage { expired: true, kept: kept.as_deref().cloned(), ..login_page(web, String::new()) };
            return rendered(web, visit, stop.status(), &page).await;
        }
        Stop::TooLarge => ("large", Vec::new(), None),
        Stop::Malformed | Stop::Answered(_) => ("malformed", Vec::new(), None),
        Stop::Outdated { .. } => ("outdated", Vec::new(), None),
        Stop::Fault(error) => {
            let number = faults::number(&web.app);
            tracing::error!(%number, %error, place = visit.place, "a request failed");
            faults::record(&web.app, &number, &visit.place, error).await;
            ("fault", Vec::new(), Some(number))
        }
    };
    let why = match &stop {
        Stop::Denied(action) => explained(web, visit, action).await,
        Stop::NoRole => explained(web, visit, "home.read").await,
        _ => None,
    };
    rendered(web, visit, stop.status(), &StopPage { kind, reasons, number, why, back: None }).await
}

/// Why the visitor may not, and whom to ask; should finding that out fail, the page still says that he may not.
async fn explained(web: &Web, visit: &Visit, action: &str) -> Option<rights::Why> {
    match rights::why(&web.app, &visit.session, action).await {
        Ok(why) => Some(why).filter(|_| visit.session.is_logged_in()),
        Err(error) => {
            tracing::error!(%error, action, "why somebody may not do something can't be told");
            None
        }
    }
}

async fn rendered<P: Page>(web: &Web, visit: &Visit, status: StatusCode, page: &P) -> Response {
    let frame = visit.frame(web, None).await;
    match web.pages.render(&frame, page) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of a failure failed");
            status.into_response()
        }
    }
}
