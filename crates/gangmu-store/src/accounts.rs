//! Accounts and failed attempts as rows (账号). What a person is and may stands in the `posts`.

pub mod contacts;
pub mod formers;
pub mod sessions;
pub mod visits;

use crate::{
    db::Tx,
    dialect::List,
    fault::Fault,
    params,
    posts::{self, Grant, PostRow},
    scope::{Bound, Scope, below},
    statement::Engine,
    value::{Row, Value},
};
use gangmu_kernel::ids::{AccountId, OrganisationId, PostId};
use jiff::{Timestamp, civil::Date};
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
    /// The title of the person's first post.
    pub post: Option<String>,
    /// The organisation of the first post.
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
    /// The roles of the first post, sorted.
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

/// The first post, in which what is asked of an account as such takes place.
macro_rules! columns {
    ($rest:expr) => {
        concat!(
            "SELECT a.id, a.login, a.name, p.title, p.organisation, a.password, a.password_set_at, a.must_change,
              a.disabled, a.created_at
            FROM accounts a
            LEFT JOIN posts p ON p.id = (SELECT MIN(f.id) FROM posts f WHERE f.account = a.id) ",
            $rest
        )
    };
}

/// Does the account lie within the scope? It does with all its posts, or not at all: who may keep it, keeps all of it.
macro_rules! account_within {
    ($engine:ident $all:literal $roots:literal $own:literal) => {
        concat!(
            "(", $all, " = TRUE OR a.id = ", $own, " OR (EXISTS (SELECT 1 FROM posts w WHERE w.account = a.id)
              AND NOT EXISTS (SELECT 1 FROM posts w WHERE w.account = a.id
                AND (w.organisation IS NULL OR w.organisation NOT IN ", below!($engine $roots), "))))"
        )
    };
}

crate::statements! {
    FIND = (columns!("WHERE a.id = $1"));
    BY_LOGIN = (columns!("WHERE a.login = $1"));
    BY_LOGIN_WITHIN = {
      sqlite: columns!(concat!("WHERE a.login = $1 AND ", account_within!(sqlite "$2" "$3" "$4"))),
      postgres: columns!(concat!("WHERE a.login = $1 AND ", account_within!(postgres "$2" "$3" "$4"))) };
    BY_LOGINS = {
      sqlite: columns!("WHERE a.login IN (SELECT value FROM json_each($1)) ORDER BY a.login"),
      postgres: columns!("WHERE a.login IN (SELECT jsonb_array_elements_text($1)) ORDER BY a.login") };
    ROLES = "SELECT role FROM post_roles WHERE post = (SELECT MIN(id) FROM posts WHERE account = $1) ORDER BY role";
    ADD = "INSERT INTO accounts (login, name, password, password_set_at, must_change, disabled, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    SAVE = "UPDATE accounts SET name = $2, password = $3, password_set_at = $4, must_change = $5, disabled = $6
      WHERE id = $1";
    HOLDERS = "SELECT count(DISTINCT a.id) FROM accounts a JOIN posts p ON p.account = a.id
        JOIN post_roles r ON r.post = p.id
      WHERE r.role = $1 AND a.disabled = FALSE AND a.id <> $2
        AND (p.valid_from IS NULL OR p.valid_from <= $3) AND (p.valid_to IS NULL OR p.valid_to >= $3)";
    WHO_HOLDS = "SELECT DISTINCT a.id, r.root, r.area FROM accounts a JOIN posts p ON p.account = a.id
        JOIN post_roles r ON r.post = p.id
      WHERE r.role = $1 AND a.disabled = FALSE
        AND (p.valid_from IS NULL OR p.valid_from <= $2) AND (p.valid_to IS NULL OR p.valid_to >= $2)
      ORDER BY a.id";
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

/// The account of that login, where it lies within the scope.
pub fn by_login_within(tx: &mut Tx<'_>, login: &str) -> Result<Option<AccountRow>, Fault> {
    let params = tx.scoped(params![login]);
    let found = tx.maybe(BY_LOGIN_WITHIN, &params, account)?;
    with_roles(tx, found)
}

/// The account of that login, wherever it is.
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

/// A page of the accounts within the scope by login, after that one.
pub fn page(tx: &mut Tx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<AccountRow>, Fault> {
    let list = page_list(tx.engine(), tx.scope(), after, limit);
    let mut found = tx.query(&list, list.params(), account)?;
    for account in &mut found {
        account.roles = tx.query(ROLES, params![account.id], |row| row.get(0))?;
    }
    Ok(found)
}

fn page_list(engine: Engine, scope: &Scope, after: Option<&str>, limit: i64) -> List {
    let list = List::new(columns!("")).and_if("a.login > $#", after);
    let list = match (scope.everything, engine) {
        (true, _) => list,
        (false, Engine::Sqlite) => list.and(account_within!(sqlite "$#" "$#" "$#"), of_account(scope)),
        (false, Engine::Postgres) => list.and(account_within!(postgres "$#" "$#" "$#"), of_account(scope)),
    };
    list.end("ORDER BY a.login LIMIT $#", [limit.into()])
}

/// The parameters in the order in which the condition on an account names them: the bounds once for each kind.
fn of_account(scope: &Scope) -> [Value; 4] {
    let [all, bounds, own] = scope.params();
    [all, own, bounds.clone(), bounds]
}

/// Every text that the page's list can take.
pub(crate) fn lists(engine: Engine) -> Vec<(&'static str, List)> {
    let (all, some) = (Scope::everything(), Scope::default());
    vec![
        ("accounts::page", page_list(engine, &all, None, 1)),
        ("accounts::page", page_list(engine, &all, Some(""), 1)),
        ("accounts::page", page_list(engine, &some, None, 1)),
        ("accounts::page", page_list(engine, &some, Some(""), 1)),
    ]
}

/// Adds an account with its first post; its own `id` is not looked at. The key it got.
pub fn add(tx: &mut Tx<'_>, row: &AccountRow) -> Result<AccountId, Fault> {
    let values = params![
        &row.login,
        &row.name,
        &row.password,
        row.password_set_at,
        row.must_change,
        row.disabled,
        row.created_at,
    ];
    let id = tx.one(ADD, values, |found| found.get::<AccountId>(0))?;
    posts::add(tx, &first_post(id, row))?;
    Ok(id)
}

/// The post that an account begins with.
fn first_post(id: AccountId, row: &AccountRow) -> PostRow {
    PostRow {
        id: PostId(0),
        account: id,
        organisation: row.organisation,
        title: row.post.clone(),
        from: None,
        until: None,
        created_at: row.created_at,
        grants: row.roles.iter().map(|role| Grant { role: role.clone(), bound: None }).collect(),
    }
}

/// Saves an account with its first post; login and key never change. A role that stays keeps how far it reaches.
pub fn save(tx: &mut Tx<'_>, row: &AccountRow) -> Result<(), Fault> {
    let values = params![row.id, &row.name, &row.password, row.password_set_at, row.must_change, row.disabled];
    tx.execute(SAVE, values)?;
    let Some(mut post) = posts::of_account(tx, row.id)?.into_iter().next() else { return Ok(()) };
    let before = post.clone();
    post.title = row.post.clone();
    post.organisation = row.organisation;
    post.grants.retain(|grant| row.roles.contains(&grant.role));
    let new = row.roles.iter().filter(|role| before.grants.iter().all(|grant| grant.role != **role));
    post.grants.extend(new.map(|role| Grant { role: role.clone(), bound: None }));
    if post == before { Ok(()) } else { posts::save(tx, &post) }
}

/// How many other accounts that are not disabled hold that role on that day.
pub fn other_holders(tx: &mut Tx<'_>, role: &str, than: AccountId, day: Date) -> Result<i64, Fault> {
    tx.one(HOLDERS, params![role, than, day], |row| row.get(0))
}

/// The accounts that are not disabled and hold that role in a post of that day, each with how far it reaches there.
pub fn holders(tx: &mut Tx<'_>, role: &str, day: Date) -> Result<Vec<(AccountId, Scope)>, Fault> {
    tx.query(WHO_HOLDS, params![role, day], |row| {
        let bound = Bound::of(row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, Scope::of_grant(bound.as_ref())))
    })
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
