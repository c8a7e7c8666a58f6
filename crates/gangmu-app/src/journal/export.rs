//! Exporting the journal for outsiders (导出日志): canonical lines, the last one signed.
//!
//! That somebody exported it is an entry itself, the last one of the export.

use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_store::{
    Fault,
    journal::{
        self, Head, Object,
        export::{Export, signed},
    },
};

/// Entries that are read at once.
const BATCH: i64 = 1000;

/// An export on its way (导出中): to be asked for pieces until there are no more.
pub struct Exporting {
    app: App,
    begun: Option<Vec<u8>>,
    written: Option<Export>,
    at: i64,
    end: i64,
}

impl Exporting {
    /// The next piece; none after the signed head.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        if let Some(line) = self.begun.take() {
            return Ok(Some(line));
        }
        if self.at < self.end {
            let (at, limit) = (self.at, BATCH.min(self.end - self.at));
            let entries = self.app.database().read(move |tx| journal::bare(tx, at, limit)).await?;
            // An entry that is missing makes the export a broken one, which is for the verifier to say.
            self.at = entries.last().map_or(self.end, |last| last.seq);
            return Ok(self.written.as_mut().map(|export| export.add(&entries)));
        }
        Ok(self.written.take().map(|export| {
            let words = export.head(&self.app.seal().public());
            signed(&words, &self.app.seal().sign(&words)).into_bytes()
        }))
    }

    /// The number of the last entry.
    pub fn end(&self) -> i64 {
        self.end
    }
}

/// Begins an export of all entries from that number on; the first entry has number 1.
pub async fn export(app: &App, session: &Session, from: i64, reason: Option<String>) -> Result<Exporting, Failure> {
    operate(app, session, Operation::new("journal.export"), move |_| {
        Ok(Done::recorded((), Record::on(Object::new("journal", "whole")).reason(reason)))
    })
    .await?;
    let from = from.max(1);
    let found = app.database().read::<_, Fault>(move |tx| {
        let before = journal::bare(tx, from - 2, 1)?.into_iter().next();
        let before =
            before.filter(|entry| entry.seq == from - 1).map(|entry| Head { seq: entry.seq, hash: entry.hash });
        Ok((before, journal::head(tx)?))
    });
    let (before, end) = found.await?;
    let before = if from == 1 { Head::START } else { before.ok_or(Failure::Absent("entry"))? };
    let (written, line) = Export::begin(before);
    Ok(Exporting { app: app.clone(), begun: Some(line), written: Some(written), at: before.seq, end: end.seq })
}
