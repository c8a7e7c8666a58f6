//! Comparisons (比较) and membership.

use super::Checker;
use crate::{
    diagnostic::Code,
    ir::{At, Op},
    syntax::{Comparison, Span},
    types::Type,
};

impl Checker<'_> {
    pub(super) fn comparison(&mut self, how: Comparison, a: At, b: At, span: Span, place: Span) -> At {
        let before = self.diagnostics.len();
        let (mut a, mut b, kind) = if let (Type::Number(_), Type::Number(_)) = (self.kind(a), self.kind(b)) {
            match self.numbers_together(a, b, place) {
                Some((a, b, measure)) => (a, b, Type::Number(measure)),
                None => (a, b, Type::Open),
            }
        } else {
            self.together(a, b, Code::TypesDiffer)
        };
        let fits = match &kind {
            Type::Record(_) | Type::List(..) | Type::Series(..) => false,
            _ => !how.asks_order() || kind.is_ordered(),
        };
        if !fits && self.diagnostics.len() == before {
            let code =
                if matches!(kind, Type::Record(_) | Type::List(..)) { Code::WrongType } else { Code::NotOrdered };
            if code == Code::WrongType {
                self.wrong_type(a, "number", &kind);
            } else {
                self.differ(Code::NotOrdered, &kind, &kind, place);
            }
        }
        if let (Type::Choice(options), true) = (&kind, how.asks_order()) {
            (a, b) = (self.ranked(a, options), self.ranked(b, options));
        }
        self.step(Op::Compare { how, left: a, right: b }, span, Type::YesNo)
    }

    /// A code by its place in the order of its choice.
    fn ranked(&mut self, of: At, options: &[String]) -> At {
        let span = self.span(of);
        self.step(Op::Rank { of, options: options.to_vec() }, span, Type::number())
    }

    /// Is the value one of the list?
    pub(super) fn membership(&mut self, value: At, list: At, span: Span, place: Span) -> At {
        let value = self.in_plain(value);
        let list = match self.kind(list).clone() {
            Type::Open => list,
            Type::List(of, _) => self.list_for(value, list, &of, place),
            found => self.wrong_type(list, "list", &found),
        };
        self.step(Op::In { value, list }, span, Type::YesNo)
    }

    /// The list with its elements in the unit of the value.
    fn list_for(&mut self, value: At, list: At, of: &Type, place: Span) -> At {
        if let Op::List { items } = self.steps[list as usize].op.clone() {
            let items = items.into_iter().map(|item| self.together(value, item, Code::TypesDiffer).1).collect();
            let (span, kind) = (self.span(list), self.kind(list).clone());
            return self.step(Op::List { items }, span, kind);
        }
        let kind = self.kind(value).clone();
        let fits = match (&kind, of) {
            (Type::Open, _) | (_, Type::Open) => true,
            (Type::Number(a), Type::Number(b)) => a.units == b.units,
            (Type::Text | Type::Choice(_), Type::Text | Type::Choice(_)) => true,
            (a, b) => a == b,
        };
        if let (Type::Choice(options), true) = (of, fits) {
            self.one_of(value, options);
        }
        if fits { list } else { self.differ(Code::TypesDiffer, &kind, of, place) }
    }
}
