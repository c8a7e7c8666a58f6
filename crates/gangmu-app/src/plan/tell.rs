//! Who is told of the life of an edition (版本动态): those whose turn it is, or who live by it.

use super::open::Opened;
use crate::{
    access::Role,
    failure::Failure,
    messages::{self, Kind, Message, To},
    operate::Work,
};
use gangmu_store::plan::editions;
use std::collections::BTreeMap;

/// What happened to an edition.
pub(super) enum Happened<'a> {
    /// It was imported with so many proposals.
    Imported(usize),
    /// It was approved.
    Approved,
    /// It was made public.
    Published,
    /// It was withdrawn for that reason.
    Withdrawn(&'a str),
}

/// Tells them.
pub(super) fn tell(work: &mut Work<'_, '_>, opened: &Opened, happened: &Happened<'_>) -> Result<(), Failure> {
    let address = &opened.address;
    // Whoever does not reach the plan must not learn of it by a message either.
    let over = editions::owner(work.tx, opened.plan.id)?.0;
    let role = |role| To::Role(role, over);
    let mut fields = BTreeMap::from([
        ("plan".to_owned(), opened.plan.title.clone()),
        ("edition".to_owned(), opened.edition.number.to_string()),
        ("who".to_owned(), work.session.actor.name.clone()),
    ]);
    let (kind, to, page) = match happened {
        Happened::Imported(count) => {
            fields.insert("count".to_owned(), count.to_string());
            // Whoever handed the text in may have gone on to other work meanwhile.
            let waits = To::Account(work.session.actor.account);
            (Kind::PlanImported, vec![waits, role(Role::Planner), role(Role::Reviewer)], address.desk())
        }
        Happened::Approved => (Kind::PlanApproved, vec![role(Role::Leader)], address.edition()),
        Happened::Published => {
            let roles = [Role::Planner, Role::Reviewer, Role::Liaison, Role::Supervisor];
            (Kind::PlanPublished, roles.map(role).to_vec(), address.plan())
        }
        Happened::Withdrawn(reason) => {
            fields.insert("reason".to_owned(), (*reason).to_owned());
            (Kind::PlanWithdrawn, vec![role(Role::Planner), role(Role::Reviewer)], address.edition())
        }
    };
    let key = format!("{}:{}:{}", kind.word(), opened.edition.id, work.entry()?);
    messages::send(work, &to, &Message { kind, fields, address: page, key })
}
