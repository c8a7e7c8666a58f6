//! Which backups stay (保留规则): the newest of each of the last days, weeks and months that have one.

use jiff::{Timestamp, civil::Date};
use std::collections::BTreeSet;

/// How many stay (保留份数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Days.
    pub daily: u32,
    /// Weeks, Monday to Sunday.
    pub weekly: u32,
    /// Months.
    pub monthly: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { daily: 7, weekly: 4, monthly: 12 }
    }
}

/// The names of those that may go. The newest of all always stays.
///
/// A day without a backup takes no place away from another: after a pause nothing is removed that was there.
pub fn surplus(backups: &[(String, Timestamp)], keep: Keep) -> Vec<String> {
    let mut newest_first: Vec<(&str, Timestamp, Date)> =
        backups.iter().map(|(name, at)| (name.as_str(), *at, crate::jobs::schedule::day_of(*at))).collect();
    newest_first.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(a.0)));
    let mut stays: BTreeSet<&str> = newest_first.first().map(|first| first.0).into_iter().collect();
    let mut first_of = |places: u32, span: fn(Date) -> (i16, i8)| {
        let mut seen = BTreeSet::new();
        for (name, _, day) in &newest_first {
            if seen.len() >= places as usize {
                break;
            }
            if seen.insert(span(*day)) {
                stays.insert(name);
            }
        }
    };
    first_of(keep.weekly, |day| (day.iso_week_date().year(), day.iso_week_date().week()));
    first_of(keep.monthly, |day| (day.year(), day.month()));
    // A day is told by its year and its number in the year, which needs more room than a week's.
    let mut days = BTreeSet::new();
    for (name, _, day) in &newest_first {
        if days.len() < keep.daily as usize && days.insert(*day) {
            stays.insert(name);
        }
    }
    newest_first.iter().filter(|(name, ..)| !stays.contains(name)).map(|(name, ..)| (*name).to_owned()).collect()
}
