//! What the public may have of an object's files (公开附件): those that were opened one by one, of a public edition.

use super::{
    place,
    read::{Given, Purpose, given},
};
use crate::{app::App, failure::Failure, operate::look, plan::open::Opened, plan::open::stage_of, session::Session};
use gangmu_documents::media::{self, Shown};
use gangmu_kernel::ids::AttachmentId;
use gangmu_plan::edition::Stage;
use gangmu_store::{
    attachments::{self, kept},
    journal::Object,
};
use serde::Serialize;

/// A file that the public may have (公开附件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicFile {
    /// Its name.
    pub name: String,
    /// Word of its kind.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// Where it is had.
    pub address: String,
}

/// The public files of the public edition of a plan.
pub async fn public_files(app: &App, plan: &str) -> Result<Vec<PublicFile>, Failure> {
    let plan = plan.to_owned();
    look(app, &Session::public(), "public.read", move |tx| {
        let opened = Opened::at(tx, &plan, None)?;
        let published = opened.editions.iter().find(|edition| stage_of(edition) == Stage::Published);
        let Some(edition) = published else { return Ok(Vec::new()) };
        let rows = attachments::of(tx, &Object::new("edition", edition.id))?;
        let file = |row: attachments::AttachmentRow| PublicFile {
            name: row.name,
            kind: row.kind,
            bytes: row.size,
            address: format!("/files/{}", row.id.0),
        };
        Ok(rows.into_iter().filter(|row| row.public).map(file).collect())
    })
    .await
}

/// Opens a file for the public; of a picture the copy that holds nothing but its points.
pub async fn open_public(app: &App, id: AttachmentId) -> Result<Given, Failure> {
    let absent = || Failure::Absent("attachment");
    let (row, hash, purpose) = look(app, &Session::public(), "public.read", move |tx| {
        let row = attachments::find(tx, id)?.filter(|row| row.removed_at.is_none() && row.public);
        let row = row.ok_or_else(absent)?;
        if !place::find(tx, &row.object())?.public {
            return Err(absent());
        }
        let picture = media::type_of(&row.kind).is_some_and(|kind| kind.shown == Shown::Picture);
        let purpose = if picture { Purpose::Clean } else { Purpose::Original };
        let hash = kept::file(tx, id, purpose.word())?.ok_or_else(absent)?;
        Ok((row, hash, purpose))
    })
    .await?;
    given(app, row, hash, purpose).await
}
