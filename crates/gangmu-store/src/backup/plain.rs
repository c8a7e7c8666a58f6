//! Values in the plain form that both engines share (规范值), and rows as lines of JSON.
//!
//! A row is a JSON array on a line of its own. A whole number, an instant and yes or no are JSON numbers; texts,
//! decimals, days and JSON documents are JSON strings, exactly as SQLite keeps them; nothing is `null`; bytes are
//! `{"hex":"00ff"}` and floats `{"real":"0.5"}`.

use super::catalog::Kind;
use crate::value::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A value in plain form.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A float.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<Value> for Plain {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(n) => Self::Int(n),
            Value::Bool(yes) => Self::Int(yes.into()),
            Value::Real(x) => Self::Real(x),
            Value::Text(text) => Self::Text(text),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::Decimal(number) => Self::Text(number.to_string()),
            Value::Date(day) => Self::Text(day.to_string()),
            Value::Instant(at) => Self::Int(at.as_microsecond()),
            Value::Json(json) => Self::Text(json.to_string()),
        }
    }
}

impl Plain {
    /// The value that a column of that kind takes, or why it can't take it.
    pub fn into_value(self, kind: Kind) -> Result<Value, String> {
        Ok(match (self, kind) {
            (Self::Null, _) => Value::Null,
            (Self::Int(n), Kind::Int) => Value::Int(n),
            (Self::Int(n @ (0 | 1)), Kind::Bool) => Value::Bool(n == 1),
            (Self::Real(x), Kind::Real) => Value::Real(x),
            (Self::Bytes(bytes), Kind::Bytes) => Value::Bytes(bytes),
            (Self::Text(text), Kind::SqliteText) => Value::Text(text),
            (Self::Text(text), Kind::Text) if text.contains('\0') => return Err("U+0000".to_owned()),
            (Self::Text(text), Kind::Text) => Value::Text(text),
            (Self::Text(text), Kind::Decimal) => match text.parse::<rust_decimal::Decimal>() {
                Ok(number) if number.to_string() == text => Value::Decimal(number),
                _ => return Err(text),
            },
            (Self::Text(text), Kind::Date) => match text.parse::<jiff::civil::Date>() {
                Ok(day) if day.to_string() == text => Value::Date(day),
                _ => return Err(text),
            },
            (Self::Text(text), Kind::Json) => match serde_json::from_str(&text) {
                Ok(_) if text.contains("\\u0000") => return Err("U+0000".to_owned()),
                Ok(json) => Value::Json(json),
                Err(error) => return Err(error.to_string()),
            },
            (other, kind) => return Err(format!("{} → {kind:?}", other.name())),
        })
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Int(_) => "integer",
            Self::Real(_) => "real",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// Writes a row as a line, with its line feed.
pub fn write_row(line: &mut String, row: &[Plain]) {
    line.push('[');
    for (place, value) in row.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        // Writing into a string can't fail.
        let _ = match value {
            Plain::Null => line.write_str("null"),
            Plain::Int(n) => write!(line, "{n}"),
            Plain::Real(x) => write!(line, "{{\"real\":\"{x:?}\"}}"),
            Plain::Text(text) => write!(line, "{}", serde_json::Value::String(text.clone())),
            Plain::Bytes(bytes) => {
                line.push_str("{\"hex\":\"");
                push_hex(line, bytes);
                line.write_str("\"}")
            }
        };
    }
    line.push_str("]\n");
}

/// Reads a line back.
pub fn read_row(line: &str) -> Result<Vec<Plain>, String> {
    let values: Vec<serde_json::Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    values.into_iter().map(read_value).collect()
}

fn read_value(value: serde_json::Value) -> Result<Plain, String> {
    use serde_json::Value as Json;
    match value {
        Json::Null => Ok(Plain::Null),
        Json::Number(n) => n.as_i64().map(Plain::Int).ok_or_else(|| n.to_string()),
        Json::String(text) => Ok(Plain::Text(text)),
        Json::Object(map) if map.len() == 1 => match map.iter().next() {
            Some((key, Json::String(text))) if key == "hex" => {
                unhex(text).map(Plain::Bytes).ok_or_else(|| "hex".to_owned())
            }
            Some((key, Json::String(text))) if key == "real" => {
                text.parse().map(Plain::Real).map_err(|_| text.to_owned())
            }
            _ => Err("an unknown kind of value".to_owned()),
        },
        _ => Err("an unknown kind of value".to_owned()),
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn push_hex(line: &mut String, bytes: &[u8]) {
    line.reserve(bytes.len() * 2);
    for byte in bytes {
        line.push(DIGITS[usize::from(byte >> 4)].into());
        line.push(DIGITS[usize::from(byte & 15)].into());
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    push_hex(&mut text, bytes);
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| DIGITS.iter().position(|known| *known == byte);
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes().chunks_exact(2).map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8)).collect()
}

/// A sum over rows that does not depend on their order (指纹), by which what was written and what is read back are
/// compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint {
    rows: u64,
    sum: [u64; 4],
}

impl Fingerprint {
    /// Takes in one row, as its line.
    pub fn take(&mut self, line: &str) {
        let hash = Sha256::digest(line.as_bytes());
        for (lane, part) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            let part = part.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            *lane = lane.wrapping_add(part);
        }
        self.rows += 1;
    }
}
