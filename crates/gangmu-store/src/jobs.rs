//! Jobs as rows (作业): the outbox of what is to be done after a commit, with leases for those who do it.
//!
//! A job waits, runs under a lease, and ends as done, dead or dropped. Whoever claims it gets a new fencing number;
//! every later change asks for that number, so that an owner whose lease went to another changes nothing any more.
//! A lease holds while the clock is nearer than its length to the moment of its last renewal, before or after: a clock
//! that was set back can hold no job for longer.

pub mod listing;
pub mod timers;

use crate::{db::Tx, fault::Fault, params, value::Row};
use jiff::{SignedDuration, Timestamp};

/// A job to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its kind.
    pub kind: String,
    /// What makes it the same job when it is added again; none where each is a job of its own.
    pub key: Option<String>,
    /// What its handler needs to know.
    pub payload: serde_json::Value,
    /// Not before then; none is at once.
    pub run_at: Option<Timestamp>,
    /// The timer that it comes from.
    pub timer: Option<String>,
}

/// A job that was claimed (作业).
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    /// Its key in the database.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// Its idempotency key.
    pub key: Option<String>,
    /// What its handler needs to know.
    pub payload: serde_json::Value,
    /// Which attempt this is, counted from 1.
    pub attempt: i64,
    /// The number that fences off earlier owners.
    pub fence: i64,
}

/// Why a job did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The key of its sentence.
    pub code: String,
    /// What the program says for those who look into it; bounded, without personal data.
    pub detail: String,
    /// The number under which it stands in the log.
    pub number: String,
}

crate::statements! {
    ADD = "INSERT INTO jobs (kind, key, payload, state, run_at, fixed, moved_at, created_at, attempts, fence, timer)
      VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $6, 0, 0, $7)
      ON CONFLICT (kind, key) DO NOTHING RETURNING id";
    BY_KEY = "SELECT id FROM jobs WHERE kind = $1 AND key = $2";
    CLAIM = {
      sqlite: "UPDATE jobs SET state = 'running', owner = $1, fence = fence + 1, attempts = attempts + 1, moved_at = $2,
          started_at = $2
        WHERE id IN (SELECT id FROM jobs j
          WHERE state = 'waiting' AND run_at <= $2 AND kind IN (SELECT value FROM json_each($3))
            AND NOT EXISTS (SELECT 1 FROM paused_queues p WHERE p.kind = j.kind)
          ORDER BY run_at, id LIMIT $4)
        RETURNING id, kind, key, payload, attempts, fence",
      postgres: "WITH due AS MATERIALIZED (SELECT id FROM jobs j
          WHERE state = 'waiting' AND run_at <= $2 AND kind IN (SELECT jsonb_array_elements_text($3::jsonb))
            AND NOT EXISTS (SELECT 1 FROM paused_queues p WHERE p.kind = j.kind)
          ORDER BY run_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
        UPDATE jobs SET state = 'running', owner = $1, fence = fence + 1, attempts = attempts + 1, moved_at = $2,
          started_at = $2
        FROM due WHERE jobs.id = due.id
        RETURNING jobs.id, kind, key, payload, attempts, fence" };
    LAPSE = {
      sqlite: "UPDATE jobs SET state = 'waiting', owner = NULL, run_at = $1, fixed = FALSE, moved_at = $1
        WHERE state = 'running' AND (moved_at <= $2 OR moved_at >= $3)",
      postgres: "WITH lapsed AS MATERIALIZED (SELECT id FROM jobs
          WHERE state = 'running' AND (moved_at <= $2 OR moved_at >= $3) FOR UPDATE SKIP LOCKED)
        UPDATE jobs SET state = 'waiting', owner = NULL, run_at = $1, fixed = FALSE, moved_at = $1
        FROM lapsed WHERE jobs.id = lapsed.id" };
    UNSTICK = {
      sqlite: "UPDATE jobs SET run_at = $1, moved_at = $1 WHERE state = 'waiting' AND fixed = FALSE AND moved_at > $2",
      postgres: "WITH stuck AS MATERIALIZED (SELECT id FROM jobs
          WHERE state = 'waiting' AND fixed = FALSE AND moved_at > $2 FOR UPDATE SKIP LOCKED)
        UPDATE jobs SET run_at = $1, moved_at = $1 FROM stuck WHERE jobs.id = stuck.id" };
    // A row that another process holds is being finished or claimed there: it is not ours to wait for.
    HOLD = {
      sqlite: "SELECT id FROM jobs WHERE id = $1 AND fence = $2 AND state = 'running'",
      postgres: "SELECT id FROM jobs WHERE id = $1 AND fence = $2 AND state = 'running' FOR UPDATE SKIP LOCKED" };
    FINISH = "UPDATE jobs SET state = 'done', owner = NULL, moved_at = $2, error_code = NULL, error_detail = NULL,
        error_number = NULL
      WHERE id = $1";
    FAIL = "UPDATE jobs SET state = $2, owner = NULL, run_at = $3, fixed = FALSE, moved_at = $4, error_code = $5,
        error_detail = $6, error_number = $7
      WHERE id = $1";
    RENEW = "UPDATE jobs SET moved_at = $2 WHERE state = 'running' AND owner = $1 AND started_at > $3";
    RELEASE = "UPDATE jobs SET state = 'waiting', owner = NULL, run_at = $2, fixed = FALSE, moved_at = $2,
        attempts = attempts - 1
      WHERE state = 'running' AND owner = $1";
    RELEASE_ALL = "UPDATE jobs SET state = 'waiting', owner = NULL, run_at = $1, fixed = FALSE, moved_at = $1
      WHERE state = 'running'";
    DUE = {
      sqlite: "SELECT min(run_at) FROM jobs j
        WHERE state = 'waiting' AND kind IN (SELECT value FROM json_each($1))
          AND NOT EXISTS (SELECT 1 FROM paused_queues p WHERE p.kind = j.kind)",
      postgres: "SELECT min(run_at) FROM jobs j
        WHERE state = 'waiting' AND kind IN (SELECT jsonb_array_elements_text($1::jsonb))
          AND NOT EXISTS (SELECT 1 FROM paused_queues p WHERE p.kind = j.kind)" };
    LEASED = "SELECT count(*) FROM jobs WHERE state = 'running' AND (moved_at <= $1 OR moved_at >= $2)";
    STUCK = "SELECT count(*) FROM jobs WHERE state = 'waiting' AND fixed = FALSE AND moved_at > $1";
    PRUNE = "DELETE FROM jobs WHERE id IN
      (SELECT id FROM jobs WHERE state IN ('done', 'dropped') AND moved_at < $1 ORDER BY id LIMIT $2)";
}

/// How far a clock may be behind the moment at which a wait began, before it counts as set back.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Adds a job; its key in the database, or that of the job which has the same kind and key already.
pub fn add(tx: &mut Tx<'_>, job: &Added, now: Timestamp) -> Result<(i64, bool), Fault> {
    let values = params![
        &job.kind,
        job.key.as_ref(),
        job.payload.clone(),
        job.run_at.unwrap_or(now),
        job.run_at.is_some(),
        now,
        job.timer.as_ref(),
    ];
    if let Some(id) = tx.maybe(ADD, values, |row| row.get(0))? {
        return Ok((id, true));
    }
    let id = tx.one(BY_KEY, params![&job.kind, job.key.as_ref()], |row| row.get(0))?;
    Ok((id, false))
}

/// Gives up to so many due jobs of these kinds to that owner.
pub fn claim(tx: &mut Tx<'_>, owner: &str, kinds: &[&str], limit: u32, now: Timestamp) -> Result<Vec<Claimed>, Fault> {
    let mut claimed = tx.query(CLAIM, params![owner, now, serde_json::json!(kinds), limit], claimed)?;
    claimed.sort_by_key(|job| job.id);
    Ok(claimed)
}

fn claimed(row: &Row<'_>) -> Result<Claimed, Fault> {
    Ok(Claimed {
        id: row.get(0)?,
        kind: row.get(1)?,
        key: row.get(2)?,
        payload: row.get(3)?,
        attempt: row.get(4)?,
        fence: row.get(5)?,
    })
}

/// Lets jobs wait again whose lease of that length has run out, and wakes those whose wait began in a future that a
/// clock set back has taken away; how many.
pub fn recover(tx: &mut Tx<'_>, lease: SignedDuration, now: Timestamp) -> Result<u64, Fault> {
    let (early, late) = (before(now, lease), after(now, lease));
    Ok(tx.execute(LAPSE, params![now, early, late])? + tx.execute(UNSTICK, params![now, after(now, SKEW)])?)
}

/// Would [`recover`] find anything?
pub fn wants_recovery(tx: &mut Tx<'_>, lease: SignedDuration, now: Timestamp) -> Result<bool, Fault> {
    let count = |row: &Row<'_>| row.get::<i64>(0);
    let lapsed = tx.one(LEASED, params![before(now, lease), after(now, lease)], count)?;
    Ok(lapsed > 0 || tx.one(STUCK, params![after(now, SKEW)], count)? > 0)
}

fn before(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}

fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Marks a running job as done; `false` where the lease went to another or the job has ended.
pub fn finish(tx: &mut Tx<'_>, id: i64, fence: i64, now: Timestamp) -> Result<bool, Fault> {
    let held = holds(tx, id, fence)?;
    if held {
        tx.execute(FINISH, params![id, now])?;
    }
    Ok(held)
}

/// Is the job running under that fencing number? On PostgreSQL it stays so until the transaction ends.
fn holds(tx: &mut Tx<'_>, id: i64, fence: i64) -> Result<bool, Fault> {
    Ok(tx.maybe(HOLD, params![id, fence], |row| row.get::<i64>(0))?.is_some())
}

/// Lets a running job wait for another attempt, or buries it where there is none; `false` as in [`finish`].
pub fn fail(
    tx: &mut Tx<'_>,
    (id, fence): (i64, i64),
    again: Option<Timestamp>,
    error: &Error,
    now: Timestamp,
) -> Result<bool, Fault> {
    let held = holds(tx, id, fence)?;
    if held {
        let state = if again.is_some() { "waiting" } else { "dead" };
        let at = again.unwrap_or(now);
        tx.execute(FAIL, params![id, state, at, now, &error.code, &error.detail, &error.number])?;
    }
    Ok(held)
}

/// Renews the leases of that owner's jobs that began after `since`; how many.
pub fn renew(tx: &mut Tx<'_>, owner: &str, since: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(RENEW, params![owner, now, since])
}

/// Gives that owner's jobs back as if they had not been tried: it stops in good order.
pub fn release(tx: &mut Tx<'_>, owner: &str, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(RELEASE, params![owner, now])
}

/// Lets every running job wait again: at the start of a program that is alone on its database.
pub fn release_all(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(RELEASE_ALL, params![now])
}

/// When the next waiting job of these kinds is due whose queue is not paused.
pub fn due(tx: &mut Tx<'_>, kinds: &[&str]) -> Result<Option<Timestamp>, Fault> {
    tx.one(DUE, params![serde_json::json!(kinds)], |row| row.get(0))
}

/// Forgets up to so many jobs that were done or dropped before that instant; how many.
pub fn prune(tx: &mut Tx<'_>, until: Timestamp, limit: u32) -> Result<u64, Fault> {
    tx.execute(PRUNE, params![until, limit])
}
