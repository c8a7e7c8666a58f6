//! Numbers as text: `12`, `-0.5`, and `1/3` for what has no end.

use super::{DIGITS, Number, wide};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// A text that is no number, or one too long (无法识别的数).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadNumber {
    /// It is no number.
    Unreadable,
    /// It has more than 28 digits.
    TooLong,
}

impl fmt::Display for BadNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "no number",
            Self::TooLong => "more than 28 digits",
        })
    }
}

impl std::error::Error for BadNumber {}

impl FromStr for Number {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        if let Some((above, below)) = text.split_once('/') {
            let (above, below) = (decimal(above)?, decimal(below)?);
            if below.is_zero() {
                return Err(BadNumber::Unreadable);
            }
            return above.divided_by(below).ok_or(BadNumber::TooLong);
        }
        decimal(text)
    }
}

/// Sign, digits, point, digits.
fn decimal(text: &str) -> Result<Number, BadNumber> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let places = places.trim_end_matches('0');
    if digits.is_empty()
        || digits == "."
        || whole.is_empty()
        || !whole.bytes().chain(places.bytes()).all(|b| b.is_ascii_digit())
    {
        return Err(BadNumber::Unreadable);
    }
    let scale = u8::try_from(places.len()).ok().filter(|scale| *scale <= DIGITS).ok_or(BadNumber::TooLong)?;
    let mut mantissa = 0_i128;
    for digit in whole.bytes().chain(places.bytes()) {
        let next = mantissa.checked_mul(10).and_then(|m| m.checked_add(i128::from(digit - b'0')));
        mantissa = next.ok_or(BadNumber::TooLong)?;
    }
    Number::decimal(if negative { -mantissa } else { mantissa }, scale).ok_or(BadNumber::TooLong)
}

impl Number {
    /// The decimal to show: exact where it ends, otherwise its first 28 digits (小数表示).
    pub fn to_decimal_text(self) -> String {
        let (mantissa, scale) = self.ended().unwrap_or_else(|| wide::first_digits(self));
        set(mantissa, scale)
    }

    /// The fraction to show beside a decimal that has no end (分数表示).
    pub fn to_fraction_text(self) -> Option<String> {
        if self.ended().is_some() {
            return None;
        }
        let (numerator, denominator) = self.as_fraction();
        Some(format!("{numerator}/{denominator}"))
    }
}

/// Digits with their point.
fn set(mantissa: i128, scale: u8) -> String {
    let sign = if mantissa < 0 { "-" } else { "" };
    let places = usize::from(scale);
    let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl fmt::Display for Number {
    /// Exact in any case: a decimal that ends, or a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_fraction_text() {
            Some(fraction) => f.write_str(&fraction),
            None => f.write_str(&self.to_decimal_text()),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl TryFrom<Decimal> for Number {
    type Error = BadNumber;

    fn try_from(value: Decimal) -> Result<Self, BadNumber> {
        let scale = u8::try_from(value.scale()).map_err(|_| BadNumber::TooLong)?;
        Self::decimal(value.mantissa(), scale).ok_or(BadNumber::TooLong)
    }
}
