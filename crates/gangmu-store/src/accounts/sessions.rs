//! Sessions as rows (会话): only the SHA-256 of a token is kept, so that a stolen database opens no session.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

/// A session (会话).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub token: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// When the person logged in.
    pub created_at: Timestamp,
    /// When it was last used, to the minute or so.
    pub seen_at: Timestamp,
}

crate::statements! {
    FIND = "SELECT token, account, created_at, seen_at FROM sessions WHERE token = $1";
    ADD = "INSERT INTO sessions (token, account, created_at, seen_at) VALUES ($1, $2, $3, $4)";
    TOUCH = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
    END = "DELETE FROM sessions WHERE token = $1";
    END_OTHERS = "DELETE FROM sessions WHERE account = $1 AND token <> $2";
    END_ALL = "DELETE FROM sessions WHERE account = $1";
    FORGET = "DELETE FROM sessions WHERE seen_at < $1";
}

/// The session of that token's hash.
pub fn find(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<Option<SessionRow>, Fault> {
    tx.maybe(FIND, params![*token], |row| {
        Ok(SessionRow { token: row.get(0)?, account: row.get(1)?, created_at: row.get(2)?, seen_at: row.get(3)? })
    })
}

/// Adds a session and forgets those that nobody has used since `forget`.
pub fn add(tx: &mut Tx<'_>, row: &SessionRow, forget: Timestamp) -> Result<(), Fault> {
    tx.execute(FORGET, params![forget])?;
    tx.execute(ADD, params![row.token, row.account, row.created_at, row.seen_at]).map(drop)
}

/// Notes that a session was used.
pub fn touch(tx: &mut Tx<'_>, token: &[u8; 32], at: Timestamp) -> Result<(), Fault> {
    tx.execute(TOUCH, params![*token, at]).map(drop)
}

/// Ends a session.
pub fn end(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<(), Fault> {
    tx.execute(END, params![*token]).map(drop)
}

/// Ends all sessions of an account, but the one to be kept.
pub fn end_all(tx: &mut Tx<'_>, account: AccountId, keep: Option<&[u8; 32]>) -> Result<u64, Fault> {
    match keep {
        Some(keep) => tx.execute(END_OTHERS, params![account, *keep]),
        None => tx.execute(END_ALL, params![account]),
    }
}
