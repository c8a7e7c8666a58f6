//! Sending (发送消息): inside the transaction of the operation that has something to tell.

use super::{
    due::{Mail, Preferences},
    kind::Kind,
};
use crate::{access::Role, failure::Failure, operate::Work, packs};
use gangmu_kernel::{
    calendar::WorkCalendar,
    ids::{AccountId, OrganisationId},
};
use gangmu_store::{
    Fault, Tx, accounts,
    messages::{self as rows, NewMessage},
    scope,
};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};

/// Something to tell (消息内容).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its kind.
    pub kind: Kind,
    /// What fills the words of its kind.
    pub fields: BTreeMap<String, String>,
    /// The page that it leads to, such as `/plans/145/edition`.
    pub address: String,
    /// What keeps the same thing from being told twice to the same person.
    pub key: String,
}

/// Whom to tell (接收人).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// That person.
    Account(AccountId),
    /// Everybody who holds that role over that organisation; where nothing but the whole installation is meant, over it.
    Role(Role, Option<OrganisationId>),
}

impl To {
    fn accounts(self, work: &mut Work<'_, '_>) -> Result<BTreeSet<AccountId>, Fault> {
        match self {
            Self::Account(account) => Ok(BTreeSet::from([account])),
            Self::Role(role, over) => {
                let mut found = BTreeSet::new();
                for (account, reach) in accounts::holders(work.tx, role.word(), work.today())? {
                    if scope::holds(work.tx, &reach, over)? {
                        found.insert(account);
                    }
                }
                Ok(found)
            }
        }
    }
}

/// Sends a message to everybody named, once each. Whoever acts knows it already and is left out, unless named alone.
pub fn send(work: &mut Work<'_, '_>, to: &[To], message: &Message) -> Result<(), Failure> {
    let mut told = BTreeSet::new();
    for to in to {
        told.extend(to.accounts(work)?);
    }
    let actor = work.session.actor.account;
    if !to.contains(&To::Account(actor)) {
        told.remove(&actor);
    }
    let zone = TimeZone::get(packs::ZONE).unwrap_or(TimeZone::UTC);
    let mut calendar = None;
    for account in &told {
        let wants = rows::preferences(work.tx, *account)?;
        let wants = wants.as_ref().map_or_else(Preferences::default, Preferences::of_row);
        let by = match accounts::contacts::find(work.tx, *account)?.email {
            Some(_) => wants.mail(message.kind),
            None => Mail::Never,
        };
        let (mail, due): (&str, Option<Timestamp>) = match by {
            Mail::Never => ("none", None),
            Mail::Digest => ("digest", Some(wants.next_digest(work.now, &zone, days(&mut calendar, work.tx)?))),
            Mail::AtOnce => {
                ("waiting", Some(wants.may_go(message.kind, work.now, &zone, days(&mut calendar, work.tx)?)))
            }
        };
        let new = NewMessage {
            account: *account,
            kind: message.kind.word(),
            fields: &message.fields,
            address: &message.address,
            key: &message.key,
            at: work.now,
            mail,
            mail_at: due,
        };
        if let Some(id) = rows::send(work.tx, &new)? {
            work.tells(*account);
            super::mail::enqueue(work, id, *account, by, due)?;
        }
    }
    Ok(())
}

/// The calendar, read once and only where a letter is due: most messages go by no letter.
fn days<'d>(known: &'d mut Option<WorkCalendar>, tx: &mut Tx<'_>) -> Result<&'d WorkCalendar, Fault> {
    if known.is_none() {
        *known = Some(packs::calendar(tx)?);
    }
    Ok(known.get_or_insert_with(WorkCalendar::new))
}
