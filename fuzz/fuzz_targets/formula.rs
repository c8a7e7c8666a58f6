//! Any formula is answered: no panic, places within the text, checked steps that hold together, printing that reads back.

#![no_main]

use gangmu_expressions::{
    Names, NoCells, Situation, Value, check, complete,
    syntax::parse,
    types::{Declaration, declared},
    values::read,
    working::explain,
};
use gangmu_kernel::WorkCalendar;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

/// What the formula may read: a name, its type and a value.
const GIVEN: [(&str, &str, &str); 8] = [
    ("a", "number", "3"),
    ("b", "number[亿元]", "1682.15"),
    ("c", "number[万元(2020年不变价)]", "1/3"),
    ("r", "ratio[%]", "6.5"),
    ("p", "百分点", "0.5"),
    ("d", "date", "2024-02-29"),
    ("y", "yesno", "yes"),
    ("k", "choice(blue|red)", "red"),
];

fuzz_target!(|text: &str| {
    let chars = text.chars().count() as u32;
    let parsed = parse(text);
    assert!(parsed.diagnostics.iter().all(|d| d.span.start <= d.span.end && d.span.end <= chars));
    if parsed.diagnostics.is_empty() {
        let printed = parsed.tree.to_string();
        let again = parse(&printed);
        // Brackets may make a text longer and deeper than formulas are; nothing else may change.
        assert!(again.tree == parsed.tree || !again.diagnostics.is_empty(), "{printed}");
    }
    let kind = |word: &str| declared(&Declaration { kind: Some(word.to_owned()), ..Declaration::default() });
    let names: Names =
        GIVEN.iter().map(|(name, word, _)| ((*name).to_owned(), kind(word).expect("a type"))).collect();
    let at = text.len() as u32 % (chars + 1);
    complete(text, at, &names);
    let checked = check(text, &names);
    assert!(checked.diagnostics.iter().all(|d| d.span.start <= d.span.end && d.span.end <= chars));
    let Some(formula) = checked.formula else { return };
    assert!(formula.is_sound());
    let value = |name: &str| GIVEN.iter().find(|(known, ..)| *known == name).expect("declared").2;
    let values: Vec<Value> =
        formula.slots.iter().map(|slot| read(value(&slot.name), &slot.kind).expect("a value")).collect();
    let calendar = WorkCalendar::new();
    let today = Some(date(2026, 3, 2));
    let situation =
        Situation { values: &values, cells: &NoCells, today, calendar: &calendar, period: None, area: None };
    explain(&formula, &situation);
});
