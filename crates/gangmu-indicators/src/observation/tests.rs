use super::*;
use gangmu_kernel::refusal::Refusal as _;
use jiff::civil::date;
use proptest::prelude::*;

fn moment(day: i8) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(date(2024, 6, day).at(9, 0, 0, 0)).expect("a moment")
}

fn vintage(source: Source, entry: i64, day: i8, value: &str) -> Vintage {
    let value = value.parse().ok();
    let status = if value.is_some() { Status::Preliminary } else { Status::Missing };
    Vintage { source, entry, recorded_at: moment(day), status, value }
}

fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

#[test]
fn the_weightiest_source_is_shown_and_the_others_are_kept_beside_it() {
    let vintages = [
        vintage(Source::Reported, 1, 1, "41.6"),
        vintage(Source::Department, 2, 5, "41.4"),
        vintage(Source::Statistics, 3, 9, "40.1"),
        vintage(Source::Department, 4, 12, "41.5"),
    ];
    let now = read(&vintages, None).expect("something is known");
    assert_eq!(now.current.entry, 3, "a department's later word does not outweigh statistics");
    assert_eq!(now.disagreeing.iter().map(|one| one.entry).collect::<Vec<_>>(), [4, 1]);
    assert_eq!(now.replaced.iter().map(|one| one.entry).collect::<Vec<_>>(), [2]);
}

#[test]
fn any_day_in_the_past_reads_as_it_read_then() {
    let vintages = [
        vintage(Source::Department, 1, 3, "40.7"),
        vintage(Source::Department, 2, 6, "40.8"),
        vintage(Source::Department, 3, 6, "40.9"),
    ];
    assert_eq!(read(&vintages, Some(moment(2))), None);
    assert_eq!(read(&vintages, Some(moment(3))).map(|r| r.current.entry), Some(1));
    assert_eq!(read(&vintages, Some(moment(6))).map(|r| r.current.entry), Some(3), "of one moment the later entry");
    let now = read(&vintages, None).expect("something is known");
    assert_eq!(now.replaced.iter().map(|one| one.entry).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_source_without_a_value_leaves_the_word_to_the_next_one() {
    let vintages = [vintage(Source::Statistics, 1, 1, "5"), vintage(Source::Statistics, 2, 2, "-")];
    let withdrawn = read(&vintages, None).expect("something is known");
    assert_eq!((withdrawn.current.value, withdrawn.current.status), (None, Status::Missing));
    let with_other = [vintages[0], vintages[1], vintage(Source::Reported, 3, 3, "6")];
    assert_eq!(read(&with_other, None).map(|r| r.current.entry), Some(3));
}

#[test]
fn values_come_in_the_unit_of_the_indicator_or_not_at_all() {
    let definition = Definition { unit: Some("亿元".into()), ..Definition::named("产值") };
    let given = |value: &str, unit: &str| Given {
        period: period("2023"),
        status: Status::Final,
        value: value.parse().ok(),
        unit: Some(unit.to_owned()),
    };
    let today = date(2024, 6, 30);
    let taken = |given: Given| take(&definition, &given, today);
    assert_eq!(taken(given("16821500", "万元")), Ok(Some("1682.15".parse().expect("a number"))));
    assert_eq!(taken(given("1682.150", "")), Ok(Some("1682.15".parse().expect("a number"))));
    let wrong = |given: Given| taken(given).unwrap_err().iter().map(|r| r.code()).collect::<Vec<_>>();
    assert_eq!(wrong(given("12", "公顷")), ["indicators-value-unit"]);
    assert_eq!(wrong(given("12", "乱写")), ["indicators-value-unit"]);
    assert_eq!(wrong(given("", "亿元")), ["indicators-value-none"]);
    assert_eq!(wrong(given("1234567890123456789", "亿元")), ["indicators-value-digits"]);
    assert_eq!(wrong(Given { status: Status::Missing, ..given("1", "亿元") }), ["indicators-value-of-missing"]);
}

#[test]
fn values_are_of_a_period_that_is_over_and_no_finer_than_the_indicator() {
    let yearly = Definition::named("产值");
    let quarterly = Definition { frequency: Frequency::Quarter, ..yearly.clone() };
    let today = date(2024, 6, 30);
    let codes = |definition: &Definition, at: &str, status: Status| {
        let given = Given { period: period(at), status, value: Some(Decimal::ONE), unit: None };
        take(definition, &given, today).err().unwrap_or_default().iter().map(|r| r.code()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&yearly, "2023-Q1", Status::Final), ["indicators-value-period"]);
    assert_eq!(codes(&quarterly, "2024-05", Status::Final), ["indicators-value-period"]);
    for fine in ["2024-Q2", "2023", "2024-H1", "2024-01/2024-06"] {
        assert!(codes(&quarterly, fine, Status::Final).is_empty(), "{fine}");
    }
    assert_eq!(codes(&yearly, "2024", Status::Preliminary), ["indicators-value-future"]);
    assert!(codes(&yearly, "2024", Status::Estimated).is_empty());
    assert_eq!(codes(&quarterly, "2021/2025", Status::Estimated), ["indicators-value-period"]);
    assert_eq!(codes(&quarterly, "2023-02/2023-05", Status::Final), ["indicators-value-period"], "not from January on");
}

#[test]
fn codes_of_periods_come_back() {
    for text in ["2024", "2024-H1", "2024-H2", "2024-Q1", "2024-Q4", "2024-01", "2024-12", "2024-01/2024-02"] {
        let code = period_code(period(text)).expect("a period of reports");
        assert_eq!(period_of(code), Some(period(text)), "{code}");
    }
    assert_eq!(period_code(period("2021/2025")), None);
    for none in [2_024_001, 2_024_013, 2_024_113, 2_024_201, -1] {
        assert_eq!(period_of(none), None, "{none}");
    }
}

#[test]
fn codes_of_words_are_never_given_to_another() {
    let statuses = ["preliminary", "final", "revised", "estimated", "missing", "break"];
    for (code, word) in (0..).zip(statuses) {
        assert_eq!(
            (Status::of_code(code).map(Status::word), Status::read(word).map(Status::code)),
            (Some(word), Some(code))
        );
    }
    for (code, word) in (0..).zip(["statistics", "department", "reported"]) {
        assert_eq!(
            (Source::of_code(code).map(Source::word), Source::read(word).map(Source::code)),
            (Some(word), Some(code))
        );
    }
}

proptest! {
    #[test]
    fn every_decimal_of_eighteen_digits_comes_back_as_it_was(digits in -999_999_999_999_999_999_i64..1_000_000_000_000_000_000, scale in 0_u32..12) {
        let value = Decimal::new(digits, scale);
        let (digits, scale) = pack(value).expect("it has at most eighteen digits");
        prop_assert_eq!(unpack(digits, scale), Some(value));
    }

    #[test]
    fn what_came_later_never_changes_what_was_known_before(
        days in prop::collection::vec((1_i8..28, 0_i64..3, -100_i64..100), 1..20), cut in 1_i8..28,
    ) {
        let all: Vec<Vintage> = days.iter().enumerate().map(|(at, (day, source, value))| Vintage {
            source: Source::of_code(*source).expect("a source"),
            entry: at as i64,
            recorded_at: moment(*day),
            status: Status::Preliminary,
            value: Some(Decimal::from(*value)),
        }).collect();
        let until: Vec<Vintage> = all.iter().copied().filter(|one| one.recorded_at <= moment(cut)).collect();
        prop_assert_eq!(read(&all, Some(moment(cut))), read(&until, None));
    }
}
