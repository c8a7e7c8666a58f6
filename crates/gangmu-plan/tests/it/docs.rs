//! Markdown documents as tests: a text, and what the compiler must find in it (`tests/docs/*.md`).
//!
//! A case is a heading of the second level with a `text` fence and an `expect` fence; a `frame` fence before the first
//! case holds the document that each text is put into. A failure prints what was found in the form of `expect`.

use gangmu_plan::compile::{Names, compile};
use gangmu_plan::compiled::CompiledPlan;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::gold::source;

/// A case of a document.
struct Case {
    name: String,
    text: String,
    expect: String,
}

/// Reads the frame and the cases.
fn cases(document: &str) -> (Option<String>, Vec<Case>) {
    let (mut frame, mut cases) = (None, Vec::<Case>::new());
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), text: String::new(), expect: String::new() });
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let body = body.join("\n");
        match (kind, cases.last_mut()) {
            ("frame", _) => frame = Some(body),
            ("text", Some(case)) => case.text = body,
            ("expect", Some(case)) => case.expect = body,
            (other, _) => panic!("a fence of an unknown kind: {other}"),
        }
    }
    (frame, cases)
}

/// Runs a document.
pub fn run(document: &str, found: impl Fn(&CompiledPlan, &str, u32) -> Vec<String>) {
    let (frame, cases) = cases(document);
    assert!(cases.len() >= 4, "a document has cases");
    let mut failures = Vec::new();
    for case in &cases {
        let text = frame.as_ref().map_or_else(|| case.text.clone(), |f| f.replace("{text}", &case.text));
        let from = text.find(&case.text).map_or(0, |byte| text[..byte].chars().count() as u32);
        let plan = compile(&source(&text), &Names::default());
        let found = found(&plan, &text, from).join("\n");
        if found != case.expect {
            failures.push(format!("## {}\nexpected\n{}\nfound\n{found}\n", case.name, case.expect));
        }
    }
    assert!(failures.is_empty(), "{} of {} cases differ\n{}", failures.len(), cases.len(), failures.join("\n"));
}

pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "-".to_owned(),
    }
}

pub fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}

fn figure(value: Option<Decimal>, low: Option<Decimal>, high: Option<Decimal>) -> String {
    match (value, low, high) {
        (Some(value), ..) => value.to_string(),
        (_, Some(low), Some(high)) => format!("{low}..{high}"),
        _ => "-".to_owned(),
    }
}

fn path_at(plan: &CompiledPlan, at: u32) -> &str {
    plan.clauses.iter().rfind(|c| c.start <= at).map_or("-", |c| c.path.as_str())
}

#[test]
fn outlines_are_read_as_documented() {
    run(include_str!("../docs/outline.md"), |plan, _, _| {
        let line = |h: &gangmu_plan::compiled::Heading| {
            format!("{} | {} | {} | {}", word(&h.level), or_dash(h.number.as_deref()), h.title, path_at(plan, h.start))
        };
        plan.outline.iter().map(line).collect()
    });
}

#[test]
fn quantities_are_read_as_documented() {
    run(include_str!("../docs/quantities.md"), |plan, _, from| {
        let inside = plan.quantities.iter().filter(|q| q.start >= from);
        inside
            .map(|q| {
                let figure = figure(q.value, q.low, q.high);
                let (unit, period, subject) =
                    (or_dash(q.unit.as_deref()), or_dash(q.period.as_deref()), or_dash(q.subject.as_deref()));
                format!(
                    "{} | {figure} | {unit} | {} | {period} | {} | {subject}",
                    q.text,
                    word(&q.comparator),
                    word(&q.role)
                )
            })
            .collect()
    });
}

#[test]
fn targets_are_read_as_documented() {
    run(include_str!("../docs/targets.md"), |plan, _, from| {
        let inside = plan.targets.iter().filter(|t| t.start >= from || plan.targets.len() == 1);
        inside
            .map(|t| {
                let figure = figure(t.value, t.low, t.high);
                let (unit, period, subject) =
                    (or_dash(t.unit.as_deref()), or_dash(t.period.as_deref()), or_dash(t.subject.as_deref()));
                format!(
                    "{} | {figure} | {unit} | {} | {} | {period} | {subject}",
                    t.text,
                    word(&t.comparator),
                    word(&t.direction)
                )
            })
            .collect()
    });
}

#[test]
fn indicators_are_read_as_documented() {
    run(include_str!("../docs/indicators.md"), |plan, _, _| {
        let line = |i: &gangmu_plan::compiled::Indicator| {
            let at = |text: String, period: Option<&str>| period.map_or(text.clone(), |p| format!("{text}@{p}"));
            let target = match figure(i.target.value, i.target.low, i.target.high) {
                dash if dash == "-" => i.target.text.clone().unwrap_or(dash),
                figure => format!("{figure} {}", word(&i.target.comparator)),
            };
            let change = match (i.change.value, &i.change.text) {
                (Some(value), _) => format!("{value} {} ({})", word(&i.change.comparator), word(&i.change.kind)),
                (None, Some(text)) => format!("{text} ({})", word(&i.change.kind)),
                _ => "-".to_owned(),
            };
            format!(
                "{} | {} | {} | {} | {} | {} | {change} | {}",
                i.name,
                or_dash(i.parent.as_deref()),
                or_dash(i.unit.as_deref()),
                or_dash(i.category.as_deref()),
                at(figure(i.baseline.value, None, None), i.baseline.period.as_deref()),
                at(target, i.target.period.as_deref()),
                word(&i.attribute)
            )
        };
        plan.indicators.iter().map(line).collect()
    });
}
