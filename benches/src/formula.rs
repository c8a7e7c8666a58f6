//! Formulas: 25 operations beside their limits, and what checking costs while somebody types.

use gangmu_expressions::{Formula, Names, NoCells, Number, Situation, Type, Value, check, evaluate};
use gangmu_kernel::WorkCalendar;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// 24 additions and multiplications and a comparison.
const SUMS: &str = "a * b + c * d + e * f + a * c + b * d + c * e + d * f + (a + b) * (c + d) + (e + f) * a + b + c \
                    > e * f + a";
/// 20 of them and 5 divisions.
const QUOTIENTS: &str = "(a / b + c) * d + e * f + (a * c - b) / d + c * e + d * f + (a + b) / (c + d) * e + (e + f) * a \
                         + f / a > b / c";

/// How often each is evaluated for one measurement.
const TIMES: u32 = 200;

fn names() -> Names {
    ["a", "b", "c", "d", "e", "f"].into_iter().map(|name| (name.to_owned(), Type::number())).collect()
}

/// How long one evaluation takes: the median of several measurements.
fn once(formula: &Formula, values: &[Value]) -> Duration {
    let calendar = WorkCalendar::new();
    let situation = Situation { values, cells: &NoCells, today: None, calendar: &calendar, period: None, area: None };
    let mut times: Vec<Duration> = (0..501)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..TIMES {
                black_box(evaluate(black_box(formula), black_box(&situation)));
            }
            start.elapsed() / TIMES
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// Prints time, limit and ratio of each formula.
pub fn run() {
    let given = ["1682.15", "164.24", "12.5", "0.065", "283.6", "3"];
    let values: Vec<Value> =
        given.iter().map(|text| Value::Number(text.parse::<Number>().expect("a number"))).collect();
    println!("{:36}{:>8}{:>12}{:>10}{:>8}", "formula", "steps", "once", "limit", "ratio");
    for (name, text, limit) in
        [("25 sums, products, comparison", SUMS, 1_000), ("20, and 5 divisions", QUOTIENTS, 3_000)]
    {
        let formula = check(text, &names()).formula.expect("the formula is good");
        let took = once(&formula, &values);
        let limit = Duration::from_nanos(limit);
        let ratio = took.as_secs_f64() / limit.as_secs_f64();
        println!("{name:36}{:>8}{:>9} ns{:>7} ns{ratio:>8.2}", formula.steps.len(), took.as_nanos(), limit.as_nanos());
    }
    let start = Instant::now();
    for _ in 0..1_000 {
        black_box(check(black_box(QUOTIENTS), &names()));
    }
    let each = start.elapsed() / 1_000;
    let limit = Duration::from_millis(50);
    let ratio = each.as_secs_f64() / limit.as_secs_f64();
    println!(
        "{:36}{:>8}{:>9} µs{:>7} ms{ratio:>8.4}",
        "reading and checking, per keystroke",
        "",
        each.as_micros(),
        limit.as_millis()
    );
}
