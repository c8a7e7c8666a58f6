//! Backups of the house (备份): made by a timer or because somebody asks, kept by rule, rehearsed, shown.
//!
//! The files are the business of the binary ([`Vault`]); what is decided here is when one is made, which stay, and what
//! is recorded. Making and rehearsing are jobs, so that they survive a stop and are done by one process.

pub mod ask;
pub mod download;
pub mod list;
pub mod make;
pub mod prune;
pub mod rehearse;
pub mod retention;

use crate::{
    access::Role,
    app::minute_of,
    failure::Failure,
    jobs::{Policy, Registry, Schedule},
    messages::{self, Kind, Message, To},
    operate::Work,
    ports::Vault,
};
use gangmu_kernel::refusal::Reason;
use jiff::{SignedDuration, Timestamp, civil::Time};
use retention::Keep;
use std::{collections::BTreeMap, sync::Arc};

/// How this house is backed up (备份安排); the binary reads it from the configuration.
#[derive(Clone)]
pub struct Backups {
    /// Where the files are.
    pub vault: Arc<dyn Vault>,
    /// When one is made each day, in the time of the district; none where that is left to somebody else.
    pub at: Option<Time>,
    /// Which stay.
    pub keep: Keep,
    /// After so many days the newest is rehearsed; 0 for never by itself.
    pub rehearse_days: u32,
}

/// The kinds of the jobs.
pub(crate) const MAKE: &str = "backup.make";
pub(crate) const REHEARSE: &str = "backup.rehearse";
pub(crate) const PRUNE: &str = "backup.prune";

/// Adds the jobs of backups and, where one is to be made each day, the timer.
pub fn register(registry: Registry, backups: &Backups) -> Registry {
    let policy = Policy { attempts: 4, first: SignedDuration::from_mins(5), longest: SignedDuration::from_hours(1) };
    let registry =
        registry.on_with(MAKE, policy, make::job).on_with(REHEARSE, policy, rehearse::job).on(PRUNE, prune::job);
    match backups.at {
        Some(at) => registry.timer("backup-daily", MAKE, Schedule::Daily(at)),
        None => registry,
    }
}

/// The name of a backup that is made at that instant: its day and time in the district.
pub fn name_at(now: Timestamp) -> String {
    let there = now.in_tz(crate::jobs::schedule::ZONE).map(|there| there.strftime("%Y%m%d-%H%M%S").to_string());
    format!("gangmu-{}.gangmu", there.unwrap_or_else(|_| now.as_second().to_string()))
}

/// Tells the administrators of the system of a backup that is none; why stands on the page.
pub(crate) fn tell(work: &mut Work<'_, '_>, kind: Kind, name: &str, key: String) -> Result<(), Failure> {
    let fields = [("name", name.to_owned()), ("at", minute_of(work.now))];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let message = Message { kind, fields, address: "/administration/backups".to_owned(), key };
    messages::send(work, &[To::Role(Role::System, None)], &message)
}

/// A reason in the form in which a row keeps it.
pub(crate) fn kept(reason: &Reason) -> serde_json::Value {
    serde_json::json!({ "code": reason.code, "fields": reason.fields })
}

/// The fields of a reason as one line for those who look into a job that failed.
pub(crate) fn detail(fields: &BTreeMap<&'static str, String>) -> String {
    fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
