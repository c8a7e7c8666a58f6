//! How long a session lasts (会话时限): unused, and in any case.

use jiff::SignedDuration;
use std::ops::RangeInclusive;

/// Minutes that an unused session may be given.
pub const IDLE_MINUTES: RangeInclusive<i64> = 5..=240;
/// Hours that a session may be given in any case.
pub const HOURS: RangeInclusive<i64> = 1..=72;

/// How long a session lasts (会话时限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    idle: SignedDuration,
    longest: SignedDuration,
}

impl SessionLimits {
    /// Limits in minutes and hours; `None` where one is outside of what is sensible.
    pub fn new(idle_minutes: i64, hours: i64) -> Option<Self> {
        let sensible = IDLE_MINUTES.contains(&idle_minutes) && HOURS.contains(&hours) && idle_minutes <= hours * 60;
        sensible
            .then(|| Self { idle: SignedDuration::from_mins(idle_minutes), longest: SignedDuration::from_hours(hours) })
    }

    /// A session that nobody uses ends after this.
    pub fn idle(self) -> SignedDuration {
        self.idle
    }

    /// A session ends after this in any case.
    pub fn longest(self) -> SignedDuration {
        self.longest
    }
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(30), longest: SignedDuration::from_hours(12) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_outside_of_what_is_sensible_are_none() {
        assert_eq!(SessionLimits::new(30, 12), Some(SessionLimits::default()));
        for (minutes, hours) in [(4, 12), (241, 12), (30, 0), (30, 73), (120, 1)] {
            assert_eq!(SessionLimits::new(minutes, hours), None, "{minutes} minutes, {hours} hours");
        }
    }
}
