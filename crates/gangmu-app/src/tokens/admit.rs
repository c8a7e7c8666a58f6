//! Admitting a token (令牌放行): the session of its owner, with no more than the token may.

use super::{SIGN, Through};
use crate::{
    access::Forbidden, accounts::session_of, app::App, failure::Failure, operate::housekeep, posts, session::Session,
};
use gangmu_store::{
    Fault, accounts,
    tokens::{self as rows, TokenRow},
};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// Use is noted no more often than this.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// What a token opens.
enum Opened {
    Nothing,
    /// Nothing any more: the post in which it acts is not held today.
    Ended(String),
    Session(Box<Session>, TokenRow),
}

/// The session of that token in its post; `None` where it is unknown, over, revoked, or its owner's account disabled.
/// A token whose post has ended is told so.
pub async fn admit(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    if !token.starts_with(SIGN) || token.len() != SIGN.len() + 64 {
        return Ok(None);
    }
    let hash: [u8; 32] = Sha256::digest(token).into();
    let (now, day) = (app.now(), app.today());
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(row) = rows::find(tx, &hash)? else { return Ok(Opened::Nothing) };
        if row.revoked_at.is_some() || row.expires_at <= now {
            return Ok(Opened::Nothing);
        }
        let Some(account) = accounts::find(tx, row.account)?.filter(|account| !account.disabled) else {
            return Ok(Opened::Nothing);
        };
        let first = session_of(tx, &account, day)?;
        let Some(post) = row.post else { return Ok(Opened::Session(Box::new(first), row)) };
        Ok(match posts::in_post(tx, &first, post, now)? {
            Some(session) => Opened::Session(Box::new(session), row),
            None => Opened::Ended(posts::named(tx, post)?),
        })
    });
    let (session, row) = match found.await? {
        Opened::Session(session, row) => (*session, row),
        Opened::Nothing => return Ok(None),
        Opened::Ended(post) => return Err(Forbidden::PostEnded { post }.into()),
    };
    let stale = row.used_at.is_none_or(|used| now.duration_since(used) >= NOTED);
    let id = row.id;
    if stale {
        housekeep(app, move |tx| rows::touch(tx, id, now)).await?;
    }
    let through = Through { id, name: row.name, scope: row.scope.into_iter().collect(), expires_at: row.expires_at };
    Ok(Some(Session { through: Some(through), ..session }))
}
