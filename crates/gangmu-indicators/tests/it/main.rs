//! Forecasts measured on seeded series whose going on is known, and the document held to its word.

#![allow(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod backtest;
mod document;
mod processes;
