//! Holds answers against the document: the part of JSON Schema that the document uses, and a panic for any other.

use crate::client::Answer;
use axum::http::{Method, header};
use gangmu_web::{
    api::document::document,
    locale::{Language, Words},
};
use serde_json::Value;
use std::sync::OnceLock;

/// The document.
pub fn the_document() -> &'static Value {
    static WORDS: OnceLock<Words> = OnceLock::new();
    document(WORDS.get_or_init(|| Words::load().expect("the words can be read")), Language::English)
}

/// Does the answer keep what the document promises?
pub fn hold(method: &Method, path: &str, answer: &Answer) {
    let document = the_document();
    let status = answer.status.as_str();
    let kind = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().expect("plain").to_owned());
    let Some(operation) = operation(document, method, path) else {
        assert!(answer.status.is_client_error(), "{method} {path} is in no document and answers {status}");
        return;
    };
    let responses = &operation["responses"];
    let response = resolved(document, responses.get(status).unwrap_or(&responses["default"]));
    assert!(
        answer.status.as_u16() < 500 && (answer.status.is_client_error() || responses.get(status).is_some()),
        "{method} {path} answers {status}, which no document names: {}",
        answer.text()
    );
    let Some(content) = response.get("content") else {
        assert!(answer.bytes.is_empty(), "{method} {path} {status} promises no body: {}", answer.text());
        return;
    };
    if answer.bytes.is_empty() && status == "304" {
        return;
    }
    let kind = kind.unwrap_or_else(|| panic!("{method} {path} {status} has no media type"));
    let media = content
        .get(&kind)
        .or_else(|| content.get("*/*"))
        .unwrap_or_else(|| panic!("{method} {path} {status} is {kind}"));
    if media["schema"]["format"] == "binary" || answer.headers.contains_key(header::CONTENT_ENCODING) {
        return;
    }
    let value: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    let mut wrong = Vec::new();
    check(document, &media["schema"], &value, "", &mut wrong);
    assert!(wrong.is_empty(), "{method} {path} {status}: {}\n{value:#}", wrong.join("\n"));
}

/// The operation of that address.
fn operation<'d>(document: &'d Value, method: &Method, path: &str) -> Option<&'d Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let paths = document["paths"].as_object().expect("paths");
    let fits = |template: &str| {
        let wanted: Vec<&str> = template.split('/').collect();
        let same = |(w, p): (&&str, &&str)| w.starts_with('{') && !p.is_empty() || w == p;
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(same)
    };
    // The more literal one is meant, as the router does it.
    let mut found: Vec<&String> = paths.keys().filter(|template| fits(template)).collect();
    found.sort_by_key(|template| template.matches('{').count());
    let template = found.first()?;
    paths[*template].get(method.as_str().to_lowercase())
}

fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return value };
    let pointer = reference.strip_prefix('#').expect("references stay in the document");
    document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

/// Everything in which a value is not what a schema says.
pub fn check(document: &Value, schema: &Value, value: &Value, place: &str, wrong: &mut Vec<String>) {
    const KNOWN: [&str; 24] = [
        "$ref",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "oneOf",
        "additionalProperties",
        "propertyNames",
        "format",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "pattern",
        "description",
        "example",
        "default",
        "title",
        "deprecated",
        "allOf",
        "anyOf",
    ];
    let schema = resolved(document, schema);
    let fields = schema.as_object().unwrap_or_else(|| panic!("{place}: a schema is an object: {schema}"));
    for name in fields.keys() {
        assert!(KNOWN.contains(&name.as_str()), "{place}: the judge does not know {name}");
    }
    let mut say = |said: String| wrong.push(format!("{place}: {said}"));
    if let Some(kind) = schema.get("type") {
        let kinds: Vec<&str> = match kind {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        if !kinds.iter().any(|kind| is_of(value, kind)) {
            say(format!("{value} is no {kinds:?}"));
            return;
        }
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        say(format!("{value} is none of {words:?}"));
    }
    if let (Some(least), Some(number)) = (schema.get("minimum").and_then(Value::as_f64), value.as_f64())
        && number < least
    {
        say(format!("{number} is less than {least}"));
    }
    if schema.get("format").is_some_and(|format| format == "date-time")
        && value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_err())
    {
        say(format!("{value} is no instant"));
    }
    for (name, all) in [("oneOf", false), ("anyOf", false), ("allOf", true)] {
        let Some(choices) = schema.get(name).and_then(Value::as_array) else { continue };
        let fits = |choice: &&Value| {
            let mut inner = Vec::new();
            check(document, choice, value, place, &mut inner);
            inner.is_empty()
        };
        let count = choices.iter().filter(fits).count();
        if all && count < choices.len() || !all && count == 0 || name == "oneOf" && count > 1 {
            wrong.push(format!("{place}: {count} of {} choices of {name} fit {value}", choices.len()));
        }
    }
    let tells = schema.get("properties").is_some() || schema.get("additionalProperties").is_some();
    if let (true, Some(object)) = (tells, value.as_object()) {
        within(document, schema, object, place, wrong);
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (at, item) in list.iter().enumerate() {
            check(document, items, item, &format!("{place}/{at}"), wrong);
        }
    }
}

fn within(
    document: &Value,
    schema: &Value,
    object: &serde_json::Map<String, Value>,
    place: &str,
    wrong: &mut Vec<String>,
) {
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            wrong.push(format!("{place}: {name} is missing"));
        }
    }
    for (name, field) in object {
        let inner = format!("{place}/{name}");
        match (schema["properties"].get(name), schema.get("additionalProperties")) {
            (Some(property), _) => check(document, property, field, &inner, wrong),
            (None, Some(Value::Object(more))) => {
                check(document, &Value::Object(more.clone()), field, &inner, wrong);
            }
            // What a program may meet stands in the document.
            (None, _) => wrong.push(format!("{inner}: stands in no document")),
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the judge does not know the type {other}"),
    }
}

#[test]
fn the_judge_finds_what_is_wrong() {
    let document =
        serde_json::json!({ "components": { "schemas": { "Word": { "type": "string", "enum": ["a", "b"] } } } });
    let schema = serde_json::json!({
        "type": "object",
        "required": ["word", "count"],
        "properties": {
            "word": { "$ref": "#/components/schemas/Word" },
            "count": { "type": "integer", "minimum": 0 },
            "maybe": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Word" }] },
        },
    });
    let judged = |value: Value| {
        let mut wrong = Vec::new();
        check(&document, &schema, &value, "", &mut wrong);
        wrong.len()
    };
    assert_eq!(judged(serde_json::json!({ "word": "a", "count": 1, "maybe": null })), 0);
    assert_eq!(judged(serde_json::json!({ "word": "a", "count": 1, "maybe": "b" })), 0);
    for wrong in [
        serde_json::json!({ "word": "c", "count": 1 }),
        serde_json::json!({ "word": "a" }),
        serde_json::json!({ "word": "a", "count": -1 }),
        serde_json::json!({ "word": "a", "count": 1.5 }),
        serde_json::json!({ "word": "a", "count": 1, "maybe": "c" }),
        serde_json::json!({ "word": "a", "count": 1, "more": true }),
        serde_json::json!([]),
    ] {
        assert_eq!(judged(wrong.clone()), 1, "{wrong}");
    }
}
