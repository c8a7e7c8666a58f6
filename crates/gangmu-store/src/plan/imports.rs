//! Imports (导入) as rows: how far each is, and why one failed.

use super::{json, read_json};
use crate::{db::Tx, fault::Fault, params, scope::within, value::Row};
use gangmu_kernel::ids::{AccountId, EditionId, OrganisationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why an import failed: code and fields of the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureRow {
    /// The code.
    pub code: String,
    /// The facts.
    pub fields: BTreeMap<String, String>,
}

/// An import (导入).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its key.
    pub id: i64,
    /// The files' names.
    pub files: Vec<String>,
    /// `read`, `sort` while somebody is asked what the files are, `compile`, `write`, `done`, `failed`, `known`.
    pub step: String,
    /// Rows written.
    pub done: u32,
    /// Rows to be written; 0 while unknown.
    pub total: u32,
    /// Why it failed.
    pub failures: Vec<FailureRow>,
    /// The plan's key in addresses.
    pub plan_key: Option<String>,
    /// The edition, once it is there.
    pub edition: Option<EditionId>,
    /// When it began.
    pub started_at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
}

/// A file of an import that waits until somebody has said what each file is (待归类文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingFile {
    /// Its place among the files.
    pub position: u32,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is thought to be for, as a word.
    pub role: String,
    /// Why, as JSON.
    pub why: String,
}

macro_rules! columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, files, step, done, total, failures, plan_key, edition, started_at, account, account_name
            FROM imports i ",
            $rest
        )
    };
}

crate::statements! {
    BEGIN = "INSERT INTO imports (files, step, done, total, failures, plan_key, started_at, account, account_name,
        organisation)
      VALUES ($1, 'read', 0, 0, '[]', $2, $3, $4, $5, $6) RETURNING id";
    MOVE = "UPDATE imports SET step = $2, done = $3, total = $4 WHERE id = $1";
    FINISH = "UPDATE imports SET step = $2, failures = $3, plan_key = COALESCE($4, plan_key), edition = $5 WHERE id = $1";
    FIND = { sqlite: columns!(concat!("WHERE i.id = $1 AND ",
        within!(sqlite "i.organisation" "i.account" "$2" "$3" "$4"))),
      postgres: columns!(concat!("WHERE i.id = $1 AND ",
        within!(postgres "i.organisation" "i.account" "$2" "$3" "$4"))) };
    RECENT = { sqlite: columns!(concat!("WHERE ",
        within!(sqlite "i.organisation" "i.account" "$2" "$3" "$4"), " ORDER BY i.id DESC LIMIT $1")),
      postgres: columns!(concat!("WHERE ",
        within!(postgres "i.organisation" "i.account" "$2" "$3" "$4"), " ORDER BY i.id DESC LIMIT $1")) };
    TITLE = "UPDATE imports SET title = $2 WHERE id = $1";
    TITLED = "SELECT title FROM imports WHERE id = $1";
    CLAIM = "UPDATE imports SET step = 'read' WHERE id = $1 AND step = 'sort'";
    KEEP_FILE = "INSERT INTO import_files (import, position, name, size, role, why, bytes)
      VALUES ($1, $2, $3, $4, $5, $6, $7)";
    WAITING = "SELECT position, name, size, role, why FROM import_files WHERE import = $1 ORDER BY position";
    BYTES = "SELECT name, bytes FROM import_files WHERE import = $1 ORDER BY position";
    DROP_FILES = "DELETE FROM import_files WHERE import = $1";
    SWEEP_FILES = "DELETE FROM import_files WHERE import IN (SELECT id FROM imports WHERE step <> 'sort')";
    EXPIRE = "UPDATE imports SET step = 'failed', failures = $2 WHERE step = 'sort' AND started_at < $1";
    INTERRUPT = "UPDATE imports SET step = 'failed', failures = $1 WHERE step IN ('read', 'compile', 'write')";
}

fn import(row: &Row<'_>) -> Result<ImportRow, Fault> {
    Ok(ImportRow {
        id: row.get(0)?,
        files: read_json(row, 1, "names of files")?,
        step: row.get(2)?,
        done: row.get(3)?,
        total: row.get(4)?,
        failures: read_json(row, 5, "reasons of a failure")?,
        plan_key: row.get(6)?,
        edition: row.get(7)?,
        started_at: row.get(8)?,
        account: row.get(9)?,
        account_name: row.get(10)?,
    })
}

/// Begins an import by that person; it belongs to the organisation.
pub fn begin(
    tx: &mut Tx<'_>,
    files: &[String],
    plan_key: Option<&str>,
    at: Timestamp,
    by: (AccountId, &str),
    organisation: Option<OrganisationId>,
) -> Result<i64, Fault> {
    tx.one(BEGIN, params![json(&files), plan_key, at, by.0, by.1, organisation], |row| row.get(0))
}

/// How far it is.
pub fn advance(tx: &mut Tx<'_>, id: i64, step: &str, done: u32, total: u32) -> Result<(), Fault> {
    tx.execute(MOVE, params![id, step, done, total]).map(drop)
}

/// Ends it: `done`, `known` or `failed`.
pub fn finish(
    tx: &mut Tx<'_>,
    id: i64,
    step: &str,
    failures: &[FailureRow],
    plan_key: Option<&str>,
    edition: Option<EditionId>,
) -> Result<(), Fault> {
    tx.execute(DROP_FILES, params![id])?;
    tx.execute(FINISH, params![id, step, json(&failures), plan_key, edition]).map(drop)
}

/// Lets it wait until somebody has said what its files are; the files wait with it.
pub fn wait(tx: &mut Tx<'_>, id: i64, title: Option<&str>, files: &[(WaitingFile, Vec<u8>)]) -> Result<(), Fault> {
    tx.execute(TITLE, params![id, title])?;
    for (file, bytes) in files {
        let params = params![id, file.position, &file.name, file.size, &file.role, &file.why, bytes.as_slice()];
        tx.execute(KEEP_FILE, params)?;
    }
    advance(tx, id, "sort", 0, 0)
}

/// The files that wait.
pub fn waiting(tx: &mut Tx<'_>, id: i64) -> Result<Vec<WaitingFile>, Fault> {
    tx.query(WAITING, params![id], |row| {
        Ok(WaitingFile {
            position: row.get(0)?,
            name: row.get(1)?,
            size: row.get(2)?,
            role: row.get(3)?,
            why: row.get(4)?,
        })
    })
}

/// What waited: enough to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
    /// Names and bytes of the files.
    pub files: Vec<(String, Vec<u8>)>,
    /// The title that was given.
    pub title: Option<String>,
}

/// What waited with the import.
pub fn waited(tx: &mut Tx<'_>, id: i64) -> Result<Waited, Fault> {
    let files = tx.query(BYTES, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Waited { files, title: tx.one(TITLED, params![id], |row| row.get(0))? })
}

/// Goes on with an import that waited; `false` where somebody else was faster.
pub fn claim(tx: &mut Tx<'_>, id: i64) -> Result<bool, Fault> {
    Ok(tx.execute(CLAIM, params![id])? == 1)
}

/// The import of that key, where it lies within the scope.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<ImportRow>, Fault> {
    let params = tx.scoped(params![id]);
    tx.maybe(FIND, &params, import)
}

/// The newest imports within the scope.
pub fn recent(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ImportRow>, Fault> {
    let params = tx.scoped(params![limit]);
    tx.query(RECENT, &params, import)
}

/// Ends every import that waits since before that instant, and forgets its files; how many that were.
pub fn expire(tx: &mut Tx<'_>, before: Timestamp, why: &FailureRow) -> Result<u64, Fault> {
    let expired = tx.execute(EXPIRE, params![before, json(&[why])])?;
    if expired > 0 {
        tx.execute(SWEEP_FILES, params![])?;
    }
    Ok(expired)
}

/// Ends every import that was running when the program stopped; how many that were.
pub fn interrupt(tx: &mut Tx<'_>, why: &FailureRow) -> Result<u64, Fault> {
    let interrupted = tx.execute(INTERRUPT, params![json(&[why])])?;
    tx.execute(SWEEP_FILES, params![])?;
    Ok(interrupted)
}
