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
    messages::{self, Kind, Message, To},
    operate::{Record, Work},
    session::{NOBODY, Principal, Session},
};
use gangmu_kernel::{Actor, ids::AccountId};
use gangmu_store::{
    Fault, Tx,
    accounts::{self as rows, AccountRow, sessions::Acting},
    journal::Object,
    organisations::{self, OrganisationRow},
    posts,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The account as an object of the journal.
pub(crate) fn object(id: AccountId) -> Object {
    Object::new("account", id)
}

/// The roles of an account's first post; words of a later program are passed over.
pub(crate) fn roles_of(row: &AccountRow) -> BTreeSet<Role> {
    row.roles.iter().filter_map(|word| Role::of_word(word)).collect()
}

/// The session of somebody in a post, without a ticket yet; words of roles of a later program are passed over.
pub(crate) fn session_in(
    account: AccountId,
    who: (String, String),
    must_change: bool,
    acting: Option<Acting>,
) -> Session {
    let (login, name) = who;
    let mut session = Session {
        actor: Actor { account, name, organisation: acting.as_ref().and_then(|acting| acting.organisation) },
        login,
        must_change,
        ..Session::public()
    };
    let Some(acting) = acting else { return session };
    let grants = acting.grants.iter().filter_map(|grant| Some((Role::of_word(&grant.role)?, grant.bound.clone())));
    for (role, bound) in grants {
        session.roles.insert(role);
        session.bounds.extend(bound.map(|bound| (role, bound)));
    }
    session.acting = Some(acting.post);
    session.post = acting.title;
    session.organisation = acting.label;
    session.organisation_code = acting.code;
    session.principal = acting.holder.map(|(account, name)| Principal { account, name });
    session
}

/// The session of an account in the post that it begins with on that day, without a ticket yet.
pub(crate) fn session_of(tx: &mut Tx<'_>, row: &AccountRow, day: Date) -> Result<Session, Fault> {
    let acting = crate::posts::first(tx, row.id, day)?;
    Ok(session_in(row.id, (row.login.clone(), row.name.clone()), row.must_change, acting))
}

/// The newest span of the organisation that an account is bound to.
fn organisation_of(tx: &mut Tx<'_>, row: &AccountRow) -> Result<Option<OrganisationRow>, Fault> {
    let Some(id) = row.organisation else { return Ok(None) };
    organisations::newest(tx, id)
}

/// Finds the account of that login, for somebody who keeps accounts: outside of his scope there is none.
pub(crate) fn find(tx: &mut Tx<'_>, login: &str) -> Result<AccountRow, Failure> {
    rows::by_login_within(tx, &normal_login(login))?.ok_or(Failure::Absent("account"))
}

/// Saves a changed account; what the journal is to say of it, with salted digests.
fn save(work: &mut Work<'_, '_>, before: &AccountRow, after: &AccountRow) -> Result<Record, Failure> {
    let object = object(after.id);
    rows::save(work.tx, after)?;
    Ok(Record::on(object).changed(before, after).salted())
}

/// Tells somebody what was done to their account.
pub(crate) fn tell(work: &mut Work<'_, '_>, kind: Kind, account: AccountId) -> Result<(), Failure> {
    let fields = BTreeMap::from([("who".to_owned(), work.session.actor.name.clone())]);
    let key = format!("{}:{}", kind.word(), work.entry()?);
    let page = if kind == Kind::AccountRoles { "/account/posts" } else { "/account/sessions" };
    let message = Message { kind, fields, address: page.to_owned(), key };
    messages::send(work, &[To::Account(account)], &message)
}

/// Would this change leave the program without anybody who can give roles?
fn is_last_administrator(work: &mut Work<'_, '_>, row: &AccountRow) -> Result<bool, Failure> {
    let today = work.today();
    // Few can give roles at all; for everybody else the holders need not be counted.
    let holds = posts::roles_beside(work.tx, row.id, today)?.iter().any(|role| role == Role::Security.word());
    Ok(holds
        && security_administrators(work.tx, NOBODY, today)? > 0
        && security_administrators(work.tx, row.id, today)? == 0)
}

/// How many accounts but that one can give roles on that day.
pub(crate) fn security_administrators(tx: &mut Tx<'_>, but: AccountId, day: Date) -> Result<i64, Fault> {
    rows::other_holders(tx, Role::Security.word(), but, day)
}

/// The form in which logins are kept and compared: without blanks around, in small letters.
pub(crate) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}
