//! `cargo xtask demo`: from a fresh checkout to the demo district in the browser.

use crate::{
    install,
    shell::{Outcome, cargo, run as run_to_end, target},
};
use std::process::Command;

/// Installs what is missing, builds, and starts `gangmu demo` with the same arguments.
pub fn run(arguments: &[String]) -> Outcome {
    install::for_building()?;
    run_to_end(&mut cargo(&["build", "--release", "--package", "gangmu"]))?;
    let mut program = Command::new(target().join("release/gangmu"));
    let status = program.arg("demo").args(arguments).status().map_err(|e| format!("gangmu demo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("gangmu demo: {status}")) }
}
