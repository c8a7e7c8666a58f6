//! One way in which a series may move (平滑方程): level, trend that may fade, and how fast both learn.
//!
//! With `e` the surprise of a period, `l` the level and `b` the step:
//! `e = y − (l + φ·b)`, then `l ← l + φ·b + α·e`, `b ← φ·b + β·e`.
//! The surprises are linear in the series and in where it started, so whatever starts unknown (level, step, seasons, a
//! break) is a column of a regression.

/// How a series moves (运动方式): the shares of a surprise that stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Motion {
    /// Of a surprise, what stays in the level.
    pub alpha: f64,
    /// What stays in the step.
    pub beta: f64,
    /// What is left of a step in the next period.
    pub phi: f64,
}

/// A column run through the filter: its surprises, and where it leads.
#[derive(Debug, Clone)]
pub struct Run {
    /// One a period; nothing where nothing was observed.
    pub surprises: Vec<f64>,
    level: f64,
    step: f64,
}

impl Motion {
    /// Runs the values from that start.
    pub fn run(self, values: impl Iterator<Item = f64>, seen: &[bool], level: f64, step: f64) -> Run {
        let (mut level, mut step) = (level, step);
        let mut surprises = Vec::with_capacity(seen.len());
        for (value, seen) in values.zip(seen) {
            let expected = level + self.phi * step;
            let surprise = if *seen { value - expected } else { 0.0 };
            level = expected + self.alpha * surprise;
            step = self.phi * step + self.beta * surprise;
            surprises.push(surprise);
        }
        Run { surprises, level, step }
    }

    /// How much the variance of one surprise has grown after 1, 2, … periods.
    pub fn spread(self, horizon: usize) -> Vec<f64> {
        let (mut variance, mut fading, mut stays) = (1.0, self.phi, self.alpha);
        (0..horizon)
            .map(|_| {
                let now = variance;
                stays += self.beta * fading;
                variance += stays * stays;
                fading *= self.phi;
                now
            })
            .collect()
    }
}

impl Run {
    /// Where it leads after 1, 2, … periods.
    pub fn ahead(&self, motion: Motion, horizon: usize) -> Vec<f64> {
        let (mut value, mut step) = (self.level, self.step);
        (0..horizon)
            .map(|_| {
                step *= motion.phi;
                value += step;
                value
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_that_learns_everything_stays_where_it_was_last_and_its_doubt_grows_as_a_random_walk() {
        let walk = Motion { alpha: 1.0, beta: 0.0, phi: 1.0 };
        let run = walk.run([3.0, 5.0, 4.0].into_iter(), &[true; 3], 0.0, 0.0);
        assert_eq!(run.surprises, [3.0, 2.0, -1.0]);
        assert_eq!(run.ahead(walk, 2), [4.0, 4.0]);
        assert_eq!(walk.spread(3), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_step_that_fades_leads_toward_a_limit() {
        let fading = Motion { alpha: 0.0, beta: 0.0, phi: 0.5 };
        let run = fading.run([0.0; 0].into_iter(), &[], 0.0, 8.0);
        assert_eq!(run.ahead(fading, 3), [4.0, 6.0, 7.0]);
    }

    #[test]
    fn a_period_without_a_value_surprises_nobody() {
        let motion = Motion { alpha: 0.5, beta: 0.1, phi: 0.9 };
        let run = motion.run([1.0, f64::NAN, 2.0].into_iter(), &[true, false, true], 0.0, 0.0);
        assert!(run.surprises.iter().all(|surprise| surprise.is_finite()) && run.surprises[1] == 0.0);
    }
}
