//! What the pages of a plan show (视图): values ready to be rendered, without prose of their own.
//!
//! Enumerations are words in `snake_case`; their names in both languages live in `locales/<lang>/plan.ftl`.
//! Addresses are ready to use in `href`. Instants are UTC; the page writes them in the district's time.

mod commitment;
mod comparison;
mod edition;
mod home;
mod import;
mod joined;
mod owners;
mod public;
mod reader;
mod register;
mod review;
mod search;

pub use commitment::{CommitmentView, DoubtView, GoalView, RecordView, ResponsibilityView};
pub use comparison::{ClauseSide, ComparedLine, ComparisonView, FigurePair, SentencePair};
pub use edition::{ActionView, EditionView, PublicationPreview};
pub use home::{ChangeView, HomeView, UnitCommitment, UnitRegister, WaitingView};
pub use import::{ImportProgress, SortedFileView, StepView};
pub use joined::{ConflictSide, ConflictView, DifferenceView, JoinedFile, JoinedRow, JoinedView, OpenClause};
pub use owners::{AssignPreview, AssignRow, OwnerView, OwnersView, WordView};
pub use public::{PublicChapter, PublicClause, PublicCommitment, PublicView};
pub use reader::{
    ClauseView, Crumb, HeadingView, KindCount, MarginMark, OutlineNode, PanelView, ParagraphView, PieceView,
    ReaderView, SectionView, SentenceView, VersionView,
};
pub use register::{ColumnView, Facet, Facets, PageView, RegisterFilter, RegisterLine, RegisterView};
pub use review::{BulkPreview, BulkView, ChapterProgress, NextClause, ProposalView, ReviewView, SignView};
pub use search::{HitView, SearchView};

use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A code with its facts (理由): the sentence and its next step are found by the code in the locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// Such as `plan-edition-decided-by-you`.
    pub code: String,
    /// Named facts of the sentence.
    pub fields: BTreeMap<String, String>,
}

/// May the person do this now (可否), and if not, why: all reasons at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// No reason speaks against it.
    pub allowed: bool,
    /// What speaks against it.
    pub reasons: Vec<ReasonView>,
}

/// Where an edition stands (版本状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageWord {
    /// 审校中.
    InReview,
    /// 已审定.
    Approved,
    /// 已公开.
    Published,
    /// 已撤下.
    Withdrawn,
}

/// Where a commitment stands (事项状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingWord {
    /// 编译建议: drawn dashed.
    Proposed,
    /// 采纳.
    Accepted,
    /// 改后采纳.
    Changed,
    /// 人工补录.
    Added,
    /// 存疑待议.
    Doubted,
    /// 否决.
    Rejected,
    /// 已拆分: its parts stand in its place.
    Divided,
}

/// A plan (规划) in headers and breadcrumbs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanHead {
    /// Short key in addresses, such as `145`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// `/plans/145`.
    pub address: String,
}

/// A file behind an edition (来源文件).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
    /// The file's name.
    pub name: String,
    /// `txt`, `docx` …
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
    /// The outline itself, or an annex.
    pub annex: bool,
}

/// An edition (规划文本版本) in lists and headers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionHead {
    /// Key in the database.
    pub id: i64,
    /// Counted from 1 within the plan.
    pub number: u32,
    /// Title of the text.
    pub title: String,
    /// Where it stands.
    pub stage: StageWord,
    /// Its files, the outline first.
    pub documents: Vec<DocumentView>,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// By whom, masked.
    pub imported_by: String,
    /// Length of the text in code points.
    pub chars: u32,
    /// Number of clauses.
    pub clauses: u32,
    /// Compiler version.
    pub compiler: String,
    /// Lexicon version.
    pub lexicon: String,
    /// Counts of its commitments.
    pub counts: StandingCounts,
    /// Open doubts.
    pub doubts: u32,
    /// `/plans/145?edition=1`.
    pub address: String,
    /// `/plans/145/register?edition=1`.
    pub register_address: String,
    /// `/plans/145/review?edition=1`.
    pub review_address: String,
    /// `/plans/145/edition?edition=1`.
    pub edition_address: String,
    /// What joining its files gave, where it has several.
    pub joined_address: Option<String>,
}

/// Commitments by standing (进度).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct StandingCounts {
    /// All that stand in lists: without rejected and divided ones.
    pub total: u32,
    /// 待定.
    pub proposed: u32,
    /// 采纳.
    pub accepted: u32,
    /// 改后采纳.
    pub changed: u32,
    /// 补录.
    pub added: u32,
    /// 存疑.
    pub doubted: u32,
    /// 否决.
    pub rejected: u32,
    /// 已拆分.
    pub divided: u32,
    /// Decided in any way.
    pub decided: u32,
}

/// One partial share of the coverage (覆盖率分项).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoveragePart {
    /// `owner`, `measure`, `cadence`, `evidence`.
    pub name: &'static str,
    /// False prints 未接入 and leaves both sides of the fraction.
    pub connected: bool,
    /// How many commitments have it.
    pub have: u32,
    /// Of how many.
    pub of: u32,
    /// Such as `71.4`; none where not connected or nothing to divide by.
    pub percent: Option<String>,
}

/// Coverage (覆盖率) of an edition or a chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageView {
    /// It counts proposals (the edition is in review), not accepted commitments.
    pub proposed: bool,
    /// Commitments with every connected part.
    pub have: u32,
    /// Commitments.
    pub of: u32,
    /// Such as `71.4`; none where there is nothing to divide by.
    pub percent: Option<String>,
    /// The four partial shares.
    pub parts: Vec<CoveragePart>,
}

/// `/plans` (规划列表).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlansView {
    /// The plans, newest import first.
    pub plans: Vec<PlanCard>,
    /// Imports that run or failed lately, newest first.
    pub imports: Vec<ImportProgress>,
    /// May the person import?
    pub import: Permission,
}

/// A plan with its editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanCard {
    /// The plan.
    pub plan: PlanHead,
    /// The edition that the plan's address shows.
    pub current: EditionHead,
    /// Its coverage.
    pub coverage: CoverageView,
    /// All editions, newest first.
    pub editions: Vec<EditionHead>,
    /// The public page, where one edition is published.
    pub public_address: Option<String>,
}
