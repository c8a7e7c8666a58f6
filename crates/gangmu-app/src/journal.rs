//! The journal (操作日志): what was done, exports, checkpoints, and whether its chain is whole.

pub mod checkpoint;
pub mod differences;
pub mod export;
pub mod glance;
pub mod history;
pub mod prove;
pub mod sheet;
pub mod veil;
pub mod verify;
pub mod words;

pub use checkpoint::checkpoint;
pub use export::{Exporting, export};
pub use glance::{Glance, glance};
pub use history::{Entries, EntryView, Search, history, search};
pub use prove::{Side, prove};
pub use verify::{Broken, Source, Whole, verify};

use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_kernel::refusals;
use gangmu_store::journal::{self as rows, Filter, Object, Recorded, after, page};

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
        /// Personal data are shown and taken along for a purpose only.
        #[error("there is no purpose")]
        PurposeNeeded {} = "journal-purpose-needed",
        /// The values behind an entry are not there any more, or never were.
        #[error("nothing is kept that could be proved")]
        NothingKept {} = "journal-nothing-kept",
        /// The entry names no row of that key.
        #[error("the entry has no row {key}")]
        NoRow { key: String } = "journal-no-row",
    }
}

/// Why names are shown to somebody; the journal keeps the purpose.
pub async fn reveal(app: &App, session: &Session, purpose: &str) -> Result<(), Failure> {
    let purpose = purpose.trim().to_owned();
    if purpose.chars().count() < 2 {
        return Err(Failure::refused(JournalRefusal::PurposeNeeded {}));
    }
    operate(app, session, Operation::under("journal.reveal", "journal.read"), move |_| {
        Ok(Done::recorded((), Record::on(Object::new("journal", "whole")).reason(Some(purpose))))
    })
    .await
}

/// The operations that there are entries of.
pub async fn operations(app: &App, session: &Session) -> Result<Vec<String>, Failure> {
    look(app, session, "journal.read", |tx| Ok(rows::operations(tx)?)).await
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
