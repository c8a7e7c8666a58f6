//! `gangmu doctor`: checks what the program needs to run, and says what to do (体检). It changes nothing.
//!
//! Each check gives one finding or several. The exit code is 1 when a check failed; warnings alone are no failure.

mod backup;
mod database;
mod files;
mod finding;
mod folders;
mod house;
mod mail;
mod settings;
mod surroundings;

use crate::{
    config::{Config, ConfigFault},
    console::{Console, Stop},
};
use finding::{Finding, State};
use std::process::ExitCode;

/// The form of the output as JSON.
const FORMAT: &str = "gangmu.doctor/1";

/// Checks everything.
pub fn run(config: Result<Config, Vec<ConfigFault>>, json: bool, console: &Console) -> Result<ExitCode, Stop> {
    let mut findings = surroundings::all(console)?;
    match &config {
        Ok(config) => findings.extend(configured(config, console)?),
        Err(faults) => findings.extend(settings::faults(faults, console)),
    }
    let worst = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Ok);
    let said = if json { as_json(&findings, worst, console)? } else { as_text(&findings, console) };
    console.print(&(said + "\n"))?;
    Ok(if worst == State::Failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What can be checked where the configuration can be read.
fn configured(config: &Config, console: &Console) -> Result<Vec<Finding>, Stop> {
    let seen = super::wait(database::look(config), console)?;
    let mut findings = settings::all(config, seen.inside().is_some_and(|inside| inside.sizes.entries > 0));
    findings.extend(folders::data(config));
    findings.extend(folders::disk(config, seen.inside()));
    findings.extend(database::clock(&seen));
    findings.extend(database::all(&seen));
    findings.extend(house::all(config, &seen, console));
    findings.extend(files::all(config, &seen));
    findings.extend(super::wait(mail::all(config), console)?);
    findings.extend(backup::all(config, &seen, console));
    Ok(findings)
}

fn as_json(findings: &[Finding], worst: State, console: &Console) -> Result<String, Stop> {
    let checks: Vec<_> = findings.iter().map(|finding| finding.say(console)).collect();
    let report = serde_json::json!({
        "format": FORMAT, "version": env!("CARGO_PKG_VERSION"), "state": worst, "checks": checks,
    });
    serde_json::to_string(&report).map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))
}

fn as_text(findings: &[Finding], console: &Console) -> String {
    let mut lines = finding::lines(findings, console);
    let count = |state: State| findings.iter().filter(|finding| finding.state == state).count().to_string();
    let counts = State::ALL.map(|state| (state.word(), count(state)));
    lines.push(console.say("doctor-summary", &counts));
    lines.join("\n")
}
