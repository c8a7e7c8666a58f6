//! Formulas and values for tests, in short.

use crate::{
    Code, Names, NoCells, Situation, Value,
    check::{Checked, check},
    evaluate::{Outcome, evaluate},
    types::{Declaration, Type, declared},
    values::{self, WhyCode},
};
use gangmu_kernel::WorkCalendar;
use jiff::civil::date;

/// A type by its word, such as `number[亿元]`.
pub fn kind(word: &str) -> Type {
    declared(&Declaration { kind: Some(word.to_owned()), ..Declaration::default() }).unwrap()
}

/// Names with their types' words.
pub fn names(declared: &[(&str, &str)]) -> Names {
    declared.iter().map(|(name, word)| ((*name).to_owned(), kind(word))).collect()
}

/// A formula checked with names.
pub fn checked(text: &str, declared: &[(&str, &str)]) -> Checked {
    check(text, &names(declared))
}

/// The codes of what is wrong.
pub fn wrong(text: &str, declared: &[(&str, &str)]) -> Vec<Code> {
    checked(text, declared).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// The kind of the result of a good formula.
#[track_caller]
pub fn said(text: &str, declared: &[(&str, &str)]) -> String {
    let checked = checked(text, declared);
    assert_eq!(checked.diagnostics, [], "{text}");
    checked.kind.said()
}

/// A formula evaluated with values: name, type, value; `?` is unknown and `-` is nothing.
#[track_caller]
pub fn outcome(text: &str, given: &[(&str, &str, &str)]) -> Outcome {
    let declared: Vec<(&str, &str)> = given.iter().map(|(name, word, _)| (*name, *word)).collect();
    let checked = checked(text, &declared);
    assert_eq!(checked.diagnostics, [], "{text}");
    let formula = checked.formula.unwrap();
    assert!(formula.is_sound());
    let values: Vec<Value> = formula
        .slots
        .iter()
        .map(|slot| {
            let (name, _, text) = given.iter().find(|(name, ..)| **name == *slot.name).unwrap();
            let why = |code| values::Absence::of(values::Why::new(code, crate::syntax::Span::new(0, 0)).about(name));
            match *text {
                "?" => Value::Unknown(why(WhyCode::NoValue)),
                "-" => Value::None(why(WhyCode::Blank)),
                text => values::read(text, &slot.kind).unwrap(),
            }
        })
        .collect();
    let calendar = WorkCalendar::new();
    let today = Some(date(2026, 3, 2));
    evaluate(
        &formula,
        &Situation { values: &values, cells: &NoCells, today, calendar: &calendar, period: None, area: None },
    )
}

/// The value in short: a number, yes or no, a day, a text; `unknown: overflow`; `none`.
#[track_caller]
pub fn value(text: &str, given: &[(&str, &str, &str)]) -> String {
    shown(&outcome(text, given).value)
}

/// A value in short.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Date(day) => day.to_string(),
        Value::Instant(instant) => instant.to_string(),
        Value::Text(text) => text.to_string(),
        Value::None(_) => "none".to_owned(),
        Value::Unknown(why) => {
            let words: Vec<String> = why
                .reasons()
                .map(|why| {
                    why.code.word().to_owned() + &why.subject.as_ref().map(|s| format!(" {s}")).unwrap_or_default()
                })
                .collect();
            format!("unknown: {}", words.join(", "))
        }
        other => format!("{other:?}"),
    }
}
