//! Forgetting jobs that ended a week ago (清理已办结的作业).

use super::{Job, Registry, Schedule};
use crate::{app::App, failure::Failure, operate::housekeep};
use gangmu_store::jobs as rows;
use jiff::SignedDuration;

const KIND: &str = "jobs.prune";

/// How long the key of a job that has ended still stands for it.
const KEEP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Rows that one transaction deletes, so that other writes get their turn.
const ROWS: u32 = 500;

pub(super) fn register(registry: Registry) -> Registry {
    registry.on(KIND, prune).timer("jobs-prune", KIND, Schedule::daily(3, 30))
}

async fn prune(app: App, _: Job) -> Result<(), Failure> {
    let until = app.now().checked_sub(KEEP).unwrap_or(jiff::Timestamp::MIN);
    while housekeep(&app, move |tx| rows::prune(tx, until, ROWS)).await? == u64::from(ROWS) {}
    Ok(())
}
