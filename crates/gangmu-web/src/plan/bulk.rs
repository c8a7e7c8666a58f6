//! `/plans/145/review/bulk`: what a bulk acceptance would take (批量采纳预览).

use crate::{pages::Page, samples, signs::address_segment};
use gangmu_app::plan::views::{BulkPreview, ReasonView};
use serde::Serialize;

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
