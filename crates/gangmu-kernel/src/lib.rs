//! The shared language of Gangmu: what every engine and every layer means by an id, a clause, a period, a quantity.
//!
//! *In:* nothing but values. *Out:* values and questions about them. *Never:* a clock, a file, a table, a random number.
//!
//! Reading order: who and what is spoken of ([`ids`], [`actor`], [`clause`], [`source`]); how the rules say no
//! ([`refusal`]); figures ([`numerals`], [`mod@unit`], [`quantity`]); when ([`period`], [`calendar`]); where
//! ([`tree`], [`area`]); what not everybody may read ([`masking`]).

pub mod ids;

pub mod actor;
pub mod clause;
pub mod source;

pub mod refusal;

pub mod numerals;
pub mod quantity;

pub mod calendar;
pub mod period;

pub mod area;
pub mod tree;

pub mod masking;
pub mod unit;

pub use actor::Actor;
pub use calendar::WorkCalendar;
pub use clause::ClauseRef;
pub use period::Period;
pub use quantity::Quantity;
pub use source::SourceText;
pub use unit::Unit;
