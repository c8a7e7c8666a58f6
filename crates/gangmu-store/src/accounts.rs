//! Accounts, roles and failed attempts as rows (账号).

pub mod contacts;
pub mod formers;
pub mod sessions;
pub mod visits;

use crate::{db::Tx, dialect::List, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{AccountId, OrganisationId};
use jiff::Timestamp;
use serde::Serialize;

/// An account (账号). Its form in JSON is what the journal's digests see: it holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    /// Its key.
    pub id: AccountId,
    /// What the person types.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: Option<String>,
    /// The organisation it is bound to.
    pub organisation: Option<OrganisationId>,
    /// The hash of its password, in PHC form.
    #[serde(skip)]
    pub password: String,
    /// When the password was set.
    pub password_set_at: Timestamp,
    /// Must the person choose a new password first?
    pub must_change: bool,
    /// May nobody log in with it?
    pub disabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its roles, sorted.
    pub roles: Vec<String>,
}

/// Failed attempts under a login (登录失败).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// How many in a row.
    pub count: i64,
    /// No attempt is looked at until then.
    pub locked_until: Option<Timestamp>,
}

crate::statements! {
    FIND = "SELECT id, login, name, post, organisation, password, password_set_at, must_change, disabled, created_at
      FROM accounts WHERE id = $1";
    BY_LOGIN = "SELECT id, login, name, post, organisation, password, password_set_at, must_change, disabled,
        created_at
      FROM accounts WHERE login = $1";
    BY_LOGINS = {
      sqlite: "SELECT id, login, name, post, organisation, password, password_set_at, must_change, disabled, created_at
      FROM accounts WHERE login IN (SELECT value FROM json_each($1)) ORDER BY login",
      postgres: "SELECT id, login, name, post, organisation, password, password_set_at, must_change, disabled,
        created_at
      FROM accounts WHERE login IN (SELECT jsonb_array_elements_text($1)) ORDER BY login" };
    ROLES = "SELECT role FROM account_roles WHERE account = $1 ORDER BY role";
    ADD = "INSERT INTO accounts (login, name, post, organisation, password, password_set_at, must_change, disabled,
        created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id";
    SAVE = "UPDATE accounts SET name = $2, post = $3, organisation = $4, password = $5, password_set_at = $6,
        must_change = $7, disabled = $8
      WHERE id = $1";
    CLEAR_ROLES = "DELETE FROM account_roles WHERE account = $1";
    ADD_ROLE = "INSERT INTO account_roles (account, role) VALUES ($1, $2)";
    HOLDERS = "SELECT count(*) FROM accounts a JOIN account_roles r ON r.account = a.id
      WHERE r.role = $1 AND a.disabled = FALSE AND a.id <> $2";
    FAILURES = "SELECT failures, locked_until FROM login_failures WHERE login = $1";
    SAVE_FAILURES = "INSERT INTO login_failures (login, failures, last_at, locked_until) VALUES ($1, $2, $3, $4)
      ON CONFLICT (login) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
        locked_until = excluded.locked_until";
    CLEAR_FAILURES = "DELETE FROM login_failures WHERE login = $1";
    FORGET_FAILURES = "DELETE FROM login_failures WHERE last_at < $1";
}

fn account(row: &Row<'_>) -> Result<AccountRow, Fault> {
    Ok(AccountRow {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        post: row.get(3)?,
        organisation: row.get(4)?,
        password: row.get(5)?,
        password_set_at: row.get(6)?,
        must_change: row.get(7)?,
        disabled: row.get(8)?,
        created_at: row.get(9)?,
        roles: Vec::new(),
    })
}

fn with_roles(tx: &mut Tx<'_>, found: Option<AccountRow>) -> Result<Option<AccountRow>, Fault> {
    let Some(mut found) = found else { return Ok(None) };
    found.roles = tx.query(ROLES, params![found.id], |row| row.get(0))?;
    Ok(Some(found))
}

/// The account of that key.
pub fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<AccountRow>, Fault> {
    let found = tx.maybe(FIND, params![id], account)?;
    with_roles(tx, found)
}

/// The account of that login.
pub fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<AccountRow>, Fault> {
    let found = tx.maybe(BY_LOGIN, params![login], account)?;
    with_roles(tx, found)
}

/// The accounts of those logins, by login.
pub fn by_logins(tx: &mut Tx<'_>, logins: &[String]) -> Result<Vec<AccountRow>, Fault> {
    let mut found = tx.query(BY_LOGINS, params![serde_json::json!(logins)], account)?;
    for account in &mut found {
        account.roles = tx.query(ROLES, params![account.id], |row| row.get(0))?;
    }
    Ok(found)
}

/// A page of accounts by login, after that one.
pub fn page(tx: &mut Tx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<AccountRow>, Fault> {
    let list = page_list(after, limit);
    let mut found = tx.query(&list, list.params(), account)?;
    for account in &mut found {
        account.roles = tx.query(ROLES, params![account.id], |row| row.get(0))?;
    }
    Ok(found)
}

fn page_list(after: Option<&str>, limit: i64) -> List {
    const HEAD: &str = "SELECT id, login, name, post, organisation, password, password_set_at, must_change, disabled,
        created_at FROM accounts";
    List::new(HEAD).and_if("login > $#", after).end("ORDER BY login LIMIT $#", [limit.into()])
}

/// Every text that the page's list can take.
pub(crate) fn lists() -> Vec<(&'static str, List)> {
    vec![("accounts::page", page_list(None, 1)), ("accounts::page", page_list(Some(""), 1))]
}

/// Adds an account with its roles; its own `id` is not looked at. The key it got.
pub fn add(tx: &mut Tx<'_>, row: &AccountRow) -> Result<AccountId, Fault> {
    let values = params![
        &row.login,
        &row.name,
        row.post.as_ref(),
        row.organisation,
        &row.password,
        row.password_set_at,
        row.must_change,
        row.disabled,
        row.created_at,
    ];
    let id = tx.one(ADD, values, |found| found.get::<AccountId>(0))?;
    save_roles(tx, id, &row.roles)?;
    Ok(id)
}

/// Saves an account with its roles; login and key never change.
pub fn save(tx: &mut Tx<'_>, row: &AccountRow) -> Result<(), Fault> {
    let values = params![
        row.id,
        &row.name,
        row.post.as_ref(),
        row.organisation,
        &row.password,
        row.password_set_at,
        row.must_change,
        row.disabled,
    ];
    tx.execute(SAVE, values)?;
    tx.execute(CLEAR_ROLES, params![row.id])?;
    save_roles(tx, row.id, &row.roles)
}

fn save_roles(tx: &mut Tx<'_>, id: AccountId, roles: &[String]) -> Result<(), Fault> {
    for role in roles {
        tx.execute(ADD_ROLE, params![id, role])?;
    }
    Ok(())
}

/// How many other accounts that are not disabled hold that role.
pub fn other_holders(tx: &mut Tx<'_>, role: &str, than: AccountId) -> Result<i64, Fault> {
    tx.one(HOLDERS, params![role, than], |row| row.get(0))
}

/// The failed attempts under that login.
pub fn failures(tx: &mut Tx<'_>, login: &str) -> Result<Failures, Fault> {
    let found =
        tx.maybe(FAILURES, params![login], |row| Ok(Failures { count: row.get(0)?, locked_until: row.get(1)? }))?;
    Ok(found.unwrap_or(Failures { count: 0, locked_until: None }))
}

/// Saves the failed attempts under that login and forgets those of all logins from before `forget`.
pub fn save_failures(
    tx: &mut Tx<'_>,
    login: &str,
    failures: &Failures,
    now: Timestamp,
    forget: Timestamp,
) -> Result<(), Fault> {
    tx.execute(FORGET_FAILURES, params![forget])?;
    tx.execute(SAVE_FAILURES, params![login, failures.count, now, failures.locked_until]).map(drop)
}

/// Forgets the failed attempts under that login.
pub fn clear_failures(tx: &mut Tx<'_>, login: &str) -> Result<(), Fault> {
    tx.execute(CLEAR_FAILURES, params![login]).map(drop)
}
