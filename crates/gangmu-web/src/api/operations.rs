//! The running of the program (运行): its queues, timers, jobs, sizes, slow statements and faults, and what an operator
//! does with them.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, http::Uri, response::Response};
use gangmu_app::{faults, operations as running};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// How the program runs (运行状况).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Running {
    /// When this was looked at (查看时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// `SQLite` or `PostgreSQL` (数据库).
    pub engine: String,
    /// Bytes of the database (数据库字节数).
    pub database_bytes: i64,
    /// Entries of the journal (日志条数).
    pub entries: i64,
    /// Files kept beside the database (附件库文件数).
    pub files: i64,
    /// Their bytes (附件库字节数).
    pub file_bytes: i64,
    /// The queues (队列).
    pub queues: Vec<Queue>,
    /// The timers (定时器).
    pub timers: Vec<Timer>,
    /// Statements that were slow since the program started (慢语句).
    pub slow: Vec<Slow>,
    /// From how many milliseconds on a statement is slow (慢语句的界限，毫秒).
    pub slow_from: u64,
    /// The newest faults (最近的故障).
    pub faults: Vec<Fault>,
}

/// A queue: all jobs of a kind (队列).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Queue {
    /// The kind of its jobs (作业类型).
    pub kind: String,
    /// This program can do such jobs (能否办理).
    pub handled: bool,
    /// Jobs that wait (等待).
    pub waiting: i64,
    /// Jobs that run (在办).
    pub running: i64,
    /// Jobs done in the last week (近一周办结).
    pub done: i64,
    /// Jobs given up (停办).
    pub dead: i64,
    /// Bytes of what open jobs carry (内容字节数).
    pub bytes: i64,
    /// When the oldest waiting job was added (最早等待的时间).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub oldest: Option<Timestamp>,
    /// It is paused since (暂停时间).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub paused_at: Option<Timestamp>,
    /// By whom, masked (暂停人).
    pub paused_by: Option<String>,
    /// Why (暂停理由).
    pub paused_for: Option<String>,
}

impl From<running::Queue> for Queue {
    fn from(queue: running::Queue) -> Self {
        let paused = queue.paused.as_ref();
        Self {
            paused_at: paused.map(|paused| paused.at),
            paused_by: paused.map(|paused| gangmu_kernel::masking::name(&paused.account_name)),
            paused_for: paused.map(|paused| paused.reason.clone()),
            kind: queue.kind,
            handled: queue.handled,
            waiting: queue.counts.waiting,
            running: queue.counts.running,
            done: queue.counts.done,
            dead: queue.counts.dead,
            bytes: queue.size,
            oldest: queue.oldest,
        }
    }
}

/// A timer (定时器).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Timer {
    /// Its name (名称).
    pub name: String,
    /// The kind of the jobs that it makes (作业类型).
    pub kind: String,
    /// Its schedule: daily 03:30, monthly 1 03:30, or every so many seconds (时间表).
    pub schedule: String,
    /// When it fires next (下次).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// When it fired last (上次).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_at: Option<Timestamp>,
}

impl From<running::TimerView> for Timer {
    fn from(view: running::TimerView) -> Self {
        let running::TimerView { name, kind, schedule, next_at, last_at } = view;
        Self { name, kind, schedule, next_at, last_at }
    }
}

/// A slow statement (慢语句).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Slow {
    /// Its text, without values (语句).
    pub sql: String,
    /// How often it was slow (次数).
    pub times: u64,
    /// The longest time in milliseconds (最长，毫秒).
    pub longest: u64,
    /// All these times together in milliseconds (合计，毫秒).
    pub total: u64,
}

/// A fault (故障).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fault {
    /// The number that was told (故障编号).
    pub reference: String,
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Where (位置).
    pub place: String,
    /// What, without names and numbers of people (内容).
    pub message: String,
}

impl From<running::FaultRow> for Fault {
    fn from(row: running::FaultRow) -> Self {
        Self { reference: row.number, at: row.at, place: row.place, message: row.message }
    }
}

/// A job (作业). What it carries is not shown, because it may name people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobRecord {
    /// Its number (编号).
    pub id: i64,
    /// Its kind (作业类型).
    pub kind: String,
    /// Its state (状态).
    pub state: JobState,
    /// When it was added (提交时间).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it came into its state (变动时间).
    #[schema(value_type = String, format = DateTime)]
    pub moved_at: Timestamp,
    /// Not before then (最早办理时间).
    #[schema(value_type = String, format = DateTime)]
    pub run_at: Timestamp,
    /// How often it was tried (已试次数).
    pub attempts: i64,
    /// What went wrong last, as a word that never changes (最近的错误代码).
    pub error: Option<String>,
    /// What the program says of it (最近的错误内容).
    pub detail: Option<String>,
    /// Number of the fault (故障编号).
    pub reference: Option<String>,
}

/// Where a job stands (作业状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It waits (等待).
    Waiting,
    /// It runs (在办).
    Running,
    /// It is done (办结).
    Done,
    /// It was given up (停办).
    Dead,
    /// Somebody dropped it (已丢弃).
    Dropped,
}

impl JobState {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }

    fn of_word(word: &str) -> Self {
        let all = [Self::Waiting, Self::Running, Self::Done, Self::Dead];
        all.into_iter().find(|state| state.word() == word).unwrap_or(Self::Dropped)
    }
}

impl From<running::JobRow> for JobRecord {
    fn from(row: running::JobRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: JobState::of_word(&row.state),
            created_at: row.created_at,
            moved_at: row.moved_at,
            run_at: row.run_at,
            attempts: row.attempts,
            error: row.error_code,
            detail: row.error_detail,
            reference: row.error_number,
        }
    }
}

/// Shows how the program runs.
pub const SHOW: About = About::gives::<Running>("operations.show");

/// `GET /api/v1/operations`.
pub async fn show(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let seen = running::overview(&web.app, &caller.session).await?;
    let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let slow = |slow: gangmu_app::operations::SlowStatement| Slow {
        sql: slow.sql.split_whitespace().collect::<Vec<_>>().join(" "),
        times: slow.times,
        longest: milliseconds(slow.longest),
        total: milliseconds(slow.total),
    };
    reply::json(&Running {
        at: seen.at,
        engine: match seen.engine {
            running::Engine::Sqlite => "SQLite".to_owned(),
            running::Engine::Postgres => "PostgreSQL".to_owned(),
        },
        database_bytes: seen.sizes.database,
        entries: seen.sizes.entries,
        files: seen.sizes.files,
        file_bytes: seen.sizes.file_bytes,
        queues: seen.queues.into_iter().map(Queue::from).collect(),
        timers: seen.timers.into_iter().map(Timer::from).collect(),
        slow: seen.slow.into_iter().map(slow).collect(),
        slow_from: milliseconds(seen.slow_limit),
        faults: seen.faults.into_iter().map(Fault::from).collect(),
    })
}

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// In which state; without it those that were given up (状态，不写为停办的).
    #[param(inline)]
    state: Option<JobState>,
    /// Rows of the page (每页条数).
    limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

/// Lists jobs in a state, the latest move first.
pub const JOBS: About = About::pages::<JobRecord>("operations.jobs").asked::<Standing>();

/// `GET /api/v1/operations/jobs`.
pub async fn jobs(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(standing): Asked<Standing>,
) -> Result<Response, Halt> {
    let limit = reply::limit(standing.limit)?;
    let wrong = || reply::misfit("?after", "a value that an earlier page gave as next");
    let before = match reply::opened(standing.after.as_deref())? {
        None => None,
        Some(key) => Some(before(&key).ok_or_else(wrong)?),
    };
    let state = standing.state.unwrap_or(JobState::Dead).word();
    let mut found = running::jobs(&web.app, &caller.session, state, before, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|job| format!("{} {}", job.moved_at, job.id));
    reply::page(&uri, found.into_iter().map(JobRecord::from).collect(), next)
}

fn before(key: &str) -> Option<(Timestamp, i64)> {
    let (at, id) = key.split_once(' ')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// Shows a job.
pub const JOB: About = About::gives::<JobRecord>("operations.job");

/// `GET /api/v1/operations/jobs/{id}`.
pub async fn job(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    reply::json(&JobRecord::from(running::job(&web.app, &caller.session, id).await?))
}

/// Tries a job again.
pub const RETRY: About = About::step("operations.retry");

/// `POST /api/v1/operations/jobs/{id}/retry`.
pub async fn retry(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(running::retry(&web.app, &caller.once(body.digest)?, id).await)
}

/// Why an operator does something (办理理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorReason {
    /// The reason; the journal keeps it (理由，记入日志).
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Drops a job.
pub const DROP: About = About::step("operations.drop").takes::<OperatorReason>();

/// `POST /api/v1/operations/jobs/{id}/drop`.
pub async fn discard(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<OperatorReason>,
) -> Result<Response, Halt> {
    reply::done(running::drop_job(&web.app, &caller.once(body.digest)?, id, &body.value.reason).await)
}

/// Shows a queue.
pub const QUEUE: About = About::gives::<Queue>("operations.queue");

/// `GET /api/v1/operations/queues/{kind}`.
pub async fn queue(State(web): State<Web>, caller: Caller, Named(kind): Named<String>) -> Result<Response, Halt> {
    reply::json(&Queue::from(running::queue(&web.app, &caller.session, &kind).await?))
}

/// Pauses a queue.
pub const PAUSE: About = About::step("operations.pause").takes::<OperatorReason>();

/// `POST /api/v1/operations/queues/{kind}/pause`.
pub async fn pause(
    State(web): State<Web>,
    caller: Caller,
    Named(kind): Named<String>,
    body: Body<OperatorReason>,
) -> Result<Response, Halt> {
    reply::done(running::pause(&web.app, &caller.once(body.digest)?, &kind, &body.value.reason).await)
}

/// Lets a queue go on.
pub const RESUME: About = About::step("operations.resume");

/// `POST /api/v1/operations/queues/{kind}/resume`.
pub async fn resume(
    State(web): State<Web>,
    caller: Caller,
    Named(kind): Named<String>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    running::queue(&web.app, &caller.session, &kind).await?;
    reply::done(running::resume(&web.app, &caller.once(body.digest)?, &kind).await)
}

/// Tries all jobs of a queue again that were given up.
pub const RETRY_ALL: About = About::step("operations.retry_all");

/// `POST /api/v1/operations/queues/{kind}/retry`.
pub async fn retry_all(
    State(web): State<Web>,
    caller: Caller,
    Named(kind): Named<String>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    running::queue(&web.app, &caller.session, &kind).await?;
    reply::done(running::retry_all(&web.app, &caller.once(body.digest)?, &kind).await)
}

/// Shows a timer.
pub const TIMER: About = About::gives::<Timer>("operations.timer");

/// `GET /api/v1/operations/timers/{name}`.
pub async fn timer(State(web): State<Web>, caller: Caller, Named(name): Named<String>) -> Result<Response, Halt> {
    reply::json(&Timer::from(running::timer(&web.app, &caller.session, &name).await?))
}

/// Runs a timer's job now.
pub const RUN: About = About::step("operations.run");

/// `POST /api/v1/operations/timers/{name}/run`.
pub async fn run(
    State(web): State<Web>,
    caller: Caller,
    Named(name): Named<String>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(running::run_now(&web.app, &caller.once(body.digest)?, &name).await)
}

/// Shows a fault by the number that was told.
pub const FAULT: About = About::gives::<Fault>("operations.fault");

/// `GET /api/v1/operations/faults/{reference}`.
pub async fn fault(State(web): State<Web>, caller: Caller, Named(reference): Named<String>) -> Result<Response, Halt> {
    let found = faults::find(&web.app, &caller.session, &reference).await?;
    reply::json(&Fault::from(found.ok_or(Halt::Absent)?))
}
