//! The calendars in `packs/calendars` against an independent list of workdays, day by day.

use gangmu_kernel::calendar::{DayKind, WorkCalendar};
use jiff::civil::date;
use std::path::Path;

/// The calendars of those years; `None` where the folder is not there, because packs may be taken away.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may open its data and say that it skips")]
fn calendars() -> Option<WorkCalendar> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/calendars");
    if !folder.is_dir() {
        println!("skipped: there is no folder packs/calendars");
        return None;
    }
    let mut calendar = WorkCalendar::new();
    for year in 2020..=2026 {
        let text = std::fs::read_to_string(folder.join(format!("{year}.csv"))).expect("a file for each year");
        calendar.read_year(year, &text).expect("a sound file");
    }
    Some(calendar)
}

#[test]
fn no_day_of_2020_to_2026_differs_from_the_independent_source() {
    let Some(calendar) = calendars() else { return };
    let source = include_str!("data/workdays-2020-2026.txt");
    let mut compared = 0;
    let mut different = Vec::new();
    for line in source.lines().filter(|l| !l.starts_with('#')) {
        let (year, digits) = line.split_once(' ').expect("a year and its days");
        let mut day = date(year.parse().expect("a year"), 1, 1);
        for digit in digits.chars() {
            let answer = calendar.is_workday(day);
            assert!(!answer.is_provisional());
            if answer.value != (digit == '1') {
                different.push(day);
            }
            compared += 1;
            day = day.tomorrow().expect("a day");
        }
        assert_eq!(day.day_of_year(), 1, "the line has all days of its year");
    }
    assert_eq!((compared, different), (2557, vec![]));
}

#[test]
fn each_decided_day_names_its_notice() {
    let Some(calendar) = calendars() else { return };
    let mut notices = std::collections::BTreeMap::<String, usize>::new();
    for year in 2020..=2026 {
        for day in date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|d| d.year() == year) {
            if let DayKind::Holiday { notice, .. } | DayKind::MakeUp { notice, .. } = calendar.kind_of(day) {
                *notices.entry(notice.to_owned()).or_default() += 1;
            }
        }
    }
    let expected = [
        ("国办发明电〔2019〕16号", 34),
        ("国办发明电〔2020〕1号", 3),
        ("国办发明电〔2020〕27号", 38),
        ("国办发明电〔2021〕11号", 38),
        ("国办发明电〔2022〕16号", 34),
        ("国办发明电〔2023〕7号", 36),
        ("国办发明电〔2024〕12号", 33),
        ("国办发明电〔2025〕7号", 39),
    ];
    assert_eq!(notices, expected.map(|(notice, days)| (notice.to_owned(), days)).into());
}
