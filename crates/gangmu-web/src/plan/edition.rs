//! `/plans/145/edition`: approval, publication and history of an edition (版本与公开).

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
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
    attachments::{Object, list::list, views::AttachmentsView},
    plan::{
        approve::approve,
        edition::edition,
        publish::publish,
        views::{EditionView, ReasonView},
        withdraw::withdraw,
    },
};
use gangmu_kernel::ids::EditionId;
use serde::{Deserialize, Serialize};

/// Which edition.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// Its number; none for the one in force.
    pub edition: Option<u32>,
}

/// `/plans/{key}/edition`.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Stop> {
    let view = edition(&web.app, &visit.session, &key, which.edition).await?;
    let page = opened(&web, &visit, view).await?;
    visit.page(&web, Some(Noun::Plans), &page).await
}

/// The page of a view, with the files of the edition.
async fn opened(web: &Web, visit: &Visit, view: EditionView) -> Result<EditionPage, Stop> {
    let object = Object::new("edition", EditionId(view.edition.id));
    let attachments = list(&web.app, &visit.session, &object).await?;
    Ok(EditionPage::new(view, attachments))
}

/// What the key of an act sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Act {
    reason: String,
}

/// Approves the edition.
pub async fn approve_it(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Stop> {
    let result = approve(&web.app, &visit.session, &key, which.edition).await;
    acted(&web, &visit, &key, &which, "toast-approved", result).await
}

/// Publishes the edition.
pub async fn publish_it(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Stop> {
    let result = publish(&web.app, &visit.session, &key, which.edition).await;
    acted(&web, &visit, &key, &which, "toast-published", result).await
}

/// Withdraws the edition, with a reason.
pub async fn withdraw_it(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(act): Form<Act>,
) -> Result<Response, Stop> {
    let result = withdraw(&web.app, &visit.session, &key, which.edition, &act.reason).await;
    acted(&web, &visit, &key, &which, "toast-withdrawn", result).await
}

async fn acted(
    web: &Web,
    visit: &Visit,
    key: &str,
    which: &Which,
    toast: &str,
    result: Result<(), Failure>,
) -> Result<Response, Stop> {
    let refusals = match result {
        Ok(()) => Vec::new(),
        Err(Failure::Refused(refused)) => reasons(&refused),
        Err(other) => return Err(other.into()),
    };
    let view = edition(&web.app, &visit.session, key, which.edition).await?;
    if refusals.is_empty() {
        let toast = Toast { key: toast.to_owned(), subject: view.edition.number.to_string(), undo: None };
        return Ok(done(web, &view.edition.edition_address, Some(&toast)));
    }
    let page = EditionPage { refusals, ..opened(web, visit, view).await? };
    visit.page_with(web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// The edition with the next lawful step.
#[derive(Debug, Clone, Serialize)]
pub struct EditionPage {
    /// The edition.
    pub view: EditionView,
    /// Its files.
    pub attachments: AttachmentsView,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
    /// Where the acts go: this, the verb, and the edition.
    pub act_address: String,
    /// The edition of the acts.
    pub act_query: String,
    /// This edition beside the one before it.
    pub compare_address: String,
    /// Its indicators, to be taken over into the catalogue.
    pub indicators_address: String,
}

impl EditionPage {
    /// The page of a view.
    pub fn new(view: EditionView, attachments: AttachmentsView) -> Self {
        let act_address = format!("/plans/{}/edition/", address_segment(&view.plan.key));
        let act_query = format!("?edition={}", view.edition.number);
        let compare_address = format!("/plans/{}/compare?new={}", address_segment(&view.plan.key), view.edition.number);
        let indicators_address = format!("{act_address}indicators{act_query}");
        Self { view, attachments, refusals: Vec::new(), act_address, act_query, compare_address, indicators_address }
    }
}

impl Page for EditionPage {
    const TEMPLATE: &'static str = "plan/edition.html";

    fn samples() -> Vec<Self> {
        let page = |view| Self::new(view, samples::attachments());
        let mut refused = page(samples::edition());
        refused.refusals = samples::reasons();
        vec![page(samples::edition()), page(samples::published()), refused]
    }
}
