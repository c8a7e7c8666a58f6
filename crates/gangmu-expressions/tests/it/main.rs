//! The guide for statisticians is true: every line of its tables is worked out.

#![allow(clippy::unwrap_used, reason = "a test that can't go on says where")]

use gangmu_expressions::{
    Names, NoCells, Situation, Type, Value, check, evaluate,
    syntax::Span,
    values::{Absence, Why, WhyCode, recognize},
};
use gangmu_kernel::WorkCalendar;

const GUIDE: &str = include_str!("../../../../docs/guide/zh-CN/formulas.md");

/// The result of a formula in the words of the guide.
fn result(text: &str, known: &str) -> String {
    let given: Vec<(&str, Type, Value)> = known
        .split('；')
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap();
            let (name, value) = (name.trim(), value.trim());
            if value == "？" {
                let why = Absence::of(Why::new(WhyCode::NoValue, Span::new(0, 0)).about(name));
                return (name, Type::Open, Value::Unknown(why));
            }
            let (kind, value) = recognize(value);
            (name, kind, value)
        })
        .collect();
    let names: Names = given.iter().map(|(name, kind, _)| ((*name).to_owned(), kind.clone())).collect();
    let checked = check(text, &names);
    let Some(formula) = checked.formula else {
        let codes: Vec<&str> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code.word()).collect();
        return format!("改正 {}", codes.join(" "));
    };
    let value = |name: &str| given.iter().find(|(known, ..)| *known == name).unwrap().2.clone();
    let values: Vec<Value> = formula.slots.iter().map(|slot| value(&slot.name)).collect();
    let calendar = WorkCalendar::new();
    let situation =
        Situation { values: &values, cells: &NoCells, today: None, calendar: &calendar, period: None, area: None };
    match evaluate(&formula, &situation).value {
        Value::Number(number) => match formula.kind().unit() {
            Some(unit) => format!("{number} {unit}"),
            None => number.to_string(),
        },
        Value::YesNo(yes) => (if yes { "是" } else { "否" }).to_owned(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Unknown(why) => {
            let codes: Vec<&str> = why.reasons().map(|why| why.code.word()).collect();
            format!("未知 {}", codes.join(" "))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn every_line_of_the_guide_is_worked_out() {
    let rows = GUIDE.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut seen = 0;
    for row in rows {
        let (text, rest) = row.split_once("` |").unwrap();
        let mut cells = rest.trim_end_matches('|').split(" | ").map(str::trim);
        let (known, expected) = match (cells.next(), cells.next()) {
            (Some(known), Some(expected)) => (known.trim_matches('|').trim(), expected),
            (Some(expected), None) => ("", expected.trim_matches('|').trim()),
            _ => panic!("{row}"),
        };
        assert_eq!(result(text, known), expected, "{text} with {known}");
        seen += 1;
    }
    assert!(seen > 20, "{seen} lines were read");
}
