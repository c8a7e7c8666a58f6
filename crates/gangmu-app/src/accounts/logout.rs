//! Logging out (退出).

use super::object;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_store::accounts::sessions;

/// Ends the session.
pub async fn logout(app: &App, session: &Session) -> Result<(), Failure> {
    let Some(ticket) = session.ticket.clone() else { return Ok(()) };
    operate(app, session, Operation::under("accounts.logout", "accounts.own"), move |work| {
        sessions::end(work.tx, &ticket.hash)?;
        Ok(Done::recorded((), Record::on(object(work.session.actor.account))))
    })
    .await
}
