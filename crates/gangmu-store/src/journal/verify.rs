//! Proving that the chain is whole (核验): nothing altered, nothing dropped, nothing put in between.
//!
//! A chain that was cut at its end and whose head was moved back proves whole; only a head that somebody outside has
//! kept ([`Head`]) shows that. `verify` therefore takes the head to start from and gives the one it reached.

use super::{FIRST, Head, Recorded, VERSION, bare, beside, canonical, head, link};
use crate::{db::Tx, fault::Fault};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The chain is whole up to that head.
    Whole {
        /// How many entries were checked.
        entries: i64,
        /// The end that was reached.
        head: Head,
    },
    /// The chain breaks.
    Broken(Break),
}

/// Where and how a chain breaks (断链).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// An entry of that number is missing; another one stands in its place.
    Missing {
        /// The number that was expected.
        seq: i64,
    },
    /// An entry's hash does not follow from the previous one and what it says.
    Altered {
        /// Its number.
        seq: i64,
    },
    /// A name or a reason beside the chain is not what an entry has the digest of.
    Beside {
        /// The entry's number; 0 where none has it.
        seq: i64,
    },
    /// An entry has a form that this program does not know.
    UnknownForm {
        /// Its number.
        seq: i64,
        /// The version it carries.
        version: i64,
    },
    /// The head row says otherwise than the last entry.
    Head {
        /// The number in the head row.
        seq: i64,
        /// The number of the last entry.
        last: i64,
    },
}

/// Checks that entries follow one another from that head; the head they reach.
pub fn follow(from: Head, entries: &[Recorded]) -> Result<Head, Break> {
    let mut at = from;
    for recorded in entries {
        let seq = recorded.seq;
        if seq != at.seq + 1 {
            return Err(Break::Missing { seq: at.seq + 1 });
        }
        if !(FIRST..=VERSION).contains(&recorded.version) {
            return Err(Break::UnknownForm { seq, version: recorded.version });
        }
        let hash = link(&at.hash, &canonical::bytes(recorded.version, seq, &recorded.entry));
        if hash != recorded.hash {
            return Err(Break::Altered { seq });
        }
        at = Head { seq, hash };
    }
    Ok(at)
}

/// Checks the chain from that head ([`Head::START`] for all of it) to its end.
pub fn verify(tx: &mut Tx<'_>, from: Head) -> Result<Verdict, Fault> {
    let mut at = from;
    loop {
        let entries = bare(tx, at.seq, 1000)?;
        if entries.is_empty() {
            break;
        }
        at = match follow(at, &entries) {
            Ok(reached) => reached,
            Err(broken) => return Ok(Verdict::Broken(broken)),
        };
    }
    let end = head(tx)?;
    if end != at {
        return Ok(Verdict::Broken(Break::Head { seq: end.seq, last: at.seq }));
    }
    if let Some(seq) = beside::altered(tx)? {
        return Ok(Verdict::Broken(Break::Beside { seq }));
    }
    Ok(Verdict::Whole { entries: at.seq - from.seq, head: at })
}
