//! Sums, products and quotients (四则运算), and the kinds of their results.

use super::{Checker, align::pure_product};
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{At, Op},
    number::Number,
    syntax::Span,
    types::{Accumulation, Measure, Nature, Type},
};

impl Checker<'_> {
    /// The sum or difference of two values.
    pub(super) fn sum(&mut self, a: At, b: At, minus: bool, span: Span, place: Span) -> At {
        let (left, right) = (self.kind(a).clone(), self.kind(b).clone());
        match (&left, &right) {
            (Type::Number(x), Type::Number(y)) => self.sum_of_numbers((a, x), (b, y), minus, span, place),
            (Type::Date | Type::Instant, Type::Number(_)) => self.shifted(a, b, minus, span, place),
            (Type::Number(_), Type::Date | Type::Instant) if !minus => self.shifted(b, a, false, span, place),
            (Type::Date, Type::Date) if minus => self.step(Op::Between { from: b, to: a }, span, Type::Span),
            (Type::Date, Type::Text) | (Type::Text, Type::Date) if minus => {
                let (a, b, _) = self.together(a, b, Code::TypesDiffer);
                self.step(Op::Between { from: b, to: a }, span, Type::Span)
            }
            (Type::Open, _) | (_, Type::Open) => {
                let kind = match (&left, &right) {
                    (Type::Number(measure), _) | (_, Type::Number(measure)) => Type::Number(measure.clone()),
                    _ => Type::Open,
                };
                self.step(plain_sum(a, b, minus), span, kind)
            }
            (Type::Span, _) | (_, Type::Span) => {
                let (at, kind) = if left == Type::Span { (a, &left) } else { (b, &right) };
                self.wrong_type(at, "number", kind)
            }
            _ => self.differ(Code::TypesDiffer, &left, &right, place),
        }
    }

    fn sum_of_numbers(
        &mut self,
        (a, x): (At, &Measure),
        (b, y): (At, &Measure),
        minus: bool,
        span: Span,
        place: Span,
    ) -> At {
        match (x.nature, y.nature) {
            (Nature::Ratio, Nature::Ratio) if minus => self.difference_of_rates(a, b, span, place),
            // Rates with their weights are a weighted mean.
            (Nature::Ratio, Nature::Ratio) if !(self.is_weighted(a) && self.is_weighted(b)) => {
                self.differ(Code::SumOfRates, &Type::Number(x.clone()), &Type::Number(y.clone()), place)
            }
            (Nature::Ratio, Nature::Points) => self.rate_and_points(a, b, minus, span),
            (Nature::Points, Nature::Ratio) if !minus => self.rate_and_points(b, a, false, span),
            _ => match self.numbers_together(a, b, place) {
                Some((a, b, measure)) => self.step(plain_sum(a, b, minus), span, Type::Number(measure)),
                None => self.mistake(span),
            },
        }
    }

    /// Is it a rate times its weight, or a sum of such?
    fn is_weighted(&self, at: At) -> bool {
        match self.steps[at as usize].op {
            Op::Multiply { .. } => true,
            Op::Add { left, right } => self.is_weighted(left) && self.is_weighted(right),
            Op::Convert { of, .. } => self.is_weighted(of),
            _ => false,
        }
    }

    /// The difference of two rates, in percentage points.
    fn difference_of_rates(&mut self, a: At, b: At, span: Span, place: Span) -> At {
        let Some((a, b, measure)) = self.numbers_together(a, b, place) else { return self.mistake(span) };
        let in_percent = measure.to_plain().times(Number::HUNDRED).unwrap_or(Number::ONE);
        let difference = self.step(plain_sum(a, b, true), span, Type::Number(measure));
        self.converted(difference, in_percent, Measure::points())
    }

    /// A rate moved by percentage points: a rate.
    fn rate_and_points(&mut self, rate: At, points: At, minus: bool, span: Span) -> At {
        let Type::Number(measure) = self.kind(rate).clone() else { return self.mistake(span) };
        // One point is a hundredth; in the unit in which the rate is shown.
        let hundredth = Number::ONE.divided_by(Number::HUNDRED).unwrap_or(Number::ONE);
        let by = hundredth.divided_by(measure.to_plain()).unwrap_or(hundredth);
        let points = self.converted(points, by, Measure { nature: Nature::Ratio, ..measure.clone() });
        self.step(plain_sum(rate, points, minus), span, Type::Number(measure))
    }

    /// A day so long after or before another.
    fn shifted(&mut self, day: At, count: At, minus: bool, span: Span, place: Span) -> At {
        let kind = self.kind(day).clone();
        let Type::Number(measure) = self.kind(count).clone() else { return self.mistake(span) };
        let Some((unit, by)) = measure.units.time() else {
            let code = if measure.units.is_none() { Code::UnitMissing } else { Code::TypesDiffer };
            if code == Code::UnitMissing {
                return self.mistaken(Diagnostic::new(code, place).with("unit", "日"));
            }
            return self.differ(code, &kind, &Type::Number(measure), place);
        };
        let by = if minus { by.negated() } else { by };
        self.step(Op::Shift { day, count, unit, by }, span, kind)
    }

    /// The product of two numbers.
    pub(super) fn product(&mut self, a: At, b: At, span: Span, place: Span) -> At {
        let Some((x, y)) = self.factors(a, b) else { return self.not_numbers(a, b, span) };
        let prices = match x.prices_with(&y) {
            Ok(prices) => prices,
            Err(mismatch) => return self.mismatched(mismatch, place),
        };
        let op = |left, right| Op::Multiply { left, right };
        match (x.nature, y.nature) {
            (Nature::Quantity, Nature::Quantity) => {
                let Some((units, factor)) = x.units.joined(&y.units, 1) else { return self.mistake(span) };
                let a = self.converted(a, factor, x.clone());
                self.step(op(a, b), span, Type::Number(Measure { prices, ..Measure::of_quotient(units) }))
            }
            (Nature::Points, Nature::Points)
            | (Nature::Points, Nature::Quantity)
            | (Nature::Quantity, Nature::Points) => {
                self.differ(Code::PointsAndRates, &Type::Number(x), &Type::Number(y), place)
            }
            (Nature::Quantity | Nature::Points, _) => {
                let b = self.in_plain(b);
                self.step(op(a, b), span, Type::Number(x))
            }
            (_, Nature::Quantity | Nature::Points) => {
                let a = self.in_plain(a);
                self.step(op(a, b), span, Type::Number(y))
            }
            _ => {
                let measure = pure_product(&x, &y);
                let (a, b) = (self.in_plain(a), self.in_plain(b));
                self.step(op(a, b), span, Type::Number(measure))
            }
        }
    }

    /// The quotient of two numbers.
    pub(super) fn quotient(&mut self, a: At, b: At, span: Span, place: Span) -> At {
        let Some((x, y)) = self.factors(a, b) else { return self.not_numbers(a, b, span) };
        let prices = match x.prices_with(&y) {
            Ok(prices) => prices,
            Err(mismatch) => return self.mismatched(mismatch, place),
        };
        let op = |left, right| Op::Divide { left, right };
        match (x.nature, y.nature) {
            (Nature::Quantity, Nature::Quantity) => {
                let Some((units, factor)) = x.units.joined(&y.units, -1) else { return self.mistake(span) };
                let a = self.converted(a, factor, x.clone());
                // Over people or an area at hand the period kind of the value stays.
                let kept = matches!(y.accumulation, None | Some(Accumulation::Stock)) && !units.is_none();
                let measure = Measure {
                    prices: prices.filter(|_| !units.is_none()),
                    accumulation: x.accumulation.filter(|_| kept),
                    grain: x.grain.filter(|_| kept),
                    ..Measure::of_quotient(units)
                };
                self.step(op(a, b), span, Type::Number(measure))
            }
            (Nature::Points, Nature::Points) => self.step(op(a, b), span, Type::number()),
            (Nature::Points, _) | (Nature::Quantity, Nature::Plain | Nature::Open | Nature::Ratio)
                if y.nature != Nature::Quantity =>
            {
                let b = self.in_plain(b);
                self.step(op(a, b), span, Type::Number(x))
            }
            (_, Nature::Points) | (Nature::Points, _) => {
                self.differ(Code::PointsAndRates, &Type::Number(x), &Type::Number(y), place)
            }
            (Nature::Open, Nature::Quantity) => self.step(op(a, b), span, Type::Number(Measure::open())),
            (_, Nature::Quantity) => {
                let Some((units, _)) = crate::types::Units::none().joined(&y.units, -1) else {
                    return self.mistake(span);
                };
                let a = self.in_plain(a);
                self.step(op(a, b), span, Type::Number(Measure { prices, ..Measure::in_units(units) }))
            }
            _ => {
                let measure = match (x.nature, y.nature) {
                    (Nature::Ratio | Nature::Plain, Nature::Ratio) => Measure::plain(),
                    _ => pure_product(&x, &y),
                };
                let (a, b) = (self.in_plain(a), self.in_plain(b));
                self.step(op(a, b), span, Type::Number(measure))
            }
        }
    }

    /// The measures of two numbers; what is open counts as any.
    fn factors(&self, a: At, b: At) -> Option<(Measure, Measure)> {
        let measure = |kind: &Type| match kind {
            Type::Number(measure) => Some(measure.clone()),
            Type::Open => Some(Measure::open()),
            _ => None,
        };
        Some((measure(self.kind(a))?, measure(self.kind(b))?))
    }

    fn not_numbers(&mut self, a: At, b: At, span: Span) -> At {
        for at in [a, b] {
            let kind = self.kind(at).clone();
            if !matches!(kind, Type::Number(_) | Type::Open) {
                self.wrong_type(at, "number", &kind);
            }
        }
        self.mistake(span)
    }
}

impl Measure {
    /// What is left of units that were divided: a rate where nothing is left.
    fn of_quotient(units: crate::types::Units) -> Self {
        if units.is_none() { Self::ratio() } else { Self::in_units(units) }
    }
}

fn plain_sum(left: At, right: At, minus: bool) -> Op {
    if minus { Op::Subtract { left, right } } else { Op::Add { left, right } }
}
