//! Uploads that survive a lost connection (断点续传): begun, added to as often as needed, ended by becoming an attachment.
//!
//! How far an upload is, is told by the file itself: nothing else has to be written while bytes arrive, and after a stop
//! of the program it is as far as its bytes are on the disk.

use super::{
    ADD, AttachmentRefusal,
    add::{self, Offered, check},
    fresh_name,
    incoming::Incoming,
    on_disk,
};
use crate::{
    app::App,
    failure::Failure,
    operate::{housekeep, look},
    session::Session,
};
use gangmu_kernel::ids::AttachmentId;
use gangmu_store::{
    Fault,
    attachments::uploads::{self, UploadRow},
    journal::Object,
};
use jiff::Timestamp;

/// Uploads that one person may have under way.
const UNDER_WAY: u32 = 30;

/// How far an upload is (上传进度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Bytes that have arrived.
    pub arrived: u64,
    /// Bytes that it will have.
    pub size: u64,
    /// When it is given up.
    pub until: Timestamp,
    /// What it became.
    pub attachment: Option<AttachmentId>,
}

/// Begins an upload; its name.
pub async fn begin(app: &App, session: &Session, offered: Offered, size: u64) -> Result<String, Failure> {
    check(app, session, &offered, size).await?;
    if size == 0 {
        return Err(super::refusal::unfit(&offered.name, &gangmu_documents::media::Unfit::Empty).into());
    }
    let id = fresh_name(app);
    let row = UploadRow {
        id: id.clone(),
        account: session.actor.account,
        object_kind: offered.object.kind,
        object_id: offered.object.id,
        name: offered.name,
        declared: offered.declared,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        begun_at: app.now(),
        attachment: None,
    };
    let since = begun_after(app);
    let (account, named) = (row.account, id.clone());
    let open = look(app, session, ADD, move |tx| Ok(uploads::open(tx, account, since)?)).await?;
    if open.files >= i64::from(UNDER_WAY) {
        return Err(Failure::refused(AttachmentRefusal::TooManyUploads { limit: UNDER_WAY }));
    }
    on_disk(app, move |blobs| blobs.begin(&named)).await?;
    housekeep(app, move |tx| uploads::begin(tx, &row)).await?;
    Ok(id)
}

/// How far an upload of this person is.
pub async fn standing(app: &App, session: &Session, id: &str) -> Result<Standing, Failure> {
    let row = own(app, session, id).await?;
    let size = u64::try_from(row.size).unwrap_or(0);
    let named = row.id.clone();
    let arrived = match row.attachment {
        Some(_) => Some(size),
        None => on_disk(app, move |blobs| blobs.arrived(&named)).await?,
    };
    let arrived = arrived.ok_or(Failure::Absent("upload"))?;
    let until = row.begun_at.saturating_add(app.attachments.limits.upload).unwrap_or(Timestamp::MAX);
    Ok(Standing { arrived, size, until, attachment: row.attachment })
}

/// Opens an upload of this person to add bytes at that place, which must be its end.
pub async fn receive(app: &App, session: &Session, id: &str, at: u64) -> Result<Incoming, Failure> {
    let row = own(app, session, id).await?;
    let size = u64::try_from(row.size).unwrap_or(0);
    if row.attachment.is_some() {
        return Err(Failure::refused(AttachmentRefusal::Incomplete { arrived: size, size }));
    }
    Incoming::at(app, row.id, at, size, &row.name).await
}

/// Ends a piece: once all bytes are there, the upload becomes an attachment. Refused for good, it is gone.
pub async fn advance(
    app: &App,
    session: &Session,
    id: &str,
    mut incoming: Incoming,
) -> Result<Option<AttachmentId>, Failure> {
    incoming.flush().await?;
    let row = own(app, session, id).await?;
    if incoming.arrived() < u64::try_from(row.size).unwrap_or(0) {
        return Ok(None);
    }
    let offered =
        Offered { object: Object::new(&row.object_kind, &row.object_id), name: row.name, declared: row.declared };
    // A connection that breaks now must not break off what is under way.
    let (app_, session_, named) = (app.clone(), session.clone(), row.id.clone());
    let ending = tokio::spawn(async move { add::finish(&app_, &session_, &named, offered, true).await });
    let ended = ending.await.unwrap_or_else(|error| Err(Failure::Fault(Fault::Panicked(error.to_string()))));
    match ended {
        Ok(attachment) => Ok(Some(attachment)),
        // What the rules refuse they refuse for ever; a fault may pass, and the bytes are still there.
        Err(refused @ (Failure::Refused(_) | Failure::Absent(_) | Failure::Forbidden(_))) => {
            incoming.give_up().await?;
            housekeep(app, move |tx| uploads::forget(tx, &row.id)).await?;
            Err(refused)
        }
        Err(other) => Err(other),
    }
}

/// Gives an upload up: nothing is left behind.
pub async fn stop(app: &App, session: &Session, id: &str) -> Result<(), Failure> {
    let row = own(app, session, id).await?;
    drop_upload(app, row.id).await
}

/// Forgets an upload with its bytes.
pub(super) async fn drop_upload(app: &App, id: String) -> Result<(), Failure> {
    let named = id.clone();
    on_disk(app, move |blobs| blobs.drop_upload(&named)).await?;
    housekeep(app, move |tx| uploads::forget(tx, &id)).await
}

/// Uploads that began before this instant are given up.
pub(super) fn begun_after(app: &App) -> Timestamp {
    app.now().saturating_sub(app.attachments.limits.upload).unwrap_or(Timestamp::MIN)
}

/// The upload of that name, if it is this person's; another's is as absent as none.
async fn own(app: &App, session: &Session, id: &str) -> Result<UploadRow, Failure> {
    let (id, account, since) = (id.to_owned(), session.actor.account, begun_after(app));
    look(app, session, ADD, move |tx| {
        let row = uploads::find(tx, &id)?.filter(|row| row.account == account && row.begun_at > since);
        row.ok_or(Failure::Absent("upload"))
    })
    .await
}
