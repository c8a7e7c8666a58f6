//! The reference of the API (接口说明): a page of the house, made on the server out of the same document, that needs no
//! script and no outside server, and prints.

use super::{document::document, problem::Halt};
use crate::{
    failure::Stop,
    locale::{Language, Words},
    pages::Page,
    visit::Visit,
    web::Web,
};
use axum::{extract::State, response::Response};
use serde::Serialize;
use serde_json::{Value, json};

/// `/api/reference`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = ReferencePage::of(&web.pages.words, visit.language);
    visit.page(&web, None, &page).await
}

/// The reference.
#[derive(Debug, Clone, Serialize)]
pub struct ReferencePage {
    /// What the API is.
    pub about: String,
    /// Its nouns with their operations.
    pub nouns: Vec<Noun>,
    /// What is sent and given.
    pub shapes: Vec<Shape>,
    /// Why a request stops.
    pub problems: Vec<Kind>,
}

/// A noun with its operations.
#[derive(Debug, Clone, Serialize)]
pub struct Noun {
    /// Its name.
    pub name: String,
    /// In words.
    pub label: String,
    /// Its operations.
    pub operations: Vec<Operation>,
}

/// An operation.
#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    /// Its name.
    pub id: String,
    /// `GET` and so on.
    pub method: String,
    /// Its address.
    pub path: String,
    /// In words.
    pub summary: String,
    /// The action of the access matrix.
    pub action: String,
    /// It needs no token.
    pub open: bool,
    /// What it takes beside the body.
    pub parameters: Vec<Line>,
    /// The shape of the body.
    pub body: Option<String>,
    /// The status of the good answer.
    pub status: String,
    /// The shape of the good answer.
    pub answer: Option<String>,
    /// It answers page by page.
    pub paged: bool,
    /// How to ask with curl.
    pub curl: String,
}

/// A field or parameter.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header`; empty for a field.
    pub place: String,
    /// Its type.
    pub kind: String,
    /// The shape that its type is.
    pub shape: Option<String>,
    /// Must it be there?
    pub required: bool,
    /// In words.
    pub description: String,
}

/// A shape of what is sent or given.
#[derive(Debug, Clone, Serialize)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// In words.
    pub description: String,
    /// Its fields.
    pub fields: Vec<Line>,
    /// The words that it is one of.
    pub words: Vec<String>,
}

/// A kind of problem.
#[derive(Debug, Clone, Serialize)]
pub struct Kind {
    /// The word that never changes.
    pub code: &'static str,
    /// In words.
    pub title: String,
    /// What to do.
    pub what: String,
}

impl ReferencePage {
    /// The reference in that language.
    pub fn of(words: &Words, language: Language) -> Self {
        let document = document(words, language);
        let say = |key: String| words.say_with(language, &key, &[]).unwrap_or(key);
        let operations = operations(document);
        let noun = |tag: &Value| {
            let name = text(&tag["name"]);
            let of = |(noun, operation): &(String, Operation)| (*noun == name).then(|| operation.clone());
            Noun {
                label: text(&tag["description"]),
                operations: operations.iter().filter_map(of).collect(),
                name: name.clone(),
            }
        };
        let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
        let kind = |code: &'static str| Kind {
            code,
            title: say(format!("problem-{code}")),
            what: say(format!("problem-{code}-what")),
        };
        Self {
            about: text(&document["info"]["description"]),
            nouns: document["tags"].as_array().into_iter().flatten().map(noun).collect(),
            shapes: schemas.map(|(name, schema)| shape(name, schema)).collect(),
            problems: Halt::KINDS.map(kind).to_vec(),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn operations(document: &Value) -> Vec<(String, Operation)> {
    let mut all = Vec::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            all.push((text(&operation["tags"][0]), one(document, path, &method.to_uppercase(), operation)));
        }
    }
    all
}

fn one(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let parameters: Vec<Line> = operation["parameters"].as_array().into_iter().flatten().map(parameter).collect();
    let content = &operation["requestBody"]["content"];
    let body = &content["application/json"]["schema"];
    let responses = operation["responses"].as_object().into_iter().flatten();
    let good = responses.into_iter().find(|(status, _)| status.starts_with('2'));
    let (status, good) = good.map_or((String::new(), &Value::Null), |(status, good)| (status.clone(), good));
    let answer = &good["content"]["application/json"]["schema"];
    let rows = &answer["properties"]["items"]["items"];
    Operation {
        curl: curl(document, path, method, operation),
        id: text(&operation["operationId"]),
        method: method.to_owned(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        action: text(&operation["x-action"]),
        open: operation["security"].as_array().is_some_and(|ways| ways.len() > 1),
        parameters,
        body: reference(body),
        answer: reference(answer).or_else(|| reference(rows)),
        paged: !rows.is_null(),
        status,
    }
}

fn parameter(value: &Value) -> Line {
    Line {
        name: text(&value["name"]),
        place: text(&value["in"]),
        kind: kind(&value["schema"]),
        shape: None,
        required: value["required"] == json!(true),
        description: text(&value["description"]),
    }
}

/// The name of the schema that is referred to.
fn reference(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

/// A schema in a word or two.
fn kind(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return name;
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ");
    }
    for choices in ["oneOf", "anyOf", "allOf"] {
        if let Some(choices) = schema[choices].as_array() {
            return choices.iter().map(kind).collect::<Vec<_>>().join(" | ");
        }
    }
    match &schema["type"] {
        Value::String(word) if word == "array" => format!("[{}]", kind(&schema["items"])),
        Value::String(word) => schema["format"].as_str().filter(|f| *f == "date-time").unwrap_or(word).to_owned(),
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "object".to_owned(),
    }
}

fn shape(name: &str, schema: &Value) -> Shape {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let field = |(name, field): (&String, &Value)| {
        let inner = reference(field).or_else(|| reference(&field["items"]));
        let choices = field["oneOf"].as_array().into_iter().flatten().find_map(reference);
        Line {
            name: name.clone(),
            place: String::new(),
            kind: kind(field),
            shape: inner.or(choices),
            required: required.contains(&name.as_str()),
            description: text(&field["description"]),
        }
    };
    let words = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Shape {
        name: name.to_owned(),
        description: text(&schema["description"]),
        fields: schema["properties"].as_object().into_iter().flatten().map(field).collect(),
        words: words.collect(),
    }
}

/// How to ask with curl.
fn curl(document: &Value, path: &str, method: &str, operation: &Value) -> String {
    let shown = path
        .replace("{key}", "145")
        .replace("{number}", "12")
        .replace("{id}", "7")
        .replace("{login}", "guihua")
        .replace("{path}", "5.2.%E4%BA%8C")
        .replace("queues/{kind}", "queues/jobs.prune")
        .replace("timers/{name}", "timers/jobs-prune")
        .replace("{kind}", "edition")
        .replace("{object}", "edition_3")
        .replace("{name}", "gangmu-20240630-023000.gangmu")
        .replace("{reference}", "F-7KX2AB");
    let mut lines = vec!["curl -s".to_owned()];
    if method != "GET" {
        lines[0].push_str(&format!(" -X {method}"));
    }
    if operation["security"].as_array().is_none_or(|ways| ways.len() < 2) {
        lines.push("-H \"Authorization: Bearer $GANGMU_TOKEN\"".to_owned());
    }
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    if parameters.clone().any(|p| p["name"] == "If-Match") {
        lines.push("-H \"If-Match: $ETAG\"".to_owned());
    }
    let mut query = String::new();
    for parameter in parameters.filter(|p| p["in"] == "query" && p["required"] == json!(true)) {
        let joint = if query.is_empty() { '?' } else { '&' };
        let value = match parameter["name"].as_str() {
            Some("name") => "file.xlsx",
            Some("of") => "after",
            Some("login") => "guihua",
            Some("action") => "plan.import",
            _ => parameter["schema"]["enum"][0].as_str().unwrap_or("5.2.%E4%BA%8C"),
        };
        query.push_str(&format!("{joint}{}={value}", text(&parameter["name"])));
    }
    let content = &operation["requestBody"]["content"];
    if let Some(name) = reference(&content["application/json"]["schema"]) {
        let schema = &document["components"]["schemas"][&name];
        lines.push("-H 'Content-Type: application/json'".to_owned());
        lines.push(format!("-d '{}'", example(document, schema, 0)));
    } else if content.get("multipart/form-data").is_some() {
        lines.push("-F files=@outline.docx".to_owned());
    } else if content.get("application/octet-stream").is_some() {
        lines.push("-H 'Content-Type: application/octet-stream' --data-binary @file.xlsx".to_owned());
    } else if method != "GET" {
        lines.push("-d ''".to_owned());
    }
    if operation["responses"]["200"]["content"].as_object().is_some_and(|c| !c.contains_key("application/json")) {
        lines.push("-O".to_owned());
    }
    lines.push(format!("\"$GANGMU{shown}{query}\""));
    lines.join(" \\\n  ")
}

/// Something that fits a schema: what must be there, and nothing else.
fn example(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth > 6 {
        return Value::Null;
    }
    if let Some(name) = reference(schema) {
        return example(document, &document["components"]["schemas"][&name], depth + 1);
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("string") => json!("…"),
        Some("integer") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => {
            let count = usize::try_from(schema["minItems"].as_u64().unwrap_or(1)).unwrap_or(1);
            json!(vec![example(document, &schema["items"], depth + 1); count])
        }
        Some("object") => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| (name.to_owned(), example(document, &schema["properties"][name], depth + 1));
            Value::Object(required.map(field).collect())
        }
        _ => Value::Null,
    }
}

impl Page for ReferencePage {
    const TEMPLATE: &'static str = "api/reference.html";

    fn samples() -> Vec<Self> {
        let words = Words::load().expect("the embedded words are whole");
        vec![Self::of(&words, Language::Chinese), Self::of(&words, Language::English)]
    }
}
