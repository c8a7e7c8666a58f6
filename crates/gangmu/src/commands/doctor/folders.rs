//! The data folder and the disks (数据文件夹、磁盘): who may write, who may read, how much room there is.

use super::{
    database::Inside,
    finding::{Finding, State},
};
use crate::{config::Config, wiring};
use gangmu_app::backup::list::size;
use gangmu_store::Location;
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Below this the program may stop in the middle of a day.
const LEAST: u64 = 256 << 20;

/// Below this somebody should make room.
const LOW: u64 = 1 << 30;

/// Below so many free names no new files can be made soon.
const FEW_NAMES: u64 = 10_000;

/// The folder itself.
pub fn data(config: &Config) -> Vec<Finding> {
    let folder = config.data.display().to_string();
    let facts = |more: Vec<(&'static str, String)>| [vec![("folder", folder.clone())], more].concat();
    if !config.data.exists() {
        return vec![Finding::ok("data", "doctor-data-none", facts(vec![]))];
    }
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    #[expect(clippy::disallowed_methods, reason = "whether files can be written is told by writing one")]
    let written = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe));
    if let Err(error) = written {
        return vec![Finding::failed("data", "doctor-data-unwritable", facts(vec![("problem", error.to_string())]))];
    }
    let mut findings = Vec::new();
    if let Ok(about) = fs::metadata(&config.data) {
        let us = rustix::process::geteuid().as_raw();
        if about.uid() != us {
            let who = vec![("owner", about.uid().to_string()), ("us", us.to_string())];
            findings.push(Finding::warning("data", "doctor-data-owner", facts(who)));
        }
        if about.permissions().mode() & 0o007 != 0 {
            findings.push(Finding::warning("data", "doctor-data-open", facts(vec![])));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::ok("data", "doctor-data-writable", facts(vec![])));
    }
    findings
}

/// The room on the disks of the data and of the backups, against what is there.
pub fn disk(config: &Config, inside: Option<&Inside>) -> Vec<Finding> {
    let database = match (inside, config.database()) {
        (Some(inside), _) => u64::try_from(inside.sizes.database).unwrap_or(0),
        (None, Location::Sqlite(path)) => fs::metadata(path).map_or(0, |about| about.len()),
        (None, Location::Postgres(_)) => 0,
    };
    let files = inside.map_or(0, |inside| u64::try_from(inside.sizes.file_bytes).unwrap_or(0));
    let newest = inside.and_then(|inside| inside.kept().next()).map(|row| u64::try_from(row.bytes).unwrap_or(0));
    // A backup is about as large as the newest one; where there is none, no larger than what it saves.
    let backup = newest.map_or(database + files, |bytes| bytes + bytes / 5);
    let (data, backups) = (there(&config.data), there(&wiring::shelf(config).folder));
    // A rehearsal makes the database once more, in the data folder.
    let wanted = match same_disk(&data, &backups) {
        true => vec![(data, database + backup)],
        false => vec![(data, database), (backups, backup)],
    };
    wanted.into_iter().flat_map(|(folder, wants)| room(&folder, wants)).collect()
}

/// Do two folders lie on the same disk?
pub fn same_disk(a: &Path, b: &Path) -> bool {
    let device = |path: &Path| fs::metadata(there(path)).map(|about| about.dev()).ok();
    device(a).is_some_and(|found| device(b) == Some(found))
}

/// The folder, or the nearest one above it that is there.
fn there(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.ancestors().find(|above| above.exists()).unwrap_or(Path::new("/")).to_owned()
}

fn room(folder: &Path, wants: u64) -> Vec<Finding> {
    let place = ("folder", folder.display().to_string());
    let about = match rustix::fs::statvfs(folder) {
        Ok(about) => about,
        Err(error) => {
            return vec![Finding::failed("disk", "doctor-disk-unknown", vec![place, ("problem", error.to_string())])];
        }
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let (state, key) = judge(free, wants);
    let facts = vec![place.clone(), ("free", size(free)), ("wants", size(wants))];
    let mut findings = vec![Finding::new("disk", state, key, facts)];
    // Some kinds of disks have no table of names that could be full, and say 0 of 0.
    if about.f_files > 0 && about.f_favail < FEW_NAMES {
        let names = ("names", about.f_favail.to_string());
        findings.push(Finding::warning("disk", "doctor-disk-names", vec![place, names]));
    }
    findings
}

/// The next backup with its rehearsal must fit; three of them should.
fn judge(free: u64, wants: u64) -> (State, &'static str) {
    match free {
        free if free < wants.max(LEAST) => (State::Failed, "doctor-disk-full"),
        free if free < wants.saturating_mul(3).max(LOW) => (State::Warning, "doctor-disk-low"),
        _ => (State::Ok, "doctor-disk-room"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_backup_must_fit_and_three_should() {
        let gigabyte = 1 << 30;
        let state = |free, wants| judge(free, wants).0;
        assert_eq!(state(100 * gigabyte, 10 * gigabyte), State::Ok);
        assert_eq!(state(20 * gigabyte, 10 * gigabyte), State::Warning);
        assert_eq!(state(9 * gigabyte, 10 * gigabyte), State::Failed);
        assert_eq!(state(gigabyte / 2, 0), State::Warning);
        assert_eq!(state(gigabyte / 8, 0), State::Failed);
    }
}
