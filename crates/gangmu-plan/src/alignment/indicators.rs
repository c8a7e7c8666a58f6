//! The same indicator with another target, unit, base or year (指标衔接).

use super::{Conflict, ConflictKind, fields, names::canonical, place};
use crate::comparison::Place;
use crate::compiled::{CompiledPlan, Indicator};
use gangmu_kernel::source::Span;
use gangmu_kernel::unit::Unit;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The contradictions between the indicators of two plans.
pub(super) fn conflicts(ours: &CompiledPlan, other: &CompiledPlan) -> Vec<Conflict> {
    let horizons = (horizon(ours), horizon(other));
    let mut named: BTreeMap<String, (Vec<&Indicator>, Vec<&Indicator>)> = BTreeMap::new();
    for indicator in &ours.indicators {
        named.entry(canonical(&indicator.name)).or_default().0.push(indicator);
    }
    for indicator in &other.indicators {
        named.entry(canonical(&indicator.name)).or_default().1.push(indicator);
    }
    let mut found = Vec::new();
    for (mine, theirs) in named.into_values() {
        for (one, counterpart) in counterparts(mine, theirs) {
            let sides = (
                place(ours, Span::new(one.start, one.end)),
                place(other, Span::new(counterpart.start, counterpart.end)),
            );
            found.extend(contradictions(one, counterpart, &horizons, &sides));
        }
    }
    found
}

/// Which statement on one indicator answers which: what says the same is taken out first.
fn counterparts<'i>(mine: Vec<&'i Indicator>, mut theirs: Vec<&'i Indicator>) -> Vec<(&'i Indicator, &'i Indicator)> {
    let mut left = Vec::new();
    for one in mine {
        match theirs.iter().position(|other| statement(one) == statement(other)) {
            Some(same) => {
                theirs.remove(same);
            }
            None => left.push(one),
        }
    }
    let mut found = Vec::new();
    for one in left {
        // A table answers a table, a growth a growth.
        let rank = |other: &&Indicator| {
            (other.rows.is_empty() == one.rows.is_empty(), form(other) == form(one), other.unit == one.unit)
        };
        let best = (0..theirs.len()).rev().max_by_key(|at| rank(&theirs[*at]));
        if let Some(at) = best.filter(|at| form(theirs[*at]) == form(one)) {
            found.push((one, theirs.remove(at)));
        }
    }
    found
}

/// All that an indicator says, without where.
fn statement(i: &Indicator) -> impl PartialEq + use<> {
    let target = (i.target.value, i.target.low, i.target.high, i.target.comparator, i.target.period.clone());
    (
        i.unit.clone(),
        i.baseline.value,
        i.baseline.period.clone(),
        target,
        i.change.value,
        i.change.comparator,
        i.change.kind,
    )
}

/// Is it a growth, and of which kind?
fn form(i: &Indicator) -> impl PartialEq + use<> {
    (i.change.value.is_some(), i.change.kind)
}

/// The year that most indicators of a plan aim at.
fn horizon(plan: &CompiledPlan) -> Option<String> {
    let mut counted: BTreeMap<&str, u32> = BTreeMap::new();
    for period in plan.indicators.iter().filter_map(|i| i.target.period.as_deref()) {
        *counted.entry(period).or_default() += 1;
    }
    counted.into_iter().max_by_key(|(_, count)| *count).map(|(period, _)| period.to_owned())
}

type Horizons = (Option<String>, Option<String>);

fn contradictions(one: &Indicator, other: &Indicator, horizons: &Horizons, sides: &(Place, Place)) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut tell = |kind: ConflictKind, what: &str, mine: String, theirs: String| {
        found.push(Conflict {
            kind,
            a: Some(sides.0.clone()),
            b: Some(sides.1.clone()),
            message: format!("“{}”的{what}不一致：本规划 {mine}，对方 {theirs}", one.name),
            fields: fields([("name", &one.name), ("ours", &mine), ("other", &theirs)]),
        });
    };
    if let (Some(mine), Some(theirs)) = (&one.unit, &other.unit)
        && mine != theirs
        && !same_amount(one, other)
    {
        tell(ConflictKind::Unit, "单位", mine.clone(), theirs.clone());
    }
    let (mine, theirs) = (&one.baseline, &other.baseline);
    // Plans of different years start from different years.
    let same_plan = horizons.0 == horizons.1;
    if (mine.period == theirs.period && differ(mine.value, theirs.value))
        || (same_plan && differ(mine.period.as_ref(), theirs.period.as_ref()))
    {
        let said = |value: Option<Decimal>, period: &Option<String>| {
            format!(
                "{}（{}）",
                value.map_or_else(|| "—".to_owned(), |v| v.normalize().to_string()),
                period.as_deref().unwrap_or("—")
            )
        };
        tell(ConflictKind::Baseline, "基期", said(mine.value, &mine.period), said(theirs.value, &theirs.period));
    }
    let (mine, theirs) = (&one.target.period, &other.target.period);
    let own_years = !same_plan && mine == &horizons.0 && theirs == &horizons.1;
    if differ(mine.as_ref(), theirs.as_ref()) && !own_years {
        tell(ConflictKind::Period, "目标年份", mine.clone().unwrap_or_default(), theirs.clone().unwrap_or_default());
    } else if same_plan && (aims(one) != aims(other)) && one.unit == other.unit {
        tell(ConflictKind::Target, "目标", aim(one), aim(other));
    }
    found
}

/// Do both say something, and not the same?
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Is it the same amount in another unit?
fn same_amount(one: &Indicator, other: &Indicator) -> bool {
    let amount = |i: &Indicator| {
        let unit: Unit = i.unit.as_deref()?.parse().ok()?;
        Some(gangmu_kernel::quantity::Quantity::new(i.target.value.or(i.change.value)?, unit))
    };
    let (Some(one), Some(other)) = (amount(one), amount(other)) else { return false };
    one.compare(other).is_ok_and(std::cmp::Ordering::is_eq)
}

fn aims(i: &Indicator) -> impl PartialEq + use<> {
    (i.target.value, i.target.low, i.target.high, i.target.comparator, i.change.value, i.change.comparator)
}

/// The target in the words of the text.
fn aim(i: &Indicator) -> String {
    i.target.text.clone().or_else(|| i.change.text.clone()).unwrap_or_else(|| "—".to_owned())
}
