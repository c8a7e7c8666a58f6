//! Attached files (附件): is each that something refers to there, with all its bytes? Only their sizes are looked at;
//! that no byte of them was altered is found when a backup is made.

use super::{database::Seen, finding::Finding};
use crate::config::Config;
use gangmu_store::{
    Fault,
    blobs::{Blobs as _, Folder},
};

/// Names that a finding shows.
const SHOWN: usize = 3;

/// Looks for the files.
pub fn all(config: &Config, seen: &Seen) -> Vec<Finding> {
    let Some(inside) = seen.inside() else { return vec![seen.without("attachments")] };
    let folder = Folder::as_it_is(config.data.join("files"));
    let judged: Result<Vec<_>, Fault> = inside
        .files
        .iter()
        .map(|file| Ok((file, folder.size(&file.sha256)?)))
        .filter(|judged| !matches!(judged, Ok((file, Some(size))) if i64::try_from(*size) == Ok(file.size)))
        .collect();
    let looked = inside.files.len().to_string();
    let facts = vec![("looked", looked), ("all", inside.all_files.to_string())];
    let bad = match judged {
        Ok(bad) => bad,
        Err(fault) => {
            let problem = ("problem", crate::console::chain(&fault));
            return vec![Finding::failed("attachments", "doctor-files-unreadable", vec![problem])];
        }
    };
    if bad.is_empty() {
        let key =
            if inside.files.len() as i64 == inside.all_files { "doctor-files-there" } else { "doctor-files-sample" };
        return vec![Finding::ok("attachments", key, facts)];
    }
    let missing = bad.iter().filter(|(_, size)| size.is_none()).count();
    let names: Vec<&str> = bad.iter().take(SHOWN).map(|(file, _)| file.sha256.as_str()).collect();
    let more = vec![
        ("missing", missing.to_string()),
        ("changed", (bad.len() - missing).to_string()),
        ("names", names.join(" ")),
    ];
    vec![Finding::failed("attachments", "doctor-files-missing", [facts, more].concat())]
}
