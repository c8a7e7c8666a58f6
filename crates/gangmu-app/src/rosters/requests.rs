//! Roles that rosters ask for (角色申请): who imports gives no rights; the security administrator answers, all at once.

use super::RosterRefusal;
use crate::{
    access::{Role, meetings},
    accounts::{self, AccountRefusal, object},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, look, operate},
    posts,
    session::Session,
};
use gangmu_kernel::{ids::AccountId, masking, refusal::Reasons};
use gangmu_store::{
    accounts::{self as rows, AccountRow},
    journal::Object,
    organisations,
    rosters::{self, RequestRow},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The action of the access matrix: who gives roles. What a roster asks for reaches everywhere, so that only whoever
/// gives roles everywhere answers it; for others nothing is asked.
const ACTION: &str = "accounts.roles";

/// What is asked for one person (角色申请).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The account's key.
    pub account: i64,
    /// Its login.
    pub login: String,
    /// The person's name, masked.
    pub name: String,
    /// The organisation's name.
    pub unit: Option<String>,
    /// The person's post.
    pub post: Option<String>,
    /// Roles that the person holds.
    pub held: Vec<String>,
    /// Roles that are asked for.
    pub roles: Vec<String>,
    /// Pairs that must not meet in one account; where there is one, nothing can be granted.
    pub meetings: Vec<String>,
}

/// Everything that is asked for, person by person.
pub async fn requests(app: &App, session: &Session) -> Result<Vec<Asked>, Failure> {
    look(app, session, ACTION, |tx| {
        let mut found = Vec::new();
        if !tx.scope().everything {
            return Ok(found);
        }
        for (account, roles) in by_account(rosters::requests(tx)?) {
            let Some(row) = rows::find(tx, account)? else { continue };
            let unit = match row.organisation {
                Some(key) => organisations::newest(tx, key)?.map(|unit| unit.shown().to_owned()),
                None => None,
            };
            let meetings = meetings(&together(&row, &roles)).into_iter().map(|(one, other)| format!("{one},{other}"));
            found.push(Asked {
                account: account.0,
                meetings: meetings.collect(),
                name: masking::name(&row.name),
                login: row.login,
                unit,
                post: row.post,
                held: row.roles,
                roles,
            });
        }
        Ok(found)
    })
    .await
}

/// Grants what is asked for these people; how many got something.
pub async fn grant(app: &App, session: &Session, chosen: Vec<i64>) -> Result<usize, Failure> {
    operate(app, session, Operation::under("accounts.grant_requested", "accounts.roles"), move |work| {
        let mut leaves = Vec::new();
        let mut refusals = Vec::new();
        let mut granted = Vec::new();
        for (row, roles) in asked(work, &chosen)? {
            let all = together(&row, &roles);
            refusals.extend(meetings(&all).into_iter().map(|(one, other)| AccountRefusal::RolesMeet { one, other }));
            let mut words: Vec<String> = all.iter().map(|role| role.word().to_owned()).collect();
            words.sort();
            let row = AccountRow { roles: words, ..row };
            rows::save(work.tx, &row)?;
            granted.push(row.id);
            rosters::answer(work.tx, row.id)?;
            leaves.push((row.id.to_string(), work.personal_digest(&object(row.id), &row)?));
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        for account in granted {
            posts::refuse_meetings(work, account)?;
        }
        leaves.sort();
        let count = leaves.len();
        Ok(Done::recorded(count, Record::on(Object::new("role_requests", "granted")).rows(leaves).salted()))
    })
    .await
}

/// Refuses what is asked for these people; how many.
pub async fn refuse(app: &App, session: &Session, chosen: Vec<i64>, reason: Option<String>) -> Result<usize, Failure> {
    operate(app, session, Operation::under("accounts.refuse_requested", "accounts.roles"), move |work| {
        let mut leaves = Vec::new();
        for (row, _) in asked(work, &chosen)? {
            rosters::answer(work.tx, row.id)?;
            leaves.push((row.id.to_string(), work.personal_digest(&object(row.id), &row)?));
        }
        leaves.sort();
        let count = leaves.len();
        let record = Record::on(Object::new("role_requests", "refused")).rows(leaves).salted();
        Ok(Done::recorded(count, record.reason(reason)))
    })
    .await
}

/// The chosen people for whom something is asked, with it.
fn asked(work: &mut Work<'_, '_>, chosen: &[i64]) -> Result<Vec<(AccountRow, Vec<String>)>, Failure> {
    let mut found = Vec::new();
    let waiting = if work.tx.scope().everything { rosters::requests(work.tx)? } else { Vec::new() };
    for (account, roles) in by_account(waiting) {
        if !chosen.contains(&account.0) {
            continue;
        }
        if let Some(row) = rows::find(work.tx, account)? {
            found.push((row, roles));
        }
    }
    if found.is_empty() { Err(Failure::refused(RosterRefusal::NothingChosen {})) } else { Ok(found) }
}

fn by_account(requests: Vec<RequestRow>) -> BTreeMap<AccountId, Vec<String>> {
    let mut found: BTreeMap<AccountId, Vec<String>> = BTreeMap::new();
    for request in requests {
        found.entry(request.account).or_default().push(request.role);
    }
    found
}

fn together(row: &AccountRow, roles: &[String]) -> BTreeSet<Role> {
    accounts::roles_of(row).into_iter().chain(roles.iter().filter_map(|word| Role::of_word(word))).collect()
}
