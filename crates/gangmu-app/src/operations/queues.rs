//! Pausing a queue (暂停队列) and letting it go on (恢复队列): what waits in it is kept.

use super::{Queue, all_queues, reason};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_store::{
    jobs::listing::{self, Paused},
    journal::{Many, Object},
};

/// The queue of that kind.
pub async fn queue(app: &App, session: &Session, kind: &str) -> Result<Queue, Failure> {
    let (known, kind) = (app.clone(), kind.to_owned());
    look(app, session, "operations.read", move |tx| {
        let found = all_queues(tx, &known)?.into_iter().find(|queue| queue.kind == kind);
        found.ok_or(Failure::Absent("queue"))
    })
    .await
}

/// Pauses a queue: none of its jobs begins until it goes on; one that runs comes to its end.
pub async fn pause(app: &App, session: &Session, kind: &str, why: &str) -> Result<(), Failure> {
    queue(app, session, kind).await?;
    let (kind, why) = (kind.to_owned(), reason(why)?);
    operate(app, session, Operation::under("queues.pause", "operations.manage"), move |work| {
        let paused = Paused {
            kind: kind.clone(),
            at: work.now,
            account_name: work.session.actor.name.clone(),
            reason: why.clone(),
        };
        if !listing::pause(work.tx, &paused)? {
            return Ok(Done::nothing(()));
        }
        Ok(Done::recorded((), Record::on(Object::new("queue", kind)).reason(why)))
    })
    .await
}

/// Lets a queue go on.
pub async fn resume(app: &App, session: &Session, kind: &str) -> Result<(), Failure> {
    let kind = kind.to_owned();
    operate(app, session, Operation::under("queues.resume", "operations.manage"), move |work| {
        if !listing::resume(work.tx, &kind)? {
            return Ok(Done::nothing(()));
        }
        work.wakes = true;
        Ok(Done::recorded((), Record::on(Object::new("queue", kind))))
    })
    .await
}

/// Tries all dead jobs of a queue again, with all their attempts before them.
pub async fn retry_all(app: &App, session: &Session, kind: &str) -> Result<(), Failure> {
    let kind = kind.to_owned();
    operate(app, session, Operation::under("queues.retry", "operations.manage"), move |work| {
        let retried = listing::retry_all(work.tx, &kind, work.now)?;
        let rows: Vec<_> = retried.iter().map(|id| (format!("job_{id:020}"), work.digest(id))).collect();
        let Some(many) = Many::of(&rows) else { return Ok(Done::nothing(())) };
        work.wakes = true;
        Ok(Done::recorded((), Record::on(Object::new("queue", kind)).many(many)))
    })
    .await
}
