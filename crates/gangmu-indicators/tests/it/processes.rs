//! Seeded series of named processes (模拟序列): what forecasts are measured on. The forecaster knows none of them.

use gangmu_indicators::{
    forecast::{Forecast, LEVELS, Question, forecast},
    measure::Frequency,
};
use rust_decimal::{Decimal, prelude::FromPrimitive};

/// What makes a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Process {
    Trend,
    Damped,
    Seasonal,
    Break,
    Count,
}

impl Process {
    pub const ALL: [Self; 5] = [Self::Trend, Self::Damped, Self::Seasonal, Self::Break, Self::Count];
}

/// A series, and what came after it.
#[derive(Debug, Clone)]
pub struct Made {
    pub process: Process,
    pub frequency: Frequency,
    pub values: Vec<Decimal>,
    pub actual: Vec<f64>,
}

/// Numbers that follow from their seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between the two.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// One of so many.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// Normal around nothing.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.between(f64::MIN_POSITIVE, 1.0).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.between(0.0, 1.0)).cos()
    }

    fn poisson(&mut self, mean: f64) -> f64 {
        if mean > 60.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0);
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.between(0.0, 1.0), 0.0);
        while product > limit {
            product *= self.between(0.0, 1.0);
            count += 1.0;
        }
        count
    }
}

/// So many series from that seed: each process with each frequency, of three to forty periods.
pub fn made(seed: u64, count: usize) -> Vec<Made> {
    let mut dice = Dice::new(seed);
    (0..count)
        .map(|at| {
            let process = Process::ALL[at % 5];
            let frequency = [Frequency::Year, Frequency::Quarter, Frequency::Month][at / 5 % 3];
            let length = 3 + dice.below(38);
            let horizon = match frequency {
                Frequency::Month => 12,
                Frequency::Quarter => 4 + dice.below(5),
                _ => 1 + dice.below(5),
            };
            one(&mut dice, process, frequency, length, horizon)
        })
        .collect()
}

fn one(dice: &mut Dice, process: Process, frequency: Frequency, length: usize, horizon: usize) -> Made {
    let path = match process {
        Process::Count => counts(dice, frequency, length + horizon),
        _ => levels(dice, process, frequency, (length, horizon)),
    };
    let decimals = if process == Process::Count { 0 } else { 2 };
    let rounded: Vec<Decimal> =
        path.iter().map(|value| Decimal::from_f64(*value).unwrap_or_default().round_dp(decimals)).collect();
    Made { process, frequency, values: rounded[..length].to_vec(), actual: path[length..].to_vec() }
}

fn counts(dice: &mut Dice, frequency: Frequency, periods: usize) -> Vec<f64> {
    let mean = dice.between(0.7, 5.3).exp();
    let growth = dice.between(-0.06, 0.1) / f64::from(frequency.per_year());
    (0..periods).map(|at| dice.poisson(mean * (growth * at as f64).exp())).collect()
}

/// Levels with noise of two kinds: what passes at once and what stays.
fn levels(dice: &mut Dice, process: Process, frequency: Frequency, (length, horizon): (usize, usize)) -> Vec<f64> {
    let year = f64::from(frequency.per_year());
    let season = frequency.per_year() as usize;
    let start = dice.between(2.3, 8.5).exp();
    let noise = start * dice.between(0.004, 0.05);
    let stays = if dice.below(2) == 0 { 0.0 } else { noise * dice.between(0.1, 0.6) };
    let step = start * dice.between(-0.04, 0.1) / year;
    let fades = if process == Process::Damped { dice.between(0.6, 0.95) } else { 1.0 };
    let first = if process == Process::Damped { start * dice.between(-0.1, 0.2) } else { step };
    let by_rates = process == Process::Trend && dice.below(3) == 0;
    let heavy = dice.below(5) == 0;
    let swing = if process == Process::Seasonal { dice.between(0.05, 0.35) } else { 0.0 };
    let mut pattern: Vec<f64> = (0..season).map(|_| dice.normal()).collect();
    let middle = pattern.iter().sum::<f64>() / season as f64;
    pattern.iter_mut().for_each(|effect| *effect -= middle);
    let multiplies = dice.below(2) == 0;
    let broken = (process == Process::Break).then(|| 1 + dice.below(length.max(3) - 2));
    let shift = start * dice.between(0.08, 0.4) * if dice.below(2) == 0 { 1.0 } else { -1.0 };
    let (mut level, mut step) = (start, first);
    (0..length + horizon)
        .map(|at| {
            level += step + stays * dice.normal();
            step *= fades;
            if by_rates {
                level += level * 0.06 / year;
            }
            if broken == Some(at) {
                level += shift;
            }
            let effect = swing * pattern[at % season] * if season > 1 { 1.0 } else { 0.0 };
            let scale = if multiplies { level } else { start };
            // A fifth of the series has surprises with long tails.
            let tail = if heavy { (1.0 / dice.between(0.15, 1.0)).sqrt() } else { 1.0 };
            level + effect * scale + noise * tail * dice.normal()
        })
        .collect()
}

/// How a forecaster did on a set of series.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    pub series: usize,
    pub points: usize,
    pub covered: [usize; 3],
    pub scaled_error: f64,
    pub naive_error: f64,
}

impl Tally {
    pub fn add(&mut self, made: &Made, forecast: &Forecast) {
        self.series += 1;
        for (period, actual) in made.actual.iter().enumerate() {
            self.points += 1;
            for (at, _) in LEVELS.iter().enumerate() {
                let (low, high) = forecast.intervals[at][period];
                self.covered[at] += usize::from(low <= *actual && *actual <= high);
            }
        }
        let values: Vec<f64> = made.values.iter().map(|value| value.to_string().parse().unwrap_or(0.0)).collect();
        let scale = scale(&values, made.frequency.per_year() as usize);
        let last = values[values.len() - 1];
        let error = |of: &dyn Fn(usize) -> f64| {
            made.actual.iter().enumerate().map(|(at, actual)| (actual - of(at)).abs()).sum::<f64>()
                / made.actual.len() as f64
                / scale
        };
        // A scale of next to nothing would let one series outweigh all others.
        self.scaled_error += error(&|at| forecast.mean[at]).min(50.0);
        self.naive_error += error(&|_| last).min(50.0);
    }

    /// The part of what came that lay within, by interval.
    pub fn coverage(&self, at: usize) -> f64 {
        100.0 * self.covered[at] as f64 / self.points as f64
    }
}

/// The mean step within the series, of a season's length where there is a season (the scale of MASE).
pub fn scale(values: &[f64], season: usize) -> f64 {
    let lag = if values.len() > season { season } else { 1 };
    let steps: Vec<f64> = (lag..values.len()).map(|at| (values[at] - values[at - lag]).abs()).collect();
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    if mean > 0.0 { mean } else { 1.0 }
}

/// The forecast of a made series.
pub fn foreseen(made: &Made) -> Forecast {
    let question = Question {
        frequency: made.frequency,
        values: made.values.iter().copied().map(Some).collect(),
        horizon: made.actual.len(),
        target: None,
    };
    forecast(&question).expect("a made series can be foreseen")
}
