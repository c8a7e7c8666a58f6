//! `cargo xtask bench`: measurements that print our figure, the limit or peer of the same run, and the ratio.

use crate::{
    check::commit,
    shell::{Outcome, cargo, run as run_to_end},
};

/// Builds the benches in release and runs those named, or all.
pub fn run(arguments: &[String]) -> Outcome {
    println!("commit {}", commit());
    let mut command = cargo(&["run", "--release", "--package", "gangmu-bench", "--quiet", "--"]);
    run_to_end(command.args(arguments))
}
