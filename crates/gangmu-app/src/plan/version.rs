//! Versions of what a person changes (版本): a short text that is another one as soon as something was changed, for
//! whoever edits at the same time.

use super::open::Opened;
use crate::failure::Failure;
use gangmu_store::{
    Fault, Tx,
    plan::{
        commitments::{self, CommitmentRow},
        editions, notices,
    },
};

/// The version of a commitment: its edition, and the last decision on it that was not undone.
pub(crate) fn of_row(row: &CommitmentRow) -> String {
    format!("{}.{}", row.edition.0, row.commitment.decision.unwrap_or(0))
}

/// The decision that a version of a commitment names.
pub(crate) fn decision_of(version: &str) -> Option<u32> {
    version.split_once('.')?.1.parse().ok()
}

/// The version of a commitment now.
pub fn of_commitment(tx: &mut Tx<'_>, plan: &str, edition: Option<u32>, number: u32) -> Result<String, Failure> {
    let opened = Opened::at(tx, plan, edition)?;
    let rows = commitments::by_numbers(tx, opened.edition.id, &[number])?;
    rows.first().map(of_row).ok_or(Failure::Absent("commitment"))
}

/// The version of an edition now: every decision and every step of its life makes another.
pub fn of_edition(tx: &mut Tx<'_>, plan: &str, edition: Option<u32>) -> Result<String, Failure> {
    let opened = Opened::at(tx, plan, edition)?;
    Ok(of_opened(tx, &opened)?)
}

pub(crate) fn of_opened(tx: &mut Tx<'_>, opened: &Opened) -> Result<String, Fault> {
    let id = opened.edition.id;
    Ok(format!("{}.{}.{}", id.0, opened.edition.decisions, editions::count_events(tx, id)?))
}

/// The version of a doubt now: settling it makes another.
pub fn of_doubt(tx: &mut Tx<'_>, plan: &str, edition: Option<u32>, number: u32) -> Result<String, Failure> {
    let opened = Opened::at(tx, plan, edition)?;
    let id = opened.edition.id;
    let found = notices::by_numbers(tx, id, &[number])?;
    let row = found.first().ok_or(Failure::Absent("doubt"))?;
    Ok(doubt(id.0, row))
}

pub(crate) fn doubt(edition: i64, row: &notices::NoticeRow) -> String {
    let words = gangmu_store::journal::digest::plain(&row.settled);
    let settled = if row.settled.is_some() { gangmu_store::journal::canonical::hex(&words) } else { "0".to_owned() };
    format!("{edition}.{}", &settled[..settled.len().min(16)])
}
