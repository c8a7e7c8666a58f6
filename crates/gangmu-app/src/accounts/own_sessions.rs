//! One's own sessions (我的登录): where one is logged in, and ending what one doesn't know.

use super::object;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_store::{accounts::sessions, journal::canonical::hex};
use jiff::Timestamp;
use serde::Serialize;

/// A session as its owner sees it (登录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnSession {
    /// The short key by which it is ended.
    pub key: String,
    /// Words of system and program.
    pub device: Vec<String>,
    /// The network address that it was opened from.
    pub address: Option<String>,
    /// When the person logged in.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// It is the one that asks.
    pub this: bool,
}

/// The open sessions of the person who asks, the last used first.
pub async fn own_sessions(app: &App, session: &Session) -> Result<Vec<OwnSession>, Failure> {
    let Some(ticket) = session.ticket.clone() else { return Err(Failure::Absent("session")) };
    let (account, now, limits) = (session.actor.account, app.now(), app.session_limits());
    look(app, session, "accounts.own", move |tx| {
        let rows = sessions::of(tx, account, now - limits.idle(), now - limits.longest())?;
        let shown = rows.into_iter().map(|row| OwnSession {
            key: key(&row.token),
            device: row.device.iter().flat_map(|words| words.split(' ').map(str::to_owned)).collect(),
            address: row.address,
            created_at: row.created_at,
            seen_at: row.seen_at,
            this: row.token == ticket.hash,
        });
        Ok(shown.collect())
    })
    .await
}

/// Ends one of one's own sessions.
pub async fn end_session(app: &App, session: &Session, ended: &str) -> Result<(), Failure> {
    let ended = ended.to_owned();
    operate(app, session, Operation::under("accounts.end_session", "accounts.own"), move |work| {
        let account = work.session.actor.account;
        let all = sessions::of(work.tx, account, Timestamp::MIN, Timestamp::MIN)?;
        let found = all.into_iter().find(|row| key(&row.token) == ended).ok_or(Failure::Absent("session"))?;
        sessions::end(work.tx, &found.token)?;
        Ok(Done::recorded((), Record::on(object(account))))
    })
    .await
}

/// Ends all of one's own sessions but the one that asks; how many.
pub async fn end_other_sessions(app: &App, session: &Session) -> Result<u64, Failure> {
    let Some(ticket) = session.ticket.clone() else { return Err(Failure::Absent("session")) };
    operate(app, session, Operation::under("accounts.end_other_sessions", "accounts.own"), move |work| {
        let account = work.session.actor.account;
        let ended = sessions::end_all(work.tx, account, Some(&ticket.hash))?;
        let record = Record::on(object(account));
        Ok(if ended == 0 { Done::nothing(0) } else { Done::recorded(ended, record) })
    })
    .await
}

/// Enough of the hash to tell one's own sessions apart; nobody logs in with it.
fn key(token: &[u8; 32]) -> String {
    hex(token).chars().take(16).collect()
}
