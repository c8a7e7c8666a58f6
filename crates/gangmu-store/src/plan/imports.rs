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
    /// `read`, `compile`, `write`, `done`, `failed`, `known`.
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
    tx.execute(FINISH, params![id, step, json(&failures), plan_key, edition]).map(drop)
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

/// Ends every import that was running when the program stopped; how many that were.
pub fn interrupt(tx: &mut Tx<'_>, why: &FailureRow) -> Result<u64, Fault> {
    tx.execute(INTERRUPT, params![json(&[why])])
}
