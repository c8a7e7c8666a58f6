//! A formula as a sentence (算式的读法): an outline of phrases; the words themselves stand in `locales`.
//!
//! `round(a / b, 2)` is the phrase *rounded to 2 decimals* of the phrase *a divided by b*. Whoever shows it says each
//! phrase in the reader's language, inner ones first, so that a sentence in Chinese is one in Chinese throughout.

use crate::functions::Function;
use crate::syntax::{Argument, Binary, Comparison, Expression, Node, Unary, parse};

/// A part of the sentence (短语).
#[derive(Debug, Clone, PartialEq)]
pub enum Phrase {
    /// A name, a figure with its unit, a code: said as it is written.
    Written(String),
    /// Several of the same rank, between commas.
    Listed(Vec<Self>),
    /// Said by the words of that key, with its parts as `$a`, `$b`, `$c`.
    Said {
        /// The key of its words, such as `formula-say-divide`.
        key: String,
        /// Its parts.
        parts: Vec<Self>,
    },
    /// What needs brackets where it stands.
    Bracketed(Box<Self>),
}

/// Says the words of a key with the fields of those names.
pub type Say<'a> = dyn Fn(&str, &[(&str, String)]) -> String + 'a;

/// The names of a phrase's parts, in their order.
pub const PARTS: [&str; 3] = ["a", "b", "c"];

/// The outline of a formula's sentence (算式读法提纲); none where the text can't be read.
pub fn outline(text: &str) -> Option<Phrase> {
    let parsed = parse(text);
    parsed.diagnostics.is_empty().then(|| phrase(&parsed.tree))
}

/// Every key that a phrase may have.
pub fn keys() -> Vec<String> {
    let plain = [
        "yes", "no", "negate", "not", "or", "and", "in", "add", "subtract", "multiply", "divide", "equal", "unequal",
        "less", "at-most", "greater", "at-least", "if", "field", "where", "list", "today", "comma", "bracket",
    ];
    let plain = plain.iter().map(|word| key(word));
    plain.chain(Function::ALL.iter().map(|function| key(&function.word().replace('_', "-")))).collect()
}

fn key(word: &str) -> String {
    format!("formula-say-{word}")
}

fn said(word: &str, parts: Vec<Phrase>) -> Phrase {
    Phrase::Said { key: key(word), parts }
}

fn phrase(expression: &Expression) -> Phrase {
    match &expression.node {
        Node::YesNo(yes) => said(if *yes { "yes" } else { "no" }, Vec::new()),
        Node::Name(name) if name == "today" => said("today", Vec::new()),
        Node::Name(name) => Phrase::Written(name.clone()),
        Node::Text(text) => Phrase::Written(text.clone()),
        Node::Field(thing, field) => said("field", vec![phrase(thing), Phrase::Written(field.clone())]),
        Node::List(items) => said("list", vec![Phrase::Listed(items.iter().map(phrase).collect())]),
        Node::Unary(Unary::Negate, operand) => said("negate", vec![inner(operand, 7)]),
        Node::Unary(Unary::Not, operand) => said("not", vec![inner(operand, 9)]),
        Node::Binary(operator, left, right) => binary(*operator, left, right),
        Node::If(condition, then, otherwise) => said("if", vec![phrase(condition), phrase(then), phrase(otherwise)]),
        Node::Call { function, arguments, .. } => call(function, arguments),
        Node::Error | Node::Number { .. } | Node::Day(_) | Node::Moment(_) => Phrase::Written(expression.to_string()),
    }
}

/// What stands within an operator that binds so tightly.
fn inner(expression: &Expression, at_least: u8) -> Phrase {
    let strength = match &expression.node {
        Node::If(..) => 0,
        Node::Binary(operator, ..) => rank(*operator),
        Node::Unary(Unary::Not, _) => 3,
        _ => 9,
    };
    let phrase = phrase(expression);
    if strength < at_least { Phrase::Bracketed(Box::new(phrase)) } else { phrase }
}

fn rank(operator: Binary) -> u8 {
    match operator {
        Binary::Or => 1,
        Binary::And => 2,
        Binary::Compare(_) | Binary::In => 4,
        Binary::Add | Binary::Subtract => 5,
        Binary::Multiply | Binary::Divide => 6,
    }
}

fn binary(operator: Binary, left: &Expression, right: &Expression) -> Phrase {
    let word = match operator {
        Binary::Or => "or",
        Binary::And => "and",
        Binary::In => "in",
        Binary::Add => "add",
        Binary::Subtract => "subtract",
        Binary::Multiply => "multiply",
        Binary::Divide => "divide",
        Binary::Compare(Comparison::Equal) => "equal",
        Binary::Compare(Comparison::Unequal) => "unequal",
        Binary::Compare(Comparison::Less) => "less",
        Binary::Compare(Comparison::AtMost) => "at-most",
        Binary::Compare(Comparison::Greater) => "greater",
        Binary::Compare(Comparison::AtLeast) => "at-least",
    };
    said(word, vec![inner(left, rank(operator)), inner(right, rank(operator) + 1)])
}

fn call(name: &str, arguments: &[Argument]) -> Phrase {
    let given = |argument: &Argument| match &argument.condition {
        Some(condition) => said("where", vec![phrase(condition), phrase(&argument.value)]),
        None => phrase(&argument.value),
    };
    let given: Vec<Phrase> = arguments.iter().map(given).collect();
    let Some(function) = Function::named(name) else { return Phrase::Written(name.to_owned()) };
    let word = function.word().replace('_', "-");
    match given.len() {
        // The words of a fold speak of one list, however many values are written out.
        _ if function.is_fold() => said(&word, vec![Phrase::Listed(given)]),
        0..=3 => said(&word, given),
        _ => said(&word, vec![Phrase::Listed(given)]),
    }
}

impl Phrase {
    /// The sentence, each phrase said by `say` from its key and its parts (成句).
    pub fn spoken(&self, say: &Say<'_>) -> String {
        match self {
            Self::Written(text) => text.clone(),
            Self::Listed(items) => {
                let comma = say(&key("comma"), &[]);
                items.iter().map(|item| item.spoken(say)).collect::<Vec<_>>().join(&comma)
            }
            Self::Bracketed(inner) => say(&key("bracket"), &[("a", inner.spoken(say))]),
            Self::Said { key, parts } => {
                let spoken: Vec<(&str, String)> =
                    PARTS.iter().copied().zip(parts.iter().map(|part| part.spoken(say))).collect();
                // Words may speak of parts that an optional argument left out.
                let missing = PARTS.iter().skip(spoken.len()).map(|name| (*name, "none".to_owned()));
                let fields: Vec<(&str, String)> = spoken.iter().cloned().chain(missing).collect();
                say(key, &fields)
            }
        }
    }
}

#[cfg(test)]
mod tests;
