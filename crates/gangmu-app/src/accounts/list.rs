//! Listing accounts (账号列表).

use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::ids::AccountId;
use gangmu_store::{
    Tx,
    accounts::{self as rows, AccountRow},
};
use jiff::Timestamp;
use serde::Serialize;

/// An account as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Its key.
    pub id: AccountId,
    /// What the person types.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// Words of its roles.
    pub roles: Vec<String>,
    /// May nobody log in with it?
    pub disabled: bool,
    /// Does the account still wait for its person to open it with a code?
    pub waiting: bool,
    /// Must the person choose a new password first?
    pub must_change: bool,
    /// Until when its login is closed after failed attempts.
    pub locked_until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Another one as soon as anything of it was changed.
    pub version: String,
}

/// A page of accounts by login, after that one.
pub async fn list(
    app: &App,
    session: &Session,
    after: Option<String>,
    limit: u32,
) -> Result<Vec<AccountView>, Failure> {
    let (now, limit) = (app.now(), i64::from(limit.clamp(1, 500)));
    look(app, session, "accounts.read", move |tx| {
        rows::page(tx, after.as_deref(), limit)?.into_iter().map(|row| view(tx, row, now)).collect()
    })
    .await
}

/// The account of that login.
pub async fn find(app: &App, session: &Session, login: &str) -> Result<AccountView, Failure> {
    let (now, login) = (app.now(), login.to_owned());
    look(app, session, "accounts.read", move |tx| {
        let row = super::find(tx, &login)?;
        view(tx, row, now)
    })
    .await
}

fn view(tx: &mut Tx<'_>, row: AccountRow, now: Timestamp) -> Result<AccountView, Failure> {
    let organisation = super::organisation_of(tx, &row)?.map(|found| found.shown().to_owned());
    let locked_until = rows::failures(tx, &row.login)?.locked_until.filter(|until| *until > now);
    Ok(AccountView {
        version: super::version::of_row(&row),
        id: row.id,
        login: row.login,
        name: row.name,
        post: row.post,
        organisation,
        roles: row.roles,
        disabled: row.disabled,
        waiting: row.password == super::passwords::NONE,
        must_change: row.must_change,
        locked_until,
        created_at: row.created_at,
    })
}
