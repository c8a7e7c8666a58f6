//! The shared language of Gangmu: what every engine and every layer means by an id, a clause, a period, a quantity.
//!
//! *In:* nothing but values. *Out:* values and questions about them. *Never:* a clock, a file, a table, a random number.

pub mod clause;
pub mod ids;
pub mod source;

pub use clause::ClauseRef;
pub use source::SourceText;
