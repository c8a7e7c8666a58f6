//! Jobs (作业) and timers (定时): what is done after a commit, once, by whichever process comes first.
//!
//! An operation hands in a job with [`enqueue`], in its own transaction: where the operation is undone there is no job,
//! where it is committed the job is there and survives every stop. A [`Registry`] says which handler does which kind;
//! [`run::run_due`] does what is due. Nothing here waits or reads a clock of its own.
//!
//! *Nothing happens twice.* A handler whose effect lies in the database calls [`finish`] in the transaction of that
//! effect: both are committed, or neither. Where another process has taken the job over in the meantime, [`finish`]
//! refuses and the effect is undone. An effect outside the database (a mail) happens at least once; the handler gives
//! it the job's key, so that a second one can be told.

pub mod prune;
pub mod registry;
pub mod run;
pub mod schedule;

pub use registry::{Policy, Registry, Timer};
pub use run::run_due;
pub use schedule::Schedule;

use crate::{failure::Failure, operate::Work};
use gangmu_kernel::refusals;
use gangmu_store::jobs as rows;
use jiff::Timestamp;

/// A job to be done (待办作业).
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Its kind, `noun.verb`: which handler does it.
    pub kind: &'static str,
    /// The same key within a kind is the same job: adding it again changes nothing, also for a week after it was done.
    pub key: Option<String>,
    /// What the handler needs to know: keys of rows rather than what stands in them.
    pub payload: serde_json::Value,
    /// Not before then; none is at once.
    pub run_at: Option<Timestamp>,
}

/// A job in the hands of its handler (作业).
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its key in the database, the same in every attempt.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// The key that it was added with.
    pub key: Option<String>,
    /// What it was added with.
    pub payload: serde_json::Value,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// The number that fences off earlier owners.
    pub(crate) fence: i64,
}

refusals! {
    /// Why something can't be done with a job (作业不能办理).
    #[derive(Clone)]
    pub enum JobRefusal {
        /// The job was taken over by another process, or has ended.
        #[error("the lease of the job went to another")]
        LeaseLost {} = "jobs-lease-lost",
        /// The job is neither dead nor waiting.
        #[error("the job runs or has ended")]
        NotOpen {} = "jobs-not-open",
        /// What is done to a job or a queue needs a reason.
        #[error("there is no reason")]
        ReasonNeeded {} = "jobs-reason-needed",
    }
}

/// Why a handler did not succeed (作业失败): a code for a sentence and what the log should say.
///
/// The detail is shown to operators: it names no person and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobError {
    /// The key of its sentence.
    pub code: String,
    /// What an operator needs to find the cause.
    pub detail: String,
    /// Is every further attempt in vain?
    pub permanent: bool,
}

impl JobError {
    /// A failure that may pass: the job is tried again.
    pub fn passing(code: &str, detail: impl std::fmt::Display) -> Self {
        Self { code: code.to_owned(), detail: detail.to_string(), permanent: false }
    }

    /// A failure that no further attempt can mend: the job is dead at once.
    pub fn permanent(code: &str, detail: impl std::fmt::Display) -> Self {
        Self { code: code.to_owned(), detail: detail.to_string(), permanent: true }
    }
}

impl From<Failure> for JobError {
    fn from(failure: Failure) -> Self {
        let lost = failure.reasons().is_some_and(|reasons| reasons.has("jobs-lease-lost"));
        let code = match &failure {
            _ if lost => "jobs-lease-lost",
            Failure::Fault(_) => "jobs-fault",
            _ => "jobs-refused",
        };
        let mut detail = failure.to_string();
        let mut cause = std::error::Error::source(&failure);
        while let Some(error) = cause {
            detail = format!("{detail}: {error}");
            cause = error.source();
        }
        Self { code: code.to_owned(), detail, permanent: false }
    }
}

/// Hands in a job in the transaction of an operation; the job's key in the database.
pub fn enqueue(work: &mut Work<'_, '_>, new: NewJob) -> Result<i64, Failure> {
    work.wakes = true;
    let NewJob { kind, key, payload, run_at } = new;
    let row = rows::Added { kind: kind.to_owned(), key, payload, run_at, timer: None };
    Ok(rows::add(work.tx, &row, work.now)?.0)
}

/// Marks the job as done in the transaction of its effect; refuses where another process has taken the job over.
pub fn finish(work: &mut Work<'_, '_>, job: &Job) -> Result<(), Failure> {
    let held = rows::finish(work.tx, job.id, job.fence, work.now)?;
    if held { Ok(()) } else { Err(Failure::refused(JobRefusal::LeaseLost {})) }
}
