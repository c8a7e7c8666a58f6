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
    accounts::{self as rows, sessions},
};
use jiff::SignedDuration;

/// A session that nobody uses ends after this.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends after this in any case.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Use is noted no more often than this.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// The session of that token; `None` where it is unknown, over, or its account disabled.
pub async fn resume(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    let ticket = Ticket::of(token);
    let hash = ticket.hash;
    let now = app.now();
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(row) = sessions::find(tx, &hash)? else { return Ok(None) };
        let over = now.duration_since(row.seen_at) > IDLE || now.duration_since(row.created_at) > LONGEST;
        let account = rows::find(tx, row.account)?.filter(|account| !account.disabled && !over);
        let Some(account) = account else { return Ok(None) };
        Ok(Some((session_of(tx, &account)?, row.seen_at)))
    });
    let Some((session, seen_at)) = found.await? else { return Ok(None) };
    if now.duration_since(seen_at) >= NOTED {
        housekeep(app, move |tx| sessions::touch(tx, &hash, now)).await?;
    }
    Ok(Some(Session { ticket: Some(ticket), ..session }))
}
