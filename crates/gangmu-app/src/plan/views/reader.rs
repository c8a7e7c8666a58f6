//! The reader (阅读器): outline, text with its marks, and the panel beside it.

use super::{
    CommitmentView, CoverageView, DoubtView, EditionHead, Permission, PlanHead, RecordView, ResponsibilityView,
    StageWord,
};
use crate::indicators::views::NamedIndicator;
use gangmu_plan::{
    compiled::{Degree, NoticeKind},
    proposal::CommitmentKind,
};
use serde::Serialize;

/// A heading in the outline (目录).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlineNode {
    /// Path of the clause at this heading.
    pub path: String,
    /// `part`, `chapter`, `section`, `item` …
    pub level: String,
    /// As written: 第三节, 一、.
    pub number: Option<String>,
    /// Full title.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// It is the selected one.
    pub current: bool,
    /// The selected one lies in it.
    pub open: bool,
    /// Commitments in it.
    pub commitments: u32,
    /// Open doubts in it.
    pub doubts: u32,
    /// Undecided proposals in it.
    pub pending: u32,
    /// Coverage of everything in it.
    pub coverage: CoverageView,
    /// Headings below; filled for open ones and in the review desk.
    pub children: Vec<OutlineNode>,
}

/// `/plans/145/5.2.二` (阅读器).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReaderView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition that is read.
    pub edition: EditionHead,
    /// Coverage of the edition.
    pub coverage: CoverageView,
    /// Outline.
    pub outline: Vec<OutlineNode>,
    /// From the plan down to the clause.
    pub breadcrumb: Vec<Crumb>,
    /// The chapter or section that is read.
    pub section: SectionView,
    /// What is known of the selected clause or sentence.
    pub panel: PanelView,
    /// Other editions.
    pub versions: Vec<EditionHead>,
    /// Print view of this section.
    pub print_address: String,
    /// The review desk at this clause, where the person may use it.
    pub review: Permission,
    /// Its address.
    pub review_address: String,
}

/// A step of the breadcrumb.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crumb {
    /// Number and title.
    pub text: String,
    /// Where it leads.
    pub address: String,
}

/// The clauses of one section (本节).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionView {
    /// Path of the section.
    pub path: String,
    /// Number and title as written.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its clauses in text order.
    pub clauses: Vec<ClauseView>,
    /// The section before.
    pub previous: Option<Crumb>,
    /// The section after.
    pub next: Option<Crumb>,
}

/// A clause as it is read (条款).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseView {
    /// Key in the database.
    pub id: i64,
    /// Path, such as `5.2.二`.
    pub path: String,
    /// Where it is read.
    pub address: String,
    /// The headings that begin here, without their text in the paragraphs.
    pub headings: Vec<HeadingView>,
    /// Paragraphs.
    pub paragraphs: Vec<ParagraphView>,
    /// It is the selected clause.
    pub selected: bool,
    /// All connected parts are there for all its commitments: the knot is solid.
    pub complete: bool,
    /// Is there any commitment?
    pub commitments: u32,
}

/// A heading at the beginning of a clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadingView {
    /// `chapter`, `section`, `item`, `box` …
    pub level: String,
    /// As written.
    pub number: Option<String>,
    /// Title.
    pub title: String,
}

/// A paragraph (段) with its marks in the margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParagraphView {
    /// Counted from 1 in the clause: ¶n.
    pub number: u32,
    /// `text`, or `row` for a line of a box or table.
    pub form: &'static str,
    /// Sentences.
    pub sentences: Vec<SentenceView>,
    /// What stands in it, for the margin left of the rope.
    pub marks: Vec<MarginMark>,
}

/// A sentence (句), in pieces.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceView {
    /// Counted from 1 in the paragraph.
    pub number: u32,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it is selected.
    pub address: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// It is the selected one.
    pub selected: bool,
    /// Numbers of the commitments that stand in it.
    pub commitments: Vec<u32>,
    /// The text, cut where a mark begins or ends.
    pub pieces: Vec<PieceView>,
}

/// A piece of a sentence under the same marks.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PieceView {
    /// The plan's own words, never altered.
    pub text: String,
    /// Run-in lead: bold.
    pub lead: bool,
    /// Degree word: underlined by firmness.
    pub degree: Option<Degree>,
    /// `target` or `deliverable`: 2 px accent underline; other quantities are not marked.
    pub quantity: Option<&'static str>,
    /// Doubt: wave.
    pub doubt: Option<NoticeKind>,
    /// Review desk: number of the proposal whose span this is (the innermost).
    pub knot: Option<u32>,
    /// Review desk: it belongs to the current proposal.
    pub current: bool,
    /// A found word.
    pub hit: bool,
}

/// A mark in the margin (边注): kind and count, or a doubt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarginMark {
    /// `indicator`, `target`, `task`, `policy`, `rule`, `project`, `mechanism`, `responsibility`, `doubt`.
    pub kind: &'static str,
    /// How many.
    pub count: u32,
    /// Kind of the doubt.
    pub doubt: Option<NoticeKind>,
    /// All of them are proposals: drawn dashed.
    pub proposed: bool,
    /// Selects the first sentence that holds one.
    pub address: String,
    /// Sentence in the paragraph beside which it stands.
    pub sentence: u32,
}

/// Everything on the selected clause or sentence (右栏).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelView {
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Its address.
    pub address: String,
    /// Only a sentence is selected, not the whole clause.
    pub sentence: bool,
    /// The whole clause, where a sentence is selected.
    pub clause_address: String,
    /// Counts by kind.
    pub kinds: Vec<KindCount>,
    /// The firmest degree in it.
    pub degree: Option<Degree>,
    /// The commitments.
    pub commitments: Vec<CommitmentView>,
    /// 责任, as written.
    pub responsibilities: Vec<ResponsibilityView>,
    /// 疑点.
    pub doubts: Vec<DoubtView>,
    /// The indicators of the catalogue that it names.
    pub indicators: Vec<NamedIndicator>,
    /// The same clause in other editions.
    pub versions: Vec<VersionView>,
    /// 记录, newest first.
    pub record: Vec<RecordView>,
}

/// A kind with its count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindCount {
    /// Kind.
    pub kind: CommitmentKind,
    /// How many.
    pub count: u32,
}

/// The same clause in another edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionView {
    /// The edition's number.
    pub edition: u32,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: StageWord,
    /// Where the clause of the same path is read there.
    pub address: String,
    /// The words are the same.
    pub same: bool,
    /// It is the edition being read.
    pub current: bool,
}
