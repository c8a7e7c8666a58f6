//! From the tree to checked steps (检查): names, kinds, units, prices and period kinds, at the place of the mistake.
//!
//! Reading order: [`check`], then `names` (what a word means), `arithmetic`, `align` (which numbers go together),
//! `compare`, `call`, `fold`, `statistic`.

mod align;
mod arithmetic;
mod call;
mod compare;
mod fold;
mod names;
mod statistic;

pub(crate) use call::rounding;

use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{At, FORMAT, Formula, Op, Slot, Step},
    number::Number,
    syntax::{Binary, Expression, MOST_SAID, Node, Span, Unary, parse},
    types::{Measure, Type, Units},
    values,
};
use std::{collections::BTreeMap, sync::Arc};

/// The names that a formula may read (可用名称).
pub type Names = BTreeMap<String, Type>;

/// Steps that an evaluation may take.
const COSTLIEST: u64 = 10_000;

/// What became of a text (检查结果).
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The formula, if nothing is wrong with it.
    pub formula: Option<Formula>,
    /// The kind of its result, as far as it can be told.
    pub kind: Type,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a formula (检查算式). It never fails; all mistakes are said at once.
pub fn check(text: &str, names: &Names) -> Checked {
    let parsed = parse(text);
    let mut checker = Checker {
        names,
        slots: Vec::new(),
        steps: Vec::new(),
        costs: Vec::new(),
        varying: Vec::new(),
        scopes: Vec::new(),
        diagnostics: parsed.diagnostics,
    };
    let root = checker.expression(&parsed.tree);
    let cost = checker.costs[root as usize];
    if cost > COSTLIEST && checker.diagnostics.is_empty() {
        checker.refuse(Diagnostic::new(Code::TooCostly, parsed.tree.span).with("cost", cost).with("most", COSTLIEST));
    }
    let (kind, varies) = (checker.kind(root).clone(), checker.varying[root as usize]);
    let mut diagnostics = checker.diagnostics;
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end));
    diagnostics.dedup();
    diagnostics.truncate(MOST_SAID);
    let formula = diagnostics.is_empty().then(|| Formula {
        format: FORMAT.to_owned(),
        text: text.to_owned(),
        slots: checker.slots,
        steps: checker.steps,
        root,
        cost: u32::try_from(cost).unwrap_or(u32::MAX),
        varies,
    });
    Checked { formula, kind, diagnostics }
}

/// The element that a fold goes through, while its body is checked.
struct Scope {
    kind: Type,
    level: u8,
}

struct Checker<'a> {
    names: &'a Names,
    slots: Vec<Slot>,
    steps: Vec<Step>,
    costs: Vec<u64>,
    varying: Vec<bool>,
    scopes: Vec<Scope>,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn kind(&self, at: At) -> &Type {
        &self.steps[at as usize].kind
    }

    fn span(&self, at: At) -> Span {
        self.steps[at as usize].span
    }

    fn varies(&self, at: At) -> bool {
        self.varying[at as usize]
    }

    fn refuse(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds a step; what it costs follows from what it needs.
    fn step(&mut self, op: Op, span: Span, kind: Type) -> At {
        let needs = op.needs();
        let cost = needs.iter().fold(1, |sum: u64, at| sum.saturating_add(self.costs[*at as usize]));
        let varies = needs.iter().any(|at| self.varies(*at));
        self.push(op, span, kind, cost, varies)
    }

    fn push(&mut self, op: Op, span: Span, kind: Type, cost: u64, varies: bool) -> At {
        let at = At::try_from(self.steps.len()).unwrap_or(At::MAX);
        self.steps.push(Step { op, span, kind });
        self.costs.push(cost);
        self.varying.push(varies);
        at
    }

    /// What stands where a mistake is: it goes with everything, so that one mistake isn't said twice.
    fn mistake(&mut self, span: Span) -> At {
        self.step(Op::Number { value: Number::ZERO }, span, Type::Open)
    }

    fn mistaken(&mut self, diagnostic: Diagnostic) -> At {
        let span = diagnostic.span;
        self.refuse(diagnostic);
        self.mistake(span)
    }

    fn expression(&mut self, expression: &Expression) -> At {
        let span = expression.span;
        match &expression.node {
            Node::Error => self.mistake(span),
            Node::Number { value, unit } => self.number(*value, unit.as_deref(), span),
            Node::Day(value) => self.step(Op::Date { value: *value }, span, Type::Date),
            Node::Moment(text) => match values::instant(text) {
                Some(value) => self.step(Op::Instant { value }, span, Type::Instant),
                None => self.mistaken(Diagnostic::new(Code::BadDate, span).with("text", text)),
            },
            Node::Text(text) => self.step(Op::Text { value: text.as_str().into() }, span, Type::Text),
            Node::YesNo(value) => self.step(Op::YesNo { value: *value }, span, Type::YesNo),
            Node::Name(_) | Node::Field(..) => self.name(expression),
            Node::List(items) => self.list(items, span),
            Node::Unary(Unary::Not, operand) => {
                let of = self.expression(operand);
                self.wants_yesno(of);
                self.step(Op::Not { of }, span, Type::YesNo)
            }
            Node::Unary(Unary::Negate, operand) => self.negated(operand, span),
            Node::Binary(operator, left, right) => self.binary(*operator, left, right, span),
            Node::If(condition, then, otherwise) => {
                let condition = self.expression(condition);
                self.wants_yesno(condition);
                let (then, otherwise) = (self.expression(then), self.expression(otherwise));
                let (then, otherwise, kind) = self.together(then, otherwise, Code::BranchesDiffer);
                self.step(Op::If { condition, then, otherwise }, span, kind)
            }
            Node::Call { function, place, arguments } => self.call(function, place.0, arguments, span),
        }
    }

    fn number(&mut self, value: Number, unit: Option<&str>, span: Span) -> At {
        let measure = match unit {
            // Nothing is nothing of anything.
            None if value.is_zero() => Measure::open(),
            None => Measure::plain(),
            Some(unit) => match Units::read(unit, false).or_else(|| self.declared_noun(unit)) {
                Some(units) => Measure::in_units(units),
                // 2025年增速 may be a name that begins with figures.
                None if self.names.contains_key(&format!("{value}{unit}")) => {
                    let name = Node::Name(format!("{value}{unit}"));
                    return self.name(&Expression { node: name, span, height: 1 });
                }
                None => {
                    let wrong = Diagnostic::new(Code::UnknownUnit, span).with("unit", unit);
                    return self.mistaken(wrong);
                }
            },
        };
        self.step(Op::Number { value }, span, Type::Number(measure))
    }

    /// A counted noun that one of the names brought along.
    fn declared_noun(&self, unit: &str) -> Option<Units> {
        let units = Units::read(unit, true)?;
        let used = |kind: &Type| kind.unit().is_some_and(|known| known.split(['/', '·']).any(|part| part == unit));
        fn any(kind: &Type, used: &dyn Fn(&Type) -> bool) -> bool {
            match kind {
                Type::Record(fields) => fields.values().any(|field| any(field, used)),
                Type::List(of, _) | Type::Series(of, _) => any(of, used),
                other => used(other),
            }
        }
        self.names.values().any(|kind| any(kind, &used)).then_some(units)
    }

    fn list(&mut self, items: &[Expression], span: Span) -> At {
        let mut found: Vec<At> = items.iter().map(|item| self.expression(item)).collect();
        let mut kind = found.first().map_or(Type::Open, |first| self.kind(*first).clone());
        for place in 1..found.len() {
            let (first, item, of) = self.together(found[0], found[place], Code::TypesDiffer);
            (found[0], found[place], kind) = (first, item, of);
        }
        let most = u32::try_from(found.len()).ok();
        self.step(Op::List { items: found }, span, Type::List(Box::new(kind), most))
    }

    fn negated(&mut self, operand: &Expression, span: Span) -> At {
        let of = self.expression(operand);
        match self.kind(of).clone() {
            kind @ (Type::Number(_) | Type::Open) => self.step(Op::Negate { of }, span, kind),
            kind => self.wrong_type(of, "number", &kind),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expression, right: &Expression, span: Span) -> At {
        // The place of a mistake in a long sum is the two that don't go together, not all that stands before.
        let from = match &left.node {
            Node::Binary(before, _, last) if operator == *before || is_sum(operator) && is_sum(*before) => last.span,
            _ => left.span,
        };
        let place = Span::new(from.start.max(span.start), right.span.end);
        let (a, b) = (self.expression(left), self.expression(right));
        match operator {
            Binary::And | Binary::Or => {
                self.wants_yesno(a);
                self.wants_yesno(b);
                let op =
                    if operator == Binary::And { Op::And { left: a, right: b } } else { Op::Or { left: a, right: b } };
                self.step(op, span, Type::YesNo)
            }
            Binary::Add | Binary::Subtract => self.sum(a, b, operator == Binary::Subtract, span, place),
            Binary::Multiply => self.product(a, b, span, place),
            Binary::Divide => self.quotient(a, b, span, place),
            Binary::Compare(how) => self.comparison(how, a, b, span, place),
            Binary::In => self.membership(a, b, span, place),
        }
    }

    fn wants_yesno(&mut self, at: At) {
        if !matches!(self.kind(at), Type::YesNo | Type::Open) {
            let kind = self.kind(at).clone();
            self.wrong_type(at, "yesno", &kind);
        }
    }

    fn wrong_type(&mut self, at: At, wanted: &str, found: &Type) -> At {
        let place = self.span(at);
        self.mistaken(Diagnostic::new(Code::WrongType, place).with("wanted", wanted).with("found", found.said()))
    }

    /// The place of a name among those that the formula reads.
    fn slot(&mut self, name: &str, kind: &Type) -> u32 {
        let known = self.slots.iter().position(|slot| &*slot.name == name);
        let place = known.unwrap_or_else(|| {
            self.slots.push(Slot { name: Arc::from(name), kind: kind.clone() });
            self.slots.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

fn is_sum(operator: Binary) -> bool {
    matches!(operator, Binary::Add | Binary::Subtract)
}

#[cfg(test)]
mod tests;
