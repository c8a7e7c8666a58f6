//! A post and a deputy's appointment as the journal keeps them (任职留痕): what a person would call a change, in a form in
//! which the history can say it in words.
//!
//! People stand in it by the keys of their accounts, not by their names. Titles and reasons are personal all the same:
//! the entries are salted, and what stands behind them goes when the holder is erased.

use super::object;
use crate::operate::Record;
use gangmu_kernel::ids::{AccountId, OrganisationId};
use gangmu_store::{
    Bound,
    journal::digest,
    posts::{DeputyRow, PostRow},
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// A post as it is told.
#[derive(Debug, Serialize)]
struct Post<'p> {
    account: AccountId,
    organisation: Option<OrganisationId>,
    title: Option<&'p str>,
    from: Option<Date>,
    until: Option<Date>,
    roles: BTreeSet<&'p str>,
    reach: Reach,
}

/// How far its roles reach.
#[derive(Debug, Default, Serialize)]
struct Reach {
    everywhere: bool,
    organisation: BTreeSet<i64>,
    area: BTreeSet<String>,
}

/// A deputy's appointment as it is told.
#[derive(Debug, Serialize)]
struct Deputy<'d> {
    deputy: Appointment<'d>,
}

#[derive(Debug, Serialize)]
struct Appointment<'d> {
    account: AccountId,
    from: Date,
    until: Date,
    reason: &'d str,
    ended: bool,
}

fn post(row: &PostRow) -> Post<'_> {
    let mut reach = Reach::default();
    for grant in &row.grants {
        match &grant.bound {
            None => reach.everywhere = true,
            Some(Bound::Organisation(root)) => drop(reach.organisation.insert(root.0)),
            Some(Bound::Area(code)) => drop(reach.area.insert(code.clone())),
        }
    }
    Post {
        account: row.account,
        organisation: row.organisation,
        title: row.title.as_deref(),
        from: row.from,
        until: row.until,
        roles: row.grants.iter().map(|grant| grant.role.as_str()).collect(),
        reach,
    }
}

fn deputy(row: &DeputyRow) -> Deputy<'_> {
    let deputy = Appointment {
        account: row.account,
        from: row.from,
        until: row.until,
        reason: &row.reason,
        ended: row.ended_at.is_some(),
    };
    Deputy { deputy }
}

/// A post in the form in which the journal keeps it.
pub(super) fn text(row: &PostRow) -> String {
    digest::canonical(&post(row))
}

/// A post is new.
pub(super) fn given(row: &PostRow) -> Record {
    Record::on(object(row.id)).made(&post(row)).salted()
}

/// A post changed.
pub(super) fn changed(before: &PostRow, after: &PostRow) -> Record {
    Record::on(object(after.id)).changed(&post(before), &post(after)).salted()
}

/// A deputy was appointed.
pub(super) fn appointed(row: &DeputyRow) -> Record {
    Record::on(object(row.post)).made(&deputy(row)).salted()
}

/// An appointment ended.
pub(super) fn dismissed(before: &DeputyRow, after: &DeputyRow) -> Record {
    Record::on(object(after.post)).changed(&deputy(before), &deputy(after)).salted()
}
