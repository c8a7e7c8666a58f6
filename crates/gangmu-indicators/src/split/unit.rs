//! A target split to areas and departments (目标分解到地区和部门): the parts add up to the whole, exactly.
//!
//! | rule | each gets | refused where |
//! |---|---|---|
//! | share 按份额 | the total by its weight | a weight is missing or negative |
//! | base 按基数 | the total by its last value: all change by the same rate | a base is missing or negative |
//! | ratchet 不低于基数 | its last value, and of what is above them all a share by weight (by base where nobody gave weights) | the bases alone are above the total |
//! | custom 自定 | what was decided | it doesn't add up |
//!
//! Parts are rounded half up; the last unit takes the remainder. What the market decides is not split at all (不分解).

use super::{SplitRefusal, amounts, whole};
use crate::measure::words;
use gangmu_kernel::quantity::Rounding;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

words! {
    /// How a target is split to areas or departments (分解到单位的规则).
    pub enum ShareRule {
        /// By weights (按份额).
        Share = "share",
        /// By the last values (按基数).
        Base = "base",
        /// Nobody below its last value (不低于基数).
        Ratchet = "ratchet",
        /// As somebody decided (自定).
        Custom = "custom",
    }
}

/// An area or a department that takes a part (分解对象).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its code.
    pub unit: String,
    /// Its last value.
    pub base: Option<Decimal>,
    /// Its weight; for custom the part itself.
    pub weight: Option<Decimal>,
}

/// The parts with their proof (单位分解).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSplit {
    /// Each unit's part.
    pub parts: Vec<(String, Decimal)>,
    /// The proof.
    pub certificate: UnitCertificate,
}

/// All that is needed to check it by hand (单位分解凭证).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCertificate {
    /// The rule.
    pub rule: ShareRule,
    /// What is split.
    pub target: Decimal,
    /// What each unit keeps before anything is shared.
    pub floors: Vec<Decimal>,
    /// In which proportion the rest is shared.
    pub weights: Vec<Decimal>,
    /// What the parts add up to.
    pub sum: Decimal,
    /// How parts are rounded; the last takes the remainder.
    pub rounding: Rounding,
    /// To how many decimals.
    pub decimals: u32,
}

/// Splits the target to the units; `undivided` marks what the market decides.
pub fn split_to_units(
    target: Decimal,
    units: &[Share],
    rule: ShareRule,
    decimals: u32,
    undivided: bool,
) -> Result<UnitSplit, Vec<SplitRefusal>> {
    let (floors, weights) = terms(target, units, rule, undivided)?;
    let refused = |one: SplitRefusal| vec![one];
    let kept = whole::sum(&floors).ok_or_else(|| refused(SplitRefusal::TooLarge {}))?;
    let rest = whole::difference(target, kept).ok_or_else(|| refused(SplitRefusal::TooLarge {}))?;
    let shared = match rule {
        ShareRule::Custom => Some(vec![Decimal::ZERO; units.len()]),
        _ => shared(rest, &weights, decimals)?,
    };
    let parts = shared.and_then(|shared| {
        floors.iter().zip(shared).map(|(floor, share)| whole::sum(&[*floor, share])).collect::<Option<Vec<_>>>()
    });
    let parts = parts.ok_or_else(|| refused(SplitRefusal::TooLarge {}))?;
    let sum = whole::sum(&parts).ok_or_else(|| refused(SplitRefusal::TooLarge {}))?;
    let certificate = UnitCertificate { rule, target, floors, weights, sum, rounding: Rounding::HalfUp, decimals };
    Ok(UnitSplit { parts: units.iter().map(|unit| unit.unit.clone()).zip(parts).collect(), certificate })
}

/// Shares of the rest, none of which stands against it.
fn shared(rest: Decimal, weights: &[Decimal], decimals: u32) -> Result<Option<Vec<Decimal>>, Vec<SplitRefusal>> {
    let stands =
        |shares: &Vec<Decimal>| shares.iter().all(|s| s.is_zero() || s.is_sign_negative() == rest.is_sign_negative());
    let Some(shares) = amounts(rest, weights, decimals) else { return Ok(None) };
    if stands(&shares) {
        return Ok(Some(shares));
    }
    let suffice = |more: &u32| amounts(rest, weights, *more).is_some_and(|shares| stands(&shares));
    let enough = (decimals + 1..=super::MOST_DECIMALS).find(suffice).unwrap_or(decimals);
    Err(vec![SplitRefusal::TooFewDecimals { decimals, enough }])
}

/// What each keeps and in which proportion the rest is shared, or everything that stands against it.
fn terms(
    target: Decimal,
    units: &[Share],
    rule: ShareRule,
    undivided: bool,
) -> Result<(Vec<Decimal>, Vec<Decimal>), Vec<SplitRefusal>> {
    if undivided {
        return Err(vec![SplitRefusal::Undivided {}]);
    }
    if units.is_empty() {
        return Err(vec![SplitRefusal::NoUnits {}]);
    }
    let mut seen = BTreeSet::new();
    let mut refused: Vec<SplitRefusal> = (units.iter().filter(|unit| !seen.insert(&unit.unit)))
        .map(|unit| SplitRefusal::UnitTwice { unit: unit.unit.clone() })
        .collect();
    let nobody_weighs = units.iter().all(|unit| unit.weight.is_none());
    let floors = match rule {
        ShareRule::Ratchet => column(units, "base", |unit| unit.base, &mut refused),
        ShareRule::Custom => column(units, "part", |unit| unit.weight, &mut refused),
        ShareRule::Share | ShareRule::Base => vec![Decimal::ZERO; units.len()],
    };
    let weights = match rule {
        ShareRule::Base => column(units, "base", |unit| unit.base, &mut refused),
        ShareRule::Ratchet if nobody_weighs => floors.clone(),
        ShareRule::Custom => vec![Decimal::ONE; units.len()],
        ShareRule::Share | ShareRule::Ratchet => column(units, "weight", |unit| unit.weight, &mut refused),
    };
    if refused.is_empty() {
        refused.extend(bounds(target, units, rule, &floors, &weights));
    }
    if refused.is_empty() { Ok((floors, weights)) } else { Err(refused) }
}

fn column(
    units: &[Share],
    what: &'static str,
    of: impl Fn(&Share) -> Option<Decimal>,
    refused: &mut Vec<SplitRefusal>,
) -> Vec<Decimal> {
    let mut values = Vec::with_capacity(units.len());
    for unit in units {
        match of(unit) {
            Some(value) => values.push(value),
            None => refused.push(SplitRefusal::UnitWithout { unit: unit.unit.clone(), what }),
        }
    }
    values
}

fn bounds(
    target: Decimal,
    units: &[Share],
    rule: ShareRule,
    floors: &[Decimal],
    weights: &[Decimal],
) -> Vec<SplitRefusal> {
    let (Some(kept), Some(weighed)) = (whole::sum(floors), whole::sum(weights)) else {
        return vec![SplitRefusal::TooLarge {}];
    };
    let negative = |weight: &Decimal| weight.is_sign_negative() && !weight.is_zero();
    let mut refused: Vec<SplitRefusal> = (weights.iter().enumerate().filter(|(_, weight)| negative(weight)))
        .map(|(at, weight)| SplitRefusal::NegativeWeight { number: at + 1, weight: *weight })
        .collect();
    match rule {
        ShareRule::Custom if kept != target => {
            return vec![SplitRefusal::PartsDoNotAddUp { sum: kept.normalize(), target: target.normalize() }];
        }
        ShareRule::Custom => return Vec::new(),
        ShareRule::Ratchet if kept > target => return vec![smallest_conflict(target, units, floors)],
        ShareRule::Ratchet if kept == target => return Vec::new(),
        ShareRule::Share | ShareRule::Base | ShareRule::Ratchet => {}
    }
    if refused.is_empty() && weighed.is_zero() {
        refused.push(SplitRefusal::WeightsOfNothing {});
    }
    refused
}

/// The fewest units whose floors alone are above the target: the largest first. No one of them can be left out, for
/// the smallest among them was needed to pass it.
fn smallest_conflict(target: Decimal, units: &[Share], floors: &[Decimal]) -> SplitRefusal {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| floors[*b].cmp(&floors[*a]).then(a.cmp(b)));
    let mut chosen = Vec::new();
    for at in order {
        chosen.push(at);
        let sum = whole::sum(&chosen.iter().map(|at| floors[*at]).collect::<Vec<_>>());
        if let Some(sum) = sum.filter(|sum| *sum > target) {
            chosen.sort_unstable();
            let units = chosen.iter().map(|at| units[*at].unit.as_str()).collect::<Vec<_>>().join("、");
            return SplitRefusal::FloorsAboveTarget { units, sum: sum.normalize(), target: target.normalize() };
        }
    }
    SplitRefusal::TooLarge {}
}

/// Does the proof hold: does everything add up, is nobody below its floor, is each within half a last place of its
/// proportion? It shares no step with the splitting.
pub fn verify_units(split: &UnitSplit) -> bool {
    let proof = &split.certificate;
    let parts: Vec<Decimal> = split.parts.iter().map(|(_, part)| *part).collect();
    let count = parts.len();
    if count == 0 || proof.floors.len() != count || proof.weights.len() != count {
        return false;
    }
    let adds_up = whole::sum(&parts) == Some(proof.target) && proof.sum == proof.target;
    let rest = whole::sum(&proof.floors).and_then(|kept| whole::difference(proof.target, kept));
    let (Some(rest), Some(weighed)) = (rest, whole::sum(&proof.weights)) else { return false };
    let scale =
        parts.iter().chain(&proof.floors).chain(&proof.weights).chain([&proof.target]).map(Decimal::scale).max();
    let scale = scale.unwrap_or(0).max(proof.decimals) + 1;
    let whole_of = |value: Decimal| whole::units(value, scale);
    let half = whole::ten(scale - proof.decimals) / 2;
    let near = |at: usize| {
        let Some(over) = whole::difference(parts[at], proof.floors[at]) else { return false };
        let off = whole_of(over) * whole_of(weighed) - whole_of(rest) * whole_of(proof.weights[at]);
        whole::magnitude(&off) <= &half * whole::magnitude(&whole_of(weighed))
    };
    adds_up && (rest.is_zero() && parts == proof.floors || (0..count - 1).all(near))
}
