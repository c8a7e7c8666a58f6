//! Functions over several values or over a list (汇总): sums, means, the smallest, how many.

use super::{Checker, Scope};
use crate::{
    diagnostic::{Code, Diagnostic},
    functions::Function,
    ir::{At, Op},
    syntax::{Argument, Expression, Node, Span},
    types::{Measure, Nature, Type},
};

/// How long a list is taken to be that doesn't say it.
const USUAL_BOUND: u32 = 1000;
/// Folds within folds.
const DEEPEST: usize = 2;

impl Checker<'_> {
    pub(super) fn fold(&mut self, function: Function, arguments: &[Argument], span: Span) -> At {
        if let [argument] = arguments {
            return self.fold_of_one(function, argument, span);
        }
        if let Some(condition) = arguments.iter().find_map(|argument| argument.condition.as_ref()) {
            return self.mistaken(Diagnostic::new(Code::UnexpectedSign, condition.span).with("sign", "where"));
        }
        let given: Vec<At> = arguments.iter().map(|argument| self.expression(&argument.value)).collect();
        self.of_several(function, given, span)
    }

    /// Of values that stand in the brackets one by one.
    fn of_several(&mut self, function: Function, mut given: Vec<At>, span: Span) -> At {
        match function {
            Function::Sum => given.into_iter().reduce(|sum, next| {
                let place = self.around(sum, next);
                let whole = Span::new(self.span(sum).start, self.span(next).end);
                self.sum(sum, next, false, whole, place)
            }),
            Function::Any | Function::All => {
                for at in &given {
                    self.wants_yesno(*at);
                }
                given.into_iter().reduce(|left, right| {
                    let whole = Span::new(self.span(left).start, self.span(right).end);
                    let op = if function == Function::Any { Op::Or { left, right } } else { Op::And { left, right } };
                    self.step(op, whole, Type::YesNo)
                })
            }
            _ => {
                let mut kind = self.kind(given[0]).clone();
                for place in 1..given.len() {
                    let (first, next, of) = self.together(given[0], given[place], Code::TypesDiffer);
                    (given[0], given[place], kind) = (first, next, of);
                }
                // The first may have been converted for a later one.
                let first = given[0];
                for next in given.iter_mut().skip(1) {
                    *next = self.together(first, *next, Code::TypesDiffer).1;
                }
                let kind = self.folded(function, &kind, span);
                Some(self.plain_call(function, given, span, kind))
            }
        }
        .unwrap_or_else(|| self.mistake(span))
    }

    fn fold_of_one(&mut self, function: Function, argument: &Argument, span: Span) -> At {
        // `sum(items.points where basic)`: the list is `items`, of each element its `points`.
        let (list, field) = match &argument.value.node {
            Node::Field(list, field) if self.is_list_of_records(list) => (self.expression(list), Some(field)),
            _ => (self.expression(&argument.value), None),
        };
        let Type::List(element, bound) = self.kind(list).clone() else {
            return self.fold_of_single(function, list, argument, span);
        };
        let level = u8::try_from(self.scopes.len()).unwrap_or(u8::MAX);
        if self.scopes.len() >= DEEPEST {
            return self.mistaken(Diagnostic::new(Code::NestedTooDeep, span).with("most", DEEPEST));
        }
        self.scopes.push(Scope { kind: (*element).clone(), level });
        let of_element = self.step(Op::Element { level }, argument.value.span, *element);
        let body = match field {
            Some(field) => self.field(of_element, field, argument.value.span),
            None => of_element,
        };
        let condition = argument.condition.as_ref().map(|condition| {
            let at = self.expression(condition);
            self.wants_yesno(at);
            at
        });
        self.scopes.pop();
        let kind = self.fold_kind(function, body, span);
        let bound = u64::from(bound.unwrap_or(USUAL_BOUND));
        let each = self.costs[body as usize] + condition.map_or(0, |at| self.costs[at as usize]) + 1;
        let cost = self.costs[list as usize].saturating_add(bound.saturating_mul(each));
        let varies = [Some(list), Some(body), condition].into_iter().flatten().any(|at| self.varies(at));
        self.push(Op::Fold { function, list, body, condition, level }, span, kind, cost, varies)
    }

    /// What the fold of those bodies is.
    fn fold_kind(&mut self, function: Function, body: At, span: Span) -> Type {
        match function {
            // So many of whatever was counted: it goes with 5 次 and with 5 户.
            Function::Count => Type::Number(Measure::open()),
            Function::Any | Function::All => {
                self.wants_yesno(body);
                Type::YesNo
            }
            _ => {
                let kind = self.kind(body).clone();
                self.folded(function, &kind, span)
            }
        }
    }

    /// What the sum, mean, smallest or largest of values of that kind is.
    fn folded(&mut self, function: Function, kind: &Type, span: Span) -> Type {
        match (function, kind) {
            (_, Type::Open) => Type::Open,
            (Function::Sum, Type::Number(measure)) if measure.nature == Nature::Ratio => {
                self.refuse(
                    Diagnostic::new(Code::SumOfRates, span).with("left", kind.said()).with("right", kind.said()),
                );
                kind.clone()
            }
            (Function::Mean, Type::Number(measure)) if measure.nature == Nature::Ratio => {
                self.refuse(Diagnostic::new(Code::MeanOfRates, span));
                kind.clone()
            }
            (Function::Sum | Function::Mean, Type::Number(_)) => kind.clone(),
            (Function::Min | Function::Max, kind) if kind.is_ordered() && !matches!(kind, Type::Choice(_)) => {
                kind.clone()
            }
            _ => {
                let wrong = Diagnostic::new(Code::WrongType, span).with("wanted", "number").with("found", kind.said());
                self.refuse(wrong);
                Type::Open
            }
        }
    }

    /// Of a single value that is no list: that value.
    fn fold_of_single(&mut self, function: Function, value: At, argument: &Argument, span: Span) -> At {
        let kind = self.kind(value).clone();
        match (function, &kind) {
            (_, Type::Open) => self.step(Op::Negate { of: value }, span, Type::Open),
            (Function::Sum | Function::Mean | Function::Min | Function::Max, Type::Number(_))
                if argument.condition.is_none() =>
            {
                value
            }
            (Function::Any | Function::All, Type::YesNo) if argument.condition.is_none() => value,
            _ => self.wrong_type(value, "list", &kind),
        }
    }

    fn is_list_of_records(&mut self, expression: &Expression) -> bool {
        if !Self::is_name(expression) {
            return false;
        }
        // Looked up without leaving a trace.
        let (steps, slots, diagnostics) = (self.steps.len(), self.slots.len(), self.diagnostics.len());
        let at = self.expression(expression);
        let found = matches!(self.kind(at), Type::List(of, _) if matches!(**of, Type::Record(_)));
        self.steps.truncate(steps);
        self.costs.truncate(steps);
        self.varying.truncate(steps);
        self.slots.truncate(slots);
        self.diagnostics.truncate(diagnostics);
        found
    }
}
