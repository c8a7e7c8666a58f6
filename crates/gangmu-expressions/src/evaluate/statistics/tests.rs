use crate::{
    Cells, Code, Names, Situation, Type, Value, check,
    evaluate::evaluate,
    sample::shown,
    types::{Declaration, declared},
};
use gangmu_kernel::{Period, WorkCalendar};
use std::collections::BTreeMap;

/// Rows of statistics: name, area (or nothing), period, value.
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("gdp", "", "2020", "1000"),
    ("gdp", "", "2021", "1080"),
    ("gdp", "", "2024", "1331"),
    ("gdp", "", "2025", "1464.1"),
    ("people", "", "2024", "100"),
    ("people", "", "2025", "110"),
    ("output", "", "2025-01/2025-02", "20"),
    ("output", "", "2025-03", "12"),
    ("output", "", "2025-04", "15"),
    ("output", "", "2024-04", "12"),
    ("output", "", "2023-01", "7"),
    ("output", "", "2023-02", "6"),
    ("output", "", "2023-03", "8"),
    ("sofar", "", "2025-01/2025-02", "20"),
    ("sofar", "", "2025-01/2025-03", "32"),
    ("sofar", "", "2025-01/2025-04", "47"),
    ("sofar", "", "2024-01/2024-04", "40"),
    ("sofar", "", "2025-01/2025-06", "80"),
    ("trade", "", "2025-Q1", "10"),
    ("trade", "", "2025-Q2", "11"),
    ("trade", "", "2024-Q4", "8"),
    ("gdp", "甲镇", "2025", "600"),
    ("gdp", "乙镇", "2025", "864.1"),
    ("people", "甲镇", "2025", "50"),
    ("zero", "", "2024", "0"),
    ("zero", "", "2025", "3"),
];

struct Rows;

impl Cells for Rows {
    fn cell(&self, name: &str, period: Period, area: Option<&str>) -> Option<Value> {
        let period = period.to_string();
        let row = ROWS.iter().find(|row| row.0 == name && row.1 == area.unwrap_or("") && row.2 == period)?;
        Some(Value::Number(row.3.parse().unwrap()))
    }

    fn parts(&self, area: Option<&str>) -> Vec<String> {
        if area.is_none() { vec!["甲镇".to_owned(), "乙镇".to_owned()] } else { Vec::new() }
    }
}

fn names() -> Names {
    let series = |unit: &str, measure: &str, frequency: &str, additive: Option<bool>| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (unit, measure, frequency) = (some(unit), some(measure), some(frequency));
        declared(&Declaration {
            kind: Some("series".to_owned()),
            unit,
            measure,
            frequency,
            additive,
            ..Declaration::default()
        })
        .unwrap()
    };
    BTreeMap::from([
        ("gdp".to_owned(), series("亿元", "flow", "", None)),
        ("people".to_owned(), series("万人", "stock", "", None)),
        ("output".to_owned(), series("亿元", "flow", "month", None)),
        ("sofar".to_owned(), series("亿元", "cumulative", "month", None)),
        ("trade".to_owned(), series("亿元", "flow", "quarter", None)),
        ("zero".to_owned(), series("", "", "", None)),
        ("rate".to_owned(), series("%", "", "", None)),
        ("density".to_owned(), series("人", "", "", Some(false))),
        ("single".to_owned(), Type::number()),
    ])
}

#[track_caller]
fn at(text: &str, period: &str, area: Option<&str>) -> String {
    let checked = check(text, &names());
    assert_eq!(checked.diagnostics, [], "{text}");
    let calendar = WorkCalendar::new();
    let formula = checked.formula.unwrap();
    let values = vec![Value::Number(crate::Number::ZERO); formula.slots.len()];
    let period = Some(period.parse().unwrap());
    let situation = Situation { values: &values, cells: &Rows, today: None, calendar: &calendar, period, area };
    shown(&evaluate(&formula, &situation).value)
}

fn wrong(text: &str) -> Vec<Code> {
    check(text, &names()).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn growth_looks_back_a_year_or_a_period() {
    assert_eq!(at("yoy(gdp)", "2025", None), "0.1");
    assert_eq!(at("yoy(output)", "2025-04", None), "0.25");
    assert_eq!(at("yoy(sofar)", "2025-04", None), "0.175");
    assert_eq!(at("mom(output)", "2025-04", None), "0.25");
    assert_eq!(at("mom(trade)", "2025-Q1", None), "0.25");
    assert_eq!(at("yoy(gdp / people)", "2025", None), "0");
    assert_eq!(at("yoy(zero)", "2025", None), "unknown: division_by_zero");
    assert_eq!(at("yoy(gdp)", "2021", None), "0.08");
    assert_eq!(at("yoy(gdp)", "2024", None), "unknown: no_row gdp 2023");
}

#[test]
fn the_year_so_far_begins_with_january_and_february_as_one() {
    assert_eq!(at("cumulative(output)", "2025-04", None), "47");
    assert_eq!(at("cumulative(output)", "2025-01/2025-02", None), "20");
    assert_eq!(at("cumulative(output)", "2025-01/2025-03", None), "32");
    // Where the two months were reported apart, they are added.
    assert_eq!(at("cumulative(output)", "2023-03", None), "21");
    assert_eq!(at("cumulative(trade)", "2025-Q2", None), "21");
    assert_eq!(at("cumulative(output)", "2025-05", None), "unknown: no_row output 2025-05");
}

#[test]
fn the_period_comes_back_out_of_the_year_so_far() {
    assert_eq!(at("discrete(sofar)", "2025-04", None), "15");
    assert_eq!(at("discrete(sofar)", "2025-03", None), "12");
    assert_eq!(at("discrete(sofar)", "2025-01/2025-02", None), "20");
    assert_eq!(at("discrete(sofar)", "2025-02", None), "unknown: no_row sofar 2025-01");
    assert_eq!(at("discrete(sofar)", "2025-Q2", None), "48");
    assert_eq!(at("discrete(sofar)", "2025-H1", None), "80");
    assert_eq!(at("discrete(cumulative(output)) - output", "2025-04", None), "0");
}

#[test]
fn average_growth_and_index_name_their_years() {
    assert_eq!(at("average_growth(gdp, 2020, 2024)", "2025", None), "0.074099498644");
    assert_eq!(at("average_growth(gdp, 2024, 2025)", "2025", None), "0.1");
    assert_eq!(at("index(gdp, 2020)", "2025", None), "146.41");
    assert_eq!(at("at(gdp, 2021) / at(gdp, 2020) - 1", "2025", None), "0.08");
}

#[test]
fn lag_and_moving_windows_step_by_periods() {
    assert_eq!(at("shift(gdp, 1 年)", "2025", None), "1331");
    assert_eq!(at("shift(gdp, 1)", "2025", None), "1331");
    assert_eq!(at("shift(output, 12 月)", "2025-04", None), "12");
    assert_eq!(at("shift(sofar, 1 年)", "2025-01/2025-04", None), "40");
    assert_eq!(at("moving(gdp, 2)", "2025", None), "1397.55");
    assert_eq!(at("moving_sum(trade, 3)", "2025-Q2", None), "29");
    assert_eq!(at("moving(gdp, 3)", "2025", None), "unknown: no_row gdp 2023");
}

#[test]
fn areas_add_up_only_when_all_are_there() {
    assert_eq!(at("over_areas(gdp)", "2025", None), "1464.1");
    assert_eq!(at("over_areas(gdp) = gdp", "2025", None), "yes");
    assert_eq!(at("gdp / over_areas(gdp)", "2025", None), "1");
    assert_eq!(at("over_areas(people)", "2025", None), "unknown: no_row people 2025 乙镇");
    assert_eq!(at("over_areas(gdp)", "2025", Some("甲镇")), "unknown: no_area 甲镇");
}

#[test]
fn what_the_semantics_forbid_is_refused() {
    for (text, code) in [
        ("cumulative(people)", Code::NotAdditiveInTime),
        ("cumulative(sofar)", Code::MixedPeriodKinds),
        ("discrete(output)", Code::MixedPeriodKinds),
        ("mom(sofar)", Code::MixedPeriodKinds),
        ("sofar + output", Code::MixedPeriodKinds),
        ("output + trade", Code::MixedFrequencies),
        ("over_areas(rate)", Code::NotAdditiveOverAreas),
        ("over_areas(gdp / people)", Code::NotAdditiveOverAreas),
        ("over_areas(density)", Code::NotAdditiveOverAreas),
        ("cumulative(rate)", Code::SumOfRates),
        ("moving(rate, 3)", Code::MeanOfRates),
        ("yoy(single)", Code::NotASeries),
        ("yoy(rate)", Code::WrongType),
        ("moving(gdp, 1000)", Code::ConstantWanted),
        ("over_areas(over_areas(over_areas(gdp)))", Code::TooCostly),
    ] {
        assert_eq!(wrong(text), [code], "{text}");
    }
}
