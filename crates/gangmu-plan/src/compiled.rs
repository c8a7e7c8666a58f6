//! What the compiler hands out (编译结果): the contract `gangmu.plan/1`.
//!
//! Offsets are Unicode code points, `end` exclusive; numbers are decimal strings; unknown is `null`, never a guess.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The name of this contract.
pub const FORMAT: &str = "gangmu.plan/1";

/// A span inside a list, written `[start, end]`.
pub type Range = (u32, u32);

/// Which rule made an extraction, and how far it is to be trusted (D3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The rule's name.
    pub rule: String,
    /// The rule's measured precision on the development gold, moved by the signs; 0 to 1.
    pub confidence: Decimal,
    /// The named signs that moved the confidence, with their amounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<Sign>,
}

/// A named circumstance that moves a confidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sign {
    /// The sign's name.
    pub name: String,
    /// By how much it moved the confidence.
    pub delta: Decimal,
}

/// The source document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// SHA-256 of the input bytes.
    pub sha256: String,
    /// Length of the text in code points.
    pub chars: u32,
    /// Kind of file.
    pub kind: gangmu_kernel::source::SourceKind,
}

/// Form of a heading (标题层级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The contract names them.
pub enum Level {
    Title,
    Preface,
    Toc,
    Part,
    Chapter,
    Section,
    Item,
    Subitem,
    Point,
    Subpoint,
    Dash,
    Lead,
    Box,
    Furniture,
}

/// A heading, run-in lead, box title or piece of page furniture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// `h1`, `h2`, … in text order.
    pub id: String,
    /// Form.
    pub level: Level,
    /// Number as written (第三节, 一、), or none.
    pub number: Option<String>,
    /// Title without number, line breaks and end mark.
    pub title: String,
    /// First code point of the heading itself.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Id of the heading above.
    pub parent: Option<String>,
    /// Which rule, how sure.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A clause (条款): clauses tile the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// `c1`, `c2`, … in text order.
    pub id: String,
    /// Path such as `12.3.一`.
    pub path: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Id of its heading.
    pub heading: Option<String>,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// What a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SentenceForm {
    /// A sentence of the text.
    Body,
    /// A run-in lead or the head of a dash item.
    Lead,
    /// A row of a table.
    Row,
}

/// A sentence (句) with its address: `path ¶paragraph 句 number`. Headings and page furniture have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentencePlace {
    /// First code point.
    pub start: u32,
    /// One past its stop.
    pub end: u32,
    /// What it is.
    pub form: SentenceForm,
    /// Path of its clause.
    pub clause: String,
    /// Number of its paragraph in the clause, from 1.
    pub paragraph: u32,
    /// Number in its paragraph, from 1.
    pub number: u32,
}

/// How a value is compared (比较).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Comparator {
    Eq,
    Ge,
    Gt,
    Le,
    Lt,
    About,
    UpToRank,
}

/// What a quantity is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum QuantityRole {
    Baseline,
    Target,
    Deliverable,
    Standard,
    Other,
}

/// A quantity in the text (数量).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // The contract names the fields.
pub struct Quantity {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub unit: Option<String>,
    pub comparator: Option<Comparator>,
    pub subject: Option<String>,
    pub period: Option<String>,
    pub role: QuantityRole,
    pub clause: String,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Which way a directional target points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Direction {
    Up,
    Down,
    Keep,
}

/// A target (目标), numeric or only directional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Target {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub subject: Option<String>,
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub unit: Option<String>,
    pub comparator: Option<Comparator>,
    pub direction: Option<Direction>,
    pub period: Option<String>,
    pub clause: String,
    /// Index into `CompiledPlan::quantities`.
    pub quantity: Option<u32>,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Legal kind of an indicator (约束性 / 预期性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Attribute {
    Binding,
    Anticipatory,
}

/// Value of the base period (基期值).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Baseline {
    pub value: Option<Decimal>,
    pub period: Option<String>,
}

/// Target of an indicator (目标值).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct IndicatorTarget {
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub period: Option<String>,
    pub comparator: Option<Comparator>,
    pub text: Option<String>,
}

/// Kind of a change over the plan's years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// 年均.
    Annual,
    /// 累计, written 〔〕.
    Cumulative,
}

/// Change of an indicator over the plan's years (年均/累计).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Change {
    pub value: Option<Decimal>,
    pub comparator: Option<Comparator>,
    pub kind: Option<ChangeKind>,
    pub text: Option<String>,
}

/// An indicator (指标) of a table or of prose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Indicator {
    pub name: String,
    pub parent: Option<String>,
    pub unit: Option<String>,
    pub category: Option<String>,
    pub attribute: Option<Attribute>,
    pub baseline: Baseline,
    pub target: IndicatorTarget,
    pub change: Change,
    pub clause: String,
    /// Spans of the table row; empty for prose.
    pub rows: Vec<Range>,
    /// Where it stands, for prose and tables alike.
    pub start: u32,
    pub end: u32,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Firmness of a promise (程度, D2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Degree {
    /// 确保、严守.
    Must,
    /// 建成、完成、达到.
    Achieve,
    /// 推进、加快、完善.
    Advance,
    /// 支持、鼓励.
    Support,
    /// 争取、力争.
    Strive,
    /// 探索、研究.
    Explore,
}

/// What a task asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// Something to be done.
    Task,
    /// A policy or rule to be made.
    Policy,
    /// A norm of conduct.
    Rule,
}

/// A task (任务).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Task {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub verb: Option<String>,
    pub object: Option<String>,
    pub degree: Degree,
    /// The word that carries the degree, for its underline; none where the degree is the default.
    pub degree_word: Option<Range>,
    pub kind: TaskKind,
    pub clause: String,
    #[serde(flatten)]
    pub origin: Origin,
}

/// A project (项目): something to be built, upgraded, renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Project {
    pub start: u32,
    pub end: u32,
    pub name: String,
    pub verb: Option<String>,
    pub place: Option<String>,
    pub clause: String,
    #[serde(flatten)]
    pub origin: Origin,
}

/// A mechanism (机制): a system, platform or mechanism to be set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Mechanism {
    pub start: u32,
    pub end: u32,
    pub name: String,
    pub verb: Option<String>,
    pub clause: String,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Who is responsible (责任), as one bracket or table cell says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Responsibility {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub deadline: Option<String>,
    pub clause: String,
    /// `first_named_leads` where the text does not say who leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(flatten)]
    pub origin: Origin,
}

/// A cited document (引用文件).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Cited {
    pub start: u32,
    pub end: u32,
    pub title: String,
    pub number: Option<String>,
    /// `self` for the document itself and its short names.
    pub relation: Option<String>,
    #[serde(flatten)]
    pub origin: Origin,
}

/// An organisation that the text names (单位).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OrganisationMention {
    pub start: u32,
    pub end: u32,
    pub name: String,
    /// Id in the loaded pack.
    pub known: Option<String>,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Kind of a doubt (疑点).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NoticeKind {
    CountMismatch,
    Arithmetic,
    Duplicate,
    StatusConflict,
    NameVariant,
    TextDefect,
    Ambiguous,
    MissingTable,
    UnknownUnit,
    Contradiction,
    NotAPlan,
}

/// A doubt of the compiler (疑点, D3): a person decides.
///
/// `message` is the Chinese sentence of the contract; `fields` carry its facts, so that other languages word their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Notice {
    pub kind: NoticeKind,
    pub message: String,
    pub spans: Vec<Range>,
    /// Named facts of the message (`declared`, `listed`, `stated`, `computed` …).
    #[serde(default)]
    pub fields: std::collections::BTreeMap<String, String>,
    #[serde(flatten)]
    pub origin: Origin,
}

/// A compiled plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CompiledPlan {
    pub format: String,
    /// Compiler version; proposals carry it.
    pub compiler: String,
    /// Lexicon version; proposals carry it.
    pub lexicon: String,
    pub source: Source,
    pub outline: Vec<Heading>,
    pub clauses: Vec<Clause>,
    #[serde(default)]
    pub sentences: Vec<SentencePlace>,
    pub quantities: Vec<Quantity>,
    pub targets: Vec<Target>,
    pub indicators: Vec<Indicator>,
    pub tasks: Vec<Task>,
    pub projects: Vec<Project>,
    pub mechanisms: Vec<Mechanism>,
    pub responsibilities: Vec<Responsibility>,
    pub cited: Vec<Cited>,
    pub organisations: Vec<OrganisationMention>,
    pub notices: Vec<Notice>,
}
