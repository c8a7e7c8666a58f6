//! A tree as text (输出算式): with no more brackets than it needs, and reading back as the same tree.

use super::{
    token::TokenKind,
    tree::{Argument, Binary, Expression, Node, Unary},
};
use std::fmt;

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self, 0)
    }
}

/// How tightly the outermost operator binds.
fn strength(expression: &Expression) -> u8 {
    match &expression.node {
        Node::If(..) => 0,
        Node::Binary(operator, ..) => operator.strength(),
        Node::Unary(Unary::Not, _) => 3,
        Node::Unary(Unary::Negate, _) => 7,
        _ => 9,
    }
}

/// Writes what must bind at least that tightly.
fn write(f: &mut fmt::Formatter<'_>, expression: &Expression, at_least: u8) -> fmt::Result {
    if strength(expression) < at_least {
        f.write_str("(")?;
        write(f, expression, 0)?;
        return f.write_str(")");
    }
    match &expression.node {
        Node::Error => f.write_str("?"),
        Node::Number { value, unit: None } => write!(f, "{}", value.to_decimal_text()),
        Node::Number { value, unit: Some(unit) } if unit == "%" || unit == "‰" => {
            write!(f, "{}{unit}", value.to_decimal_text())
        }
        Node::Number { value, unit: Some(unit) } => write!(f, "{} {unit}", value.to_decimal_text()),
        Node::Day(day) => write!(f, "{day}"),
        Node::Moment(moment) => f.write_str(moment),
        Node::Text(text) if text.contains(['\'', '’', '＇']) => write!(f, "\"{text}\""),
        Node::Text(text) => write!(f, "'{text}'"),
        Node::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
        Node::Name(name) => write_name(f, name),
        Node::Field(thing, name) => {
            write(f, thing, 8)?;
            f.write_str(".")?;
            write_name(f, name)
        }
        Node::List(items) => {
            f.write_str("[")?;
            for (at, item) in items.iter().enumerate() {
                f.write_str(if at == 0 { "" } else { ", " })?;
                write(f, item, 0)?;
            }
            f.write_str("]")
        }
        Node::Unary(Unary::Negate, operand) => {
            f.write_str("-")?;
            write(f, operand, 8)
        }
        Node::Unary(Unary::Not, operand) => {
            f.write_str("not ")?;
            write(f, operand, 3)
        }
        Node::Binary(operator, left, right) => write_binary(f, *operator, left, right),
        Node::If(condition, then, otherwise) => {
            f.write_str("if ")?;
            write(f, condition, 1)?;
            f.write_str(" then ")?;
            write(f, then, 1)?;
            f.write_str(" else ")?;
            write(f, otherwise, 0)
        }
        Node::Call { function, arguments, .. } => write_call(f, function, arguments),
    }
}

fn write_binary(f: &mut fmt::Formatter<'_>, operator: Binary, left: &Expression, right: &Expression) -> fmt::Result {
    // A comparison beside a comparison would read as a chain.
    let of_left = operator.strength() + u8::from(operator.strength() == 4);
    write(f, left, of_left)?;
    write!(f, " {} ", operator.sign())?;
    write(f, right, operator.strength() + 1)
}

fn write_call(f: &mut fmt::Formatter<'_>, function: &str, arguments: &[Argument]) -> fmt::Result {
    write!(f, "{function}(")?;
    for (at, argument) in arguments.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { ", " })?;
        write(f, &argument.value, 0)?;
        if let Some(condition) = &argument.condition {
            f.write_str(" where ")?;
            write(f, condition, 0)?;
        }
    }
    f.write_str(")")
}

/// A name, in 「」 where it would read as something else.
fn write_name(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    let plain = super::tokens(name);
    let stands = matches!(plain.as_slice(), [one] if one.kind == TokenKind::Word(name.to_owned()));
    if stands && !TokenKind::is_taken(name) { f.write_str(name) } else { write!(f, "「{name}」") }
}
