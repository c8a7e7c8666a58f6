//! `gangmu formula check|eval`: formulas as JSON lines, checked or evaluated, in their order (算式).

mod answer;
mod given;
mod table;

use super::lines;
use crate::{
    cli::Formula,
    console::{Console, Outcome},
};

/// What every line should look like, for those that don't.
const SAMPLE_CHECK: &str =
    r#"{"id":1,"text":"a / b","names":{"a":{"type":"number","unit":"万元"},"b":{"type":"number","unit":"人"}}}"#;
const SAMPLE_EVAL: &str = r#"{"id":1,"text":"a / b","values":{"a":"12.5","b":"4"}}"#;

pub fn run(asked: &Formula, console: &Console) -> Outcome {
    match asked {
        Formula::Check(asked) => lines::run(asked, SAMPLE_CHECK, answer::checked, console),
        Formula::Eval(asked) => lines::run(asked, SAMPLE_EVAL, answer::evaluated, console),
    }
}

#[cfg(test)]
mod tests;
