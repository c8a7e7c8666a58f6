//! The running of the program (运行): its queues, timers, dead jobs, sizes, slow statements and faults.
//!
//! Reading needs `operations.read`, doing something `operations.manage`; each act is an operation with its own entry in
//! the journal. What a job carries is never shown, because it may name people.

mod jobs;
mod queues;
mod timers;

pub use jobs::{drop_job, job, jobs, retry};
pub use queues::{pause, queue, resume, retry_all};
pub use timers::{run_now, timer};

use crate::{app::App, failure::Failure, operate::look, session::Session};
pub use gangmu_store::{
    Engine,
    faults::FaultRow,
    jobs::listing::{JobRow, Paused},
    slow::SlowStatement,
};
use gangmu_store::{
    Fault, Tx, faults,
    jobs::{
        listing::{self, Count},
        timers::{self as rows, TimerRow},
    },
    sizes::{Sizes, sizes},
};
use jiff::Timestamp;
use std::{collections::BTreeMap, time::Duration};

/// Rows of each list on the page.
const ROWS: u32 = 20;

/// How the program runs (运行状况).
#[derive(Debug, Clone)]
pub struct Overview {
    /// Each kind of job that has a handler or jobs.
    pub queues: Vec<Queue>,
    /// The timers.
    pub timers: Vec<TimerView>,
    /// Jobs that run now.
    pub running: Vec<JobRow>,
    /// Jobs that were given up, the latest first.
    pub dead: Vec<JobRow>,
    /// Are there more dead jobs than these?
    pub more_dead: bool,
    /// Which database this is.
    pub engine: Engine,
    /// How large it is.
    pub sizes: Sizes,
    /// Statements that were slow since the start of this process.
    pub slow: Vec<SlowStatement>,
    /// From how long on a statement is slow.
    pub slow_limit: Duration,
    /// The newest faults.
    pub faults: Vec<FaultRow>,
    /// When this was looked at.
    pub at: Timestamp,
}

/// A queue (队列): all jobs of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The kind.
    pub kind: String,
    /// Does this program have a handler for it?
    pub handled: bool,
    /// Jobs that wait, run, are done and are dead.
    pub counts: Counts,
    /// Bytes of what waiting, running and dead jobs carry.
    pub size: i64,
    /// When the oldest waiting job was added.
    pub oldest: Option<Timestamp>,
    /// Who paused it, where it is paused.
    pub paused: Option<Paused>,
}

/// How many jobs are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// That wait.
    pub waiting: i64,
    /// That run.
    pub running: i64,
    /// That were done in the last week.
    pub done: i64,
    /// That were given up.
    pub dead: i64,
}

/// A timer with its last and next firing (定时器).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimerView {
    /// Its name.
    pub name: String,
    /// The kind of the jobs that it makes.
    pub kind: String,
    /// Its schedule as `daily 03:30`, `every 300`, `monthly 1 03:30`.
    pub schedule: String,
    /// When it fires next; none before the program has served once.
    pub next_at: Option<Timestamp>,
    /// When it fired last.
    pub last_at: Option<Timestamp>,
}

/// How the program runs now.
pub async fn overview(app: &App, session: &Session) -> Result<Overview, Failure> {
    let (known, at) = (app.clone(), app.now());
    let mut seen = look(app, session, "operations.read", move |tx| Ok(seen(tx, &known, at)?)).await?;
    seen.slow = app.db.slow();
    seen.slow.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    Ok(seen)
}

fn seen(tx: &mut Tx<'_>, app: &App, at: Timestamp) -> Result<Overview, Fault> {
    let mut dead = listing::page(tx, "dead", None, ROWS + 1)?;
    let more_dead = dead.len() > usize::try_from(ROWS).unwrap_or(usize::MAX);
    dead.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    Ok(Overview {
        queues: all_queues(tx, app)?,
        timers: all_timers(tx, app)?,
        running: listing::page(tx, "running", None, ROWS)?,
        dead,
        more_dead,
        engine: tx.engine(),
        sizes: sizes(tx)?,
        slow: Vec::new(),
        slow_limit: app.db.slow_limit(),
        faults: faults::recent(tx, ROWS)?,
        at,
    })
}

fn all_queues(tx: &mut Tx<'_>, app: &App) -> Result<Vec<Queue>, Fault> {
    let new = |kind: &str, handled| Queue {
        kind: kind.to_owned(),
        handled,
        counts: Counts::default(),
        size: 0,
        oldest: None,
        paused: None,
    };
    let mut queues: BTreeMap<String, Queue> =
        app.registry().kinds().into_iter().map(|kind| (kind.to_owned(), new(kind, true))).collect();
    for Count { kind, state, jobs, size, oldest } in listing::counts(tx)? {
        let queue = queues.entry(kind.clone()).or_insert_with(|| new(&kind, false));
        match state.as_str() {
            "waiting" => (queue.counts.waiting, queue.oldest) = (jobs, Some(oldest)),
            "running" => queue.counts.running = jobs,
            "dead" => queue.counts.dead = jobs,
            "done" => queue.counts.done = jobs,
            _ => continue,
        }
        if state != "done" {
            queue.size += size;
        }
    }
    for paused in listing::paused(tx)? {
        let queue = queues.entry(paused.kind.clone()).or_insert_with(|| new(&paused.kind, false));
        queue.paused = Some(paused);
    }
    Ok(queues.into_values().collect())
}

fn all_timers(tx: &mut Tx<'_>, app: &App) -> Result<Vec<TimerView>, Fault> {
    let known: BTreeMap<String, TimerRow> = rows::all(tx)?.into_iter().map(|row| (row.name.clone(), row)).collect();
    let view = |timer: &crate::jobs::Timer| {
        let row = known.get(timer.name);
        TimerView {
            name: timer.name.to_owned(),
            kind: timer.kind.to_owned(),
            schedule: timer.schedule.to_string(),
            next_at: row.map(|row| row.next_at),
            last_at: row.and_then(|row| row.last_at),
        }
    };
    Ok(app.registry().timers().iter().map(view).collect())
}

/// A reason as the journal keeps it; refused where it is empty.
fn reason(given: &str) -> Result<String, Failure> {
    let given = given.trim();
    if given.is_empty() {
        return Err(Failure::refused(crate::jobs::JobRefusal::ReasonNeeded {}));
    }
    Ok(given.chars().take(500).collect())
}
