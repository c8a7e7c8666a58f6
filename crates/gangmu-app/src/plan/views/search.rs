//! Search (搜索).

use super::{Facet, PieceView, StandingWord};
use gangmu_plan::proposal::CommitmentKind;
use serde::Serialize;

/// `/search?q=` (搜索).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchView {
    /// What was asked.
    pub query: String,
    /// How many were found, up to the bound.
    pub found: u32,
    /// More were found than are counted.
    pub more: bool,
    /// Hits, best first.
    pub hits: Vec<HitView>,
    /// Counts by kind: `plan`, `clause`, `commitment`.
    pub kinds: Vec<Facet>,
    /// The next page.
    pub next: Option<String>,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitView {
    /// `plan`, `clause`, `commitment`.
    pub kind: &'static str,
    /// Kind of the commitment.
    pub commitment: Option<CommitmentKind>,
    /// Title of the plan.
    pub plan: String,
    /// Edition number.
    pub edition: u32,
    /// Clause reference or plan key.
    pub reference: String,
    /// Where it is read.
    pub address: String,
    /// The words around the first hit, cut at the hits.
    pub excerpt: Vec<PieceView>,
    /// Where a commitment stands.
    pub standing: Option<StandingWord>,
}
