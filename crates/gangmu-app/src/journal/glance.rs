//! A look at the end of the journal (抽验日志): the newest entries, the newest checkpoint of the database and of its
//! file. It is quick however long the journal is; that all of it is whole is proved by [`super::verify()`].

use super::verify::{Broken, Source};
use crate::seal::holds;
use gangmu_store::{
    Fault, Tx,
    journal::{
        self, Hash, Head,
        checkpoint::{self as rows, Checkpoint},
        verify::{Break, follow},
    },
};
use jiff::Timestamp;

/// Entries that are looked at.
const ENTRIES: i64 = 1000;

/// An end that holds (抽验结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// How many entries were looked at.
    pub entries: i64,
    /// The end of the chain.
    pub head: Head,
    /// When the newest entry was written.
    pub newest: Option<Timestamp>,
    /// The newest checkpoint of the database.
    pub stored: Option<Checkpoint>,
    /// The newest checkpoint of the file.
    pub filed: Option<Checkpoint>,
}

/// Looks at the end of the chain; `file` is the text of the checkpoint file, empty where there is none.
pub fn glance(tx: &mut Tx<'_>, file: &str) -> Result<Result<Glance, Broken>, Fault> {
    let end = journal::head(tx)?;
    let from = (end.seq - ENTRIES).max(0);
    let start = match from {
        0 => Head::START,
        seq => match hash_of(tx, seq)? {
            Some(hash) => Head { seq, hash },
            None => return Ok(Err(Broken::Chain(Break::Missing { seq }))),
        },
    };
    let entries = journal::after(tx, from, ENTRIES + 1)?;
    match follow(start, &entries) {
        Ok(reached) if reached == end => {}
        Ok(reached) => return Ok(Err(Broken::Chain(Break::Head { seq: end.seq, last: reached.seq }))),
        Err(broken) => return Ok(Err(Broken::Chain(broken))),
    }
    let stored = rows::newest(tx, 1)?.pop();
    // The last line may have been torn when the machine stopped; what stands before it was whole then.
    let filed = file.lines().rev().take(2).find_map(Checkpoint::read);
    if filed.is_none() && file.contains('\n') {
        let line = i64::try_from(file.lines().count()).unwrap_or(i64::MAX);
        return Ok(Err(Broken::Line { line }));
    }
    for (checkpoint, source) in [(&stored, Source::Database), (&filed, Source::File)] {
        if let Some(broken) = checkpoint.as_ref().map(|found| judge(tx, end, found, source)).transpose()?.flatten() {
            return Ok(Err(broken));
        }
    }
    let newest = entries.last().map(|recorded| recorded.entry.at);
    Ok(Ok(Glance { entries: end.seq - from, head: end, newest, stored, filed }))
}

/// What is wrong with a checkpoint of this chain.
fn judge(tx: &mut Tx<'_>, end: Head, found: &Checkpoint, source: Source) -> Result<Option<Broken>, Fault> {
    let (seq, words) = (found.head.seq, Checkpoint::words(found.head, found.at, &found.key));
    if !holds(&found.key, &words, &found.signature) {
        return Ok(Some(Broken::Signature { seq, source }));
    }
    if seq > end.seq {
        return Ok(Some(Broken::Shorter { seq, source }));
    }
    let stands = hash_of(tx, seq)? == Some(found.head.hash);
    Ok((!stands).then_some(Broken::Kept { seq, source }))
}

fn hash_of(tx: &mut Tx<'_>, seq: i64) -> Result<Option<Hash>, Fault> {
    let found = journal::after(tx, seq - 1, 1)?.into_iter().find(|recorded| recorded.seq == seq);
    Ok(found.map(|recorded| recorded.hash))
}
