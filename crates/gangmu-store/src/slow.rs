//! Slow statements (慢查询): which texts took longer than a limit, how often and how long; never their values.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Texts that are kept; beyond it the one that was slow least often goes.
const TEXTS: usize = 100;

/// A statement that was slow since the program started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowStatement {
    /// Its text, without values.
    pub sql: String,
    /// How often it took longer than the limit.
    pub times: u64,
    /// The longest time.
    pub longest: Duration,
    /// All those times together.
    pub total: Duration,
}

/// The register of one database.
pub(crate) struct Slow {
    /// In microseconds.
    limit: AtomicU64,
    seen: Mutex<BTreeMap<String, SlowStatement>>,
}

impl Slow {
    pub fn new(limit: Duration) -> Self {
        let slow = Self { limit: AtomicU64::new(0), seen: Mutex::new(BTreeMap::new()) };
        slow.set_limit(limit);
        slow
    }

    pub fn limit(&self) -> Duration {
        Duration::from_micros(self.limit.load(Ordering::Relaxed))
    }

    pub fn set_limit(&self, limit: Duration) {
        self.limit.store(u64::try_from(limit.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Runs the statement and keeps its text where it takes long.
    pub fn watch<T>(&self, sql: &str, run: impl FnOnce() -> T) -> T {
        #[expect(clippy::disallowed_methods, reason = "what is slow can only be measured where it runs")]
        let began = std::time::Instant::now();
        let done = run();
        let took = began.elapsed();
        if took >= self.limit() {
            self.note(sql, took);
        }
        done
    }

    fn note(&self, sql: &str, took: Duration) {
        tracing::info!(milliseconds = took.as_millis(), sql, "a statement was slow");
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen.get_mut(sql) {
            known.times += 1;
            known.longest = known.longest.max(took);
            known.total += took;
            return;
        }
        if seen.len() >= TEXTS
            && let Some(rarest) = seen.values().min_by_key(|known| (known.times, known.longest)).map(|k| k.sql.clone())
        {
            seen.remove(&rarest);
        }
        let new = SlowStatement { sql: sql.to_owned(), times: 1, longest: took, total: took };
        seen.insert(sql.to_owned(), new);
    }

    /// The slow statements, the one that took most time together first.
    pub fn all(&self) -> Vec<SlowStatement> {
        let mut all: Vec<_> = self.seen.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        all.sort_by_key(|slow| std::cmp::Reverse(slow.total));
        all
    }
}
