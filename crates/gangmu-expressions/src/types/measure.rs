//! What a number counts (量), and which numbers may be added: rates not, nor current prices and constant ones, nor
//! months and years so far.

use super::unit::Units;
use crate::{diagnostic::Code, number::Number};
use gangmu_kernel::period::Grain;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a number counts (量).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Plain, with a unit, a rate, or percentage points.
    pub nature: Nature,
    /// The units; for a rate what it is shown in, such as %.
    pub units: Units,
    /// 现价 or 不变价, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<Prices>,
    /// Stock, flow or year so far, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accumulation: Option<Accumulation>,
    /// How long its period is, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
}

/// The kinds of numbers (数的性质).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A number of nothing in particular.
    Plain,
    /// A number whose unit is that of its surroundings: a bare zero, or a value given without its unit.
    Open,
    /// A number of something: money, people, area.
    Quantity,
    /// A share or a rate (比率).
    Ratio,
    /// The difference of two rates (百分点).
    Points,
}

/// At which prices money is counted (价格口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prices {
    /// Those of the period (现价).
    Current,
    /// Those of a base year (不变价、可比价), where it is known.
    Constant(Option<i16>),
}

/// What a value of a period is of (期内口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accumulation {
    /// At its end (期末值).
    Stock,
    /// Within it (当期).
    Flow,
    /// From January up to its end (累计).
    Cumulative,
}

/// Why two numbers can't be added, subtracted or compared (不能相加或比较的原因).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What doesn't go together.
    pub code: Code,
    /// What stands left.
    pub left: String,
    /// What stands right.
    pub right: String,
}

impl Measure {
    /// A plain number.
    pub fn plain() -> Self {
        Self::of(Nature::Plain, Units::none())
    }

    /// A number whose unit is that of its surroundings.
    pub fn open() -> Self {
        Self::of(Nature::Open, Units::none())
    }

    /// A rate as a plain figure: 0.065.
    pub fn ratio() -> Self {
        Self::of(Nature::Ratio, Units::none())
    }

    /// Percentage points.
    pub fn points() -> Self {
        Self::of(Nature::Points, Units::read("百分点", false).unwrap_or_default())
    }

    /// A number in that unit: a rate for %, percentage points for 百分点.
    pub fn in_units(units: Units) -> Self {
        let nature = if units.is_none() {
            Nature::Plain
        } else if units.rate().is_some() {
            Nature::Ratio
        } else if units.is_points() {
            Nature::Points
        } else {
            Nature::Quantity
        };
        Self::of(nature, units)
    }

    fn of(nature: Nature, units: Units) -> Self {
        Self { nature, units, prices: None, accumulation: None, grain: None }
    }

    /// Is it a number without dimension: plain, open or a rate?
    pub fn is_pure(&self) -> bool {
        matches!(self.nature, Nature::Plain | Nature::Open | Nature::Ratio)
    }

    /// What the figure is multiplied by to be a plain number: 1/100 for %.
    pub fn to_plain(&self) -> Number {
        self.units.rate().unwrap_or(Number::ONE)
    }

    /// The same, a rate as a plain figure.
    #[must_use]
    pub fn without_rate_unit(self) -> Self {
        if self.nature == Nature::Ratio { Self { units: Units::none(), ..self } } else { self }
    }

    /// The unit's text, where there is one.
    pub fn unit_text(&self) -> Option<String> {
        (!self.units.is_none()).then(|| self.units.to_string())
    }

    /// Price basis and period kind of two that are joined, or why they can't be.
    pub fn basis_with(&self, other: &Self) -> Result<Self, Mismatch> {
        let prices = match (self.prices, other.prices) {
            (Some(a), Some(b)) if !a.agrees_with(b) => return Err(mismatch(Code::MixedPrices, a, b)),
            (Some(Prices::Constant(None)), b @ Some(_)) => b,
            (a, b) => a.or(b),
        };
        let accumulation = match (self.accumulation, other.accumulation) {
            (Some(a), Some(b)) if a != b && (a == Accumulation::Cumulative || b == Accumulation::Cumulative) => {
                return Err(mismatch(Code::MixedPeriodKinds, a, b));
            }
            // A stock and what came to it are a stock.
            (Some(Accumulation::Stock), _) | (_, Some(Accumulation::Stock)) => Some(Accumulation::Stock),
            (a, b) => a.or(b),
        };
        let stock = accumulation == Some(Accumulation::Stock);
        let grain = match (self.grain, other.grain) {
            (Some(a), Some(b)) if a != b && !stock => {
                return Err(mismatch(Code::MixedFrequencies, said(a), said(b)));
            }
            (a, b) => a.or(b),
        };
        Ok(Self { prices, accumulation, grain, ..self.clone() })
    }

    /// Prices of two that are multiplied or divided: money at other prices has no quotient.
    pub fn prices_with(&self, other: &Self) -> Result<Option<Prices>, Mismatch> {
        match (self.prices, other.prices) {
            (Some(a), Some(b)) if !a.agrees_with(b) => Err(mismatch(Code::MixedPrices, a, b)),
            (a, b) => Ok(a.or(b)),
        }
    }
}

impl Prices {
    fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Constant(Some(a)), Self::Constant(Some(b))) => a == b,
            (Self::Constant(_), Self::Constant(_)) | (Self::Current, Self::Current) => true,
            _ => false,
        }
    }
}

fn mismatch(code: Code, left: impl fmt::Display, right: impl fmt::Display) -> Mismatch {
    Mismatch { code, left: left.to_string(), right: right.to_string() }
}

/// The word for a grain, as declarations spell it.
fn said(grain: Grain) -> &'static str {
    match grain {
        Grain::Years => "years",
        Grain::Year => "year",
        Grain::Half => "half",
        Grain::Months => "months",
        Grain::Quarter => "quarter",
        Grain::Month => "month",
        Grain::Tenday => "tenday",
        Grain::Week => "week",
        Grain::Day => "day",
    }
}

impl fmt::Display for Prices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => f.write_str("current"),
            Self::Constant(None) => f.write_str("constant"),
            Self::Constant(Some(year)) => write!(f, "constant-{year}"),
        }
    }
}

impl fmt::Display for Accumulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
            Self::Cumulative => "cumulative",
        })
    }
}
