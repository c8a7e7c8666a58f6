//! Measurements (测量): each prints our figure, the limit or peer of the same run, and the ratio.
//!
//! Disks and cores are noisy, so figures are medians of interleaved runs and nothing here asserts a time.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // A bench measures time, reads the corpus and prints.

mod compile;
mod measure;

/// A bench: its name and what runs it.
type Bench = (&'static str, fn());

const BENCHES: [Bench; 1] = [("compile", compile::run)];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for (name, run) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            println!("\n== {name}");
            run();
        }
    }
}
