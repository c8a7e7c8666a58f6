use super::*;
use crate::numerals;
use jiff::civil::date;
use proptest::prelude::*;

fn p(text: &str) -> Period {
    text.parse().unwrap()
}

#[test]
fn canonical_text_reads_and_writes_back() {
    for (text, first, last, grain) in [
        ("2021/2025", "2021-01-01", "2025-12-31", Grain::Years),
        ("2025", "2025-01-01", "2025-12-31", Grain::Year),
        ("2025-H1", "2025-01-01", "2025-06-30", Grain::Half),
        ("2025-H2", "2025-07-01", "2025-12-31", Grain::Half),
        ("2025-Q1", "2025-01-01", "2025-03-31", Grain::Quarter),
        ("2024-02", "2024-02-01", "2024-02-29", Grain::Month),
        ("2025-01/2025-03", "2025-01-01", "2025-03-31", Grain::Months),
        ("2025-03/2025-05", "2025-03-01", "2025-05-31", Grain::Months),
        ("2025-02-T3", "2025-02-21", "2025-02-28", Grain::Tenday),
        ("2025-W01", "2024-12-30", "2025-01-05", Grain::Week),
        ("2025-03-15", "2025-03-15", "2025-03-15", Grain::Day),
    ] {
        let period = p(text);
        assert_eq!(period.to_string(), text);
        assert_eq!(period.first_day().to_string(), first, "{text}");
        assert_eq!(period.last_day().to_string(), last, "{text}");
        assert_eq!(period.grain(), grain, "{text}");
    }
}

#[test]
fn what_is_no_canonical_period_is_refused() {
    for text in [
        "",
        "25",
        "2025-3",
        "2025-13",
        "2025-H3",
        "2025-Q0",
        "2025-W54",
        "2025-02-30",
        "2025-02-T4",
        "2025/2021",
        "2025/2025",
        "2025-03/2025-01",
        "2025-03/2026-05",
        "2025-03/2025-03",
        "2025-1/2025-3",
        "+025",
        "２０２５",
        "2025年",
        "0000",
        "202500",
        "é025-03",
    ] {
        assert_eq!(text.parse::<Period>(), Err(BadPeriod(text.to_owned())), "{text}");
    }
}

#[test]
fn chinese_writing_is_read() {
    for (text, canonical) in [
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024年全年", "2024"),
        ("二〇三五年", "2035"),
        ("2024年1—6月", "2024-01/2024-06"),
        ("2024 年 1—6 月", "2024-01/2024-06"),
        ("2024年1-6月份", "2024-01/2024-06"),
        ("2024年1月至6月", "2024-01/2024-06"),
        ("2024年一至六月", "2024-01/2024-06"),
        ("2024年3～5月", "2024-03/2024-05"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2024年前11个月", "2024-01/2024-11"),
        ("2024年上半年", "2024-H1"),
        ("2024年下半年", "2024-H2"),
        ("2024年第三季度", "2024-Q3"),
        ("2024年1季度", "2024-Q1"),
        ("2024年6月", "2024-06"),
        ("2024年6月底", "2024-06"),
        ("2024年3月上旬", "2024-03-T1"),
        ("2024年3月下旬", "2024-03-T3"),
        ("2024年第7周", "2024-W07"),
        ("2024年7月10日", "2024-07-10"),
        ("二〇二四年七月十日", "2024-07-10"),
        ("“十四五”时期", "2021/2025"),
        ("十四五", "2021/2025"),
        ("“十五五”规划", "2026/2030"),
        ("“十五”时期", "2001/2005"),
        ("“十三五”期间", "2016/2020"),
        ("“十四五”期末", "2025"),
        ("第十四个五年规划", "2021/2025"),
        ("第一个五年计划", "1953/1957"),
        ("“二五”计划", "1958/1962"),
        ("“五五”时期", "1976/1980"),
        ("“二十五五”时期", "2076/2080"),
        ("2021—2025年", "2021/2025"),
        ("2021年至2025年", "2021/2025"),
        ("2021-2035年", "2021/2035"),
        ("２０２４年", "2024"),
        ("2024-Q2", "2024-Q2"),
        ("2025年底", "2025"),
    ] {
        assert_eq!(read(text, None), Some(p(canonical)), "{text}");
    }
}

#[test]
fn periods_without_a_year_take_the_year_of_the_text() {
    for (text, canonical) in [
        ("三季度", "2024-Q3"),
        ("上半年", "2024-H1"),
        ("1—2月", "2024-01/2024-02"),
        ("6月", "2024-06"),
        ("全年", "2024"),
        ("前三季度", "2024-01/2024-09"),
    ] {
        assert_eq!(read(text, Some(2024)), Some(p(canonical)), "{text}");
        assert_eq!(read(text, None), None, "{text}");
    }
    assert_eq!(read("", Some(2024)), None);
}

#[test]
fn what_is_no_period_is_not_guessed() {
    for text in [
        "今年",
        "底",
        "度",
        "2024年春",
        "2024年13月",
        "2024年2月30日",
        "五五",
        "五年",
        "十五",
        "近期",
        "24年",
        "2024年五季度",
        "2025—2021年",
        "2024年6—3月",
        "十四五规划纲要",
        "一五",
    ] {
        assert_eq!(read(text, Some(2024)), None, "{text}");
    }
}

#[test]
fn every_plan_number_is_named_and_read_back() {
    for number in 1..=99 {
        let plan = Period::plan(number).unwrap();
        assert_eq!(plan.plan_number(), Some(number));
        let label = plan.label(Language::Chinese);
        let (name, years) = label.split_once('（').unwrap();
        assert_eq!(read(name, None), Some(plan), "{name}");
        assert_eq!(read(years.trim_end_matches('）'), None), Some(plan), "{years}");
        assert_eq!(
            read(&format!("第{}个五年规划", numerals::to_chinese(number.unsigned_abs().into()).unwrap()), None),
            Some(plan)
        );
    }
    assert_eq!((Period::plan(0), Period::plan(100)), (None, None));
    assert_eq!((p("1963/1967").plan_number(), p("1961/1965").plan_number()), (None, None));
}

#[test]
fn labels_follow_the_language() {
    for (text, chinese, english) in [
        ("2021/2025", "“十四五”时期（2021—2025 年）", "14th Five-Year Plan (2021–2025)"),
        ("2026/2030", "“十五五”时期（2026—2030 年）", "15th Five-Year Plan (2026–2030)"),
        ("1953/1957", "“一五”时期（1953—1957 年）", "1st Five-Year Plan (1953–1957)"),
        ("1976/1980", "“五五”时期（1976—1980 年）", "5th Five-Year Plan (1976–1980)"),
        ("2021/2035", "2021—2035 年", "2021–2035"),
        ("2025", "2025 年", "2025"),
        ("2025-H1", "2025 年上半年", "2025 H1"),
        ("2024-Q2", "2024 Q2", "2024 Q2"),
        ("2024-03", "2024 年 3 月", "March 2024"),
        ("2024-01/2024-06", "2024 年 1—6 月", "January–June 2024"),
        ("2024-03-T1", "2024 年 3 月上旬", "1–10 March 2024"),
        ("2024-W07", "2024 年第 7 周", "week 7 of 2024"),
        ("2024-07-10", "2024 年 7 月 10 日", "10 July 2024"),
    ] {
        assert_eq!(p(text).label(Language::Chinese), chinese);
        assert_eq!(p(text).label(Language::English), english);
    }
}

#[test]
fn neighbours_follow_each_other() {
    for (text, next) in [
        ("2021/2025", Some("2026/2030")),
        ("2025", Some("2026")),
        ("2025-H2", Some("2026-H1")),
        ("2025-Q4", Some("2026-Q1")),
        ("2025-12", Some("2026-01")),
        ("2025-01/2025-03", Some("2025-01/2025-04")),
        ("2025-01/2025-12", Some("2026-01")),
        ("2025-03/2025-05", Some("2025-06/2025-08")),
        ("2025-11/2025-12", None),
        ("2024-02-T3", Some("2024-03-T1")),
        ("2020-W53", Some("2021-W01")),
        ("2024-02-28", Some("2024-02-29")),
    ] {
        assert_eq!(p(text).next(), next.map(p), "{text}");
    }
    assert_eq!(p("2025-Q1").previous(), Some(p("2024-Q4")));
    assert_eq!(p("2025-01/2025-02").previous(), Some(p("2025-01")));
    assert_eq!(p("2025-01/2025-06").year_before(), Some(p("2024-01/2024-06")));
    assert_eq!(p("2024-02-29").year_before(), None);
}

#[test]
fn periods_split_into_finer_ones() {
    let split = |text: &str, grain| p(text).split(grain).map(|p| p.to_string()).collect::<Vec<_>>();
    assert_eq!(split("2021/2025", Grain::Year), ["2021", "2022", "2023", "2024", "2025"]);
    assert_eq!(split("2025-H2", Grain::Quarter), ["2025-Q3", "2025-Q4"]);
    assert_eq!(split("2025-Q1", Grain::Month), ["2025-01", "2025-02", "2025-03"]);
    assert_eq!(split("2025-02", Grain::Tenday), ["2025-02-T1", "2025-02-T2", "2025-02-T3"]);
    assert_eq!(split("2025-02", Grain::Week), ["2025-W06", "2025-W07", "2025-W08", "2025-W09"]);
    assert_eq!(p("2024").split(Grain::Day).count(), 366);
    let reporting: Vec<String> = Period::reporting_months(2024).map(|p| p.to_string()).collect();
    assert_eq!((reporting.len(), reporting[0].as_str(), reporting[1].as_str()), (11, "2024-01/2024-02", "2024-03"));
}

#[test]
fn containment_is_by_days() {
    assert!(p("2021/2025").contains(p("2025-W50")));
    assert!(!p("2025").contains(p("2025-W01")));
    assert!(p("2025").overlaps(p("2025-W01")));
    assert!(p("2025-01/2025-06").contains(p("2025-H1")) && p("2025-H1").contains(p("2025-01/2025-06")));
    assert!(
        p("2025-01/2025-06").is_cumulative() && !p("2025-02/2025-06").is_cumulative() && !p("2025-06").is_cumulative()
    );
    assert_eq!(
        (p("2021/2025").plan_number(), p("2022/2026").plan_number(), Period::plan(15)),
        (Some(14), None, Some(p("2026/2030")))
    );
    assert!(p("2024-02").has_day(date(2024, 2, 29)));
}

#[test]
fn a_period_is_its_text_in_json() {
    assert_eq!(serde_json::to_string(&p("2025-Q1")).unwrap(), "\"2025-Q1\"");
    assert!(serde_json::from_str::<Period>("\"2025-Q5\"").is_err());
}

fn any_period() -> impl Strategy<Value = Period> {
    let grains = prop::sample::select(vec![
        Grain::Year,
        Grain::Half,
        Grain::Quarter,
        Grain::Month,
        Grain::Tenday,
        Grain::Week,
        Grain::Day,
    ]);
    let around = (1900_i16..2100, 1_i16..=365, grains).prop_map(|(year, day, grain)| {
        let day = date(year, 1, 1).with().day_of_year(day).build().unwrap();
        Period::around(day, grain).unwrap()
    });
    let months = (1900_i16..2100, 1_i8..12, 1_i8..12)
        .prop_map(|(year, from, length)| Period::months(year, from, (from + length).min(12)).unwrap());
    let years = (1900_i16..2100, 1_i16..20).prop_map(|(from, length)| Period::years(from, from + length).unwrap());
    prop_oneof![4 => around, 1 => months, 1 => years]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(period in any_period()) {
        prop_assert_eq!(period.to_string().parse(), Ok(period));
        prop_assert!(period.first_day() <= period.last_day());
    }

    #[test]
    fn chinese_labels_read_back(period in any_period()) {
        let label = period.label(Language::Chinese).replace(" Q", "年") + if period.grain() == Grain::Quarter { "季度" } else { "" };
        let label = label.split('（').next().unwrap().to_owned();
        prop_assert_eq!(read(&label, None), Some(period), "{}", label);
    }

    #[test]
    fn next_and_previous_undo_each_other(period in any_period()) {
        if let Some(next) = period.next().filter(|_| period.grain() != Grain::Months) {
            prop_assert_eq!(next.previous(), Some(period));
            prop_assert_eq!(next.first_day(), period.last_day().tomorrow().unwrap());
        }
    }

    #[test]
    fn splitting_covers_every_day_once(period in any_period()) {
        for grain in [Grain::Month, Grain::Tenday, Grain::Day] {
            if period.grain() < grain && period.grain() != Grain::Week {
                let parts: Vec<Period> = period.split(grain).collect();
                prop_assert_eq!(parts[0].first_day(), period.first_day());
                prop_assert_eq!(parts[parts.len() - 1].last_day(), period.last_day());
                for pair in parts.windows(2) {
                    prop_assert_eq!(pair[0].last_day().tomorrow().unwrap(), pair[1].first_day());
                }
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in ".{0,24}", year in prop::option::of(any::<i16>())) {
        let _ = (text.parse::<Period>(), read(&text, year));
    }

    #[test]
    fn any_words_of_time_are_answered(text in "[0-9一二三四五十〇年月日季度上下半旬前第周至—-]{0,14}", year in prop::option::of(any::<i16>())) {
        let _ = (text.parse::<Period>(), read(&text, year));
    }

    #[test]
    fn any_numbers_are_answered(a in any::<i16>(), b in any::<i16>(), c in any::<i8>(), d in any::<i8>()) {
        let made = [Period::years(a, b), Period::plan(a), Period::year(a), Period::half(a, c), Period::quarter(a, c), Period::month(a, c),
            Period::months(a, c, d), Period::cumulative(a, c), Period::tenday(a, c, d), Period::week(a, c)];
        for period in made.into_iter().flatten() {
            let _ = (period.first_day(), period.last_day(), period.next(), period.previous(), period.year_before());
        }
    }
}
