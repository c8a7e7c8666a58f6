//! Tests of the store on both databases.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that fails says where")]

#[path = "../../../gangmu-testkit/src/databases.rs"]
mod databases;

mod accounts;
mod attachments;
mod backup;
mod journal;
mod layer;
mod migrations;
mod plan;
mod prepare;
mod staging;
