//! Attachments (附件) as rows: which file belongs to which object, who added it, who removed it.
//!
//! `kept` knows which bytes are kept and what refers to them; `uploads` the files on their way up.

pub mod kept;
pub mod uploads;

use crate::{db::Tx, fault::Fault, journal::Object, params, value::Row};
use gangmu_kernel::ids::{AccountId, AttachmentId};
use jiff::Timestamp;
use serde::Serialize;

/// An attachment (附件). Its form in JSON is what the journal's digests see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentRow {
    /// Its key.
    pub id: AttachmentId,
    /// The kind of the object that it belongs to.
    pub object_kind: String,
    /// The object's key in text form.
    pub object_id: String,
    /// Its name.
    pub name: String,
    /// Word of its kind: `pdf`, `jpeg`.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// How many bytes it has.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Width of a picture.
    pub width: Option<u32>,
    /// Height of a picture.
    pub height: Option<u32>,
    /// `upload`, or `import` for the source files of a plan.
    pub origin: String,
    /// May the public have it?
    pub public: bool,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person; the journal has the number.
    #[serde(skip)]
    pub account_name: String,
    /// Code of that person's organisation.
    pub organisation: Option<String>,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
    /// By whom.
    pub remover: Option<AccountId>,
    /// The name of that person.
    #[serde(skip)]
    pub remover_name: Option<String>,
}

impl AttachmentRow {
    /// The object that it belongs to.
    pub fn object(&self) -> Object {
        Object::new(&self.object_kind, &self.object_id)
    }
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, object_kind, object_id, name, kind, media_type, size, sha256, width, height, origin, public,
              added_at, account, account_name, organisation, removed_at, remover, remover_name
            FROM attachments ",
            $rest
        )
    };
}

crate::statements! {
    ADD = "INSERT INTO attachments (object_kind, object_id, name, kind, media_type, size, sha256, width, height, origin,
        public, added_at, account, account_name, organisation)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id";
    FIND = (columns!("WHERE id = $1"));
    OF = (columns!("WHERE object_kind = $1 AND object_id = $2 AND removed_at IS NULL ORDER BY id"));
    REMOVED_OF = (columns!(
        "WHERE object_kind = $1 AND object_id = $2 AND removed_at > $3 AND expired_at IS NULL ORDER BY removed_at DESC, id DESC LIMIT 20"
    ));
    REMOVE = "UPDATE attachments SET removed_at = $2, remover = $3, remover_name = $4, public = FALSE
      WHERE id = $1 AND removed_at IS NULL";
    RESTORE = "UPDATE attachments SET removed_at = NULL, remover = NULL, remover_name = NULL
      WHERE id = $1 AND removed_at IS NOT NULL AND expired_at IS NULL";
    RENAME = "UPDATE attachments SET name = $2 WHERE id = $1";
    OPEN_TO_PUBLIC = "UPDATE attachments SET public = $2 WHERE id = $1";
    USED = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachments WHERE removed_at IS NULL";
    USED_BY = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachments
      WHERE removed_at IS NULL AND organisation = $1";
    USED_FOR = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachments
      WHERE removed_at IS NULL AND object_kind = $1 AND object_id = $2";
    BY_ORGANISATION = "SELECT organisation, COUNT(*), CAST(SUM(size) AS BIGINT) FROM attachments
      WHERE removed_at IS NULL GROUP BY organisation ORDER BY 3 DESC, 1 LIMIT 50";
}

fn attachment(row: &Row<'_>) -> Result<AttachmentRow, Fault> {
    Ok(AttachmentRow {
        id: row.get(0)?,
        object_kind: row.get(1)?,
        object_id: row.get(2)?,
        name: row.get(3)?,
        kind: row.get(4)?,
        media_type: row.get(5)?,
        size: row.get(6)?,
        sha256: row.get(7)?,
        width: row.get(8)?,
        height: row.get(9)?,
        origin: row.get(10)?,
        public: row.get(11)?,
        added_at: row.get(12)?,
        account: row.get(13)?,
        account_name: row.get(14)?,
        organisation: row.get(15)?,
        removed_at: row.get(16)?,
        remover: row.get(17)?,
        remover_name: row.get(18)?,
    })
}

/// Adds an attachment as the row says it; its key is minted, its removal not looked at.
pub fn add(tx: &mut Tx<'_>, row: &AttachmentRow) -> Result<AttachmentId, Fault> {
    let params = params![
        &row.object_kind,
        &row.object_id,
        &row.name,
        &row.kind,
        &row.media_type,
        row.size,
        &row.sha256,
        row.width,
        row.height,
        &row.origin,
        row.public,
        row.added_at,
        row.account,
        &row.account_name,
        row.organisation.as_ref(),
    ];
    tx.one(ADD, params, |row| row.get(0))
}

/// The attachment of that key, removed or not.
pub fn find(tx: &mut Tx<'_>, id: AttachmentId) -> Result<Option<AttachmentRow>, Fault> {
    tx.maybe(FIND, params![id], attachment)
}

/// The attachments of an object, oldest first.
pub fn of(tx: &mut Tx<'_>, object: &Object) -> Result<Vec<AttachmentRow>, Fault> {
    tx.query(OF, params![&object.kind, &object.id], attachment)
}

/// The attachments of an object that were removed after that instant, newest first.
pub fn removed_of(tx: &mut Tx<'_>, object: &Object, after: Timestamp) -> Result<Vec<AttachmentRow>, Fault> {
    tx.query(REMOVED_OF, params![&object.kind, &object.id, after], attachment)
}

/// Removes an attachment; its bytes stay until their time is over. Was it there?
pub fn remove(tx: &mut Tx<'_>, id: AttachmentId, at: Timestamp, by: AccountId, name: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, params![id, at, by, name])? > 0)
}

/// Takes the removal back. Was it removed, and its time not over?
pub fn restore(tx: &mut Tx<'_>, id: AttachmentId) -> Result<bool, Fault> {
    Ok(tx.execute(RESTORE, params![id])? > 0)
}

/// Gives it another name.
pub fn rename(tx: &mut Tx<'_>, id: AttachmentId, name: &str) -> Result<(), Fault> {
    tx.execute(RENAME, params![id, name]).map(drop)
}

/// Opens it to the public, or closes it.
pub fn open_to_public(tx: &mut Tx<'_>, id: AttachmentId, public: bool) -> Result<(), Fault> {
    tx.execute(OPEN_TO_PUBLIC, params![id, public]).map(drop)
}

/// How much there is: files and bytes (用量).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Files.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
}

fn used_in(row: &Row<'_>) -> Result<Used, Fault> {
    Ok(Used { files: row.get(0)?, bytes: row.get(1)? })
}

/// All attachments together.
pub fn used(tx: &mut Tx<'_>) -> Result<Used, Fault> {
    tx.one(USED, params![], used_in)
}

/// Those of one organisation.
pub fn used_by(tx: &mut Tx<'_>, organisation: &str) -> Result<Used, Fault> {
    tx.one(USED_BY, params![organisation], used_in)
}

/// Those of one object.
pub fn used_for(tx: &mut Tx<'_>, object: &Object) -> Result<Used, Fault> {
    tx.one(USED_FOR, params![&object.kind, &object.id], used_in)
}

/// The organisations with the most, by their codes; `None` is who belongs to none.
pub fn by_organisation(tx: &mut Tx<'_>) -> Result<Vec<(Option<String>, Used)>, Fault> {
    tx.query(BY_ORGANISATION, params![], |row| Ok((row.get(0)?, Used { files: row.get(1)?, bytes: row.get(2)? })))
}
