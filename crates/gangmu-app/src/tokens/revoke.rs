//! Revoking a token (吊销令牌): it opens nothing from the same moment on.

use super::{object, operation};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Record, operate},
    session::Session,
};
use gangmu_store::tokens as rows;

/// Revokes one of the person's own tokens with those made through it; a token only what was made through itself.
pub async fn revoke(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    let maker = session.through.as_ref().map(|through| through.id);
    operate(app, session, operation("tokens.revoke", session), move |work| {
        let owner = work.session.actor.account;
        let found = rows::own(work.tx, id, owner)?;
        let found = found.filter(|row| maker.is_none() || row.parent == maker);
        let before = found.ok_or(Failure::Absent("token"))?;
        if !rows::revoke(work.tx, id, work.now)? {
            return Ok(Done::nothing(()));
        }
        let after = rows::TokenRow { revoked_at: Some(work.now), ..before.clone() };
        let record = Record::on(object(id)).before(work.digest(&before)).after(work.digest(&after));
        Ok(Done::recorded((), record))
    })
    .await
}
