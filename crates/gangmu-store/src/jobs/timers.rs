//! Timers as rows (定时器): when each fires next, and for which occurrence it fired last.

use crate::{db::Tx, fault::Fault, params};
use jiff::Timestamp;

/// A timer (定时器).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimerRow {
    /// Its name.
    pub name: String,
    /// The kind of job that it makes.
    pub kind: String,
    /// Its schedule, in the program's own words.
    pub schedule: String,
    /// When it fires next.
    pub next_at: Timestamp,
    /// The occurrence for which it fired last.
    pub last_due: Option<Timestamp>,
    /// When it fired last.
    pub last_at: Option<Timestamp>,
}

crate::statements! {
    ALL = "SELECT name, kind, schedule, next_at, last_due, last_at FROM timers ORDER BY name";
    HOLD = {
      sqlite: "SELECT name, kind, schedule, next_at, last_due, last_at FROM timers WHERE name = $1",
      postgres: "SELECT name, kind, schedule, next_at, last_due, last_at FROM timers WHERE name = $1
        FOR UPDATE SKIP LOCKED" };
    SET = "INSERT INTO timers (name, kind, schedule, next_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, schedule = excluded.schedule, next_at = excluded.next_at";
    FIRED = "UPDATE timers SET next_at = $2, last_due = $3, last_at = $4 WHERE name = $1";
    MOVE = "UPDATE timers SET next_at = $2 WHERE name = $1";
    WAITS = "SELECT count(*) FROM jobs WHERE kind = $1 AND timer = $2 AND state = 'waiting'";
}

/// All timers by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<TimerRow>, Fault> {
    tx.query(ALL, params![], timer)
}

fn timer(row: &crate::value::Row<'_>) -> Result<TimerRow, Fault> {
    Ok(TimerRow {
        name: row.get(0)?,
        kind: row.get(1)?,
        schedule: row.get(2)?,
        next_at: row.get(3)?,
        last_due: row.get(4)?,
        last_at: row.get(5)?,
    })
}

/// The timer of that name, held until the transaction ends; none where there is none or another process holds it.
pub fn hold(tx: &mut Tx<'_>, name: &str) -> Result<Option<TimerRow>, Fault> {
    tx.maybe(HOLD, params![name], timer)
}

/// Adds a timer, or gives it another kind, schedule and next moment.
pub fn set(tx: &mut Tx<'_>, name: &str, kind: &str, schedule: &str, next: Timestamp) -> Result<(), Fault> {
    tx.execute(SET, params![name, kind, schedule, next]).map(drop)
}

/// Notes that a timer fired for that occurrence.
pub fn fired(tx: &mut Tx<'_>, name: &str, next: Timestamp, due: Timestamp, now: Timestamp) -> Result<(), Fault> {
    tx.execute(FIRED, params![name, next, due, now]).map(drop)
}

/// Moves a timer's next moment without firing it.
pub fn move_to(tx: &mut Tx<'_>, name: &str, next: Timestamp) -> Result<(), Fault> {
    tx.execute(MOVE, params![name, next]).map(drop)
}

/// Does a job of that timer wait already?
pub fn waits(tx: &mut Tx<'_>, kind: &str, name: &str) -> Result<bool, Fault> {
    Ok(tx.one(WAITS, params![kind, name], |row| row.get::<i64>(0))? > 0)
}
