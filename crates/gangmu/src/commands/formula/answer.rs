//! The answer to a line (逐行回答).

use super::{given, table::Table};
use crate::{
    commands::lines::{Answer, Broken},
    console::Console,
};
use gangmu_expressions::{
    Checked, Diagnostic, Formula, Names, Situation, Type, Value, check,
    ir::Op,
    syntax::{Span, TokenKind, tokens},
    types::{Declaration, TimeUnit, declared},
    values::{Absence, Stretch, Why, WhyCode},
    words::outline,
    working::{Line, explain},
};
use gangmu_kernel::{Period, WorkCalendar};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// What a line asks about.
struct Asked<'a> {
    id: Json,
    text: &'a str,
    declarations: BTreeMap<String, Declaration>,
}

impl<'a> Asked<'a> {
    fn read(line: &'a Map<String, Json>) -> Result<Self, Broken> {
        let id = line.get("id").cloned().unwrap_or(Json::Null);
        let Some(Json::String(text)) = line.get("text") else {
            return Err(Broken::line(id, "formula-line-no-text", &[]));
        };
        let declarations = match line.get("names") {
            None | Some(Json::Null) => BTreeMap::new(),
            Some(Json::Object(names)) => {
                let read = names.iter().map(|(name, said)| {
                    given::declaration(said).map(|declaration| (name.trim().to_owned(), declaration)).map_err(
                        |problem| {
                            let fields = [("key", format!("names.{name}")), ("problem", problem)];
                            Broken::line(id.clone(), "formula-line-bad-names", &fields)
                        },
                    )
                });
                read.collect::<Result<_, _>>()?
            }
            Some(_) => {
                let fields = [("key", "names".to_owned()), ("problem", "not an object".to_owned())];
                return Err(Broken::line(id, "formula-line-bad-names", &fields));
            }
        };
        Ok(Self { id, text, declarations })
    }

    /// The types of the declared names; what can't be understood is said where the name is used.
    fn names(&self) -> (Names, Vec<Diagnostic>) {
        let (mut names, mut wrong) = (Names::new(), Vec::new());
        for (name, declaration) in &self.declarations {
            match declared(declaration) {
                Ok(kind) => {
                    names.insert(name.clone(), kind);
                }
                Err((code, word)) => {
                    names.insert(name.clone(), Type::Open);
                    if let Some(place) = place_of(name, self.text) {
                        wrong.push(Diagnostic::new(code, place).with("text", &word).with("unit", &word));
                    }
                }
            }
        }
        (names, wrong)
    }
}

/// Where the name stands first.
fn place_of(name: &str, text: &str) -> Option<Span> {
    let first = name.split('.').next().unwrap_or(name);
    let named = |kind: &TokenKind| matches!(kind, TokenKind::Word(word) | TokenKind::Quoted(word) if word == first);
    tokens(text).iter().find(|token| named(&token.kind)).map(|token| token.span)
}

/// `{"id","ok","type","unit","diagnostics"}`.
pub fn checked(line: &Map<String, Json>, console: &Console) -> Answer {
    let asked = Asked::read(line)?;
    let (names, mut diagnostics) = asked.names();
    let Checked { formula, kind, diagnostics: found } = check(asked.text, &names);
    diagnostics.extend(found);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let ok = diagnostics.is_empty();
    let reads: Option<Vec<&str>> = formula.as_ref().map(|f| f.slots.iter().map(|slot| &*slot.name).collect());
    Ok(json!({
        "id": asked.id,
        "ok": ok,
        "type": (kind != Type::Open).then(|| kind.word()),
        "unit": kind.unit(),
        "diagnostics": diagnostics.iter().map(|diagnostic| said(diagnostic, console)).collect::<Vec<_>>(),
        "sentence": outline(asked.text).map(|phrase| phrase.spoken(&|key, fields| console.say(key, fields))),
        "reads": reads,
        "cost": formula.as_ref().map(|formula| formula.cost),
    }))
}

/// `{"id","value","unit","unknown","working"}`.
pub fn evaluated(line: &Map<String, Json>, console: &Console) -> Answer {
    let asked = Asked::read(line)?;
    let empty = Map::new();
    let values = match line.get("values") {
        None | Some(Json::Null) => &empty,
        Some(Json::Object(values)) => values,
        Some(_) => {
            let fields = [("key", "values".to_owned()), ("problem", "not an object".to_owned())];
            return Err(Broken::line(asked.id, "formula-line-bad-names", &fields));
        }
    };
    let (mut names, mut diagnostics) = asked.names();
    for (name, value) in values {
        if !matches!(names.get(name.trim()), Some(kind) if *kind != Type::Open) {
            names.insert(name.trim().to_owned(), given::kind_of(value));
        }
    }
    let mut checked = check(asked.text, &names);
    // A name without a value is unknown, not a mistake.
    let without: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == gangmu_expressions::Code::UnknownName)
        .filter_map(|diagnostic| diagnostic.fields.get("name").cloned())
        .collect();
    if !without.is_empty() {
        names.extend(without.into_iter().map(|name| (name, Type::Open)));
        checked = check(asked.text, &names);
    }
    diagnostics.extend(checked.diagnostics);
    match checked.formula {
        Some(formula) if diagnostics.is_empty() => Ok(worked_out(&formula, asked.id, line, values, console)),
        _ => {
            let said: Vec<Json> = diagnostics.iter().map(|diagnostic| said(diagnostic, console)).collect();
            Ok(json!({ "id": asked.id, "value": null, "unit": null, "unknown": said, "working": [] }))
        }
    }
}

fn worked_out(
    formula: &Formula,
    id: Json,
    line: &Map<String, Json>,
    given: &Map<String, Json>,
    console: &Console,
) -> Json {
    let text = |key: &str| line.get(key).or_else(|| given.get(key)).and_then(Json::as_str);
    let table = Table::of(formula, given, line);
    let values: Vec<Value> = formula
        .slots
        .iter()
        .map(|slot| match given.iter().find(|(name, _)| name.trim() == &*slot.name) {
            Some((_, value)) => given::value_of(value, &slot.kind, &slot.name),
            None => given::missing(WhyCode::NoValue, &slot.name),
        })
        .collect();
    let calendar = calendar(line);
    let situation = Situation {
        values: &values,
        cells: &table,
        today: text("today").and_then(|day| day.parse::<Date>().ok()),
        calendar: &calendar,
        period: text("period").and_then(|period| gangmu_kernel::period::read(period, None)).or(table.only_period()),
        area: text("area"),
    };
    let (outcome, working) = explain(formula, &situation);
    let written: Vec<char> = formula.text.chars().collect();
    let (value, fraction) = shown(&outcome.value);
    let mut answer = json!({
        "id": id,
        "value": value,
        "unit": unit(&outcome.value, formula.kind()),
        "unknown": reasons(&outcome.value, console),
        "working": working.lines.iter().map(|line| step(line, formula, &written, console)).collect::<Vec<_>>(),
        "type": (*formula.kind() != Type::Open).then(|| formula.kind().word()),
    });
    if let Some(fraction) = fraction {
        answer["fraction"] = fraction.into();
    }
    if let Value::None(why) = &outcome.value {
        answer["none"] = told(why, console);
    }
    if !outcome.unannounced.is_empty() {
        answer["provisional"] = json!(outcome.unannounced);
    }
    if working.left_out > 0 {
        answer["working_left_out"] = working.left_out.into();
    }
    answer
}

/// `"calendar":{"2026":"date,kind,name,notice\n…"}`: what a year's notice decides.
fn calendar(line: &Map<String, Json>) -> WorkCalendar {
    let mut calendar = WorkCalendar::new();
    for (year, text) in line.get("calendar").and_then(Json::as_object).into_iter().flatten() {
        if let (Ok(year), Some(text)) = (year.parse(), text.as_str()) {
            // A year that can't be read stays unannounced, and what crosses it provisional.
            let _unread = calendar.read_year(year, text);
        }
    }
    calendar
}

/// A diagnostic as the contract has it, in words.
fn said(diagnostic: &Diagnostic, console: &Console) -> Json {
    let key = format!("formula-{}", diagnostic.code.word().replace('_', "-"));
    let fields: Vec<(&str, String)> =
        diagnostic.fields.iter().map(|(name, value)| (*name, spoken(name, value, console))).collect();
    json!({
        "code": diagnostic.code.word(),
        "start": diagnostic.span.start,
        "end": diagnostic.span.end,
        "message": console.say(&key, &fields),
        "remedy": console.say(&format!("{key}-remedy"), &fields),
    })
}

/// A fact of a sentence: words for types and bases are said in the user's language.
fn spoken(field: &str, value: &str, console: &Console) -> String {
    if field == "nearest" && value.is_empty() {
        return "none".to_owned();
    }
    if !matches!(field, "left" | "right" | "wanted" | "found") {
        return value.to_owned();
    }
    let (word, rest) = match value.find(['[', '(']) {
        Some(at) => value.split_at(at),
        None => (value, ""),
    };
    let (word, year) = word.strip_prefix("constant-").map_or((word, ""), |year| ("constant", year));
    let word = if word == "百分点" { "points" } else { word };
    let unit = rest.trim_matches(['[', ']', '(', ')']);
    let named = console.say(&format!("formula-word-{word}"), &[]);
    match (unit.is_empty(), year.is_empty()) {
        (false, _) => format!("{named}[{unit}]"),
        (_, false) => format!("{year} {named}"),
        _ => named,
    }
}

fn reasons(value: &Value, console: &Console) -> Json {
    match value {
        Value::Unknown(why) => told(why, console),
        _ => json!([]),
    }
}

fn told(why: &Absence, console: &Console) -> Json {
    why.reasons().map(|why| reason(why, console)).collect()
}

fn reason(why: &Why, console: &Console) -> Json {
    let subject = why.subject.as_deref().unwrap_or_default();
    let key = format!("formula-why-{}", why.code.word().replace('_', "-"));
    json!({
        "code": why.code.word(),
        "name": why.subject.as_deref(),
        "start": why.span.start,
        "end": why.span.end,
        "message": console.say(&key, &[("subject", subject.to_owned())]),
    })
}

/// A line of the working.
fn step(line: &Line, formula: &Formula, written: &[char], console: &Console) -> Json {
    let of = |span: Span| -> String {
        written[span.start as usize..(span.end as usize).min(written.len())].iter().collect()
    };
    let operands: Vec<Json> = line
        .operands
        .iter()
        .map(|(at, value)| {
            let step = formula.step(*at);
            json!({ "text": of(step.span), "value": shown(value).0, "unit": unit(value, &step.kind) })
        })
        .collect();
    let kind = &formula.step(line.at).kind;
    let (value, fraction) = shown(&line.value);
    let mut step = json!({
        "start": line.span.start,
        "end": line.span.end,
        "text": of(line.span),
        "operation": line.operation,
        "operands": operands,
        "value": value,
        "unit": unit(&line.value, kind),
    });
    if let Op::Convert { by, .. } = &formula.step(line.at).op {
        step["factor"] = by.to_string().into();
    }
    if let Some(fraction) = fraction {
        step["fraction"] = fraction.into();
    }
    if !line.value.is_known() {
        step["unknown"] = reasons(&line.value, console);
    }
    if let Some(period) = line.period {
        step["period"] = period.to_string().into();
    }
    if let Some(area) = &line.area {
        step["area"] = area.as_str().into();
    }
    step
}

/// A value as JSON, and the fraction of a number that has no end.
fn shown(value: &Value) -> (Json, Option<String>) {
    let plain = match value {
        Value::Number(number) => return (number.to_decimal_text().into(), number.to_fraction_text()),
        Value::YesNo(yes) => (*yes).into(),
        Value::Date(day) => day.to_string().into(),
        Value::Instant(instant) => instant.to_string().into(),
        Value::Period(period) => Period::to_string(period).into(),
        Value::Text(text) => Json::from(&**text),
        Value::Span(Stretch::Anchored { from, to }) => (*to - *from).get_days().to_string().into(),
        Value::Span(Stretch::Free { count, .. }) => return (count.to_decimal_text().into(), count.to_fraction_text()),
        Value::List(items) | Value::Record(items) => items.iter().map(|item| shown(item).0).collect(),
        Value::None(_) | Value::Unknown(_) => Json::Null,
    };
    (plain, None)
}

/// The unit of a value: that of its type, or what a stretch of time counts.
fn unit(value: &Value, kind: &Type) -> Option<String> {
    match value {
        Value::Span(Stretch::Anchored { .. } | Stretch::Free { unit: TimeUnit::Days, .. }) => Some("日".to_owned()),
        Value::Span(Stretch::Free { unit: TimeUnit::Workdays, .. }) => Some("工作日".to_owned()),
        Value::Span(Stretch::Free { unit: TimeUnit::Months, .. }) => Some("月".to_owned()),
        Value::Span(Stretch::Free { unit: TimeUnit::Seconds, .. }) => Some("秒".to_owned()),
        _ => kind.unit(),
    }
}
