//! `/plans/145/review/bulk`: what a bulk acceptance would take (批量采纳预览).

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
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    plan::{
        accept_in_bulk::{Reach, accept_in_bulk, preview},
        decide::Desk,
        views::{BulkPreview, ReasonView},
    },
};
use serde::{Deserialize, Serialize};

/// What would be accepted.
#[derive(Debug, Deserialize)]
pub struct Asked {
    edition: Option<u32>,
    path: String,
    #[serde(default)]
    scope: String,
}

/// `/plans/{key}/review/bulk`: the preview.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Stop> {
    let reach = Reach::of_word(&asked.scope).ok_or(Stop::Malformed)?;
    let view = preview(&web.app, &visit.session, &key, asked.edition, &asked.path, reach).await?;
    visit.page(&web, Some(Noun::Plans), &BulkPage::new(view)).await
}

/// What the key sends: the list that was seen.
#[derive(Debug, Deserialize)]
pub struct Seen {
    path: String,
    scope: String,
    seal: String,
    count: usize,
}

/// Accepts exactly what the preview listed.
pub async fn accept(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(seen): Form<Seen>,
) -> Result<Response, Stop> {
    let reach = Reach::of_word(&seen.scope).ok_or(Stop::Malformed)?;
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: None };
    match accept_in_bulk(&web.app, &visit.session, desk, &seen.path, reach, &seen.seal, seen.count).await {
        Ok(decided) => {
            let undo = format!(
                "/plans/{}/review/undo{}",
                address_segment(&key),
                which.edition.map_or_else(String::new, |n| format!("?edition={n}"))
            );
            let toast =
                Toast { key: "toast-bulk".to_owned(), subject: decided.numbers.len().to_string(), undo: Some(undo) };
            let to = crate::plan::decide::after(&web, &visit, &key, &which, Some(&seen.path)).await?;
            Ok(done(&web, &to, Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let view = preview(&web.app, &visit.session, &key, which.edition, &seen.path, reach).await?;
            let page = BulkPage { refusals: reasons(&refused), ..BulkPage::new(view) };
            visit.page_with(&web, Some(Noun::Plans), StatusCode::CONFLICT, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The preview with the key that accepts exactly what it lists.
#[derive(Debug, Clone, Serialize)]
pub struct BulkPage {
    /// What would be accepted.
    pub view: BulkPreview,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
    /// Where the acceptance goes.
    pub accept_address: String,
}

impl BulkPage {
    /// The page of a view.
    pub fn new(view: BulkPreview) -> Self {
        let accept_address =
            format!("/plans/{}/review/bulk?edition={}", address_segment(&view.plan.key), view.edition.number);
        Self { view, refusals: Vec::new(), accept_address }
    }
}

impl Page for BulkPage {
    const TEMPLATE: &'static str = "plan/bulk.html";

    fn samples() -> Vec<Self> {
        let mut refused = Self::new(samples::bulk());
        refused.refusals = samples::reasons();
        refused.view.accept = samples::forbidden();
        vec![Self::new(samples::bulk()), refused]
    }
}
