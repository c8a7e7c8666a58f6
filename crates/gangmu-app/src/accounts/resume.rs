//! Going on with a session (会话延续): by the token that the browser keeps, within its limits.

use super::{limits::SessionLimits, session_in};
use crate::{
    app::App,
    failure::Failure,
    operate::housekeep,
    session::{Session, Ticket},
};
use gangmu_store::{
    Fault,
    accounts::{sessions, visits},
};
use jiff::{SignedDuration, Timestamp};

/// Use is noted no more often than this.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// Does this session still stand? Asking is no use of it.
pub async fn goes_on(app: &App, session: &Session) -> Result<bool, Failure> {
    let Some(hash) = session.ticket.as_ref().map(|ticket| ticket.hash) else { return Ok(false) };
    let (now, limits) = (app.now(), app.session_limits());
    let found = app.db.read::<_, Fault>(move |tx| sessions::find(tx, &hash)).await?;
    Ok(found.is_some_and(|row| !over(&row, now, limits)))
}

fn over(row: &sessions::SessionRow, now: Timestamp, limits: SessionLimits) -> bool {
    now.duration_since(row.seen_at) > limits.idle() || now.duration_since(row.created_at) > limits.longest()
}

/// The session of that token; `None` where it is unknown, over, or its account disabled.
pub async fn resume(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    let ticket = Ticket::of(token);
    let hash = ticket.hash;
    let (now, day, limits) = (app.now(), app.today(), app.session_limits());
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(found) = sessions::resume(tx, &hash, day)? else { return Ok(None) };
        let row = found.session;
        if over(&row, now, limits) {
            return Ok(None);
        }
        let acting = match found.acting {
            Some(acting) => Some(acting),
            // The post or the deputy's days are over: back to the first post of one's own.
            None => crate::posts::first(tx, row.account, day)?,
        };
        let before = visits::before(tx, row.account)?;
        let session = session_in(row.account, (found.login, found.name), found.must_change, acting);
        Ok(Some((session, row, before)))
    });
    let Some((session, row, before)) = found.await? else { return Ok(None) };
    if now.duration_since(row.seen_at) >= NOTED {
        housekeep(app, move |tx| sessions::touch(tx, &hash, now)).await?;
    }
    let ticket = Ticket { until: Some(row.created_at + limits.longest()), before, ..ticket };
    Ok(Some(Session { ticket: Some(ticket), ..session }))
}
