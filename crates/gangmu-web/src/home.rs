//! `/`: what waits for me (我的工作).

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    visit::{Visit, today},
    web::Web,
};
use axum::{extract::State, response::Response};
use gangmu_app::{home::home, plan::views::HomeView};
use serde::Serialize;

/// `/`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let view = home(&web.app, &visit.session).await?;
    let page = HomePage { view, today: today(&web), reads: visit.session.may(web.app.access(), "plan.list") };
    visit.page(&web, Some(Noun::Home), &page).await
}

/// Home of a person.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// What waits.
    pub view: HomeView,
    /// Today, written out.
    pub today: String,
    /// May see plans at all.
    pub reads: bool,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home/work.html";

    fn samples() -> Vec<Self> {
        let view = samples::home();
        let mut quiet = view.clone();
        quiet.waiting.clear();
        quiet.waiting_for.clear();
        quiet.commitments.clear();
        quiet.plans.clear();
        quiet.changes.clear();
        let today = "2024-06-30".to_owned();
        vec![Self { view, today: today.clone(), reads: true }, Self { view: quiet, today, reads: false }]
    }
}
