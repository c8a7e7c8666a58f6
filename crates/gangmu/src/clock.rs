//! The clocks that are wired in (时钟): the real one, and one that shows a demonstration day and runs.

use gangmu_app::ports::Clock;
use jiff::{SignedDuration, Timestamp};

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is injected")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that started at a given instant and runs as fast as the real one.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock {
    /// What it shows more than the real one.
    ahead: SignedDuration,
}

impl ShiftedClock {
    /// A clock that shows that instant now.
    pub fn starting_at(start: Timestamp) -> Self {
        Self { ahead: start.duration_since(SystemClock.now()) }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let real = SystemClock.now();
        real.saturating_add(self.ahead).unwrap_or(real)
    }
}
