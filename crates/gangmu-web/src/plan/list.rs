//! `/plans`: the plans with their editions (规划列表).

use crate::{pages::Page, samples};
use gangmu_app::plan::views::PlansView;
use serde::Serialize;

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
