//! Tests of the store on both databases.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that fails says where")]

#[expect(dead_code, reason = "the file is shared with tests that need more of it")]
#[path = "../../../gangmu-testkit/src/databases.rs"]
mod databases;

mod accounts;
mod journal;
mod layer;
mod migrations;
mod plan;
mod prepare;
