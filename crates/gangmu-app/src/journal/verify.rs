//! Proving that the chain is whole (核验日志), against itself and against every checkpoint that was signed of it.
//!
//! Whoever owns the database can write a chain anew that is whole in itself. What they can't write are checkpoints
//! that an earlier chain was signed with: those in the database without the key, those in a file on another medium
//! without that medium.

use crate::{app::App, failure::Failure, operate::authorise, seal::holds, session::Session};
use gangmu_store::{
    Fault,
    journal::{
        self, Hash, Head, Recorded,
        checkpoint::{self as rows, Checkpoint},
        verify::{Break, follow},
    },
};
use std::collections::BTreeMap;

/// Entries that are read at once.
const BATCH: i64 = 2000;

/// A chain that holds (核验结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// How many entries were checked.
    pub entries: i64,
    /// The end that was reached.
    pub head: Head,
    /// Checkpoints of the database that agree.
    pub stored: usize,
    /// Lines of the checkpoint file that agree.
    pub filed: usize,
    /// The newest checkpoint.
    pub newest: Option<Checkpoint>,
    /// Keys of checkpoints that are not this installation's own.
    pub strangers: Vec<Hash>,
}

/// Where a chain or its checkpoints do not hold (核验未通过).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The chain itself.
    Chain(Break),
    /// An entry is not the one that was kept.
    Kept {
        /// Its number.
        seq: i64,
        /// By whom it was kept.
        source: Source,
    },
    /// The chain ends before an entry that was kept.
    Shorter {
        /// Its number.
        seq: i64,
        /// By whom it was kept.
        source: Source,
    },
    /// A checkpoint's signature does not hold.
    Signature {
        /// The entry that it speaks of.
        seq: i64,
        /// Where it stands.
        source: Source,
    },
    /// A line of the checkpoint file is no checkpoint.
    Line {
        /// Its number, 1 first.
        line: i64,
    },
}

impl Broken {
    /// The code of its words, `journal-break-…`, and their fields.
    pub fn said(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let entry = |seq: &i64| ("entry", seq.to_string());
        match self {
            Self::Chain(Break::Missing { seq }) => ("missing", vec![entry(seq)]),
            Self::Chain(Break::Beside { seq }) => ("beside", vec![entry(seq)]),
            Self::Chain(Break::Altered { seq }) => ("altered", vec![entry(seq)]),
            Self::Chain(Break::UnknownForm { seq, version }) => {
                ("unknown-form", vec![entry(seq), ("version", version.to_string())])
            }
            Self::Chain(Break::Head { seq, last }) => {
                ("head", vec![("head", seq.to_string()), ("last", last.to_string())])
            }
            Self::Kept { seq, source: Source::Database } => ("kept-database", vec![entry(seq)]),
            Self::Kept { seq, source: Source::File } => ("kept-file", vec![entry(seq)]),
            Self::Kept { seq, source: Source::Person } => ("kept", vec![entry(seq)]),
            Self::Shorter { seq, .. } => ("shorter", vec![entry(seq)]),
            Self::Signature { seq, source: Source::File } => ("signature-file", vec![entry(seq)]),
            Self::Signature { seq, .. } => ("signature-database", vec![entry(seq)]),
            Self::Line { line } => ("checkpoint-line", vec![("line", line.to_string())]),
        }
    }
}

/// Who kept a head (留存处).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The database's own table of checkpoints.
    Database,
    /// The checkpoint file.
    File,
    /// Whoever asks.
    Person,
}

/// Verifies the whole chain, against all checkpoints and what the person has kept.
pub async fn verify(app: &App, session: &Session, kept: Vec<Head>) -> Result<Result<Whole, Broken>, Failure> {
    authorise(app, session, "journal.read")?;
    let (mut known, mut whole) = match known(app, kept).await? {
        Ok(found) => found,
        Err(broken) => return Ok(Err(broken)),
    };
    let mut entries = batch(app, 0).await?;
    while let Some(last) = entries.last().map(|entry| entry.seq) {
        let at = whole.head;
        // Hashing is work for a thread that nobody waits for; meanwhile the next entries are read.
        let followed = tokio::task::spawn_blocking(move || (follow(at, &entries), entries));
        let (followed, following) = tokio::join!(followed, batch(app, last));
        let (reached, checked) = followed.map_err(|error| Fault::Panicked(error.to_string()))?;
        let reached = match reached {
            Ok(reached) => reached,
            Err(broken) => return Ok(Err(Broken::Chain(broken))),
        };
        let later = known.split_off(&(reached.seq + 1));
        for (seq, heads) in std::mem::replace(&mut known, later) {
            let found = usize::try_from(seq - at.seq - 1).ok().and_then(|place| checked.get(place));
            for (hash, source) in heads {
                if found.is_none_or(|found| found.hash != hash) {
                    return Ok(Err(Broken::Kept { seq, source }));
                }
            }
        }
        whole.entries += reached.seq - at.seq;
        whole.head = reached;
        entries = following?;
        if entries.is_empty() {
            // Whatever was appended meanwhile, entries and head are of one moment here.
            let now = app.db.read::<_, Fault>(move |tx| Ok((journal::bare(tx, last, BATCH)?, journal::head(tx)?)));
            let (more, end) = now.await?;
            if more.is_empty() && end != whole.head {
                return Ok(Err(Broken::Chain(Break::Head { seq: end.seq, last })));
            }
            entries = more;
        }
    }
    if whole.entries == 0 {
        let end = app.db.read::<_, Fault>(journal::head).await?;
        if end != Head::START {
            return Ok(Err(Broken::Chain(Break::Head { seq: end.seq, last: 0 })));
        }
    }
    let shorter = known.into_iter().next().and_then(|(seq, heads)| Some((seq, heads.first()?.1)));
    if let Some((seq, source)) = shorter {
        return Ok(Err(Broken::Shorter { seq, source }));
    }
    let altered = app.db.read::<_, Fault>(journal::beside::altered).await?;
    Ok(altered.map_or(Ok(whole), |seq| Err(Broken::Chain(Break::Beside { seq }))))
}

async fn batch(app: &App, after: i64) -> Result<Vec<Recorded>, Failure> {
    app.db.read(move |tx| journal::bare(tx, after, BATCH)).await.map_err(|fault: Fault| fault.into())
}

type Known = BTreeMap<i64, Vec<(Hash, Source)>>;

/// Every head that was kept anywhere, by its number; signatures are checked here.
async fn known(app: &App, kept: Vec<Head>) -> Result<Result<(Known, Whole), Broken>, Failure> {
    let file = app.checkpoints.clone();
    let text =
        tokio::task::spawn_blocking(move || file.read()).await.map_err(|error| Fault::Panicked(error.to_string()))?;
    let text =
        text.map_err(|error| Failure::refused(super::JournalRefusal::FileUnreadable { problem: error.to_string() }))?;
    let stored = app.db.read::<_, Fault>(|tx| rows::after(tx, 0, i64::MAX)).await?;
    let mut filed = Vec::new();
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        // A line that was torn when the machine stopped is the last one, or was written once more behind itself.
        let torn = lines.peek().is_none_or(|(_, next)| next.starts_with(line));
        match Checkpoint::read(line) {
            Some(checkpoint) => filed.push(checkpoint),
            None if torn && "checkpoint".starts_with(line.split(' ').next().unwrap_or_default()) => {}
            None => return Ok(Err(Broken::Line { line: number })),
        }
    }
    let mut whole = Whole {
        entries: 0,
        head: Head::START,
        stored: stored.len(),
        filed: filed.len(),
        newest: stored.iter().chain(&filed).max_by_key(|checkpoint| checkpoint.head.seq).cloned(),
        strangers: Vec::new(),
    };
    let mut known = Known::new();
    let sources = [(Source::Database, stored), (Source::File, filed)];
    for (source, checkpoint) in sources.into_iter().flat_map(|(source, all)| all.into_iter().map(move |c| (source, c)))
    {
        let Checkpoint { head, at, key, signature } = checkpoint;
        if !holds(&key, &Checkpoint::words(head, at, &key), &signature) {
            return Ok(Err(Broken::Signature { seq: head.seq, source }));
        }
        if key != app.seal().public() && !whole.strangers.contains(&key) {
            whole.strangers.push(key);
        }
        known.entry(head.seq).or_default().push((head.hash, source));
    }
    for head in kept {
        known.entry(head.seq).or_default().push((head.hash, Source::Person));
    }
    Ok(Ok((known, whole)))
}
