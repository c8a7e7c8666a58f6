//! The few differences between the databases (方言), as pieces of text, and lists put together from pieces.

use crate::{
    statement::{Engine, Statement},
    value::Value,
};

/// The piece `IN (…)` for a JSON array of texts in that parameter, such as `$1`.
pub fn in_texts(engine: Engine, parameter: &str) -> String {
    match engine {
        Engine::Sqlite => format!("IN (SELECT value FROM json_each({parameter}))"),
        Engine::Postgres => format!("IN (SELECT jsonb_array_elements_text({parameter}))"),
    }
}

/// The piece `IN (…)` for a JSON array of keys in that parameter, such as `$1`.
pub fn in_keys(engine: Engine, parameter: &str) -> String {
    match engine {
        Engine::Sqlite => format!("IN (SELECT value FROM json_each({parameter}))"),
        Engine::Postgres => format!("IN (SELECT jsonb_array_elements_text({parameter})::bigint)"),
    }
}

/// A list's statement put together from pieces, so that a filter that is not set is absent from the text.
///
/// Each piece writes `$#` where its values go, in order; the pieces come from constants, never from a person.
#[derive(Debug, Clone)]
pub struct List {
    text: String,
    params: Vec<Value>,
    joint: &'static str,
}

impl List {
    /// Starts with `SELECT … FROM …`, without conditions.
    pub fn new(head: &str) -> Self {
        Self { text: head.to_owned(), params: Vec::new(), joint: " WHERE " }
    }

    /// Adds a condition with its values.
    #[must_use]
    pub fn and(mut self, condition: &str, values: impl IntoIterator<Item = Value>) -> Self {
        self.text.push_str(self.joint);
        self.joint = " AND ";
        self.add(condition, values);
        self
    }

    /// Adds a condition where the value is there.
    #[must_use]
    pub fn and_if(self, condition: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.and(condition, [value.into()]),
            None => self,
        }
    }

    /// Ends with order and limit.
    #[must_use]
    pub fn end(mut self, tail: &str, values: impl IntoIterator<Item = Value>) -> Self {
        self.text.push(' ');
        self.add(tail, values);
        self
    }

    fn add(&mut self, piece: &str, values: impl IntoIterator<Item = Value>) {
        let mut values = values.into_iter();
        let mut parts = piece.split("$#");
        self.text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.params.push(values.next().unwrap_or(Value::Null));
            self.text.push_str(&format!("${}{part}", self.params.len()));
        }
    }

    /// The values, `$1` first.
    pub fn params(&self) -> &[Value] {
        &self.params
    }
}

impl Statement for &List {
    fn text(&self, _: Engine) -> &str {
        &self.text
    }
}
