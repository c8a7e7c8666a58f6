//! The public page (公众页): text and accepted commitments, nothing else.

use super::{GoalView, HeadingView, KindCount};
use gangmu_plan::{
    compiled::{Attribute, Degree},
    proposal::CommitmentKind,
};
use jiff::Timestamp;
use serde::Serialize;

/// `/public/145` (公众页): text and accepted commitments, nothing else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicView {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Edition number.
    pub edition: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// Chapters; `clauses` of the asked one are filled.
    pub chapters: Vec<PublicChapter>,
    /// Changes only when the page changes.
    pub etag: String,
    /// Commitments in force by kind.
    pub kinds: Vec<KindCount>,
}

/// A chapter of the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicChapter {
    /// Path.
    pub path: String,
    /// Number as written.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// It is the one shown.
    pub current: bool,
    /// Commitments in force in it.
    pub commitments: u32,
    /// Its clauses, where it is the one shown.
    pub clauses: Vec<PublicClause>,
}

/// A clause of the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicClause {
    /// Path.
    pub path: String,
    /// Headings.
    pub headings: Vec<HeadingView>,
    /// Paragraphs: the plan's words, nothing marked.
    pub paragraphs: Vec<String>,
    /// Accepted commitments.
    pub commitments: Vec<PublicCommitment>,
}

/// An accepted commitment on the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicCommitment {
    /// Kind.
    pub kind: CommitmentKind,
    /// The promise.
    pub text: String,
    /// Degree.
    pub degree: Option<Degree>,
    /// 约束性 or 预期性.
    pub attribute: Option<Attribute>,
    /// Goal.
    pub goal: Option<GoalView>,
    /// Confirmed owners only; empty where the text names none that a person has confirmed.
    pub lead: Vec<String>,
    /// Confirmed supporters.
    pub support: Vec<String>,
    /// Deadline.
    pub deadline: Option<String>,
}
