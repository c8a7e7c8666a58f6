//! Prints seeded series with what came after them and what was foreseen, as JSON lines (回测), for
//! `benches/forecast_peers.py`: `backtest SEED COUNT`; the coverage goes to standard error.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // It measures and prints.

#[path = "../tests/it/processes.rs"]
#[allow(dead_code)] // The tests use all of it.
mod processes;

use gangmu_indicators::forecast::Forecast;
use processes::{Made, Process, Tally, foreseen, made};
use serde_json::json;
use std::{collections::BTreeMap, time::Instant};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |usual: u64| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seed, count) = (number(1), number(2_000));
    let all = made(seed, count as usize);
    let start = Instant::now();
    let forecasts: Vec<Forecast> = all.iter().map(foreseen).collect();
    let took = start.elapsed().as_secs_f64();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (made, forecast) in all.iter().zip(&forecasts) {
        let length = if made.values.len() < 12 { "3-11" } else { "12-40" };
        for group in [length.to_owned(), format!("{length} {:?}", made.process), format!("{length} {}", made.frequency)]
        {
            tallies.entry(group).or_default().add(made, forecast);
        }
        println!("{}", line(made, forecast));
    }
    eprintln!("{} series in {took:.2} s: {:.0} a second", all.len(), all.len() as f64 / took);
    for (group, tally) in &tallies {
        eprintln!(
            "{group:18}{:6} series, within 50/80/95 %: {:5.1} {:5.1} {:5.1}, MASE {:6.3}, naive {:6.3}",
            tally.series,
            tally.coverage(0),
            tally.coverage(1),
            tally.coverage(2),
            tally.scaled_error / tally.series as f64,
            tally.naive_error / tally.series as f64
        );
    }
    assert_eq!(Process::ALL.len(), 5);
}

fn line(made: &Made, forecast: &Forecast) -> serde_json::Value {
    json!({
        "process": format!("{:?}", made.process).to_lowercase(),
        "frequency": made.frequency,
        "values": made.values.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "actual": made.actual,
        "mean": forecast.mean,
        "intervals": forecast.intervals,
    })
}
