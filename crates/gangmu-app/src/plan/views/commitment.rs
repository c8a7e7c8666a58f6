//! Commitments, responsibilities, doubts and lines of the record, as every page shows them.

use super::StandingWord;
use gangmu_plan::{
    compiled::{NoticeKind, Range},
    proposal::{Certainty, Form},
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A commitment (承诺事项) as shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommitmentView {
    /// Key in the database.
    pub id: i64,
    /// Number within the edition.
    pub number: u32,
    /// Where it is read: its sentence.
    pub address: String,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it stands.
    pub standing: StandingWord,
    /// What it says: kind, text, degree, owners, deadline, goal, attribute.
    pub form: Form,
    /// The goal written for people: `≥ 95 %`, `5～6 家`; none where there is no goal.
    pub goal: Option<GoalView>,
    /// Which rule made it; none for added ones.
    pub rule: Option<String>,
    /// 0 to 1, two decimals.
    pub confidence: Option<String>,
    /// The word.
    pub certainty: Option<Certainty>,
    /// Filled cells of five.
    pub cells: u8,
    /// Doubts that touch it.
    pub doubts: Vec<DoubtView>,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The file it stands in, where that is an annex.
    pub annex: Option<String>,
    /// Why it was rejected: 1–4.
    pub reject_reason: Option<u8>,
    /// Number of the commitment it was split from.
    pub split_from: Option<u32>,
    /// Another one as soon as somebody decided on it.
    pub version: String,
}

/// A goal in parts that the page joins (目标值).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalView {
    /// `≥`, `＞`, `≤`, `＜`, `约`, empty.
    pub comparator: &'static str,
    /// `95`, `5～6`; empty for a direction alone.
    pub value: String,
    /// Unit as written.
    pub unit: Option<String>,
    /// `up`, `down`, `keep`, where there is no value.
    pub direction: Option<&'static str>,
    /// Period.
    pub period: Option<String>,
    /// Baseline with period.
    pub baseline: Option<String>,
    /// Everything in one line: `≥95%`.
    pub line: String,
}

/// A bracket or cell that names who is responsible, as written (责任).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponsibilityView {
    /// As the text writes it.
    pub text: String,
    /// 牵头.
    pub lead: Vec<String>,
    /// 配合.
    pub support: Vec<String>,
    /// Deadline.
    pub deadline: Option<String>,
    /// `first_named_leads` and the like.
    pub note: Option<String>,
    /// Its sentence.
    pub address: String,
}

/// A doubt of the compiler (疑点).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DoubtView {
    /// Number within the edition.
    pub number: u32,
    /// Kind.
    pub kind: NoticeKind,
    /// The Chinese sentence of the compiler.
    pub message: String,
    /// Its facts, for other languages.
    pub fields: BTreeMap<String, String>,
    /// Where.
    pub spans: Vec<Range>,
    /// The words at the first span.
    pub quote: String,
    /// Its sentence.
    pub address: String,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// A person has settled it with these words.
    pub settled: Option<String>,
}

/// A line of the record (记录).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// When.
    pub at: Timestamp,
    /// Who, masked; the compiler is empty.
    pub who: String,
    /// `imported`, `accepted`, `accepted_in_bulk`, `assigned`, `changed`, `split`, `rejected`, `added`, `doubted`, `undone`,
    /// `approved`, `published`, `withdrawn`, `settled`.
    pub verb: &'static str,
    /// Numbers of the commitments concerned (the first few) and how many there are.
    pub numbers: Vec<u32>,
    /// How many.
    pub count: u32,
    /// Reason, or what else was said.
    pub note: Option<String>,
    /// Journal entry.
    pub journal: Option<i64>,
    /// It was undone later.
    pub undone: bool,
}
