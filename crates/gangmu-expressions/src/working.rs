//! The working of a formula (演算过程): every step with its place, what went in and what came out.

use crate::{
    evaluate::{Outcome, Place, Situation, Watch, watched},
    functions::Function,
    ir::{At, Formula, Op},
    syntax::Span,
    types::Type,
    values::Value,
};
use gangmu_kernel::Period;

/// Lines that a working has at most; the rest is left out and said so.
const MOST_LINES: usize = 500;

/// A line of the working (演算步骤).
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The step of the formula.
    pub at: At,
    /// Where it is written.
    pub span: Span,
    /// What was done, in the word that programs read.
    pub operation: &'static str,
    /// What went in: the step it came from, and its value.
    pub operands: Vec<(At, Value)>,
    /// What came out.
    pub value: Value,
    /// In which period.
    pub period: Option<Period>,
    /// In which area.
    pub area: Option<String>,
}

/// The working of one evaluation (演算过程).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Working {
    /// Its lines, in the order in which they were done.
    pub lines: Vec<Line>,
    /// How many lines were left out.
    pub left_out: usize,
}

/// The value of a formula with its working (演算).
pub fn explain(formula: &Formula, situation: &Situation<'_>) -> (Outcome, Working) {
    let mut recorder = Recorder { formula, latest: vec![None; formula.steps.len()], working: Working::default() };
    let outcome = watched(formula, situation, &mut recorder);
    (outcome, recorder.working)
}

struct Recorder<'a> {
    formula: &'a Formula,
    latest: Vec<Option<Value>>,
    working: Working,
}

impl Watch for Recorder<'_> {
    fn done(&mut self, at: At, value: &Value, place: Place<'_>) {
        let step = self.formula.step(at);
        if let Some(operation) = operation(&step.op) {
            if self.working.lines.len() < MOST_LINES {
                let needs = step.op.needs();
                let operands = needs.iter().filter_map(|need| Some((*need, self.latest[*need as usize].clone()?)));
                // Period and area matter where a step is done in several of them.
                let varies =
                    self.formula.varies || self.formula.slots.iter().any(|s| matches!(s.kind, Type::Series(..)));
                self.working.lines.push(Line {
                    at,
                    span: step.span,
                    operation,
                    operands: operands.collect(),
                    value: value.clone(),
                    period: place.period.filter(|_| varies),
                    area: place.area.filter(|_| varies).map(str::to_owned),
                });
            } else {
                self.working.left_out += 1;
            }
        }
        self.latest[at as usize] = Some(value.clone());
    }
}

/// The word for what a step does; none for what is only written or read off.
pub fn operation(op: &Op) -> Option<&'static str> {
    Some(match op {
        Op::Number { .. }
        | Op::YesNo { .. }
        | Op::Date { .. }
        | Op::Instant { .. }
        | Op::Text { .. }
        | Op::Element { .. }
        | Op::List { .. }
        | Op::Rank { .. }
        | Op::Stretch { .. } => return None,
        Op::Today => "today",
        Op::Slot { .. } => "value",
        Op::Field { .. } | Op::Pluck { .. } => "field",
        Op::Add { .. } => "add",
        Op::Subtract { .. } => "subtract",
        Op::Multiply { .. } => "multiply",
        Op::Divide { .. } => "divide",
        Op::Convert { .. } => "convert",
        Op::Negate { .. } => "negate",
        Op::Shift { .. } => "shift_date",
        Op::Between { .. } => "days_between",
        Op::Compare { .. } => "compare",
        Op::In { .. } => "in",
        Op::And { .. } => "and",
        Op::Or { .. } => "or",
        Op::Not { .. } => "not",
        Op::If { .. } => "if",
        Op::Call { function, .. } | Op::Fold { function, .. } | Op::Statistic { function, .. } => {
            Function::word(*function)
        }
    })
}

#[cfg(test)]
mod tests;
