//! What should make somebody look (预警与异常): findings with their evidence, never verdicts.
//!
//! Whoever calls owns the next step; a finding says only what was seen and in which figures. Tests of chance are worked
//! out in whole numbers against fixed limits, so that anybody can follow them.

use crate::{
    judging::{Consequence, Edition, consequence},
    measure::{Direction, LegalKind},
    split::whole,
};
use rust_decimal::Decimal;
use serde::Serialize;

/// A finding with its evidence (预警).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Warning {
    /// The end target will probably be missed (预计不能完成).
    PredictedMiss {
        /// How likely it is met.
        probability: Decimal,
        /// What follows for its legal kind.
        consequence: Consequence,
    },
    /// Hardly anything moved for some periods while the way isn't gone (停滞).
    Stall {
        /// The values that hardly moved.
        values: Vec<Decimal>,
        /// How far they moved toward the target.
        moved: Decimal,
        /// How far they should have.
        needed: Decimal,
    },
    /// It moved away from the target in the last two periods (逆转).
    Reversal {
        /// The last three values.
        values: Vec<Decimal>,
    },
    /// Sources disagree on a period (数据来源矛盾).
    Contradiction {
        /// What each says.
        values: Vec<(String, Decimal)>,
        /// From the least to the largest.
        distance: Decimal,
    },
    /// Far more values just at a threshold than just short of it (阈值处扎堆).
    Bunching {
        /// The threshold.
        threshold: Decimal,
        /// How many lie at it or just beyond.
        beyond: usize,
        /// How many lie just short of it.
        short: usize,
    },
    /// Edits of the last day make it better far more often than worse (截止日改数).
    LastDayEdits {
        /// How many make it better.
        better: usize,
        /// How many make it worse.
        worse: usize,
    },
    /// Last digits aren't spread as measured ones are (尾数异常).
    LastDigits {
        /// How often each digit ends a value.
        counts: [usize; 10],
        /// The sum of squared deviations in units of the expected count, to two decimals.
        statistic: Decimal,
    },
}

/// Chance makes so large a difference of two counts in one case of a hundred: 2.58², to two decimals.
const ONE_IN_A_HUNDRED: u128 = 663;
/// And a spread of ten digits so uneven (nine degrees of freedom) in one case of a thousand, to two decimals.
const ONE_IN_A_THOUSAND: u128 = 2_788;
/// Fewer values tell nothing about chance.
const FEWEST: usize = 20;
/// So many values tell something about ten digits.
const FEWEST_DIGITS: usize = 50;

/// A predicted miss and what follows from it.
pub fn predicted_miss(edition: &Edition, legal: LegalKind, probability: Decimal) -> Option<Warning> {
    consequence(edition, legal, probability).map(|consequence| Warning::PredictedMiss { probability, consequence })
}

/// Has the value moved by less than a tenth of what the remaining way asked of the last `periods`?
pub fn stall(values: &[Decimal], target: Decimal, periods: usize, left: u32) -> Option<Warning> {
    let from = values.len().checked_sub(periods + 1).filter(|_| periods > 0)?;
    let (start, end) = (values[from], *values.last()?);
    let way = whole::difference(target, start)?;
    let moved = whole::difference(end, start)?;
    let toward = if way.is_sign_negative() { -moved } else { moved };
    if way.is_zero() || toward >= way.abs() {
        return None;
    }
    let steps = Decimal::from(periods);
    let needed = way.abs().checked_mul(steps)?.checked_div(steps + Decimal::from(left))?.round_dp(6).normalize();
    // Moving away is a reversal, not a stall.
    let still = !toward.is_sign_negative() || toward.is_zero();
    (still && toward.checked_mul(Decimal::TEN)? < needed).then(|| Warning::Stall {
        values: values[from..].to_vec(),
        moved: toward.normalize(),
        needed,
    })
}

/// Did it move away from the target twice in a row, after it had moved toward it?
pub fn reversal(values: &[Decimal], direction: Direction) -> Option<Warning> {
    let [before, first, second, third] = *values.last_chunk::<4>()?;
    let better = |from: Decimal, to: Decimal| match direction {
        Direction::Higher => to > from,
        Direction::Lower => to < from,
        Direction::Within => false,
    };
    let worse = |from, to| better(to, from);
    (better(before, first) && worse(first, second) && worse(second, third))
        .then(|| Warning::Reversal { values: vec![first, second, third] })
}

/// Do the sources disagree by more than the tolerance, a share of the first one's amount?
pub fn contradiction(values: &[(String, Decimal)], tolerance: Decimal) -> Option<Warning> {
    let least = values.iter().map(|(_, value)| *value).min()?;
    let largest = values.iter().map(|(_, value)| *value).max()?;
    let distance = whole::difference(largest, least)?;
    let allowed = values[0].1.abs().checked_mul(tolerance)?;
    (distance > allowed).then(|| Warning::Contradiction { values: values.to_vec(), distance: distance.normalize() })
}

/// Do far more values lie within `width` at or beyond the threshold than within `width` short of it?
pub fn bunching(values: &[Decimal], threshold: Decimal, width: Decimal, direction: Direction) -> Option<Warning> {
    let past = |value: &&Decimal| {
        let off = **value - threshold;
        let off = if direction == Direction::Lower { -off } else { off };
        (Decimal::ZERO..width).contains(&off)
    };
    let before = |value: &&Decimal| {
        let off = threshold - **value;
        let off = if direction == Direction::Lower { -off } else { off };
        off > Decimal::ZERO && off <= width
    };
    let (beyond, short) = (values.iter().filter(past).count(), values.iter().filter(before).count());
    lopsided(beyond, short).then_some(Warning::Bunching { threshold, beyond, short })
}

/// Do edits of the last day (each its value before and after) far more often help than harm?
pub fn last_day_edits(edits: &[(Decimal, Decimal)], direction: Direction) -> Option<Warning> {
    let helps = |(before, after): &&(Decimal, Decimal)| match direction {
        Direction::Lower => after < before,
        _ => after > before,
    };
    let better = edits.iter().filter(helps).count();
    let worse = edits.iter().filter(|(before, after)| before != after).count() - better;
    lopsided(better, worse).then_some(Warning::LastDayEdits { better, worse })
}

/// Is the first count larger than the second beyond chance: (a − b)² ÷ (a + b) above the limit?
fn lopsided(more: usize, less: usize) -> bool {
    let (more_, less_) = (more as u128, less as u128);
    more > less && more + less >= FEWEST && (more_ - less_).pow(2) * 100 > ONE_IN_A_HUNDRED * (more_ + less_)
}

/// Are the last digits, at the decimals the values share, spread otherwise than measured ones?
pub fn last_digits(values: &[Decimal]) -> Option<Warning> {
    if values.len() < FEWEST_DIGITS {
        return None;
    }
    let decimals = values.iter().map(Decimal::scale).max()?;
    let mut counts = [0_usize; 10];
    for value in values {
        let digit = value.mantissa().unsigned_abs() % 10;
        // A value written with fewer decimals ends with nought.
        let digit = if value.scale() < decimals { 0 } else { digit };
        counts[usize::try_from(digit).unwrap_or(0)] += 1;
    }
    // Σ (10·c − n)² ÷ (10·n), times a hundred.
    let n = values.len() as u128;
    let squares: u128 = counts.iter().map(|count| (10 * *count as u128).abs_diff(n).pow(2)).sum();
    let hundredfold = squares * 10 / n;
    let statistic = Decimal::from_i128_with_scale(i128::try_from(hundredfold).ok()?, 2);
    (hundredfold > ONE_IN_A_THOUSAND).then_some(Warning::LastDigits { counts, statistic })
}

#[cfg(test)]
mod tests;
