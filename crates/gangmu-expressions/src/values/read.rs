//! Values as people and programs write them (读取值): tolerantly, but nothing is guessed into a number.

use super::{Value, Why, WhyCode, instant, stretch::Stretch};
use crate::{
    number::{BadNumber, Number},
    syntax::Span,
    types::{Measure, Nature, Type, Units},
};
use gangmu_kernel::numerals::half_width;
use jiff::civil::Date;

/// A text that is no value of its kind (无法识别的值).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadValue {
    /// It is something else.
    WrongKind,
    /// Its number has more than 28 digits.
    TooLong,
    /// Its unit is of another dimension.
    WrongUnit,
}

/// Reads a text as a value of that kind; figures without a unit are in the kind's own unit.
pub fn read(text: &str, kind: &Type) -> Result<Value, BadValue> {
    let trimmed = text.trim();
    match kind {
        Type::Open => Ok(recognize(text).1),
        Type::Series(of, _) => read(text, of),
        Type::Number(measure) => number_in(trimmed, measure).map(Value::Number),
        Type::YesNo => yes_or_no(trimmed).map(Value::YesNo).ok_or(BadValue::WrongKind),
        Type::Date => day(trimmed).map(Value::Date).ok_or(BadValue::WrongKind),
        Type::Instant => instant(trimmed).map(Value::Instant).ok_or(BadValue::WrongKind),
        Type::Period => gangmu_kernel::period::read(trimmed, None).map(Value::Period).ok_or(BadValue::WrongKind),
        Type::Text => Ok(Value::text(text)),
        Type::Choice(options) if options.is_empty() || options.iter().any(|option| option == trimmed) => {
            Ok(Value::text(trimmed))
        }
        Type::Span => free(trimmed).ok_or(BadValue::WrongKind),
        Type::Choice(_) | Type::List(..) | Type::Record(_) => Err(BadValue::WrongKind),
    }
}

/// What a text without a declaration is: a day, a moment, a number with or without its unit, yes or no, or a text.
pub fn recognize(text: &str) -> (Type, Value) {
    let trimmed = text.trim();
    if let Some(day) = day(trimmed) {
        return (Type::Date, Value::Date(day));
    }
    if let Some(instant) = instant(trimmed) {
        return (Type::Instant, Value::Instant(instant));
    }
    match figures(trimmed) {
        Ok(number) => return (Type::Number(Measure::open()), Value::Number(number)),
        Err(BadNumber::TooLong) => {
            let why = Why::new(WhyCode::Overflow, Span::new(0, 0));
            return (Type::Number(Measure::open()), Value::unknown(why));
        }
        Err(BadNumber::Unreadable) => {}
    }
    if let Some((number, Some(units))) = quantity(trimmed).ok().filter(|(_, units)| units.is_some()) {
        return (Type::Number(Measure::in_units(units)), Value::Number(number));
    }
    if let Some(yes) = yes_or_no(trimmed).filter(|_| !trimmed.chars().all(|c| c.is_ascii_digit())) {
        return (Type::YesNo, Value::YesNo(yes));
    }
    (Type::Text, Value::text(text))
}

fn yes_or_no(text: &str) -> Option<bool> {
    Some(match text.to_lowercase().as_str() {
        "yes" | "true" | "是" | "1" => true,
        "no" | "false" | "否" | "0" => false,
        _ => return None,
    })
}

/// `2026-01-01`, `2026/1/1`, `2026年1月1日`.
fn day(text: &str) -> Option<Date> {
    if let Some(day) = text.parse().ok().filter(|_| text.len() == 10) {
        return Some(day);
    }
    let plain = text.replace(['年', '月', '/'], "-");
    let plain = plain.trim_end_matches('日');
    let mut parts = plain.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (parts.next().is_none() && !text.ends_with('-')).then(|| Date::new(year, month, day).ok())?
}

/// `1682.15`, `1,682.15`, `1/3`, `1.5e3`.
fn figures(text: &str) -> Result<Number, BadNumber> {
    let text = half_width(text).replace('−', "-");
    let text = text.trim();
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let exponent: i32 = exponent.parse().map_err(|_| BadNumber::Unreadable)?;
        let mantissa: Number = mantissa.parse()?;
        if exponent.unsigned_abs() > 60 {
            return Err(BadNumber::TooLong);
        }
        let mut number = mantissa;
        for _ in 0..exponent.unsigned_abs() {
            let ten = Number::whole(10);
            let next = if exponent > 0 { number.times(ten) } else { number.divided_by(ten) };
            number = next.ok_or(BadNumber::TooLong)?;
        }
        return Ok(number);
    }
    match text.parse() {
        Err(BadNumber::Unreadable) if text.contains(',') => grouped(text),
        other => other,
    }
}

/// Figures in groups of three.
fn grouped(text: &str) -> Result<Number, BadNumber> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(BadNumber::Unreadable);
    }
    text.replace(',', "").parse()
}

/// Figures and, where there is one, their unit.
fn quantity(text: &str) -> Result<(Number, Option<Units>), BadNumber> {
    match figures(text) {
        Ok(number) => return Ok((number, None)),
        Err(BadNumber::TooLong) => return Err(BadNumber::TooLong),
        Err(BadNumber::Unreadable) => {}
    }
    let digits =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '−' | '０'..='９' | '．' | '，' | '－');
    let end = text.find(|c: char| !digits(c)).ok_or(BadNumber::Unreadable)?;
    let number = figures(&text[..end])?;
    let unit = text[end..].trim();
    if let Some(power) = gangmu_kernel::numerals::power_word(unit).and_then(|power| i64::try_from(power).ok()) {
        return number.times(Number::whole(power)).map(|number| (number, None)).ok_or(BadNumber::TooLong);
    }
    let units = Units::read(unit, false).ok_or(BadNumber::Unreadable)?;
    Ok((number, Some(units)))
}

fn number_in(text: &str, measure: &Measure) -> Result<Number, BadValue> {
    let bad = |bad: BadNumber| match bad {
        BadNumber::Unreadable => BadValue::WrongKind,
        BadNumber::TooLong => BadValue::TooLong,
    };
    let (number, units) = match quantity(text) {
        Ok(read) => read,
        // A noun that only this declaration knows.
        Err(why) => match measure.unit_text().and_then(|unit| text.strip_suffix(unit.as_str())) {
            Some(rest) => (figures(rest.trim()).map_err(bad)?, None),
            None => return Err(bad(why)),
        },
    };
    let Some(units) = units else { return Ok(number) };
    let given = Measure::in_units(units);
    let factor = match (given.nature, measure.nature) {
        (Nature::Ratio, Nature::Ratio | Nature::Plain | Nature::Open) => {
            given.to_plain().divided_by(measure.to_plain())
        }
        (Nature::Quantity | Nature::Points, Nature::Open) => Some(Number::ONE),
        (Nature::Points, Nature::Points) => Some(Number::ONE),
        (Nature::Quantity, Nature::Quantity) if given.units.agrees_with(&measure.units) => {
            given.units.to(&measure.units)
        }
        _ => return Err(BadValue::WrongUnit),
    };
    factor.and_then(|factor| number.times(factor)).ok_or(BadValue::TooLong)
}

/// A length of time that no day has fixed yet.
fn free(text: &str) -> Option<Value> {
    let (number, units) = quantity(text).ok()?;
    let (unit, each) = units?.time()?;
    Some(Value::Span(Stretch::Free { count: number.times(each)?, unit }))
}
