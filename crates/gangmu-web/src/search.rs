//! `/search?q=`: plans, clauses and commitments (查找).

use crate::{pages::Page, samples};
use gangmu_app::plan::views::SearchView;
use serde::Serialize;

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
