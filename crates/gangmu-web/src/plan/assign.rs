//! `/plans/145/review/owners`: who would lead the commitments of a chapter that nobody leads (成章定责预览).

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
    plan::decide::Which,
    samples,
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Form;
use gangmu_app::{
    Failure,
    plan::{
        assign_in_bulk::{assign_in_bulk, preview},
        decide::Desk,
        views::{AssignPreview, ReasonView},
    },
};
use serde::{Deserialize, Serialize};

/// Of which chapter: a clause in it.
#[derive(Debug, Deserialize)]
pub struct Asked {
    edition: Option<u32>,
    path: String,
}

/// `/plans/{key}/review/owners`: the preview.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Stop> {
    let view = preview(&web.app, &visit.session, &key, asked.edition, &asked.path).await?;
    visit.page(&web, Some(Noun::Plans), &AssignPage::new(view)).await
}

/// What the key sends: the list that was seen, and which of it was chosen.
#[derive(Debug, Deserialize)]
pub struct Seen {
    path: String,
    seal: String,
    count: usize,
    #[serde(default)]
    chosen: Vec<u32>,
}

/// Assigns the chosen ones of exactly what the preview listed.
pub async fn assign(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(seen): Form<Seen>,
) -> Result<Response, Stop> {
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: None };
    let chosen = seen.chosen.into_iter().collect();
    match assign_in_bulk(&web.app, &visit.session, desk, &seen.path, &seen.seal, seen.count, chosen).await {
        Ok(decided) => {
            let base = format!("/plans/{}/review", address_segment(&key));
            let edition = which.edition.map_or_else(String::new, |n| format!("?edition={n}"));
            let subject = decided.numbers.len().to_string();
            let undo = Some(format!("{base}/undo{edition}"));
            let toast = Toast { key: "toast-assigned-bulk".to_owned(), subject, undo };
            Ok(done(&web, &format!("{base}/{}{edition}", address_segment(&seen.path)), Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let view = preview(&web.app, &visit.session, &key, which.edition, &seen.path).await?;
            let page = AssignPage { refusals: reasons(&refused), ..AssignPage::new(view) };
            visit.page_with(&web, Some(Noun::Plans), StatusCode::CONFLICT, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The preview with the key that assigns the chosen ones.
#[derive(Debug, Clone, Serialize)]
pub struct AssignPage {
    /// Who would lead what.
    pub view: AssignPreview,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
    /// Where the choice goes.
    pub assign_address: String,
}

impl AssignPage {
    /// The page of a view.
    pub fn new(view: AssignPreview) -> Self {
        let assign_address =
            format!("/plans/{}/review/owners?edition={}", address_segment(&view.plan.key), view.edition.number);
        Self { view, refusals: Vec::new(), assign_address }
    }
}

impl Page for AssignPage {
    const TEMPLATE: &'static str = "plan/assign.html";

    fn samples() -> Vec<Self> {
        let mut refused = Self::new(samples::assign());
        refused.refusals = samples::reasons();
        refused.view.assign = samples::forbidden();
        let mut silent = Self::new(samples::assign());
        silent.view.rows.clear();
        let mut nothing = silent.clone();
        nothing.view.silent.clear();
        vec![Self::new(samples::assign()), refused, silent, nothing]
    }
}
