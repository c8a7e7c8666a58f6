//! Values (值), and the two ways of not having one: *none*, answered with nothing, and *unknown*, for a reason.

mod absence;
mod read;
pub(crate) mod stretch;

pub use absence::{Absence, Why, WhyCode};
pub use read::{BadValue, read, recognize};
pub use stretch::Stretch;

use crate::number::Number;
use gangmu_kernel::Period;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz,
};
use std::sync::Arc;

/// A value (值).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number, in the unit of its place.
    Number(Number),
    /// 是否.
    YesNo(bool),
    /// 日期.
    Date(Date),
    /// 时刻.
    Instant(Timestamp),
    /// 时长.
    Span(Stretch),
    /// 期间.
    Period(Period),
    /// A text or a code.
    Text(Arc<str>),
    /// 列表.
    List(Arc<[Self]>),
    /// 记录: its fields in the order of their names.
    Record(Arc<[Self]>),
    /// Answered with nothing (空缺).
    None(Absence),
    /// Not known, for these reasons (未知).
    Unknown(Absence),
}

impl Value {
    /// Unknown for one reason.
    pub fn unknown(why: Why) -> Self {
        Self::Unknown(Absence::of(why))
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// Is there a value?
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::None(_) | Self::Unknown(_))
    }
}

/// The zone in which moments are days and moments without an offset are meant: China has one.
pub(crate) const ZONE: tz::Offset = tz::offset(8);

/// Reads a moment (时刻): with its offset, or in China's time.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let local: DateTime = text.parse().ok().filter(|_| text.contains('T') && !text.contains('['))?;
    ZONE.to_timestamp(local).ok()
}

/// The day of a moment in China.
pub(crate) fn day_of(instant: Timestamp) -> Date {
    ZONE.to_datetime(instant).date()
}
