//! Listing one's own tokens (我的访问令牌).

use super::ACTION;
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::tokens as rows;
use jiff::Timestamp;
use serde::Serialize;

/// Tokens that the page shows, newest first.
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
    /// `active`, `expired`, `revoked`.
    pub state: &'static str,
}

/// The tokens of the person who is logged in.
pub async fn list(app: &App, session: &Session) -> Result<Vec<TokenView>, Failure> {
    let (now, owner) = (app.now(), session.actor.account);
    look(app, session, ACTION, move |tx| {
        let view = |row: rows::TokenRow| TokenView {
            state: match (row.revoked_at, row.expires_at > now) {
                (Some(_), _) => "revoked",
                (None, false) => "expired",
                (None, true) => "active",
            },
            id: row.id,
            name: row.name,
            scope: row.scope,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        };
        Ok(rows::of_account(tx, owner, SHOWN)?.into_iter().map(view).collect())
    })
    .await
}
