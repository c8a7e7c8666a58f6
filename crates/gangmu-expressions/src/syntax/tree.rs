//! The tree of a formula (语法树): what was written, not yet what it means.

use super::Span;
use crate::number::Number;
use jiff::civil::Date;

/// A part of a formula and where it stands. Two are equal that say the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Expression {
    /// What is written.
    pub node: Node,
    /// Where.
    pub span: Span,
    /// How many parts within parts it has.
    pub height: u16,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// A place that doesn't count when two trees are compared.
#[derive(Debug, Clone, Copy)]
pub struct Place(pub Span);

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What is written (语法结点).
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Nothing that can be read; a diagnostic says why.
    Error,
    /// A number with its unit as written, or none: `12`, `500 万元`, `20%`.
    Number {
        /// The figures.
        value: Number,
        /// The unit's text.
        unit: Option<String>,
    },
    /// A day.
    Day(Date),
    /// A moment, in its text.
    Moment(String),
    /// A text or a code.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A name.
    Name(String),
    /// A field of a record.
    Field(Box<Expression>, String),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `-a`, `not a`
    Unary(Unary, Box<Expression>),
    /// `a + b` and the like.
    Binary(Binary, Box<Expression>, Box<Expression>),
    /// `if c then a else b`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `f(a, b where c)`
    Call {
        /// The function's name as written.
        function: String,
        /// Where its name stands.
        place: Place,
        /// What stands in the brackets.
        arguments: Vec<Argument>,
    },
}

/// What stands in the brackets of a function, with its condition (参数).
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// What stands there.
    pub value: Expression,
    /// What stands after `where`.
    pub condition: Option<Expression>,
}

/// An operator before its operand (一元运算).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// `-`
    Negate,
    /// `not`
    Not,
}

/// An operator between operands (二元运算).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=` and the like.
    Compare(Comparison),
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A comparison (比较).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// The sign that is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Does it ask for more than being the same or not?
    pub fn asks_order(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal)
    }

    /// What it says of two that stand in that order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Binary {
    /// How tightly it binds.
    pub(super) fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Compare(_) | Self::In => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
        }
    }

    /// The sign or word that is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Compare(comparison) => comparison.sign(),
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}
