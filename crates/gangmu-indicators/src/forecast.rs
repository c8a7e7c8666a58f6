//! Where an indicator is going (预测): the coming periods with intervals, and how likely a target is met.
//!
//! Series of a district are short: three to forty figures. So no single model is picked. A few hundred motions (level,
//! steady, fading and learning steps; with and without seasons, a break, growth by rates) are each weighed by how
//! likely they made the series, and all are heard by their weight. For each the arithmetic is exact: its start and
//! the size of its surprises are unknown, so its word is Student's distribution. What three figures don't tell
//! therefore shows as a wide interval, not as a bold line.
//!
//! Floats are used here and nowhere else (D20): a forecast is an estimate, never an official figure.

mod filter;
mod mixture;
mod motions;
mod posterior;
mod regression;
mod student;

use crate::measure::{Comparator, Frequency};
use gangmu_kernel::refusals;
use mixture::Mixture;
use posterior::{Series, opinions, voices};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use student::Student;

/// The fewest figures from which anything is foreseen (最少期数).
pub const FEWEST: usize = 3;
/// Of a longer series, so many of its last periods are used (最多期数).
pub const MOST: usize = 240;
/// The furthest horizon (最远预测期).
pub const FURTHEST: usize = 240;
/// Many motions together doubt more than each should (收窄系数): so far is their spread drawn in, by what seeded
/// series showed. Counts, whose size of surprise the motions don't know, keep all of it.
const SHARPER: f64 = 0.89;
/// The shares of the intervals (区间概率).
pub const LEVELS: [u32; 3] = [50, 80, 95];

refusals! {
    /// Why nothing is foreseen (不作预测的理由).
    #[derive(Clone)]
    pub enum ForecastRefusal {
        /// Too few figures (期数太少).
        #[error("{observed} figures are fewer than {fewest}")]
        TooFewPoints { observed: usize, fewest: usize } = "forecast-too-few-points",
        /// Nothing to foresee, or too far (预测期不当).
        #[error("the horizon {horizon} is not between 1 and {most}")]
        Horizon { horizon: usize, most: usize } = "forecast-horizon",
        /// Figures beyond what can be estimated (数值过大).
        #[error("the figures are too large")]
        TooLarge {} = "forecast-too-large",
    }
}

/// What is asked (预测请求).
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// How often it is observed.
    pub frequency: Frequency,
    /// The figures, oldest first; none where a period has none.
    pub values: Vec<Option<Decimal>>,
    /// How many periods ahead; the last is the target's.
    pub horizon: usize,
    /// What is to be met.
    pub target: Option<(Comparator, Decimal)>,
}

/// What is foreseen (预测结果).
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The middle of each coming period.
    pub mean: Vec<f64>,
    /// For each of [`LEVELS`] the interval of each period.
    pub intervals: [Vec<(f64, f64)>; 3],
    /// How likely the target is met in the last one.
    pub probability: Option<f64>,
}

/// Foresees the coming periods, or says why not.
pub fn forecast(question: &Question) -> Result<Forecast, ForecastRefusal> {
    let horizon = question.horizon;
    if horizon == 0 || horizon > FURTHEST {
        return Err(ForecastRefusal::Horizon { horizon, most: FURTHEST });
    }
    let (values, unit) = prepared(question)?;
    let seen: Vec<bool> = values.iter().map(Option::is_some).collect();
    let observed = seen.iter().filter(|seen| **seen).count();
    let plain: Vec<f64> = values.iter().map(|value| value.unwrap_or(0.0) / unit.size).collect();
    let season = question.frequency.per_year() as usize;
    let series =
        Series { values: &plain, seen: &seen, season, horizon, grain: (unit.grain / unit.size).powi(2) / 12.0 };
    let student = Student::of(observed - 1);
    let sharper = if unit.counts { 1.0 } else { SHARPER };
    let mixtures: Vec<Mixture> =
        voices(&opinions(&series), horizon, sharper).into_iter().map(|voices| Mixture::new(voices, student)).collect();
    let whole = |share: f64, mixture: &Mixture| bounded(mixture.quantile(share) * unit.size, unit.counts);
    let interval = |level: u32| {
        let tail = (1.0 - f64::from(level) / 100.0) / 2.0;
        mixtures.iter().map(|mixture| (whole(tail, mixture), whole(1.0 - tail, mixture))).collect()
    };
    Ok(Forecast {
        mean: mixtures.iter().map(|mixture| whole(0.5, mixture)).collect(),
        intervals: LEVELS.map(interval),
        probability: question.target.zip(mixtures.last()).map(|((comparator, target), mixture)| {
            let target = target.to_f64().unwrap_or(f64::MAX);
            met(comparator, target, &unit, |value| mixture.below(value / unit.size))
        }),
    })
}

/// In what the figures are given.
struct Measured {
    /// Their size: what they are divided by, so that neither huge nor tiny ones lose digits.
    size: f64,
    /// Their last place.
    grain: f64,
    /// Are they whole and never below zero, as counts are?
    counts: bool,
}

/// The figures from the first one on, with their measure.
fn prepared(question: &Question) -> Result<(Vec<Option<f64>>, Measured), ForecastRefusal> {
    let from = question.values.len().saturating_sub(MOST);
    let known = question.values[from..].iter().skip_while(|value| value.is_none()).copied();
    let figures: Vec<Option<Decimal>> = known.collect();
    let last = figures.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    // Periods without a figure at the end have passed all the same: they stay, unobserved.
    let observed: Vec<Decimal> = figures[..last].iter().flatten().copied().collect();
    if observed.len() < FEWEST {
        return Err(ForecastRefusal::TooFewPoints { observed: observed.len(), fewest: FEWEST });
    }
    let scale = observed.iter().map(|value| value.normalize().scale()).max().unwrap_or(0);
    let largest = observed.iter().map(|value| value.abs()).max().unwrap_or_default();
    let values: Vec<Option<f64>> = figures.iter().map(|value| value.and_then(|value| value.to_f64())).collect();
    let size = largest.to_f64().ok_or(ForecastRefusal::TooLarge {})?;
    let measured = Measured {
        size: if size > 0.0 { size } else { 1.0 },
        grain: 10.0_f64.powi(-i32::try_from(scale).unwrap_or(0)),
        counts: scale == 0 && observed.iter().all(|value| !value.is_sign_negative() || value.is_zero()),
    };
    Ok((values, measured))
}

/// A count is never below nothing.
fn bounded(value: f64, counts: bool) -> f64 {
    if counts { value.max(0.0) } else { value }
}

/// How likely the value keeps to the target; whole numbers reach half a one around themselves.
fn met(comparator: Comparator, target: f64, unit: &Measured, below: impl Fn(f64) -> f64) -> f64 {
    let half = if unit.counts { 0.5 } else { 0.0 };
    let probability = match comparator {
        Comparator::Ge => 1.0 - below(target - half),
        Comparator::Gt => 1.0 - below(target + half),
        Comparator::Le | Comparator::UpToRank => below(target + half),
        Comparator::Lt => below(target - half),
        Comparator::Eq => below(target + unit.grain / 2.0) - below(target - unit.grain / 2.0),
        Comparator::About => below(target + target.abs() / 20.0) - below(target - target.abs() / 20.0),
    };
    probability.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
