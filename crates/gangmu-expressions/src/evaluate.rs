//! From checked steps to a value (求值): total, exact, and with the reasons where there is none.
//!
//! *None* and *unknown* are kept apart: arithmetic with nothing gives nothing and comparing with it says no; whatever
//! is unknown makes what depends on it unknown, with all reasons; logic is Kleene's, so that no and unknown is no.

mod calls;
mod dates;
mod folds;
mod statistics;

use crate::{
    ir::{At, Formula, Op},
    number::Number,
    syntax::{Comparison, Span},
    types::{Accumulation, Type},
    values::{Absence, Value, Why, WhyCode},
};
use gangmu_kernel::{Period, WorkCalendar, period::Grain};
use jiff::civil::Date;
use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

/// What a formula is evaluated in (求值情境): everything it may know comes in here.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The values of the names, in the order of the formula's slots; those of series are not looked at.
    pub values: &'a [Value],
    /// The values of series.
    pub cells: &'a dyn Cells,
    /// Which day it is.
    pub today: Option<Date>,
    /// The working days.
    pub calendar: &'a WorkCalendar,
    /// The period that is meant.
    pub period: Option<Period>,
    /// The area that is meant.
    pub area: Option<&'a str>,
}

/// Where the values of series come from (序列数据).
pub trait Cells {
    /// The value of a series in a period and area; none where there is no row.
    fn cell(&self, name: &str, period: Period, area: Option<&str>) -> Option<Value>;
    /// The areas within an area.
    fn parts(&self, area: Option<&str>) -> Vec<String>;
}

/// No series at all.
#[derive(Debug, Clone, Copy)]
pub struct NoCells;

impl Cells for NoCells {
    fn cell(&self, _: &str, _: Period, _: Option<&str>) -> Option<Value> {
        None
    }

    fn parts(&self, _: Option<&str>) -> Vec<String> {
        Vec::new()
    }
}

/// What an evaluation gives (求值结果).
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The value, or why there is none.
    pub value: Value,
    /// The years that it rests on whose working days no notice has decided yet (未公布年度).
    pub unannounced: BTreeSet<i16>,
}

/// Who looks on while a formula is evaluated.
pub(crate) trait Watch {
    /// A step is done.
    fn done(&mut self, at: At, value: &Value, place: Place<'_>);
}

/// Where in time and space a step was done.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub period: Option<Period>,
    pub area: Option<&'a str>,
}

/// Nobody looks on.
struct Unwatched;

impl Watch for Unwatched {
    #[inline]
    fn done(&mut self, _: At, _: &Value, _: Place<'_>) {}
}

/// The value of a formula (求值).
pub fn evaluate(formula: &Formula, situation: &Situation<'_>) -> Outcome {
    watched(formula, situation, &mut Unwatched)
}

pub(crate) fn watched<W: Watch>(formula: &Formula, situation: &Situation<'_>, watch: &mut W) -> Outcome {
    let area = situation.area.map(Arc::from);
    let period = situation.period;
    let mut evaluator =
        Evaluator { formula, situation, period, area, elements: Vec::new(), unannounced: BTreeSet::new(), watch };
    let value = evaluator.value(formula.root);
    Outcome { value, unannounced: evaluator.unannounced }
}

struct Evaluator<'a, W> {
    formula: &'a Formula,
    situation: &'a Situation<'a>,
    period: Option<Period>,
    area: Option<Arc<str>>,
    elements: Vec<Value>,
    unannounced: BTreeSet<i16>,
    watch: &'a mut W,
}

impl<W: Watch> Evaluator<'_, W> {
    fn value(&mut self, at: At) -> Value {
        let value = self.result(at);
        self.watch.done(at, &value, Place { period: self.period, area: self.area.as_deref() });
        value
    }

    fn result(&mut self, at: At) -> Value {
        let formula = self.formula;
        let step = formula.step(at);
        match &step.op {
            Op::Number { value } => Value::Number(*value),
            Op::Slot { slot } => self.slot(*slot, step.span, &step.kind),
            Op::Add { left, right } => self.exact(*left, *right, step.span, Number::plus),
            Op::Subtract { left, right } => self.exact(*left, *right, step.span, Number::minus),
            Op::Multiply { left, right } => self.exact(*left, *right, step.span, Number::times),
            Op::Divide { left, right } => self.quotient(*left, *right, step.span),
            Op::Convert { of, by } => self.number(*of, step.span, |number| number.times(*by)),
            Op::Negate { of } => self.number(*of, step.span, |number| Some(number.negated())),
            Op::Compare { how, left, right } => self.comparison(*how, *left, *right, step.span),
            Op::And { left, right } => self.logic(*left, *right, false),
            Op::Or { left, right } => self.logic(*left, *right, true),
            Op::Not { of } => match self.truth(*of) {
                Ok(yes) => Value::YesNo(!yes),
                Err(unknown) => unknown,
            },
            Op::If { condition, then, otherwise } => match self.truth(*condition) {
                Ok(yes) => self.value(if yes { *then } else { *otherwise }),
                Err(unknown) => unknown,
            },
            _ => self.other(&step.op, step.span),
        }
    }

    /// What is asked less often.
    fn other(&mut self, op: &Op, span: Span) -> Value {
        match op {
            Op::YesNo { value } => Value::YesNo(*value),
            Op::Date { value } => Value::Date(*value),
            Op::Instant { value } => Value::Instant(*value),
            Op::Text { value } => Value::Text(value.clone()),
            Op::Today => self.situation.today.map_or_else(|| unknown(WhyCode::NoToday, span), Value::Date),
            Op::Element { level } => {
                self.elements.get(usize::from(*level)).cloned().unwrap_or_else(|| unknown(WhyCode::WrongKind, span))
            }
            Op::Field { of, index } => match self.value(*of) {
                Value::Record(fields) => field(&fields, *index, span),
                other => absent_or_wrong(other, span),
            },
            Op::Pluck { of, index } => match self.value(*of) {
                Value::List(items) => Value::List(items.iter().map(|item| pluck(item, *index, span)).collect()),
                other => absent_or_wrong(other, span),
            },
            Op::List { items } => Value::List(items.iter().map(|item| self.value(*item)).collect()),
            Op::Rank { of, options } => match self.value(*of) {
                Value::Text(code) => match options.iter().position(|option| **option == *code) {
                    Some(place) => Value::Number(Number::whole(i64::try_from(place).unwrap_or(i64::MAX))),
                    None => Value::unknown(Why::new(WhyCode::WrongKind, span).about(&code)),
                },
                other => absent_or_wrong(other, span),
            },
            Op::In { value, list } => self.membership(*value, *list, span),
            Op::Stretch { .. } | Op::Shift { .. } | Op::Between { .. } => self.of_time(op, span),
            Op::Call { function, arguments } => self.call(*function, arguments, span),
            Op::Fold { function, list, body, condition, level } => {
                self.fold(*function, (*list, *body, *condition), *level, span)
            }
            Op::Statistic { function, of, arguments } => self.statistic(*function, *of, arguments, span),
            _ => unknown(WhyCode::WrongKind, span),
        }
    }

    fn slot(&mut self, slot: u32, span: Span, kind: &Type) -> Value {
        let formula = self.formula;
        let name = &formula.slots[slot as usize];
        if let Type::Series(..) = name.kind {
            return self.cell(&name.name, span, kind);
        }
        match self.situation.values.get(slot as usize) {
            Some(value) => value.clone(),
            None => Value::unknown(Why::new(WhyCode::NoValue, span).about(&name.name)),
        }
    }

    /// The value of a series where we are.
    fn cell(&mut self, name: &str, span: Span, kind: &Type) -> Value {
        let Some(period) = self.period else {
            return Value::unknown(Why::new(WhyCode::NoPeriod, span).about(name));
        };
        let cumulative = matches!(kind, Type::Number(m) if m.accumulation == Some(Accumulation::Cumulative));
        let period = match period.grain() {
            // What counts from January on is kept under the months so far.
            Grain::Month | Grain::Quarter | Grain::Half if cumulative => {
                Period::cumulative(period.first_day().year(), period.last_day().month()).unwrap_or(period)
            }
            _ => period,
        };
        self.situation.cells.cell(name, period, self.area.as_deref()).unwrap_or_else(|| {
            let place = self.area.as_deref().map(|area| format!(" {area}")).unwrap_or_default();
            Value::unknown(Why::new(WhyCode::NoRow, span).about(&format!("{name} {period}{place}")))
        })
    }

    /// Two numbers by an operation that is exact or overflows.
    #[inline]
    fn exact(&mut self, left: At, right: At, span: Span, operation: fn(Number, Number) -> Option<Number>) -> Value {
        match (self.value(left), self.value(right)) {
            (Value::Number(a), Value::Number(b)) => exactly(operation(a, b), span),
            (a, b) => absent(a, b, span),
        }
    }

    fn quotient(&mut self, left: At, right: At, span: Span) -> Value {
        match (self.value(left), self.value(right)) {
            (Value::Number(a), Value::Number(b)) => divided(a, b, span),
            (a, b) => absent(a, b, span),
        }
    }

    fn number(&mut self, of: At, span: Span, operation: impl FnOnce(Number) -> Option<Number>) -> Value {
        match self.value(of) {
            Value::Number(number) => exactly(operation(number), span),
            other => absent_or_wrong(other, span),
        }
    }

    /// Is it so? A blank is no; unknown stays unknown.
    fn truth(&mut self, at: At) -> Result<bool, Value> {
        truth(self.value(at), self.formula.step(at).span)
    }

    /// Kleene's and and or: what decides alone decides, whatever else is unknown.
    fn logic(&mut self, left: At, right: At, deciding: bool) -> Value {
        let left = self.truth(left);
        if left == Ok(deciding) {
            return Value::YesNo(deciding);
        }
        let right = self.truth(right);
        match (left, right) {
            (_, Ok(right)) if right == deciding => Value::YesNo(deciding),
            (Err(Value::Unknown(a)), Err(Value::Unknown(b))) => Value::Unknown(a.and(&b)),
            (Err(unknown), _) | (_, Err(unknown)) => unknown,
            _ => Value::YesNo(!deciding),
        }
    }

    #[inline]
    fn comparison(&mut self, how: Comparison, left: At, right: At, span: Span) -> Value {
        let (a, b) = (self.value(left), self.value(right));
        if let (Value::Number(a), Value::Number(b)) = (&a, &b) {
            return Value::YesNo(how.holds(a.cmp(b)));
        }
        match (a, b) {
            // Nothing is neither larger nor smaller nor the same.
            (Value::None(_), _) | (_, Value::None(_)) => Value::YesNo(false),
            (Value::Unknown(a), Value::Unknown(b)) => Value::Unknown(a.and(&b)),
            (Value::Unknown(a), _) | (_, Value::Unknown(a)) => Value::Unknown(a),
            (Value::Text(a), Value::Text(b)) => Value::YesNo(how.holds(a.cmp(&b))),
            (Value::YesNo(a), Value::YesNo(b)) => Value::YesNo(how.holds(a.cmp(&b))),
            (a, b) => match self.order(&a, &b) {
                Some(order) => Value::YesNo(how.holds(order)),
                None => unknown(self.why_no_order(&a, &b), span),
            },
        }
    }

    /// Which is larger, of two of one kind that has an order.
    fn order(&mut self, a: &Value, b: &Value) -> Option<Ordering> {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Instant(a), Value::Instant(b)) => Some(a.cmp(b)),
            (Value::Span(a), Value::Span(b)) => {
                let (order, unannounced) = a.compare(*b, self.situation.calendar)?;
                self.unannounced.extend(unannounced);
                Some(order)
            }
            (a, b) => {
                let (a, b) = (period(a)?, period(b)?);
                Some((a.first_day(), a.last_day()).cmp(&(b.first_day(), b.last_day())))
            }
        }
    }

    fn why_no_order(&self, a: &Value, b: &Value) -> WhyCode {
        match (a, b) {
            (Value::Span(_), Value::Span(_)) => WhyCode::SpansDoNotConvert,
            _ => WhyCode::WrongKind,
        }
    }

    fn membership(&mut self, value: At, list: At, span: Span) -> Value {
        let (value, list) = (self.value(value), self.value(list));
        let items = match (&value, list) {
            (_, Value::List(items)) => items,
            (_, other) => return absent_or_wrong(other, span),
        };
        if let Value::None(_) = value {
            return Value::YesNo(false);
        }
        if let Value::Unknown(_) = value {
            return value;
        }
        let mut missing: Option<Absence> = None;
        for item in items.iter() {
            match item {
                Value::Unknown(why) => missing = Some(missing.map_or_else(|| why.clone(), |known| known.and(why))),
                Value::Text(text) if matches!(&value, Value::Text(own) if own == text) => return Value::YesNo(true),
                item if self.order(&value, item) == Some(Ordering::Equal) => return Value::YesNo(true),
                _ => {}
            }
        }
        missing.map_or(Value::YesNo(false), Value::Unknown)
    }
}

/// The period that a value is: itself, or the one that its text names.
fn period(value: &Value) -> Option<Period> {
    match value {
        Value::Period(period) => Some(*period),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

pub(crate) fn unknown(code: WhyCode, span: Span) -> Value {
    Value::unknown(Why::new(code, span))
}

/// A result, or *unknown: overflow*.
fn exactly(result: Option<Number>, span: Span) -> Value {
    result.map_or_else(|| unknown(WhyCode::Overflow, span), Value::Number)
}

fn divided(a: Number, b: Number, span: Span) -> Value {
    if b.is_zero() { unknown(WhyCode::DivisionByZero, span) } else { exactly(a.divided_by(b), span) }
}

/// What arithmetic gives of two of which one is absent: unknown before nothing.
#[cold]
fn absent(a: Value, b: Value, span: Span) -> Value {
    match (a, b) {
        (Value::Unknown(a), Value::Unknown(b)) => Value::Unknown(a.and(&b)),
        (Value::Unknown(a), _) | (_, Value::Unknown(a)) => Value::Unknown(a),
        (Value::None(a), Value::None(b)) => Value::None(a.and(&b)),
        (Value::None(a), _) | (_, Value::None(a)) => Value::None(a),
        _ => unknown(WhyCode::WrongKind, span),
    }
}

#[cold]
fn absent_or_wrong(value: Value, span: Span) -> Value {
    match value {
        absent @ (Value::None(_) | Value::Unknown(_)) => absent,
        _ => unknown(WhyCode::WrongKind, span),
    }
}

fn truth(value: Value, span: Span) -> Result<bool, Value> {
    match value {
        Value::YesNo(yes) => Ok(yes),
        Value::None(_) => Ok(false),
        other => Err(absent_or_wrong(other, span)),
    }
}

fn field(fields: &[Value], index: u32, span: Span) -> Value {
    fields.get(index as usize).cloned().unwrap_or_else(|| unknown(WhyCode::NoValue, span))
}

fn pluck(item: &Value, index: u32, span: Span) -> Value {
    match item {
        Value::Record(fields) => field(fields, index, span),
        other => absent_or_wrong(other.clone(), span),
    }
}

#[cfg(test)]
mod tests;
