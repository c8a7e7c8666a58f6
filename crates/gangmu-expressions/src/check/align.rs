//! Which values go together (可比性): in one list, on both ways of an `if`, on both sides of a comparison.

use super::Checker;
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{At, Op, Step},
    number::Number,
    syntax::Span,
    types::{Measure, Mismatch, Nature, TimeUnit, Type},
    values,
};

impl Checker<'_> {
    /// Brings a number into a factor of itself.
    pub(super) fn converted(&mut self, of: At, by: Number, measure: Measure) -> At {
        if by == Number::ONE {
            self.steps[of as usize].kind = Type::Number(measure);
            return of;
        }
        let span = self.span(of);
        self.step(Op::Convert { of, by }, span, Type::Number(measure))
    }

    /// A rate in % as a plain figure.
    pub(super) fn in_plain(&mut self, at: At) -> At {
        let Type::Number(measure) = self.kind(at).clone() else { return at };
        if measure.nature != Nature::Ratio || measure.units.is_none() {
            return at;
        }
        let plain = Measure {
            prices: measure.prices,
            accumulation: measure.accumulation,
            grain: measure.grain,
            ..Measure::ratio()
        };
        self.converted(at, measure.to_plain(), plain)
    }

    /// Says that two don't go together, at the place of both.
    pub(super) fn differ(&mut self, code: Code, left: &Type, right: &Type, place: Span) -> At {
        let (left, right) = (left.said(), right.said());
        self.mistaken(Diagnostic::new(code, place).with("left", left).with("right", right))
    }

    pub(super) fn mismatched(&mut self, mismatch: Mismatch, place: Span) -> At {
        let Mismatch { code, left, right } = mismatch;
        self.mistaken(Diagnostic::new(code, place).with("left", left).with("right", right))
    }

    /// Two numbers in one unit; none where they don't go together, which has been said then.
    ///
    /// Rates are given as they are where both are shown the same way, else as plain figures.
    pub(super) fn numbers_together(&mut self, a: At, b: At, place: Span) -> Option<(At, At, Measure)> {
        let (Type::Number(left), Type::Number(right)) = (self.kind(a).clone(), self.kind(b).clone()) else {
            return None;
        };
        let basis = match left.basis_with(&right) {
            Ok(basis) => basis,
            Err(mismatch) => {
                self.mismatched(mismatch, place);
                return None;
            }
        };
        let of_basis =
            |measure: &Measure| Measure { nature: measure.nature, units: measure.units.clone(), ..basis.clone() };
        match (left.nature, right.nature) {
            (Nature::Quantity, Nature::Quantity) => self.quantities_together(a, b, &left, &right, place, &basis),
            (Nature::Ratio, Nature::Ratio) if left.units == right.units => Some((a, b, of_basis(&left))),
            (Nature::Points, Nature::Points) => Some((a, b, of_basis(&left))),
            (Nature::Open, Nature::Quantity | Nature::Points) => Some((a, b, of_basis(&right))),
            (Nature::Quantity | Nature::Points, Nature::Open) => Some((a, b, of_basis(&left))),
            _ if left.is_pure() && right.is_pure() => {
                // A bare zero beside a plain number is one.
                let measure = if self.is_bare_zero(a) {
                    right.clone()
                } else if self.is_bare_zero(b) {
                    left.clone()
                } else {
                    pure(&left, &right)
                };
                let (a, b) = (self.in_plain(a), self.in_plain(b));
                Some((a, b, of_basis(&measure.without_rate_unit())))
            }
            (Nature::Points, _) | (_, Nature::Points) => {
                self.differ(Code::PointsAndRates, &Type::Number(left), &Type::Number(right), place);
                None
            }
            (Nature::Quantity, Nature::Plain) | (Nature::Plain, Nature::Quantity) => {
                let unit = left.unit_text().or(right.unit_text()).unwrap_or_default();
                self.mistaken(Diagnostic::new(Code::UnitMissing, place).with("unit", unit));
                None
            }
            _ => {
                self.differ(Code::UnitsDiffer, &Type::Number(left), &Type::Number(right), place);
                None
            }
        }
    }

    fn is_bare_zero(&self, at: At) -> bool {
        matches!(&self.steps[at as usize], Step { op: Op::Number { value }, kind: Type::Number(m), .. }
            if value.is_zero() && m.nature == Nature::Open)
    }

    fn quantities_together(
        &mut self,
        a: At,
        b: At,
        left: &Measure,
        right: &Measure,
        place: Span,
        basis: &Measure,
    ) -> Option<(At, At, Measure)> {
        if !left.units.agrees_with(&right.units) {
            let times = left.units.is_time() && right.units.is_time();
            let code = if times { Code::SpansDoNotConvert } else { Code::UnitsDiffer };
            self.differ(code, &Type::Number(left.clone()), &Type::Number(right.clone()), place);
            return None;
        }
        let factor = right.units.to(&left.units)?;
        let measure = Measure { nature: Nature::Quantity, units: left.units.clone(), ..basis.clone() };
        let b = self.converted(b, factor, measure.clone());
        Some((a, b, measure))
    }

    /// Two values of one kind, whatever it is; a mistake is said with that code.
    pub(super) fn together(&mut self, a: At, b: At, code: Code) -> (At, At, Type) {
        let place = Span::new(self.span(a).start.min(self.span(b).start), self.span(a).end.max(self.span(b).end));
        let place = if code == Code::BranchesDiffer { self.span(b) } else { place };
        let (left, right) = (self.kind(a).clone(), self.kind(b).clone());
        match (&left, &right) {
            (Type::Open, _) => (a, b, right),
            (_, Type::Open) => (a, b, left),
            (Type::Number(_), Type::Number(_)) => match self.numbers_together(a, b, place) {
                Some((a, b, measure)) => (a, b, Type::Number(measure)),
                None => (a, b, Type::Open),
            },
            (Type::Span, Type::Number(_)) => match self.as_stretch(b) {
                Some(b) => (a, b, Type::Span),
                None => (a, self.differ(code, &left, &right, place), Type::Open),
            },
            (Type::Number(_), Type::Span) => match self.as_stretch(a) {
                Some(a) => (a, b, Type::Span),
                None => (a, self.differ(code, &left, &right, place), Type::Open),
            },
            (Type::Choice(options), Type::Text) => {
                self.one_of(b, options);
                (a, b, left)
            }
            (Type::Text, Type::Choice(options)) => {
                self.one_of(a, options);
                (a, b, right)
            }
            (Type::Text, Type::Date | Type::Instant | Type::Period) => (self.read_as(a, &right), b, right),
            (Type::Date | Type::Instant | Type::Period, Type::Text) => (a, self.read_as(b, &left), left),
            (Type::List(x, n), Type::List(y, m)) if x == y || **x == Type::Open || **y == Type::Open => {
                let of = if **x == Type::Open { y } else { x };
                (a, b, Type::List(of.clone(), n.zip(*m).map(|(n, m)| n.max(m))))
            }
            _ if left == right => (a, b, left),
            _ => (a, self.differ(code, &left, &right, place), Type::Open),
        }
    }

    /// A count of time as a stretch; none of anything else.
    pub(super) fn as_stretch(&mut self, of: At) -> Option<At> {
        let Type::Number(measure) = self.kind(of) else { return None };
        let (unit, by) = match measure.nature {
            Nature::Open => (TimeUnit::Days, Number::ONE),
            _ => measure.units.time()?,
        };
        let span = self.span(of);
        Some(self.step(Op::Stretch { of, unit, by }, span, Type::Span))
    }

    /// A code that is written must be one of the choice.
    pub(super) fn one_of(&mut self, at: At, options: &[String]) {
        let Op::Text { value } = &self.steps[at as usize].op else { return };
        if options.is_empty() || options.iter().any(|option| **option == **value) {
            return;
        }
        let nearest = super::names::nearest_of(value, options.iter().map(String::as_str));
        let wrong = Diagnostic::new(Code::UnknownChoice, self.span(at)).with("code", value).with("nearest", nearest);
        self.refuse(wrong.with("known", options.join(" ")));
    }

    /// A text that is written where a day, a moment or a period is wanted.
    fn read_as(&mut self, at: At, kind: &Type) -> At {
        let span = self.span(at);
        let Op::Text { value } = &self.steps[at as usize].op else {
            let found = self.kind(at).clone();
            return self.differ(Code::TypesDiffer, &found, kind, span);
        };
        let read = match kind {
            Type::Date => value.parse().ok().map(|value| Op::Date { value }),
            Type::Instant => values::instant(value).map(|value| Op::Instant { value }),
            // A period stays its text; the evaluator reads it.
            Type::Period => value.parse::<gangmu_kernel::Period>().ok().map(|_| Op::Text { value: value.clone() }),
            _ => None,
        };
        match read {
            Some(op) => self.step(op, span, kind.clone()),
            None => {
                let wrong = Diagnostic::new(Code::BadDate, span).with("text", value);
                self.mistaken(wrong)
            }
        }
    }
}

/// The sum of two numbers without dimension: a rate if one of them is one, open if one of them is.
pub(super) fn pure(left: &Measure, right: &Measure) -> Measure {
    match (left.nature, right.nature) {
        (Nature::Ratio, _) | (_, Nature::Ratio) => Measure::ratio(),
        (Nature::Open, _) | (_, Nature::Open) => Measure::open(),
        _ => Measure::plain(),
    }
}

/// The product of two numbers without dimension: open if one of them is, because its unit may be any.
pub(super) fn pure_product(left: &Measure, right: &Measure) -> Measure {
    match (left.nature, right.nature) {
        (Nature::Open, _) | (_, Nature::Open) => Measure::open(),
        _ => pure(left, right),
    }
}
