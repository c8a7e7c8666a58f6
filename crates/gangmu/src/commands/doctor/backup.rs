//! Backups (备份): how old is the newest that is there, did the last rehearsal pass, does one disk hold everything?

use super::{
    database::{Inside, Seen},
    finding::{Facts, Finding},
    folders::same_disk,
};
use crate::{
    clock::SystemClock,
    config::Config,
    console::{Console, moment},
    vault::shelf,
    wiring,
};
use gangmu_app::{
    backup::{list::size, rehearse::Report},
    ports::Clock,
};
use gangmu_store::backup::rows::BackupRow;
use jiff::{SignedDuration, Timestamp};

/// A house whose newest backup is older than this at the time of its last entry is told so.
const OLD: SignedDuration = SignedDuration::from_hours(48);

/// One that is older than this is as good as none.
const TOO_OLD: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A rehearsal that is older than this proves little.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24 * 31);

/// Checks the backups and their rehearsals.
pub fn all(config: &Config, seen: &Seen, console: &Console) -> Vec<Finding> {
    let Some(inside) = seen.inside() else { return vec![seen.without("backup"), seen.without("rehearsal")] };
    let Some(first) = inside.first.as_ref().map(|first| first.entry.at) else {
        return vec![seen_nothing("backup"), seen_nothing("rehearsal")];
    };
    let until = inside.until(SystemClock.now());
    let mut findings = vec![age(inside, first, until)];
    findings.extend(last_attempt(inside, console));
    findings.extend(file(config, inside));
    if inside.kept().next().is_some() && same_disk(&wiring::shelf(config).folder, &config.data) {
        findings.push(Finding::warning("backup", "doctor-backup-beside", vec![folder(config)]));
    }
    findings.push(rehearsal(inside, until, console));
    findings
}

fn seen_nothing(check: &'static str) -> Finding {
    Finding::ok(check, "doctor-nothing-yet", vec![])
}

fn folder(config: &Config) -> (&'static str, String) {
    ("folder", wiring::shelf(config).folder.display().to_string())
}

/// How much work would be lost.
fn age(inside: &Inside, first: Timestamp, until: Timestamp) -> Finding {
    let newest = inside.kept().map(|row| row.made_at).chain(inside.console_backup).max();
    let lost = until.duration_since(newest.unwrap_or(first));
    let mut facts = vec![("hours", lost.as_hours().max(0).to_string())];
    facts.extend(newest.map(|at| ("at", moment(at))));
    match (newest, lost) {
        (None, lost) if lost > TOO_OLD => Finding::failed("backup", "doctor-backup-none", facts),
        (None, _) => Finding::warning("backup", "doctor-backup-none", facts),
        (Some(_), lost) if lost > TOO_OLD => Finding::failed("backup", "doctor-backup-old", facts),
        (Some(_), lost) if lost > OLD => Finding::warning("backup", "doctor-backup-old", facts),
        (Some(_), _) => Finding::ok("backup", "doctor-backup-young", facts),
    }
}

/// The last attempt, where it failed.
fn last_attempt(inside: &Inside, console: &Console) -> Option<Finding> {
    let row = inside.backups.iter().find(|row| row.state != "removed").filter(|row| row.state == "failed")?;
    let facts = vec![("at", moment(row.made_at)), ("problem", reason(row, console))];
    Some(Finding::warning("backup", "doctor-backup-failed", facts))
}

fn reason(row: &BackupRow, console: &Console) -> String {
    let failure = row.failure.clone().unwrap_or_default();
    let fields = serde_json::from_value(failure["fields"].clone()).unwrap_or_default();
    console.reason(failure["code"].as_str().unwrap_or_default(), &fields)
}

/// The file of the newest backup; that its bytes are right is what a rehearsal proves.
fn file(config: &Config, inside: &Inside) -> Option<Finding> {
    let newest = inside.kept().next()?;
    let facts = |more: Facts| [vec![("name", newest.name.clone()), folder(config)], more].concat();
    let files = match shelf::files(&wiring::shelf(config).folder) {
        Ok(files) => files,
        Err(fault) => {
            let problem = vec![("problem", crate::console::chain(&fault))];
            return Some(Finding::failed("backup", "doctor-backup-folder", facts(problem)));
        }
    };
    let found = files.iter().find(|file| file.name == newest.name).map(|file| file.bytes);
    match found {
        None => Some(Finding::failed("backup", "doctor-backup-gone", facts(vec![]))),
        Some(bytes) if i64::try_from(bytes) != Ok(newest.bytes) => {
            let sizes = vec![("size", size(bytes)), ("wants", size(u64::try_from(newest.bytes).unwrap_or(0)))];
            Some(Finding::failed("backup", "doctor-backup-cut", facts(sizes)))
        }
        Some(_) => None,
    }
}

fn rehearsal(inside: &Inside, until: Timestamp, console: &Console) -> Finding {
    let last = inside.backups.iter().filter(|row| row.rehearsed_at.is_some()).max_by_key(|row| row.rehearsed_at);
    let Some((row, at)) = last.and_then(|row| Some((row, row.rehearsed_at?))) else {
        return Finding::warning("rehearsal", "doctor-rehearsal-none", vec![]);
    };
    let report = row.rehearsal.clone().and_then(|json| serde_json::from_value::<Report>(json).ok());
    let mut facts = vec![("at", moment(at)), ("name", row.name.clone())];
    match report {
        Some(report) if !report.good => {
            facts.push(("problem", console.reason(report.code.as_deref().unwrap_or_default(), &report.fields)));
            Finding::failed("rehearsal", "doctor-rehearsal-failed", facts)
        }
        _ if until.duration_since(at) > LONG_AGO => Finding::warning("rehearsal", "doctor-rehearsal-old", facts),
        _ => Finding::ok("rehearsal", "doctor-rehearsal-passed", facts),
    }
}
