//! Functions of values (函数求值).

use super::{Evaluator, Watch, absent, absent_or_wrong, divided, exactly, truth, unknown};
use crate::{
    check::rounding,
    functions::Function,
    ir::At,
    number::Number,
    syntax::Span,
    values::{Value, WhyCode, day_of},
};
use gangmu_kernel::quantity::Rounding;
use jiff::civil::Date;
use std::cmp::Ordering;

/// The decimals of roots, which seldom end (开方小数位).
pub const ROOT_DECIMALS: u8 = 12;

impl<W: Watch> Evaluator<'_, W> {
    pub(super) fn call(&mut self, function: Function, arguments: &[At], span: Span) -> Value {
        use Function as F;
        let given: Vec<Value> = match function {
            // These two look at absence itself.
            F::Known | F::Missing | F::Default => return self.of_absence(function, arguments),
            _ => arguments.iter().map(|at| self.value(*at)).collect(),
        };
        if let Some(absent) = first_absent(&given, span) {
            // Whether something lies between bounds is a comparison, and of nothing it says no.
            let compares = function == F::Between && matches!(absent, Value::None(_));
            return if compares { Value::YesNo(false) } else { absent };
        }
        match (function, given.as_slice()) {
            (F::Abs, [Value::Number(number)]) => Value::Number(number.abs()),
            (F::Floor | F::Ceiling, [Value::Number(number)]) => whole(function, *number, span),
            (F::Round, [Value::Number(number), rest @ ..]) => rounded(*number, rest, span),
            (F::Power, [Value::Number(base), Value::Number(exponent)]) => power(*base, *exponent, span),
            (F::Clamp | F::Between, [value, low, high]) => self.within(function, value, low, high, span),
            (F::Growth, [Value::Number(now), Value::Number(base)]) => growth(*now, *base, span),
            (F::Index, [Value::Number(now), Value::Number(base)]) => index(*now, *base, span),
            (F::AverageGrowth, [Value::Number(base), Value::Number(now), Value::Number(years)]) => {
                average_growth(*base, *now, years.as_whole(), span)
            }
            (F::WeightedMean, [Value::List(values), Value::List(weights)]) => weighted(values, weights, span),
            (F::Min | F::Max, values) => self.extreme(function, values, span),
            (F::Mean, values) => mean(values, span),
            (F::Days | F::WorkingDays | F::Months | F::Years, [value]) => self.length(function, value.clone(), span),
            (F::Year, [Value::Date(day)]) => Value::Number(Number::whole(day.year().into())),
            (F::Month, [Value::Date(day)]) => Value::Number(Number::whole(day.month().into())),
            (F::Day, [Value::Date(day)]) => Value::Number(Number::whole(day.day().into())),
            (F::Date, [Value::Number(year), Value::Number(month), Value::Number(day)]) => {
                let day = day_of_parts(*year, *month, *day);
                day.map_or_else(|| unknown(WhyCode::DateOutOfRange, span), Value::Date)
            }
            (F::DateOf, [Value::Instant(instant)]) => Value::Date(day_of(*instant)),
            (F::NextWorkday, [Value::Date(day)]) => match self.situation.calendar.workday_on_or_after(*day) {
                Ok(found) => {
                    self.unannounced.extend(found.unannounced);
                    Value::Date(found.value)
                }
                Err(_) => unknown(WhyCode::DateOutOfRange, span),
            },
            _ => of_text(function, &given, span),
        }
    }

    fn of_absence(&mut self, function: Function, arguments: &[At]) -> Value {
        let value = self.value(arguments[0]);
        match (function, value) {
            (Function::Known, value) => Value::YesNo(value.is_known()),
            (Function::Missing, Value::None(_)) => Value::YesNo(true),
            (Function::Missing, unknown @ Value::Unknown(_)) => unknown,
            (Function::Missing, _) => Value::YesNo(false),
            (_, Value::None(_)) => self.value(arguments[1]),
            (_, value) => value,
        }
    }

    fn within(&mut self, function: Function, value: &Value, low: &Value, high: &Value, span: Span) -> Value {
        let (Some(above), Some(below)) = (self.order(value, low), self.order(value, high)) else {
            return unknown(WhyCode::WrongKind, span);
        };
        match function {
            Function::Between => Value::YesNo(above.is_ge() && below.is_le()),
            _ if self.order(low, high) == Some(Ordering::Greater) => unknown(WhyCode::BadArgument, span),
            _ if above.is_lt() => low.clone(),
            _ if below.is_gt() => high.clone(),
            _ => value.clone(),
        }
    }

    /// The smallest or largest of values that are there; of none at all it is unknown.
    pub(super) fn extreme(&mut self, function: Function, values: &[Value], span: Span) -> Value {
        let wanted = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
        let mut best: Option<&Value> = None;
        for value in values {
            match best.map(|best| self.order(value, best)) {
                None => best = Some(value),
                Some(Some(order)) if order == wanted => best = Some(value),
                Some(Some(_)) => {}
                Some(None) => return unknown(WhyCode::SpansDoNotConvert, span),
            }
        }
        best.cloned().unwrap_or_else(|| unknown(WhyCode::Empty, span))
    }
}

/// Unknown with all reasons, or nothing, if one of the values is.
pub(super) fn first_absent(values: &[Value], span: Span) -> Option<Value> {
    let absent_ones = values.iter().filter(|value| !value.is_known()).cloned();
    absent_ones.reduce(|a, b| absent(a, b, span))
}

fn whole(function: Function, number: Number, span: Span) -> Value {
    let toward = number.rounded(0, Rounding::Down);
    let down = function == Function::Floor;
    let step = match toward {
        Some(cut) if cut == number => Number::ZERO,
        Some(_) if down && number.is_negative() => Number::whole(-1),
        Some(_) if !down && !number.is_negative() => Number::ONE,
        _ => Number::ZERO,
    };
    exactly(toward.and_then(|cut| cut.plus(step)), span)
}

fn rounded(number: Number, rest: &[Value], span: Span) -> Value {
    let decimals = match rest.first() {
        Some(Value::Number(decimals)) => decimals.as_whole().and_then(|d| i8::try_from(d).ok()),
        Some(_) => None,
        None => Some(0),
    };
    let rule = match rest.get(1) {
        Some(Value::Text(rule)) => rounding(rule),
        Some(_) => None,
        None => Some(Rounding::HalfUp),
    };
    match (decimals, rule) {
        (Some(decimals), Some(rule)) => exactly(number.rounded(decimals, rule), span),
        _ => unknown(WhyCode::BadArgument, span),
    }
}

fn power(base: Number, exponent: Number, span: Span) -> Value {
    match exponent.as_whole().and_then(|exponent| i32::try_from(exponent).ok()).filter(|e| e.unsigned_abs() <= 1000) {
        Some(exponent) if exponent < 0 && base.is_zero() => unknown(WhyCode::DivisionByZero, span),
        Some(exponent) => exactly(base.to_the(exponent), span),
        None => unknown(WhyCode::BadArgument, span),
    }
}

/// Why there is no growth from that base, if there is none.
fn no_base(base: Number, span: Span) -> Option<Value> {
    match base.cmp(&Number::ZERO) {
        Ordering::Equal => Some(unknown(WhyCode::DivisionByZero, span)),
        Ordering::Less => Some(unknown(WhyCode::BaseNotPositive, span)),
        Ordering::Greater => None,
    }
}

/// Growth from a base (增长率): now ÷ base − 1.
pub(super) fn growth(now: Number, base: Number, span: Span) -> Value {
    no_base(base, span).unwrap_or_else(|| exactly(now.divided_by(base).and_then(|q| q.minus(Number::ONE)), span))
}

/// With the base as 100 (指数).
pub(super) fn index(now: Number, base: Number, span: Span) -> Value {
    no_base(base, span).unwrap_or_else(|| exactly(now.divided_by(base).and_then(|q| q.times(Number::HUNDRED)), span))
}

/// Compound average growth (年均增长): the root of now ÷ base of as many years, less one.
pub(super) fn average_growth(base: Number, now: Number, years: Option<i64>, span: Span) -> Value {
    let Some(years) = years.and_then(|years| u32::try_from(years).ok()).filter(|years| (1..=100).contains(years))
    else {
        return unknown(WhyCode::BadArgument, span);
    };
    if let Some(why) = no_base(base, span) {
        return why;
    }
    if now.is_negative() {
        return unknown(WhyCode::BaseNotPositive, span);
    }
    let root = now.divided_by(base).and_then(|quotient| match years {
        1 => Some(quotient),
        _ => quotient.root(years, ROOT_DECIMALS),
    });
    exactly(root.and_then(|root| root.minus(Number::ONE)), span)
}

/// The sum of numbers that are there.
pub(super) fn total(values: &[Value], span: Span) -> Value {
    let sum = values.iter().try_fold(Number::ZERO, |sum, value| match value {
        Value::Number(number) => sum.plus(*number),
        _ => None,
    });
    exactly(sum, span)
}

/// The mean of numbers that are there; of none at all it is unknown.
pub(super) fn mean(values: &[Value], span: Span) -> Value {
    let count = Number::whole(i64::try_from(values.len()).unwrap_or(i64::MAX));
    match total(values, span) {
        _ if values.is_empty() => unknown(WhyCode::Empty, span),
        Value::Number(sum) => divided(sum, count, span),
        other => other,
    }
}

fn weighted(values: &[Value], weights: &[Value], span: Span) -> Value {
    if values.len() != weights.len() {
        return unknown(WhyCode::BadArgument, span);
    }
    if let Some(absent) = first_absent(values, span).or_else(|| first_absent(weights, span)) {
        return absent;
    }
    if values.is_empty() {
        return unknown(WhyCode::Empty, span);
    }
    let products = values.iter().zip(weights).map(|pair| match pair {
        (Value::Number(value), Value::Number(weight)) => exactly(value.times(*weight), span),
        _ => unknown(WhyCode::WrongKind, span),
    });
    match (total(&products.collect::<Vec<_>>(), span), total(weights, span)) {
        (Value::Number(sum), Value::Number(whole)) => divided(sum, whole, span),
        (a, b) => absent(a, b, span),
    }
}

fn day_of_parts(year: Number, month: Number, day: Number) -> Option<Date> {
    let part = |number: Number| i8::try_from(number.as_whole()?).ok();
    Date::new(i16::try_from(year.as_whole()?).ok()?, part(month)?, part(day)?).ok()
}

fn of_text(function: Function, given: &[Value], span: Span) -> Value {
    match (function, given) {
        (Function::Contains, [Value::Text(text), Value::Text(word)]) => Value::YesNo(text.contains(&**word)),
        (Function::StartsWith, [Value::Text(text), Value::Text(word)]) => Value::YesNo(text.starts_with(&**word)),
        (Function::EndsWith, [Value::Text(text), Value::Text(word)]) => Value::YesNo(text.ends_with(&**word)),
        (Function::Length, [Value::Text(text)]) => {
            Value::Number(Number::whole(i64::try_from(text.chars().count()).unwrap_or(i64::MAX)))
        }
        (Function::ContainsAny, [Value::Text(text), Value::List(words)]) => {
            let found = words.iter().any(|word| matches!(word, Value::Text(word) if text.contains(&**word)));
            match first_absent(words, span) {
                Some(absent) if !found => absent_or_wrong(absent, span),
                _ => Value::YesNo(found),
            }
        }
        _ => unknown(WhyCode::WrongKind, span),
    }
}

/// Kleene's any and all over values.
pub(super) fn quantified(values: &[Value], deciding: bool, span: Span) -> Value {
    let mut missing: Option<Value> = None;
    for value in values {
        match truth(value.clone(), span) {
            Ok(yes) if yes == deciding => return Value::YesNo(deciding),
            Ok(_) => {}
            Err(why) => missing = Some(missing.map_or(why.clone(), |known| absent(known, why, span))),
        }
    }
    missing.unwrap_or(Value::YesNo(!deciding))
}
