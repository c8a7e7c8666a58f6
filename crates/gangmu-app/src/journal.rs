//! The journal (操作日志): pages of it, exports, and whether its chain is whole.

pub mod export;

pub use export::{Exporting, export};

use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::journal::{
    Filter, Head, Recorded, after, page,
    verify::{Verdict, verify as verify_chain},
};

/// A page of entries, newest first.
pub async fn read(app: &App, session: &Session, filter: Filter, limit: u32) -> Result<Vec<Recorded>, Failure> {
    let limit = i64::from(limit.clamp(1, 500));
    look(app, session, "journal.read", move |tx| Ok(page(tx, &filter, limit)?)).await
}

/// The entry of that number.
pub async fn entry(app: &App, session: &Session, seq: i64) -> Result<Option<Recorded>, Failure> {
    let found = look(app, session, "journal.read", move |tx| Ok(after(tx, seq - 1, 1)?.into_iter().next()));
    Ok(found.await?.filter(|found| found.seq == seq))
}

/// Is the chain whole, from that head to its end?
pub async fn verify(app: &App, session: &Session, from: Head) -> Result<Verdict, Failure> {
    look(app, session, "journal.read", move |tx| Ok(verify_chain(tx, from)?)).await
}
