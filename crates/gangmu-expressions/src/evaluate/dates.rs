//! Days and stretches of time (日期与时长).

use super::{Evaluator, Watch, absent, absent_or_wrong, exactly, unknown};
use crate::{
    functions::Function,
    ir::Op,
    number::Number,
    syntax::Span,
    types::TimeUnit,
    values::{Stretch, Value, WhyCode, ZONE, stretch},
};
use jiff::{Timestamp, ToSpan};

impl<W: Watch> Evaluator<'_, W> {
    pub(super) fn of_time(&mut self, op: &Op, span: Span) -> Value {
        match op {
            Op::Stretch { of, unit, by } => match self.value(*of) {
                Value::Number(count) => match count.times(*by) {
                    Some(count) => Value::Span(Stretch::Free { count, unit: *unit }),
                    None => unknown(WhyCode::Overflow, span),
                },
                other => absent_or_wrong(other, span),
            },
            Op::Between { from, to } => match (self.value(*from), self.value(*to)) {
                (Value::Date(from), Value::Date(to)) => Value::Span(Stretch::Anchored { from, to }),
                (a, b) => absent(a, b, span),
            },
            Op::Shift { day, count, unit, by } => match (self.value(*day), self.value(*count)) {
                (Value::Date(day), Value::Number(count)) => self
                    .shifted(count, *by, |count| stretch::shifted(day, count, *unit, self.situation.calendar), span)
                    .map_or_else(
                        |why| why,
                        |(day, years)| {
                            self.unannounced.extend(years);
                            Value::Date(day)
                        },
                    ),
                (Value::Instant(instant), Value::Number(count)) => {
                    let moved = self.shifted(count, *by, |count| self.moved(instant, count, *unit), span);
                    moved.map_or_else(
                        |why| why,
                        |(instant, years)| {
                            self.unannounced.extend(years);
                            Value::Instant(instant)
                        },
                    )
                }
                (a, b) => absent(a, b, span),
            },
            _ => unknown(WhyCode::WrongKind, span),
        }
    }

    fn shifted<T>(
        &self,
        count: Number,
        by: Number,
        shift: impl FnOnce(Number) -> stretch::Found<T>,
        span: Span,
    ) -> Result<(T, std::collections::BTreeSet<i16>), Value> {
        let count = count.times(by).ok_or_else(|| unknown(WhyCode::Overflow, span))?;
        shift(count).ok_or_else(|| {
            let whole = count.as_whole().is_some();
            unknown(if whole { WhyCode::DateOutOfRange } else { WhyCode::BadArgument }, span)
        })
    }

    /// A moment so long after another; days, months and working days keep the time of day in China.
    fn moved(&self, instant: Timestamp, count: Number, unit: TimeUnit) -> stretch::Found<Timestamp> {
        if unit == TimeUnit::Seconds {
            let moved = instant.checked_add(count.as_whole()?.seconds()).ok()?;
            return Some((moved, Default::default()));
        }
        let local = ZONE.to_datetime(instant);
        let (day, years) = stretch::shifted(local.date(), count, unit, self.situation.calendar)?;
        Some((ZONE.to_timestamp(day.to_datetime(local.time())).ok()?, years))
    }

    /// A stretch in days, working days, whole months or whole years.
    pub(super) fn length(&mut self, function: Function, value: Value, span: Span) -> Value {
        let stretch = match value {
            Value::Span(stretch) => stretch,
            other => return absent_or_wrong(other, span),
        };
        let years = |months: i64| months / 12;
        let count = match (function, stretch) {
            (Function::Days, Stretch::Anchored { from, to }) => stretch::days(from, to),
            (Function::Months, Stretch::Anchored { from, to }) => stretch::months(from, to),
            (Function::Years, Stretch::Anchored { from, to }) => years(stretch::months(from, to)),
            (Function::WorkingDays, Stretch::Anchored { from, to }) => {
                let found = self.situation.calendar.working_days_between(from, to);
                self.unannounced.extend(found.unannounced);
                i64::from(found.value)
            }
            (Function::Days, Stretch::Free { count, unit: TimeUnit::Days })
            | (Function::WorkingDays, Stretch::Free { count, unit: TimeUnit::Workdays })
            | (Function::Months, Stretch::Free { count, unit: TimeUnit::Months }) => return Value::Number(count),
            (Function::Years, Stretch::Free { count, unit: TimeUnit::Months }) => {
                return exactly(count.divided_by(Number::whole(12)), span);
            }
            (_, Stretch::Free { count, .. }) if count.is_zero() => 0,
            _ => return unknown(WhyCode::SpansDoNotConvert, span),
        };
        Value::Number(Number::whole(count))
    }
}
