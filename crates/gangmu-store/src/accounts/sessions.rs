//! Sessions as rows (会话): only the SHA-256 of a token is kept, so that a stolen database opens no session.

use crate::{db::Tx, fault::Fault, params, value::Row};
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
    /// The kind of device and program, as two words; none where it was not told.
    pub device: Option<String>,
    /// The network address that it was opened from.
    pub address: Option<String>,
}

crate::statements! {
    FIND = "SELECT token, account, created_at, seen_at, device, address FROM sessions WHERE token = $1";
    OF = "SELECT token, account, created_at, seen_at, device, address FROM sessions
      WHERE account = $1 AND seen_at >= $2 AND created_at >= $3 ORDER BY seen_at DESC, token";
    ADD = "INSERT INTO sessions (token, account, created_at, seen_at, device, address)
      VALUES ($1, $2, $3, $4, $5, $6)";
    TOUCH = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
    END = "DELETE FROM sessions WHERE token = $1";
    END_OTHERS = "DELETE FROM sessions WHERE account = $1 AND token <> $2";
    END_ALL = "DELETE FROM sessions WHERE account = $1";
    FORGET = "DELETE FROM sessions WHERE seen_at < $1";
}

fn session(row: &Row<'_>) -> Result<SessionRow, Fault> {
    Ok(SessionRow {
        token: row.get(0)?,
        account: row.get(1)?,
        created_at: row.get(2)?,
        seen_at: row.get(3)?,
        device: row.get(4)?,
        address: row.get(5)?,
    })
}

/// The session of that token's hash.
pub fn find(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<Option<SessionRow>, Fault> {
    tx.maybe(FIND, params![*token], session)
}

/// The sessions of an account that were used since `seen` and begun since `begun`, the last used first.
pub fn of(tx: &mut Tx<'_>, account: AccountId, seen: Timestamp, begun: Timestamp) -> Result<Vec<SessionRow>, Fault> {
    tx.query(OF, params![account, seen, begun], session)
}

/// Adds a session and forgets those that nobody has used since `forget`.
pub fn add(tx: &mut Tx<'_>, row: &SessionRow, forget: Timestamp) -> Result<(), Fault> {
    tx.execute(FORGET, params![forget])?;
    let values =
        params![row.token, row.account, row.created_at, row.seen_at, row.device.as_ref(), row.address.as_ref()];
    tx.execute(ADD, values).map(drop)
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
