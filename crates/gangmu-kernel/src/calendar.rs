//! Working calendars (工作日历, D11): data per year with the notice that decided it; make-up days count.
//!
//! A year without a notice (未公布) follows the plain week, and every answer that crosses it is provisional.

mod clock;
mod read;

pub use clock::{BadHours, Duty, OfficeHours, Shift};
pub use read::CalendarFault;

use crate::refusal::Refusal;
use jiff::civil::{Date, Weekday};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An answer and the years it rests on that no notice has decided yet (推算结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Projected<T> {
    /// The answer.
    pub value: T,
    /// The years on the way whose notice is missing (未公布年度); empty where the answer is exact.
    pub unannounced: BTreeSet<i16>,
}

impl<T> Projected<T> {
    /// Must the answer be worked out anew when the missing notices come (暂定)?
    pub fn is_provisional(&self) -> bool {
        !self.unannounced.is_empty()
    }

    /// The same answer in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Projected<U> {
        Projected { value: form(self.value), unannounced: self.unannounced }
    }
}

/// Why a day is worked or free (当日性质).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// A plain day from Monday to Friday (平日).
    Weekday,
    /// A plain Saturday or Sunday (周末).
    Weekend,
    /// A free day by notice (放假): the holiday and the notice's number.
    Holiday {
        /// The holiday's name.
        name: &'a str,
        /// The notice's number.
        notice: &'a str,
    },
    /// A worked day by notice (调休上班): the holiday that it makes up for and the notice's number.
    MakeUp {
        /// The holiday's name.
        name: &'a str,
        /// The notice's number.
        notice: &'a str,
    },
}

impl DayKind<'_> {
    /// Is the day worked?
    pub fn is_worked(self) -> bool {
        matches!(self, Self::Weekday | Self::MakeUp { .. })
    }
}

/// A day that a notice decided.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Decided {
    worked: bool,
    name: String,
    notice: String,
}

/// The working days of the years that are known (工作日历).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, Decided>,
}

/// The date would lie beyond the years that dates have (超出日期范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the date is out of range")]
pub struct DateOutOfRange;

impl Refusal for DateOutOfRange {
    fn code(&self) -> &'static str {
        "calendar-date-out-of-range"
    }
}

impl WorkCalendar {
    /// A calendar without any notice: every answer is provisional.
    pub fn new() -> Self {
        Self::default()
    }

    /// The years that a notice has decided, in order (已公布年度).
    pub fn announced_years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().copied()
    }

    /// Has a notice decided the year?
    pub fn is_announced(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// Why the day is worked or free.
    pub fn kind_of(&self, day: Date) -> DayKind<'_> {
        match self.days.get(&day) {
            Some(Decided { worked: true, name, notice }) => DayKind::MakeUp { name, notice },
            Some(Decided { worked: false, name, notice }) => DayKind::Holiday { name, notice },
            None if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) => DayKind::Weekend,
            None => DayKind::Weekday,
        }
    }

    /// Is the day worked (是否工作日)?
    pub fn is_workday(&self, day: Date) -> Projected<bool> {
        Projected { value: self.works(day), unannounced: self.unannounced(day, day) }
    }

    fn works(&self, day: Date) -> bool {
        self.kind_of(day).is_worked()
    }

    /// The years from one day to another, both included, that no notice has decided.
    fn unannounced(&self, from: Date, to: Date) -> BTreeSet<i16> {
        (from.min(to).year()..=from.max(to).year()).filter(|year| !self.is_announced(*year)).collect()
    }

    /// The day itself if it is worked, else the next worked day (顺延至工作日).
    pub fn workday_on_or_after(&self, day: Date) -> Result<Projected<Date>, DateOutOfRange> {
        let mut found = day;
        while !self.works(found) {
            found = found.tomorrow().map_err(|_| DateOutOfRange)?;
        }
        Ok(Projected { value: found, unannounced: self.unannounced(day, found) })
    }

    /// The last of that many working days after the day (第 n 个工作日): the day itself is not counted.
    ///
    /// Negative counts go back; zero is the day itself, worked or not.
    pub fn add_working_days(&self, day: Date, count: i32) -> Result<Projected<Date>, DateOutOfRange> {
        let mut found = day;
        let mut left = count.unsigned_abs();
        while left > 0 {
            found = if count > 0 { found.tomorrow() } else { found.yesterday() }.map_err(|_| DateOutOfRange)?;
            left -= u32::from(self.works(found));
        }
        Ok(Projected { value: found, unannounced: self.unannounced(day, found) })
    }

    /// How many working days lie after the first day up to and with the second (期间工作日数); negative when it lies before.
    pub fn working_days_between(&self, from: Date, to: Date) -> Projected<i32> {
        let (first, last) = (from.min(to), from.max(to));
        let mut count = 0;
        let mut day = first;
        // Going back, the first day counts and the last does not, so that both directions undo each other.
        while day < last {
            let next = day.tomorrow().unwrap_or(last);
            count += i32::from(self.works(if from <= to { next } else { day }));
            day = next;
        }
        Projected { value: if from <= to { count } else { -count }, unannounced: self.unannounced(from, to) }
    }
}

#[cfg(test)]
mod tests;
