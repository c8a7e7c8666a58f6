//! Other periods and areas (统计函数求值): the formula is asked again, elsewhere.
//!
//! Statistics report January and February as one: within the year so far the first value is that of 1—2 月, and what
//! lies within February alone is unknown unless January was reported by itself.

use super::{
    Evaluator, Watch, absent, absent_or_wrong,
    calls::{average_growth, first_absent, growth, index, mean, total},
    exactly, period, unknown,
};
use crate::{
    functions::Function,
    ir::At,
    number::Number,
    syntax::Span,
    types::{TimeUnit, Type},
    values::{Value, Why, WhyCode},
};
use gangmu_kernel::{Period, period::Grain};
use std::sync::Arc;

impl<W: Watch> Evaluator<'_, W> {
    pub(super) fn statistic(&mut self, function: Function, of: At, arguments: &[At], span: Span) -> Value {
        if function == Function::OverAreas {
            return self.over_areas(of, span);
        }
        let Some(here) = self.period else { return unknown(WhyCode::NoPeriod, span) };
        match function {
            Function::YearOnYear => self.grown(of, Some(here), here.year_before(), span),
            Function::PeriodOnPeriod => self.grown(of, Some(here), here.previous(), span),
            Function::Cumulative => self.cumulative(of, here, span),
            Function::Discrete => self.discrete(of, here, span),
            Function::Shift => match self.moved_back(here, arguments, span) {
                Ok(there) => self.elsewhere(of, there, span),
                Err(why) => why,
            },
            Function::Moving | Function::MovingSum => self.moving(function, of, here, arguments, span),
            Function::At => match self.named_period(here, arguments[0], span) {
                Ok(there) => self.elsewhere(of, Some(there), span),
                Err(why) => why,
            },
            Function::Index => match self.named_period(here, arguments[0], span) {
                Ok(base) => match (self.elsewhere(of, Some(here), span), self.elsewhere(of, Some(base), span)) {
                    (Value::Number(now), Value::Number(base)) => index(now, base, span),
                    (a, b) => absent(a, b, span),
                },
                Err(why) => why,
            },
            Function::AverageGrowth => self.average_between(of, here, arguments, span),
            _ => unknown(WhyCode::WrongKind, span),
        }
    }

    /// The formula in another period.
    fn elsewhere(&mut self, of: At, there: Option<Period>, span: Span) -> Value {
        let Some(there) = there else { return unknown(WhyCode::NoPeriod, span) };
        let here = self.period.replace(there);
        let value = self.value(of);
        self.period = here;
        value
    }

    fn grown(&mut self, of: At, now: Option<Period>, base: Option<Period>, span: Span) -> Value {
        match (self.elsewhere(of, now, span), self.elsewhere(of, base, span)) {
            (Value::Number(now), Value::Number(base)) => growth(now, base, span),
            (a, b) => absent(a, b, span),
        }
    }

    /// The sum of the areas within the one at hand.
    fn over_areas(&mut self, of: At, span: Span) -> Value {
        let parts = self.situation.cells.parts(self.area.as_deref());
        if parts.is_empty() {
            let here = self.area.as_deref().unwrap_or_default();
            return Value::unknown(Why::new(WhyCode::NoArea, span).about(here));
        }
        let here = self.area.take();
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            self.area = Some(Arc::from(part.as_str()));
            values.push(self.value(of));
        }
        self.area = here;
        first_absent(&values, span).unwrap_or_else(|| total(&values, span))
    }

    /// The year so far, of values within its periods (累计).
    fn cumulative(&mut self, of: At, here: Period, span: Span) -> Value {
        let (year, last) = (here.first_day().year(), here.last_day());
        let quarterly = matches!(&self.formula.step(of).kind, Type::Number(m) if m.grain == Some(Grain::Quarter));
        let parts: Vec<Period> = match here.grain() {
            Grain::Year if !quarterly && self.yearly(of) => vec![here],
            Grain::Years | Grain::Tenday | Grain::Week | Grain::Day => return unknown(WhyCode::NoPeriod, span),
            _ if quarterly => {
                (1..=4).filter_map(|q| Period::quarter(year, q)).take_while(|q| q.last_day() <= last).collect()
            }
            _ if last.month() == 1 => vec![here],
            _ => Period::reporting_months(year).take_while(|month| month.last_day() <= last).collect(),
        };
        if parts.is_empty() {
            return unknown(WhyCode::NoPeriod, span);
        }
        let values: Vec<Value> = parts.into_iter().map(|part| self.reported(of, part, span)).collect();
        first_absent(&values, span).unwrap_or_else(|| total(&values, span))
    }

    fn yearly(&self, of: At) -> bool {
        matches!(&self.formula.step(of).kind, Type::Number(m) if m.grain == Some(Grain::Year))
    }

    /// A period's value as statistics report it: 1—2 月 as one, or the two months where they were reported apart.
    fn reported(&mut self, of: At, part: Period, span: Span) -> Value {
        let together = self.elsewhere(of, Some(part), span);
        let lacks_row =
            |value: &Value| matches!(value, Value::Unknown(why) if why.reasons().all(|r| r.code == WhyCode::NoRow));
        if part.grain() != Grain::Months || !lacks_row(&together) {
            return together;
        }
        let year = part.first_day().year();
        let apart = [1, 2].map(|month| self.elsewhere(of, Period::month(year, month), span));
        match first_absent(&apart, span) {
            Some(_) => together,
            None => total(&apart, span),
        }
    }

    /// Within the period, of values of the year so far (当期).
    fn discrete(&mut self, of: At, here: Period, span: Span) -> Value {
        let (year, month) = (here.first_day().year(), here.last_day().month());
        let before = match here.grain() {
            Grain::Year => 0,
            Grain::Half => month - 6,
            Grain::Quarter => month - 3,
            Grain::Month => month - 1,
            // 1—2 月 is the first that is reported; other stretches of months end before the first of theirs.
            Grain::Months => here.first_day().month() - 1,
            _ => return unknown(WhyCode::NoPeriod, span),
        };
        let so_far = if here.grain() == Grain::Year { Some(here) } else { Period::cumulative(year, month) };
        let so_far = self.elsewhere(of, so_far, span);
        if before == 0 {
            return so_far;
        }
        match (so_far, self.elsewhere(of, Period::cumulative(year, before), span)) {
            (Value::Number(a), Value::Number(b)) => exactly(a.minus(b), span),
            (a, b) => absent(a, b, span),
        }
    }

    /// The mean or sum of the last so many periods.
    fn moving(&mut self, function: Function, of: At, here: Period, arguments: &[At], span: Span) -> Value {
        let window = match self.value(arguments[0]) {
            Value::Number(window) => window.as_whole().unwrap_or(0),
            other => return absent_or_wrong(other, span),
        };
        let mut values = Vec::new();
        let mut there = Some(here);
        for _ in 0..window.clamp(1, 120) {
            values.push(self.elsewhere(of, there, span));
            there = there.and_then(Period::previous);
        }
        let joined = if function == Function::Moving { mean } else { total };
        first_absent(&values, span).unwrap_or_else(|| joined(&values, span))
    }

    /// The period so long before: by a length of time, or by a count of periods.
    fn moved_back(&mut self, here: Period, arguments: &[At], span: Span) -> Result<Option<Period>, Value> {
        let at = arguments[0];
        let count = match self.value(at) {
            Value::Number(count) => count,
            other => return Err(absent_or_wrong(other, span)),
        };
        let time = match &self.formula.step(at).kind {
            Type::Number(measure) => measure.units.time(),
            _ => None,
        };
        let each = match (time, here.grain()) {
            (None, _) => Number::ONE,
            (Some((TimeUnit::Months, months)), grain) => {
                let of_grain = match grain {
                    Grain::Year | Grain::Months => 12,
                    Grain::Half => 6,
                    Grain::Quarter => 3,
                    Grain::Month => 1,
                    _ => return Err(unknown(WhyCode::BadArgument, span)),
                };
                months.divided_by(Number::whole(of_grain)).unwrap_or(Number::ZERO)
            }
            (Some((TimeUnit::Days, days)), Grain::Day) => days,
            _ => return Err(unknown(WhyCode::BadArgument, span)),
        };
        let steps = count.times(each).and_then(Number::as_whole).filter(|steps| steps.unsigned_abs() <= 1200);
        let steps = steps.ok_or_else(|| unknown(WhyCode::BadArgument, span))?;
        let by_years = time.is_some() && here.grain() == Grain::Months;
        let mut there = Some(here);
        for _ in 0..steps.unsigned_abs() {
            there = there.and_then(|p| match (by_years, steps > 0) {
                (true, true) => p.year_before(),
                (true, false) => None,
                (false, true) => p.previous(),
                (false, false) => p.next(),
            });
        }
        Ok(there)
    }

    /// A year, in which the same part of the year is meant, or a period by its text.
    fn named_period(&mut self, here: Period, at: At, span: Span) -> Result<Period, Value> {
        let value = self.value(at);
        if let Some(period) = period(&value) {
            return Ok(period);
        }
        let Value::Number(year) = value else { return Err(absent_or_wrong(value, span)) };
        let year = year.as_whole().and_then(|year| i16::try_from(year).ok());
        year.and_then(|year| in_year(here, year)).ok_or_else(|| unknown(WhyCode::NoPeriod, span))
    }

    fn average_between(&mut self, of: At, here: Period, arguments: &[At], span: Span) -> Value {
        let from = self.named_period(here, arguments[0], span);
        let to = self.named_period(here, arguments[1], span);
        let (from, to) = match (from, to) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(a), Err(b)) => return absent(a, b, span),
            (Err(why), _) | (_, Err(why)) => return why,
        };
        let years = i64::from(to.first_day().year()) - i64::from(from.first_day().year());
        match (self.elsewhere(of, Some(from), span), self.elsewhere(of, Some(to), span)) {
            (Value::Number(base), Value::Number(now)) => average_growth(base, now, Some(years), span),
            (a, b) => absent(a, b, span),
        }
    }
}

/// The same part of another year.
fn in_year(here: Period, year: i16) -> Option<Period> {
    let (first, last) = (here.first_day(), here.last_day());
    match here.grain() {
        Grain::Year => Period::year(year),
        Grain::Half => Period::half(year, (last.month() + 5) / 6),
        Grain::Quarter => Period::quarter(year, (last.month() + 2) / 3),
        Grain::Month => Period::month(year, last.month()),
        Grain::Months => Period::months(year, first.month(), last.month()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
