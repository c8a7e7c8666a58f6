//! Doing what is due (办理到期作业): steps without a clock of their own; the binary decides when to take the next one.

use super::{Job, JobError, Registry, Timer};
use crate::{
    access::Role,
    app::App,
    failure::Failure,
    faults,
    messages::{self, Kind, Message, To},
    operate::{Done, Operation, Record, housekeep, operate},
    session::Session,
};
use gangmu_store::{
    Engine, Fault, Tx,
    jobs::{self as rows, Claimed, timers},
    journal::Object,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use tokio::task::JoinSet;

const GIVE_UP: Operation = Operation::under("jobs.give_up", "messages.deliver");

/// How long an owner keeps a job without renewing its lease.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// How long a job's lease is renewed: a handler that takes longer is taken to hang.
const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// Jobs that one step does at once.
const AT_ONCE: u32 = 8;

/// Does everything that is due now, in the name of that owner, up to a number at once; how many jobs that were.
///
/// An owner is one run of a process: two that run at the same time never have the same name.
pub async fn run_due(app: &App, registry: &Registry, owner: &str) -> Result<usize, Failure> {
    let claimed = claim(app, registry, owner, AT_ONCE).await?;
    let count = claimed.len();
    let mut doing = JoinSet::new();
    for job in claimed {
        let (app, registry) = (app.clone(), registry.clone());
        doing.spawn(async move { perform(&app, &registry, job).await });
    }
    while doing.join_next().await.is_some() {}
    Ok(count)
}

/// Fires the timers that are due, frees jobs whose lease has run out, and claims up to so many due jobs.
pub async fn claim(app: &App, registry: &Registry, owner: &str, limit: u32) -> Result<Vec<Claimed>, Failure> {
    let (now, asked) = (app.now(), registry.clone());
    // Most steps find nothing, and a look costs no turn of the writer.
    if !app.db.read::<_, Fault>(move |tx| any_work(tx, &asked, now)).await? {
        return Ok(Vec::new());
    }
    let (registry, owner) = (registry.clone(), owner.to_owned());
    housekeep(app, move |tx| {
        let known = timers::all(tx)?;
        for timer in registry.timers() {
            fire(tx, timer, known.iter().any(|row| row.name == timer.name), now)?;
        }
        let freed = rows::recover(tx, LEASE, now)?;
        if freed > 0 {
            tracing::warn!(freed, "jobs were taken back from owners that did not renew their lease");
        }
        rows::claim(tx, &owner, &registry.kinds(), limit, now)
    })
    .await
}

fn any_work(tx: &mut Tx<'_>, registry: &Registry, now: Timestamp) -> Result<bool, Fault> {
    let known = timers::all(tx)?;
    let fires = registry.timers().iter().any(|timer| {
        let row = known.iter().find(|row| row.name == timer.name);
        row.is_none_or(|row| move_of(timer, row, now) != Move::Rest)
    });
    Ok(fires
        || rows::due(tx, &registry.kinds())?.is_some_and(|due| due <= now)
        || rows::wants_recovery(tx, LEASE, now)?)
}

/// What a timer does at that instant.
#[derive(Debug, PartialEq, Eq)]
enum Move {
    /// Nothing is due.
    Rest,
    /// It fires for that occurrence; earlier ones that were missed are part of it.
    Fire(Timestamp),
    /// It is new, its schedule has changed, or the clock was set back so far that it would not fire for long.
    Anew,
}

fn move_of(timer: &Timer, row: &timers::TimerRow, now: Timestamp) -> Move {
    let schedule = timer.schedule;
    if row.schedule != schedule.to_string() || row.kind != timer.kind {
        Move::Anew
    } else if row.next_at <= now {
        Move::Fire(schedule.latest(now))
    } else if row.next_at > schedule.after(schedule.after(now)) {
        Move::Anew
    } else {
        Move::Rest
    }
}

fn fire(tx: &mut Tx<'_>, timer: &Timer, known: bool, now: Timestamp) -> Result<(), Fault> {
    let next = timer.schedule.after(now);
    let anew = |tx: &mut Tx<'_>| timers::set(tx, timer.name, timer.kind, &timer.schedule.to_string(), next);
    if !known {
        return anew(tx);
    }
    // A row that another process holds is fired there.
    let Some(row) = timers::hold(tx, timer.name)? else { return Ok(()) };
    match move_of(timer, &row, now) {
        Move::Rest => Ok(()),
        Move::Anew => anew(tx),
        Move::Fire(due) => {
            if !timers::waits(tx, timer.kind, timer.name)? {
                rows::add(tx, &made_by(timer, Some(due)), now)?;
            }
            timers::fired(tx, timer.name, next, due, now)
        }
    }
}

/// The job that a timer makes: the occurrence is its key, so that none is made twice.
pub(crate) fn made_by(timer: &Timer, due: Option<Timestamp>) -> rows::Added {
    rows::Added {
        kind: timer.kind.to_owned(),
        key: due.map(|due| format!("{} {due}", timer.name)),
        payload: serde_json::json!({ "due": due }),
        run_at: None,
        timer: Some(timer.name.to_owned()),
    }
}

/// Does one claimed job and records how it ended. A panic of its handler is a failure like any other.
pub async fn perform(app: &App, registry: &Registry, claimed: Claimed) {
    let key = (claimed.id, claimed.fence);
    let (kind, attempt) = (claimed.kind.clone(), u32::try_from(claimed.attempt).unwrap_or(u32::MAX));
    let Some(entry) = registry.entry(&kind) else { return };
    let ended = if attempt > entry.policy.attempts {
        Err(JobError::permanent("jobs-lapsed", "each attempt ended without an answer"))
    } else {
        let Claimed { id, kind, key, payload, fence, .. } = claimed;
        let job = Job { id, kind, key, payload, attempt, fence };
        let doing = tokio::spawn((entry.handler)(app.clone(), job));
        doing.await.unwrap_or_else(|stopped| Err(JobError::passing("jobs-panicked", stopped)))
    };
    let now = app.now();
    let recorded = match ended {
        Ok(()) => housekeep(app, move |tx| rows::finish(tx, key.0, key.1, now).map(drop)).await,
        Err(error) if error.code == "jobs-lease-lost" => {
            tracing::info!(job.id = key.0, job.kind = kind, "a job was taken over by another owner");
            Ok(())
        }
        Err(error) => {
            let again = !error.permanent && attempt < entry.policy.attempts;
            let rest = entry.policy.rest(attempt, &*app.random);
            let again = again.then(|| now.checked_add(rest).unwrap_or(Timestamp::MAX));
            failed(app, key, &kind, error, again, now).await
        }
    };
    if let Err(failure) = recorded {
        // The lease runs out, and the job is tried again.
        tracing::error!(job.id = key.0, job.kind = kind, %failure, "the end of a job can't be recorded");
    }
}

async fn failed(
    app: &App,
    key: (i64, i64),
    kind: &str,
    error: JobError,
    again: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Failure> {
    let number = faults::number(app);
    tracing::warn!(%number, job.id = key.0, job.kind = kind, code = error.code, error = error.detail, "a job failed");
    if again.is_none() {
        faults::record(app, &number, &format!("job {kind}"), &error.detail).await;
    }
    let error = rows::Error { code: error.code, detail: faults::plain(&error.detail), number };
    if again.is_some() {
        return housekeep(app, move |tx| rows::fail(tx, key, again, &error, now).map(drop)).await;
    }
    give_up(app, key, kind, error).await
}

/// Ends a job that only a person can help, and tells who keeps the program.
async fn give_up(app: &App, key: (i64, i64), kind: &str, error: rows::Error) -> Result<(), Failure> {
    let kind = kind.to_owned();
    operate(app, &Session::system(), GIVE_UP, move |work| {
        if !rows::fail(work.tx, key, None, &error, work.now)? {
            return Ok(Done::nothing(()));
        }
        let fields = BTreeMap::from([("job".to_owned(), kind), ("reference".to_owned(), error.number)]);
        let told = format!("job-dead:{}:{}", key.0, key.1);
        let message = Message { kind: Kind::JobDead, fields, address: "/operations".to_owned(), key: told };
        messages::send(work, &[To::Role(Role::System, None)], &message)?;
        Ok(Done::recorded((), Record::on(Object::new("job", key.0)).reason(Some(error.code))))
    })
    .await
}

/// Renews the leases of an owner's jobs: more often than every [`LEASE`]. How many.
pub async fn renew(app: &App, owner: &str) -> Result<u64, Failure> {
    let (now, owner) = (app.now(), owner.to_owned());
    let since = now.checked_sub(LONGEST).unwrap_or(Timestamp::MIN);
    housekeep(app, move |tx| rows::renew(tx, &owner, since, now)).await
}

/// Gives back an owner's jobs that did not end before it stops.
pub async fn release(app: &App, owner: &str) -> Result<u64, Failure> {
    let (now, owner) = (app.now(), owner.to_owned());
    housekeep(app, move |tx| rows::release(tx, &owner, now)).await
}

/// Takes back what a killed program left running, at the start: at once where no other process can share the database,
/// otherwise when its leases run out.
pub async fn recover(app: &App) -> Result<u64, Failure> {
    if app.db.engine() != Engine::Sqlite {
        return Ok(0);
    }
    let now = app.now();
    housekeep(app, move |tx| rows::release_all(tx, now)).await
}

/// How long until something is due; none where nothing waits.
pub async fn rest(app: &App, registry: &Registry) -> Result<Option<SignedDuration>, Failure> {
    let (now, asked) = (app.now(), registry.clone());
    let next = app.db.read::<_, Fault>(move |tx| {
        let known = timers::all(tx)?.into_iter();
        let fires = known.filter(|row| asked.timers().iter().any(|timer| timer.name == row.name)).map(|r| r.next_at);
        Ok(fires.chain(rows::due(tx, &asked.kinds())?).min())
    });
    Ok(next.await?.map(|next| next.duration_since(now).max(SignedDuration::ZERO)))
}
