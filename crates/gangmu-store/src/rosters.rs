//! Rosters as rows (名册): files of organisations and people on their way in, the roles that they ask for, and the
//! codes that open an account.

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;
use serde_json::Value;

/// A roster on its way in, or what became of it (名册).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Its key.
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// `draft`, `applied`, `dropped`.
    pub state: String,
    /// The rows as they were read; gone once they were applied or dropped.
    pub body: Option<Value>,
    /// When it came.
    pub begun_at: Timestamp,
    /// When it was applied or dropped.
    pub ended_at: Option<Timestamp>,
    /// Who brought it.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// What it did.
    pub tally: Tally,
}

/// What a roster did (导入结果).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Organisations that are new.
    pub organisations_new: i64,
    /// Organisations that were changed.
    pub organisations_changed: i64,
    /// People who are new.
    pub people_new: i64,
    /// People who were changed.
    pub people_changed: i64,
    /// Rows that were left out because something was wrong with them.
    pub left_out: i64,
}

/// A role that a roster asks for (申请的角色).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// For whom.
    pub account: AccountId,
    /// The word of the role.
    pub role: String,
    /// By which roster.
    pub roster: i64,
    /// When.
    pub asked_at: Timestamp,
}

/// A code that opens an account (激活码).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// The account.
    pub account: AccountId,
    /// SHA-256 of the code.
    pub code: [u8; 32],
    /// Until when it opens.
    pub until: Timestamp,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, file, state, body, begun_at, ended_at, account, account_name, organisations_new,
              organisations_changed, people_new, people_changed, left_out FROM rosters ",
            $rest
        )
    };
}

crate::statements! {
    ADD = "INSERT INTO rosters (file, sha256, state, body, begun_at, account, account_name)
      VALUES ($1, $2, 'draft', $3, $4, $5, $6) RETURNING id";
    FIND = columns!("WHERE id = $1");
    RECENT = columns!("WHERE id < $1 ORDER BY id DESC LIMIT $2");
    END = "UPDATE rosters SET state = $2, body = NULL, ended_at = $3, organisations_new = $4,
        organisations_changed = $5, people_new = $6, people_changed = $7, left_out = $8
      WHERE id = $1 AND state = 'draft'";
    SWEEP = "UPDATE rosters SET state = 'dropped', body = NULL, ended_at = $2 WHERE state = 'draft' AND begun_at < $1";
    ADD_ACCOUNT = "INSERT INTO roster_accounts (roster, account) VALUES ($1, $2)
      ON CONFLICT (roster, account) DO NOTHING";
    ACCOUNTS = "SELECT account FROM roster_accounts WHERE roster = $1 ORDER BY account";
    ASK = "INSERT INTO role_requests (account, role, roster, asked_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (account, role) DO NOTHING";
    REQUESTS = "SELECT account, role, roster, asked_at FROM role_requests ORDER BY account, role";
    ANSWER = "DELETE FROM role_requests WHERE account = $1";
    SAVE_CODE = "INSERT INTO activation_codes (account, code, until) VALUES ($1, $2, $3)
      ON CONFLICT (account) DO UPDATE SET code = excluded.code, until = excluded.until";
    CODE = "SELECT account, code, until FROM activation_codes WHERE code = $1";
    FORGET_CODE = "DELETE FROM activation_codes WHERE account = $1";
}

fn roster(row: &Row<'_>) -> Result<RosterRow, Fault> {
    Ok(RosterRow {
        id: row.get(0)?,
        file: row.get(1)?,
        state: row.get(2)?,
        body: row.get(3)?,
        begun_at: row.get(4)?,
        ended_at: row.get(5)?,
        account: row.get(6)?,
        account_name: row.get(7)?,
        tally: Tally {
            organisations_new: row.get(8)?,
            organisations_changed: row.get(9)?,
            people_new: row.get(10)?,
            people_changed: row.get(11)?,
            left_out: row.get(12)?,
        },
    })
}

/// Keeps the rows of a file until somebody decides on them; its key.
pub fn add(
    tx: &mut Tx<'_>,
    file: &str,
    sha256: &str,
    body: Value,
    at: Timestamp,
    account: AccountId,
    name: &str,
) -> Result<i64, Fault> {
    tx.one(ADD, params![file, sha256, body, at, account, name], |row| row.get(0))
}

/// The roster of that key.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<RosterRow>, Fault> {
    tx.maybe(FIND, params![id], roster)
}

/// The last rosters, the newest first.
pub fn recent(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<RosterRow>, Fault> {
    tx.query(RECENT, params![before, limit], roster)
}

/// Ends a draft: its rows are forgotten, what it did is told. Was it a draft?
pub fn end(tx: &mut Tx<'_>, id: i64, state: &str, at: Timestamp, tally: Tally) -> Result<bool, Fault> {
    let values = params![
        id,
        state,
        at,
        tally.organisations_new,
        tally.organisations_changed,
        tally.people_new,
        tally.people_changed,
        tally.left_out,
    ];
    Ok(tx.execute(END, values)? > 0)
}

/// Drops the drafts from before that instant; how many.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(SWEEP, params![before, now])
}

/// Notes that a roster made that account.
pub fn add_account(tx: &mut Tx<'_>, id: i64, account: AccountId) -> Result<(), Fault> {
    tx.execute(ADD_ACCOUNT, params![id, account]).map(drop)
}

/// The accounts that a roster made.
pub fn accounts(tx: &mut Tx<'_>, id: i64) -> Result<Vec<AccountId>, Fault> {
    tx.query(ACCOUNTS, params![id], |row| row.get(0))
}

/// Asks for a role.
pub fn ask(tx: &mut Tx<'_>, row: &RequestRow) -> Result<(), Fault> {
    tx.execute(ASK, params![row.account, &row.role, row.roster, row.asked_at]).map(drop)
}

/// Everything that is asked for.
pub fn requests(tx: &mut Tx<'_>) -> Result<Vec<RequestRow>, Fault> {
    tx.query(REQUESTS, params![], |row| {
        Ok(RequestRow { account: row.get(0)?, role: row.get(1)?, roster: row.get(2)?, asked_at: row.get(3)? })
    })
}

/// Forgets what is asked for that account, because it was answered.
pub fn answer(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute(ANSWER, params![account]).map(drop)
}

/// Keeps the code of an account in the place of the one it had.
pub fn save_code(tx: &mut Tx<'_>, row: &CodeRow) -> Result<(), Fault> {
    tx.execute(SAVE_CODE, params![row.account, row.code, row.until]).map(drop)
}

/// The code of that hash.
pub fn code(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<CodeRow>, Fault> {
    tx.maybe(CODE, params![*hash], |row| Ok(CodeRow { account: row.get(0)?, code: row.get(1)?, until: row.get(2)? }))
}

/// Forgets the code of an account.
pub fn forget_code(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute(FORGET_CODE, params![account]).map(drop)
}
