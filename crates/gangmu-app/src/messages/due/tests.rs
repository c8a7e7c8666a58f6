//! Mails that come when a person wants them, and never at night.

use super::*;

const ZONE: &str = "Asia/Shanghai";

fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap()
}

/// Monday 1 July is a holiday that was moved to Sunday 30 June.
fn calendar() -> WorkCalendar {
    let mut calendar = WorkCalendar::new();
    let year = "date,kind,name,notice\n2024-06-30,work,示例,示例通知\n2024-07-01,off,示例,示例通知\n";
    calendar.read_year(2024, year).unwrap();
    calendar
}

fn instant(text: &str) -> Timestamp {
    zone().to_timestamp(text.parse::<jiff::civil::DateTime>().unwrap()).unwrap()
}

fn goes(preferences: &Preferences, now: &str) -> String {
    let due = preferences.may_go(Kind::PlanApproved, instant(now), &zone(), &calendar());
    zone().to_datetime(due).strftime("%a %m-%d %H:%M").to_string()
}

#[test]
fn by_day_a_mail_goes_at_once_and_at_night_in_the_morning() {
    let usual = Preferences::default();
    assert_eq!(goes(&usual, "2024-06-28T10:15:30"), "Fri 06-28 10:15");
    assert_eq!(goes(&usual, "2024-06-27T05:00:00"), "Thu 06-27 07:30");
    assert_eq!(goes(&usual, "2024-06-26T23:10:00"), "Thu 06-27 07:30");
}

#[test]
fn days_off_are_by_the_notice_not_by_the_week() {
    let usual = Preferences::default();
    // Saturday waits for the worked Sunday, and its evening for Tuesday, because Monday is off.
    assert_eq!(goes(&usual, "2024-06-29T10:00:00"), "Sun 06-30 07:30");
    assert_eq!(goes(&usual, "2024-06-30T22:00:00"), "Tue 07-02 07:30");
    let always = Preferences { workdays_only: false, ..Preferences::default() };
    assert_eq!(goes(&always, "2024-06-29T10:00:00"), "Sat 06-29 10:00");
}

#[test]
fn what_is_urgent_goes_at_night_too() {
    let night = instant("2024-06-29T02:00:00");
    assert_eq!(Preferences::default().may_go(Kind::AccountReset, night, &zone(), &calendar()), night);
}

#[test]
fn quiet_hours_may_lie_in_the_middle_of_the_day_or_nowhere() {
    let noon = Preferences { quiet: Some((12 * 60, 14 * 60)), ..Preferences::default() };
    assert_eq!(goes(&noon, "2024-06-28T12:30:00"), "Fri 06-28 14:00");
    assert_eq!(goes(&noon, "2024-06-28T23:30:00"), "Fri 06-28 23:30");
    let never = Preferences { quiet: None, ..Preferences::default() };
    assert_eq!(goes(&never, "2024-06-28T03:30:00"), "Fri 06-28 03:30");
}

#[test]
fn the_digest_is_the_next_one_on_a_working_day() {
    let next = |now: &str| {
        let due = Preferences::default().next_digest(instant(now), &zone(), &calendar());
        zone().to_datetime(due).strftime("%a %m-%d %H:%M").to_string()
    };
    assert_eq!(next("2024-06-28T08:29:00"), "Fri 06-28 08:30");
    assert_eq!(next("2024-06-28T08:30:00"), "Sun 06-30 08:30");
    assert_eq!(next("2024-06-30T09:00:00"), "Tue 07-02 08:30");
}

#[test]
fn preferences_survive_their_row() {
    let choices = BTreeMap::from([(Kind::PlanPublished, Mail::Never), (Kind::JobDead, Mail::Digest)]);
    for quiet in [None, Some((22 * 60, 6 * 60))] {
        let some = Preferences { quiet, choices: choices.clone(), ..Preferences::default() };
        assert_eq!(Preferences::of_row(&some.to_row()), some);
    }
}
