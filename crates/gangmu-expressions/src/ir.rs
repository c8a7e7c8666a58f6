//! The checked formula (中间表示): steps with their types and places, each after those it needs.
//!
//! It is data: it serialises, is kept with what it decided, and means the same wherever it is evaluated.

use crate::{
    functions::Function,
    number::Number,
    syntax::{Comparison, Span},
    types::{TimeUnit, Type},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The version of this form.
pub const FORMAT: &str = "gangmu.formula/1";

/// A step's place in the list of steps.
pub type At = u32;

/// A checked formula (已检查的算式).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Formula {
    /// The version of this form.
    pub format: String,
    /// The text it was made of; places are code points in it.
    pub text: String,
    /// The names it reads, in the order in which they first stand.
    pub slots: Vec<Slot>,
    /// The steps; a step stands after those it needs.
    pub steps: Vec<Step>,
    /// The step that is the result.
    pub root: At,
    /// How many steps an evaluation takes at most (静态代价).
    pub cost: u32,
    /// Does the result change with period and area?
    pub varies: bool,
}

/// A name that the formula reads (引用).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The name as declared.
    #[serde(with = "shared")]
    pub name: Arc<str>,
    /// What it is declared to be.
    #[serde(rename = "type")]
    pub kind: Type,
}

/// A step (步骤).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    #[serde(flatten)]
    pub op: Op,
    /// Where it is written.
    pub span: Span,
    /// The kind of its result.
    #[serde(rename = "type")]
    pub kind: Type,
}

/// What a step does (运算).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    /// A number that is written.
    Number {
        /// In the unit of the step's type.
        value: Number,
    },
    /// Yes or no, written.
    YesNo {
        /// Which.
        value: bool,
    },
    /// A day that is written.
    Date {
        /// Which.
        value: Date,
    },
    /// A moment that is written.
    Instant {
        /// Which.
        value: Timestamp,
    },
    /// A text or code that is written.
    Text {
        /// Which.
        #[serde(with = "shared")]
        value: Arc<str>,
    },
    /// The day of the situation.
    Today,
    /// The value of a name.
    Slot {
        /// Its place among the slots.
        slot: u32,
    },
    /// The element that a fold is at.
    Element {
        /// Of which fold: 0 is the outermost.
        level: u8,
    },
    /// A field of a record.
    Field {
        /// The record.
        of: At,
        /// Its place among the fields in the order of their names.
        index: u32,
    },
    /// A list that is written.
    List {
        /// Its values.
        items: Vec<At>,
    },
    /// One field of each record of a list.
    Pluck {
        /// The list.
        of: At,
        /// The field's place.
        index: u32,
    },
    /// The sum.
    Add {
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// The difference.
    Subtract {
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// The product.
    Multiply {
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// The quotient.
    Divide {
        /// Above the line.
        left: At,
        /// Below the line.
        right: At,
    },
    /// Into another unit of the same dimension.
    Convert {
        /// What.
        of: At,
        /// The factor.
        by: Number,
    },
    /// The other sign.
    Negate {
        /// Of what.
        of: At,
    },
    /// The place of a code in the order of its choice.
    Rank {
        /// The code.
        of: At,
        /// All codes in order.
        options: Vec<String>,
    },
    /// A count of time as a stretch that no day has fixed yet.
    Stretch {
        /// How many.
        of: At,
        /// Of what, and how many of it one of the step's own unit is.
        unit: TimeUnit,
        /// The factor.
        by: Number,
    },
    /// A day or moment so long after or before another.
    Shift {
        /// The day.
        day: At,
        /// How many.
        count: At,
        /// Of what.
        unit: TimeUnit,
        /// How many of it one of the count's own unit is; negative goes back.
        by: Number,
    },
    /// The stretch between two days.
    Between {
        /// The first.
        from: At,
        /// The second.
        to: At,
    },
    /// Which is larger, or are they the same?
    Compare {
        /// What is asked.
        how: Comparison,
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// Is the value in the list?
    In {
        /// The value.
        value: At,
        /// The list.
        list: At,
    },
    /// Both.
    And {
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// One of both.
    Or {
        /// Left.
        left: At,
        /// Right.
        right: At,
    },
    /// The contrary.
    Not {
        /// Of what.
        of: At,
    },
    /// One of two ways.
    If {
        /// The condition.
        condition: At,
        /// When it holds.
        then: At,
        /// When it doesn't.
        otherwise: At,
    },
    /// A function of its arguments.
    Call {
        /// Which.
        function: Function,
        /// What stands in the brackets.
        arguments: Vec<At>,
    },
    /// A function that goes through a list.
    Fold {
        /// Which.
        function: Function,
        /// The list.
        list: At,
        /// What is taken of each element.
        body: At,
        /// The condition on each element.
        condition: Option<At>,
        /// The element's level.
        level: u8,
    },
    /// A function that looks at other periods or areas.
    Statistic {
        /// Which.
        function: Function,
        /// What is looked at.
        of: At,
        /// What else stands in the brackets.
        arguments: Vec<At>,
    },
}

impl Formula {
    /// The step at that place.
    pub fn step(&self, at: At) -> &Step {
        &self.steps[at as usize]
    }

    /// The kind of the result.
    pub fn kind(&self) -> &Type {
        &self.step(self.root).kind
    }

    /// Does the form hold together? Asked of what was stored elsewhere, before it is evaluated.
    pub fn is_sound(&self) -> bool {
        self.format == FORMAT
            && (self.root as usize) < self.steps.len()
            && self.steps.iter().enumerate().all(|(place, step)| {
                let earlier = |at: &At| (*at as usize) < place;
                let slot = !matches!(step.op, Op::Slot { slot } if slot as usize >= self.slots.len());
                slot && step.op.needs().iter().all(earlier)
            })
    }
}

impl Op {
    /// The steps that it needs, in the order in which they are written.
    pub fn needs(&self) -> Vec<At> {
        match self {
            Self::Number { .. }
            | Self::YesNo { .. }
            | Self::Date { .. }
            | Self::Instant { .. }
            | Self::Text { .. }
            | Self::Today
            | Self::Slot { .. }
            | Self::Element { .. } => Vec::new(),
            Self::Field { of, .. }
            | Self::Pluck { of, .. }
            | Self::Convert { of, .. }
            | Self::Negate { of }
            | Self::Rank { of, .. }
            | Self::Stretch { of, .. }
            | Self::Not { of } => vec![*of],
            Self::List { items } => items.clone(),
            Self::Add { left, right }
            | Self::Subtract { left, right }
            | Self::Multiply { left, right }
            | Self::Divide { left, right }
            | Self::Compare { left, right, .. }
            | Self::And { left, right }
            | Self::Or { left, right } => vec![*left, *right],
            Self::Shift { day, count, .. } => vec![*day, *count],
            Self::Between { from, to } => vec![*from, *to],
            Self::In { value, list } => vec![*value, *list],
            Self::If { condition, then, otherwise } => vec![*condition, *then, *otherwise],
            Self::Call { arguments, .. } => arguments.clone(),
            Self::Fold { list, body, condition, .. } => [*list, *body].into_iter().chain(*condition).collect(),
            Self::Statistic { of, arguments, .. } => std::iter::once(*of).chain(arguments.iter().copied()).collect(),
        }
    }
}

/// Texts that are shared, as plain ones.
mod shared {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}
