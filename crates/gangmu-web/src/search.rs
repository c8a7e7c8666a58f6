//! `/search?q=`: plans, clauses and commitments (查找).

use crate::{failure::Stop, pages::Page, samples, visit::Visit, web::Web};
use axum::{
    extract::{Query, State},
    response::Response,
};
use gangmu_app::{plan::views::SearchView, search::search};
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: Option<String>,
    page: u32,
}

/// `/search`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Stop> {
    let view = search(&web.app, &visit.session, &asked.q, asked.kind.as_deref(), asked.page).await?;
    visit.page(&web, None, &SearchPage { view }).await
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The hits.
    pub view: SearchView,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "search/results.html";

    fn samples() -> Vec<Self> {
        let found = samples::search();
        let mut nothing = found.clone();
        nothing.hits.clear();
        nothing.kinds.clear();
        nothing.next = None;
        let mut unasked = nothing.clone();
        unasked.query.clear();
        vec![Self { view: found }, Self { view: nothing }, Self { view: unasked }]
    }
}
