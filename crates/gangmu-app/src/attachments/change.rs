//! Removing, having back, renaming and publishing a file (移除、恢复、改名、公开附件).

use super::{ADD, AttachmentRefusal, PUBLISH, bytes_of, name, place};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, look, operate},
    session::Session,
};
use gangmu_kernel::ids::AttachmentId;
use gangmu_store::{
    attachments::{self, AttachmentRow, kept},
    journal::{Hash, Object},
};

/// The file's row, if it is there and its object may be seen.
async fn found(app: &App, session: &Session, action: &str, id: AttachmentId) -> Result<AttachmentRow, Failure> {
    let row = look(app, session, action, move |tx| attachments::find(tx, id)?.ok_or(Failure::Absent("attachment")));
    let row = row.await?;
    place::admitted(app, session, &row.object_kind)?;
    Ok(row)
}

fn open(work: &mut Work<'_, '_>, id: AttachmentId) -> Result<AttachmentRow, Failure> {
    let row = attachments::find(work.tx, id)?.ok_or(Failure::Absent("attachment"))?;
    place::find(work.tx, &row.object())?;
    Ok(row)
}

fn bytes(row: &AttachmentRow) -> Hash {
    bytes_of(&row.sha256)
}

/// Removes a file; it can be had back for some time. The row as it was.
pub async fn remove(app: &App, session: &Session, id: AttachmentId) -> Result<AttachmentRow, Failure> {
    found(app, session, ADD, id).await?;
    operate(app, session, Operation::under("attachments.remove", "attachments.add"), move |work| {
        let row = open(work, id)?;
        if row.origin == "import" {
            return Err(Failure::refused(AttachmentRefusal::Source { name: row.name }));
        }
        let by = work.session.by();
        if !attachments::remove(work.tx, id, work.now, by.account, &by.name)? {
            return Ok(Done::nothing(row));
        }
        let record = Record::on(Object::new("attachment", id)).before(bytes(&row));
        Ok(Done::recorded(row, record))
    })
    .await
}

/// Has a removed file back.
pub async fn restore(app: &App, session: &Session, id: AttachmentId) -> Result<AttachmentRow, Failure> {
    found(app, session, ADD, id).await?;
    let regret = app.attachments.limits.regret;
    operate(app, session, Operation::under("attachments.restore", "attachments.add"), move |work| {
        let row = open(work, id)?;
        let over = || Failure::refused(AttachmentRefusal::RegretOver { days: regret.as_hours() / 24 });
        let Some(removed_at) = row.removed_at else { return Ok(Done::nothing(row)) };
        let Some(original) = kept::file(work.tx, id, "original")? else { return Err(over()) };
        let in_time = work.now.duration_since(removed_at) < regret;
        if !in_time || !kept::hold(work.tx, &original, work.now)? || !attachments::restore(work.tx, id)? {
            return Err(over());
        }
        let record = Record::on(Object::new("attachment", id)).after(bytes(&row));
        Ok(Done::recorded(row, record))
    })
    .await
}

/// Gives a file another name; the ending stays, because it says what the file is.
pub async fn rename(app: &App, session: &Session, id: AttachmentId, to: &str) -> Result<AttachmentRow, Failure> {
    let row = found(app, session, ADD, id).await?;
    let to = name::checked(to).map_err(Failure::refused)?;
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if ending(&to) != ending(&row.name) {
        return Err(Failure::refused(AttachmentRefusal::NameEnding { ending: ending(&row.name) }));
    }
    operate(app, session, Operation::under("attachments.rename", "attachments.add"), move |work| {
        let row = open(work, id)?;
        if row.name == to || row.removed_at.is_some() {
            return Ok(Done::nothing(row));
        }
        attachments::rename(work.tx, id, &to)?;
        let after = AttachmentRow { name: to, ..row.clone() };
        let record = Record::on(Object::new("attachment", id)).before(work.digest(&row)).after(work.digest(&after));
        Ok(Done::recorded(after, record))
    })
    .await
}

/// Opens a file of a public object to the public, or closes it again.
pub async fn publish(app: &App, session: &Session, id: AttachmentId, public: bool) -> Result<AttachmentRow, Failure> {
    found(app, session, PUBLISH, id).await?;
    let verb = if public { "attachments.publish" } else { "attachments.withdraw" };
    operate(app, session, Operation::under(verb, "attachments.publish"), move |work| {
        let row = open(work, id)?;
        if row.public == public || row.removed_at.is_some() {
            return Ok(Done::nothing(row));
        }
        if public && !place::find(work.tx, &row.object())?.public {
            return Err(Failure::refused(AttachmentRefusal::NotPublic {}));
        }
        attachments::open_to_public(work.tx, id, public)?;
        let after = AttachmentRow { public, ..row.clone() };
        let record = Record::on(Object::new("attachment", id)).before(work.digest(&row)).after(work.digest(&after));
        Ok(Done::recorded(after, record))
    })
    .await
}
