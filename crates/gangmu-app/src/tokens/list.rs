//! Listing one's own tokens (我的访问令牌).

use super::action;
use crate::{app::App, failure::Failure, operate::look, posts, session::Session};
use gangmu_kernel::ids::PostId;
use gangmu_store::{
    Fault, Tx,
    tokens::{self as rows, TokenRow},
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// Tokens that the page shows: those in force first, then the newest.
const SHOWN: u32 = 100;

/// A token as its owner sees it (访问令牌).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenView {
    /// Its key.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// The actions that it may.
    pub scope: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute or so.
    pub used_at: Option<Timestamp>,
    /// `active`, `ended` with its post, `expired`, `revoked`.
    pub state: &'static str,
    /// The post in which it acts, with its organisation; none of an older one, which acts in the first post.
    pub post: Option<String>,
}

/// The tokens of the person who is logged in; to a token those that were made through it.
pub async fn list(app: &App, session: &Session) -> Result<Vec<TokenView>, Failure> {
    let (now, day, owner) = (app.now(), app.today(), session.actor.account);
    let maker = session.through.as_ref().map(|through| through.id);
    look(app, session, action(session), move |tx| {
        let open: BTreeSet<PostId> = posts::open_to(tx, owner, day)?.into_iter().map(|post| post.id).collect();
        let rows = match maker {
            None => rows::of_account(tx, owner, now, SHOWN)?,
            Some(maker) => rows::made(tx, owner, maker, now, SHOWN)?,
        };
        rows.into_iter().map(|row| Ok(view(tx, row, &open, now)?)).collect()
    })
    .await
}

fn view(tx: &mut Tx<'_>, row: TokenRow, open: &BTreeSet<PostId>, now: Timestamp) -> Result<TokenView, Fault> {
    Ok(TokenView {
        state: match (row.revoked_at, row.expires_at > now, row.post) {
            (Some(_), _, _) => "revoked",
            (None, false, _) => "expired",
            (None, true, Some(post)) if !open.contains(&post) => "ended",
            (None, true, _) => "active",
        },
        post: row.post.map(|post| posts::named(tx, post)).transpose()?,
        id: row.id,
        name: row.name,
        scope: row.scope,
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
    })
}
