//! The files of an object (附件清单).

use super::{
    ADD, PUBLISH, READ, place,
    views::{AttachmentView, AttachmentsView, UsageView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::{Tx, attachments, journal::Object};
use jiff::Timestamp;

/// The files of that object, with what this person may do.
pub async fn list(app: &App, session: &Session, object: &Object) -> Result<AttachmentsView, Failure> {
    place::admitted(app, session, &object.kind)?;
    let (app_, asks, object) = (app.clone(), session.clone(), object.clone());
    look(app, session, READ, move |tx| view(tx, &app_, &asks, &object)).await
}

fn view(tx: &mut Tx<'_>, app: &App, session: &Session, object: &Object) -> Result<AttachmentsView, Failure> {
    let place = place::find(tx, object)?;
    let limits = app.attachments.limits;
    let may_add = session.may(app.access(), ADD);
    let since = app.now().saturating_sub(limits.regret).unwrap_or(Timestamp::MIN);
    let removed = if may_add { attachments::removed_of(tx, object, since)? } else { Vec::new() };
    let usage = match session.organisation_code.as_deref().filter(|_| may_add) {
        Some(organisation) => Some(UsageView::new(attachments::used_by(tx, organisation)?, limits.organisation)),
        None => None,
    };
    Ok(AttachmentsView {
        files: attachments::of(tx, object)?.iter().map(AttachmentView::of).collect(),
        removed: removed.iter().map(AttachmentView::of).collect(),
        may_add,
        may_publish: session.may(app.access(), PUBLISH),
        limit: limits.file,
        usage,
        regret_days: limits.regret.as_hours() / 24,
        ..AttachmentsView::empty(&place)
    })
}
