//! The compiler (编译): from the text of a plan to what it commits to.
//!
//! Passes run in this order, each a pure function: ground → outline → clauses and sentences (the [`Reading`]) →
//! quantities → targets → indicators → tasks, projects, mechanisms, responsibilities, cited documents,
//! organisations → notices. A pass reads the `Reading` and the results before it, never the file.
//!
//! *Never:* fails, guesses, or takes more than linear time.

pub mod fold;
pub mod ground;
pub mod lexicon;
pub mod names;
pub mod numerals;
pub mod reading;
pub mod sentences;

pub use ground::Ground;
pub use names::Names;
pub use reading::{Reading, Sentence, SentenceKind};

/// Name and version of the compiler: raised with every change of a rule.
pub const COMPILER: &str = concat!("gangmu-plan ", env!("CARGO_PKG_VERSION"));
