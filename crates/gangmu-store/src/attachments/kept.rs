//! Which bytes are kept (在库文件), and what refers to them.
//!
//! A file is *claimed* before its bytes arrive under their hash, and *held* by the transaction that refers to it. Both
//! end a condemnation, and both write the row, so that whoever deletes at the same time either sees them or waits for
//! them. Deleting takes two steps with time between: [`condemn`] marks what nothing refers to, and [`take`] forgets the
//! row only while that is still so.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AttachmentId;
use jiff::Timestamp;

crate::statements! {
    CLAIM = "INSERT INTO blobs (sha256, size, stored_at, touched_at) VALUES ($1, $2, $3, $3)
      ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at, condemned_at = NULL";
    HOLD = "UPDATE blobs SET touched_at = $2, condemned_at = NULL WHERE sha256 = $1";
    REFER = "INSERT INTO attachment_files (attachment, purpose, sha256, size)
      SELECT $1, $2, sha256, size FROM blobs WHERE sha256 = $3";
    FILE = "SELECT sha256 FROM attachment_files WHERE attachment = $1 AND purpose = $2";
    EXPIRE = "UPDATE attachments SET expired_at = $2 WHERE removed_at <= $1 AND expired_at IS NULL RETURNING id";
    LET_GO = "DELETE FROM attachment_files WHERE attachment = $1";
    CONDEMN = "UPDATE blobs SET condemned_at = $1 WHERE condemned_at IS NULL AND touched_at <= $2
      AND NOT EXISTS (SELECT 1 FROM attachment_files f WHERE f.sha256 = blobs.sha256)";
    CONDEMNED = "SELECT sha256 FROM blobs WHERE condemned_at <= $1 ORDER BY sha256 LIMIT $2";
    TAKE = "DELETE FROM blobs WHERE sha256 = $1 AND condemned_at <= $2
      AND NOT EXISTS (SELECT 1 FROM attachment_files f WHERE f.sha256 = $1)";
    KNOWN = "SELECT 1 FROM blobs WHERE sha256 = $1";
    ADOPT = "INSERT INTO blobs (sha256, size, stored_at, touched_at) VALUES ($1, $2, $3, $3) ON CONFLICT (sha256) DO NOTHING";
    REFERRED = "SELECT sha256, size FROM blobs WHERE sha256 > $1
      AND EXISTS (SELECT 1 FROM attachment_files f WHERE f.sha256 = blobs.sha256) ORDER BY sha256 LIMIT $2";
    REFERRED_COUNT = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs WHERE EXISTS
      (SELECT 1 FROM attachment_files f WHERE f.sha256 = blobs.sha256)";
    WHERE_USED = "SELECT a.name, a.object_kind, a.object_id FROM attachment_files f JOIN attachments a ON a.id = f.attachment
      WHERE f.sha256 = $1 ORDER BY a.id LIMIT 1";
    HAD = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs";
    WAITING = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs WHERE NOT EXISTS
      (SELECT 1 FROM attachment_files f WHERE f.sha256 = blobs.sha256)";
}

/// Says that a file of that hash is about to be kept, before its bytes are renamed to it.
pub fn claim(tx: &mut Tx<'_>, sha256: &str, size: i64, at: Timestamp) -> Result<(), Fault> {
    tx.execute(CLAIM, params![sha256, size, at]).map(drop)
}

/// Refers to a file for that purpose: `original`, `clean`, `thumbnail`. Is it still kept?
pub fn refer(
    tx: &mut Tx<'_>,
    attachment: AttachmentId,
    purpose: &str,
    sha256: &str,
    at: Timestamp,
) -> Result<bool, Fault> {
    let held = hold(tx, sha256, at)?;
    Ok(held && tx.execute(REFER, params![attachment, purpose, sha256])? > 0)
}

/// Keeps a file that something refers to from being condemned. Is it still kept?
pub fn hold(tx: &mut Tx<'_>, sha256: &str, at: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(HOLD, params![sha256, at])? > 0)
}

/// The hash of an attachment's file for that purpose; `None` where it has none, or its time is over.
pub fn file(tx: &mut Tx<'_>, attachment: AttachmentId, purpose: &str) -> Result<Option<String>, Fault> {
    tx.maybe(FILE, params![attachment, purpose], |row| row.get(0))
}

/// Lets go of the files of attachments that were removed by that instant; how many attachments those were. Whoever has
/// one back at the same time writes the same row, so that one of the two sees the other.
pub fn expire(tx: &mut Tx<'_>, removed_by: Timestamp, at: Timestamp) -> Result<u64, Fault> {
    let over = tx.query(EXPIRE, params![removed_by, at], |row| row.get::<AttachmentId>(0))?;
    for id in &over {
        tx.execute(LET_GO, params![*id])?;
    }
    Ok(over.len() as u64)
}

/// Condemns what nothing refers to and nobody touched since that instant; how many that are.
pub fn condemn(tx: &mut Tx<'_>, at: Timestamp, untouched_since: Timestamp) -> Result<u64, Fault> {
    tx.execute(CONDEMN, params![at, untouched_since])
}

/// Hashes that were condemned by that instant.
pub fn condemned(tx: &mut Tx<'_>, by: Timestamp, limit: u32) -> Result<Vec<String>, Fault> {
    tx.query(CONDEMNED, params![by, limit], |row| row.get(0))
}

/// Forgets a file, if it was condemned by that instant and still nothing refers to it. Was it so? The caller sets its
/// bytes aside in the same transaction.
pub fn take(tx: &mut Tx<'_>, sha256: &str, by: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(TAKE, params![sha256, by])? > 0)
}

/// Is there a row of that hash?
pub fn is_known(tx: &mut Tx<'_>, sha256: &str) -> Result<bool, Fault> {
    Ok(tx.maybe(KNOWN, params![sha256], |_| Ok(()))?.is_some())
}

/// Gives a file without a row one, so that it is collected like any other.
pub fn adopt(tx: &mut Tx<'_>, sha256: &str, size: i64, at: Timestamp) -> Result<(), Fault> {
    tx.execute(ADOPT, params![sha256, size, at]).map(drop)
}

/// A file that something refers to (在用文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// Its hash.
    pub sha256: String,
    /// How many bytes it has.
    pub size: i64,
}

/// The files that something refers to, in the order of their hashes, after that one; `""` begins.
pub fn referred(tx: &mut Tx<'_>, after: &str, limit: u32) -> Result<Vec<Referred>, Fault> {
    tx.query(REFERRED, params![after, limit], |row| Ok(Referred { sha256: row.get(0)?, size: row.get(1)? }))
}

/// How much something refers to.
pub fn in_use(tx: &mut Tx<'_>) -> Result<super::Used, Fault> {
    tx.one(REFERRED_COUNT, params![], super::used_in)
}

/// The name of an attachment that refers to a file, with kind and key of its object.
pub fn used_as(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<(String, String, String)>, Fault> {
    tx.maybe(WHERE_USED, params![sha256], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// How much is kept in all.
pub fn had(tx: &mut Tx<'_>) -> Result<super::Used, Fault> {
    tx.one(HAD, params![], super::used_in)
}

/// How much of it nothing refers to.
pub fn waiting(tx: &mut Tx<'_>) -> Result<super::Used, Fault> {
    tx.one(WAITING, params![], super::used_in)
}
