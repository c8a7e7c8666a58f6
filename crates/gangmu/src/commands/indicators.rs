//! `gangmu indicators split|forecast`: targets split and series forecast as JSON lines, in their order (指标).

mod given;
mod split;

use super::lines;
use crate::{
    cli::Indicators,
    console::{Console, Outcome},
};

/// What every line should look like, for those that don't.
const SAMPLE_SPLIT: &str =
    r#"{"id":1,"baseline":"100","target":"150","from":2020,"to":2025,"rule":"linear","weights":null,"decimals":2}"#;

pub fn run(asked: &Indicators, console: &Console) -> Outcome {
    match asked {
        Indicators::Split(asked) => lines::run(asked, SAMPLE_SPLIT, split::answered, console),
    }
}

#[cfg(test)]
mod tests;
