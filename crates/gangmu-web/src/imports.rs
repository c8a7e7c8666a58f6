//! Importing the text of a plan (导入).

mod upload;

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page},
    samples,
    security::UPLOAD_LIMIT,
    visit::{Visit, see_other},
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
        import::{self, Role, progress},
        list::list,
        views::{ImportProgress, PlanHead, ReasonView},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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
    visit.page(&web, Some(Noun::Plans), &ProgressPage::new(view)).await
}

/// `POST /imports/{id}/sort`: what each file is, field `role-0` and so on; then it goes on.
pub async fn sort(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Stop> {
    let view = progress(&web.app, &visit.session, id).await?;
    let role = |at: usize| fields.get(&format!("role-{at}")).and_then(|word| Role::of_word(word));
    let roles: Vec<Role> = (0..view.files.len()).map(|at| role(at).unwrap_or(Role::Unknown)).collect();
    match import::go_on(&web.app, &visit.session, id, roles.clone()).await {
        Ok(()) => Ok(see_other(&format!("/imports/{id}"))),
        Err(Failure::Refused(refused)) => {
            let mut page = ProgressPage { refusals: reasons(&refused), ..ProgressPage::new(view) };
            // What was chosen stays chosen.
            for (file, role) in page.view.sorting.iter_mut().zip(roles) {
                file.role = role.word();
            }
            visit.page_with(&web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /imports/{id}/drop`: gives up an import that waits.
pub async fn give_up(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    match import::give_up(&web.app, &visit.session, id).await {
        // It ended otherwise meanwhile: its page says how.
        Ok(()) | Err(Failure::Refused(_)) => Ok(see_other(&format!("/imports/{id}"))),
        Err(other) => Err(other.into()),
    }
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
    /// What a file may be said to be.
    pub roles: Vec<&'static str>,
    /// Why what was said is not taken.
    pub refusals: Vec<ReasonView>,
}

impl ProgressPage {
    /// The page of a view.
    pub fn new(view: ImportProgress) -> Self {
        Self { view, roles: Role::CHOICES.map(Role::word).to_vec(), refusals: Vec::new() }
    }
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "imports/progress.html";

    fn samples() -> Vec<Self> {
        let steps = ["write", "sort", "done", "failed", "known"];
        let mut pages: Vec<Self> = steps.into_iter().map(|step| Self::new(samples::import(step))).collect();
        pages.push(Self { refusals: samples::reasons(), ..Self::new(samples::import("sort")) });
        pages
    }
}
