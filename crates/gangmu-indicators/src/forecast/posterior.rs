//! What the series makes of the beliefs (后验): every motion's share, and its word on each coming period.

use super::{
    filter::{Motion, Run},
    mixture::{Scale, Voice},
    motions::{BELIEFS, BREAK, BROKEN, BY_RATES, Belief, SEASONAL, SEASONS},
    regression::{Factor, dot},
};
use std::{ops::Range, rc::Rc};

/// A series ready to be worked on.
#[derive(Debug)]
pub struct Series<'a> {
    /// The values; where nothing was observed, anything.
    pub values: &'a [f64],
    /// Was it observed?
    pub seen: &'a [bool],
    /// Periods of a year.
    pub season: usize,
    /// How many periods ahead.
    pub horizon: usize,
    /// The variance that rounding alone makes.
    pub grain: f64,
}

/// A voice's share before it is told apart by period.
#[derive(Debug)]
pub struct Opinion {
    /// Its share.
    pub share: f64,
    /// Its scale.
    pub scale: Scale,
    /// The middle of each coming period.
    pub middles: Vec<f64>,
    /// The unit of Student's deviate of each.
    pub units: Vec<f64>,
}

/// Shares below this part of the largest are left out.
const SMALLEST: f64 = 1e-3;

/// How many voices are heard.
const VOICES: usize = 64;

/// A motion's columns on this series, and their products.
struct Design {
    motion: Motion,
    columns: Vec<Run>,
    /// What each adds to the coming periods.
    ahead: Vec<Vec<f64>>,
    products: Vec<f64>,
    spread: Vec<f64>,
    seasons: usize,
}

/// What is regressed: the values or their logarithms under a motion.
struct Response {
    scale: Scale,
    prior: f64,
    ahead: Vec<f64>,
    products: Vec<f64>,
    square: f64,
    grain: f64,
}

/// Every opinion worth hearing.
pub fn opinions(series: &Series<'_>) -> Vec<Opinion> {
    let observed = series.seen.iter().filter(|seen| **seen).count();
    let seasonal = series.season > 1 && observed > series.season + 2;
    let logs = logarithms(series);
    let worked: Vec<Worked> = BELIEFS
        .iter()
        .map(|belief| {
            let design = Design::of(belief, series, seasonal);
            let mut responses = vec![Response::of(&design, series, series.values, Scale::Plain, 0.0)];
            if let Some((logs, jacobian)) = &logs {
                responses[0].prior = (1.0 - BY_RATES).ln();
                responses.push(Response::of(&design, series, logs, Scale::Log, BY_RATES.ln() + jacobian));
            }
            Worked { design, responses }
        })
        .collect();
    let mut heard = Heard { loudest: f64::NEG_INFINITY, candidates: Vec::new(), observed };
    for (at, (belief, worked)) in BELIEFS.iter().zip(&worked).enumerate() {
        believe(at, belief, worked, seasonal, &mut heard);
    }
    let voices = drawn(&heard);
    voices
        .into_iter()
        .filter_map(|(candidate, share)| spoken(&worked[candidate.belief], candidate, share, observed))
        .collect()
}

/// So many evenly spaced places on the line of all shares, and who stands there: whatever is said by many alike is
/// heard as often as it weighs, without hearing each of a thousand.
fn drawn(heard: &Heard) -> Vec<(&Candidate, f64)> {
    let loud = heard.candidates.iter().filter(|candidate| candidate.weight > heard.loudest + SMALLEST.ln());
    let shares: Vec<(&Candidate, f64)> =
        loud.map(|candidate| (candidate, (candidate.weight - heard.loudest).exp())).collect();
    let all: f64 = shares.iter().map(|(_, share)| share).sum();
    let (mut passed, mut next) = (0.0, 0.5);
    let mut drawn = Vec::with_capacity(VOICES);
    for (candidate, share) in shares {
        passed += share / all * VOICES as f64;
        let times = (passed - next).ceil().max(0.0);
        if times > 0.0 {
            next += times;
            drawn.push((candidate, times / VOICES as f64));
        }
    }
    drawn
}

/// The opinions as voices, period by period, their spread drawn in by a factor.
pub fn voices(opinions: &[Opinion], horizon: usize, sharper: f64) -> Vec<Vec<Voice>> {
    let all: f64 = opinions.iter().map(|opinion| opinion.share).sum();
    let voice = |opinion: &Opinion, period: usize| Voice {
        weight: opinion.share / all,
        scale: opinion.scale,
        middle: opinion.middles[period],
        unit: opinion.units[period] * sharper,
    };
    (0..horizon).map(|period| opinions.iter().map(|opinion| voice(opinion, period)).collect()).collect()
}

/// A belief worked out on the series.
struct Worked {
    design: Design,
    responses: Vec<Response>,
}

/// A regression and its weight: enough to work it out again where it is loud.
struct Candidate {
    weight: f64,
    belief: usize,
    response: usize,
    /// Columns with the variances of their coefficients, the first one free.
    chosen: Chosen,
}

/// Columns with the variances of their coefficients.
type Chosen = Rc<[(usize, f64)]>;

struct Heard {
    loudest: f64,
    candidates: Vec<Candidate>,
    observed: usize,
}

impl Heard {
    fn hear(&mut self, weight: f64, candidate: impl FnOnce(f64) -> Candidate) {
        if weight > self.loudest + SMALLEST.ln() {
            self.loudest = self.loudest.max(weight);
            self.candidates.push(candidate(weight));
        }
    }
}

/// The logarithms, with what they cost in likelihood, where all values are positive and a rate differs from a step.
fn logarithms(series: &Series<'_>) -> Option<(Vec<f64>, f64)> {
    let seen = || series.values.iter().zip(series.seen).filter(|(_, seen)| **seen).map(|(value, _)| *value);
    let (least, most) = seen().fold((f64::INFINITY, 0.0_f64), |(l, m), v| (l.min(v), m.max(v)));
    // Where a value is within the grain of nothing, its logarithm is noise.
    if least <= 12.0 * series.grain.sqrt() || most / least < 1.1 {
        return None;
    }
    let logs: Vec<f64> =
        series.values.iter().zip(series.seen).map(|(v, seen)| if *seen { v.ln() } else { 0.0 }).collect();
    let count = seen().count() as f64;
    let sum: f64 = logs.iter().sum();
    Some((logs, -sum * (count - 1.0) / count))
}

impl Design {
    fn of(belief: &Belief, series: &Series<'_>, seasonal: bool) -> Self {
        let motion = belief.motion;
        let (length, seen) = (series.values.len(), series.seen);
        let still = || std::iter::repeat_n(0.0, length);
        let started = |level: f64, step: f64| {
            let mut run = motion.run(still(), seen, level, step);
            run.surprises.iter_mut().for_each(|surprise| *surprise = -*surprise);
            run
        };
        let (mut columns, mut ahead) = (Vec::new(), Vec::new());
        let mut add = |run: Run, coming: Vec<f64>| {
            columns.push(run);
            ahead.push(coming);
        };
        let level = started(1.0, 0.0);
        let coming = level.ahead(motion, series.horizon);
        add(level, coming);
        if !belief.steps.is_empty() {
            let step = started(0.0, 1.0);
            let coming = step.ahead(motion, series.horizon);
            add(step, coming);
        }
        for season in 0..if seasonal { series.season } else { 0 } {
            let hit = |at: usize| f64::from(u8::from(at % series.season == season));
            add_regressor(motion, series, hit, &mut add);
        }
        if belief.breaks && length >= 6 {
            for since in 2..length - 1 {
                add_regressor(motion, series, |at| f64::from(u8::from(at >= since)), &mut add);
            }
        }
        let count = columns.len();
        let mut products = vec![0.0; count * count];
        for i in 0..count {
            for j in 0..=i {
                products[i * count + j] = dot(&columns[i].surprises, &columns[j].surprises);
            }
        }
        Self { motion, columns, ahead, products, spread: motion.spread(series.horizon), seasons: series.season }
    }

    fn factor(&self, chosen: &[(usize, f64)]) -> Option<Factor> {
        Factor::of(chosen.len(), |i, j| {
            let precision = if i != j || i == 0 { 0.0 } else { 1.0 / chosen[i].1 };
            self.product(chosen[i].0, chosen[j].0) + precision
        })
    }

    fn product(&self, i: usize, j: usize) -> f64 {
        let (high, low) = (i.max(j), i.min(j));
        self.products[high * self.columns.len() + low]
    }
}

fn add_regressor(
    motion: Motion,
    series: &Series<'_>,
    value: impl Fn(usize) -> f64,
    add: &mut impl FnMut(Run, Vec<f64>),
) {
    let length = series.values.len();
    let run = motion.run((0..length).map(&value), series.seen, 0.0, 0.0);
    let lags = run.ahead(motion, series.horizon);
    // The series less the regressor follows the motion, so the regressor itself comes on top.
    let coming = lags.iter().enumerate().map(|(h, lag)| value(length + h) - lag).collect();
    add(run, coming);
}

impl Response {
    fn of(design: &Design, series: &Series<'_>, values: &[f64], scale: Scale, prior: f64) -> Self {
        let run = design.motion.run(values.iter().copied(), series.seen, 0.0, 0.0);
        let products = design.columns.iter().map(|column| dot(&column.surprises, &run.surprises)).collect();
        let count = series.seen.iter().filter(|seen| **seen).count() as f64;
        let grain = match scale {
            Scale::Plain => series.grain,
            Scale::Log => series.grain / (values.iter().sum::<f64>() / count).exp().powi(2),
        };
        Self {
            scale,
            prior,
            ahead: run.ahead(design.motion, series.horizon),
            products,
            square: dot(&run.surprises, &run.surprises),
            grain,
        }
    }

    /// What is left unexplained, never less than rounding alone makes.
    fn floored(&self, rest: f64, observed: f64) -> f64 {
        rest.max(0.0) + observed * self.grain
    }
}

/// Weighs a motion with each variance of its start, with and without seasons and a break.
fn believe(at: usize, belief: &Belief, worked: &Worked, seasonal: bool, heard: &mut Heard) {
    let design = &worked.design;
    let trend = !belief.steps.is_empty();
    let first = 1 + usize::from(trend);
    let seasons = if seasonal { design.seasons } else { 0 };
    let breaks = first + seasons..design.columns.len();
    let steps: &[f64] = if trend { belief.steps } else { &[0.0] };
    for step in steps {
        for season in std::iter::once(None).chain(SEASONS.iter().filter(|_| seasonal).map(Some)) {
            let mut chosen: Vec<(usize, f64)> = vec![(0, 0.0)];
            chosen.extend(trend.then_some((1, *step)));
            chosen.extend(season.into_iter().flat_map(|variance| (first..first + seasons).map(|at| (at, *variance))));
            let believed = match (seasonal, season) {
                (false, _) => 0.0,
                (true, None) => (1.0 - SEASONAL).ln(),
                (true, Some(_)) => (SEASONAL / SEASONS.len() as f64).ln(),
            };
            weigh(at, worked, &chosen, belief.weight + believed, breaks.clone(), heard);
        }
    }
}

/// Weighs one choice of columns, and each break beside it.
fn weigh(belief: usize, worked: &Worked, chosen: &[(usize, f64)], prior: f64, breaks: Range<usize>, heard: &mut Heard) {
    let design = &worked.design;
    let Some(factor) = design.factor(chosen) else { return };
    let known: f64 = chosen[1..].iter().map(|(_, variance)| *variance).product::<f64>().ln();
    let determinant = factor.log_determinant() + known;
    let degrees = (heard.observed - 1) as f64;
    let whole = if breaks.is_empty() { 0.0 } else { (1.0 - BROKEN).ln() };
    let kept: Chosen = chosen.into();
    let solved: Vec<(Vec<f64>, f64)> = (worked.responses.iter())
        .map(|response| {
            let right: Vec<f64> = chosen.iter().map(|(at, _)| response.products[*at]).collect();
            let solved = factor.lower(&right);
            let rest = response.square - dot(&solved, &solved);
            (solved, rest)
        })
        .collect();
    let weight = |response: &Response, prior: f64, determinant: f64, rest: f64| {
        prior + response.prior - 0.5 * (determinant + degrees * response.floored(rest, degrees + 1.0).ln())
    };
    for (at, (response, (_, rest))) in worked.responses.iter().zip(&solved).enumerate() {
        let weight = weight(response, prior + whole, determinant, *rest);
        heard.hear(weight, |weight| Candidate { weight, belief, response: at, chosen: kept.clone() });
    }
    let broken = (BROKEN / breaks.len().max(1) as f64).ln();
    for column in breaks {
        // The factor with one more row: what the column shares with the others, and what it has of its own.
        let shared: Vec<f64> = chosen.iter().map(|(at, _)| design.product(column, *at)).collect();
        let shared = factor.lower(&shared);
        let own = design.product(column, column) + 1.0 / BREAK - dot(&shared, &shared);
        let determinant = determinant + (own * BREAK).ln();
        for (at, (response, (solved, rest))) in worked.responses.iter().zip(&solved).enumerate() {
            let more = response.products[column] - dot(&shared, solved);
            let weight = weight(response, prior + broken, determinant, rest - more * more / own);
            heard.hear(weight, |weight| {
                let chosen = kept.iter().copied().chain([(column, BREAK)]).collect();
                Candidate { weight, belief, response: at, chosen }
            });
        }
    }
}

/// What a loud regression says of the coming periods.
fn spoken(worked: &Worked, candidate: &Candidate, share: f64, observed: usize) -> Option<Opinion> {
    let (design, response) = (&worked.design, &worked.responses[candidate.response]);
    let chosen = &*candidate.chosen;
    let factor = design.factor(chosen)?;
    let right: Vec<f64> = chosen.iter().map(|(at, _)| response.products[*at]).collect();
    let solved = factor.lower(&right);
    let degrees = (observed - 1) as f64;
    let size = response.floored(response.square - dot(&solved, &solved), observed as f64) / degrees;
    let (mut middles, mut units) = (Vec::new(), Vec::new());
    for (period, spread) in design.spread.iter().enumerate() {
        let row: Vec<f64> = chosen.iter().map(|(at, _)| design.ahead[*at][period]).collect();
        let lower = factor.lower(&row);
        middles.push(response.ahead[period] + dot(&lower, &solved));
        units.push((size * (spread + dot(&lower, &lower))).sqrt());
    }
    Some(Opinion { share, scale: response.scale, middles, units })
}
