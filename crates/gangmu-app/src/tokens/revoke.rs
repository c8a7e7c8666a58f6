//! Revoking a token (吊销令牌): it opens nothing from the same moment on.

use super::object;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_store::tokens as rows;

/// Revokes one of the person's own tokens.
pub async fn revoke(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("tokens.revoke", "tokens.own"), move |work| {
        let owner = work.session.actor.account;
        let found = rows::of_account(work.tx, owner, 1000)?.into_iter().find(|row| row.id == id);
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
