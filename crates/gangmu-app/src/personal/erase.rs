//! Erasing a person (清除个人信息): one asks, another confirms; what was done stays, who it was goes.
//!
//! Login, name, post and all contacts are replaced or deleted, with them what stands behind the digests and their
//! salts: nobody can test any more whether an entry of the journal was about this person, and the chain stays valid.
//! With them go the name and the posts under which the person acted, wherever they stand beside the number of the
//! account, and the reasons that tell of the person: the journal's chain has their digests alone. Entries of the chain's
//! first form keep them in the chain, which nobody can change; no page shows them.

use super::PersonalRefusal;
use crate::{
    accounts::{find, object, passwords},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, look, operate},
    session::Session,
};
use gangmu_kernel::{ids::AccountId, masking};
use gangmu_store::{
    accounts::{
        self, AccountRow,
        contacts::{self, ContactRow},
        formers, sessions, visits,
    },
    journal::{Object, beside, details},
    personal::{self as rows, names},
    posts::{self, PostRow},
    rosters, tokens,
};
use serde::Serialize;

/// What stands in the place of the name of somebody who was erased.
pub const NOBODY: &str = "—";

/// Somebody is to be erased (清除申请).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erasure {
    /// Its key.
    pub id: i64,
    /// The login of the account.
    pub login: String,
    /// The name, masked.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub asked_at: String,
    /// Who asked.
    pub asked_by: String,
    /// May the person who looks not confirm it, because he or she asked?
    pub own: bool,
}

/// The erasures that wait for somebody to confirm them.
pub async fn open(app: &App, session: &Session) -> Result<Vec<Erasure>, Failure> {
    let who = session.actor.account;
    look(app, session, "personal.read", move |tx| {
        let mut found = Vec::new();
        // Only whoever may confirm anywhere sees who waits anywhere.
        if !tx.scope().everything {
            return Ok(found);
        }
        for row in rows::open_erasures(tx)? {
            let Some(account) = accounts::find(tx, row.account)? else { continue };
            found.push(Erasure {
                id: row.id,
                login: account.login,
                name: masking::name(&account.name),
                reason: row.reason,
                asked_at: row.asked_at.to_string(),
                asked_by: row.asked_name,
                own: row.asked_by == who,
            });
        }
        Ok(found)
    })
    .await
}

/// Asks that somebody be erased whose account is disabled already.
pub async fn ask(app: &App, session: &Session, login: &str, reason: &str) -> Result<i64, Failure> {
    let (login, reason) = (login.to_owned(), reason.trim().to_owned());
    operate(app, session, Operation::new("personal.ask_erasure"), move |work| {
        let account = find(work.tx, &login)?;
        if let Some(refusal) = against(work, &account, &reason)? {
            return Err(Failure::refused(refusal));
        }
        let by = work.session.by();
        let id = rows::ask(work.tx, account.id, &reason, work.now, by.account, &by.name)?;
        // The reason may tell of the person, so it stays out of the chain.
        Ok(Done::recorded(id, Record::on(object(account.id))))
    })
    .await
}

fn against(work: &mut Work<'_, '_>, account: &AccountRow, reason: &str) -> Result<Option<PersonalRefusal>, Failure> {
    let (_, erased) = rows::ended(work.tx, account.id)?;
    let asked = rows::erasures_of(work.tx, account.id)?.iter().any(|erasure| erasure.state == "asked");
    Ok(match () {
        () if erased.is_some() => Some(PersonalRefusal::Erased {}),
        () if !account.disabled => Some(PersonalRefusal::InUse {}),
        () if asked => Some(PersonalRefusal::AskedAlready {}),
        () if reason.is_empty() || reason.chars().count() > 200 => Some(PersonalRefusal::NoReason {}),
        () => None,
    })
}

/// Confirms what another person asked: the person is erased, for ever.
pub async fn confirm(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("personal.erase", "personal.confirm_erasure"), move |work| {
        let row = open_row(work, id)?;
        if row.asked_by == work.session.actor.account {
            return Err(Failure::refused(PersonalRefusal::SamePerson {}));
        }
        let account = accounts::find(work.tx, row.account)?.ok_or(Failure::Absent("account"))?;
        if !account.disabled {
            return Err(Failure::refused(PersonalRefusal::InUse {}));
        }
        let name = work.session.by().name;
        rows::decide(work.tx, id, "done", "", work.now, &name)?;
        wipe(work, account)?;
        Ok(Done::recorded((), Record::on(object(row.account))))
    })
    .await
}

/// Refuses what was asked: nothing is erased.
pub async fn refuse(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("personal.refuse_erasure", "personal.confirm_erasure"), move |work| {
        let row = open_row(work, id)?;
        let name = work.session.by().name;
        rows::decide(work.tx, id, "refused", &row.reason, work.now, &name)?;
        Ok(Done::recorded((), Record::on(object(row.account))))
    })
    .await
}

fn open_row(work: &mut Work<'_, '_>, id: i64) -> Result<rows::ErasureRow, Failure> {
    let row = rows::find_erasure(work.tx, id)?.ok_or(Failure::Absent("erasure"))?;
    if row.state == "asked" { Ok(row) } else { Err(Failure::refused(PersonalRefusal::Decided {})) }
}

/// Takes everything away by which the person could be known.
fn wipe(work: &mut Work<'_, '_>, account: AccountRow) -> Result<(), Failure> {
    let id = account.id;
    let bare = AccountRow { post: None, password: passwords::NONE.to_owned(), ..account };
    accounts::clear_failures(work.tx, &bare.login)?;
    accounts::save(work.tx, &bare)?;
    let mut objects = Vec::new();
    for post in posts::of_account(work.tx, id)? {
        let object = Object::new("post", post.id);
        details::erase(work.tx, &object)?;
        objects.push(object);
        posts::save(work.tx, &PostRow { title: None, ..post })?;
    }
    beside::forget(work.tx, id, &objects)?;
    if names::forget(work.tx, id, &bare.name, NOBODY)? {
        beside::forget_named(work.tx, &bare.name)?;
    }
    rows::erase(work.tx, id, &format!("erased-{}", id.0), NOBODY, work.now)?;
    sessions::end_all(work.tx, id, None)?;
    tokens::revoke_all(work.tx, id, work.now)?;
    rosters::answer(work.tx, id)?;
    forget(work, id)?;
    details::erase(work.tx, &object(id))?;
    Ok(())
}

/// Forgets how a person was reached, logged in and opened the account.
pub(super) fn forget(work: &mut Work<'_, '_>, id: AccountId) -> Result<(), Failure> {
    contacts::save(work.tx, id, &ContactRow::default())?;
    visits::forget(work.tx, id)?;
    formers::forget(work.tx, id)?;
    rosters::forget_code(work.tx, id)?;
    Ok(())
}
