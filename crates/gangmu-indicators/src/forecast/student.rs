//! Student's distribution (t 分布) with whole degrees of freedom: what a short series leaves uncertain.

use std::sync::OnceLock;

/// From here on the normal distribution's finer differences don't show.
const MANY: usize = 240;
/// Steps of the table.
const STEPS: usize = 512;

/// The distribution function of Student's t, tabled for one number of degrees of freedom.
#[derive(Debug)]
pub struct Student {
    /// At z = 0/512, 1/511, 2/510, … without end: even steps of z/(1+z).
    table: Vec<f64>,
}

/// Made once for each number of degrees of freedom.
static TABLES: [OnceLock<Student>; MANY + 1] = [const { OnceLock::new() }; MANY + 1];

impl Student {
    /// With so many degrees of freedom, at least one.
    pub fn of(degrees: usize) -> &'static Self {
        let degrees = degrees.clamp(1, MANY);
        TABLES[degrees].get_or_init(|| {
            let nu = u32::try_from(degrees).unwrap_or(1);
            let inner = (0..STEPS).map(|at| below(at as f64 / (STEPS - at) as f64, nu));
            Self { table: inner.chain([1.0, 1.0]).collect() }
        })
    }

    /// The probability of a deviate of at most `z`, and how fast it grows there.
    pub fn near(&self, z: f64) -> (f64, f64) {
        let size = z.abs();
        let once = 1.0 / (1.0 + size);
        let place = if size < 1e12 { size * once * STEPS as f64 } else { STEPS as f64 };
        let at = place as usize;
        let step = self.table[at + 1] - self.table[at];
        let upper = self.table[at] + (place - at as f64) * step;
        (if z < 0.0 { 1.0 - upper } else { upper }, step * STEPS as f64 * once * once)
    }
}

/// The finite series for whole degrees of freedom, for a deviate that isn't negative.
fn below(z: f64, degrees: u32) -> f64 {
    let nu = f64::from(degrees);
    let angle = (z / nu.sqrt()).atan();
    let (sine, square) = (angle.sin(), angle.cos().powi(2));
    let odd = degrees % 2 == 1;
    let mut term = if odd { angle.cos() } else { 1.0 };
    let mut sum = if degrees == 1 { 0.0 } else { term };
    let mut k = if odd { 3.0 } else { 2.0 };
    while k <= nu - 2.0 {
        term *= square * (k - 1.0) / k;
        sum += term;
        k += 2.0;
    }
    let within = if odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum };
    0.5 + within / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_of_the_tables_in_every_textbook_are_met() {
        let cases = [(1, 3.078, 0.9), (2, 4.303, 0.975), (3, 1.638, 0.9), (10, 2.228, 0.975), (29, 1.311, 0.9)];
        for (degrees, z, probability) in cases {
            let student = Student::of(degrees);
            assert!((student.near(z).0 - probability).abs() < 2e-4, "{degrees} {z} {}", student.near(z).0);
            assert!((student.near(-z).0 - (1.0 - probability)).abs() < 2e-4);
        }
        assert!((Student::of(5).near(50.0).0 - 1.0).abs() < 1e-5 && Student::of(2).near(f64::INFINITY).0 == 1.0);
        assert!((Student::of(7).near(0.0).0 - 0.5).abs() < 1e-12);
    }
}
