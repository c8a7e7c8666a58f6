//! `cargo xtask shots`: the screenshots of README and guides, made anew by driving the demo district.

use crate::{
    install,
    shell::{Outcome, cargo, root, run as run_to_end, target},
};
use std::process::Command;

/// Builds the program and lets the browser walk through it.
pub fn run(arguments: &[String]) -> Outcome {
    install::for_browsing()?;
    let node = install::node()?;
    install::e2e_packages()?;
    run_to_end(&mut cargo(&["build", "--package", "gangmu"]))?;
    let mut walk = Command::new(node);
    walk.arg("shots.js")
        .args(arguments)
        .current_dir(root().join("e2e"))
        .env("GANGMU_BIN", target().join("debug/gangmu"));
    run_to_end(&mut walk)
}
