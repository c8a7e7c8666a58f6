//! The forecaster beside what came: coverage and error on seeds that nothing was tuned on.

use super::processes::{Process, Tally, foreseen, made};
use gangmu_indicators::{
    forecast::{Question, forecast},
    measure::Frequency,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Seed 1 served for tuning.
const SEEDS: [u64; 2] = [20_26, 11_24];

#[test]
fn four_in_five_of_what_comes_lies_within_the_80_percent_interval() {
    let full = std::env::var_os("GANGMU_TEST_FULL").is_some();
    // Within three points on 2,000 series; fewer leave more to chance.
    let (count, tolerance) = if full { (2_000, 3.0) } else { (300, 5.0) };
    for seed in SEEDS {
        let (mut short, mut long) = (Tally::default(), Tally::default());
        let mut processes: BTreeMap<Process, Tally> = BTreeMap::new();
        for made in made(seed, count) {
            let forecast = foreseen(&made);
            let tally = if made.values.len() < 12 { &mut short } else { &mut long };
            tally.add(&made, &forecast);
            processes.entry(made.process).or_default().add(&made, &forecast);
        }
        let covered = long.coverage(1);
        assert!((covered - 80.0).abs() <= tolerance, "seed {seed}: {covered:.1} % of {} periods", long.points);
        assert!(short.coverage(1) >= 70.0, "seed {seed}: {:.1} % of {} periods", short.coverage(1), short.points);
        assert!((long.coverage(2) - 95.0).abs() <= tolerance, "seed {seed}: {:.1} %", long.coverage(2));
        for (process, tally) in &processes {
            assert!(tally.coverage(1) >= 70.0, "seed {seed}, {process:?}: {:.1} %", tally.coverage(1));
        }
        for tally in [&short, &long] {
            assert!(tally.scaled_error < 0.85 * tally.naive_error, "seed {seed}: no better than the last value");
        }
    }
}

/// Real figures are few: a district publishes three or four of an indicator. Each is answered or refused in words.
#[test]
fn every_real_series_is_foreseen_or_refused() {
    let Some(corpus) = std::env::var_os("GANGMU_CORPUS") else {
        println!("GANGMU_CORPUS is not set: no real series");
        return;
    };
    let file = std::path::Path::new(&corpus).join("huadu/huadu-figures.csv");
    #[allow(clippy::disallowed_methods, reason = "a test opens the corpus")]
    let text = std::fs::read_to_string(file).unwrap();
    let mut series: BTreeMap<String, BTreeMap<i32, Decimal>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if let (Ok(year), "year", Ok(value)) = (cells[0].parse(), cells[1], cells[3].parse()) {
            series.entry(cells[2].to_owned()).or_default().insert(year, value);
        }
    }
    let (mut foreseen, mut within) = (0, 0);
    for (name, values) in &series {
        let (first, last) = (*values.keys().next().unwrap(), *values.keys().next_back().unwrap());
        let known: Vec<Option<Decimal>> = (first..last).map(|year| values.get(&year).copied()).collect();
        let horizon = (1..).find(|back| known.len() < *back || known[known.len() - back].is_some()).unwrap_or(1);
        let question = Question { frequency: Frequency::Year, values: known, horizon, target: None };
        match forecast(&question) {
            Ok(found) => {
                let (low, high) = found.intervals[2][0];
                let actual: f64 = values[&last].to_string().parse().unwrap();
                foreseen += 1;
                within += usize::from(low <= actual && actual <= high);
                assert!(low.is_finite() && high.is_finite() && low <= high, "{name}");
            }
            Err(refusal) => assert!(values.len() < 4, "{name}: {refusal}"),
        }
    }
    println!("{foreseen} of {} real series foreseen, {within} last values within 95 %", series.len());
}
