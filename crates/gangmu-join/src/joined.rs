//! What a join hands out (归并结果): the contract `gangmu.join/1`.

use gangmu_plan::compiled::{Attribute, Baseline, Change, Indicator, IndicatorTarget, Notice};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The name of this contract.
pub const FORMAT: &str = "gangmu.join/1";

/// A folder joined to its outline (归并结果).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Joined {
    /// The contract.
    pub format: &'static str,
    /// What each file is.
    pub files: Vec<File>,
    /// The indicators of the text and of the annexes, each with its sources.
    pub indicators: Vec<JoinedIndicator>,
    /// The rows of the division of work.
    pub rows: Vec<Assignment>,
    /// The rows of the annexes.
    pub annex: Vec<AnnexRow>,
    /// Where two sources disagree.
    pub conflicts: Vec<Conflict>,
    /// What the compiler doubts in the annexes, each with its file; spans are those of the file's text.
    pub notices: Vec<FileNotice>,
    /// Paths of clauses that commit to something and that no row takes up.
    pub clauses_without_row: Vec<String>,
}

impl Flag {
    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::TwoLeads => "two_leads",
            Self::NoLead => "no_lead",
            Self::LeadInferred => "lead_inferred",
            Self::LeadAlsoSupport => "lead_also_support",
            Self::UnknownUnit => "unknown_unit",
            Self::DeadlineBeforePlan => "deadline_before_plan",
            Self::DeadlineAfterPlan => "deadline_after_plan",
            Self::DeadlineUnclear => "deadline_unclear",
            Self::NoClause => "no_clause",
            Self::AmbiguousClause => "ambiguous_clause",
            Self::ClauseRefMismatch => "clause_ref_mismatch",
            Self::FigureDiffers => "figure_differs",
            Self::NameDiffers => "name_differs",
            Self::DuplicateRow => "duplicate_row",
            Self::Other => "other",
        }
    }
}

impl Joined {
    pub(crate) fn new() -> Self {
        Self {
            format: FORMAT,
            files: Vec::new(),
            indicators: Vec::new(),
            rows: Vec::new(),
            annex: Vec::new(),
            conflicts: Vec::new(),
            notices: Vec::new(),
            clauses_without_row: Vec::new(),
        }
    }
}

/// A doubt of the compiler about a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileNotice {
    /// The file's name.
    pub file: String,
    /// The doubt.
    #[serde(flatten)]
    pub notice: Notice,
}

/// A file and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// The file's name.
    pub file: String,
    /// What it is.
    pub kind: FileKind,
}

/// What a file is (文件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// A table of indicators (指标附表).
    Annex,
    /// A division of work (任务分工表).
    Assignments,
    /// A list of projects (项目清单).
    Projects,
    /// Another plan.
    Plan,
    /// Nothing that is known.
    Unknown,
}

/// Where a row stands.
pub use gangmu_plan::proposal::RowPlace as Place;

/// A doubt about a row of a division of work (分工表疑点).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The contract names them.
pub enum Flag {
    TwoLeads,
    NoLead,
    LeadInferred,
    LeadAlsoSupport,
    UnknownUnit,
    DeadlineBeforePlan,
    DeadlineAfterPlan,
    DeadlineUnclear,
    NoClause,
    AmbiguousClause,
    ClauseRefMismatch,
    FigureDiffers,
    NameDiffers,
    DuplicateRow,
    Other,
}

/// A row of a division of work with what it was joined to (分工表行).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// What the row asks for, as written.
    pub task: String,
    /// Paths of its clauses in text order; none where it matches none.
    pub clauses: Vec<String>,
    /// Those who lead, as written.
    pub lead: Vec<String>,
    /// Those who support, as written.
    pub support: Vec<String>,
    /// `2025-12-31`, `2025-12`, `2025`, `ongoing`, `yearly` or `yearly-12`.
    pub deadline: Option<String>,
    /// Doubts.
    pub flags: Vec<Flag>,
    /// How far the clauses are to be trusted, 0 to 1.
    pub confidence: Decimal,
}

/// A doubt about a row of an annex (附表疑点).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AnnexFlag {
    TargetWithoutValue,
    Arithmetic,
    UnitConflict,
    TextTableConflict,
    AttributeConflict,
    DuplicateRow,
    RatioValue,
    Other,
}

/// A row of an annex (附表行).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // As in `Indicator`.
pub struct AnnexRow {
    #[serde(flatten)]
    pub place: Place,
    /// Where the row's indicator stands in the text of its file.
    #[serde(skip)]
    pub span: (u32, u32),
    pub name: String,
    pub parent: Option<String>,
    pub unit: Option<String>,
    pub category: Option<String>,
    pub attribute: Option<Attribute>,
    pub baseline: Baseline,
    pub target: IndicatorTarget,
    pub change: Change,
    pub flags: Vec<AnnexFlag>,
}

/// Where something is said: a clause of the outline, or a row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SourceOf {
    /// A clause of the outline, with its span.
    Text {
        /// The outline's file name.
        file: String,
        /// The clause's path.
        clause: String,
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// A row of a file.
    Row(Place),
}

/// An indicator with everything that states it (指标及出处).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedIndicator {
    /// The indicator.
    #[serde(flatten)]
    pub indicator: Indicator,
    /// Where it is stated.
    pub sources: Vec<SourceOf>,
}

/// What two sources disagree about (矛盾类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// The target of an indicator.
    Target,
    /// The value of the base period.
    Baseline,
    /// The change over the plan's years.
    Change,
    /// The unit.
    Unit,
    /// Binding or anticipatory.
    Attribute,
    /// The base or target year.
    Period,
    /// Who leads.
    Lead,
}

/// Where two sources disagree (矛盾), both shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// What about.
    pub kind: ConflictKind,
    /// The indicator's name, or the clause's path.
    pub subject: String,
    /// What each source says.
    pub values: Vec<ConflictValue>,
}

/// What one source says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictValue {
    /// The value as written.
    pub value: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Where.
    pub source: SourceOf,
}
