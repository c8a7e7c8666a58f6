//! What an operator does with a job: tries it again (重试) or drops it (丢弃).

use super::reason;
use crate::{
    app::App,
    failure::Failure,
    jobs::JobRefusal,
    operate::{Done, Operation, Record, Work, look, operate},
    session::Session,
};
use gangmu_store::{
    jobs::listing::{self, JobRow},
    journal::Object,
};
use jiff::Timestamp;

/// The job of that key.
pub async fn job(app: &App, session: &Session, id: i64) -> Result<JobRow, Failure> {
    look(app, session, "operations.read", move |tx| listing::find(tx, id)?.ok_or(Failure::Absent("job"))).await
}

/// Jobs in that state, the latest move first, before that move and key.
pub async fn jobs(
    app: &App,
    session: &Session,
    state: &'static str,
    before: Option<(Timestamp, i64)>,
    limit: u32,
) -> Result<Vec<JobRow>, Failure> {
    look(app, session, "operations.read", move |tx| Ok(listing::page(tx, state, before, limit)?)).await
}

/// Lets a dead or waiting job be tried at once, with all its attempts before it.
pub async fn retry(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("jobs.retry", "operations.manage"), move |work| {
        let before = found(work, id)?;
        if !listing::retry(work.tx, id, work.now)? {
            return Err(Failure::refused(JobRefusal::NotOpen {}));
        }
        work.wakes = true;
        recorded(work, &before, None)
    })
    .await
}

/// Drops a dead or waiting job: it is never done.
pub async fn drop_job(app: &App, session: &Session, id: i64, why: &str) -> Result<(), Failure> {
    let why = reason(why)?;
    operate(app, session, Operation::under("jobs.drop", "operations.manage"), move |work| {
        let before = found(work, id)?;
        if !listing::drop_job(work.tx, id, work.now)? {
            return Err(Failure::refused(JobRefusal::NotOpen {}));
        }
        recorded(work, &before, Some(why))
    })
    .await
}

fn found(work: &mut Work<'_, '_>, id: i64) -> Result<JobRow, Failure> {
    listing::find(work.tx, id)?.ok_or(Failure::Absent("job"))
}

fn recorded(work: &mut Work<'_, '_>, before: &JobRow, why: Option<String>) -> Result<Done<()>, Failure> {
    let after = found(work, before.id)?;
    let record = Record::on(Object::new("job", format!("{} {}", before.kind, before.id)));
    let record = record.before(work.digest(before)).after(work.digest(&after)).reason(why);
    Ok(Done::recorded((), record))
}
