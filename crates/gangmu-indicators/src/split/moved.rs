//! What if one year were planned otherwise (推演): the others answer, nothing is saved.

use super::{Certificate, Reading, Rule, Split, SplitRefusal, amounts, certificate, growing, levels, whole};
use crate::split::Ask;
use rust_decimal::Decimal;
use serde::Serialize;

/// A split in which one year was moved (推演结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The values of all years as they would be.
    pub values: Vec<Decimal>,
    /// How much each differs from before.
    pub changes: Vec<Decimal>,
    /// The steps or amounts.
    pub parts: Vec<Decimal>,
    /// What they add up to: what it was, unless the last level itself was moved.
    pub sum: Decimal,
}

/// The split with that year at that value. Levels before and after it follow the rule on their own stretch; amounts
/// share what is left in proportion.
pub fn moved(split: &Split, year: i32, value: Decimal) -> Result<Moved, SplitRefusal> {
    let proof = &split.certificate;
    let at = split.years.iter().position(|one| *one == year).ok_or_else(|| SplitRefusal::NoSuchYear {
        year,
        first: split.years.first().copied().unwrap_or(year),
        last: split.years.last().copied().unwrap_or(year),
    })?;
    let values = match proof.baseline {
        Some(baseline) => levels_through(proof, baseline, at, (year, value))?,
        None => amounts_around(proof, at, (year, value))?,
    };
    answered(split, values).ok_or(SplitRefusal::TooLarge {})
}

fn levels_through(
    proof: &Certificate,
    baseline: Decimal,
    at: usize,
    (year, value): (i32, Decimal),
) -> Result<Vec<Decimal>, SplitRefusal> {
    let last = at + 1 == proof.weights.len();
    let (low, high) = (baseline.min(proof.target), baseline.max(proof.target));
    if !last && (value < low || value > high) {
        return Err(SplitRefusal::OutOfTheWay { year, value, low, high });
    }
    let (before, after) = proof.weights.split_at(at + 1);
    let stretch = |start: Decimal, end: Decimal, weights: &[Decimal]| {
        let grows = proof.rule == Rule::Compound && !start.is_zero() && !end.is_zero();
        if grows {
            growing(start, end, weights.len(), proof.decimals)
        } else {
            levels(start, end, weights, proof.decimals)
        }
        .ok_or(SplitRefusal::TooLarge {})
    };
    if proof.rule == Rule::Compound {
        if value.is_zero() {
            return Err(SplitRefusal::GrowthThroughZero { baseline, target: value });
        }
        if value.is_sign_negative() != baseline.is_sign_negative() {
            return Err(SplitRefusal::GrowthChangesSign { baseline, target: value });
        }
    }
    let mut values = stretch(baseline, value, before)?;
    if !after.is_empty() {
        values.extend(stretch(value, proof.target, after)?);
    }
    Ok(values)
}

fn amounts_around(proof: &Certificate, at: usize, (year, value): (i32, Decimal)) -> Result<Vec<Decimal>, SplitRefusal> {
    let left = whole::difference(proof.target, value).ok_or(SplitRefusal::TooLarge {})?;
    let (low, high) = (proof.target.min(Decimal::ZERO), proof.target.max(Decimal::ZERO));
    let mut others = proof.weights.clone();
    others.remove(at);
    if value < low || value > high || others.iter().all(Decimal::is_zero) && !left.is_zero() {
        return Err(SplitRefusal::OutOfTheWay { year, value, low, high });
    }
    if others.is_empty() {
        return Ok(vec![value]);
    }
    let mut values = amounts(left, &others, proof.decimals).ok_or(SplitRefusal::TooLarge {})?;
    values.insert(at, value);
    Ok(values)
}

fn answered(split: &Split, values: Vec<Decimal>) -> Option<Moved> {
    let changes =
        values.iter().zip(&split.values).map(|(now, then)| whole::difference(*now, *then)).collect::<Option<_>>()?;
    let proof = &split.certificate;
    let ask = Ask {
        baseline: proof.baseline,
        target: if proof.reading == Reading::Levels { *values.last()? } else { proof.target },
        from: 0,
        to: 0,
        rule: proof.rule,
        weights: Vec::new(),
        decimals: None,
    };
    let Certificate { parts, sum, .. } = certificate(&ask, proof.weights.clone(), &values, proof.decimals)?;
    Some(Moved { values, changes, parts, sum })
}
