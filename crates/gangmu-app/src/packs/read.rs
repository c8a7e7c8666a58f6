//! Reading a pack (读取数据包): all files, everything that is wrong at once.

use super::{
    accounts::{self, DemoAccounts},
    fault::PackFault,
    manifest::{self, Manifest},
    tables,
};
use crate::ports::PackFiles;
use gangmu_kernel::{calendar::WorkCalendar, refusal::Reason};
use gangmu_store::{areas::AreaRow, organisations::OrganisationRow};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The file that makes a folder a pack.
pub(super) const MANIFEST: &str = "pack.toml";

/// What the organisations are there for.
pub(super) const FUNCTIONS: &str = "functions.csv";

/// A pack that was read and found right (数据包).
#[derive(Debug, Clone)]
pub struct Pack {
    /// What it is.
    pub manifest: Manifest,
    /// Its areas, parents first.
    pub areas: Vec<AreaRow>,
    /// Its organisations, parents first.
    pub organisations: Vec<OrganisationRow>,
    /// Its working calendar.
    pub calendar: WorkCalendar,
    /// The people of its demonstration.
    pub accounts: Option<DemoAccounts>,
    /// Its files by path, relative to the folder of packs.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Pack {
    /// The bytes of a file, its path relative to the pack's folder.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(&resolve(&self.manifest.id, path)?).map(Vec::as_slice)
    }

    /// SHA-256 over its files: path, length and bytes of each, in the order of their paths.
    pub fn digest(&self) -> [u8; 32] {
        let mut sha = Sha256::new();
        for (path, bytes) in &self.files {
            sha.update(format!("{path}\n{}\n", bytes.len()));
            sha.update(bytes);
        }
        sha.finalize().into()
    }
}

/// The ids of the packs that there are.
pub fn available(files: &dyn PackFiles) -> Vec<String> {
    let paths = files.list();
    let ids: BTreeSet<_> = paths
        .iter()
        .filter_map(|path| path.strip_suffix(MANIFEST)?.strip_suffix('/'))
        .filter(|id| !id.contains('/'))
        .collect();
    ids.into_iter().map(str::to_owned).collect()
}

/// Reads and checks the pack of that id.
pub fn read(files: &dyn PackFiles, id: &str) -> Result<Pack, Vec<PackFault>> {
    let mut faults = Vec::new();
    let mut reading = Reading { files, id, kept: BTreeMap::new() };
    let text = reading.text(MANIFEST, &mut faults);
    let manifest = match text.map(|(path, text)| manifest::parse(&path, &text)) {
        Some(Ok(manifest)) => manifest,
        Some(Err(fault)) => return Err(vec![fault]),
        None => return Err(faults),
    };
    let place = format!("{id}/{MANIFEST}");
    if manifest.id != id {
        faults.push(PackFault::new(&place, None, "packs.read.other_id").with("id", &manifest.id).with("folder", id));
    }
    let areas = reading
        .text("areas.csv", &mut faults)
        .map(|(path, text)| tables::areas(&path, &text, &manifest.ladder, &manifest.area, &mut faults));
    let areas = areas.unwrap_or_default();
    let organisations = reading
        .text("organisations.csv", &mut faults)
        .map(|(path, text)| tables::organisations(&path, &text, &areas, &mut faults))
        .unwrap_or_default();
    let codes: BTreeSet<String> = organisations.iter().map(|row| row.code.clone()).collect();
    let accounts = match files.read(&format!("{id}/accounts.toml")) {
        None => None,
        Some(_) => reading
            .text("accounts.toml", &mut faults)
            .and_then(|(path, text)| accounts::parse(&path, &text, &codes, &mut faults)),
    };
    if files.read(&format!("{id}/{FUNCTIONS}")).is_some()
        && let Some((path, text)) = reading.text(FUNCTIONS, &mut faults)
    {
        tables::functions(&path, &text, &codes, &mut faults);
    }
    let calendar = reading.calendars(&manifest, &mut faults);
    if let Some(plan) = &manifest.plan {
        reading.bytes(&plan.file, &mut faults);
        if period_years(&plan.period).is_none() {
            faults.push(PackFault::new(&place, None, "packs.read.bad_period").with("period", &plan.period));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Pack { manifest, areas, organisations, calendar, accounts, files: reading.kept })
}

/// First and last year of `2021/2025`.
pub(super) fn period_years(period: &str) -> Option<(i16, i16)> {
    let (first, last) = period.split_once('/')?;
    let years = (first.parse().ok()?, last.parse().ok()?);
    (years.0 <= years.1).then_some(years)
}

/// The year of a calendar's path, such as `calendars/2024.csv`.
pub(super) fn calendar_year(path: &str) -> Option<i16> {
    let (folder, file) = path.rsplit_once('/')?;
    let year = file.strip_suffix(".csv").filter(|year| year.len() == 4)?;
    folder.ends_with("calendars").then(|| year.parse().ok())?
}

struct Reading<'a> {
    files: &'a dyn PackFiles,
    id: &'a str,
    kept: BTreeMap<String, Vec<u8>>,
}

impl Reading<'_> {
    /// The bytes of a file of the pack, kept as part of it; a fault where there is none.
    fn bytes(&mut self, path: &str, faults: &mut Vec<PackFault>) -> Option<(String, Vec<u8>)> {
        let full = resolve(self.id, path);
        let found = full.as_ref().and_then(|full| self.files.read(full));
        match (full, found) {
            (Some(full), Some(bytes)) => {
                self.kept.insert(full.clone(), bytes.clone());
                Some((full, bytes))
            }
            (full, _) => {
                let named = full.unwrap_or_else(|| format!("{}/{path}", self.id));
                faults.push(PackFault::new(&named, None, "packs.read.missing_file"));
                None
            }
        }
    }

    fn text(&mut self, path: &str, faults: &mut Vec<PackFault>) -> Option<(String, String)> {
        let (full, bytes) = self.bytes(path, faults)?;
        match String::from_utf8(bytes) {
            Ok(text) => Some((full, text)),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = good.iter().filter(|b| **b == b'\n').count() + 1;
                faults.push(PackFault::new(&full, Some(line), "packs.read.not_utf8"));
                None
            }
        }
    }

    fn calendars(&mut self, manifest: &Manifest, faults: &mut Vec<PackFault>) -> WorkCalendar {
        let mut calendar = WorkCalendar::new();
        let Some(folder) = &manifest.calendars else { return calendar };
        let Some(root) = resolve(self.id, folder) else {
            faults.push(PackFault::new(&format!("{}/{folder}", self.id), None, "packs.read.missing_file"));
            return calendar;
        };
        let mut paths: Vec<String> = self.files.list();
        paths.retain(|path| path.starts_with(&format!("{root}/")) && calendar_year(path).is_some());
        paths.sort();
        for path in paths {
            let relative = format!("{folder}/{}", path.rsplit('/').next().unwrap_or_default());
            let (Some(year), Some((_, text))) = (calendar_year(&path), self.text(&relative, faults)) else { continue };
            if let Err(found) = calendar.read_year(year, &text) {
                for reason in found.iter().map(Reason::from) {
                    let line = reason.fields.get("line").and_then(|line| line.parse().ok());
                    faults.push(PackFault::of(&path, line, &reason));
                }
            }
        }
        calendar
    }
}

/// The path of a file of the pack relative to the folder of packs; `None` where it leads outside.
fn resolve(id: &str, path: &str) -> Option<String> {
    let mut parts = vec![id];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
