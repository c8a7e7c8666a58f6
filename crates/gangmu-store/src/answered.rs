//! Requests that were answered (已答复的请求): what stands behind an idempotency key. Written in the transaction of what
//! the request changed, so that a crash keeps both or neither.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

/// A request and what was answered (已答复的请求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredRow {
    /// SHA-256 of method, address and body.
    pub digest: [u8; 32],
    /// When.
    pub at: Timestamp,
    /// Status of the answer.
    pub status: u16,
    /// Where what was made is found.
    pub location: Option<String>,
    /// The version after it.
    pub version: Option<String>,
    /// The body, without secrets.
    pub body: String,
}

/// Old rows that one write sweeps.
const SWEPT: i64 = 50;

crate::statements! {
    FIND = "SELECT digest, at, status, location, version, body FROM answered_requests
      WHERE account = $1 AND key = $2";
    KEEP = "INSERT INTO answered_requests (account, key, digest, at, status, location, version, body)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (account, key) DO UPDATE SET digest = excluded.digest, at = excluded.at, status = excluded.status,
        location = excluded.location, version = excluded.version, body = excluded.body";
    OLD = "SELECT account, key FROM answered_requests WHERE at < $1 ORDER BY at LIMIT $2";
    FORGET = "DELETE FROM answered_requests WHERE account = $1 AND key = $2";
}

/// What was answered under that key of an account since `from`.
pub fn find(tx: &mut Tx<'_>, account: AccountId, key: &str, from: Timestamp) -> Result<Option<AnsweredRow>, Fault> {
    let found = tx.maybe(FIND, params![account, key], |row| {
        let status: i64 = row.get(2)?;
        let wrong = || Fault::Column { column: 2, wanted: "a status", got: status.to_string() };
        Ok(AnsweredRow {
            digest: row.get(0)?,
            at: row.get(1)?,
            status: u16::try_from(status).map_err(|_| wrong())?,
            location: row.get(3)?,
            version: row.get(4)?,
            body: row.get(5)?,
        })
    })?;
    Ok(found.filter(|row| row.at >= from))
}

/// Keeps an answer under its key, and forgets some that are older than `from`.
pub fn keep(tx: &mut Tx<'_>, account: AccountId, key: &str, row: &AnsweredRow, from: Timestamp) -> Result<(), Fault> {
    let old = tx.query(OLD, params![from, SWEPT], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
    for (account, key) in old {
        tx.execute(FORGET, params![account, key])?;
    }
    let values = params![
        account,
        key,
        row.digest,
        row.at,
        i64::from(row.status),
        row.location.as_ref(),
        row.version.as_ref(),
        &row.body
    ];
    tx.execute(KEEP, values).map(drop)
}
