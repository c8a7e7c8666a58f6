//! Two plans laid side by side (规划衔接): which clauses treat the same matter, and where the plans contradict each other.
//!
//! *In:* our plan and another one: of the city, the province, the nation, or a special plan. *Out:* the contract
//! `gangmu.align/1`. *Never:* says who is right, or finds a contradiction between a plan and itself.

mod absent;
mod clauses;
mod indicators;
mod names;
mod sentences;
#[cfg(test)]
mod tests;

use crate::comparison::{Collation, Place, Version};
use crate::compiled::CompiledPlan;
use gangmu_kernel::source::Span;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the contract.
pub const FORMAT: &str = "gangmu.align/1";

/// Two plans side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alignment {
    /// [`FORMAT`].
    pub format: String,
    /// Clauses that treat the same matter, in the order of our plan, the nearest first.
    pub pairs: Vec<ClausePair>,
    /// Where the plans contradict each other.
    pub conflicts: Vec<Conflict>,
}

/// A clause of our plan and one of the other that treat the same matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClausePair {
    /// In our plan.
    pub a: Place,
    /// In the other.
    pub b: Place,
    /// How near they are, 0 to 1.
    pub score: Decimal,
    /// The rarest words that both say.
    pub reason: String,
}

/// Kind of a contradiction (衔接冲突).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// 目标值不同.
    Target,
    /// 计量单位不同.
    Unit,
    /// 基期不同.
    Baseline,
    /// 目标年份不同.
    Period,
    /// The other plan binds to an indicator that ours does not have (约束性指标缺失).
    MissingBinding,
    /// The other plan gives a task to lower levels that ours does not take (任务未承接).
    UntakenTask,
    /// The same work is due at another time (时序不同).
    Sequence,
}

impl ConflictKind {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Unit => "unit",
            Self::Baseline => "baseline",
            Self::Period => "period",
            Self::MissingBinding => "missing_binding",
            Self::UntakenTask => "untaken_task",
            Self::Sequence => "sequence",
        }
    }
}

/// A contradiction; a person judges it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// What contradicts.
    pub kind: ConflictKind,
    /// In our plan, if it says anything.
    pub a: Option<Place>,
    /// In the other.
    pub b: Option<Place>,
    /// The Chinese sentence of the contract.
    pub message: String,
    /// The facts of the message, for other languages.
    pub fields: BTreeMap<String, String>,
}

/// Lays our plan beside another one.
pub fn align(ours: Version<'_>, other: Version<'_>) -> Alignment {
    let collation = Collation::of(ours, other);
    let pairs = clauses::pairs(ours, other);
    let mut conflicts = indicators::conflicts(ours.plan, other.plan);
    let told: Vec<(Span, Span)> =
        conflicts.iter().filter_map(|c| Some((span(c.a.as_ref()?), span(c.b.as_ref()?)))).collect();
    conflicts.extend(sentences::conflicts(&collation, ours, other, &told));
    conflicts.extend(absent::bindings(ours.plan, other.plan));
    conflicts.extend(absent::tasks(ours, other));
    conflicts.sort_by(|x, y| (&x.b, &x.a, x.kind).cmp(&(&y.b, &y.a, y.kind)));
    Alignment { format: FORMAT.to_owned(), pairs, conflicts }
}

fn span(place: &Place) -> Span {
    Span::new(place.start, place.end)
}

/// The place of a span in its plan.
fn place(plan: &CompiledPlan, span: Span) -> Place {
    let at = plan.clauses.partition_point(|c| c.start <= span.start).saturating_sub(1);
    let clause = plan.clauses.get(at).map_or_else(String::new, |c| c.path.clone());
    Place { start: span.start, end: span.end, clause }
}

fn fields<const N: usize>(facts: [(&str, &str); N]) -> BTreeMap<String, String> {
    facts.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
