//! `/`: what waits for me (我的工作).

use crate::{pages::Page, samples};
use gangmu_app::plan::views::HomeView;
use serde::Serialize;

/// Home of a person.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// What waits.
    pub view: HomeView,
    /// Today, written out.
    pub today: String,
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
        vec![Self { view, today: today.clone() }, Self { view: quiet, today }]
    }
}
