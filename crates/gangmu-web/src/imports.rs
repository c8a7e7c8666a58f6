//! Importing the text of a plan (导入).

mod upload;

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    security::UPLOAD_LIMIT,
    visit::Visit,
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use gangmu_app::plan::{
    import::progress,
    list::list,
    views::{ImportProgress, PlanHead, ReasonView},
};
use serde::{Deserialize, Serialize};
pub use upload::begin;

/// The plan that a new edition is for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct For {
    plan: String,
}

/// `/imports/new`.
pub async fn new(State(web): State<Web>, visit: Visit, Query(asked): Query<For>) -> Result<Response, Stop> {
    let page = form(&web, &visit, asked.plan, Vec::new()).await?;
    visit.page(&web, Some(Noun::Plans), &page).await
}

async fn form(web: &Web, visit: &Visit, plan: String, refusals: Vec<ReasonView>) -> Result<ImportPage, Stop> {
    let plans = list(&web.app, &visit.session).await?.plans.into_iter().map(|card| card.plan).collect();
    Ok(ImportPage { plans, plan, limit: UPLOAD_LIMIT, refusals })
}

/// `/imports/{id}`.
pub async fn show(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let view = progress(&web.app, &visit.session, id).await?;
    visit.page(&web, Some(Noun::Plans), &ProgressPage { view }).await
}

/// `/imports/new`: files are dropped or chosen.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPage {
    /// Plans that a new edition may be imported into.
    pub plans: Vec<PlanHead>,
    /// The one that was asked for.
    pub plan: String,
    /// Bytes that an upload may have.
    pub limit: u64,
    /// Why the last one was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for ImportPage {
    const TEMPLATE: &'static str = "imports/new.html";

    fn samples() -> Vec<Self> {
        let plans = vec![samples::plan()];
        let page = Self { plans, plan: String::new(), limit: 100 << 20, refusals: Vec::new() };
        vec![page.clone(), Self { refusals: samples::reasons(), ..page }]
    }
}

/// `/imports/7`: how far an import is.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressPage {
    /// How far.
    pub view: ImportProgress,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "imports/progress.html";

    fn samples() -> Vec<Self> {
        ["write", "done", "failed", "known"].into_iter().map(|step| Self { view: samples::import(step) }).collect()
    }
}
