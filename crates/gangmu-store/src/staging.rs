//! Bulk input on its way (分批暂存): rows are written into a batch that nobody sees, some hundred at a time; one short change
//! of the batch's state shows all of them; a batch that is not wanted goes in small steps. What the rows say is the
//! business of their noun.

use crate::{db::Tx, fault::Fault, journal::Hash, params, value::Row};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// Rows that one job writes or removes.
pub const STEP: usize = 500;

/// A batch (暂存批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Its key.
    pub id: i64,
    /// What its rows are.
    pub kind: String,
    /// Where they belong, such as an edition.
    pub place: String,
    /// `open`, `shown`, `dropped`.
    pub state: String,
    /// How many rows it has.
    pub rows: i64,
    /// Digest over all rows, one after the other.
    pub digest: Hash,
    /// Who began it.
    pub account: AccountId,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last written to.
    pub touched_at: Timestamp,
}

/// A row of a batch that is shown (暂存行).
#[derive(Debug, Clone, PartialEq)]
pub struct StagedRow {
    /// Its batch.
    pub batch: i64,
    /// Its place in the batch, from 1.
    pub position: i64,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub body: Json,
}

macro_rules! add_rows {
    ($source:literal, $subject:literal, $body:literal) => {
        concat!(
            "INSERT INTO staging_rows (batch, position, subject, body)
            SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT) + CAST(at AS BIGINT), ",
            $subject,
            ", ",
            $body,
            " FROM ",
            $source
        )
    };
}

crate::statements! {
    BEGIN = "INSERT INTO staging_batches (kind, place, state, rows, digest, account, account_name, begun_at, touched_at)
      VALUES ($1, $2, 'open', 0, $3, $4, $5, $6, $6) RETURNING id";
    FIND = "SELECT id, kind, place, state, rows, digest, account, begun_at, touched_at FROM staging_batches
      WHERE id = $1";
    ADD = {
        sqlite: add_rows!("(SELECT key + 1 AS at, value ->> 0 AS subject, value -> 1 AS body FROM json_each($3))",
            "subject", "body"),
        postgres: add_rows!("jsonb_array_elements($3) WITH ORDINALITY AS rows(value, at)", "value ->> 0",
            "value -> 1"),
    };
    GROW = "UPDATE staging_batches SET rows = rows + $2, digest = $3, touched_at = $4 WHERE id = $1 AND state = 'open'";
    TURN = "UPDATE staging_batches SET state = $3, touched_at = $4 WHERE id = $1 AND state = $2";
    SHOWN = "SELECT r.batch, r.position, r.subject, r.body FROM staging_rows r JOIN staging_batches b ON b.id = r.batch
      WHERE b.kind = $1 AND b.place = $2 AND b.state = 'shown' AND (r.batch, r.position) > ($3, $4)
      ORDER BY r.batch, r.position LIMIT $5";
    STALE = "SELECT id FROM staging_batches WHERE state = 'open' AND touched_at < $1 ORDER BY id LIMIT $2";
    DROPPED = "SELECT id FROM staging_batches WHERE state = 'dropped' ORDER BY id LIMIT 1";
    REMOVE = "DELETE FROM staging_rows WHERE batch = $1 AND position IN
      (SELECT position FROM staging_rows WHERE batch = $1 ORDER BY position LIMIT $2)";
    FORGET = "DELETE FROM staging_batches WHERE id = $1 AND state = 'dropped'";
}

fn batch(row: &Row<'_>) -> Result<BatchRow, Fault> {
    Ok(BatchRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        place: row.get(2)?,
        state: row.get(3)?,
        rows: row.get(4)?,
        digest: row.get(5)?,
        account: row.get(6)?,
        begun_at: row.get(7)?,
        touched_at: row.get(8)?,
    })
}

/// Begins a batch; `by` is who brings it.
pub fn begin(tx: &mut Tx<'_>, kind: &str, place: &str, by: (AccountId, &str), at: Timestamp) -> Result<i64, Fault> {
    let none: Hash = [0; 32];
    tx.one(BEGIN, params![kind, place, none, by.0, by.1, at], |row| row.get(0))
}

/// The batch of that key.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<BatchRow>, Fault> {
    tx.maybe(FIND, params![id], batch)
}

/// Adds rows, each a subject with what is said of it, to a batch that is open; at most [`STEP`] in one job.
pub fn add(tx: &mut Tx<'_>, batch: &BatchRow, rows: &[(String, Json)], at: Timestamp) -> Result<BatchRow, Fault> {
    let mut digest = batch.digest;
    for row in rows {
        let text = serde_json::json!([row.0, row.1]).to_string();
        digest = Sha256::new().chain_update(digest).chain_update(text).finalize().into();
    }
    let count = i64::try_from(rows.len()).unwrap_or(0);
    tx.execute(ADD, params![batch.id, batch.rows, serde_json::json!(rows)])?;
    tx.execute(GROW, params![batch.id, count, digest, at])?;
    Ok(BatchRow { rows: batch.rows + count, digest, touched_at: at, ..batch.clone() })
}

/// Shows all rows of an open batch at once; was it open?
pub fn show(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(TURN, params![id, "open", "shown", at])? > 0)
}

/// Drops a batch in that state; its rows go step by step. Was it in that state?
pub fn drop_batch(tx: &mut Tx<'_>, id: i64, state: &str, at: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(TURN, params![id, state, "dropped", at])? > 0)
}

/// Rows that are shown, in order, after that batch and position.
pub fn shown(tx: &mut Tx<'_>, kind: &str, place: &str, after: (i64, i64), limit: u32) -> Result<Vec<StagedRow>, Fault> {
    tx.query(SHOWN, params![kind, place, after.0, after.1, limit], |row| {
        Ok(StagedRow { batch: row.get(0)?, position: row.get(1)?, subject: row.get(2)?, body: row.get(3)? })
    })
}

/// Drops the batches that nobody has written to since then; how many.
pub fn abandon(tx: &mut Tx<'_>, since: Timestamp, at: Timestamp) -> Result<usize, Fault> {
    let stale = tx.query(STALE, params![since, 100_i64], |row| row.get::<i64>(0))?;
    for id in &stale {
        drop_batch(tx, *id, "open", at)?;
    }
    Ok(stale.len())
}

/// Removes one step of what was dropped; is there more?
pub fn sweep(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    let Some(id) = tx.maybe(DROPPED, params![], |row| row.get::<i64>(0))? else { return Ok(false) };
    let step = i64::try_from(STEP).unwrap_or(500);
    if tx.execute(REMOVE, params![id, step])? == 0 {
        tx.execute(FORGET, params![id])?;
    }
    Ok(true)
}
