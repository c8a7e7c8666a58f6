//! Functions that look at other periods and areas (统计函数): growth, cumulative and within, lag, moving, parts.
//!
//! They work on any formula of series, not only on a name: `yoy(gdp / population)` asks for the quotient twice.

use super::Checker;
use crate::{
    diagnostic::{Code, Diagnostic},
    functions::Function,
    ir::{At, Op},
    syntax::{Expression, Span},
    types::{Accumulation, Measure, Nature, Type},
};

/// The most periods that a moving window has.
const LONGEST_WINDOW: i64 = 120;
/// How many parts an area is taken to have at most.
const PARTS: u64 = 200;

impl Checker<'_> {
    pub(super) fn statistic(&mut self, function: Function, written: &[&Expression], span: Span) -> At {
        let of = self.expression(written[0]);
        let arguments: Vec<At> = written[1..].iter().map(|argument| self.expression(argument)).collect();
        self.of_series(function, of, arguments, span)
    }

    /// A function of what changes with period or area.
    pub(super) fn of_series(&mut self, function: Function, of: At, arguments: Vec<At>, span: Span) -> At {
        let place = self.span(of);
        if !self.varies(of) && *self.kind(of) != Type::Open {
            return self.mistaken(Diagnostic::new(Code::NotASeries, place).with("function", function.word()));
        }
        let kind = match function {
            Function::Shift | Function::At => Some(self.kind(of).clone()),
            _ => match self.wants_number(of) {
                Type::Number(measure) => self.statistic_of(function, measure, place).map(Type::Number),
                _ => None,
            },
        };
        let Some(kind) = kind else { return self.mistake(span) };
        if !self.arguments_fit(function, &arguments) {
            return self.mistake(span);
        }
        let times = match function {
            Function::Cumulative => 13,
            Function::OverAreas => PARTS,
            Function::Moving | Function::MovingSum => {
                arguments.first().and_then(|at| self.constant(*at)).and_then(|n| u64::try_from(n).ok()).unwrap_or(1)
            }
            Function::Shift | Function::At => 1,
            _ => 2,
        };
        let cost = self.costs[of as usize].saturating_mul(times).saturating_add(1);
        let varies = function != Function::At;
        self.push(Op::Statistic { function, of, arguments }, span, kind, cost, varies)
    }

    /// The measure of the result; none where the measure doesn't allow it, which has been said then.
    fn statistic_of(&mut self, function: Function, measure: Measure, place: Span) -> Option<Measure> {
        let rate = matches!(measure.nature, Nature::Ratio | Nature::Points);
        let kind = measure.accumulation;
        let said = Type::Number(measure.clone()).said();
        let refused = |code: Code, wanted: &str| {
            let found = kind.map_or(said.clone(), |kind| kind.to_string());
            Diagnostic::new(code, place).with("left", found).with("right", wanted).with("function", function.word())
        };
        let wrong = match function {
            Function::YearOnYear | Function::PeriodOnPeriod | Function::AverageGrowth | Function::Index if rate => {
                let wrong = Diagnostic::new(Code::WrongType, place).with("wanted", "number");
                Some(wrong.with("found", said.clone()))
            }
            Function::PeriodOnPeriod if kind == Some(Accumulation::Cumulative) => {
                Some(refused(Code::MixedPeriodKinds, "flow"))
            }
            Function::Cumulative | Function::MovingSum if kind == Some(Accumulation::Cumulative) => {
                Some(refused(Code::MixedPeriodKinds, "flow"))
            }
            Function::Cumulative | Function::MovingSum if rate => Some(refused(Code::SumOfRates, "number")),
            Function::Cumulative | Function::MovingSum if kind == Some(Accumulation::Stock) => {
                Some(refused(Code::NotAdditiveInTime, "flow"))
            }
            Function::Discrete if matches!(kind, Some(Accumulation::Flow | Accumulation::Stock)) => {
                Some(refused(Code::MixedPeriodKinds, "cumulative"))
            }
            Function::Moving if measure.nature == Nature::Ratio => Some(Diagnostic::new(Code::MeanOfRates, place)),
            Function::OverAreas if rate || measure.units.is_quotient() || self.declared_not_additive() => {
                Some(refused(Code::NotAdditiveOverAreas, "number"))
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            self.refuse(wrong);
            return None;
        }
        Some(match function {
            Function::YearOnYear | Function::PeriodOnPeriod | Function::AverageGrowth => Measure::ratio(),
            Function::Index => Measure::plain(),
            Function::Cumulative => Measure { accumulation: Some(Accumulation::Cumulative), ..measure },
            Function::Discrete => Measure { accumulation: Some(Accumulation::Flow), ..measure },
            _ => measure,
        })
    }

    /// Is there a name that says that its areas don't add up?
    fn declared_not_additive(&self) -> bool {
        self.slots
            .iter()
            .any(|slot| matches!(&slot.kind, Type::Series(_, frequency) if frequency.additive == Some(false)))
    }

    fn arguments_fit(&mut self, function: Function, arguments: &[At]) -> bool {
        let Some(first) = arguments.first().copied() else { return true };
        match function {
            Function::Moving | Function::MovingSum => self.constant_between(first, 1, LONGEST_WINDOW),
            Function::Shift if self.kind(first).is_time() => true,
            Function::Shift => self.constant_between(first, -LONGEST_WINDOW, LONGEST_WINDOW),
            _ => arguments.iter().all(|at| {
                let fits = matches!(self.kind(*at), Type::Period | Type::Open | Type::Text)
                    || matches!(self.kind(*at), Type::Number(measure) if measure.is_pure());
                if !fits {
                    let found = self.kind(*at).clone();
                    self.wrong_type(*at, "period", &found);
                }
                fits
            }),
        }
    }

    fn constant_between(&mut self, at: At, least: i64, most: i64) -> bool {
        let fits = self.constant(at).is_some_and(|value| (least..=most).contains(&value));
        if !fits {
            let wrong = Diagnostic::new(Code::ConstantWanted, self.span(at)).with("least", least);
            self.refuse(wrong.with("most", most));
        }
        fits
    }
}
