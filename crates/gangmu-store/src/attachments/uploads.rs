//! Files on their way up (上传) as rows: whose they are and what they are to become.

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{AccountId, AttachmentId};
use jiff::Timestamp;

/// A file on its way up (上传).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Its name in addresses and in the folder of uploads.
    pub id: String,
    /// Who sends it.
    pub account: AccountId,
    /// The kind of the object that it is for.
    pub object_kind: String,
    /// The object's key in text form.
    pub object_id: String,
    /// The file's name.
    pub name: String,
    /// The media type that the sender declares; empty where none.
    pub declared: String,
    /// How many bytes it will have.
    pub size: i64,
    /// When it began.
    pub begun_at: Timestamp,
    /// The attachment that it became.
    pub attachment: Option<AttachmentId>,
}

crate::statements! {
    BEGIN = "INSERT INTO uploads (id, account, object_kind, object_id, name, declared, size, begun_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT id, account, object_kind, object_id, name, declared, size, begun_at, attachment
      FROM uploads WHERE id = $1";
    FINISH = "UPDATE uploads SET attachment = $2 WHERE id = $1";
    DROP = "DELETE FROM uploads WHERE id = $1";
    OPEN = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM uploads
      WHERE account = $1 AND attachment IS NULL AND begun_at > $2";
    ABANDONED = "SELECT id FROM uploads WHERE begun_at <= $1 ORDER BY begun_at LIMIT $2";
}

fn upload(row: &Row<'_>) -> Result<UploadRow, Fault> {
    Ok(UploadRow {
        id: row.get(0)?,
        account: row.get(1)?,
        object_kind: row.get(2)?,
        object_id: row.get(3)?,
        name: row.get(4)?,
        declared: row.get(5)?,
        size: row.get(6)?,
        begun_at: row.get(7)?,
        attachment: row.get(8)?,
    })
}

/// Begins an upload.
pub fn begin(tx: &mut Tx<'_>, row: &UploadRow) -> Result<(), Fault> {
    let params = params![
        &row.id,
        row.account,
        &row.object_kind,
        &row.object_id,
        &row.name,
        &row.declared,
        row.size,
        row.begun_at,
    ];
    tx.execute(BEGIN, params).map(drop)
}

/// The upload of that name.
pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<UploadRow>, Fault> {
    tx.maybe(FIND, params![id], upload)
}

/// Says what it became.
pub fn finish(tx: &mut Tx<'_>, id: &str, attachment: AttachmentId) -> Result<(), Fault> {
    tx.execute(FINISH, params![id, attachment]).map(drop)
}

/// Forgets it.
pub fn forget(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    tx.execute(DROP, params![id]).map(drop)
}

/// How many uploads of that account are under way since that instant, and how many bytes they will have.
pub fn open(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<super::Used, Fault> {
    tx.one(OPEN, params![account, since], super::used_in)
}

/// The uploads that began by that instant, oldest first.
pub fn abandoned(tx: &mut Tx<'_>, begun_by: Timestamp, limit: u32) -> Result<Vec<String>, Fault> {
    tx.query(ABANDONED, params![begun_by, limit], |row| row.get(0))
}
