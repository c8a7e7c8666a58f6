//! Going on with a session (会话延续): by the token that the browser keeps, within its limits.

use super::session_of;
use crate::{
    app::App,
    failure::Failure,
    operate::housekeep,
    session::{Session, Ticket},
};
use gangmu_store::{
    Fault,
    accounts::{self as rows, sessions, visits},
};
use jiff::SignedDuration;

/// Use is noted no more often than this.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// The session of that token; `None` where it is unknown, over, or its account disabled.
pub async fn resume(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    let ticket = Ticket::of(token);
    let hash = ticket.hash;
    let (now, limits) = (app.now(), app.session_limits());
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(row) = sessions::find(tx, &hash)? else { return Ok(None) };
        let (unused, age) = (now.duration_since(row.seen_at), now.duration_since(row.created_at));
        let over = unused > limits.idle() || age > limits.longest();
        let account = rows::find(tx, row.account)?.filter(|account| !account.disabled && !over);
        let Some(account) = account else { return Ok(None) };
        let before = visits::before(tx, account.id)?;
        Ok(Some((session_of(tx, &account)?, row, before)))
    });
    let Some((session, row, before)) = found.await? else { return Ok(None) };
    if now.duration_since(row.seen_at) >= NOTED {
        housekeep(app, move |tx| sessions::touch(tx, &hash, now)).await?;
    }
    let ticket = Ticket { until: Some(row.created_at + limits.longest()), before, ..ticket };
    Ok(Some(Session { ticket: Some(ticket), ..session }))
}
