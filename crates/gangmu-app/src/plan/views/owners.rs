//! Suggested owners (责任建议).

use super::{CommitmentView, EditionHead, Permission, PlanHead};
use gangmu_plan::{owners::Word, proposal::Certainty};
use serde::Serialize;

/// What is suggested for one commitment (责任建议).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnersView {
    /// Departments, the most likely first.
    pub ranked: Vec<OwnerView>,
    /// Why the first is no suggestion: `nothing_known`, `no_words`, `undecided`.
    pub silence: Option<&'static str>,
}

impl OwnersView {
    /// The department that is suggested; none with silence.
    pub fn first(&self) -> Option<&OwnerView> {
        self.ranked.first().filter(|_| self.silence.is_none())
    }
}

/// A department that could lead (建议单位).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnerView {
    /// Its code.
    pub department: String,
    /// The name that plans use.
    pub name: String,
    /// Its functions are an example of the pack, no official text.
    pub example: bool,
    /// 0 to 1, two decimals.
    pub confidence: String,
    /// The word.
    pub certainty: Certainty,
    /// Filled cells of five.
    pub cells: u8,
    /// The words that speak for it.
    pub words: Vec<WordView>,
}

/// A word that speaks for a department (依据词).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordView {
    /// As the commitment writes it.
    pub text: String,
    /// It stands in the department's functions or name.
    pub own: bool,
    /// Decisions that hold it.
    pub decisions: u32,
}

impl From<Word> for WordView {
    fn from(word: Word) -> Self {
        Self { text: word.text, own: word.own, decisions: word.decisions }
    }
}

/// What an assignment of a whole chapter would do (成章定责预览).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssignPreview {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Path of the clause from which it was asked.
    pub path: String,
    /// Number and title of the chapter.
    pub chapter: String,
    /// Commitments with the unit that would lead, the surest first.
    pub rows: Vec<AssignRow>,
    /// Commitments without owner for which nothing is suggested.
    pub silent: Vec<CommitmentView>,
    /// Digest of the list: sent back, so that what was seen is what is assigned.
    pub seal: String,
    /// May the person do it?
    pub assign: Permission,
    /// Back to the desk.
    pub back: String,
}

/// A commitment with the unit that would lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssignRow {
    /// The commitment.
    pub commitment: CommitmentView,
    /// The unit.
    pub owner: OwnerView,
}
