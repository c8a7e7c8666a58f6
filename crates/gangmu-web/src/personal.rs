//! Personal data (个人信息): one's own, that of others masked, for a purpose unmasked; how long it is kept; erasure.

mod pages;

pub use pages::{MinePage, PersonPage, PersonalPage};

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    personal::{self, Revealed, erase, retention},
    plan::views::ReasonView,
};
use serde::Deserialize;

/// `/account/me`.
pub async fn mine(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = MinePage { mine: personal::mine(&web.app, &visit.session).await?, refusals: Vec::new() };
    visit.page(&web, None, &page).await
}

/// What the form of one's own data sends.
#[derive(Debug, Deserialize)]
pub struct Reached {
    phone: String,
    email: String,
}

/// Saves how one is reached.
pub async fn save_mine(State(web): State<Web>, visit: Visit, Form(given): Form<Reached>) -> Result<Response, Stop> {
    match personal::save_mine(&web.app, &visit.session, &given.phone, &given.email).await {
        Ok(()) => {
            let subject = visit.session.login.clone();
            let toast = Toast { key: "toast-contact-saved".to_owned(), subject, undo: None };
            Ok(done(&web, "/account/me", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let mine = personal::mine(&web.app, &visit.session).await?;
            // What was typed stays in the form.
            let mine = personal::Mine { phone: given.phone, email: given.email, ..mine };
            let page = MinePage { mine, refusals: reasons(&refused) };
            visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `/accounts/{login}/personal`.
pub async fn person(State(web): State<Web>, visit: Visit, Path(login): Path<String>) -> Result<Response, Stop> {
    shown(&web, &visit, &login, StatusCode::OK, None, Asked::default(), Vec::new()).await
}

async fn shown(
    web: &Web,
    visit: &Visit,
    login: &str,
    status: StatusCode,
    revealed: Option<Revealed>,
    asked: Asked,
    refusals: Vec<ReasonView>,
) -> Result<Response, Stop> {
    let may = |action| visit.session.may(web.app.access(), action);
    let page = PersonPage {
        person: personal::masked(&web.app, &visit.session, login).await?,
        address: format!("/accounts/{}/personal", address_segment(login)),
        reveals: may("personal.reveal"),
        erases: may("personal.ask_erasure"),
        purposes: personal::Purpose::ALL.map(personal::Purpose::word).into(),
        purpose: asked.purpose,
        note: asked.note,
        revealed,
        refusals,
    };
    visit.page_with(web, Some(Noun::Administration), status, &page).await
}

/// For what somebody wants to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    purpose: String,
    note: String,
}

/// Shows what is masked, in this one answer.
pub async fn reveal(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Stop> {
    match personal::reveal(&web.app, &visit.session, &login, &asked.purpose, &asked.note).await {
        Ok(revealed) => shown(&web, &visit, &login, StatusCode::OK, Some(revealed), Asked::default(), Vec::new()).await,
        Err(Failure::Refused(refused)) => {
            shown(&web, &visit, &login, StatusCode::UNPROCESSABLE_ENTITY, None, asked, reasons(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Why somebody is to be erased.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reason {
    reason: String,
}

/// Asks that somebody be erased.
pub async fn ask_erasure(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(given): Form<Reason>,
) -> Result<Response, Stop> {
    match erase::ask(&web.app, &visit.session, &login, &given.reason).await {
        Ok(_) => {
            let toast = Toast { key: "toast-erasure-asked".to_owned(), subject: login.clone(), undo: None };
            Ok(done(&web, &format!("/accounts/{}/personal", address_segment(&login)), Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            shown(&web, &visit, &login, status, None, Asked::default(), reasons(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `/personal`: how long what is kept, and who is to be erased.
pub async fn overview(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    overview_with(&web, &visit, StatusCode::OK, Vec::new()).await
}

async fn overview_with(
    web: &Web,
    visit: &Visit,
    status: StatusCode,
    refusals: Vec<ReasonView>,
) -> Result<Response, Stop> {
    let page = PersonalPage {
        rules: retention::due(&web.app, &visit.session).await?,
        erasures: erase::open(&web.app, &visit.session).await?,
        confirms: visit.session.may(web.app.access(), "personal.confirm_erasure"),
        refusals,
    };
    visit.page_with(web, Some(Noun::Administration), status, &page).await
}

/// Confirms an erasure: the person is erased, for ever.
pub async fn confirm_erasure(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let outcome = erase::confirm(&web.app, &visit.session, id).await;
    decided(&web, &visit, "toast-erased", id, outcome).await
}

/// Refuses an erasure.
pub async fn refuse_erasure(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let outcome = erase::refuse(&web.app, &visit.session, id).await;
    decided(&web, &visit, "toast-erasure-refused", id, outcome).await
}

async fn decided(web: &Web, visit: &Visit, key: &str, id: i64, outcome: Result<(), Failure>) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => {
            let toast = Toast { key: key.to_owned(), subject: id.to_string(), undo: None };
            Ok(done(web, "/personal", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            overview_with(web, visit, StatusCode::UNPROCESSABLE_ENTITY, reasons(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}
