//! Which handler does which kind of job, and which timers there are (作业登记).

use super::{Job, JobError, Schedule, prune};
use crate::{app::App, attachments, ports::Random};
use jiff::SignedDuration;
use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc};

type Doing = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler = Arc<dyn Fn(App, Job) -> Doing + Send + Sync>;

/// How often a kind of job is tried, and how long it rests in between (重试规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Attempts before the job is dead.
    pub attempts: u32,
    /// The rest after the first attempt; each further one is twice as long.
    pub first: SignedDuration,
    /// The longest rest.
    pub longest: SignedDuration,
}

impl Default for Policy {
    fn default() -> Self {
        Self { attempts: 10, first: SignedDuration::from_secs(10), longest: SignedDuration::from_hours(1) }
    }
}

impl Policy {
    /// The rest after that attempt: doubled each time, and up to a quarter shorter or longer by chance, so that jobs
    /// which failed together don't come back together.
    pub fn rest(&self, attempt: u32, random: &dyn Random) -> SignedDuration {
        let doubled = self.first.as_millis().saturating_mul(1 << attempt.saturating_sub(1).min(40));
        let whole = doubled.min(self.longest.as_millis()).max(0);
        let mut dice = [0; 2];
        random.fill(&mut dice);
        let jitter = i128::from(u16::from_le_bytes(dice)) - 32_768;
        let rest = whole + whole * jitter / (4 * 32_768);
        SignedDuration::from_millis(i64::try_from(rest).unwrap_or(i64::MAX))
    }
}

/// A timer (定时器): a schedule by which jobs of a kind are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// Its name, unique, also a part of the key of its sentence.
    pub name: &'static str,
    /// The kind of the jobs.
    pub kind: &'static str,
    /// When it fires.
    pub schedule: Schedule,
}

/// What does a kind of job.
#[derive(Clone)]
pub(super) struct Entry {
    pub policy: Policy,
    pub handler: Handler,
}

/// Which handler does which kind of job, and which timers there are (作业登记). Cheap to clone.
#[derive(Clone, Default)]
pub struct Registry {
    kinds: Arc<BTreeMap<&'static str, Entry>>,
    timers: Arc<Vec<Timer>>,
}

impl Registry {
    /// A registry without anything, for tests.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the application does by itself; the binary adds what needs its ports. A noun with jobs adds its line here.
    pub fn standard() -> Self {
        let registry = prune::register(Self::new());
        let registry = crate::journal::checkpoint::register(registry);
        let registry = attachments::collect::register(registry);
        crate::personal::retention::register(registry)
    }

    /// Lets that handler do jobs of that kind, under the usual policy.
    #[must_use]
    pub fn on<F, E>(self, kind: &'static str, handler: impl Fn(App, Job) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<JobError>,
    {
        self.on_with(kind, Policy::default(), handler)
    }

    /// Lets that handler do jobs of that kind, under a policy of its own.
    #[must_use]
    pub fn on_with<F, E>(
        mut self,
        kind: &'static str,
        policy: Policy,
        handler: impl Fn(App, Job) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<JobError>,
    {
        let handler: Handler = Arc::new(move |app, job| {
            let doing = handler(app, job);
            Box::pin(async move { doing.await.map_err(Into::into) })
        });
        Arc::make_mut(&mut self.kinds).insert(kind, Entry { policy, handler });
        self
    }

    /// Makes jobs of that kind by that schedule.
    #[must_use]
    pub fn timer(mut self, name: &'static str, kind: &'static str, schedule: Schedule) -> Self {
        Arc::make_mut(&mut self.timers).push(Timer { name, kind, schedule });
        self
    }

    /// The kinds that have a handler, sorted.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.kinds.keys().copied().collect()
    }

    /// The timers.
    pub fn timers(&self) -> &[Timer] {
        &self.timers
    }

    pub(super) fn entry(&self, kind: &str) -> Option<&Entry> {
        self.kinds.get(kind)
    }
}
