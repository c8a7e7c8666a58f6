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
    OWN = "SELECT id, account, name, hash, scope, created_at, expires_at, used_at, revoked_at, post, parent
      FROM tokens WHERE id = $1 AND account = $2";
    OF_ACCOUNT = "SELECT id, account, name, hash, scope, created_at, expires_at, used_at, revoked_at, post, parent
      FROM tokens WHERE account = $1
      ORDER BY CASE WHEN revoked_at IS NULL AND expires_at > $2 THEN 0 ELSE 1 END, id DESC LIMIT $3";
    MADE = "SELECT id, account, name, hash, scope, created_at, expires_at, used_at, revoked_at, post, parent
      FROM tokens WHERE account = $1 AND parent = $2
      ORDER BY CASE WHEN revoked_at IS NULL AND expires_at > $3 THEN 0 ELSE 1 END, id DESC LIMIT $4";
    LIVE = "SELECT count(*) FROM tokens WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2";
    ADD = "INSERT INTO tokens (account, name, hash, scope, created_at, expires_at, post, parent)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    TOUCH = "UPDATE tokens SET used_at = $2 WHERE id = $1";
    REVOKE = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    REVOKE_MADE = "UPDATE tokens SET revoked_at = $2 WHERE parent = $1 AND revoked_at IS NULL";
    REVOKE_ALL = "UPDATE tokens SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL";
}

/// The token of that hash.
pub fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<TokenRow>, Fault> {
    tx.maybe(FIND, params![*hash], token)
}

/// That token, where it is one of this account.
pub fn own(tx: &mut Tx<'_>, id: i64, account: AccountId) -> Result<Option<TokenRow>, Fault> {
    tx.maybe(OWN, params![id, account], token)
}

/// The tokens of an account: those in force at that moment before the others, newest first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, at: Timestamp, limit: u32) -> Result<Vec<TokenRow>, Fault> {
    tx.query(OF_ACCOUNT, params![account, at, limit], token)
}

/// The tokens that were made through another of the account, in the same order.
pub fn made(
    tx: &mut Tx<'_>,
    account: AccountId,
    parent: i64,
    at: Timestamp,
    limit: u32,
) -> Result<Vec<TokenRow>, Fault> {
    tx.query(MADE, params![account, parent, at, limit], token)
}

/// How many tokens of an account are in force at that moment.
pub fn live(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<usize, Fault> {
    let count: i64 = tx.one(LIVE, params![account, at], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
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

/// Revokes every token of an account.
pub fn revoke_all(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(REVOKE_ALL, params![account, at]).map(drop)
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
