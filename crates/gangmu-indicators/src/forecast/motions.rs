//! Which motions are thought of (候选模型), and how likely before any figure is seen.
//!
//! Four families share the belief: a level that learns (SES), a steady step (drift), a step that fades (damped trend),
//! and a step that learns itself (Holt). The priors were set on seeded series of known processes, and measured on
//! others (docs/indicators.md).

use super::filter::Motion;
use std::sync::LazyLock;

/// A motion with what is believed of its start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// How it moves.
    pub motion: Motion,
    /// How far the first step may be from nothing, in units of a surprise: variance; none where there is no step.
    pub steps: &'static [f64],
    /// The logarithm of what is believed of the motion with each of its steps.
    pub weight: f64,
    /// Is a break of the level thought of beside it?
    pub breaks: bool,
}

/// Variances of the first step.
const STEPS: &[f64] = &[0.03, 0.6, 30.0];
/// Variances of a season's effect.
pub const SEASONS: &[f64] = &[0.5, 20.0];
/// The variance of a break.
pub const BREAK: f64 = 25.0;
/// What is believed of seasons where the periods of a year could differ.
pub const SEASONAL: f64 = 0.5;
/// What is believed of a break of the level somewhere in the series.
pub const BROKEN: f64 = 0.15;
/// What is believed of growth by rates where all values are positive.
pub const BY_RATES: f64 = 0.4;

const fn motion(alpha: f64, beta: f64, phi: f64) -> Motion {
    Motion { alpha, beta, phi }
}

/// All motions with their beliefs, which add up to one.
pub static BELIEFS: LazyLock<Vec<Belief>> = LazyLock::new(beliefs);

fn beliefs() -> Vec<Belief> {
    let mut all = Vec::new();
    let mut family = |share: f64, motions: &[(Motion, f64)], steps: &'static [f64]| {
        let total: f64 = motions.iter().map(|(_, weight)| weight).sum();
        for (motion, weight) in motions {
            let each = steps.len().max(1) as f64;
            all.push(Belief {
                motion: *motion,
                steps,
                weight: (share * weight / total / each).ln(),
                breaks: motion.beta == 0.0 && (motion.phi == 1.0) && [0.0, 0.3].contains(&motion.alpha),
            });
        }
    };
    let learns = [(0.0, 2.0), (0.1, 1.0), (0.2, 1.0), (0.3, 1.0), (0.5, 1.0), (0.7, 1.0), (1.0, 1.5)];
    let level: Vec<_> = learns.iter().map(|(alpha, weight)| (motion(*alpha, 0.0, 1.0), *weight)).collect();
    family(0.3, &level, &[]);
    family(0.3, &level, STEPS);
    let fading: Vec<_> =
        [0.6, 0.8, 0.93].iter().flat_map(|phi| [0.0, 0.3, 0.9].map(|alpha| (motion(alpha, 0.0, *phi), 1.0))).collect();
    family(0.25, &fading, STEPS);
    let learning: Vec<_> = [(0.1, 0.05), (0.3, 0.1), (0.5, 0.2), (0.9, 0.3), (1.0, 0.6)]
        .iter()
        .flat_map(|(alpha, beta)| [0.85, 1.0].map(|phi| (motion(*alpha, *beta, phi), 1.0)))
        .collect();
    family(0.15, &learning, STEPS);
    all
}
