//! `/plans/145/edition`: approval, publication and history of an edition (版本与公开).

use crate::{pages::Page, samples, signs::address_segment};
use gangmu_app::plan::views::{EditionView, ReasonView};
use serde::Serialize;

/// The edition with the next lawful step.
#[derive(Debug, Clone, Serialize)]
pub struct EditionPage {
    /// The edition.
    pub view: EditionView,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
    /// Where the acts go.
    pub act_address: String,
}

impl EditionPage {
    /// The page of a view.
    pub fn new(view: EditionView) -> Self {
        let act_address =
            format!("/plans/{}/edition?edition={}", address_segment(&view.plan.key), view.edition.number);
        Self { view, refusals: Vec::new(), act_address }
    }
}

impl Page for EditionPage {
    const TEMPLATE: &'static str = "plan/edition.html";

    fn samples() -> Vec<Self> {
        let mut refused = Self::new(samples::edition());
        refused.refusals = samples::reasons();
        vec![Self::new(samples::edition()), Self::new(samples::published()), refused]
    }
}
