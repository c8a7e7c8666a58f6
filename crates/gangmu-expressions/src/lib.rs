//! The expression language of Gangmu (算式): formulas of indicators, eligibility, guards, scores, alerts, form logic.
//!
//! *In:* a text and the names that it may read; later the values of those names. *Out:* a tree, diagnostics at their
//! places, checked steps that are data, and a value, exact, or the reasons why there is none. *Never:* fails, rounds
//! unasked, guesses a missing value, adds rates, reads a clock or runs without end.
//!
//! Reading order: [`syntax`] (text to tree), [`number`], [`types`], [`functions`], [`mod@check`] (tree to [`ir`]),
//! [`values`], [`mod@evaluate`], [`working`];
//! for the editor and the page [`mod@complete`] and [`words`].

pub mod diagnostic;
pub mod number;
pub mod syntax;

pub mod functions;
pub mod types;

pub mod check;
pub mod ir;

pub mod evaluate;
#[cfg(test)]
mod sample;
pub mod values;
pub mod working;

pub mod complete;
pub mod words;

pub use check::{Checked, Names, check};
pub use complete::complete;
pub use diagnostic::{Code, Diagnostic};
pub use evaluate::{Cells, NoCells, Outcome, Situation, evaluate};
pub use ir::Formula;
pub use number::Number;
pub use types::Type;
pub use values::Value;
