//! The review desk (审校台).

use super::{ClauseView, CommitmentView, Crumb, DoubtView, EditionHead, OutlineNode, Permission, PlanHead, RecordView};
use gangmu_plan::proposal::Form;
use serde::Serialize;

/// `/plans/145/review/5.2.二` (审校台).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition, with counts.
    pub edition: EditionHead,
    /// Outline with pending counts.
    pub outline: Vec<OutlineNode>,
    /// From the plan down to the clause.
    pub breadcrumb: Vec<Crumb>,
    /// The clause with numbered knots.
    pub clause: ClauseView,
    /// Its proposals and commitments in text order.
    pub proposals: Vec<ProposalView>,
    /// Index of the current one in `proposals`.
    pub current: Option<usize>,
    /// Doubts of the clause that touch no proposal, and those that do.
    pub doubts: Vec<DoubtView>,
    /// Chapter: undecided and all.
    pub chapter: ChapterProgress,
    /// 有把握 proposals that a bulk acceptance would take.
    pub bulk: BulkView,
    /// 上一条.
    pub previous: Option<NextClause>,
    /// 下一条.
    pub next: Option<NextClause>,
    /// 下一处疑点.
    pub next_doubt: Option<NextClause>,
    /// 下一条待定.
    pub next_pending: Option<NextClause>,
    /// Last decision of this person that can be undone.
    pub undo: Option<RecordView>,
    /// May the person decide here?
    pub decide: Permission,
    /// May the person approve the edition?
    pub approve: Permission,
    /// 记录 of this clause, newest first.
    pub record: Vec<RecordView>,
    /// Revision of the edition: sent with each decision, so that two people don't overwrite each other.
    pub revision: i64,
}

/// A proposal in the middle column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProposalView {
    /// Counted from 1 in the clause; the knot's number.
    pub knot: u32,
    /// The commitment.
    pub commitment: CommitmentView,
    /// Signs that moved the confidence.
    pub signs: Vec<SignView>,
    /// `accept`, `change`, `split`, `doubt`: the primary key.
    pub recommended: &'static str,
    /// What `split` would make of it; empty where nothing suggests itself.
    pub parts: Vec<Form>,
    /// It is open as a form.
    pub current: bool,
    /// Opens it.
    pub address: String,
}

/// A sign with its amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignView {
    /// Name of the sign.
    pub name: String,
    /// `+0.31`, `−0.09`.
    pub delta: String,
    /// It lowers the confidence.
    pub lowers: bool,
}

/// How far a chapter is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChapterProgress {
    /// Number and title.
    pub title: String,
    /// Path.
    pub path: String,
    /// Decided.
    pub decided: u32,
    /// All.
    pub of: u32,
}

/// What a bulk acceptance would take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BulkView {
    /// In this clause.
    pub clause: u32,
    /// In this chapter.
    pub chapter: u32,
    /// Preview for the clause.
    pub clause_address: String,
    /// Preview for the chapter.
    pub chapter_address: String,
    /// Commitments of the chapter that nobody leads.
    pub ownerless: u32,
    /// What would be assigned in the chapter.
    pub assign_address: String,
}

/// Preview of a bulk acceptance (批量采纳预览).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BulkPreview {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Path of the clause or chapter.
    pub path: String,
    /// `clause` or `chapter`.
    pub scope: &'static str,
    /// What would be accepted.
    pub commitments: Vec<CommitmentView>,
    /// Digest of this list: sent back, so that what was seen is what is accepted.
    pub seal: String,
    /// May the person do it?
    pub accept: Permission,
    /// Back to the desk.
    pub back: String,
}

/// A clause that comes next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextClause {
    /// Path.
    pub path: String,
    /// Number and title.
    pub title: String,
    /// Undecided proposals.
    pub pending: u32,
    /// Open doubts.
    pub doubts: u32,
    /// Review desk there.
    pub address: String,
}
