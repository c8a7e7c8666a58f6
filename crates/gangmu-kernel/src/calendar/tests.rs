use super::*;
use jiff::civil::{DateTime, date, time};
use proptest::prelude::*;

/// Some days of 2024 as they were announced, and a new year's day for each other year.
fn calendar() -> WorkCalendar {
    let mut calendar = WorkCalendar::new();
    for year in 2020..=2026 {
        let mut text = format!("date,kind,name,notice\n{year}-01-01,off,元旦,国办发明电〔{}〕甲号\n", year - 1);
        if year == 2024 {
            text.push_str("2024-02-18,work,春节,国办发明电〔2023〕7号\n");
            text.extend((1..=7).map(|day| format!("2024-10-0{day},off,国庆节,国办发明电〔2023〕7号\n")));
            text.push_str("2024-10-12,work,国庆节,国办发明电〔2023〕7号\n");
        }
        calendar.read_year(year, &text).unwrap();
    }
    calendar
}

fn office() -> Duty {
    let shift = |from, to| Shift { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
    Duty::Office(OfficeHours::new(vec![shift(9, 12), shift(14, 18)]).unwrap())
}

#[test]
fn a_day_says_why_it_is_worked_or_free() {
    let calendar = calendar();
    let notice = "国办发明电〔2023〕7号";
    assert_eq!(calendar.kind_of(date(2024, 2, 18)), DayKind::MakeUp { name: "春节", notice });
    assert_eq!(calendar.kind_of(date(2024, 10, 1)), DayKind::Holiday { name: "国庆节", notice });
    assert_eq!(calendar.kind_of(date(2024, 6, 29)), DayKind::Weekend);
    assert_eq!(calendar.kind_of(date(2024, 6, 28)), DayKind::Weekday);
}

#[test]
fn working_days_skip_holidays_and_count_make_up_days() {
    let calendar = calendar();
    // 2024-09-30 is a Monday, 1–7 October are free, 12 October is made up.
    assert_eq!(calendar.add_working_days(date(2024, 9, 30), 5).unwrap().value, date(2024, 10, 12));
    assert_eq!(calendar.add_working_days(date(2024, 10, 12), -5).unwrap().value, date(2024, 9, 30));
    assert_eq!(calendar.working_days_between(date(2024, 9, 30), date(2024, 10, 12)).value, 5);
    assert_eq!(calendar.workday_on_or_after(date(2024, 10, 1)).unwrap().value, date(2024, 10, 8));
    assert_eq!(calendar.add_working_days(date(2024, 10, 1), 0).unwrap().value, date(2024, 10, 1));
}

#[test]
fn what_crosses_a_year_without_notice_is_provisional() {
    let calendar = calendar();
    let due = calendar.add_working_days(date(2026, 12, 29), 5).unwrap();
    assert!(due.is_provisional());
    assert_eq!(due.unannounced, BTreeSet::from([2027]));
    assert!(!calendar.add_working_days(date(2026, 12, 24), 5).unwrap().is_provisional());
    let both = calendar.working_days_between(date(2019, 12, 31), date(2027, 1, 1));
    assert_eq!(both.unannounced, BTreeSet::from([2019, 2027]));
    assert!(!calendar.is_announced(2027));
    assert_eq!(due.clone().map(|d| d.to_string()).value, due.value.to_string());
}

#[test]
fn importing_the_notice_settles_what_was_provisional() {
    let mut calendar = calendar();
    calendar.read_year(2027, "date,kind,name,notice\n").unwrap();
    assert!(!calendar.is_announced(2027));
    let notice = "date,kind,name,notice\n2026-12-31,off,元旦,某号\n2027-01-01,off,元旦,某号\n";
    calendar.read_year(2027, notice).unwrap();
    let due = calendar.add_working_days(date(2026, 12, 30), 1).unwrap();
    assert_eq!((due.value, due.is_provisional()), (date(2027, 1, 4), false));
    calendar.read_year(2026, "date,kind,name,notice\n2026-01-01,off,元旦,某号\n").unwrap();
    assert!(!calendar.is_workday(date(2026, 12, 31)).value, "the next year's notice still holds");
    assert_eq!(calendar.announced_years().collect::<Vec<_>>(), (2020..=2027).collect::<Vec<_>>());
}

#[test]
fn all_faults_of_a_file_are_listed_and_nothing_is_taken() {
    let text = [
        "day,kind",
        "2024-01-01,off,元旦",
        "2024-13-01,off,元旦,某号",
        "2025-01-01,off,元旦,某号",
        "2024-01-02,half,元旦,某号",
        "",
        "2024-01-03,off,元旦,某号",
        "2024-01-03,work,元旦,某号",
        "2024-01-04,off,,某号",
    ];
    let mut calendar = WorkCalendar::new();
    let faults = calendar.read_year(2024, &text.join("\n")).unwrap_err();
    let expected = [
        CalendarFault::Head {},
        CalendarFault::Cells { line: 2 },
        CalendarFault::Date { line: 3, date: "2024-13-01".into() },
        CalendarFault::OtherYear { line: 4, date: date(2025, 1, 1), year: 2024 },
        CalendarFault::Kind { line: 5, kind: "half".into() },
        CalendarFault::Twice { line: 8, date: date(2024, 1, 3) },
        CalendarFault::Cells { line: 9 },
    ];
    assert_eq!(faults, expected);
    assert_eq!(calendar, WorkCalendar::new());
    assert_eq!(crate::refusal::Reasons::of(&faults).unwrap().as_slice().len(), 7);
}

#[test]
fn office_minutes_stop_at_noon_at_night_and_on_free_days() {
    let calendar = calendar();
    let office = office();
    let at = |text: &str| text.parse::<DateTime>().unwrap();
    for (start, minutes, end) in [
        ("2024-06-28T09:00:00", 60, "2024-06-28T10:00:00"),
        ("2024-06-28T11:30:00", 60, "2024-06-28T14:30:00"),
        ("2024-06-28T17:30:00", 60, "2024-07-01T09:30:00"),
        ("2024-06-29T10:00:00", 30, "2024-07-01T09:30:00"),
        ("2024-06-28T11:00:00", 60, "2024-06-28T12:00:00"),
        ("2024-09-30T17:00:00", 61, "2024-10-08T09:01:00"),
        ("2024-06-28T08:00:59", 420, "2024-06-28T18:00:00"),
        ("2024-06-29T10:00:00", 0, "2024-06-29T10:00:00"),
    ] {
        let due = calendar.add_minutes(&office, at(start), minutes).unwrap();
        assert_eq!(due.value, at(end), "{start} + {minutes}");
        assert_eq!(calendar.minutes_between(&office, at(start), at(end)).value, i64::from(minutes), "{start}");
    }
    let midnight = calendar.add_minutes(&Duty::AroundTheClock, at("2026-12-31T23:30:00"), 60).unwrap();
    assert_eq!((midnight.value, midnight.is_provisional()), (at("2027-01-01T00:30:00"), false));
    assert!(calendar.add_minutes(&office, at("2026-12-31T17:30:00"), 60).unwrap().is_provisional());
}

#[test]
fn hours_that_are_none_are_refused() {
    let shift = |from, to| Shift { from, to };
    assert_eq!(OfficeHours::new(vec![]), Err(BadHours::Empty {}));
    let backwards = vec![shift(time(9, 0, 0, 0), time(12, 0, 0, 0)), shift(time(11, 0, 0, 0), time(18, 0, 0, 0))];
    assert_eq!(OfficeHours::new(backwards), Err(BadHours::Stretch { at: 2 }));
    assert_eq!(OfficeHours::new(vec![shift(time(9, 0, 30, 0), time(12, 0, 0, 0))]), Err(BadHours::Stretch { at: 1 }));
}

#[test]
fn the_end_of_time_is_refused() {
    assert_eq!(WorkCalendar::new().add_working_days(Date::MAX, 1), Err(DateOutOfRange));
    assert_eq!(WorkCalendar::new().add_working_days(Date::MIN, -1), Err(DateOutOfRange));
    let last = Date::MAX.at(23, 59, 0, 0);
    assert_eq!(WorkCalendar::new().add_minutes(&office(), last, 1), Err(DateOutOfRange));
    assert_eq!(WorkCalendar::new().add_minutes(&Duty::AroundTheClock, last, 1), Err(DateOutOfRange));
}

fn any_day() -> impl Strategy<Value = Date> {
    (2019_i16..2029, 1_i16..=365).prop_map(|(year, day)| date(year, 1, 1).with().day_of_year(day).build().unwrap())
}

fn any_moment() -> impl Strategy<Value = DateTime> {
    (any_day(), 0_i8..24, 0_i8..60).prop_map(|(day, hour, minute)| day.at(hour, minute, 0, 0))
}

proptest! {
    #[test]
    fn adding_and_counting_undo_each_other(day in any_day(), count in -300_i32..300) {
        let calendar = calendar();
        let there = calendar.add_working_days(day, count).unwrap();
        prop_assert_eq!(calendar.working_days_between(day, there.value).value, count);
        prop_assert!(count == 0 || calendar.is_workday(there.value).value);
        let mut years = day.min(there.value).year()..=day.max(there.value).year();
        prop_assert_eq!(there.is_provisional(), years.any(|y| !(2020..=2026).contains(&y)));
    }

    #[test]
    fn working_days_add_up(a in any_day(), b in any_day(), c in any_day()) {
        let calendar = calendar();
        let mut days = [a, b, c];
        days.sort();
        let between = |x, y| calendar.working_days_between(x, y).value;
        prop_assert_eq!(between(days[0], days[1]) + between(days[1], days[2]), between(days[0], days[2]));
    }

    #[test]
    fn running_minutes_and_measuring_them_undo_each_other(start in any_moment(), minutes in 0_u32..20_000) {
        let calendar = calendar();
        for duty in [office(), Duty::AroundTheClock] {
            let due = calendar.add_minutes(&duty, start, minutes).unwrap().value;
            prop_assert_eq!(calendar.minutes_between(&duty, start, due).value, i64::from(minutes));
            prop_assert_eq!(calendar.minutes_between(&duty, due, start).value, -i64::from(minutes));
        }
    }

    #[test]
    fn suspended_and_running_stretches_add_up(a in any_moment(), b in any_moment(), c in any_moment()) {
        let calendar = calendar();
        let mut moments = [a, b, c];
        moments.sort();
        for duty in [office(), Duty::AroundTheClock] {
            let between = |x, y| calendar.minutes_between(&duty, x, y).value;
            let parts = between(moments[0], moments[1]) + between(moments[1], moments[2]);
            prop_assert_eq!(parts, between(moments[0], moments[2]));
        }
    }

    #[test]
    fn any_file_is_answered(text in "(date,kind,name,notice\n)?([0-9]{4}-[0-9]{2}-[0-9]{2},(off|work),[^,]{0,3},[^,]{0,3}\n|.{0,30}\n){0,5}", year in any::<i16>()) {
        let mut calendar = WorkCalendar::new();
        if calendar.read_year(year, &text).is_err() {
            prop_assert_eq!(calendar, WorkCalendar::new());
        }
    }
}
