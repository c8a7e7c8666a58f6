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
    let (a, b): (Vec<_>, Vec<_>) = (0..rounds).map(|_| (time(&mut ours), time(&mut peer))).unzip();
    (percentile(a, 50), percentile(b, 50))
}

/// That percentile of the times.
pub fn percentile(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort();
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

/// The middle one.
pub fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// A duration in milliseconds, for tables.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// How many times the other.
pub fn ratio(a: Duration, b: Duration) -> String {
    format!("{:.2}", a.as_secs_f64() / b.as_secs_f64())
}
