//! Stories of operations, on both databases.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that fails says where")]

mod access;
mod accounts;
mod demo;
mod door;
mod indicators;
mod jobs;
mod journal;
mod kills;
mod messages;
mod packs;
mod personal;
mod plan;
mod posts;
mod rosters;
mod scope;
