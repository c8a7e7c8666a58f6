//! Timing and tables.

use std::time::{Duration, Instant};

/// The median time of several runs of each of two works, interleaved so that both meet the same noise.
pub fn interleaved(rounds: usize, mut ours: impl FnMut(), mut peer: impl FnMut()) -> (Duration, Duration) {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    ours();
    peer();
    let (mut a, mut b): (Vec<_>, Vec<_>) = (0..rounds).map(|_| (time(&mut ours), time(&mut peer))).unzip();
    (median(&mut a), median(&mut b))
}

/// The middle one.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A duration in milliseconds, for tables.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// How many times the other.
pub fn ratio(a: Duration, b: Duration) -> String {
    format!("{:.2}", a.as_secs_f64() / b.as_secs_f64())
}
