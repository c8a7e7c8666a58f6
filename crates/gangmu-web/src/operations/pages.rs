//! What the pages of the running program show.

use crate::{pages::Page, samples, signs::address_segment};
use gangmu_app::{
    operations::{self, Overview, Queue, TimerView},
    plan::views::ReasonView,
};
use serde::Serialize;

/// `/operations`.
#[derive(Debug, Clone, Serialize)]
pub struct OperationsPage {
    /// When this was looked at.
    pub at: String,
    /// Seconds after which it renews itself, where it was asked to.
    pub live: Option<u32>,
    /// The queues.
    pub queues: Vec<QueueLine>,
    /// The timers.
    pub timers: Vec<TimerLine>,
    /// Jobs that run.
    pub running: Vec<JobLine>,
    /// Jobs that were given up.
    pub dead: Vec<JobLine>,
    /// There are more of them.
    pub more_dead: bool,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// The database's size.
    pub size: String,
    /// Entries of the journal.
    pub entries: i64,
    /// Files beside the database.
    pub files: i64,
    /// Their size.
    pub file_size: String,
    /// Slow statements.
    pub slow: Vec<SlowLine>,
    /// From how many milliseconds on a statement is slow.
    pub slow_limit: u64,
    /// The newest faults.
    pub faults: Vec<FaultLine>,
}

/// A queue.
#[derive(Debug, Clone, Serialize)]
pub struct QueueLine {
    /// The kind of its jobs.
    pub kind: String,
    /// Its page.
    pub address: String,
    /// This program can do such jobs.
    pub handled: bool,
    /// Waiting jobs.
    pub waiting: i64,
    /// Running jobs.
    pub running: i64,
    /// Jobs done in the last week.
    pub done: i64,
    /// Jobs given up.
    pub dead: i64,
    /// What they carry.
    pub size: String,
    /// When the oldest waiting one was added.
    pub oldest: Option<String>,
    /// Since when, by whom and why it is paused.
    pub paused: Option<PausedLine>,
}

/// Since when, by whom and why a queue is paused.
#[derive(Debug, Clone, Serialize)]
pub struct PausedLine {
    /// Since when.
    pub at: String,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A timer.
#[derive(Debug, Clone, Serialize)]
pub struct TimerLine {
    /// Its name.
    pub name: String,
    /// Its page.
    pub address: String,
    /// `daily`, `monthly`, `minutes`.
    pub form: &'static str,
    /// The time of the day.
    pub time: String,
    /// The day of the month.
    pub day: i64,
    /// How many minutes.
    pub minutes: i64,
    /// When it fires next.
    pub next: Option<String>,
    /// When it fired last.
    pub last: Option<String>,
}

/// A job.
#[derive(Debug, Clone, Serialize)]
pub struct JobLine {
    /// Its key.
    pub id: i64,
    /// Its page.
    pub address: String,
    /// Its kind.
    pub kind: String,
    /// Its state.
    pub state: String,
    /// When it was added.
    pub created: String,
    /// When it came into its state.
    pub moved: String,
    /// When it is tried next.
    pub run_at: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last.
    pub error: Option<ErrorLine>,
}

/// What went wrong with a job.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorLine {
    /// The key of its sentence.
    pub key: String,
    /// What the program says of it.
    pub detail: String,
    /// Its number in the log.
    pub number: String,
}

/// A slow statement.
#[derive(Debug, Clone, Serialize)]
pub struct SlowLine {
    /// Its text, without values.
    pub sql: String,
    /// How often.
    pub times: u64,
    /// The longest, in milliseconds.
    pub longest: u64,
    /// All together, in milliseconds.
    pub total: u64,
}

/// A fault.
#[derive(Debug, Clone, Serialize)]
pub struct FaultLine {
    /// Its number.
    pub number: String,
    /// When.
    pub at: String,
    /// Where.
    pub place: String,
    /// What.
    pub message: String,
}

impl OperationsPage {
    /// The page of what was seen.
    pub fn of(seen: Overview, live: Option<u32>) -> Self {
        let milliseconds = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let slow = seen.slow.into_iter().map(|slow| SlowLine {
            sql: slow.sql.split_whitespace().collect::<Vec<_>>().join(" "),
            times: slow.times,
            longest: milliseconds(slow.longest),
            total: milliseconds(slow.total),
        });
        Self {
            at: seen.at.to_string(),
            live,
            queues: seen.queues.into_iter().map(queue_line).collect(),
            timers: seen.timers.into_iter().map(timer_line).collect(),
            running: seen.running.into_iter().map(job_line).collect(),
            dead: seen.dead.into_iter().map(job_line).collect(),
            more_dead: seen.more_dead,
            engine: match seen.engine {
                operations::Engine::Sqlite => "SQLite",
                operations::Engine::Postgres => "PostgreSQL",
            },
            size: bytes(seen.sizes.database),
            entries: seen.sizes.entries,
            files: seen.sizes.files,
            file_size: bytes(seen.sizes.file_bytes),
            slow: slow.collect(),
            slow_limit: milliseconds(seen.slow_limit),
            faults: seen.faults.into_iter().map(fault_line).collect(),
        }
    }
}

/// Bytes as people read them.
fn bytes(count: i64) -> String {
    let mut left = count.max(0);
    let mut rest = 0;
    for unit in ["B", "KB", "MB", "GB"] {
        if left < 1024 {
            return if unit == "B" { format!("{left} B") } else { format!("{left}.{rest} {unit}") };
        }
        (left, rest) = (left / 1024, left % 1024 * 10 / 1024);
    }
    format!("{left}.{rest} TB")
}

/// A queue as a line.
pub(super) fn queue_line(queue: Queue) -> QueueLine {
    QueueLine {
        address: format!("/operations/queues/{}", address_segment(&queue.kind)),
        kind: queue.kind,
        handled: queue.handled,
        waiting: queue.counts.waiting,
        running: queue.counts.running,
        done: queue.counts.done,
        dead: queue.counts.dead,
        size: bytes(queue.size),
        oldest: queue.oldest.map(|at| at.to_string()),
        paused: queue.paused.map(|paused| PausedLine {
            at: paused.at.to_string(),
            by: paused.account_name,
            reason: paused.reason,
        }),
    }
}

/// A timer as a line.
pub(super) fn timer_line(timer: TimerView) -> TimerLine {
    let words: Vec<&str> = timer.schedule.split(' ').collect();
    let (form, day, time, minutes) = match words.as_slice() {
        ["daily", time] => ("daily", 0, *time, 0),
        ["monthly", day, time] => ("monthly", day.parse().unwrap_or(0), *time, 0),
        ["every", seconds] => ("minutes", 0, "", seconds.parse::<i64>().unwrap_or(0) / 60),
        _ => ("minutes", 0, "", 0),
    };
    TimerLine {
        address: format!("/operations/timers/{}", address_segment(&timer.name)),
        name: timer.name,
        form,
        time: time.to_owned(),
        day,
        minutes,
        next: timer.next_at.map(|at| at.to_string()),
        last: timer.last_at.map(|at| at.to_string()),
    }
}

/// A job as a line.
pub(super) fn job_line(job: operations::JobRow) -> JobLine {
    let error = job.error_code.map(|code| ErrorLine {
        key: code,
        detail: job.error_detail.unwrap_or_default(),
        number: job.error_number.unwrap_or_default(),
    });
    JobLine {
        address: format!("/operations/jobs/{}", job.id),
        id: job.id,
        kind: job.kind,
        state: job.state,
        created: job.created_at.to_string(),
        moved: job.moved_at.to_string(),
        run_at: job.run_at.to_string(),
        attempts: job.attempts,
        error,
    }
}

/// A fault as a line.
pub(super) fn fault_line(fault: operations::FaultRow) -> FaultLine {
    FaultLine { number: fault.number, at: fault.at.to_string(), place: fault.place, message: fault.message }
}

const AT: &str = "2024-06-30T01:05:00Z";

fn job_sample(state: &str) -> JobLine {
    JobLine {
        id: 12,
        address: "/operations/jobs/12".to_owned(),
        kind: "jobs.prune".to_owned(),
        state: state.to_owned(),
        created: AT.to_owned(),
        moved: AT.to_owned(),
        run_at: AT.to_owned(),
        attempts: 10,
        error: (state != "running").then(|| ErrorLine {
            key: "jobs-panicked".to_owned(),
            detail: "task 7 panicked".to_owned(),
            number: "F-7KX2AB".to_owned(),
        }),
    }
}

fn queue_sample(paused: bool) -> QueueLine {
    QueueLine {
        kind: if paused { "unknown.kind" } else { "jobs.prune" }.to_owned(),
        address: "/operations/queues/jobs.prune".to_owned(),
        handled: !paused,
        waiting: 1_280,
        running: 1,
        done: 31_872,
        dead: 2,
        size: bytes(1_500_000),
        oldest: Some(AT.to_owned()),
        paused: paused.then(|| PausedLine { at: AT.to_owned(), by: "乙".to_owned(), reason: "检修".to_owned() }),
    }
}

fn timer_sample(schedule: &str) -> TimerLine {
    let instant = AT.parse().ok();
    timer_line(TimerView {
        name: "jobs-prune".to_owned(),
        kind: "jobs.prune".to_owned(),
        schedule: schedule.to_owned(),
        next_at: instant,
        last_at: instant.filter(|_| schedule.starts_with("daily")),
    })
}

fn fault_sample() -> FaultLine {
    FaultLine {
        number: "F-7KX2AB".to_owned(),
        at: AT.to_owned(),
        place: "GET /plans/{key}".to_owned(),
        message: "the store failed: the database is closed".to_owned(),
    }
}

impl Page for OperationsPage {
    const TEMPLATE: &'static str = "operations/index.html";

    fn samples() -> Vec<Self> {
        let busy = Self {
            at: AT.to_owned(),
            live: Some(10),
            queues: vec![queue_sample(false), queue_sample(true)],
            timers: ["daily 03:30", "every 300", "monthly 1 03:30"].map(timer_sample).into(),
            running: vec![job_sample("running")],
            dead: vec![job_sample("dead")],
            more_dead: true,
            engine: "SQLite",
            size: bytes(52_428_800),
            entries: 31_872,
            files: 12,
            file_size: bytes(7_340_032),
            slow: vec![SlowLine {
                sql: "SELECT id FROM jobs WHERE id = $1".to_owned(),
                times: 3,
                longest: 512,
                total: 1_204,
            }],
            slow_limit: 200,
            faults: vec![fault_sample()],
        };
        let empty = Self {
            live: None,
            queues: Vec::new(),
            timers: Vec::new(),
            running: Vec::new(),
            dead: Vec::new(),
            more_dead: false,
            slow: Vec::new(),
            faults: Vec::new(),
            ..busy.clone()
        };
        vec![busy, empty]
    }
}

/// `/operations/faults`.
#[derive(Debug, Clone, Serialize)]
pub struct FaultPage {
    /// What was asked for.
    pub number: String,
    /// The fault of that number.
    pub found: Option<FaultLine>,
}

impl Page for FaultPage {
    const TEMPLATE: &'static str = "operations/fault.html";

    fn samples() -> Vec<Self> {
        let number = "F-7KX2AB".to_owned();
        vec![Self { number: number.clone(), found: Some(fault_sample()) }, Self { number, found: None }]
    }
}

/// `/operations/jobs/{id}`.
#[derive(Debug, Clone, Serialize)]
pub struct JobPage {
    /// The job.
    pub job: JobLine,
    /// May do something with it.
    pub manages: bool,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for JobPage {
    const TEMPLATE: &'static str = "operations/job.html";

    fn samples() -> Vec<Self> {
        ["waiting", "running", "done", "dead", "dropped"]
            .map(|state| Self {
                job: job_sample(state),
                manages: state != "waiting",
                refusals: if state == "dead" { samples::reasons() } else { Vec::new() },
            })
            .into()
    }
}

/// `/operations/queues/{kind}`.
#[derive(Debug, Clone, Serialize)]
pub struct QueuePage {
    /// The queue.
    pub queue: QueueLine,
    /// Its address.
    pub address: String,
    /// May do something with it.
    pub manages: bool,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "operations/queue.html";

    fn samples() -> Vec<Self> {
        [false, true]
            .map(|paused| Self {
                queue: queue_sample(paused),
                address: "/operations/queues/jobs.prune".to_owned(),
                manages: true,
                refusals: if paused { Vec::new() } else { samples::reasons() },
            })
            .into()
    }
}

/// `/operations/timers/{name}`.
#[derive(Debug, Clone, Serialize)]
pub struct TimerPage {
    /// The timer.
    pub timer: TimerLine,
    /// Its address.
    pub address: String,
    /// May run it.
    pub manages: bool,
}

impl Page for TimerPage {
    const TEMPLATE: &'static str = "operations/timer.html";

    fn samples() -> Vec<Self> {
        let address = "/operations/timers/jobs-prune".to_owned();
        vec![Self { timer: timer_sample("daily 03:30"), address, manages: true }]
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_written_with_the_unit_that_fits() {
        let written = [0, 1_023, 1_536, 52_428_800, 5_368_709_120, 2_199_023_255_552].map(bytes);
        assert_eq!(written, ["0 B", "1023 B", "1.5 KB", "50.0 MB", "5.0 GB", "2.0 TB"]);
    }
}
