//! Stretches of time (时长): from a day on, or a count of days, working days or months that no day has fixed yet.
//!
//! 日, 工作日 and 月 don't convert: whether two years have passed is asked of the day from which they run.

use crate::{number::Number, types::TimeUnit};
use gangmu_kernel::WorkCalendar;
use jiff::{ToSpan, civil::Date};
use std::{cmp::Ordering, collections::BTreeSet};

/// A stretch of time (时长).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stretch {
    /// From one day to another.
    Anchored {
        /// The first day.
        from: Date,
        /// The last.
        to: Date,
    },
    /// A count of something, from no day in particular.
    Free {
        /// How many.
        count: Number,
        /// Of what.
        unit: TimeUnit,
    },
}

/// A day found with a calendar, and the years on the way that no notice has decided.
pub(crate) type Found<T> = Option<(T, BTreeSet<i16>)>;

/// The day so long after another (顺延); none for fractions of days and days that no calendar has.
pub(crate) fn shifted(day: Date, count: Number, unit: TimeUnit, calendar: &WorkCalendar) -> Found<Date> {
    let count = i32::try_from(count.as_whole()?).ok()?;
    let exact = |day: Date| Some((day, BTreeSet::new()));
    match unit {
        TimeUnit::Seconds => None,
        TimeUnit::Days => day.checked_add(count.days()).ok().and_then(exact),
        TimeUnit::Months => day.checked_add(count.months()).ok().and_then(exact),
        TimeUnit::Workdays if count.unsigned_abs() > 20_000 => None,
        TimeUnit::Workdays => {
            let found = calendar.add_working_days(day, count).ok()?;
            Some((found.value, found.unannounced))
        }
    }
}

impl Stretch {
    /// Which is longer; none where they don't convert.
    pub(crate) fn compare(self, other: Self, calendar: &WorkCalendar) -> Found<Ordering> {
        match (self, other) {
            (Self::Anchored { from, to }, Self::Free { count, unit }) => {
                let (end, unannounced) = shifted(from, count, unit, calendar)?;
                Some((to.cmp(&end), unannounced))
            }
            (Self::Free { .. }, Self::Anchored { .. }) => {
                let (order, unannounced) = other.compare(self, calendar)?;
                Some((order.reverse(), unannounced))
            }
            (Self::Anchored { from, to }, Self::Anchored { from: other_from, to: other_to }) => {
                Some((days(from, to).cmp(&days(other_from, other_to)), BTreeSet::new()))
            }
            (Self::Free { count: a, unit }, Self::Free { count: b, unit: other }) => {
                // None of anything is none of everything, and some of it is more.
                let comparable = unit == other || a.is_zero() || b.is_zero();
                comparable.then(|| (a.cmp(&b), BTreeSet::new()))
            }
        }
    }
}

/// Days from one to the other; negative when the second lies before.
pub(crate) fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// Whole months from one day to another (足月): counted so that the first day plus them isn't past the second.
pub(crate) fn months(from: Date, to: Date) -> i64 {
    if to < from {
        return -months(to, from);
    }
    let months = 12 * (i64::from(to.year()) - i64::from(from.year())) + i64::from(to.month()) - i64::from(from.month());
    let reached = i32::try_from(months).ok().and_then(|months| from.checked_add(months.months()).ok());
    if reached.is_some_and(|day| day <= to) { months } else { months - 1 }
}
