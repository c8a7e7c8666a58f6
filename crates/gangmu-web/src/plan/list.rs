//! `/plans`: the plans with their editions (规划列表).

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    visit::Visit,
    web::Web,
};
use axum::{extract::State, response::Response};
use gangmu_app::plan::{list::list, views::PlansView};
use serde::Serialize;

/// `/plans`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let view = list(&web.app, &visit.session).await?;
    visit.page(&web, Some(Noun::Plans), &PlansPage { view }).await
}

/// The list of plans.
#[derive(Debug, Clone, Serialize)]
pub struct PlansPage {
    /// The plans.
    pub view: PlansView,
}

impl Page for PlansPage {
    const TEMPLATE: &'static str = "plan/list.html";

    fn samples() -> Vec<Self> {
        let mut empty = samples::plans();
        empty.plans.clear();
        empty.imports.clear();
        empty.import = samples::forbidden();
        vec![Self { view: samples::plans() }, Self { view: empty }]
    }
}
