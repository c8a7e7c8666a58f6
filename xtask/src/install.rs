//! Finding, and where possible installing, what a task needs beyond Rust.

use crate::shell::{Outcome, find, has, is_root, output, root, run, target};
use std::{path::PathBuf, process::Command};

/// Debian packages, each with a program or file that shows it is there.
struct Part {
    package: &'static str,
    shown_by: fn() -> bool,
    needed_for: &'static str,
}

const C_TOOLCHAIN: Part = Part { package: "build-essential", shown_by: || has("cc"), needed_for: "building SQLite" };
const NPM: Part = Part { package: "npm", shown_by: || has("npm"), needed_for: "the browser tests" };
const CHROMIUM: Part = Part { package: "chromium", shown_by: || has("chromium"), needed_for: "the browser tests" };
const FONTS: Part =
    Part { package: "fonts-noto-cjk", shown_by: has_cjk_fonts, needed_for: "Chinese text in the browser tests" };
const POSTGRES: Part =
    Part { package: "postgresql", shown_by: || postgres_programs().is_some(), needed_for: "the tests on PostgreSQL" };

const VENV: Part = Part { package: "python3-venv", shown_by: has_venv, needed_for: "schemathesis" };

fn has_venv() -> bool {
    output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_ok()
}

fn has_cjk_fonts() -> bool {
    output(Command::new("fc-list").arg(":lang=zh")).is_ok_and(|list| !list.trim().is_empty())
}

/// The folder of PostgreSQL's server programs, the newest version ≥ 15.
pub fn postgres_programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            let programs = entry.path().join("bin");
            (version >= 15 && programs.join("initdb").is_file()).then_some((version, programs))
        })
        .collect();
    found.sort();
    let packaged = found.pop().map(|(_, programs)| programs);
    packaged.or_else(|| find("initdb").and_then(|path| path.parent().map(PathBuf::from)))
}

/// What building needs.
pub fn for_building() -> Outcome {
    ensure(&[C_TOOLCHAIN])
}

/// What the tests need.
pub fn for_testing() -> Outcome {
    ensure(&[C_TOOLCHAIN, NPM, CHROMIUM, FONTS, POSTGRES])
}

/// What programs need that ask the API. Its absence skips them and is said, so that it is no failure here.
pub fn for_machines() {
    if let Err(missing) = ensure(&[VENV]) {
        println!("{missing}");
    }
}

/// What screenshots need.
pub fn for_browsing() -> Outcome {
    ensure(&[C_TOOLCHAIN, NPM, CHROMIUM, FONTS])
}

fn ensure(parts: &[Part]) -> Outcome {
    let missing: Vec<&Part> = parts.iter().filter(|part| !(part.shown_by)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|part| part.package).collect();
    let by_hand = format!("apt-get install -y {}", packages.join(" "));
    if !is_root() || !has("apt-get") {
        let reasons: Vec<String> = missing.iter().map(|p| format!("  {}: {}", p.package, p.needed_for)).collect();
        return Err(format!("these parts are missing:\n{}\nas root, run: {by_hand}", reasons.join("\n")));
    }
    println!("installing {}", packages.join(" "));
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(&packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))?;
    match missing.iter().find(|part| !(part.shown_by)()) {
        None => Ok(()),
        Some(part) => Err(format!("{} is installed but can't be found; check with: {by_hand}", part.package)),
    }
}

/// A Node of version 20 or newer: the system's, or the one of the npm package `node`.
pub fn node() -> Outcome<PathBuf> {
    if let Some(system) = find("node")
        && major(&system) >= 20
    {
        return Ok(system);
    }
    let folder = target().join("node");
    let own = folder.join("node_modules/node/bin/node");
    if major(&own) < 20 {
        println!("installing Node from the npm package `node`");
        run(Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg("node@22"))?;
    }
    if major(&own) >= 20 { Ok(own) } else { Err("the npm package `node` gave no Node ≥ 20".into()) }
}

fn major(node: &PathBuf) -> u32 {
    let version = output(Command::new(node).arg("--version")).unwrap_or_default();
    version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The packages of the browser tests.
pub fn e2e_packages() -> Outcome {
    let folder = root().join("e2e");
    let lock = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let wanted = lock(folder.join("package-lock.json"));
    let stamp = folder.join("node_modules/.installed-lock.json");
    if !wanted.is_empty() && lock(stamp.clone()) == wanted {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder))?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}
