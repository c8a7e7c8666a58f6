//! The journal (操作日志, D15): one operation, one entry, in the same transaction, in a chain of hashes.
//!
//! `hash = SHA-256(previous hash ‖ canonical bytes)`; the first entry follows 32 zero bytes; the head row holds the
//! newest number and hash. The canonical bytes are described in [`canonical`], small enough for an outsider to write
//! the verifier anew. An operation on many rows has one entry with their number, the range of their keys and the Merkle
//! root of their digests ([`merkle`]), so that any row can be proved against it. Digests of objects with personal data
//! are salted ([`digest`]): erasing the salt erases what the digest could confirm, and the chain stays valid. Names and
//! reasons are digests in the chain too; they stand beside it ([`beside`]).

pub mod beside;
pub mod canonical;
pub mod checkpoint;
pub mod details;
pub mod digest;
pub mod export;
pub mod merkle;
pub mod verify;

use crate::{
    db::Tx,
    dialect::List,
    fault::Fault,
    params,
    value::{Row, Value},
};
pub use beside::Beside;
use gangmu_kernel::{ClauseRef, ids::AccountId};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// The version of the entry's form; a later form gets the next number and old entries keep theirs.
pub const VERSION: i64 = 2;

/// The first form, in which names and reasons stand in the chain itself.
pub const FIRST: i64 = 1;

/// A SHA-256.
pub type Hash = [u8; 32];

/// Who acted, in which post (操作人): as it was at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The account; `AccountId(0)` is the console of the machine itself.
    pub account: AccountId,
    /// The person's name; empty where it was erased.
    pub name: String,
    /// The post.
    pub post: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// For whom, where a deputy acted.
    pub behalf: Option<AccountId>,
}

/// What was acted on (对象).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Object {
    /// Its kind, a noun: `account`, `edition`, `pack`.
    pub kind: String,
    /// Its key in text form: `account_3`.
    pub id: String,
}

impl Object {
    /// The object of that kind and key.
    pub fn new(kind: &str, id: impl std::fmt::Display) -> Self {
        Self { kind: kind.to_owned(), id: id.to_string() }
    }
}

/// The rows of an operation on many (批量): their number, their range, the root of their digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// How many rows.
    pub count: i64,
    /// The first key in order.
    pub first: String,
    /// The last key in order.
    pub last: String,
    /// Merkle root of the rows' digests in the order of their keys.
    pub root: Hash,
}

impl Many {
    /// Of rows in the order of their keys, each with its digest; `None` of no rows.
    pub fn of(rows: &[(String, Hash)]) -> Option<Self> {
        let (first, last) = (rows.first()?, rows.last()?);
        let leaves: Vec<Hash> = rows.iter().map(|row| row.1).collect();
        Some(Self {
            count: rows.len() as i64,
            first: first.0.clone(),
            last: last.0.clone(),
            root: merkle::root(&leaves),
        })
    }
}

/// What an operation hands in to be recorded (日志条目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// The operation, such as `plan.approve`.
    pub operation: String,
    /// What was acted on.
    pub object: Object,
    /// Digest of the object before; none where it is new.
    pub before: Option<Hash>,
    /// Digest of the object after; none where it is gone.
    pub after: Option<Hash>,
    /// Are the digests salted because the object holds personal data?
    pub salted: bool,
    /// The reason that the person gave.
    pub reason: Option<String>,
    /// The clauses that it concerns.
    pub clauses: Vec<ClauseRef>,
    /// For an operation on many rows.
    pub many: Option<Many>,
    /// Digests of the name, the post and the reason; made where the entry is appended, empty in the first form.
    pub beside: Beside,
}

/// An entry as it stands in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Version of its form.
    pub version: i64,
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// What it says.
    pub entry: Entry,
    /// Its hash over the previous one and its canonical bytes.
    pub hash: Hash,
}

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the newest entry; 0 where there is none.
    pub seq: i64,
    /// Its hash; zeros where there is none.
    pub hash: Hash,
}

impl Head {
    /// Before the first entry.
    pub const START: Self = Self { seq: 0, hash: [0; 32] };
}

/// Entries with what stands beside them; what only the first form covers is read of that form alone.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "SELECT j.seq, j.version, j.at, j.actor,
              CASE WHEN j.version = 1 THEN j.actor_name ELSE COALESCE(p.name, '') END,
              CASE WHEN j.version = 1 THEN j.post ELSE p.post END,
              j.organisation, j.operation, j.object_kind, j.object_id, j.before, j.after, j.salted,
              CASE WHEN j.version = 1 THEN j.reason ELSE r.reason END, j.clauses, j.row_count, j.first_key,
              j.last_key, j.root, j.hash, j.behalf, j.who, j.why
            FROM journal j LEFT JOIN journal_people p ON p.digest = j.who LEFT JOIN journal_reasons r ON r.seq = j.seq ",
            $rest
        )
    };
}

crate::statements! {
    NEXT = { sqlite: "SELECT seq + 1 FROM journal_head WHERE one = 1",
      postgres: "SELECT seq + 1 FROM journal_head WHERE one = 1 FOR UPDATE" };
    STEP = "UPDATE journal_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, hash";
    APPEND = "INSERT INTO journal (seq, version, at, actor, actor_name, post, organisation, operation, object_kind,
        object_id, before, after, salted, clauses, row_count, first_key, last_key, root, hash, behalf, who, why)
      VALUES ($1, $2, $3, $4, '', NULL, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    APPEND_CLAUSE = "INSERT INTO journal_clauses (plan, path, seq) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    WITHIN = "SELECT min(seq), max(seq) FROM journal WHERE at >= $1 AND at < $2";
    NEXT_OPERATION = "SELECT min(operation) FROM journal WHERE operation > $1";
    MOVE_HEAD = "UPDATE journal_head SET hash = $1 WHERE one = 1";
    HEAD = "SELECT seq, hash FROM journal_head WHERE one = 1";
    FROM = (entries!("WHERE j.seq > $1 ORDER BY j.seq LIMIT $2"));
    BARE = "SELECT seq, version, at, actor, actor_name, post, organisation, operation, object_kind, object_id, before,
        after, salted, reason, clauses, row_count, first_key, last_key, root, hash, behalf, who, why
      FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
}

/// Appends an entry to the chain, in the transaction of the operation that it records. `fresh` becomes the salt of what
/// is kept beside the chain; it is new for each operation.
pub fn append(tx: &mut Tx<'_>, entry: &Entry, fresh: Hash) -> Result<Head, Fault> {
    let (seq, previous) = tx.one(STEP, params![], |row| Ok((row.get::<i64>(0)?, row.get::<Hash>(1)?)))?;
    // What the databases keep is the microsecond, so that is what the hash sees.
    let at = Timestamp::from_microsecond(entry.at.as_microsecond()).unwrap_or(entry.at);
    let beside = beside::keep(tx, seq, entry, fresh)?;
    let entry = Entry { at, beside, ..entry.clone() };
    let hash = link(&previous, &canonical::bytes(VERSION, seq, &entry));
    let clauses = serde_json::to_value(&entry.clauses).unwrap_or_default();
    let many = entry.many.as_ref();
    let params = params![
        seq,
        VERSION,
        at,
        entry.by.account,
        entry.by.organisation.as_ref(),
        &entry.operation,
        &entry.object.kind,
        &entry.object.id,
        entry.before,
        entry.after,
        entry.salted,
        clauses,
        many.map(|m| m.count),
        many.map(|m| &m.first),
        many.map(|m| &m.last),
        many.map(|m| m.root),
        hash,
        entry.by.behalf,
        beside.who,
        beside.why,
    ];
    tx.execute(APPEND, params)?;
    tx.execute(MOVE_HEAD, params![hash])?;
    for clause in &entry.clauses {
        tx.execute(APPEND_CLAUSE, params![&clause.plan, &clause.path, seq])?;
    }
    Ok(Head { seq, hash })
}

/// The number that the next entry will get; it stays so until this transaction ends.
pub fn next(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.one(NEXT, params![], |row| row.get(0))
}

/// The end of the chain as the database has it.
pub fn head(tx: &mut Tx<'_>) -> Result<Head, Fault> {
    tx.one(HEAD, params![], |row| Ok(Head { seq: row.get(0)?, hash: row.get(1)? }))
}

/// The entries after that number, oldest first.
pub fn after(tx: &mut Tx<'_>, seq: i64, limit: i64) -> Result<Vec<Recorded>, Fault> {
    tx.query(FROM, params![seq, limit], recorded)
}

/// The same with the chain alone, which is enough for proving and exporting it: in the newest form they have neither
/// name nor post nor reason.
pub fn bare(tx: &mut Tx<'_>, seq: i64, limit: i64) -> Result<Vec<Recorded>, Fault> {
    tx.query(BARE, params![seq, limit], recorded)
}

/// Which entries a page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of that operation, or of all operations of that noun.
    pub operation: Option<String>,
    /// On objects of that kind.
    pub kind: Option<String>,
    /// On the object of that key.
    pub object: Option<String>,
    /// By that account.
    pub account: Option<AccountId>,
    /// By somebody of that name.
    pub name: Option<String>,
    /// Not before that instant.
    pub from: Option<Timestamp>,
    /// Before that instant.
    pub until: Option<Timestamp>,
    /// The numbers between which the entries of that time stand, from [`within`].
    pub range: Option<(i64, i64)>,
    /// Concerning that clause, or any clause of that plan where the path is empty.
    pub clause: Option<(String, String)>,
    /// Older than that number: the next page.
    pub older_than: Option<i64>,
}

/// The numbers between which the entries of that time stand; none where there is no entry.
pub fn within(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Option<(i64, i64)>, Fault> {
    let range =
        tx.one(WITHIN, params![from, until], |row| Ok((row.get::<Option<i64>>(0)?, row.get::<Option<i64>>(1)?)))?;
    Ok(range.0.zip(range.1))
}

/// The operations that there are entries of.
pub fn operations(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    // One step in the index for each, however many entries there are.
    let mut found: Vec<String> = Vec::new();
    let step =
        |tx: &mut Tx<'_>, last: String| tx.one(NEXT_OPERATION, params![last], |row| row.get::<Option<String>>(0));
    while let Some(next) = step(tx, found.last().cloned().unwrap_or_default())? {
        found.push(next);
    }
    Ok(found)
}

/// A page of entries, newest first.
pub fn page(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Recorded>, Fault> {
    let list = page_list(filter, limit);
    tx.query(&list, list.params(), recorded)
}

fn page_list(filter: &Filter, limit: i64) -> List {
    let mut list = List::new(entries!(""));
    if let Some(operation) = &filter.operation {
        // The first sign behind the point is the next one in the alphabet: the whole noun, by the index.
        list = match operation.contains('.') {
            true => list.and("j.operation = $#", [Value::from(operation)]),
            false => list.and(
                "j.operation >= $# AND j.operation < $#",
                [format!("{operation}."), format!("{operation}/")].map(Value::from),
            ),
        };
    }
    list = list
        .and_if("j.object_kind = $#", filter.kind.as_ref())
        .and_if("j.object_id = $#", filter.object.as_ref())
        .and_if("j.actor = $#", filter.account)
        .and_if("j.at >= $#", filter.from)
        .and_if("j.at < $#", filter.until);
    if let Some(name) = &filter.name {
        // In the first form names stand in the chain for ever; those of whom was erased are found no more.
        let named = "((j.actor_name = $# AND NOT EXISTS
              (SELECT 1 FROM accounts a WHERE a.id = j.actor AND a.erased_at IS NOT NULL))
            OR j.who IN (SELECT digest FROM journal_people WHERE name = $#))";
        list = list.and(named, [name, name].map(Value::from));
    }
    if let Some((first, last)) = filter.range {
        list = list.and("j.seq >= $# AND j.seq <= $#", [first, last].map(Value::from));
    }
    if let Some((plan, path)) = &filter.clause {
        list = if path.is_empty() {
            list.and("j.seq IN (SELECT seq FROM journal_clauses WHERE plan = $#)", [Value::from(plan)])
        } else {
            let of = "j.seq IN (SELECT seq FROM journal_clauses WHERE plan = $# AND path = $#)";
            list.and(of, [plan, path].map(Value::from))
        };
    }
    list.and_if("j.seq < $#", filter.older_than).end("ORDER BY j.seq DESC LIMIT $#", [limit.into()])
}

/// Every piece that the page's list can take, each alone and all together.
pub(crate) fn lists() -> Vec<(&'static str, List)> {
    let text = || Some(String::new());
    let one = |n: u8| Filter {
        operation: (n == 1 || n >= 10)
            .then(|| "plan".to_owned())
            .or_else(|| (n == 9).then(|| "plan.accept".to_owned())),
        kind: if n == 2 || n >= 10 { text() } else { None },
        object: if n == 3 || n >= 10 { text() } else { None },
        account: (n == 4 || n >= 10).then_some(AccountId(1)),
        name: if n == 5 || n >= 10 { text() } else { None },
        from: (n == 6 || n >= 10).then_some(Timestamp::UNIX_EPOCH),
        until: (n == 6 || n >= 10).then_some(Timestamp::UNIX_EPOCH),
        range: (n == 6 || n >= 10).then_some((1, 2)),
        clause: match n {
            7 => Some((String::new(), String::new())),
            8 | 10.. => Some((String::new(), "1".to_owned())),
            _ => None,
        },
        older_than: (n == 0 || n >= 10).then_some(1),
    };
    (0..11).map(|n| ("journal::page", page_list(&one(n), 1))).collect()
}

fn recorded(row: &Row<'_>) -> Result<Recorded, Fault> {
    let clauses: serde_json::Value = row.get(14)?;
    let clauses = serde_json::from_value(clauses).map_err(|e| Fault::Column {
        column: 14,
        wanted: "clause references",
        got: e.to_string(),
    })?;
    let many = match row.get::<Option<i64>>(15)? {
        None => None,
        Some(count) => Some(Many { count, first: row.get(16)?, last: row.get(17)?, root: row.get(18)? }),
    };
    let by = By {
        account: row.get(3)?,
        name: row.get(4)?,
        post: row.get(5)?,
        organisation: row.get(6)?,
        behalf: row.get(20)?,
    };
    let entry = Entry {
        at: row.get(2)?,
        by,
        operation: row.get(7)?,
        object: Object { kind: row.get(8)?, id: row.get(9)? },
        before: row.get(10)?,
        after: row.get(11)?,
        salted: row.get(12)?,
        reason: row.get(13)?,
        clauses,
        many,
        beside: Beside { who: row.get(21)?, why: row.get(22)? },
    };
    Ok(Recorded { seq: row.get(0)?, version: row.get(1)?, entry, hash: row.get(19)? })
}

/// The hash of an entry that follows `previous`.
pub fn link(previous: &Hash, canonical: &[u8]) -> Hash {
    let mut sha = Sha256::new();
    sha.update(previous);
    sha.update(canonical);
    sha.finalize().into()
}
