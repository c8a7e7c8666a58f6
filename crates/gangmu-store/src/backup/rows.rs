//! The backups of this house as rows (备份记录): what was made, what was rehearsed, what was removed again.

use crate::{
    db::Tx,
    fault::Fault,
    params,
    value::{Row, Value},
};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

/// A backup that was made, or tried (备份记录).
#[derive(Debug, Clone, PartialEq)]
pub struct BackupRow {
    /// The name of its file.
    pub name: String,
    /// `scheduled`, `asked`, `console`.
    pub origin: String,
    /// `kept`, `failed`, `removed`.
    pub state: String,
    /// When.
    pub made_at: Timestamp,
    /// Who asked for it.
    pub account: AccountId,
    /// The person's name.
    pub account_name: String,
    /// How many bytes the file has.
    pub bytes: i64,
    /// The SHA-256 of its seal; none of one that failed.
    pub seal: Option<String>,
    /// How many rows.
    pub rows: i64,
    /// How many attachments.
    pub blobs: i64,
    /// How many attachments were damaged and are not in it.
    pub damaged: i64,
    /// The journal's newest entry in it.
    pub journal_seq: i64,
    /// Why it failed: code and fields.
    pub failure: Option<serde_json::Value>,
    /// When its file was removed.
    pub removed_at: Option<Timestamp>,
    /// When it was last rehearsed.
    pub rehearsed_at: Option<Timestamp>,
    /// What the rehearsal found.
    pub rehearsal: Option<serde_json::Value>,
}

crate::statements! {
    ADD = "INSERT INTO backups (name, origin, state, made_at, account, account_name, bytes, seal, row_count, blobs,
        damaged, journal_seq, failure)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    LIST = "SELECT name, origin, state, made_at, account, account_name, bytes, seal, row_count, blobs, damaged,
        journal_seq, failure, removed_at, rehearsed_at, rehearsal
      FROM backups ORDER BY made_at DESC, id DESC LIMIT $1";
    KEPT = "SELECT name, origin, state, made_at, account, account_name, bytes, seal, row_count, blobs, damaged,
        journal_seq, failure, removed_at, rehearsed_at, rehearsal
      FROM backups WHERE state = 'kept' ORDER BY made_at DESC, id DESC";
    FIND = "SELECT name, origin, state, made_at, account, account_name, bytes, seal, row_count, blobs, damaged,
        journal_seq, failure, removed_at, rehearsed_at, rehearsal
      FROM backups WHERE name = $1";
    REMOVE = "UPDATE backups SET state = 'removed', removed_at = $2 WHERE name = $1 AND state = 'kept'";
    REHEARSED = "UPDATE backups SET rehearsed_at = $2, rehearsal = $3 WHERE name = $1";
    LAST_REHEARSED = "SELECT MAX(rehearsed_at) FROM backups";
    OPEN = "SELECT count(*) FROM jobs WHERE kind = $1 AND state IN ('waiting', 'running')";
}

/// Adds a record.
pub fn add(tx: &mut Tx<'_>, row: &BackupRow) -> Result<(), Fault> {
    let params = params![
        &row.name,
        &row.origin,
        &row.state,
        row.made_at,
        row.account,
        &row.account_name,
        row.bytes,
        row.seal.as_ref(),
        row.rows,
        row.blobs,
        row.damaged,
        row.journal_seq,
        text(row.failure.as_ref()),
    ];
    tx.execute(ADD, params).map(drop)
}

/// The newest records.
pub fn list(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<BackupRow>, Fault> {
    tx.query(LIST, params![limit], read)
}

/// The records of all backups whose files are kept, newest first.
pub fn kept(tx: &mut Tx<'_>) -> Result<Vec<BackupRow>, Fault> {
    tx.query(KEPT, params![], read)
}

/// The record of the file of that name.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<BackupRow>, Fault> {
    tx.maybe(FIND, params![name], read)
}

/// Records that the file was removed; was it kept until now?
pub fn remove(tx: &mut Tx<'_>, name: &str, at: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, params![name, at])? > 0)
}

/// Records what a rehearsal found; is there such a backup?
pub fn rehearsed(tx: &mut Tx<'_>, name: &str, at: Timestamp, found: &serde_json::Value) -> Result<bool, Fault> {
    Ok(tx.execute(REHEARSED, params![name, at, found.to_string()])? > 0)
}

/// When a backup was last rehearsed.
pub fn last_rehearsed(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.one(LAST_REHEARSED, params![], |row| row.get(0))
}

/// Does a job of that kind wait or run?
pub fn is_under_way(tx: &mut Tx<'_>, kind: &str) -> Result<bool, Fault> {
    Ok(tx.one(OPEN, params![kind], |row| row.get::<i64>(0))? > 0)
}

fn text(json: Option<&serde_json::Value>) -> Value {
    json.map(ToString::to_string).into()
}

fn read(row: &Row<'_>) -> Result<BackupRow, Fault> {
    Ok(BackupRow {
        name: row.get(0)?,
        origin: row.get(1)?,
        state: row.get(2)?,
        made_at: row.get(3)?,
        account: row.get(4)?,
        account_name: row.get(5)?,
        bytes: row.get(6)?,
        seal: row.get(7)?,
        rows: row.get(8)?,
        blobs: row.get(9)?,
        damaged: row.get(10)?,
        journal_seq: row.get(11)?,
        failure: row.get(12)?,
        removed_at: row.get(13)?,
        rehearsed_at: row.get(14)?,
        rehearsal: row.get(15)?,
    })
}
