//! The journal and the jobs (日志、作业): does the chain hold at its end, is what is due being done.

use super::{
    database::{Inside, Seen},
    finding::{Facts, Finding},
    folders::same_disk,
};
use crate::{
    config::Config,
    console::{Console, moment},
};
use jiff::Timestamp;

/// Checks what the house does by itself.
pub fn all(config: &Config, seen: &Seen, console: &Console) -> Vec<Finding> {
    let Some(inside) = seen.inside() else { return vec![seen.without("journal"), seen.without("jobs")] };
    [journal(config, inside, console), jobs(inside)].concat()
}

fn journal(config: &Config, inside: &Inside, console: &Console) -> Vec<Finding> {
    let file = ("file", config.checkpoints().display().to_string());
    let glance = match &inside.journal {
        Err(problem) => {
            let facts = vec![file, ("problem", problem.clone())];
            return vec![Finding::failed("journal", "doctor-journal-file-unreadable", facts)];
        }
        Ok(Err(broken)) => {
            let (code, fields) = broken.said();
            let problem = console.say(&format!("journal-break-{code}"), &fields);
            return vec![Finding::failed("journal", "doctor-journal-broken", vec![("problem", problem)])];
        }
        Ok(Ok(glance)) => glance,
    };
    let seq =
        |checkpoint: &Option<_>| checkpoint.as_ref().map(|c: &gangmu_app::journal::checkpoint::Checkpoint| c.head.seq);
    let (stored, filed) = (seq(&glance.stored), seq(&glance.filed));
    let mut found = Vec::new();
    if stored > filed {
        let facts = vec![file.clone(), ("entry", stored.unwrap_or(0).to_string())];
        found.push(Finding::warning("journal", "doctor-journal-file-behind", facts));
    }
    let mailed = config.mail.is_some() && inside.auditors_have_mail;
    if filed.is_some() && !mailed && same_disk(&config.checkpoints(), &config.data) {
        found.push(Finding::warning("journal", "doctor-journal-file-beside", vec![file]));
    }
    if found.is_empty() {
        let signed = glance.stored.as_ref().map(|checkpoint| (checkpoint.head.seq.to_string(), moment(checkpoint.at)));
        let mut facts = vec![("entries", glance.entries.to_string()), ("end", glance.head.seq.to_string())];
        let key = if signed.is_some() { "doctor-journal-holds" } else { "doctor-journal-unsigned" };
        if let Some((entry, at)) = signed {
            facts.extend([("entry", entry), ("at", at)]);
        }
        found.push(Finding::ok("journal", key, facts));
    }
    found
}

fn jobs(inside: &Inside) -> Vec<Finding> {
    let mut found = Vec::new();
    let dead: Vec<_> = inside.jobs.iter().filter(|count| count.state == "dead").collect();
    if !dead.is_empty() {
        let facts = counted(dead.iter().map(|count| (count.kind.as_str(), count.jobs)));
        found.push(Finding::warning("jobs", "doctor-jobs-dead", facts));
    }
    if let Some(first) = inside.overdue.first() {
        let mut facts = counted(inside.overdue.iter().map(|late| (late.kind.as_str(), late.jobs)));
        facts.push(("since", moment(first.since)));
        found.push(Finding::warning("jobs", "doctor-jobs-late", facts));
    }
    for paused in &inside.paused {
        let facts =
            vec![("kind", paused.kind.clone()), ("since", moment(paused.at)), ("reason", paused.reason.clone())];
        found.push(Finding::warning("jobs", "doctor-jobs-paused", facts));
    }
    if found.is_empty() {
        let waiting = inside.jobs.iter().filter(|count| count.state == "waiting");
        let oldest: Option<Timestamp> = waiting.clone().map(|count| count.oldest).min();
        let count: i64 = waiting.map(|count| count.jobs).sum();
        let key = if oldest.is_some() { "doctor-jobs-waiting" } else { "doctor-jobs-none" };
        let mut facts = vec![("count", count.to_string())];
        facts.extend(oldest.map(|at| ("since", moment(at))));
        found.push(Finding::ok("jobs", key, facts));
    }
    found
}

/// How many there are, and of which kinds.
fn counted<'a>(jobs: impl Iterator<Item = (&'a str, i64)> + Clone) -> Facts {
    let kinds = jobs.clone().map(|(kind, _)| kind).collect::<Vec<_>>().join(" ");
    vec![("count", jobs.map(|(_, count)| count).sum::<i64>().to_string()), ("kinds", kinds)]
}
