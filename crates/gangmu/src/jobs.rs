//! Doing jobs while the program serves (作业循环): the loop that knows when to take the next step.
//!
//! It takes one when an operation has handed in a job, when the next one is due, when one has ended, and every few
//! seconds all the same, because another process on the same database tells nobody.

use crate::random::SystemRandom;
use gangmu_app::{
    App, backup,
    jobs::{Registry, run},
    messages::mail::{self, Postman},
    ports::Random,
};
use std::time::Duration;
use tokio::{
    sync::oneshot,
    task::{JoinHandle, JoinSet},
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};

/// Jobs that run at once in this process.
const AT_ONCE: usize = 8;

/// The longest wait for what other processes hand in.
const LOOK: Duration = Duration::from_secs(2);

/// The shortest wait after a step that found nothing: what is due may be in the hands of another process.
const BREATH: Duration = Duration::from_millis(50);

/// Leases are renewed several times before they would run out.
const RENEWAL: Duration = Duration::from_secs(30);

/// Everything that this program does by itself: what the application brings, and what needs the binary's ports.
pub fn registry(app: &App, postman: Postman) -> Registry {
    let standard = mail::register(Registry::standard(), postman);
    match app.backups() {
        Some(backups) => backup::register(standard, backups),
        None => standard,
    }
}

/// The loop, running.
pub struct Runner {
    stop: oneshot::Sender<Duration>,
    task: JoinHandle<()>,
}

impl Runner {
    /// Starts doing what is due.
    pub fn start(app: App) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self { stop, task: tokio::spawn(work(app, stopped)) }
    }

    /// Claims nothing more, waits that long for what runs, and gives back the rest.
    pub async fn stop(self, within: Duration) {
        // The loop takes the message, unless it has ended already.
        if self.stop.send(within).is_err() || self.task.await.is_err() {
            tracing::error!("the loop of jobs has ended by a panic");
        }
    }
}

/// A name that no other run of a process has.
fn owner() -> String {
    let random = SystemRandom.bytes32();
    format!("{}-{}", std::process::id(), random[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

async fn work(app: App, mut stopped: oneshot::Receiver<Duration>) {
    let (owner, registry) = (owner(), app.registry().clone());
    let mut doing = JoinSet::new();
    let mut renewal = interval(RENEWAL);
    renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let within = loop {
        let wake = step(&app, &registry, &owner, &mut doing).await;
        tokio::select! {
            within = &mut stopped => break within.unwrap_or_default(),
            Some(_) = doing.join_next() => {}
            () = app.jobs_waiting(), if doing.len() < AT_ONCE => {}
            () = sleep_until(wake), if doing.len() < AT_ONCE => {}
            _ = renewal.tick() => renew(&app, &owner, doing.len()).await,
        }
    };
    let rest = async { while doing.join_next().await.is_some() {} };
    if tokio::time::timeout(within, rest).await.is_err() {
        doing.abort_all();
        match run::release(&app, &owner).await {
            Ok(jobs) => tracing::warn!(jobs, "jobs did not end in time and were given back"),
            Err(failure) => tracing::error!(%failure, "jobs can't be given back; their leases run out"),
        }
    }
}

/// Begins what is due as far as there are hands for it; when to look again.
async fn step(app: &App, registry: &Registry, owner: &str, doing: &mut JoinSet<()>) -> Instant {
    let free = AT_ONCE.saturating_sub(doing.len());
    let now = Instant::now();
    if free == 0 {
        return now + LOOK;
    }
    let claimed = run::claim(app, registry, owner, u32::try_from(free).unwrap_or(1)).await;
    let rest = match claimed {
        Ok(jobs) => {
            for job in jobs {
                let (app, registry) = (app.clone(), registry.clone());
                doing.spawn(async move { run::perform(&app, &registry, job).await });
            }
            run::rest(app, registry).await
        }
        Err(failure) => Err(failure),
    };
    match rest {
        Ok(rest) => {
            let rest = rest.and_then(|rest| Duration::try_from(rest).ok()).unwrap_or(LOOK);
            now + rest.clamp(BREATH, LOOK)
        }
        Err(failure) => {
            tracing::warn!(%failure, "what is due can't be claimed");
            now + LOOK
        }
    }
}

async fn renew(app: &App, owner: &str, running: usize) {
    if running > 0
        && let Err(failure) = run::renew(app, owner).await
    {
        tracing::warn!(%failure, "the leases of running jobs can't be renewed");
    }
}
