//! When a mail is due (发送时间): at once, after quiet hours, on the next working day, or with the day's digest.

use super::kind::Kind;
use gangmu_kernel::calendar::WorkCalendar;
use gangmu_store::messages::PreferenceRow;
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use std::collections::BTreeMap;

/// How a kind is mailed (邮件方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    /// Not at all; the inbox has it all the same (不发).
    Never,
    /// With the others of the day (每日汇总).
    Digest,
    /// On its own (即时).
    AtOnce,
}

impl Mail {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Never];

    /// The word in tables and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Digest => "digest",
            Self::AtOnce => "at_once",
        }
    }

    /// The way of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mail| mail.word() == word)
    }
}

/// Minutes of a day.
pub const DAY: i64 = 24 * 60;

/// How a person wants to be told (提醒设置).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// The language of mails.
    pub language: String,
    /// The minutes of the day between which nothing is mailed, over midnight where the first is the larger one; none
    /// where no hours are quiet.
    pub quiet: Option<(i64, i64)>,
    /// Is nothing mailed on days off?
    pub workdays_only: bool,
    /// The minute of the day of the digest.
    pub digest_at: i64,
    /// Kinds that the person chose otherwise.
    pub choices: BTreeMap<Kind, Mail>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: "zh-CN".to_owned(),
            quiet: Some((21 * 60, 7 * 60 + 30)),
            workdays_only: true,
            digest_at: 8 * 60 + 30,
            choices: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// Out of a row; kinds of a later program are passed over.
    pub fn of_row(row: &PreferenceRow) -> Self {
        let choice = |(kind, mail): (&String, &String)| Some((Kind::of_word(kind)?, Mail::of_word(mail)?));
        Self {
            language: row.language.clone(),
            quiet: (row.quiet_from != row.quiet_until).then_some((row.quiet_from, row.quiet_until)),
            workdays_only: row.workdays_only,
            digest_at: row.digest_at,
            choices: row.choices.iter().filter_map(choice).collect(),
        }
    }

    /// As a row.
    pub fn to_row(&self) -> PreferenceRow {
        let (quiet_from, quiet_until) = self.quiet.unwrap_or((0, 0));
        let word = |(kind, mail): (&Kind, &Mail)| (kind.word().to_owned(), mail.word().to_owned());
        PreferenceRow {
            language: self.language.clone(),
            quiet_from,
            quiet_until,
            workdays_only: self.workdays_only,
            digest_at: self.digest_at,
            choices: self.choices.iter().map(word).collect(),
        }
    }

    /// How that kind is mailed.
    pub fn mail(&self, kind: Kind) -> Mail {
        self.choices.get(&kind).copied().unwrap_or_else(|| kind.usual_mail())
    }

    /// When a mail of its own may go, not before `now`. What is urgent goes at once.
    pub fn may_go(&self, kind: Kind, now: Timestamp, zone: &TimeZone, calendar: &WorkCalendar) -> Timestamp {
        if kind.is_urgent() {
            return now;
        }
        let here = zone.to_datetime(now);
        let (day, minute) = (here.date(), minute_of(here.time()));
        let open = self.open_from(minute);
        if self.works(day, calendar) {
            match open {
                Some(0) => return now,
                Some(wait) if minute + wait < DAY => return at(day, minute + wait, zone).unwrap_or(now),
                _ => {}
            }
        }
        let next = self.next_day(day, calendar);
        at(next, self.open_from(0).unwrap_or(0), zone).unwrap_or(now)
    }

    /// When the next digest goes, after `now`.
    pub fn next_digest(&self, now: Timestamp, zone: &TimeZone, calendar: &WorkCalendar) -> Timestamp {
        let here = zone.to_datetime(now);
        let today = here.date();
        if self.works(today, calendar) && minute_of(here.time()) < self.digest_at {
            return at(today, self.digest_at, zone).unwrap_or(now);
        }
        at(self.next_day(today, calendar), self.digest_at, zone).unwrap_or(now)
    }

    /// How many minutes after that minute of a day the quiet hours are over; 0 outside of them.
    fn open_from(&self, minute: i64) -> Option<i64> {
        let Some((from, until)) = self.quiet else { return Some(0) };
        let quiet = if from < until { (from..until).contains(&minute) } else { minute >= from || minute < until };
        Some(if quiet { (until - minute).rem_euclid(DAY) } else { 0 })
    }

    fn works(&self, day: Date, calendar: &WorkCalendar) -> bool {
        !self.workdays_only || calendar.is_workday(day).value
    }

    fn next_day(&self, day: Date, calendar: &WorkCalendar) -> Date {
        let next = day.tomorrow().unwrap_or(day);
        if !self.workdays_only {
            return next;
        }
        calendar.workday_on_or_after(next).map_or(next, |found| found.value)
    }
}

fn minute_of(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn at(day: Date, minute: i64, zone: &TimeZone) -> Option<Timestamp> {
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    zone.to_timestamp(day.at(hour, minute, 0, 0)).ok()
}

#[cfg(test)]
mod tests;
