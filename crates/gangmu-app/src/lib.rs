//! The operations of Gangmu (业务操作): one file per verb, every write through one door.
//!
//! *In:* a session and what a person asks. *Out:* what was done, or every reason why not. *Never:* SQL, HTTP, a clock
//! or randomness of its own.
//!
//! Reading order: `ports` is what the binary wires in; `access` and `session` say who may; `operate` is the door; then
//! the nouns.

pub mod app;
pub mod failure;
pub mod ports;
pub mod seal;

pub mod access;
pub mod session;
pub mod terms;

pub mod operate;

pub mod accounts;
pub mod attachments;
pub mod backup;
pub mod demo;
pub mod faults;
pub mod indicators;
pub mod jobs;
pub mod journal;
pub mod messages;
pub mod operations;
pub mod packs;
pub mod personal;
pub mod plan;
pub mod posts;
pub mod rights;
pub mod rosters;
pub mod staging;
pub mod tokens;

pub mod home;
pub mod search;

pub use access::{Access, Forbidden, Role};
pub use app::{App, Wiring};
pub use failure::Failure;
pub use operate::{Announcement, Done, Operation, Record, Work, look, operate};
pub use session::Session;
