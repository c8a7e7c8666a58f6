//! The roles that rosters ask for, for the security administrator.

use super::pages::RequestsPage;
use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    visit::{Visit, done},
    web::Web,
};
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::extract::Form;
use gangmu_app::{Failure, rosters::requests};
use serde::Deserialize;

/// `/role-requests`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let asked = requests::requests(&web.app, &visit.session).await?;
    visit.page(&web, Some(Noun::Administration), &RequestsPage { asked, refusals: Vec::new() }).await
}

/// What the form sends: who was chosen, and what is answered.
#[derive(Debug, Deserialize)]
pub struct Answer {
    #[serde(default)]
    chosen: Vec<i64>,
    decision: String,
    #[serde(default)]
    reason: String,
}

/// Grants or refuses what is asked for those who were chosen.
pub async fn answer(State(web): State<Web>, visit: Visit, Form(answer): Form<Answer>) -> Result<Response, Stop> {
    let reason = Some(answer.reason).filter(|reason| !reason.trim().is_empty());
    let (key, outcome) = match answer.decision.as_str() {
        "grant" => ("toast-roles-granted", requests::grant(&web.app, &visit.session, answer.chosen).await),
        "refuse" => ("toast-roles-refused", requests::refuse(&web.app, &visit.session, answer.chosen, reason).await),
        _ => return Err(Stop::Malformed),
    };
    match outcome {
        Ok(count) => {
            let toast = Toast { key: key.to_owned(), subject: count.to_string(), undo: None };
            Ok(done(&web, "/role-requests", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let asked = requests::requests(&web.app, &visit.session).await?;
            let page = RequestsPage { asked, refusals: reasons(&refused) };
            visit.page_with(&web, Some(Noun::Administration), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}
