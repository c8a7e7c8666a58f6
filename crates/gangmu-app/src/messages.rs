//! Messages (消息): what the program tells people, in its inbox at once and by mail when they want it.
//!
//! An operation sends in its own transaction ([`send()`]), so that nothing is told that did not happen and nothing
//! that happened goes untold. Each [`Kind`] has its words in both languages; a message holds the facts only.

pub mod due;
pub mod inbox;
pub mod kind;
pub mod mail;
pub mod preferences;
mod send;

pub use due::{Mail, Preferences};
pub use kind::Kind;
pub use send::{Message, To, send};
