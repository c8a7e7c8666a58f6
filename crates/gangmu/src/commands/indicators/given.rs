//! The fields of a line (读取各字段): decimals as strings, as the contract has them, or as plain numbers.

use crate::commands::lines::Broken;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

/// A line's fields with its id, for whatever is wrong with it.
pub struct Fields<'a> {
    pub id: Json,
    line: &'a Map<String, Json>,
}

impl<'a> Fields<'a> {
    pub fn of(line: &'a Map<String, Json>) -> Self {
        Self { id: line.get("id").cloned().unwrap_or(Json::Null), line }
    }

    /// The field, where it isn't null.
    pub fn get(&self, key: &str) -> Option<&'a Json> {
        self.line.get(key).filter(|value| !value.is_null())
    }

    /// The line can't be read because of this field.
    pub fn bad(&self, key: &str, problem: &str) -> Broken {
        let fields = [("key", key.to_owned()), ("problem", problem.to_owned())];
        Broken::line(self.id.clone(), "line-bad-field", &fields)
    }

    pub fn decimal(&self, key: &str) -> Result<Option<Decimal>, Broken> {
        self.get(key).map(|value| self.as_decimal(key, value)).transpose()
    }

    pub fn decimals(&self, key: &str) -> Result<Vec<Decimal>, Broken> {
        let items = self.list(key)?;
        items.iter().enumerate().map(|(at, value)| self.as_decimal(&format!("{key}[{at}]"), value)).collect()
    }

    /// A list; nothing is an empty one.
    pub fn list(&self, key: &str) -> Result<&'a [Json], Broken> {
        match self.get(key) {
            None => Ok(&[]),
            Some(Json::Array(items)) => Ok(items),
            Some(_) => Err(self.bad(key, "not a list")),
        }
    }

    /// A value as an exact decimal.
    pub fn as_decimal(&self, key: &str, value: &Json) -> Result<Decimal, Broken> {
        let text = match value {
            Json::String(text) => text.trim().to_owned(),
            Json::Number(number) => number.to_string(),
            _ => return Err(self.bad(key, "not a number")),
        };
        // A power of ten as programs write it; exact as well.
        let read = Decimal::from_str_exact(&text).or_else(|error| match text.contains(['e', 'E']) {
            true => Decimal::from_scientific(&text),
            false => Err(error),
        });
        read.map_err(|_| self.bad(key, &format!("{text:?}")))
    }

    /// A whole number, written as one or as text; a year may be text.
    pub fn whole(&self, key: &str) -> Result<Option<i32>, Broken> {
        let Some(value) = self.decimal(key)? else { return Ok(None) };
        let whole = value.normalize();
        let fits = (whole.scale() == 0).then(|| i32::try_from(whole.mantissa()).ok()).flatten();
        fits.map(Some).ok_or_else(|| self.bad(key, &format!("\"{value}\"")))
    }

    /// One of some words.
    pub fn word<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Broken> {
        match self.get(key) {
            None => Ok(None),
            Some(Json::String(word)) => read(word.trim()).map(Some).ok_or_else(|| self.bad(key, &format!("{word:?}"))),
            Some(other) => Err(self.bad(key, &other.to_string())),
        }
    }

    /// The field that can't be missing.
    pub fn needed<T>(&self, key: &str, value: Option<T>) -> Result<T, Broken> {
        value.ok_or_else(|| self.bad(key, "missing"))
    }
}
