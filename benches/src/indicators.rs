//! Indicators: how many series are foreseen and how many targets split in a second.
//!
//! statsforecast's AutoETS, the peer, is a Python program: `benches/forecast_peers.py` runs it on the same series.

#[path = "../../crates/gangmu-indicators/tests/it/processes.rs"]
#[allow(dead_code)] // The tests use all of it.
mod processes;

use gangmu_indicators::{
    measure::Frequency,
    split::{Ask, Rule, split, verify},
};
use processes::{Made, foreseen, made};
use rust_decimal::Decimal;
use std::{hint::black_box, time::Instant};

/// What AutoETS did in a second of processor time on such series, where it was measured last; twenty times that is
/// asked for.
const AUTO_ETS: f64 = 80.0;
/// Splits of one measurement.
const SPLITS: i64 = 20_000;

/// Prints rates, limits and ratios.
pub fn run() {
    println!("{:36}{:>10}{:>14}{:>12}{:>8}", "series foreseen", "series", "a second", "limit", "ratio");
    let all = made(7, 1_500);
    rate("all processes, 3 to 40 periods", &all.iter().collect::<Vec<_>>(), Some(20.0 * AUTO_ETS));
    for (name, frequency) in
        [("  yearly", Frequency::Year), ("  quarterly", Frequency::Quarter), ("  monthly", Frequency::Month)]
    {
        rate(name, &all.iter().filter(|made| made.frequency == frequency).collect::<Vec<_>>(), None);
    }
    println!("\n{:36}{:>10}{:>14}{:>14}", "targets split over five years", "cases", "split/s", "verified/s");
    for rule in Rule::ALL {
        splits(*rule);
    }
}

fn rate(name: &str, series: &[&Made], limit: Option<f64>) {
    let start = Instant::now();
    for made in series {
        black_box(foreseen(black_box(made)));
    }
    let rate = series.len() as f64 / start.elapsed().as_secs_f64();
    let limit = limit.map_or_else(String::new, |limit| format!("{limit:>10.0}/s{:>8.2}", rate / limit));
    println!("{name:36}{:>10}{rate:>12.0}/s{limit}", series.len());
}

fn splits(rule: Rule) {
    let weights: Vec<Decimal> = [10, 15, 20, 25, 30].map(Decimal::from).into();
    let asks: Vec<Ask> = (0..SPLITS)
        .map(|n| Ask {
            baseline: Some(Decimal::new(100_000 + n, 2)),
            target: Decimal::new(150_000 + 3 * n, 2),
            from: 2020,
            to: 2025,
            rule,
            weights: if matches!(rule, Rule::Share | Rule::Custom) { weights.clone() } else { Vec::new() },
            decimals: Some(2),
        })
        .collect();
    let start = Instant::now();
    let done: Vec<_> = asks.iter().filter_map(|ask| split(black_box(ask)).ok()).collect();
    let split_rate = done.len() as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    let proved = done.iter().filter(|split| verify(black_box(split)).is_empty()).count();
    let proved_rate = proved as f64 / start.elapsed().as_secs_f64();
    println!("{:36}{:>10}{split_rate:>12.0}/s{proved_rate:>12.0}/s", rule.word(), done.len());
}
