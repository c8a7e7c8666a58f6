//! Divisions of work joined to an outline, read from real workbooks and Word files that the tests write.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that can't go on says where")]

mod annexes;
mod attached;
mod distorted;
mod made;
mod measured;
mod recognised;
