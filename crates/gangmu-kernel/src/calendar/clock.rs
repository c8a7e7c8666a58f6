//! Working minutes (工作时间): office hours of working days, or duty around the clock.

use super::{DateOutOfRange, Projected, WorkCalendar};
use crate::refusals;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A stretch of a working day (班次), such as 09:00–12:00; the end no longer belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub to: Time,
}

/// The hours of a working day (办公时间): at least one stretch, in order, whole minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficeHours(Vec<Shift>);

refusals! {
    /// Why stretches are no office hours (办公时间无效).
    #[derive(Clone)]
    pub enum BadHours {
        /// There is no stretch.
        #[error("no hours")]
        Empty {} = "calendar-no-hours",
        /// A stretch ends before it begins, overlaps the one before, or has seconds.
        #[error("the stretch {at} is not after the one before, or has no whole minutes")]
        Stretch { at: usize } = "calendar-stretch",
    }
}

impl OfficeHours {
    /// The hours made of those stretches.
    pub fn new(shifts: Vec<Shift>) -> Result<Self, BadHours> {
        if shifts.is_empty() {
            return Err(BadHours::Empty {});
        }
        let mut end = None;
        for (at, shift) in shifts.iter().enumerate() {
            let whole = |t: Time| t.second() == 0 && t.subsec_nanosecond() == 0;
            if shift.from >= shift.to || end.is_some_and(|e| shift.from < e) || !whole(shift.from) || !whole(shift.to) {
                return Err(BadHours::Stretch { at: at + 1 });
            }
            end = Some(shift.to);
        }
        Ok(Self(shifts))
    }

    /// The minutes of a whole working day.
    pub fn minutes_a_day(&self) -> u32 {
        self.0.iter().map(|s| minute(s.to) - minute(s.from)).sum()
    }

    /// The worked minutes of a working day before a minute of that day.
    fn before(&self, at: u32) -> u32 {
        self.0.iter().map(|s| at.clamp(minute(s.from), minute(s.to)) - minute(s.from)).sum()
    }

    /// The minute of the day at which so many minutes are worked; the earliest one.
    fn reaches(&self, worked: u32) -> u32 {
        let mut left = worked;
        for shift in &self.0 {
            let length = minute(shift.to) - minute(shift.from);
            if left <= length {
                return minute(shift.from) + left;
            }
            left -= length;
        }
        self.0.last().map_or(0, |s| minute(s.to))
    }
}

fn minute(time: Time) -> u32 {
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}

/// When the clock runs (计时方式).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// In office hours of working days (工作时间).
    Office(OfficeHours),
    /// Always (24×7 值守).
    AroundTheClock,
}

impl WorkCalendar {
    /// The moment at which so many minutes of duty have run (限时到期); seconds of the start are dropped.
    ///
    /// Nothing to run ends at once. Otherwise the end lies inside or at the end of a stretch of duty.
    pub fn add_minutes(
        &self,
        duty: &Duty,
        start: DateTime,
        minutes: u32,
    ) -> Result<Projected<DateTime>, DateOutOfRange> {
        let start = at_minute(start.date(), minute(start.time()))?;
        let Duty::Office(hours) = duty else {
            let value = start.checked_add(jiff::Span::new().minutes(minutes)).map_err(|_| DateOutOfRange)?;
            return Ok(Projected { value, unannounced: BTreeSet::new() });
        };
        if minutes == 0 {
            return Ok(Projected { value: start, unannounced: BTreeSet::new() });
        }
        let mut day = start.date();
        let mut done = if self.works(day) { hours.before(minute(start.time())) } else { 0 };
        let mut left = minutes;
        loop {
            let today = if self.works(day) { hours.minutes_a_day() - done } else { 0 };
            if left <= today {
                let value = at_minute(day, hours.reaches(done + left))?;
                return Ok(Projected { value, unannounced: self.unannounced(start.date(), day) });
            }
            (left, done) = (left - today, 0);
            day = day.tomorrow().map_err(|_| DateOutOfRange)?;
        }
    }

    /// The minutes of duty from one moment to another (已用时长); negative when the second lies before the first.
    pub fn minutes_between(&self, duty: &Duty, from: DateTime, to: DateTime) -> Projected<i64> {
        let (first, last) = (from.min(to), from.max(to));
        let sign = if from <= to { 1 } else { -1 };
        let Duty::Office(hours) = duty else {
            let days = (last.date() - first.date()).get_days();
            let minutes = i64::from(days) * 1440 + i64::from(minute(last.time())) - i64::from(minute(first.time()));
            return Projected { value: sign * minutes, unannounced: BTreeSet::new() };
        };
        let before = |at: DateTime| if self.works(at.date()) { i64::from(hours.before(minute(at.time()))) } else { 0 };
        let mut total = before(last) - before(first);
        let mut day = first.date();
        while day < last.date() {
            total += if self.works(day) { i64::from(hours.minutes_a_day()) } else { 0 };
            day = day.tomorrow().unwrap_or(last.date());
        }
        Projected { value: sign * total, unannounced: self.unannounced(first.date(), last.date()) }
    }
}

/// That minute of the day; minute 1440 is the next midnight.
fn at_minute(day: Date, minute: u32) -> Result<DateTime, DateOutOfRange> {
    day.at(0, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute)).map_err(|_| DateOutOfRange)
}
