//! The register (台账): rows, filters, columns, pages.

use super::{CommitmentView, EditionHead, PlanHead};
use serde::Serialize;

/// `/plans/145/register` (台账).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// The rows of this page.
    pub rows: Vec<RegisterLine>,
    /// The filter in force, for the keys and hidden fields.
    pub filter: RegisterFilter,
    /// How many rows the filter leaves.
    pub matching: u32,
    /// What the filters offer, with counts.
    pub facets: Facets,
    /// Columns with their state.
    pub columns: Vec<ColumnView>,
    /// The page.
    pub page: PageView,
    /// The same filter as an Excel file.
    pub export_address: String,
}

/// A row of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterLine {
    /// 序号: number within the edition.
    pub ordinal: u32,
    /// The commitment.
    pub commitment: CommitmentView,
    /// Number and title of the chapter.
    pub chapter: String,
}

/// What the register is asked for (筛选); every field is a query parameter of its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RegisterFilter {
    /// Edition number; none for the one that the plan's address shows.
    pub edition: Option<u32>,
    /// Kind word.
    pub kind: Option<String>,
    /// Degree word.
    pub degree: Option<String>,
    /// Standing word, or `in_force`.
    pub standing: Option<String>,
    /// Certainty word.
    pub certainty: Option<String>,
    /// Path of a chapter.
    pub chapter: Option<String>,
    /// Name of a lead unit; `-` for none named.
    pub lead: Option<String>,
    /// Only those with a doubt.
    pub doubt: Option<bool>,
    /// Keyset: after this row, `start.number`.
    pub after: Option<String>,
    /// Keyset: before this row, `start.number`.
    pub before: Option<String>,
    /// Columns hidden, separated by commas.
    pub hide: Option<String>,
}

/// What the filters offer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<Facet>,
    /// Degrees.
    pub degrees: Vec<Facet>,
    /// Standings.
    pub standings: Vec<Facet>,
    /// Certainties.
    pub certainties: Vec<Facet>,
    /// Chapters: value is the path, label number and title.
    pub chapters: Vec<Facet>,
    /// Lead units.
    pub leads: Vec<Facet>,
    /// With a doubt.
    pub doubted: u32,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facet {
    /// Word of the parameter.
    pub value: String,
    /// What to show where it is no word of the locale.
    pub label: Option<String>,
    /// Rows with it in the whole edition.
    pub count: u32,
    /// It is chosen.
    pub chosen: bool,
    /// The same filter with this choice toggled.
    pub address: String,
}

/// A column of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnView {
    /// `ordinal`, `clause`, `content`, `kind`, `degree`, `lead`, `support`, `deadline`, `goal`, `source`, `standing`.
    pub name: &'static str,
    /// Is it shown?
    pub shown: bool,
    /// Shows or hides it.
    pub address: String,
}

/// A keyset page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PageView {
    /// 上一页.
    pub previous: Option<String>,
    /// 下一页.
    pub next: Option<String>,
    /// Rows on it.
    pub shown: u32,
}
