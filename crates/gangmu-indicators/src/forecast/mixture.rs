//! What all motions together say of one period (混合预测分布): each by how likely it made the series.

use super::student::Student;

/// On which scale a motion speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The values themselves.
    Plain,
    /// Their logarithms: what grows by rates.
    Log,
}

/// What one motion says of one period.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// Its share.
    pub weight: f64,
    /// Its scale.
    pub scale: Scale,
    /// The middle.
    pub middle: f64,
    /// The unit of Student's deviate.
    pub unit: f64,
}

/// How near to its share a quantile is.
const EXACT: f64 = 5e-5;

/// The voices on one period.
#[derive(Debug)]
pub struct Mixture {
    voices: Vec<Voice>,
    student: &'static Student,
}

impl Mixture {
    /// Of voices whose weights add up to one.
    pub fn new(voices: Vec<Voice>, student: &'static Student) -> Self {
        Self { voices, student }
    }

    /// The probability of at most that value.
    pub fn below(&self, value: f64) -> f64 {
        let said = |voice: &Voice| {
            let value = match voice.scale {
                Scale::Plain => value,
                Scale::Log if value <= 0.0 => return 0.0,
                Scale::Log => value.ln(),
            };
            voice.weight * self.student.below((value - voice.middle) / voice.unit)
        };
        self.voices.iter().map(said).sum()
    }

    /// The value below which that share lies.
    pub fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = self.reach();
        // Widen until the share lies within; Student's tails are long where the series is short.
        for _ in 0..200 {
            let width = (high - low).max(f64::MIN_POSITIVE);
            match (self.below(low) > share, self.below(high) < share) {
                (true, _) => low -= width,
                (_, true) => high += width,
                _ => break,
            }
        }
        let (mut below, mut above) = (self.below(low) - share, self.below(high) - share);
        let mut kept = 0;
        for _ in 0..60 {
            if high - low <= 1e-7 * (high.abs() + low.abs()) || below >= 0.0 || above <= 0.0 {
                break;
            }
            // The chord, with half the weight of an end that has stood twice (Illinois).
            let next = (low * above - high * below) / (above - below);
            let next = next.clamp(low + 0.001 * (high - low), high - 0.001 * (high - low));
            let off = self.below(next) - share;
            if off.abs() < EXACT {
                return next;
            }
            if off < 0.0 {
                (low, below) = (next, off);
                if kept == 1 {
                    above /= 2.0;
                }
                kept = 1;
            } else {
                (high, above) = (next, off);
                if kept == 2 {
                    below /= 2.0;
                }
                kept = 2;
            }
        }
        if below >= 0.0 {
            low
        } else if above <= 0.0 {
            high
        } else {
            f64::midpoint(low, high)
        }
    }

    /// From where to where most of what is said lies.
    fn reach(&self) -> (f64, f64) {
        let ends = self.voices.iter().map(|voice| {
            let (low, high) = (voice.middle - 2.0 * voice.unit, voice.middle + 2.0 * voice.unit);
            match voice.scale {
                Scale::Plain => (low, high),
                Scale::Log => (low.min(700.0).exp(), high.min(700.0).exp()),
            }
        });
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (l, h)| (low.min(l), high.max(h)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_where_its_share_lies_below() {
        let student = Student::of(4);
        let voice = |weight, scale, middle, unit| Voice { weight, scale, middle, unit };
        let mixture = Mixture::new(
            vec![
                voice(0.5, Scale::Plain, 10.0, 1.0),
                voice(0.3, Scale::Log, 2.5, 0.2),
                voice(0.2, Scale::Plain, -4.0, 0.1),
            ],
            student,
        );
        for share in [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] {
            assert!((mixture.below(mixture.quantile(share)) - share).abs() < 1e-4, "{share}");
        }
    }
}
