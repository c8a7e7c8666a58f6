//! Attachments as pages see them (附件视图).

use super::Place;
use gangmu_documents::media::{self, Shown};
use gangmu_kernel::masking;
use gangmu_store::attachments::AttachmentRow;
pub use gangmu_store::attachments::Used;
use jiff::Timestamp;
use serde::Serialize;

/// A file of an object (附件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Word of its kind.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Width and height of a picture.
    pub points: Option<(u32, u32)>,
    /// `text`, `document`, `picture` or `none`.
    pub shown: Shown,
    /// May the public have it?
    pub public: bool,
    /// Is it a source file of an import, which nobody removes?
    pub imported: bool,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub by: String,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
    /// By whom.
    pub removed_by: Option<String>,
    /// Its page; the verbs go below it.
    pub address: String,
}

impl AttachmentView {
    /// Of a row.
    pub fn of(row: &AttachmentRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name.clone(),
            kind: row.kind.clone(),
            bytes: row.size,
            sha256: row.sha256.clone(),
            points: row.width.zip(row.height),
            shown: media::type_of(&row.kind).map_or(Shown::None, |kind| kind.shown),
            public: row.public,
            imported: row.origin == "import",
            added_at: row.added_at,
            by: masking::name(&row.account_name),
            removed_at: row.removed_at,
            removed_by: row.remover_name.as_deref().map(masking::name),
            address: format!("/attachments/{}", row.id.0),
        }
    }
}

/// How much of something is used (用量).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsageView {
    /// Files.
    pub files: i64,
    /// Bytes used.
    pub bytes: i64,
    /// Bytes allowed.
    pub of: u64,
    /// Thousandths used.
    pub permille: u64,
}

impl UsageView {
    /// Of what is used and what is allowed.
    pub fn new(used: gangmu_store::attachments::Used, of: u64) -> Self {
        let bytes = u64::try_from(used.bytes).unwrap_or(0);
        let permille = (bytes.saturating_mul(1000) / of.max(1)).min(1000);
        Self { files: used.files, bytes: used.bytes, of, permille }
    }
}

/// The files of an object (附件清单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentsView {
    /// The object's kind.
    pub kind: String,
    /// The object's key in text form.
    pub object: String,
    /// What the object is called.
    pub title: String,
    /// The object's page.
    pub back: String,
    /// The list's own page, which takes new files.
    pub address: String,
    /// The files, oldest first.
    pub files: Vec<AttachmentView>,
    /// What was removed lately and can be had back.
    pub removed: Vec<AttachmentView>,
    /// May this person add, rename, remove and restore?
    pub may_add: bool,
    /// May this person open files to the public?
    pub may_publish: bool,
    /// Is the object public, so that a file can be?
    pub public: bool,
    /// Bytes that one file may have.
    pub limit: u64,
    /// Endings that may be attached, as a browser wants them.
    pub accept: String,
    /// How much the person's organisation has used.
    pub usage: Option<UsageView>,
    /// Days in which a removed file can be had back.
    pub regret_days: i64,
}

impl AttachmentsView {
    /// Without files yet.
    pub(super) fn empty(place: &Place) -> Self {
        let endings: Vec<String> =
            media::types().iter().flat_map(|row| row.endings.iter().map(|ending| format!(".{ending}"))).collect();
        Self {
            kind: place.object.kind.clone(),
            object: place.object.id.clone(),
            title: place.title.clone(),
            back: place.address.clone(),
            address: format!("/attachments/of/{}/{}", place.object.kind, place.object.id),
            files: Vec::new(),
            removed: Vec::new(),
            may_add: false,
            may_publish: false,
            public: place.public,
            limit: 0,
            accept: endings.join(","),
            usage: None,
            regret_days: 0,
        }
    }
}

/// What can be shown of a file without downloading it (预览).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "lowercase")]
pub enum PreviewView {
    /// Its picture stands under the address below.
    Picture,
    /// Its text, in order.
    Text {
        /// Headings, paragraphs and tables.
        blocks: Vec<PreviewBlock>,
        /// Was the rest left out?
        cut: bool,
    },
    /// It can't be shown; the code and facts of the sentence why.
    Unreadable {
        /// Why.
        reason: crate::plan::views::ReasonView,
    },
    /// It is for downloading only.
    None,
}

/// A piece of a text (预览段落).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "lowercase")]
pub enum PreviewBlock {
    /// A heading of that level.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// A table.
    Table {
        /// The sheet's name.
        sheet: Option<String>,
        /// Its rows.
        rows: Vec<Vec<PreviewCell>>,
        /// Were rows left out?
        cut: bool,
    },
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewCell {
    /// Its words.
    pub text: String,
    /// Rows that it covers.
    pub rows: u32,
    /// Columns that it covers.
    pub columns: u32,
}

/// One file with what can be shown of it (附件页).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentPageView {
    /// The file.
    pub file: AttachmentView,
    /// What the object is called.
    pub title: String,
    /// The object's page.
    pub back: String,
    /// May this person rename, remove and restore?
    pub may_add: bool,
    /// May this person make a link to it?
    pub may_share: bool,
    /// May this person open it to the public?
    pub may_publish: bool,
    /// Is the object public?
    pub object_public: bool,
    /// What can be shown.
    pub preview: PreviewView,
    /// Another one as soon as its row was changed.
    pub version: String,
}
