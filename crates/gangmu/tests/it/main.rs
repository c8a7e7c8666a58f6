//! The built program, run as people run it: on files, with exit codes, words and children.

#![allow(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod accounts;
mod api;
mod backup;
mod bad_input;
mod child;
mod doctor;
mod erasure;
mod formula;
mod indicators;
mod journal;
mod made;
mod plan;
mod postgres;
mod program;
mod server;
mod torture;

use made::Folder;
use program::{Ran, gangmu};
