//! `cargo xtask check`: format, lints, licences, documentation and links; each counts as one.

use crate::{
    links,
    shell::{Outcome, cargo, has, output, run as run_to_end, target},
};
use std::process::Command;

/// A check: its name and what runs it.
type Check = (&'static str, fn() -> Outcome);

/// Runs every check even where one fails, and prints how many held.
pub fn run(_: &[String]) -> Outcome {
    let checks: [Check; 6] = [
        ("format", || run_to_end(&mut cargo(&["fmt", "--all", "--check"]))),
        ("lints", || {
            run_to_end(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
        }),
        ("licences, bans, sources", licences),
        ("advisories", advisories),
        ("documentation", || {
            run_to_end(cargo(&["doc", "--workspace", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings"))
        }),
        ("links", links::check),
    ];
    let (mut passed, mut failed) = (0, 0);
    for (name, check) in checks {
        println!("== {name}");
        match check() {
            Ok(()) => passed += 1,
            Err(message) => {
                failed += 1;
                println!("{name}: {message}");
            }
        }
    }
    let summary = format!("{passed} passed, {failed} failed");
    let file = target().join("check-summary");
    std::fs::write(&file, &summary).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("{summary}");
    if failed == 0 { Ok(()) } else { Err("checks failed".into()) }
}

fn licences() -> Outcome {
    if !has("cargo-deny") {
        println!("installing cargo-deny");
        run_to_end(&mut cargo(&["install", "cargo-deny", "--version", "0.20.2", "--locked", "--quiet"]))?;
    }
    run_to_end(&mut cargo(&["deny", "--log-level", "error", "check", "licenses", "bans", "sources"]))
}

/// The advisory database is a repository of its own: where it can't be reached, the check says so and is skipped.
fn advisories() -> Outcome {
    match output(cargo(&["deny", "--log-level", "error", "check", "advisories"]).env("GIT_TERMINAL_PROMPT", "0")) {
        Ok(_) => Ok(()),
        Err(message) if unreachable_database(&message) => {
            println!(
                "SKIPPED, LOUDLY: the advisory database can't be reached from here; run `cargo deny check advisories` where it can"
            );
            Ok(())
        }
        Err(message) => Err(message),
    }
}

fn unreachable_database(message: &str) -> bool {
    ["failed to fetch advisory database", "failed to clone", "failed to load advisory database", "unable to connect"]
        .iter()
        .any(|sign| message.contains(sign))
}

/// The version of the checkout's commit, for the heads of measurements.
pub fn commit() -> String {
    output(Command::new("git").args(["rev-parse", "--short", "HEAD"])).map(|s| s.trim().to_owned()).unwrap_or_default()
}
