//! The only SQL of Gangmu (存储): the database layer, the journal, and the rows of every noun.
//!
//! *In:* values and events. *Out:* rows as values. *Never:* decides anything, reads a clock, opens a document.
//!
//! Reading order: `value`, `db`, `writer` are the thin layer and know no table; `statement` and `dialect` hold what
//! differs between SQLite and PostgreSQL; `scope` is how far a right reaches; `migrate` brings the schema up; `journal`
//! is the chain of operations; `blobs` keeps the files beside the database; then the nouns.

pub mod blobs;
pub mod db;
pub mod dialect;
pub mod fault;
pub mod migrate;
pub mod scope;
pub mod slow;
pub mod statement;
pub mod value;
mod writer;

pub mod journal;

pub mod accounts;
pub mod answered;
pub mod areas;
pub mod attachments;
pub mod backup;
pub mod faults;
pub mod health;
pub mod indicators;
pub mod jobs;
pub mod messages;
pub mod organisations;
pub mod packs;
pub mod personal;
pub mod plan;
pub mod posts;
pub mod rosters;
pub mod search;
pub mod sizes;
pub mod staging;
pub mod tokens;

pub use db::{Db, Limits, Location, Tx};
pub use fault::Fault;
pub use migrate::migrate;
pub use scope::{Bound, Scope};
pub use statement::{Engine, Sql, Statement};
pub use value::{Column, Row, Value};
pub use writer::Alone;

/// Every registered statement with the module it stands in, for the test that prepares each on both databases.
///
/// A module with a `statements!` block adds a line here; the test counts the blocks in the sources.
pub fn statements() -> Vec<(&'static str, &'static [Sql])> {
    vec![
        ("migrate", migrate::STATEMENTS),
        ("journal", journal::STATEMENTS),
        ("journal::beside", journal::beside::STATEMENTS),
        ("journal::checkpoint", journal::checkpoint::STATEMENTS),
        ("journal::details", journal::details::STATEMENTS),
        ("journal::digest", journal::digest::STATEMENTS),
        ("accounts", accounts::STATEMENTS),
        ("accounts::contacts", accounts::contacts::STATEMENTS),
        ("accounts::formers", accounts::formers::STATEMENTS),
        ("accounts::sessions", accounts::sessions::STATEMENTS),
        ("accounts::visits", accounts::visits::STATEMENTS),
        ("answered", answered::STATEMENTS),
        ("areas", areas::STATEMENTS),
        ("faults", faults::STATEMENTS),
        ("health", health::STATEMENTS),
        ("indicators::clauses", indicators::clauses::STATEMENTS),
        ("indicators::definitions", indicators::definitions::STATEMENTS),
        ("indicators::targets", indicators::targets::STATEMENTS),
        ("jobs", jobs::STATEMENTS),
        ("jobs::listing", jobs::listing::STATEMENTS),
        ("jobs::timers", jobs::timers::STATEMENTS),
        ("attachments", attachments::STATEMENTS),
        ("attachments::kept", attachments::kept::STATEMENTS),
        ("attachments::uploads", attachments::uploads::STATEMENTS),
        ("backup::catalog", backup::catalog::STATEMENTS),
        ("backup::rows", backup::rows::STATEMENTS),
        ("messages", messages::STATEMENTS),
        ("organisations", organisations::STATEMENTS),
        ("packs", packs::STATEMENTS),
        ("personal", personal::STATEMENTS),
        ("personal::names", personal::names::STATEMENTS),
        ("posts", posts::STATEMENTS),
        ("scope", scope::STATEMENTS),
        ("plan::clauses", plan::clauses::STATEMENTS),
        ("plan::commitments", plan::commitments::STATEMENTS),
        ("plan::decisions", plan::decisions::STATEMENTS),
        ("plan::editions", plan::editions::STATEMENTS),
        ("plan::imports", plan::imports::STATEMENTS),
        ("plan::joins", plan::joins::STATEMENTS),
        ("plan::notices", plan::notices::STATEMENTS),
        ("plan::register", plan::register::STATEMENTS),
        ("rosters", rosters::STATEMENTS),
        ("search", search::STATEMENTS),
        ("sizes", sizes::STATEMENTS),
        ("staging", staging::STATEMENTS),
        ("tokens", tokens::STATEMENTS),
        ("search::rebuild", search::rebuild::STATEMENTS),
    ]
}

/// Every text that a list can take, put together from its pieces with each filter set and unset.
pub fn lists(engine: Engine) -> Vec<(&'static str, dialect::List)> {
    [
        journal::lists(),
        journal::details::lists(engine),
        accounts::lists(engine),
        indicators::definitions::lists(engine),
        jobs::listing::lists(),
        messages::lists(),
        plan::register::lists(),
    ]
    .concat()
}
