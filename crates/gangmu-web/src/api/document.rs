//! The OpenAPI document (接口文档): made of the list of routes, in either language, so that it can't leave out an address.

use super::{
    about::{About, Given, Schemas, Sent, of, page},
    problem::{MEDIA_TYPE, Problem},
    reply::{MOST, USUAL},
};
use crate::{
    locale::{Language, Words},
    routes::{Route, routes},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::OnceLock};
use utoipa::openapi::{RefOr, Schema};

/// The document in that language.
pub fn document(words: &Words, language: Language) -> &'static Value {
    static MADE: [OnceLock<Value>; 2] = [OnceLock::new(), OnceLock::new()];
    MADE[usize::from(language == Language::English)].get_or_init(|| made(words, language))
}

fn made(words: &Words, language: Language) -> Value {
    let say = |key: &str| words.say_with(language, key, &[]).unwrap_or_else(|_| key.to_owned());
    let mut schemas = Schemas::new();
    let mut paths: BTreeMap<&'static str, serde_json::Map<String, Value>> = BTreeMap::new();
    let mut tags: Vec<&str> = Vec::new();
    for route in routes() {
        let Some(about) = route.about else { continue };
        let noun = noun(about.id);
        if !tags.contains(&noun) {
            tags.push(noun);
        }
        let operation = operation(&route, &about, &mut schemas, &say);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_lowercase(), operation);
    }
    of::<Problem>(&mut schemas);
    let tags: Vec<Value> =
        tags.iter().map(|noun| json!({ "name": noun, "description": say(&format!("api-noun-{noun}")) })).collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": say("api-title"),
            "version": "1",
            "summary": say("api-summary"),
            "description": say("api-description"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": problem(&say("api-problem")) },
            "headers": headers(&say),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": say("api-token") },
            },
        },
    });
    in_language(&mut document, language);
    document
}

/// The noun of an operation.
pub fn noun(id: &str) -> &str {
    id.split_once('.').map_or(id, |(noun, _)| noun)
}

fn operation(route: &Route, about: &About, schemas: &mut Schemas, say: &dyn Fn(&str) -> String) -> Value {
    let key = format!("api-{}", about.id.replace(['.', '_'], "-"));
    let mut parameters = path_parameters(route.path, say);
    if let Some(query) = about.query {
        parameters.extend(query().into_iter().filter_map(|p| serde_json::to_value(p).ok()).map(bounded));
    }
    let writes = !route.method.is_safe();
    if about.held {
        parameters.push(header_parameter("If-Match", true, &say("api-if-match"), json!({ "type": "string" })));
    }
    if writes && about.keyed {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$" });
        parameters.push(header_parameter("Idempotency-Key", false, &say("api-idempotency-key"), schema));
    }
    let mut operation = json!({
        "operationId": about.id,
        "tags": [noun(about.id)],
        "summary": say(&key),
        "x-action": route.action,
        "parameters": parameters,
        "responses": responses(about, writes, schemas, say),
        "security": if route.is_open() { json!([{}, { "token": [] }]) } else { json!([{ "token": [] }]) },
    });
    match about.body {
        Sent::Nothing => {}
        Sent::Json(shape) | Sent::MayJson(shape) => {
            let (schema, required) = (shape(schemas), matches!(about.body, Sent::Json(_)));
            operation["requestBody"] =
                json!({ "required": required, "content": { "application/json": { "schema": schema } } });
        }
        Sent::Files => operation["requestBody"] = files(say),
        Sent::File => operation["requestBody"] = one_file(),
    }
    operation
}

/// One file as it is.
fn one_file() -> Value {
    json!({ "required": true, "content": { "application/octet-stream": { "schema": file() } } })
}

fn file() -> Value {
    json!({ "type": "string", "format": "binary", "minLength": 1 })
}

/// One file as it is, or several as a form.
fn files(say: &dyn Fn(&str) -> String) -> Value {
    let file = file();
    let form = json!({
        "type": "object",
        "required": ["files"],
        "additionalProperties": false,
        "properties": {
            "files": { "type": "array", "minItems": 1, "maxItems": 20, "items": file, "description": say("api-files") },
        },
    });
    json!({
        "required": true,
        "content": {
            "application/octet-stream": { "schema": file },
            "multipart/form-data": { "schema": form },
        },
    })
}

fn header_parameter(name: &str, required: bool, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "required": required, "description": description, "schema": schema })
}

/// The parameters between the slashes.
fn path_parameters(path: &str, say: &dyn Fn(&str) -> String) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| {
        let schema = match name {
            "number" | "id" => json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": 2_147_483_647 }),
            "key" => json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,39}$" }),
            _ => json!({ "type": "string", "minLength": 1 }),
        };
        let description = say(&format!("api-parameter-{name}"));
        json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
    };
    names.map(parameter).collect()
}

/// What every list bounds in the same way.
fn bounded(mut parameter: Value) -> Value {
    if parameter["name"] == "limit" {
        parameter["schema"] = json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL });
    }
    parameter["required"] = json!(parameter["required"] == json!(true));
    parameter
}

fn responses(about: &About, writes: bool, schemas: &mut Schemas, say: &dyn Fn(&str) -> String) -> Value {
    let content = |kind: &str, schema: Value| json!({ kind: { "schema": schema } });
    let mut good = json!({ "description": say("api-good") });
    let reference = |schema: RefOr<Schema>| serde_json::to_value(schema).unwrap_or_default();
    match about.answer {
        Given::Nothing => {}
        Given::Json(shape) => good["content"] = content("application/json", reference(shape(schemas))),
        Given::Page(shape) => {
            good["content"] = content("application/json", reference(page(shape(schemas))));
            good["headers"]["Link"] = json!({ "$ref": "#/components/headers/Link" });
        }
        Given::File(kind) => good["content"] = content(kind, json!({ "type": "string", "format": "binary" })),
    }
    for name in ["RateLimit", "RateLimit-Policy"] {
        good["headers"][name] = json!({ "$ref": format!("#/components/headers/{name}") });
    }
    if about.tagged {
        good["headers"]["ETag"] = json!({ "$ref": "#/components/headers/ETag" });
    }
    if about.status == 201 {
        good["headers"]["Location"] = json!({ "$ref": "#/components/headers/Location" });
    }
    let mut all = serde_json::Map::new();
    all.insert(about.status.to_string(), good);
    if about.tagged && !writes {
        all.insert("304".to_owned(), json!({ "description": say("api-not-modified") }));
    }
    let mut statuses = vec![400, 401, 403, 404, 422, 429];
    if writes {
        statuses.extend([409, 413, 415]);
    }
    if about.held {
        statuses.extend([412, 428]);
    }
    statuses.sort_unstable();
    for status in statuses {
        all.insert(status.to_string(), json!({ "$ref": "#/components/responses/Problem" }));
    }
    all.insert("default".to_owned(), json!({ "$ref": "#/components/responses/Problem" }));
    Value::Object(all)
}

fn problem(description: &str) -> Value {
    json!({
        "description": description,
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
        "headers": {
            "RateLimit": { "$ref": "#/components/headers/RateLimit" },
            "RateLimit-Policy": { "$ref": "#/components/headers/RateLimit-Policy" },
        },
    })
}

fn headers(say: &dyn Fn(&str) -> String) -> Value {
    let mut headers = json!({});
    for name in ["Link", "ETag", "Location", "RateLimit", "RateLimit-Policy"] {
        let description = say(&format!("api-header-{}", name.to_lowercase()));
        headers[name] = json!({ "description": description, "schema": { "type": "string" } });
    }
    headers
}

/// Keeps one language of each description: what types say carries the Chinese in brackets at its end.
fn in_language(value: &mut Value, language: Language) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| in_language(item, language)),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(text) if name == "description" => *text = of_both(text, language),
                    other => in_language(other, language),
                }
            }
        }
        _ => {}
    }
}

/// One language out of “English (中文).”.
pub fn of_both(text: &str, language: Language) -> String {
    let parts = text.rfind(" (").and_then(|start| {
        let end = start + text[start..].find(')')?;
        let inner = &text[start + 2..end];
        let chinese = inner.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        chinese.then(|| (inner.to_owned(), format!("{}{}", &text[..start], &text[end + 1..])))
    });
    match (parts, language) {
        (Some((chinese, _)), Language::Chinese) => chinese,
        (Some((_, english)), Language::English) => english,
        (None, _) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_told_in_one_language() {
        let both = "The rows, oldest first (本页各条).";
        assert_eq!(of_both(both, Language::Chinese), "本页各条");
        assert_eq!(of_both(both, Language::English), "The rows, oldest first.");
        assert_eq!(of_both("Only English (really).", Language::Chinese), "Only English (really).");
    }
}
