//! The life of an edition (版本与公开).

use super::{CoverageView, EditionHead, Permission, PlanHead, RecordView, StepView};
use serde::Serialize;

/// `/plans/145/edition` (版本与公开).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Coverage.
    pub coverage: CoverageView,
    /// The way of an edition: `in_review`, `approved`, `published`.
    pub steps: Vec<StepView>,
    /// Verbs `approve`, `publish`, `withdraw`, with permission.
    pub actions: Vec<ActionView>,
    /// What would be public, and what would not.
    pub preview: PublicationPreview,
    /// History, newest first.
    pub history: Vec<RecordView>,
    /// Who decided proposals, masked.
    pub reviewers: Vec<String>,
    /// Who approved, masked.
    pub approver: Option<String>,
    /// The public page while published.
    pub public_address: Option<String>,
    /// Revision to send along.
    pub revision: i64,
}

/// A verb with its permission.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionView {
    /// `approve`, `publish`, `withdraw`.
    pub verb: &'static str,
    /// May the person do it now?
    pub permission: Permission,
    /// It is the next lawful step.
    pub next: bool,
}

/// What publication would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PublicationPreview {
    /// Characters of text.
    pub chars: u32,
    /// Commitments in force.
    pub commitments: u32,
    /// Of these, with a confirmed owner.
    pub owners: u32,
    /// Not shown: undecided, doubted, rejected.
    pub hidden: u32,
    /// Not shown: doubts.
    pub doubts: u32,
}
