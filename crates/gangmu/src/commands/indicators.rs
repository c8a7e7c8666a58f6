//! `gangmu indicators split|forecast`: targets split and series forecast as JSON lines, in their order (指标).

mod forecast;
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
const SAMPLE_FORECAST: &str = r#"{"id":1,"frequency":"year","values":["100","104",null,"113"],"horizon":2,"target":{"comparator":"ge","value":"125"}}"#;

pub fn run(asked: &Indicators, console: &Console) -> Outcome {
    match asked {
        Indicators::Split(asked) => lines::run(asked, SAMPLE_SPLIT, split::answered, console),
        Indicators::Forecast(asked) => lines::run(asked, SAMPLE_FORECAST, forecast::answered, console),
    }
}

#[cfg(test)]
mod tests;
