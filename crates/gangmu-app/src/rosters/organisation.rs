//! The rows of organisations (核对组织).

use super::{
    check::{Change, Checked, Line, OrganisationStep, Standing, change},
    column::{Column, Sort},
    draft::Draft,
    known::{Known, is_called},
    sheet::narrow,
};
use crate::packs::KINDS;
use gangmu_store::organisations::OrganisationRow;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the organisations of the file are called, for the rows that name them.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Those that will be there: row by code.
    pub sound: BTreeMap<String, OrganisationRow>,
    /// Codes and names of rows that something is wrong with, with their place.
    pub refused: BTreeMap<String, String>,
}

impl Named {
    /// The code of the one organisation that is called so, in the file or already there.
    pub fn find(&self, known: &Known, name: &str) -> Result<String, NotOne> {
        let in_file = self.sound.values().filter(|row| row.code == name || is_called(row, name));
        let mut codes: BTreeSet<String> = in_file.map(|row| row.code.clone()).collect();
        // A corrected organisation goes by what the file calls it.
        codes.extend(known.organisations_called(name).into_iter().filter(|code| !self.sound.contains_key(code)));
        if codes.contains(name) {
            return Ok(name.to_owned());
        }
        match (codes.len(), self.refused.get(name)) {
            (1, _) => Ok(codes.into_iter().next().unwrap_or_default()),
            (0, Some(place)) => Err(NotOne::Refused(place.clone())),
            (0, None) => Err(NotOne::Unknown),
            _ => Err(NotOne::Several(codes.into_iter().collect::<Vec<_>>().join(", "))),
        }
    }
}

/// Why a name is not that of one organisation.
pub(super) enum NotOne {
    Unknown,
    /// Its own row is wrong.
    Refused(String),
    /// Several are called so.
    Several(String),
}

impl NotOne {
    /// Says it at the cell that holds the name.
    pub fn tell(&self, line: &mut Line<'_>, column: Column) {
        match self {
            Self::Unknown => line.fault(column, "rosters.cell.unknown_organisation", &[]),
            Self::Refused(place) => line.fault(column, "rosters.cell.refused_organisation", &[("place", place)]),
            Self::Several(codes) => line.fault(column, "rosters.cell.several_organisations", &[("codes", codes)]),
        }
    }
}

/// Checks all rows of organisations; what they will be called.
pub(super) fn check(draft: &Draft, known: &Known, checked: &mut Checked) -> Named {
    let mut named = Named::default();
    let mut seen: BTreeMap<String, (OrganisationRow, String)> = BTreeMap::new();
    let mut lines: Vec<(Line<'_>, OrganisationRow)> = Vec::new();
    let sheets = draft.sheets.iter().filter(|sheet| sheet.sort == Sort::Organisations);
    for (sheet, row) in sheets.flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row))) {
        let mut line = Line::of(sheet, row);
        let found = read(&mut line, known);
        match seen.get(&found.code) {
            Some((first, _)) if *first == found => {
                checked.findings.push(line.finding(&found.code, &found.label, Standing::Twice, Vec::new()));
                continue;
            }
            Some((_, place)) if !found.code.is_empty() => {
                line.fault(Column::Code, "rosters.cell.code_twice", &[("place", place)]);
            }
            _ => {
                let place = sheet.address(row.row, Column::Code);
                seen.insert(found.code.clone(), (found.clone(), place));
            }
        }
        lines.push((line, found));
    }
    spellings(&mut lines, known);
    parents(&mut lines, known, &mut named);
    for (line, row) in lines {
        conclude(&line, row, known, checked);
        checked.faults.extend(line.faults);
    }
    named
}

fn read(line: &mut Line<'_>, known: &Known) -> OrganisationRow {
    let code = narrow(line.required(Column::Code));
    let sign = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if !code.is_empty() && (code.chars().count() > 40 || !code.chars().all(sign)) {
        line.fault(Column::Code, "rosters.cell.bad_code", &[]);
    }
    line.required(Column::Label);
    let label = line.text(Column::Label, 100).unwrap_or_default();
    let before = known.organisations.get(&code);
    let kind = line.required(Column::Kind).to_owned();
    if !kind.is_empty() && !KINDS.contains(&kind.as_str()) {
        line.fault(Column::Kind, "rosters.cell.unknown_kind", &[]);
    }
    let area = line.cell(Column::Area);
    let area = match (area.is_empty(), known.areas.get(area).or_else(|| known.areas.get(&narrow(area)))) {
        (true, _) => before.and_then(|row| row.area.clone()),
        (false, Some(code)) => Some(code.clone()),
        (false, None) => {
            line.fault(Column::Area, "rosters.cell.unknown_area", &[]);
            None
        }
    };
    let (from, until) = (day(line, Column::From), day(line, Column::Until));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        line.fault(Column::Until, "rosters.cell.ends_before", &[]);
    }
    let parts = line.cell(Column::Aliases).split(['、', '，', ',', ';', '；', '|', '\n']).map(str::trim);
    let aliases: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
    OrganisationRow {
        // Cells that are left blank leave what is there.
        short: line.text(Column::Short, 60).or_else(|| before.and_then(|row| row.short.clone())),
        aliases: if aliases.is_empty() { before.map(|row| row.aliases.clone()).unwrap_or_default() } else { aliases },
        from: from.or_else(|| before.and_then(|row| row.from)),
        until: until.or_else(|| before.and_then(|row| row.until)),
        parent: Some(line.cell(Column::Parent).to_owned()).filter(|parent| !parent.is_empty()),
        source: before.map(|row| row.source.clone()).unwrap_or_default(),
        code,
        label,
        kind,
        area,
    }
}

/// A day as people and spreadsheets write it.
fn day(line: &mut Line<'_>, column: Column) -> Option<Date> {
    let text = narrow(line.cell(column));
    if text.is_empty() {
        return None;
    }
    let plain = text.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let parts: Vec<&str> = plain.trim_end_matches('-').split('-').collect();
    let read = match parts.as_slice() {
        [year, month, day] => Some((year, month, day))
            .and_then(|(year, month, day)| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()),
        [all] if all.len() == 8 => format!("{}-{}-{}", &all[..4], &all[4..6], &all[6..]).parse().ok(),
        _ => None,
    };
    if read.is_none() {
        line.fault(column, "rosters.cell.bad_day", &[]);
    }
    read
}

/// One spelling for two organisations would make every later row choose silently.
fn spellings(lines: &mut [(Line<'_>, OrganisationRow)], known: &Known) {
    let codes: BTreeSet<String> = lines.iter().map(|(_, row)| row.code.clone()).collect();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let all = |row: &OrganisationRow| -> Vec<String> {
        std::iter::once(row.label.clone()).chain(row.short.clone()).chain(row.aliases.clone()).collect()
    };
    for row in known.organisations.values().filter(|row| !codes.contains(&row.code)) {
        owners.extend(all(row).into_iter().map(|spelling| (spelling, row.code.clone())));
    }
    for (line, row) in lines {
        for spelling in all(row).into_iter().filter(|spelling| !spelling.is_empty()) {
            let owner = owners.entry(spelling.clone()).or_insert_with(|| row.code.clone());
            if *owner != row.code {
                let column = if spelling == row.label { Column::Label } else { Column::Aliases };
                let other = owner.clone();
                line.fault(column, "rosters.cell.spelling_twice", &[("spelling", &spelling), ("other", &other)]);
            }
        }
    }
}

/// Finds the parents, refuses circles, and goes on until no row hangs on a refused one.
fn parents(lines: &mut [(Line<'_>, OrganisationRow)], known: &Known, named: &mut Named) {
    loop {
        named.sound.clear();
        named.refused.clear();
        for (line, row) in lines.iter() {
            let place = line.sheet.address(line.row.row, Column::Code);
            if line.faults.is_empty() {
                named.sound.insert(row.code.clone(), row.clone());
            } else {
                named.refused.insert(row.code.clone(), place.clone());
                named.refused.insert(row.label.clone(), place);
            }
        }
        let mut hung = false;
        for (line, row) in lines.iter_mut().filter(|(line, _)| line.faults.is_empty()) {
            let Some(parent) = row.parent.clone() else { continue };
            match named.find(known, &parent) {
                Ok(code) => row.parent = Some(code),
                Err(why) => {
                    why.tell(line, Column::Parent);
                    hung = true;
                }
            }
        }
        if !hung {
            hung = circles(lines, known);
        }
        if !hung {
            break;
        }
    }
    for (line, row) in lines.iter().filter(|(line, _)| line.faults.is_empty()) {
        let parent = row.parent.clone().filter(|parent| !parent.is_empty());
        let parent = parent.or_else(|| known.organisations.get(&row.code).and_then(|before| before.parent.clone()));
        named.sound.insert(row.code.clone(), OrganisationRow { parent, ..row.clone() });
        debug_assert!(line.faults.is_empty());
    }
}

fn circles(lines: &mut [(Line<'_>, OrganisationRow)], known: &Known) -> bool {
    let above: BTreeMap<String, String> = known
        .organisations
        .values()
        .chain(lines.iter().filter(|(line, _)| line.faults.is_empty()).map(|(_, row)| row))
        .filter_map(|row| Some((row.code.clone(), row.parent.clone()?)))
        .collect();
    let mut found = false;
    for (line, row) in lines.iter_mut().filter(|(line, _)| line.faults.is_empty()) {
        let mut at = row.code.clone();
        let mut steps = 0;
        while let Some(next) = above.get(&at) {
            at.clone_from(next);
            steps += 1;
            if at == row.code || steps > above.len() {
                line.fault(Column::Parent, "rosters.cell.circle", &[]);
                found = true;
                break;
            }
        }
    }
    found
}

fn conclude(line: &Line<'_>, row: OrganisationRow, known: &Known, checked: &mut Checked) {
    if !line.faults.is_empty() {
        checked.findings.push(line.finding(&row.code, &row.label, Standing::Refused, Vec::new()));
        return;
    }
    let before = known.organisations.get(&row.code);
    let row = OrganisationRow { parent: row.parent.or_else(|| before.and_then(|b| b.parent.clone())), ..row };
    let changes = before.map(|before| changes(before, &row)).unwrap_or_default();
    let standing = match before {
        None => Standing::New,
        Some(_) if changes.is_empty() => Standing::Same,
        Some(_) => Standing::Changed,
    };
    checked.findings.push(line.finding(&row.code, &row.label, standing, changes));
    if standing != Standing::Same {
        checked.organisations.push(OrganisationStep { row, new: before.is_none() });
    }
}

fn changes(before: &OrganisationRow, after: &OrganisationRow) -> Vec<Change> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let names = |aliases: &[String]| Some(aliases.join("、")).filter(|text| !text.is_empty());
    let texts = [
        (Column::Label, Some(before.label.clone()), Some(after.label.clone())),
        (Column::Short, before.short.clone(), after.short.clone()),
        (Column::Kind, Some(before.kind.clone()), Some(after.kind.clone())),
        (Column::Parent, before.parent.clone(), after.parent.clone()),
        (Column::Area, before.area.clone(), after.area.clone()),
        (Column::Aliases, names(&before.aliases), names(&after.aliases)),
        (Column::From, day(before.from), day(after.from)),
        (Column::Until, day(before.until), day(after.until)),
    ];
    texts.iter().filter_map(|(column, before, after)| change(*column, before.as_deref(), after.as_deref())).collect()
}
