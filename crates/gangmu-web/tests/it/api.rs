//! The API for machines: who may, what is said, what is kept.

mod doors;
mod machine;
mod plans;
mod problems;
mod references;
mod schema;
mod terms;
mod tokens;
