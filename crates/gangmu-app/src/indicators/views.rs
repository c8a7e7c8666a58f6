//! Indicators as pages and programs see them (指标视图).

use crate::plan::views::{EditionHead, Permission, PlanHead, ReasonView};
use gangmu_indicators::{definition::Definition, measure::Measure};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What the catalogue is asked for (筛选); the state lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogueFilter {
    /// A category.
    pub category: Option<String>,
    /// `binding`, `anticipatory`; `-` for none.
    pub legal: Option<String>,
    /// A unit of measure.
    pub unit: Option<String>,
    /// A piece of the name.
    pub q: Option<String>,
    /// `true`: with a target that has no value yet.
    pub open: Option<bool>,
    /// Rows behind this key.
    pub after: Option<i64>,
    /// Rows before this key.
    pub before: Option<i64>,
}

/// A choice of a filter with its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value in the address.
    pub value: String,
    /// How many indicators have it.
    pub count: u32,
    /// It is chosen now.
    pub chosen: bool,
    /// The same catalogue with this chosen, or without it where it was.
    pub address: String,
}

/// A page of the catalogue (指标目录).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueView {
    /// The rows.
    pub rows: Vec<IndicatorLine>,
    /// How many the filter leaves.
    pub matching: u32,
    /// How many there are.
    pub all: u32,
    /// Categories.
    pub categories: Vec<Choice>,
    /// Legal kinds.
    pub legals: Vec<Choice>,
    /// Units of measure.
    pub units: Vec<Choice>,
    /// The same with those only whose target has no value yet.
    pub open_address: String,
    /// Without any filter; none where there is none.
    pub clear_address: Option<String>,
    /// The page before.
    pub previous: Option<String>,
    /// The page behind.
    pub next: Option<String>,
    /// The key behind which the next page begins.
    pub after: Option<i64>,
    /// The same rows as an Excel file.
    pub export_address: String,
    /// May this person define indicators?
    pub define: Permission,
    /// The filter as it was asked.
    pub filter: CatalogueFilter,
}

/// An indicator in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorLine {
    /// Its key.
    pub id: i64,
    /// Its page.
    pub address: String,
    /// Its newest definition.
    pub definition: Definition,
    /// The target that holds for the district, of the latest period.
    pub target: Option<TargetView>,
}

/// A version of a target (约定版本).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetView {
    /// Its number within the contract.
    pub number: u32,
    /// `proposed`, `effective`, `refused`.
    pub state: &'static str,
    /// It holds today.
    pub in_force: bool,
    /// For which period, in canonical text.
    pub period: String,
    /// `level`, `average_growth`, `cumulative`.
    pub basis: &'static str,
    /// `≥`, `＞`, `≤`, `＜`, `约`, empty.
    pub comparator: &'static str,
    /// `45`, `5～6`; empty while nobody has said how much.
    pub value: String,
    /// Its unit: the indicator's, or percent for growth.
    pub unit: String,
    /// Nobody has said yet how much it is.
    pub open: bool,
    /// In the words of who decided it.
    pub text: String,
    /// The value from which it starts.
    pub baseline: Option<String>,
    /// The period of that value.
    pub baseline_period: Option<String>,
    /// The document that decides it.
    pub document: String,
    /// Why it was changed.
    pub reason: String,
    /// From when on.
    pub effective_from: Date,
    /// Who proposed it, masked.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who decided on it, masked.
    pub decided_by: Option<String>,
    /// What was said with that.
    pub note: String,
}

/// A target with all its versions (目标约定).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContractView {
    /// The area's name.
    pub area: String,
    /// For which period, in canonical text.
    pub period: String,
    /// Its versions, newest first.
    pub versions: Vec<TargetView>,
}

/// A sentence of a plan that names the indicator (出处).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OriginView {
    /// The plan's title.
    pub plan: String,
    /// Number of the edition.
    pub edition: i64,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it is read.
    pub address: String,
}

/// A version of a definition (定义版本).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionView {
    /// Its number.
    pub number: u32,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// What differs from the one before: words of fields.
    pub changed: Vec<&'static str>,
    /// When.
    pub at: Timestamp,
    /// By whom, masked.
    pub by: String,
    /// Under which entry of the journal.
    pub journal: i64,
}

/// Everything on one indicator (指标页).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorView {
    /// Its key.
    pub id: i64,
    /// Its page.
    pub address: String,
    /// Its number of version.
    pub version: u32,
    /// Its newest definition.
    pub definition: Definition,
    /// Every version, newest first.
    pub versions: Vec<VersionView>,
    /// The sentences that name it, newest plan first.
    pub origins: Vec<OriginView>,
    /// Its targets, latest period first.
    pub contracts: Vec<ContractView>,
    /// The target that holds for the district, of the latest period.
    pub target: Option<TargetView>,
    /// May this person change the definition?
    pub define: Permission,
}

/// An indicator of an edition, before it is taken over (拟入库指标).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdoptRow {
    /// Number of the commitment.
    pub number: u32,
    /// What it would be.
    pub definition: Definition,
    /// Its target as it would be promised.
    pub target: Option<TargetView>,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it is read.
    pub address: String,
    /// `new`; `known`: the indicator is there, and gets this source and target; `adopted`: it was taken over before;
    /// `conflict`: it can't be.
    pub standing: &'static str,
    /// The indicator that is there.
    pub indicator: Option<String>,
    /// Why it can't be taken over.
    pub reasons: Vec<ReasonView>,
}

/// The indicators of an edition (纲要指标入库).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdoptView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Its indicators in text order.
    pub rows: Vec<AdoptRow>,
    /// How many may be taken over now.
    pub ready: u32,
    /// May this person take them over?
    pub adopt: Permission,
    /// What a person may choose from.
    pub measures: Vec<Measure>,
}

/// An indicator that a clause names, for the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedIndicator {
    /// Its name.
    pub name: String,
    /// Its page.
    pub address: String,
}
