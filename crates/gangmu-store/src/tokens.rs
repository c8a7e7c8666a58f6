//! Tokens as rows (访问令牌): only the SHA-256 of a token is kept, so that a stolen database opens nothing.

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{AccountId, PostId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

/// A token that acts for a person (访问令牌).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenRow {
    /// Its key.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// The post in which it acts; none of tokens older than that, which act in their owner's first post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// The token through which it was made; it ends with that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the token.
    #[serde(skip)]
    pub hash: [u8; 32],
    /// The actions that it may, sorted.
    pub scope: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute or so.
    #[serde(skip)]
    pub used_at: Option<Timestamp>,
    /// When its owner revoked it.
    pub revoked_at: Option<Timestamp>,
}

crate::statements! {
    FIND = "SELECT id, account, name, hash, scope, created_at, expires_at, used_at, revoked_at, post, parent
      FROM tokens WHERE hash = $1";
    OF_ACCOUNT = "SELECT id, account, name, hash, scope, created_at, expires_at, used_at, revoked_at, post, parent
      FROM tokens WHERE account = $1 ORDER BY id DESC LIMIT $2";
    ADD = "INSERT INTO tokens (account, name, hash, scope, created_at, expires_at, post, parent)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    TOUCH = "UPDATE tokens SET used_at = $2 WHERE id = $1";
    REVOKE = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    REVOKE_MADE = "UPDATE tokens SET revoked_at = $2 WHERE parent = $1 AND revoked_at IS NULL";
}

/// The token of that hash.
pub fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<TokenRow>, Fault> {
    tx.maybe(FIND, params![*hash], token)
}

/// The newest tokens of an account.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, limit: u32) -> Result<Vec<TokenRow>, Fault> {
    tx.query(OF_ACCOUNT, params![account, limit], token)
}

/// Adds a token; its own `id` is not looked at. The key it got.
pub fn add(tx: &mut Tx<'_>, row: &TokenRow) -> Result<i64, Fault> {
    let scope = Json::from(row.scope.clone());
    let values = params![row.account, &row.name, row.hash, scope, row.created_at, row.expires_at, row.post, row.parent];
    tx.one(ADD, values, |found| found.get(0))
}

/// Notes that a token was used.
pub fn touch(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<(), Fault> {
    tx.execute(TOUCH, params![id, at]).map(drop)
}

/// Revokes a token, and those that were made through it; was it in force?
pub fn revoke(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<bool, Fault> {
    tx.execute(REVOKE_MADE, params![id, at])?;
    Ok(tx.execute(REVOKE, params![id, at])? > 0)
}

fn token(row: &Row<'_>) -> Result<TokenRow, Fault> {
    let scope: Json = row.get(4)?;
    let scope: Vec<String> = serde_json::from_value(scope).map_err(|e| Fault::Column {
        column: 4,
        wanted: "actions of a token",
        got: e.to_string(),
    })?;
    Ok(TokenRow {
        id: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        hash: row.get(3)?,
        scope,
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
        used_at: row.get(7)?,
        revoked_at: row.get(8)?,
        post: row.get(9)?,
        parent: row.get(10)?,
    })
}
