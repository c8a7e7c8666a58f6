//! Jobs as operators see them (作业清单): counts, lists, and what a person does with one.

use crate::{db::Tx, dialect::List, fault::Fault, params, value::Row};
use jiff::Timestamp;

/// A job in a list; its payload is not shown, because it may name people.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct JobRow {
    /// Its key in the database.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// `waiting`, `running`, `done`, `dead`, `dropped`.
    pub state: String,
    /// Not before then.
    pub run_at: Timestamp,
    /// When it came into its state.
    pub moved_at: Timestamp,
    /// When it was added.
    pub created_at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// The key of the last error's sentence.
    pub error_code: Option<String>,
    /// What the program says of it.
    pub error_detail: Option<String>,
    /// The number under which it stands in the log.
    pub error_number: Option<String>,
}

/// How many jobs of a kind are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: String,
    /// The state.
    pub state: String,
    /// How many.
    pub jobs: i64,
    /// Characters of their payloads.
    pub size: i64,
    /// The earliest moment at which one of them was added.
    pub oldest: Timestamp,
}

/// A paused queue (暂停的队列).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paused {
    /// The kind of its jobs.
    pub kind: String,
    /// Since when.
    pub at: Timestamp,
    /// By whom.
    pub account_name: String,
    /// Why.
    pub reason: String,
}

const COLUMNS: &str = "SELECT id, kind, state, run_at, moved_at, created_at, attempts, error_code, error_detail,
    error_number FROM jobs";

crate::statements! {
    COUNTS = { sqlite: "SELECT kind, state, count(*), sum(length(payload)), min(created_at) FROM jobs
        GROUP BY kind, state ORDER BY kind, state",
      postgres: "SELECT kind, state, count(*), sum(length(payload::text))::bigint, min(created_at) FROM jobs
        GROUP BY kind, state ORDER BY kind, state" };
    FIND = "SELECT id, kind, state, run_at, moved_at, created_at, attempts, error_code, error_detail, error_number
      FROM jobs WHERE id = $1";
    RETRY = "UPDATE jobs SET state = 'waiting', run_at = $2, fixed = FALSE, moved_at = $2, attempts = 0
      WHERE id = $1 AND state IN ('dead', 'waiting')";
    RETRY_ALL = "UPDATE jobs SET state = 'waiting', run_at = $2, fixed = FALSE, moved_at = $2, attempts = 0
      WHERE kind = $1 AND state = 'dead' RETURNING id";
    DROP = "UPDATE jobs SET state = 'dropped', moved_at = $2 WHERE id = $1 AND state IN ('dead', 'waiting')";
    PAUSE = "INSERT INTO paused_queues (kind, at, account_name, reason) VALUES ($1, $2, $3, $4)
      ON CONFLICT (kind) DO NOTHING";
    RESUME = "DELETE FROM paused_queues WHERE kind = $1";
    PAUSED = "SELECT kind, at, account_name, reason FROM paused_queues ORDER BY kind";
}

/// How many jobs of each kind are in each state.
pub fn counts(tx: &mut Tx<'_>) -> Result<Vec<Count>, Fault> {
    tx.query(COUNTS, params![], |row| {
        Ok(Count { kind: row.get(0)?, state: row.get(1)?, jobs: row.get(2)?, size: row.get(3)?, oldest: row.get(4)? })
    })
}

/// A page of jobs in that state, the latest move first, before that job's key.
pub fn page(tx: &mut Tx<'_>, state: &str, before: Option<(Timestamp, i64)>, limit: u32) -> Result<Vec<JobRow>, Fault> {
    let list = page_list(state, before, limit);
    tx.query(&list, list.params(), job)
}

fn page_list(state: &str, before: Option<(Timestamp, i64)>, limit: u32) -> List {
    let mut list = List::new(COLUMNS).and("state = $#", [state.into()]);
    if let Some((at, id)) = before {
        list = list.and("(moved_at < $# OR (moved_at = $# AND id < $#))", [at.into(), at.into(), id.into()]);
    }
    list.end("ORDER BY moved_at DESC, id DESC LIMIT $#", [limit.into()])
}

/// Every text that the page's list can take.
pub(crate) fn lists() -> Vec<(&'static str, List)> {
    let before = Some((Timestamp::UNIX_EPOCH, 1));
    vec![("jobs::page", page_list("dead", None, 1)), ("jobs::page", page_list("dead", before, 1))]
}

fn job(row: &Row<'_>) -> Result<JobRow, Fault> {
    Ok(JobRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        state: row.get(2)?,
        run_at: row.get(3)?,
        moved_at: row.get(4)?,
        created_at: row.get(5)?,
        attempts: row.get(6)?,
        error_code: row.get(7)?,
        error_detail: row.get(8)?,
        error_number: row.get(9)?,
    })
}

/// The job of that key.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<JobRow>, Fault> {
    tx.maybe(FIND, params![id], job)
}

/// Lets a dead or waiting job be tried at once, with all its attempts before it; `false` where it is neither.
pub fn retry(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(RETRY, params![id, now])? > 0)
}

/// Lets all dead jobs of a kind be tried at once; their keys, sorted.
pub fn retry_all(tx: &mut Tx<'_>, kind: &str, now: Timestamp) -> Result<Vec<i64>, Fault> {
    let mut retried = tx.query(RETRY_ALL, params![kind, now], |row| row.get(0))?;
    retried.sort_unstable();
    Ok(retried)
}

/// Drops a dead or waiting job; `false` where it is neither.
pub fn drop_job(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(DROP, params![id, now])? > 0)
}

/// Pauses a queue; `false` where it is paused already.
pub fn pause(tx: &mut Tx<'_>, paused: &Paused) -> Result<bool, Fault> {
    Ok(tx.execute(PAUSE, params![&paused.kind, paused.at, &paused.account_name, &paused.reason])? > 0)
}

/// Lets a queue go on; `false` where it was not paused.
pub fn resume(tx: &mut Tx<'_>, kind: &str) -> Result<bool, Fault> {
    Ok(tx.execute(RESUME, params![kind])? > 0)
}

/// The queues that are paused.
pub fn paused(tx: &mut Tx<'_>) -> Result<Vec<Paused>, Fault> {
    tx.query(PAUSED, params![], |row| {
        Ok(Paused { kind: row.get(0)?, at: row.get(1)?, account_name: row.get(2)?, reason: row.get(3)? })
    })
}
