//! The journal (操作日志): what was done, exports, checkpoints, and whether its chain is whole.

pub mod checkpoint;
pub mod differences;
pub mod export;
pub mod history;
pub mod prove;
pub mod veil;
pub mod verify;

pub use checkpoint::checkpoint;
pub use export::{Exporting, export};
pub use history::{Entries, EntryView, Search, history, search};
pub use prove::{Side, prove};
pub use verify::{Broken, Source, Whole, verify};

use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::refusals;
use gangmu_store::journal::{Filter, Recorded, after, page};

refusals! {
    /// Why something can't be done with the journal (日志不能办理).
    #[derive(Clone)]
    pub enum JournalRefusal {
        /// The file of checkpoints can't be read.
        #[error("the file of checkpoints can't be read: {problem}")]
        FileUnreadable { problem: String } = "journal-file-unreadable",
        /// The file of checkpoints can't be written.
        #[error("the file of checkpoints can't be written: {problem}")]
        FileUnwritable { problem: String } = "journal-file-unwritable",
        /// The values behind an entry are not there any more, or never were.
        #[error("nothing is kept that could be proved")]
        NothingKept {} = "journal-nothing-kept",
        /// The entry names no row of that key.
        #[error("the entry has no row {key}")]
        NoRow { key: String } = "journal-no-row",
    }
}

/// A page of entries as they stand, newest first.
pub async fn read(app: &App, session: &Session, filter: Filter, limit: u32) -> Result<Vec<Recorded>, Failure> {
    let limit = i64::from(limit.clamp(1, 500));
    look(app, session, "journal.read", move |tx| Ok(page(tx, &filter, limit)?)).await
}

/// The entry of that number.
pub async fn entry(app: &App, session: &Session, seq: i64) -> Result<Option<Recorded>, Failure> {
    let found = look(app, session, "journal.read", move |tx| Ok(after(tx, seq - 1, 1)?.into_iter().next()));
    Ok(found.await?.filter(|found| found.seq == seq))
}
