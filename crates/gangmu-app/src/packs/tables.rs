//! `areas.csv` and `organisations.csv`: rows with the lines they stand on.

use super::fault::PackFault;
use gangmu_kernel::{
    area::area_tree,
    refusal::{Reason, Reasons},
    tree::{DatedTree, Ladder, Node, Validity},
};
use gangmu_store::{areas::AreaRow, organisations::OrganisationRow};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of organisations that the pack format knows.
pub(crate) const KINDS: [&str; 11] = [
    "government",
    "party",
    "congress",
    "consultative",
    "judicial",
    "department",
    "dispatched",
    "public_body",
    "group",
    "town",
    "street",
];

/// The rows of a table, each with its line.
struct Table<'a> {
    file: &'a str,
    rows: Vec<(usize, Vec<String>)>,
}

impl<'a> Table<'a> {
    /// Reads a table whose head must be exactly that.
    fn read(file: &'a str, text: &str, head: &[&str], faults: &mut Vec<PackFault>) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.records();
        let first = records.next().and_then(Result::ok);
        if first.is_none_or(|first| first.iter().ne(head.iter().copied())) {
            faults.push(PackFault::new(file, Some(1), "packs.read.bad_head").with("head", head.join(",")));
            return None;
        }
        let mut rows = Vec::new();
        for record in records {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map(|at| at.line() as usize);
                    faults.push(PackFault::new(file, line, "packs.read.bad_row").with("problem", error.to_string()));
                    continue;
                }
            };
            let line = record.position().map_or(0, |at| at.line() as usize);
            if record.len() != head.len() {
                let (got, wanted) = (record.len().to_string(), head.len().to_string());
                let fault = PackFault::new(file, Some(line), "packs.read.cell_count");
                faults.push(fault.with("got", got).with("wanted", wanted));
                continue;
            }
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Some(Self { file, rows })
    }

    fn fault(&self, line: usize, code: &'static str) -> PackFault {
        PackFault::new(self.file, Some(line), code)
    }

    fn day(&self, line: usize, text: &str, faults: &mut Vec<PackFault>) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok();
        if read.is_none() {
            faults.push(self.fault(line, "packs.read.bad_day").with("day", text));
        }
        read
    }

    /// The kernel's reasons, each at the first line of the code that it names.
    fn reasons(&self, reasons: &[Reason], faults: &mut Vec<PackFault>) {
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for (line, cells) in &self.rows {
            lines.entry(&cells[0]).or_insert(*line);
        }
        for reason in reasons {
            let line = reason.fields.get("code").and_then(|code| lines.get(code.as_str()).copied());
            faults.push(PackFault::of(self.file, line, reason));
        }
    }
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// Reads `areas.csv` and checks that it is a dated tree on that ladder; `area` must be in it.
pub(super) fn areas(
    file: &str,
    text: &str,
    ladder: &[String],
    area: &str,
    faults: &mut Vec<PackFault>,
) -> Vec<AreaRow> {
    const HEAD: [&str; 7] = ["code", "label", "level", "parent", "from", "until", "source"];
    let Some(table) = Table::read(file, text, &HEAD, faults) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut nodes = Vec::new();
    for (line, cells) in &table.rows {
        let row = AreaRow {
            code: cells[0].clone(),
            label: cells[1].clone(),
            level: cells[2].clone(),
            parent: some(&cells[3]),
            from: table.day(*line, &cells[4], faults),
            until: table.day(*line, &cells[5], faults),
            source: cells[6].clone(),
        };
        if row.label.trim().is_empty() {
            faults.push(table.fault(*line, "packs.read.no_label").with("code", &row.code));
        }
        nodes.push(node(&row.code, &row.label, &row.level, row.parent.as_ref(), row.from, row.until));
        rows.push(row);
    }
    let levels = ["province", "city"].map(str::to_owned).into_iter().chain(ladder.iter().cloned());
    if let Err(reasons) = area_tree(Ladder::new(levels), nodes, Vec::new()) {
        table.reasons(reasons.as_slice(), faults);
    }
    if !rows.iter().any(|row| row.code == area) {
        faults.push(PackFault::new(file, None, "packs.read.district_missing").with("code", area));
    }
    rows
}

/// Reads `organisations.csv` and checks that it is a dated tree; their areas must be among those codes.
pub(super) fn organisations(
    file: &str,
    text: &str,
    areas: &[AreaRow],
    faults: &mut Vec<PackFault>,
) -> Vec<OrganisationRow> {
    const HEAD: [&str; 10] = ["code", "label", "short", "kind", "parent", "area", "aliases", "from", "until", "source"];
    let Some(table) = Table::read(file, text, &HEAD, faults) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut nodes = Vec::new();
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for (line, cells) in &table.rows {
        let row = OrganisationRow {
            code: cells[0].clone(),
            label: cells[1].clone(),
            short: some(&cells[2]),
            kind: cells[3].clone(),
            parent: some(&cells[4]),
            area: some(&cells[5]),
            aliases: cells[6].split('|').filter_map(some).collect(),
            from: table.day(*line, &cells[7], faults),
            until: table.day(*line, &cells[8], faults),
            source: cells[9].clone(),
        };
        organisation_faults(&table, *line, &row, areas, &mut spellings, faults);
        nodes.push(node(&row.code, &row.label, "", row.parent.as_ref(), row.from, row.until));
        rows.push(row);
    }
    if let Err(found) = DatedTree::new(Ladder::new(Vec::<String>::new()), nodes, Vec::new())
        && let Some(reasons) = Reasons::of(&found)
    {
        table.reasons(reasons.as_slice(), faults);
    }
    rows
}

/// What an organisation is there for, as a pack or a person says it (三定、职责).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Functions {
    /// The code of the organisation.
    pub organisation: String,
    /// The text.
    pub text: String,
    /// Where it comes from: `example` where the pack's makers wrote it.
    pub source: String,
}

/// Reads `functions.csv`; each organisation must be among those codes and stands there once.
pub(super) fn functions(
    file: &str,
    text: &str,
    organisations: &BTreeSet<String>,
    faults: &mut Vec<PackFault>,
) -> Vec<Functions> {
    const HEAD: [&str; 3] = ["organisation", "functions", "source"];
    let Some(table) = Table::read(file, text, &HEAD, faults) else { return Vec::new() };
    let mut rows: Vec<Functions> = Vec::new();
    for (line, cells) in &table.rows {
        let (code, said) = (cells[0].trim(), cells[1].trim());
        if !organisations.contains(code) {
            faults.push(table.fault(*line, "packs.read.unknown_organisation").with("code", code));
        }
        if said.is_empty() {
            faults.push(table.fault(*line, "packs.read.no_functions").with("code", code));
        }
        if rows.iter().any(|row| row.organisation == code) {
            faults.push(table.fault(*line, "packs.read.functions_twice").with("code", code));
        }
        rows.push(Functions { organisation: code.to_owned(), text: said.to_owned(), source: cells[2].clone() });
    }
    rows
}

fn organisation_faults(
    table: &Table<'_>,
    line: usize,
    row: &OrganisationRow,
    areas: &[AreaRow],
    spellings: &mut BTreeMap<String, String>,
    faults: &mut Vec<PackFault>,
) {
    if row.code.trim().is_empty() || row.label.trim().is_empty() {
        faults.push(table.fault(line, "packs.read.no_label").with("code", &row.code));
    }
    if !KINDS.contains(&row.kind.as_str()) {
        faults.push(table.fault(line, "packs.read.unknown_kind").with("kind", &row.kind));
    }
    if let Some(area) = row.area.as_ref().filter(|area| !areas.iter().any(|known| known.code == **area)) {
        faults.push(table.fault(line, "packs.read.unknown_area").with("code", area));
    }
    // One spelling for two organisations would make the compiler choose silently.
    for spelling in std::iter::once(&row.label).chain(&row.short).chain(&row.aliases) {
        let owner = spellings.entry(spelling.clone()).or_insert_with(|| row.code.clone());
        if *owner != row.code {
            let fault = table.fault(line, "packs.read.spelling_twice").with("spelling", spelling);
            faults.push(fault.with("code", &row.code).with("other", owner.as_str()));
        }
    }
}

fn node(
    code: &str,
    label: &str,
    level: &str,
    parent: Option<&String>,
    from: Option<Date>,
    until: Option<Date>,
) -> Node<()> {
    Node {
        code: code.to_owned(),
        label: label.to_owned(),
        level: level.to_owned(),
        parent: parent.cloned(),
        validity: Validity { from, until },
        item: (),
    }
}
