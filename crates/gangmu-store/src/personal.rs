//! Personal data as rows (个人信息): who looked at whose and why, when accounts ended, who is to be erased.

pub mod names;

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

/// Somebody looked at the personal data of somebody (查看记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookRow {
    /// At whose.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// Who looked.
    pub by: AccountId,
    /// The name of that person.
    pub by_name: String,
    /// The post of that person.
    pub by_post: Option<String>,
    /// The word of the purpose.
    pub purpose: String,
    /// What the person wrote to it.
    pub note: String,
}

/// Somebody is to be erased, or was (清除申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    /// Its key.
    pub id: i64,
    /// Who.
    pub account: AccountId,
    /// `asked`, `done`, `refused`.
    pub state: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: AccountId,
    /// The name of that person.
    pub asked_name: String,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_name: Option<String>,
}

macro_rules! erasures {
    ($rest:literal) => {
        concat!(
            "SELECT id, account, state, reason, asked_at, asked_by, asked_name, decided_at, decided_name FROM erasures ",
            $rest
        )
    };
}

crate::statements! {
    ADD_LOOK = "INSERT INTO personal_looks (account, at, by_account, by_name, by_post, purpose, note)
      VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LOOKS_AT = "SELECT account, at, by_account, by_name, by_post, purpose, note FROM personal_looks
      WHERE account = $1 ORDER BY id DESC LIMIT $2";
    FORGET_LOOKS_AT = "DELETE FROM personal_looks WHERE account = $1";
    FORGET_LOOKS = "DELETE FROM personal_looks WHERE at < $1";
    ADD_ERASURE = "INSERT INTO erasures (account, state, reason, asked_at, asked_by, asked_name)
      VALUES ($1, 'asked', $2, $3, $4, $5) RETURNING id";
    FIND_ERASURE = erasures!("WHERE id = $1");
    OPEN_ERASURES = erasures!("WHERE state = 'asked' ORDER BY id");
    ERASURES_OF = erasures!("WHERE account = $1 ORDER BY id DESC");
    DECIDE = "UPDATE erasures SET state = $2, reason = $3, decided_at = $4, decided_name = $5
      WHERE id = $1 AND state = 'asked'";
    END = "UPDATE accounts SET ended_at = $2 WHERE id = $1";
    ENDED = "SELECT ended_at, erased_at FROM accounts WHERE id = $1";
    IS_BORNE = "SELECT 1 FROM accounts WHERE name = $1 AND erased_at IS NULL LIMIT 1";
    IS_ERASED = "SELECT 1 FROM accounts WHERE id = $1 AND erased_at IS NOT NULL";
    START_CLOCKS = "UPDATE accounts SET ended_at = $1 WHERE disabled = TRUE AND ended_at IS NULL";
    ENDED_BEFORE = "SELECT a.id FROM accounts a WHERE a.ended_at < $1 AND a.disabled = TRUE AND a.erased_at IS NULL
        AND (EXISTS (SELECT 1 FROM account_contacts c WHERE c.account = a.id)
          OR EXISTS (SELECT 1 FROM account_visits v WHERE v.account = a.id)
          OR EXISTS (SELECT 1 FROM former_passwords f WHERE f.account = a.id))
      ORDER BY a.id LIMIT $2";
    NEVER_OPENED = "SELECT a.id FROM accounts a WHERE a.created_at < $1 AND a.password = 'none'
        AND EXISTS (SELECT 1 FROM account_contacts c WHERE c.account = a.id)
      ORDER BY a.id LIMIT $2";
    ERASE = "UPDATE accounts SET login = $2, name = $3, password = 'none', disabled = TRUE, erased_at = $4
      WHERE id = $1";
}

fn look(row: &Row<'_>) -> Result<LookRow, Fault> {
    Ok(LookRow {
        account: row.get(0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        by_name: row.get(3)?,
        by_post: row.get(4)?,
        purpose: row.get(5)?,
        note: row.get(6)?,
    })
}

fn erasure(row: &Row<'_>) -> Result<ErasureRow, Fault> {
    Ok(ErasureRow {
        id: row.get(0)?,
        account: row.get(1)?,
        state: row.get(2)?,
        reason: row.get(3)?,
        asked_at: row.get(4)?,
        asked_by: row.get(5)?,
        asked_name: row.get(6)?,
        decided_at: row.get(7)?,
        decided_name: row.get(8)?,
    })
}

/// Notes that somebody looked.
pub fn add_look(tx: &mut Tx<'_>, row: &LookRow) -> Result<(), Fault> {
    let values = params![row.account, row.at, row.by, &row.by_name, row.by_post.as_ref(), &row.purpose, &row.note];
    tx.execute(ADD_LOOK, values).map(drop)
}

/// Who looked at the data of that person, the last first.
pub fn looks_at(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<LookRow>, Fault> {
    tx.query(LOOKS_AT, params![account, limit], look)
}

/// Forgets who looked before that instant; how many times.
pub fn forget_looks(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, Fault> {
    tx.execute(FORGET_LOOKS, params![before])
}

/// Asks that somebody be erased; the key of what is asked.
pub fn ask(
    tx: &mut Tx<'_>,
    account: AccountId,
    reason: &str,
    at: Timestamp,
    by: AccountId,
    name: &str,
) -> Result<i64, Fault> {
    tx.one(ADD_ERASURE, params![account, reason, at, by, name], |row| row.get(0))
}

/// What was asked under that key.
pub fn find_erasure(tx: &mut Tx<'_>, id: i64) -> Result<Option<ErasureRow>, Fault> {
    tx.maybe(FIND_ERASURE, params![id], erasure)
}

/// Everything that was asked and not decided.
pub fn open_erasures(tx: &mut Tx<'_>) -> Result<Vec<ErasureRow>, Fault> {
    tx.query(OPEN_ERASURES, params![], erasure)
}

/// What was asked for that person, the last first.
pub fn erasures_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<ErasureRow>, Fault> {
    tx.query(ERASURES_OF, params![account], erasure)
}

/// Decides on what was asked; `reason` is what stays of it. Was it open?
pub fn decide(tx: &mut Tx<'_>, id: i64, state: &str, reason: &str, at: Timestamp, name: &str) -> Result<bool, Fault> {
    Ok(tx.execute(DECIDE, params![id, state, reason, at, name])? > 0)
}

/// Notes when an account ended; none where it is used again.
pub fn end(tx: &mut Tx<'_>, account: AccountId, at: Option<Timestamp>) -> Result<(), Fault> {
    tx.execute(END, params![account, at]).map(drop)
}

/// When an account ended and when it was erased.
pub fn ended(tx: &mut Tx<'_>, account: AccountId) -> Result<(Option<Timestamp>, Option<Timestamp>), Fault> {
    tx.one(ENDED, params![account], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Does somebody who was not erased bear that name?
pub fn is_borne(tx: &mut Tx<'_>, name: &str) -> Result<bool, Fault> {
    Ok(tx.maybe(IS_BORNE, params![name], |_| Ok(()))?.is_some())
}

/// Was the person of that account erased?
pub fn is_erased(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, Fault> {
    Ok(tx.maybe(IS_ERASED, params![account], |_| Ok(()))?.is_some())
}

/// Starts the clock of accounts that ended before clocks were kept.
pub fn start_clocks(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(START_CLOCKS, params![now])
}

/// Accounts that ended before that instant and of which more is kept than their records need.
pub fn ended_before(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<AccountId>, Fault> {
    tx.query(ENDED_BEFORE, params![before, limit], |row| row.get(0))
}

/// Accounts that came before that instant, that nobody opened, and whose person can still be reached.
pub fn never_opened(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<AccountId>, Fault> {
    tx.query(NEVER_OPENED, params![before, limit], |row| row.get(0))
}

/// Puts a number in the place of login and name, for ever.
pub fn erase(tx: &mut Tx<'_>, account: AccountId, login: &str, name: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(ERASE, params![account, login, name, at])?;
    tx.execute(FORGET_LOOKS_AT, params![account]).map(drop)
}
