//! Two editions side by side (版本对比).

use super::{EditionHead, PlanHead};
use gangmu_plan::comparison::Stretch;
use serde::Serialize;

/// `/plans/145/compare` (版本对比).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonView {
    /// The plan.
    pub plan: PlanHead,
    /// All its editions, newest first.
    pub editions: Vec<EditionHead>,
    /// The older side; none where the plan has one edition only.
    pub old: Option<EditionHead>,
    /// The newer side.
    pub new: EditionHead,
    /// What became of each clause, in the order of the old text.
    pub lines: Vec<ComparedLine>,
}

/// What became of a clause (条款变化).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedLine {
    /// `same`, `moved`, `changed`, `split`, `merged`, `added`, `dropped`, `ambiguous`.
    pub kind: &'static str,
    /// Where it stands, for the order.
    pub at: u32,
    /// In the old edition; several where clauses were merged.
    pub old: Vec<ClauseSide>,
    /// In the new edition; several where a clause was split or a person must choose.
    pub new: Vec<ClauseSide>,
    /// A changed clause that also stands elsewhere.
    pub moved: bool,
    /// Figures that changed.
    pub figures: Vec<FigurePair>,
    /// Sentences that changed, came or went.
    pub sentences: Vec<SentencePair>,
}

/// A clause of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseSide {
    /// Its path.
    pub path: String,
    /// Its page in the reader.
    pub address: String,
    /// Title of its heading; may be empty.
    pub title: String,
    /// Its text, cut where it is long.
    pub quoted: String,
}

/// A changed figure (数字变动).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigurePair {
    /// As the old edition writes it.
    pub old: Option<String>,
    /// As the new one writes it.
    pub new: Option<String>,
}

/// A sentence on both sides; one is empty where it came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentencePair {
    /// In the old edition.
    pub old: Vec<Stretch>,
    /// In the new one.
    pub new: Vec<Stretch>,
}
