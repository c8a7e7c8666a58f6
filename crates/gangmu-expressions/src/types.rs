//! What a value may be (类型): yes or no, a number with its unit, a day, a text, a list of records …
//!
//! Reading order: `unit` (units and how they multiply), `measure` (what a number counts, and which numbers may be
//! added), [`Type`], `declare` (declarations as people and programs write them).

mod declare;
mod measure;
mod unit;

pub use declare::{Declaration, declared};
pub use measure::{Accumulation, Measure, Mismatch, Nature, Prices};
pub use unit::{TimeUnit, Units, is_unit};

use gangmu_kernel::period::Grain;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kind of a value (类型).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Not known; whatever the place wants.
    Open,
    /// 是否.
    YesNo,
    /// A number: plain, with a unit, a rate, or percentage points.
    Number(Measure),
    /// 日期.
    Date,
    /// 时刻.
    Instant,
    /// The stretch between two days (时长); it is measured from its first day and does not convert.
    Span,
    /// 期间.
    Period,
    /// 文本.
    Text,
    /// One of some codes (选项), in their order.
    Choice(Vec<String>),
    /// Values of one kind (列表), with the most that there may be.
    List(Box<Self>, Option<u32>),
    /// Named values (记录).
    Record(BTreeMap<String, Self>),
    /// A value that changes with period and area (序列).
    Series(Box<Self>, Frequency),
}

/// How often a series has a value, and how many parts its areas have (频度).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// The grain of its periods, where it is known.
    pub grain: Option<Grain>,
    /// May the values of areas be added?
    pub additive: Option<bool>,
}

impl Type {
    /// A plain number.
    pub fn number() -> Self {
        Self::Number(Measure::plain())
    }

    /// The word for it, as in declarations.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "unknown",
            Self::YesNo => "yesno",
            Self::Number(measure) => match measure.nature {
                Nature::Ratio => "ratio",
                Nature::Points => "百分点",
                Nature::Plain | Nature::Open | Nature::Quantity => "number",
            },
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Span => "span",
            Self::Period => "period",
            Self::Text => "text",
            Self::Choice(_) => "choice",
            Self::List(..) => "list",
            Self::Record(_) => "record",
            Self::Series(..) => "series",
        }
    }

    /// The unit of a number that has one.
    pub fn unit(&self) -> Option<String> {
        match self {
            Self::Number(measure) => measure.unit_text(),
            Self::Series(of, _) | Self::List(of, _) => of.unit(),
            _ => None,
        }
    }

    /// What people call it: `number[亿元]`, `yesno`.
    pub fn said(&self) -> String {
        match (self, self.unit()) {
            (Self::Number(measure), Some(unit)) if measure.nature != Nature::Points => {
                format!("{}[{unit}]", self.word())
            }
            (Self::List(of, _), _) => format!("list({})", of.said()),
            (Self::Series(of, _), _) => format!("series({})", of.said()),
            _ => self.word().to_owned(),
        }
    }

    /// May its values be put in an order?
    pub fn is_ordered(&self) -> bool {
        matches!(
            self,
            Self::Open | Self::Number(_) | Self::Date | Self::Instant | Self::Span | Self::Period | Self::Choice(_)
        )
    }

    /// A number with a unit of time, which may be added to a day.
    pub fn is_time(&self) -> bool {
        matches!(self, Self::Number(measure) if measure.units.is_time())
    }
}

#[cfg(test)]
mod tests;
