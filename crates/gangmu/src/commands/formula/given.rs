//! Declarations and values as they come in JSON (读取声明与值).

use gangmu_expressions::{
    Type, Value,
    syntax::Span,
    types::{Declaration, Measure, Nature},
    values::{Absence, BadValue, Why, WhyCode, read, recognize},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A declaration: an object, or the type's word alone.
pub fn declaration(said: &Json) -> Result<Declaration, String> {
    match said {
        Json::String(word) => Ok(Declaration { kind: Some(word.clone()), ..Declaration::default() }),
        Json::Null => Ok(Declaration::default()),
        Json::Object(fields) => {
            // A base year may come as a number.
            let worded = |value: &Json| match value {
                Json::Number(year) => Json::from(year.to_string()),
                other => other.clone(),
            };
            let said = |(key, value): (&String, &Json)| {
                let worded = if key == "max" || key == "bound" { value.clone() } else { worded(value) };
                (key.clone(), worded)
            };
            Declaration::deserialize(Json::Object(fields.iter().map(said).collect())).map_err(|error| error.to_string())
        }
        _ => Err("neither an object nor a type".to_owned()),
    }
}

/// Absent, for that reason.
pub fn missing(code: WhyCode, name: &str) -> Value {
    Value::Unknown(Absence::of(Why::new(code, Span::new(0, 0)).about(name)))
}

/// What a value without a declaration is.
pub fn kind_of(value: &Json) -> Type {
    match value {
        Json::Null => Type::Open,
        Json::Bool(_) => Type::YesNo,
        Json::Number(_) => Type::Number(Measure::open()),
        Json::String(text) => recognize(text).0,
        Json::Array(items) => {
            let of = items.iter().map(kind_of).reduce(joined).unwrap_or(Type::Open);
            Type::List(Box::new(of), u32::try_from(items.len()).ok())
        }
        Json::Object(fields) => match special(fields) {
            Some(Special::Quantity(text)) => recognize(&text).0,
            Some(Special::Series(cells)) => {
                let unit = fields.get("unit").and_then(Json::as_str);
                let of = first_cell(cells).map_or(Type::Open, |cell| match unit {
                    Some(unit) => recognize(&format!("0 {unit}")).0,
                    None => kind_of(cell),
                });
                Type::Series(Box::new(of), Default::default())
            }
            Some(Special::None | Special::Unknown) => Type::Open,
            None => Type::Record(fields.iter().map(|(name, field)| (name.clone(), kind_of(field))).collect()),
        },
    }
}

/// The kind of two that stand in one list.
fn joined(a: Type, b: Type) -> Type {
    match (a, b) {
        (Type::Open, kind) | (kind, Type::Open) => kind,
        (Type::Number(a), Type::Number(b)) => Type::Number(if a.nature == Nature::Open { b } else { a }),
        (Type::Record(mut a), Type::Record(b)) => {
            for (name, kind) in b {
                let known = a.remove(&name).unwrap_or(Type::Open);
                a.insert(name, joined(known, kind));
            }
            Type::Record(a)
        }
        (a, b) if a == b => a,
        _ => Type::Text,
    }
}

/// What an object says that is no record.
enum Special<'a> {
    Quantity(String),
    Series(&'a Map<String, Json>),
    None,
    Unknown,
}

/// `{"value":"3","unit":"亿元"}`, `{"series":{…}}`, `{"none":true}`, `{"unknown":"…"}`.
fn special(fields: &Map<String, Json>) -> Option<Special<'_>> {
    if let Some(Json::Object(cells)) = fields.get("series") {
        return Some(Special::Series(cells));
    }
    if fields.contains_key("none") && fields.len() == 1 {
        return Some(Special::None);
    }
    if fields.contains_key("unknown") && fields.len() == 1 {
        return Some(Special::Unknown);
    }
    let only = fields.keys().all(|key| matches!(key.as_str(), "value" | "unit" | "type"));
    let value = fields.get("value").filter(|_| only)?;
    let unit = fields.get("unit").and_then(Json::as_str).unwrap_or_default();
    Some(match plain(value) {
        Some(text) => Special::Quantity(format!("{text} {unit}").trim().to_owned()),
        None => Special::Unknown,
    })
}

/// The text of a JSON value that is one.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        // A figure that JSON's own numbers can't hold has lost digits already.
        Json::Number(number) if number.is_f64() && number.as_f64().is_some_and(|n| n.abs() >= 9e15) => None,
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Any cell of a series, which may stand under its area.
fn first_cell(cells: &Map<String, Json>) -> Option<&Json> {
    let mut of_areas = cells.values().filter_map(Json::as_object).filter(|inner| special(inner).is_none());
    match of_areas.next() {
        Some(inner) => first_cell(inner),
        None => cells.values().find(|cell| !cell.is_null()),
    }
}

/// The value of that kind; what doesn't fit is unknown and says so.
pub fn value_of(value: &Json, kind: &Type, name: &str) -> Value {
    if let Type::Series(..) = kind {
        // Series are asked cell by cell.
        return missing(WhyCode::NoPeriod, name);
    }
    match value {
        Json::Null => missing(WhyCode::NoValue, name),
        Json::Array(items) => match kind {
            Type::List(of, _) => Value::List(items.iter().map(|item| value_of(item, of, name)).collect()),
            _ => missing(WhyCode::WrongKind, name),
        },
        Json::Object(fields) => match special(fields) {
            Some(Special::Quantity(text)) => of_text(&text, kind, name),
            Some(Special::None) => Value::None(Absence::of(Why::new(WhyCode::Blank, Span::new(0, 0)).about(name))),
            Some(Special::Unknown) => missing(WhyCode::NotAsked, name),
            Some(Special::Series(_)) => missing(WhyCode::WrongKind, name),
            None => match kind {
                Type::Record(kinds) => Value::Record(record(fields, kinds, name).into()),
                _ => missing(WhyCode::WrongKind, name),
            },
        },
        plain_value => {
            plain(plain_value).map_or_else(|| missing(WhyCode::WrongKind, name), |text| of_text(&text, kind, name))
        }
    }
}

fn record(fields: &Map<String, Json>, kinds: &BTreeMap<String, Type>, name: &str) -> Vec<Value> {
    let of = |field: &String, kind: &Type| {
        let name = format!("{name}.{field}");
        fields.get(field).map_or_else(|| missing(WhyCode::NoValue, &name), |value| value_of(value, kind, &name))
    };
    kinds.iter().map(|(field, kind)| of(field, kind)).collect()
}

fn of_text(text: &str, kind: &Type, name: &str) -> Value {
    match read(text, kind) {
        Ok(value) => value,
        Err(BadValue::TooLong) => missing(WhyCode::Overflow, name),
        Err(BadValue::WrongKind | BadValue::WrongUnit) => missing(WhyCode::WrongKind, name),
    }
}
