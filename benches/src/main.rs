//! Measurements (测量): each prints our figure, the limit or peer of the same run, and the ratio.
//!
//! Disks and cores are noisy, so figures are medians or percentiles of interleaved runs, and nothing here asserts a
//! time. Server and clients share the machine: what is printed includes what the clients cost.
//!
//! `GANGMU_CORPUS` names a folder of real outlines; `GANGMU_BENCH_POSTGRES` a PostgreSQL server with its default
//! durability, on which databases may be made and dropped.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // A bench measures time, reads the corpus and prints.

mod client;
mod compare;
mod compile;
mod durable;
mod formula;
mod house;
mod indicators;
mod journal;
mod measure;
mod pages;
mod search;
mod staging;
mod start;
mod texts;

/// A bench: its name and what runs it.
type Bench = (&'static str, fn());

const BENCHES: [Bench; 10] = [
    ("compile", compile::run),
    ("compare", compare::run),
    ("formula", formula::run),
    ("indicators", indicators::run),
    ("search", search::run),
    ("durable", durable::run),
    ("journal", journal::run),
    ("pages", pages::run),
    ("staging", staging::run),
    ("start", start::run),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for (name, run) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            println!("\n== {name}");
            run();
        }
    }
}
