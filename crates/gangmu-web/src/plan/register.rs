//! `/plans/145/register`: the register of commitments (台账).

use crate::{pages::Page, samples};
use gangmu_app::plan::views::RegisterView;
use serde::Serialize;

/// The register with one page of rows.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// The rows and the filters.
    pub view: RegisterView,
    /// The same filter, doubts switched.
    pub doubt_address: String,
    /// Without any filter; none where there is none.
    pub clear_address: Option<String>,
}

impl RegisterPage {
    /// The page of a view.
    pub fn new(view: RegisterView) -> Self {
        let filter = &view.filter;
        let chosen = [&filter.kind, &filter.degree, &filter.standing, &filter.certainty, &filter.chapter, &filter.lead];
        let filtered = filter.doubt.is_some() || chosen.into_iter().any(Option::is_some);
        let plain = view.edition.register_address.clone();
        let joint = if plain.contains('?') { '&' } else { '?' };
        let doubt_address = if filter.doubt == Some(true) { plain.clone() } else { format!("{plain}{joint}doubt=true") };
        Self { doubt_address, clear_address: filtered.then_some(plain), view }
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "plan/register.html";

    fn samples() -> Vec<Self> {
        let mut empty = samples::register();
        empty.rows.clear();
        empty.matching = 0;
        empty.filter.kind = Some("policy".to_owned());
        vec![Self::new(samples::register()), Self::new(empty)]
    }
}
