//! Proving a value against an entry (举证): a file that `gangmu-verifier` holds against an export.

use super::JournalRefusal;
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::{
    Tx,
    journal::{
        self, Hash, Recorded, beside,
        canonical::hex,
        details::{self, Agreement},
        digest,
        export::escape,
        merkle::{self, Step},
    },
};

/// Which value of an entry is to be proved (举证内容).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// The object before.
    Before,
    /// The object after.
    After,
    /// Who acted: name and post.
    Who,
    /// The reason that was given.
    Why,
    /// The row of that key, of an operation on many.
    Row(String),
}

impl Side {
    /// `before`, `after`, `who`, `why`, or the key of a row.
    pub fn of(text: &str) -> Self {
        match text {
            "before" => Self::Before,
            "after" => Self::After,
            "who" => Self::Who,
            "why" => Self::Why,
            key => Self::Row(key.to_owned()),
        }
    }
}

/// The proof file for a value of an entry, form `gangmu.proof/1`.
pub async fn prove(app: &App, session: &Session, seq: i64, side: Side) -> Result<String, Failure> {
    look(app, session, "journal.export", move |tx| {
        let found = journal::after(tx, seq - 1, 1)?.into_iter().find(|found| found.seq == seq);
        let recorded = found.ok_or(Failure::Absent("entry"))?;
        let (about, rest) = match side {
            Side::Before => ("before".to_owned(), value(tx, &recorded, true)?),
            Side::After => ("after".to_owned(), value(tx, &recorded, false)?),
            Side::Who => ("who".to_owned(), kept(beside::who(tx, &recorded.entry)?)?),
            Side::Why => ("why".to_owned(), kept(beside::why(tx, seq)?)?),
            Side::Row(key) => row(tx, seq, &key)?,
        };
        Ok(format!("gangmu.proof/1\nentry {seq}\nof {about}\n{rest}"))
    })
    .await
}

/// The line of a value with its salt.
fn value(tx: &mut Tx<'_>, recorded: &Recorded, before: bool) -> Result<String, Failure> {
    let kept = details::find(tx, recorded.seq)?;
    let agreement = details::agreement(tx, &recorded.entry, &kept)?;
    let (value, agreement) = if before { (kept.before, agreement.0) } else { (kept.after, agreement.1) };
    let Some(value) = value.filter(|_| agreement != Agreement::Gone) else {
        return Err(Failure::refused(JournalRefusal::NothingKept {}));
    };
    let salt = if recorded.entry.salted { digest::found(tx, &recorded.entry.object)? } else { None };
    Ok(line(salt, &value))
}

/// The line of what stands beside the chain, where it is still there.
fn kept(found: Option<(Hash, String)>) -> Result<String, Failure> {
    let (salt, value) = found.ok_or_else(|| Failure::refused(JournalRefusal::NothingKept {}))?;
    Ok(line(Some(salt), &value))
}

/// A value with its salt, zeros for none.
fn line(salt: Option<Hash>, value: &str) -> String {
    let mut line = format!("{} ", hex(&salt.unwrap_or_default())).into_bytes();
    escape(value.as_bytes(), &mut line);
    line.push(b'\n');
    String::from_utf8_lossy(&line).into_owned()
}

/// Which row of how many, its digest, and the way from it to the root.
fn row(tx: &mut Tx<'_>, seq: i64, key: &str) -> Result<(String, String), Failure> {
    let leaves = details::find(tx, seq)?.leaves;
    if leaves.is_empty() {
        return Err(Failure::refused(JournalRefusal::NothingKept {}));
    }
    let found = leaves.iter().position(|(leaf, _)| leaf == key);
    let place = found.ok_or_else(|| Failure::refused(JournalRefusal::NoRow { key: key.to_owned() }))?;
    let digests: Vec<Hash> = leaves.iter().map(|leaf| leaf.1).collect();
    let mut lines = format!("digest {}\n", hex(&digests[place]));
    for step in merkle::proof(&digests, place).unwrap_or_default() {
        let (side, hash) = match step {
            Step::Left(hash) => ("left", hash),
            Step::Right(hash) => ("right", hash),
        };
        lines += &format!("{side} {}\n", hex(&hash));
    }
    Ok((format!("row {place} of {}", digests.len()), lines))
}
