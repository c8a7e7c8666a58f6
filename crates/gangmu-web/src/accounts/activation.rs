//! Opening an account with the code of a slip.

use super::pages::ActivatePage;
use crate::{
    failure::{Stop, reasons},
    visit::{SESSION_COOKIE, Visit, cookie, done},
    web::Web,
};
use axum::{
    extract::{Form, State},
    http::{StatusCode, header},
    response::Response,
};
use gangmu_app::{Failure, accounts::activate, plan::views::ReasonView};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `/activate`.
pub async fn activation_form(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    visit.page(&web, None, &ActivatePage::new(String::new(), Vec::new())).await
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Code {
    code: String,
    new: String,
    again: String,
}

/// Opens the account and logs its person in.
pub async fn activate_it(State(web): State<Web>, visit: Visit, Form(given): Form<Code>) -> Result<Response, Stop> {
    let refusals = if given.new != given.again {
        vec![ReasonView { code: "accounts.password.not_repeated".to_owned(), fields: BTreeMap::new() }]
    } else {
        match activate::activate(&web.app, &given.code, &given.new, visit.origin.clone()).await {
            Ok(entry) => {
                let mut response = done(&web, "/", None);
                response.headers_mut().append(header::SET_COOKIE, cookie(&web, SESSION_COOKIE, &entry.token, None));
                return Ok(response);
            }
            Err(Failure::Refused(refused)) => reasons(&refused),
            Err(other) => return Err(other.into()),
        }
    };
    let page = ActivatePage::new(given.code, refusals);
    visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}
