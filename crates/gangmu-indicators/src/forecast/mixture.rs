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
        self.near(value).0
    }

    /// That probability and how fast it grows there.
    fn near(&self, value: f64) -> (f64, f64) {
        let log = value.ln();
        self.voices.iter().fold((0.0, 0.0), |(below, slope), voice| {
            let (value, rate) = match voice.scale {
                Scale::Plain => (value, 1.0),
                Scale::Log if value <= 0.0 => return (below, slope),
                Scale::Log => (log, 1.0 / value),
            };
            let (share, steep) = self.student.near((value - voice.middle) / voice.unit);
            (below + voice.weight * share, slope + voice.weight * steep * rate / voice.unit)
        })
    }

    /// The value below which that share lies: Newton's steps, kept between what was found too low and too high.
    pub fn quantile(&self, share: f64) -> f64 {
        let (center, width) = self.center();
        // Tukey's curve is near the normal one; where to begin needs no more.
        let mut value = center + width * 4.91 * (share.powf(0.14) - (1.0 - share).powf(0.14));
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut reach = 4.0 * width;
        for _ in 0..100 {
            let (below, slope) = self.near(value);
            let off = below - share;
            if off.abs() < EXACT {
                break;
            }
            if off < 0.0 {
                low = value
            } else {
                high = value
            }
            let step = if slope > 0.0 { (-off / slope).clamp(-reach, reach) } else { -off.signum() * reach };
            let next = value + step;
            value = if low < next && next < high {
                next
            } else if low.is_finite() && high.is_finite() {
                f64::midpoint(low, high)
            } else {
                value - off.signum() * reach
            };
            if (high - low).is_finite() && high - low <= 1e-9 * (high.abs() + low.abs()) {
                break;
            }
            reach *= 1.5;
        }
        value
    }

    /// Where most of it lies, and how widely.
    fn center(&self) -> (f64, f64) {
        let (center, width) = self.voices.iter().fold((0.0, 0.0), |(center, width), voice| {
            let (middle, unit) = match voice.scale {
                Scale::Plain => (voice.middle, voice.unit),
                Scale::Log => {
                    let middle = voice.middle.min(700.0).exp();
                    (middle, middle * voice.unit.min(10.0))
                }
            };
            (center + voice.weight * middle, width + voice.weight * unit)
        });
        (center, width.max(f64::MIN_POSITIVE))
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
