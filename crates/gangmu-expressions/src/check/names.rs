//! What a word means (名称解析): a field of the element at hand, a declared name, or a field of a record.

use super::Checker;
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{At, Op},
    syntax::{Expression, Node, Span},
    types::Type,
};

impl Checker<'_> {
    pub(super) fn name(&mut self, expression: &Expression) -> At {
        let Some(path) = path(expression) else { return self.field_of_any(expression) };
        if let Some(at) = self.element(&path) {
            return at;
        }
        // `p.line` may be declared as one name, or `p` as a record with a field `line`.
        for taken in (1..=path.len()).rev() {
            let name = path[..taken].iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
            if let Some(kind) = self.names.get(&name).cloned() {
                let span = Span::new(path[0].1.start, path[taken - 1].1.end);
                let at = self.declared(&name, &kind, span);
                return self.fields(at, &path[taken..]);
            }
        }
        if let [("today" | "今天", span)] = path.as_slice() {
            return self.step(Op::Today, *span, Type::Date);
        }
        let whole = path.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
        let wrong = Diagnostic::new(Code::UnknownName, expression.span).with("name", &whole);
        let nearest = self.nearest(&whole);
        self.mistaken(wrong.with("nearest", nearest))
    }

    /// The value of a declared name; a series is its value in the period and area at hand.
    fn declared(&mut self, name: &str, kind: &Type, span: Span) -> At {
        let slot = self.slot(name, kind);
        match kind {
            Type::Series(of, frequency) => {
                let mut kind = (**of).clone();
                if let Type::Number(measure) = &mut kind {
                    measure.grain = measure.grain.or(frequency.grain);
                }
                self.push(Op::Slot { slot }, span, kind, 1, true)
            }
            kind => self.step(Op::Slot { slot }, span, kind.clone()),
        }
    }

    /// A field of the element that a fold is at, innermost first; `it` is the element, `self` leads outward.
    fn element(&mut self, path: &[(&str, Span)]) -> Option<At> {
        let (first, span) = *path.first()?;
        if self.scopes.is_empty() {
            return None;
        }
        let outward = matches!(first, "self" | "本对象");
        if outward {
            let rest = path.get(1..).filter(|rest| !rest.is_empty())?;
            let innermost = self.scopes.pop()?;
            let found = self.outer(rest);
            self.scopes.push(innermost);
            return Some(found);
        }
        let of_element = |kind: &Type| matches!(kind, Type::Record(fields) if fields.contains_key(first));
        let scope = self.scopes.iter().rev().find(|scope| of_element(&scope.kind) || matches!(first, "it" | "该项"))?;
        let (kind, level) = (scope.kind.clone(), scope.level);
        let at = self.step(Op::Element { level }, span, kind);
        let rest = if matches!(first, "it" | "该项") { &path[1..] } else { path };
        Some(self.fields(at, rest))
    }

    /// A path that the innermost element doesn't answer.
    fn outer(&mut self, path: &[(&str, Span)]) -> At {
        let span = Span::new(path[0].1.start, path[path.len() - 1].1.end);
        let mut expression = Expression { node: Node::Name(path[0].0.to_owned()), span: path[0].1, height: 1 };
        for (field, place) in &path[1..] {
            let within = Span::new(span.start, place.end);
            expression =
                Expression { node: Node::Field(Box::new(expression), (*field).to_owned()), span: within, height: 1 };
        }
        self.name(&expression)
    }

    /// Field of field of what stands there.
    fn fields(&mut self, mut at: At, path: &[(&str, Span)]) -> At {
        for (field, place) in path {
            let span = Span::new(self.span(at).start, place.end);
            at = self.field(at, field, span);
        }
        at
    }

    fn field_of_any(&mut self, expression: &Expression) -> At {
        let Node::Field(thing, field) = &expression.node else { return self.expression(expression) };
        let at = self.expression(thing);
        self.field(at, field, expression.span)
    }

    pub(super) fn field(&mut self, of: At, field: &str, span: Span) -> At {
        let found = |fields: &std::collections::BTreeMap<String, Type>| {
            let index = fields.keys().position(|known| known == field)?;
            Some((u32::try_from(index).ok()?, fields.get(field)?.clone()))
        };
        let (record, most) = match self.kind(of) {
            Type::Open => return self.mistake(span),
            Type::Record(fields) => (found(fields), None),
            Type::List(element, most) => match &**element {
                Type::Record(fields) => (found(fields), Some(*most)),
                _ => (None, None),
            },
            _ => (None, None),
        };
        let Some((index, kind)) = record else {
            let nearest = fields_of(self.kind(of)).map(|fields| nearest_of(field, fields)).unwrap_or_default();
            return self
                .mistaken(Diagnostic::new(Code::UnknownField, span).with("field", field).with("nearest", nearest));
        };
        match most {
            None => self.step(Op::Field { of, index }, span, kind),
            Some(most) => self.step(Op::Pluck { of, index }, span, Type::List(Box::new(kind), most)),
        }
    }

    /// The declared name that looks most like it.
    fn nearest(&self, name: &str) -> String {
        let in_scope = self.scopes.iter().filter_map(|scope| fields_of(&scope.kind)).flatten();
        nearest_of(name, self.names.keys().map(String::as_str).chain(in_scope))
    }
}

fn fields_of(kind: &Type) -> Option<impl Iterator<Item = &str>> {
    match kind {
        Type::Record(fields) => Some(fields.keys().map(String::as_str)),
        Type::List(of, _) => match &**of {
            Type::Record(fields) => Some(fields.keys().map(String::as_str)),
            _ => None,
        },
        _ => None,
    }
}

/// The words of `a.b.c` with their places; none where it begins with something else than a name.
fn path(expression: &Expression) -> Option<Vec<(&str, Span)>> {
    match &expression.node {
        Node::Name(name) => Some(vec![(name, expression.span)]),
        Node::Field(thing, field) => {
            let mut path = path(thing)?;
            let length = u32::try_from(field.chars().count()).unwrap_or(0);
            path.push((field, Span::new(expression.span.end.saturating_sub(length), expression.span.end)));
            Some(path)
        }
        _ => None,
    }
}

/// The candidate that differs least, if it differs little.
pub(super) fn nearest_of<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let length = word.chars().count();
    let close = candidates.map(|candidate| (distance(word, candidate), candidate));
    let allowed = if length < 2 { 0 } else { 1 + length / 4 };
    let best = close.filter(|(distance, _)| *distance <= allowed).min();
    best.map(|(_, candidate)| candidate.to_owned()).unwrap_or_default()
}

/// How many characters must be put in, left out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, of_a) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, of_b) in b.iter().enumerate() {
            let changed = diagonal + usize::from(of_a != *of_b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
