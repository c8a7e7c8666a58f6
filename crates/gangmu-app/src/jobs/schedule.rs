//! When a timer fires (定时安排): pure arithmetic on the calendar of the district.

use jiff::{
    SignedDuration, Span, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use std::fmt;

/// The whole country keeps one time.
pub(crate) const ZONE: &str = "Asia/Shanghai";

/// When a timer fires (定时安排).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Again and again after so long, whole seconds, counted from the same origin in every process.
    Every(SignedDuration),
    /// Each day at that time in the district.
    Daily(Time),
    /// Each month on that day, or on its last where it has fewer, at that time in the district.
    Monthly(i8, Time),
}

impl Schedule {
    /// Again and again after so many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self::Every(SignedDuration::from_mins(minutes))
    }

    /// Each day at that hour and minute in the district.
    pub const fn daily(hour: i8, minute: i8) -> Self {
        Self::Daily(Time::constant(hour, minute, 0, 0))
    }

    /// Each month on that day at that hour and minute in the district.
    pub const fn monthly(day: i8, hour: i8, minute: i8) -> Self {
        Self::Monthly(day, Time::constant(hour, minute, 0, 0))
    }

    /// The first occurrence after that instant.
    pub fn after(&self, instant: Timestamp) -> Timestamp {
        self.near(instant).into_iter().find(|at| *at > instant).unwrap_or(Timestamp::MAX)
    }

    /// The last occurrence that is not after that instant.
    pub fn latest(&self, instant: Timestamp) -> Timestamp {
        self.near(instant).into_iter().rfind(|at| *at <= instant).unwrap_or(Timestamp::MIN)
    }

    /// Three occurrences in order, with the instant between the first and the last.
    fn near(&self, instant: Timestamp) -> [Timestamp; 3] {
        match *self {
            Self::Every(each) => {
                let each = each.as_secs().max(1);
                let last = instant.as_second() - instant.as_second().rem_euclid(each);
                [last, last + each, last + 2 * each].map(|second| Timestamp::from_second(second).unwrap_or(instant))
            }
            Self::Daily(time) => {
                let today = day_of(instant);
                [-1, 0, 1].map(|days: i64| at(shifted(today, days.days()), time))
            }
            Self::Monthly(day, time) => {
                let first = day_of(instant).first_of_month();
                [-1, 0, 1].map(|months: i64| {
                    let month = shifted(first, months.months());
                    at(shifted(month, (i64::from(day.clamp(1, month.days_in_month())) - 1).days()), time)
                })
            }
        }
    }
}

/// The day in the district at that instant.
pub(crate) fn day_of(instant: Timestamp) -> Date {
    zone().to_datetime(instant).date()
}

fn shifted(date: Date, by: Span) -> Date {
    date.checked_add(by).unwrap_or(date)
}

fn at(day: Date, time: Time) -> Timestamp {
    zone().to_timestamp(day.to_datetime(time)).unwrap_or(Timestamp::MAX)
}

fn zone() -> TimeZone {
    TimeZone::get(ZONE).expect("the table of time zones is built into the program")
}

/// The form in which the database remembers it: a timer whose words have changed begins anew.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(each) => write!(f, "every {}", each.as_secs()),
            Self::Daily(time) => write!(f, "daily {}", time.strftime("%H:%M")),
            Self::Monthly(day, time) => write!(f, "monthly {day} {}", time.strftime("%H:%M")),
        }
    }
}

#[cfg(test)]
mod tests;
