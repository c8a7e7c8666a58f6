//! The plan compiler and the life of an edition (规划编译): from the text of a five-year plan to clauses and commitments.
//!
//! *In:* a `SourceText`, known names. *Out:* a `CompiledPlan` with its doubts; proposals; the events of a review.
//! *Never:* fails, guesses, reads a file or a clock.

pub mod addresses;
pub mod alignment;
pub mod comparison;
pub mod compile;
pub mod compiled;
pub mod coverage;
pub mod edition;
pub mod explain;
pub mod likeness;
pub mod owners;
pub mod proposal;
pub mod register;
pub mod review;
#[cfg(test)]
mod sample;
