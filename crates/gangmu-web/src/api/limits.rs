//! How often a program may ask (限流): a bucket for each token, each person and each address, refilled by the injected clock.

use jiff::Timestamp;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Requests that may be made in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// With one token.
    pub token: u32,
    /// By one person with all tokens.
    pub person: u32,
    /// From one address.
    pub address: u32,
}

impl Default for Quotas {
    fn default() -> Self {
        Self { token: 600, person: 1200, address: 1800 }
    }
}

/// The length of a window in seconds.
pub const WINDOW: u64 = 60;

/// Buckets that are kept before the full ones are forgotten.
const MANY: usize = 10_000;

/// Whose bucket it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A token's.
    Token(i64),
    /// A person's.
    Person(i64),
    /// An address's.
    Address(String),
}

impl Whose {
    /// The name of the policy.
    fn policy(&self) -> &'static str {
        match self {
            Self::Token(_) => "token",
            Self::Person(_) => "person",
            Self::Address(_) => "address",
        }
    }
}

/// What is left, for the headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    policy: &'static str,
    quota: u32,
    /// Whole requests that may still be made now.
    pub remaining: u32,
    /// Seconds until the bucket is full again; until the next request where nothing remains.
    pub seconds: u64,
}

/// All buckets.
#[derive(Debug, Default)]
pub struct Limits {
    quotas: Quotas,
    /// Requests left, in thousandths, and when that was counted.
    buckets: Mutex<HashMap<Whose, (u64, Timestamp)>>,
}

impl Limits {
    /// Buckets of that size.
    pub fn new(quotas: Quotas) -> Self {
        Self { quotas, buckets: Mutex::default() }
    }

    fn quota(&self, whose: &Whose) -> u32 {
        match whose {
            Whose::Token(_) => self.quotas.token,
            Whose::Person(_) => self.quotas.person,
            Whose::Address(_) => self.quotas.address,
        }
        .max(1)
    }

    /// Takes one request out of each bucket, or out of none where one of them is empty; what is left in each, and
    /// whether the request may go on.
    pub fn take(&self, whose: &[Whose], now: Timestamp) -> (Vec<Left>, bool) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            let full = |whose: &Whose, bucket: &(u64, Timestamp)| {
                refilled(self.quota(whose), *bucket, now) < u64::from(self.quota(whose)) * 1000
            };
            buckets.retain(|whose, bucket| full(whose, bucket));
        }
        let filled = |whose: &Whose| {
            let quota = self.quota(whose);
            buckets.get(whose).map_or(u64::from(quota) * 1000, |bucket| refilled(quota, *bucket, now))
        };
        let levels: Vec<u64> = whose.iter().map(filled).collect();
        let pass = levels.iter().all(|level| *level >= 1000);
        let mut left = Vec::new();
        for (whose, level) in whose.iter().zip(levels) {
            let (quota, level) = (self.quota(whose), if pass { level - 1000 } else { level });
            buckets.insert(whose.clone(), (level, now));
            let wanted = if level < 1000 { 1000 - level } else { u64::from(quota) * 1000 - level };
            // A thousandth of a request comes back every WINDOW / quota milliseconds.
            let seconds = (wanted * WINDOW).div_ceil(u64::from(quota) * 1000);
            let remaining = u32::try_from(level / 1000).unwrap_or(u32::MAX);
            left.push(Left { policy: whose.policy(), quota, remaining, seconds });
        }
        (left, pass)
    }
}

fn refilled(quota: u32, bucket: (u64, Timestamp), now: Timestamp) -> u64 {
    let (level, at) = bucket;
    // A clock that was set back gives nothing.
    let passed = u64::try_from(now.duration_since(at).as_millis()).unwrap_or(0);
    (level + passed * u64::from(quota) / WINDOW).min(u64::from(quota) * 1000)
}

/// `RateLimit-Policy`.
pub fn policies(left: &[Left]) -> String {
    let one = |l: &Left| format!("\"{}\";q={};w={WINDOW}", l.policy, l.quota);
    left.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `RateLimit`.
pub fn remaining(left: &[Left]) -> String {
    let one = |l: &Left| format!("\"{}\";r={};t={}", l.policy, l.remaining, l.seconds);
    left.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Seconds until the next request may come.
pub fn wait(left: &[Left]) -> u64 {
    left.iter().filter(|l| l.remaining == 0).map(|l| l.seconds).max().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn a_bucket_empties_and_fills_by_the_clock_it_is_given() {
        let limits = Limits::new(Quotas { token: 3, person: 5, address: 100 });
        let now: Timestamp = "2024-06-30T01:00:00Z".parse().expect("an instant");
        let token = [Whose::Token(1), Whose::Person(7)];
        for remaining in [2, 1, 0] {
            let (left, pass) = limits.take(&token, now);
            assert!(pass);
            assert_eq!(left[0].remaining, remaining);
        }
        let (left, pass) = limits.take(&token, now);
        assert!(!pass, "the fourth is too many");
        assert_eq!((left[0].remaining, left[1].remaining), (0, 2), "and is taken out of no bucket");
        assert_eq!(wait(&left), 20);
        assert_eq!(policies(&left), "\"token\";q=3;w=60, \"person\";q=5;w=60");
        let (_, pass) = limits.take(&token, now + SignedDuration::from_secs(20));
        assert!(pass, "a third of a minute gives one request back");
        let other = [Whose::Token(2), Whose::Person(7)];
        assert!(limits.take(&other, now).1);
        assert!(limits.take(&other, now).1);
        assert!(!limits.take(&other, now).1, "another token of the same person shares the person's bucket");
    }
}
