//! A target split to years (目标年度分解), with a certificate that recombines exactly (D5).
//!
//! What is split can be two things, and a certificate says which ([`Reading`]):
//!
//! - **levels** (水平值): there is a baseline, `from` is its year, and the values are the planned levels of the years
//!   after it up to `to`. The last level is the target itself. `parts` are the steps from level to level; they add up
//!   to target − baseline.
//! - **amounts** (数量): there is no baseline, `from` is the first year, and the values are what each year contributes
//!   to a total. `parts` are the same values; they add up to the target.
//!
//! | rule | levels | amounts |
//! |---|---|---|
//! | linear 线性 | equal steps | equal amounts |
//! | compound 复合增长 | equal growth each year | refused: growth needs a level to start from |
//! | share 按份额 | steps in proportion to the weights | amounts in proportion |
//! | front 前重后轻 | n, n−1, …, 1 shares of the way | of the total |
//! | back 前轻后重 | 1, 2, …, n shares | of the total |
//! | custom 自定 | weights that add up to 1, to 100, or to the very distance | … or to the very total |
//!
//! What is published is rounded, half up, to the decimals asked for; the last one takes the remainder, and what was
//! decided (the target) is never rounded. Where so few decimals would turn a path back or the remainder against the
//! total, the split is refused and the decimals that suffice are named. Everything is worked out in whole numbers, so
//! nothing is lost before that rounding.

mod moved;
mod refusal;
mod unit;
mod verify;
pub(crate) mod whole;

use crate::measure::words;
use gangmu_kernel::quantity::Rounding;
use num_bigint::{BigInt, Sign};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use moved::{Moved, moved};
pub use refusal::SplitRefusal;
pub use unit::{Share, ShareRule, UnitCertificate, UnitSplit, split_to_units, verify_units};
pub use verify::{Broken, verify};

/// The most years of one split; a plan has five, an outlook fifteen (年数上限).
pub const MOST_YEARS: i32 = 100;
/// The most decimals that may be asked for (小数位数上限).
pub const MOST_DECIMALS: u32 = 12;

words! {
    /// How a target is split to years (年度分解规则).
    pub enum Rule {
        /// Equal steps (线性).
        Linear = "linear",
        /// Equal growth each year (复合增长).
        Compound = "compound",
        /// In proportion to the weights (按份额).
        Share = "share",
        /// More in the early years (前重后轻).
        Front = "front",
        /// More in the late years (前轻后重).
        Back = "back",
        /// As somebody decided (自定).
        Custom = "custom",
    }
}

words! {
    /// What the values of a split are (分解值的含义).
    pub enum Reading {
        /// Levels on the way from the baseline to the target (水平值).
        Levels = "levels",
        /// What each year contributes to the total (数量).
        Amounts = "amounts",
    }
}

/// What is to be split (分解请求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Where it starts; without it the target is a total.
    pub baseline: Option<Decimal>,
    /// What is to be reached, or the total.
    pub target: Decimal,
    /// The baseline's year; of a total, its first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
    /// By which rule.
    pub rule: Rule,
    /// For shares and what somebody decided, one a year.
    pub weights: Vec<Decimal>,
    /// To how many decimals; as many as the figures have where nobody says.
    pub decimals: Option<u32>,
}

/// Years and their values, with the proof (年度分解).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The years that the values belong to.
    pub years: Vec<i32>,
    /// The value of each.
    pub values: Vec<Decimal>,
    /// The proof.
    pub certificate: Certificate,
}

/// All that is needed to check a split by hand (分解凭证).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The rule.
    pub rule: Rule,
    /// What the values are.
    pub reading: Reading,
    /// Where it starts.
    pub baseline: Option<Decimal>,
    /// What is reached.
    pub target: Decimal,
    /// The share of each year in the way; for compound growth all are equal.
    pub weights: Vec<Decimal>,
    /// The steps from level to level, or the amounts.
    pub parts: Vec<Decimal>,
    /// What the parts add up to.
    pub sum: Decimal,
    /// How values are rounded; the last takes the remainder.
    pub rounding: Rounding,
    /// To how many decimals.
    pub decimals: u32,
}

/// Splits the target, or says everything that stands against it.
pub fn split(ask: &Ask) -> Result<Split, Vec<SplitRefusal>> {
    let years = years(ask)?;
    let weights = weights(ask, years.len())?;
    let decimals = decimals(ask)?;
    if ask.rule == Rule::Compound {
        compound_is_possible(ask)?;
    }
    let values = match valued(ask, &weights, decimals) {
        Ok(values) => values,
        Err(refusal @ SplitRefusal::TooFewDecimals { .. }) => {
            return Err(vec![with_remedy(refusal, ask, &weights, decimals)]);
        }
        Err(refusal) => return Err(vec![refusal]),
    };
    let certificate = certificate(ask, weights, &values, decimals).ok_or_else(|| vec![SplitRefusal::TooLarge {}])?;
    Ok(Split { years, values, certificate })
}

impl Ask {
    /// Is the target a level or a total?
    pub fn reading(&self) -> Reading {
        if self.baseline.is_some() { Reading::Levels } else { Reading::Amounts }
    }
}

fn years(ask: &Ask) -> Result<Vec<i32>, Vec<SplitRefusal>> {
    // Weights for one year more say that `from` is already a planned year and the baseline stands before it.
    let planned = i64::from(ask.to) - i64::from(ask.from);
    let weighted = matches!(ask.rule, Rule::Share | Rule::Custom)
        && planned >= 0
        && i64::try_from(ask.weights.len()) == Ok(planned + 1);
    let begins = ask.reading() == Reading::Amounts || weighted;
    let count = planned + i64::from(begins);
    if count < 1 {
        return Err(vec![SplitRefusal::NoYears { from: ask.from, to: ask.to }]);
    }
    if count > i64::from(MOST_YEARS) {
        return Err(vec![SplitRefusal::TooManyYears { from: ask.from, to: ask.to, most: MOST_YEARS }]);
    }
    let first = if begins { ask.from } else { ask.from + 1 };
    Ok((first..=ask.to).collect())
}

fn decimals(ask: &Ask) -> Result<u32, Vec<SplitRefusal>> {
    let own = ask.target.scale().max(ask.baseline.map_or(0, |baseline| baseline.scale()));
    let decimals = ask.decimals.unwrap_or(own.min(MOST_DECIMALS));
    if decimals > MOST_DECIMALS {
        return Err(vec![SplitRefusal::TooManyDecimals { decimals, most: MOST_DECIMALS }]);
    }
    Ok(decimals)
}

/// One weight a year, checked; rules that need none make their own.
fn weights(ask: &Ask, years: usize) -> Result<Vec<Decimal>, Vec<SplitRefusal>> {
    let count = |n: usize| Decimal::from(n);
    match ask.rule {
        Rule::Linear | Rule::Compound => Ok(vec![Decimal::ONE; years]),
        Rule::Front => Ok((1..=years).rev().map(count).collect()),
        Rule::Back => Ok((1..=years).map(count).collect()),
        Rule::Share | Rule::Custom => {
            let refused = given_weights(ask, years);
            if refused.is_empty() { Ok(ask.weights.clone()) } else { Err(refused) }
        }
    }
}

fn given_weights(ask: &Ask, years: usize) -> Vec<SplitRefusal> {
    if ask.weights.is_empty() {
        return vec![SplitRefusal::WeightsMissing { rule: ask.rule, years }];
    }
    if ask.weights.len() != years {
        return vec![SplitRefusal::WeightsCount { given: ask.weights.len(), years }];
    }
    let Some(total) = whole::sum(&ask.weights) else { return vec![SplitRefusal::TooLarge {}] };
    let way = match ask.baseline {
        Some(baseline) => whole::difference(ask.target, baseline),
        None => Some(ask.target),
    };
    let Some(way) = way else { return vec![SplitRefusal::TooLarge {}] };
    let amounts = ask.rule == Rule::Custom && total == way;
    let mut refused: Vec<SplitRefusal> = (ask.weights.iter().enumerate())
        .filter(|(_, weight)| weight.is_sign_negative() && !weight.is_zero() && !amounts)
        .map(|(at, weight)| SplitRefusal::NegativeWeight { number: at + 1, weight: *weight })
        .collect();
    if total.is_zero() && refused.is_empty() && !(amounts && ask.weights.iter().all(Decimal::is_zero)) {
        refused.push(SplitRefusal::WeightsOfNothing {});
    }
    if ask.rule == Rule::Custom && !amounts && total != Decimal::ONE && total != Decimal::ONE_HUNDRED {
        refused.push(SplitRefusal::WeightsDoNotAddUp { sum: total.normalize(), way: way.normalize() });
    }
    refused
}

fn compound_is_possible(ask: &Ask) -> Result<(), Vec<SplitRefusal>> {
    let Some(baseline) = ask.baseline else { return Err(vec![SplitRefusal::BaselineMissing {}]) };
    let target = ask.target;
    if baseline.is_zero() || target.is_zero() {
        return Err(vec![SplitRefusal::GrowthThroughZero { baseline, target }]);
    }
    if baseline.is_sign_negative() != target.is_sign_negative() {
        return Err(vec![SplitRefusal::GrowthChangesSign { baseline, target }]);
    }
    Ok(())
}

/// The values of the years, rounded.
fn valued(ask: &Ask, weights: &[Decimal], decimals: u32) -> Result<Vec<Decimal>, SplitRefusal> {
    let values = match (ask.baseline, ask.rule) {
        (Some(baseline), Rule::Compound) => growing(baseline, ask.target, weights.len(), decimals),
        (Some(baseline), _) => levels(baseline, ask.target, weights, decimals),
        (None, _) => amounts(ask.target, weights, decimals),
    }
    .ok_or(SplitRefusal::TooLarge {})?;
    let promised = ask.rule != Rule::Custom;
    if promised && turns_back(ask.baseline, ask.target, &values) {
        return Err(SplitRefusal::TooFewDecimals { decimals, enough: decimals });
    }
    Ok(values)
}

/// Does a path turn back before its end, or the remainder stand against the total?
fn turns_back(baseline: Option<Decimal>, target: Decimal, values: &[Decimal]) -> bool {
    match baseline {
        Some(baseline) => {
            let path = [&[baseline], values].concat();
            let step = |pair: &[Decimal]| if target >= baseline { pair[0] > pair[1] } else { pair[0] < pair[1] };
            path.windows(2).any(step)
        }
        None => {
            values.last().is_some_and(|last| !last.is_zero() && last.is_sign_negative() != target.is_sign_negative())
        }
    }
}

/// The refusal with the fewest decimals that suffice.
fn with_remedy(refusal: SplitRefusal, ask: &Ask, weights: &[Decimal], decimals: u32) -> SplitRefusal {
    let enough = (decimals + 1..=MOST_DECIMALS).find(|more| valued(ask, weights, *more).is_ok());
    enough.map_or(refusal, |enough| SplitRefusal::TooFewDecimals { decimals, enough })
}

/// Levels in proportion to the weights passed; the last is the target.
fn levels(baseline: Decimal, target: Decimal, weights: &[Decimal], decimals: u32) -> Option<Vec<Decimal>> {
    let scale = baseline.scale().max(target.scale());
    let (start, end) = (whole::units(baseline, scale), whole::units(target, scale));
    let shares = whole_weights(weights);
    let all: BigInt = shares.iter().sum();
    let mut passed = BigInt::ZERO;
    let mut values = Vec::with_capacity(shares.len());
    for share in &shares[..shares.len() - 1] {
        passed += share;
        let over = (&start * (&all - &passed) + &end * &passed) * whole::ten(decimals);
        let level = match all.sign() {
            // Nothing to go, in steps of nothing.
            Sign::NoSign => whole::quotient(&(&start * whole::ten(decimals)), &whole::ten(scale)),
            _ => whole::quotient(&over, &(&all * whole::ten(scale))),
        };
        values.push(whole::decimal(&level, decimals)?);
    }
    values.push(target);
    Some(values)
}

/// Levels that grow by the same rate each year; the last is the target.
fn growing(baseline: Decimal, target: Decimal, years: usize, decimals: u32) -> Option<Vec<Decimal>> {
    let scale = baseline.scale().max(target.scale());
    let start = whole::magnitude(&whole::units(baseline, scale));
    let end = whole::magnitude(&whole::units(target, scale));
    let years = u32::try_from(years).ok()?;
    let mut values = Vec::new();
    for year in 1..years {
        // Twice the level in last places, rounded down: the root of start^(n−k)·end^k.
        let over = start.pow(years - year) * end.pow(year) * BigInt::from(2).pow(years) * whole::ten(decimals * years);
        let twice = (over / whole::ten(scale * years)).nth_root(years);
        let level = (twice + 1_u32) / 2_u32;
        let level = if baseline.is_sign_negative() { -level } else { level };
        values.push(whole::decimal(&level, decimals)?);
    }
    values.push(target);
    Some(values)
}

/// Amounts in proportion to the weights; the last takes the remainder.
fn amounts(total: Decimal, weights: &[Decimal], decimals: u32) -> Option<Vec<Decimal>> {
    let scale = total.scale();
    let shares = whole_weights(weights);
    let (all, units): (BigInt, BigInt) = (shares.iter().sum(), whole::units(total, scale));
    let mut values = Vec::with_capacity(shares.len());
    for share in &shares[..shares.len() - 1] {
        let amount = match all.sign() {
            Sign::NoSign => BigInt::ZERO,
            _ => whole::quotient(&(&units * share * whole::ten(decimals)), &(&all * whole::ten(scale))),
        };
        values.push(whole::decimal(&amount, decimals)?);
    }
    values.push(whole::difference(total, whole::sum(&values)?)?);
    Some(values)
}

/// The weights in units of their finest place: only their proportions matter.
fn whole_weights(weights: &[Decimal]) -> Vec<BigInt> {
    let scale = weights.iter().map(Decimal::scale).max().unwrap_or(0);
    weights.iter().map(|weight| whole::units(*weight, scale)).collect()
}

fn certificate(ask: &Ask, weights: Vec<Decimal>, values: &[Decimal], decimals: u32) -> Option<Certificate> {
    let parts = match ask.baseline {
        Some(baseline) => {
            let path = [&[baseline], values].concat();
            path.windows(2).map(|pair| whole::difference(pair[1], pair[0])).collect::<Option<Vec<_>>>()?
        }
        None => values.to_vec(),
    };
    let sum = whole::sum(&parts)?;
    Some(Certificate {
        rule: ask.rule,
        reading: ask.reading(),
        baseline: ask.baseline,
        target: ask.target,
        weights,
        parts,
        sum,
        rounding: Rounding::HalfUp,
        decimals,
    })
}

#[cfg(test)]
mod tests;
