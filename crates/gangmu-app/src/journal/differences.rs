//! What changed between two values of an object (差异): field by field, without words, which the pages have.
//!
//! Objects are laid out by the path of each field, `form.text`; lists of objects by the number or key that each of them
//! carries; lists of plain values are one value.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A field that differs (差异).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Of which row, where the object has many: its number.
    pub item: Option<String>,
    /// The field's path.
    pub field: String,
    /// Its values before; none where there was none.
    pub before: Vec<String>,
    /// Its values after.
    pub after: Vec<String>,
}

type Fields = BTreeMap<(Option<String>, String), Vec<String>>;

/// What differs, in the order of rows and fields. A value that can't be read counts as none.
pub fn differences(before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let (before, mut after) = (fields(before), fields(after));
    let mut found = Vec::new();
    for ((item, field), old) in before {
        let new = after.remove(&(item.clone(), field.clone())).unwrap_or_default();
        if new != old {
            found.push(Difference { item, field, before: old, after: new });
        }
    }
    found.extend(after.into_iter().map(|((item, field), after)| Difference { item, field, before: Vec::new(), after }));
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    found
}

/// Rows by their number where they have one.
fn order(difference: &Difference) -> (Option<u64>, &Option<String>, &str) {
    let number = difference.item.as_ref().and_then(|item| item.parse().ok());
    (number, &difference.item, &difference.field)
}

fn fields(text: Option<&str>) -> Fields {
    let mut found = Fields::new();
    let value = text.and_then(|text| serde_json::from_str(text).ok());
    lay_out(&None, String::new(), &value.unwrap_or(Value::Null), &mut found);
    found
}

fn lay_out(item: &Option<String>, path: String, value: &Value, found: &mut Fields) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                lay_out(item, path, value, found);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            for (place, row) in rows.iter().enumerate() {
                let key = ["number", "id", "key"].iter().find_map(|name| row.get(name)).map(shown);
                let key = key.unwrap_or_else(|| (place + 1).to_string());
                let item = Some(item.as_ref().map_or_else(|| key.clone(), |outer| format!("{outer}.{key}")));
                lay_out(&item, path.clone(), row, found);
            }
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().filter(|value| !value.is_null()).map(shown).collect();
            if !values.is_empty() {
                found.insert((item.clone(), path), values);
            }
        }
        value => {
            found.insert((item.clone(), path), vec![shown(value)]);
        }
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: Option<&str>, after: Option<&str>) -> Vec<String> {
        let line = |d: Difference| {
            let item = d.item.map_or(String::new(), |item| format!("{item} "));
            format!("{item}{}: {} -> {}", d.field, d.before.join("+"), d.after.join("+"))
        };
        differences(before, after).into_iter().map(line).collect()
    }

    #[test]
    fn only_what_differs_is_named() {
        let before = r#"{"id":3,"name":"林","roles":["planner"],"form":{"text":"甲","kind":null}}"#;
        let after = r#"{"id":3,"name":"林","roles":["planner","reviewer"],"form":{"text":"乙","kind":"task"}}"#;
        assert_eq!(
            said(Some(before), Some(after)),
            ["form.kind:  -> task", "form.text: 甲 -> 乙", "roles: planner -> planner+reviewer"]
        );
        assert_eq!(said(Some(before), Some(before)), [""; 0]);
    }

    #[test]
    fn a_new_object_names_all_its_fields_and_a_lost_one_too() {
        assert_eq!(said(None, Some(r#"{"a":1,"b":true}"#)), ["a:  -> 1", "b:  -> true"]);
        assert_eq!(said(Some(r#"{"a":1,"b":null}"#), None), ["a: 1 -> "]);
        assert_eq!(said(Some("not JSON"), None), [""; 0]);
    }

    #[test]
    fn rows_are_told_apart_by_their_numbers_not_by_their_places() {
        let before = r#"[{"number":2,"standing":"proposed"},{"number":10,"standing":"proposed"}]"#;
        let after = r#"[{"number":10,"standing":"accepted"},{"number":2,"standing":"proposed"},{"number":11,"standing":"added"}]"#;
        assert_eq!(
            said(Some(before), Some(after)),
            ["10 standing: proposed -> accepted", "11 number:  -> 11", "11 standing:  -> added"]
        );
    }
}
