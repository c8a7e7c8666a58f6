//! Admitting a token (令牌放行): the session of its owner, with no more than the token may.

use super::{SIGN, Through};
use crate::{accounts::session_of, app::App, failure::Failure, operate::housekeep, session::Session};
use gangmu_store::{Fault, accounts, tokens as rows};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// Use is noted no more often than this.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// The session of that token; `None` where it is unknown, over, revoked, or its owner's account disabled.
pub async fn admit(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    if !token.starts_with(SIGN) || token.len() != SIGN.len() + 64 {
        return Ok(None);
    }
    let hash: [u8; 32] = Sha256::digest(token).into();
    let (now, day) = (app.now(), app.today());
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(row) = rows::find(tx, &hash)? else { return Ok(None) };
        if row.revoked_at.is_some() || row.expires_at <= now {
            return Ok(None);
        }
        let Some(account) = accounts::find(tx, row.account)?.filter(|account| !account.disabled) else {
            return Ok(None);
        };
        Ok(Some((session_of(tx, &account, day)?, row)))
    });
    let Some((session, row)) = found.await? else { return Ok(None) };
    let stale = row.used_at.is_none_or(|used| now.duration_since(used) >= NOTED);
    let id = row.id;
    if stale {
        housekeep(app, move |tx| rows::touch(tx, id, now)).await?;
    }
    let through = Through { id, name: row.name, scope: row.scope.into_iter().collect() };
    Ok(Some(Session { through: Some(through), ..session }))
}
