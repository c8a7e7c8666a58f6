//! What can go wrong between the program and its database (故障): the third family of errors.
//!
//! A fault says that the world failed; what the rules forbid is a refusal and is made elsewhere.

use std::{error::Error, sync::Arc};

/// The error of a driver, shared by everybody whose work stood in the same transaction.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// A failure of the database or of the way to it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// More work is waiting than the queue holds; the caller should try again later.
    #[error("the database has too much waiting work")]
    Busy,
    /// The database was closed while work was waiting.
    #[error("the database is closed")]
    Stopped,
    /// The database can't be opened.
    #[error("opening the database")]
    Open(#[source] Cause),
    /// A transaction can't be begun, committed or rolled back.
    #[error("running {command}")]
    Command {
        /// The command, such as `COMMIT`.
        command: String,
        /// What the driver says.
        #[source]
        source: Cause,
    },
    /// A statement fails.
    #[error("running the statement {sql:?}")]
    Statement {
        /// The statement's text; never its values.
        sql: String,
        /// Does it break a unique or primary key?
        duplicate: bool,
        /// What the driver says.
        #[source]
        source: Cause,
    },
    /// A statement that must find a row finds none.
    #[error("no row from {sql:?}")]
    NoRow {
        /// The statement's text.
        sql: String,
    },
    /// A column holds something else than the program reads.
    #[error("column {column} holds {got}, expected {wanted}")]
    Column {
        /// The column's position, counted from 0.
        column: usize,
        /// What was asked for.
        wanted: &'static str,
        /// What stands there.
        got: String,
    },
    /// A file beside the database can't be read or written.
    #[error("{doing}")]
    File {
        /// What was done, with the file's path.
        doing: String,
        /// What the system says.
        #[source]
        source: Cause,
    },
    /// The work itself panicked; it was rolled back.
    #[error("the work on the database panicked: {0}")]
    Panicked(String),
    /// The schema has steps that this program does not know: a newer program made them.
    #[error("migration {schema} is newer than this program; start the newer program")]
    Newer {
        /// The number of the schema's newest step.
        schema: i64,
        /// The number of this program's newest step.
        ours: i64,
    },
    /// The schema is not what this program's migrations made.
    #[error("migration {number} {problem}")]
    Migration {
        /// The migration's number.
        number: i64,
        /// What is wrong with it.
        problem: String,
    },
}

impl Fault {
    /// Does a row with this key exist already?
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Statement { duplicate: true, .. })
    }

    /// Should the caller simply try again later?
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }
}
