//! The API for machines: who may, what is said, what is kept.

mod attachments;
mod backups;
mod doors;
mod journal;
pub mod machine;
mod messages;
mod operations;
mod people;
mod plans;
mod posts;
mod problems;
mod references;
mod schema;
mod terms;
mod tokens;
