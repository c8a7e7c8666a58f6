//! Proposals (编译建议): what a compiled plan is thought to promise, before a person has said so.
//!
//! `propose` turns the lists of a `CompiledPlan` into one list of commitments in text order, each with its clause, its
//! degree, who is responsible and by which rule that was read, and how far it may be trusted.

mod propose;
#[cfg(test)]
mod tests;

pub use propose::{mark_doubts, propose};

use crate::compiled::{Attribute, Comparator, Degree, Direction, Origin, Range};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Kind of a commitment (承诺事项类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommitmentKind {
    /// 指标.
    Indicator,
    /// 目标.
    Target,
    /// 任务.
    Task,
    /// 政策.
    Policy,
    /// 规范.
    Rule,
    /// 项目.
    Project,
    /// 机制.
    Mechanism,
}

impl CommitmentKind {
    /// All kinds, in the order in which lists show them.
    pub const ALL: [Self; 7] =
        [Self::Indicator, Self::Target, Self::Task, Self::Policy, Self::Rule, Self::Project, Self::Mechanism];

    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Target => "target",
            Self::Task => "task",
            Self::Policy => "policy",
            Self::Rule => "rule",
            Self::Project => "project",
            Self::Mechanism => "mechanism",
        }
    }

    /// The kind of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for CommitmentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How sure the compiler is, in a word (把握, D3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// 拿不准: below 0.80.
    Unsure,
    /// 较有把握: 0.80 and more.
    Likely,
    /// 有把握: 0.95 and more; the only ones that may be accepted in bulk.
    Sure,
}

impl Certainty {
    /// The word for a confidence.
    pub fn of(confidence: Decimal) -> Self {
        match confidence {
            c if c >= Decimal::new(95, 2) => Self::Sure,
            c if c >= Decimal::new(80, 2) => Self::Likely,
            _ => Self::Unsure,
        }
    }

    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }

    /// The certainty of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Unsure, Self::Likely, Self::Sure].into_iter().find(|c| c.word() == word)
    }
}

/// How the responsible units came to a commitment (责任来源).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerRule {
    /// They stand in the same row of the table.
    SameRow,
    /// The next bracket after it in the same clause: it answers for all between the bracket before and itself.
    NextBracket,
    /// The bracket stands in the heading above and answers for all below that have none of their own.
    Heading,
    /// A row of a division of work holds the words of the promise.
    Row,
    /// A row of a division of work speaks of the clause, not in so many words of the promise.
    RowOfClause,
    /// A person entered them.
    Entered,
}

impl OwnerRule {
    /// The word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::SameRow => "same_row",
            Self::NextBracket => "next_bracket",
            Self::Heading => "heading",
            Self::Row => "row",
            Self::RowOfClause => "row_of_clause",
            Self::Entered => "entered",
        }
    }
}

/// Where a row stands (表内位置): a sheet's name or a table's number, and its row, counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowPlace {
    /// The file's name.
    pub file: String,
    /// The sheet's name, in spreadsheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The table's number, in documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// The row.
    pub row: u32,
}

/// Who answers for a commitment (责任).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owners {
    /// 牵头单位.
    pub lead: Vec<String>,
    /// 配合单位.
    pub support: Vec<String>,
    /// By which rule they were read; none where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<OwnerRule>,
    /// What the compiler noted, such as `first_named_leads`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the bracket or cell stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range>,
    /// The row of a division of work that names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowPlace>,
}

/// What is to be reached (目标值): a value, a range, or only a direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // The contract names the fields.
pub struct Goal {
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub unit: Option<String>,
    pub comparator: Option<Comparator>,
    pub direction: Option<Direction>,
    pub period: Option<String>,
    /// As the text writes it.
    pub text: Option<String>,
    pub baseline: Option<Decimal>,
    pub baseline_period: Option<String>,
}

/// What a commitment says (内容): the part a person may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Kind.
    pub kind: CommitmentKind,
    /// The promise in the plan's words, or the name of the indicator, project or mechanism.
    pub text: String,
    /// Firmness; none for indicators and targets.
    pub degree: Option<Degree>,
    /// Who answers.
    pub owners: Owners,
    /// Until when, as the contract writes it (`2025`, `2025-12`, `ongoing`).
    pub deadline: Option<String>,
    /// What is to be reached; none where the text names no figure and no direction.
    pub goal: Option<Goal>,
    /// 约束性 or 预期性.
    pub attribute: Option<Attribute>,
}

/// A proposal of the compiler (编译建议).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What it says.
    pub form: Form,
    /// The id of its clause in the compiled plan, such as `c17`.
    pub clause: String,
    /// Path of the clause.
    pub path: String,
    /// First code point in the text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The word that carries the degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_word: Option<Range>,
    /// Which rule made it, how sure, and the signs that moved it.
    #[serde(flatten)]
    pub origin: Origin,
    /// Doubts that touch its span: indexes into `CompiledPlan::notices`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<u32>,
}

impl Proposal {
    /// The confidence in a word.
    pub fn certainty(&self) -> Certainty {
        Certainty::of(self.origin.confidence)
    }
}
