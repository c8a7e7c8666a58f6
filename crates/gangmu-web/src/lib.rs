//! The pages of Gangmu over HTTP.
//!
//! *In:* requests. *Out:* pages, files, and what the operations of the app have decided. *Never:* decides anything,
//! speaks SQL, runs a script that is not served from here, or sends a request to anybody else.

//!
//! Reading order: `routes` is every address with what it needs; `web` is what requests share; `visit` knows who asks;
//! `security` and `failure` stand around every request; `pages` renders; then the nouns.

pub mod routes;
pub mod web;

pub mod failure;
pub mod forms;
pub mod security;
pub mod visit;

pub mod assets;
pub mod backup;
pub mod locale;
pub mod messages;
pub mod pages;
mod pieces;
pub mod samples;
pub mod signs;

pub mod api;

pub mod accounts;
pub mod administration;
pub mod attachments;
pub mod home;
pub mod house;
pub mod imports;
pub mod indicators;
pub mod journal;
pub mod operations;
pub mod personal;
pub mod plan;
pub mod posts;
pub mod public;
pub mod rights;
pub mod rosters;
pub mod search;
pub mod tokens;

pub use routes::router;
pub use web::{Settings, Web};
