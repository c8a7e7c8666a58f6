//! Words for what the journal names by codes: operations, kinds of objects, fields and their values.
//!
//! The journal outlives programs: a code that has no words any more, or none yet, is shown as it stands.

use crate::{
    locale::{Language, Words},
    signs::local,
};
use minijinja::Environment;
use std::sync::Arc;

/// `operation(name)`, `object_kind(kind)`, `field(kind, path)`, `field_value(path, value)`.
pub(crate) fn add_functions(environment: &mut Environment<'static>, language: Language, words: &Arc<Words>) {
    let own = Arc::clone(words);
    environment.add_function("operation", move |name: String| {
        said(&own, language, &[format!("operation-{}", dashed(&name))]).unwrap_or(name)
    });
    let own = Arc::clone(words);
    environment.add_function("object_kind", move |kind: String| {
        said(&own, language, &[format!("object-{}", dashed(&kind))]).unwrap_or(kind)
    });
    let own = Arc::clone(words);
    environment.add_function("field", move |kind: String, path: String| {
        let last = path.rsplit('.').next().unwrap_or_default();
        let keys = [format!("field-{}-{}", dashed(&kind), dashed(&path)), format!("field-{}", dashed(last))];
        said(&own, language, &keys).unwrap_or(path)
    });
    let own = Arc::clone(words);
    environment.add_function("field_value", move |path: String, value: String| {
        let last = path.rsplit('.').next().unwrap_or_default();
        if last.ends_with("_at") || last == "at" {
            return local(&value, "%Y-%m-%d %H:%M");
        }
        let family = match last {
            "roles" => "role",
            "standing" => "standing",
            "stage" => "stage",
            "degree" => "degree",
            "kind" => "kind",
            "attribute" => "legal",
            _ => "value",
        };
        said(&own, language, &[format!("{family}-{}", if family == "value" { dashed(&value) } else { value.clone() })])
            .unwrap_or(value)
    });
}

fn dashed(code: &str) -> String {
    code.replace(['.', '_'], "-")
}

fn said(words: &Words, language: Language, keys: &[String]) -> Option<String> {
    let key = keys.iter().find(|key| words.has(language, key))?;
    words.say_with(language, key, &[]).ok()
}
