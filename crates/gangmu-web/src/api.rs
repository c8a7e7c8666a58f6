//! The API for machines (机器接口): everything that a page can do, as JSON under `/api/v1`.
//!
//! A program comes with a token and acts for its owner; cookies open nothing here. `routes` lists the addresses with
//! their actions and descriptions; `entrance` stands around every request: language, caller, rate limits, problems;
//! `input`, `reply` and `caller` are what handlers are written with; `about` and `document` make the OpenAPI document
//! out of the same list; then the nouns.

pub mod routes;

pub mod about;
pub mod caller;
pub mod document;
pub mod entrance;
pub mod input;
pub mod limits;
pub mod problem;
pub mod reference;
pub mod reply;

pub mod accounts;
pub mod attachments;
pub mod backups;
pub mod commitments;
pub mod desk;
pub mod editions;
pub mod home;
pub mod imports;
pub mod indicators;
pub mod joined;
pub mod journal;
pub mod messages;
pub mod operations;
pub mod owners;
pub mod personal;
pub mod plans;
pub mod posts;
pub mod public;
pub mod references;
pub mod rights;
pub mod rosters;
pub mod search;
pub mod tokens;

/// Under this all addresses of the API lie.
pub const BASE: &str = "/api/";

/// The page that explains it, for people.
pub const REFERENCE: &str = "/api/reference";

/// Does this path belong to the API?
pub fn is_api(path: &str) -> bool {
    (path.starts_with(BASE) || path == "/api") && path != REFERENCE
}
