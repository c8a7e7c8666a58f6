//! Accounts (账号): adding, listing, roles, passwords, logging in and out.
//!
//! Passwords are hashed with argon2id outside of the writer's transaction. A login that fails says the same whatever
//! was wrong. Everything is journaled; secrets never are.

pub mod activate;
pub mod add;
pub mod change_password;
pub mod device;
pub mod disable;
pub mod limits;
pub mod list;
pub mod login;
pub mod logout;
pub mod own_sessions;
pub mod passwords;
pub mod refusal;
pub mod reset_password;
pub mod resume;
pub mod set_roles;
pub mod version;

pub use refusal::AccountRefusal;

use crate::{
    access::Role,
    failure::Failure,
    operate::{Record, Work},
    session::Session,
    terms::Terms,
};
use gangmu_kernel::{Actor, ids::AccountId};
use gangmu_store::{
    Fault, Tx,
    accounts::{self as rows, AccountRow},
    journal::Object,
    organisations::{self, OrganisationRow},
};
use std::collections::BTreeSet;

/// The account as an object of the journal.
pub(crate) fn object(id: AccountId) -> Object {
    Object::new("account", id)
}

/// The roles that an account's row names; words of a later program are passed over.
pub(crate) fn roles_of(row: &AccountRow) -> BTreeSet<Role> {
    row.roles.iter().filter_map(|word| Role::of_word(word)).collect()
}

/// The session of an account, without a ticket yet.
pub(crate) fn session_of(tx: &mut Tx<'_>, row: &AccountRow) -> Result<Session, Fault> {
    let organisation = organisation_of(tx, row)?;
    Ok(Session {
        actor: Actor { account: row.id, name: row.name.clone(), organisation: row.organisation },
        login: row.login.clone(),
        post: row.post.clone(),
        organisation: organisation.as_ref().map(|found| found.shown().to_owned()),
        organisation_code: organisation.map(|found| found.code),
        roles: roles_of(row),
        must_change: row.must_change,
        through: None,
        terms: Terms::default(),
        ticket: None,
    })
}

/// The newest span of the organisation that an account is bound to.
fn organisation_of(tx: &mut Tx<'_>, row: &AccountRow) -> Result<Option<OrganisationRow>, Fault> {
    let Some(id) = row.organisation else { return Ok(None) };
    organisations::newest(tx, id)
}

/// Finds the account of that login, for somebody who manages accounts.
fn find(work: &mut Work<'_, '_>, login: &str) -> Result<AccountRow, Failure> {
    rows::by_login(work.tx, &normal_login(login))?.ok_or(Failure::Absent("account"))
}

/// Saves a changed account; what the journal is to say of it, with salted digests.
fn save(work: &mut Work<'_, '_>, before: &AccountRow, after: &AccountRow) -> Result<Record, Failure> {
    let object = object(after.id);
    rows::save(work.tx, after)?;
    Ok(Record::on(object).changed(before, after).salted())
}

/// Would this change leave the program without anybody who can give roles?
fn is_last_administrator(work: &mut Work<'_, '_>, row: &AccountRow) -> Result<bool, Failure> {
    let word = Role::Security.word();
    let holds = !row.disabled && row.roles.iter().any(|role| role == word);
    Ok(holds && rows::other_holders(work.tx, word, row.id)? == 0)
}

/// The form in which logins are kept and compared: without blanks around, in small letters.
pub(crate) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}
