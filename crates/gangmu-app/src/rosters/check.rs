//! Compares a roster with what is there (核对名册): row by row what is to be done, cell by cell what is wrong.
//!
//! Pure: the same draft over the same ground gives the same findings, so that what was shown can be proved to be what
//! is applied.

use super::{
    column::{Column, Sort},
    draft::{Draft, DraftRow, DraftSheet},
    known::Known,
    organisation, person,
};
use gangmu_kernel::masking;
use gangmu_store::{
    accounts::{AccountRow, contacts::ContactRow},
    organisations::OrganisationRow,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Something wrong with a cell (单元格差错): where, what stands there, and why it can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The cell, such as `人员!C17`.
    pub cell: String,
    /// The column.
    pub column: Column,
    /// What stands there, masked where it is personal.
    pub written: String,
    /// The code of the sentence.
    pub code: &'static str,
    /// The facts of the sentence.
    pub fields: BTreeMap<String, String>,
}

/// What a row means for what is there (行状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is not there yet.
    New,
    /// It is there and differs.
    Changed,
    /// It is there just so.
    Same,
    /// The same row stands above in the file.
    Twice,
    /// Something is wrong with it.
    Refused,
}

/// A value that a row changes (变化).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The column.
    pub column: Column,
    /// What is there, masked where it is personal.
    pub before: String,
    /// What is to be there, masked likewise.
    pub after: String,
}

/// A row with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where it stands, such as `人员!17`.
    pub place: String,
    /// The sort of its sheet.
    pub sort: Sort,
    /// Code or login.
    pub key: String,
    /// The name; masked where it is a person's.
    pub name: String,
    /// What it means.
    pub standing: Standing,
    /// What it changes.
    pub changes: Vec<Change>,
    /// Roles that it asks for.
    pub roles: Vec<String>,
}

/// An organisation to be added or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OrganisationStep {
    pub row: OrganisationRow,
    pub new: bool,
}

/// A person to be added or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PersonStep {
    pub login: String,
    pub name: String,
    /// The code of the organisation.
    pub organisation: String,
    pub post: Option<String>,
    pub contact: ContactRow,
    pub roles: Vec<String>,
    /// What is there already.
    #[serde(skip)]
    pub before: Option<AccountRow>,
}

/// Everything that was found, and what is to be done.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub findings: Vec<Finding>,
    pub faults: Vec<Fault>,
    pub organisations: Vec<OrganisationStep>,
    pub people: Vec<PersonStep>,
}

impl Checked {
    /// How many rows something is wrong with.
    pub fn refused(&self) -> usize {
        self.findings.iter().filter(|finding| finding.standing == Standing::Refused).count()
    }

    /// What would be done, as a digest: where it differs, things have changed since.
    pub fn fingerprint(&self) -> String {
        let steps = (&self.organisations, &self.people, self.faults.len());
        let text = serde_json::to_vec(&steps).unwrap_or_default();
        Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Compares a draft with what is there.
pub(super) fn check(draft: &Draft, known: &Known) -> Checked {
    let mut checked = Checked::default();
    columns(draft, &mut checked);
    let named = organisation::check(draft, known, &mut checked);
    person::check(draft, known, &named, &mut checked);
    checked
}

/// Columns without which no row of a sheet can be understood.
fn columns(draft: &Draft, checked: &mut Checked) {
    for sheet in &draft.sheets {
        let has = |column: &Column| sheet.columns.iter().any(|(found, _)| found == column);
        for column in sheet.sort.columns().iter().filter(|column| column.required() && !has(column)) {
            checked.faults.push(Fault {
                cell: format!("{}!{}", sheet.name, sheet.head),
                column: *column,
                written: String::new(),
                code: "rosters.cell.no_column",
                fields: BTreeMap::new(),
            });
        }
    }
}

/// One row being checked: collects what is wrong with it.
pub(super) struct Line<'d> {
    pub sheet: &'d DraftSheet,
    pub row: &'d DraftRow,
    pub faults: Vec<Fault>,
}

impl<'d> Line<'d> {
    pub fn of(sheet: &'d DraftSheet, row: &'d DraftRow) -> Self {
        Self { sheet, row, faults: Vec::new() }
    }

    /// What stands in a column.
    pub fn cell(&self, column: Column) -> &'d str {
        self.sheet.cell(self.row, column)
    }

    /// Something is wrong with the cell in that column.
    pub fn fault(&mut self, column: Column, code: &'static str, fields: &[(&str, &str)]) {
        let written = masked(column, self.cell(column));
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let cell = self.sheet.address(self.row.row, column);
        self.faults.push(Fault { cell, column, written, code, fields });
    }

    /// What stands in a column that every row must fill.
    pub fn required(&mut self, column: Column) -> &'d str {
        let there = self.sheet.columns.iter().any(|(found, _)| *found == column);
        let text = self.cell(column);
        if text.is_empty() && there {
            self.fault(column, "rosters.cell.empty", &[]);
        }
        text
    }

    /// A text of at most so many characters without control characters.
    pub fn text(&mut self, column: Column, most: usize) -> Option<String> {
        let text = self.cell(column);
        if text.chars().count() > most || text.chars().any(char::is_control) {
            self.fault(column, "rosters.cell.too_long", &[("most", &most.to_string())]);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    /// The row with what became of it.
    pub fn finding(&self, key: &str, name: &str, standing: Standing, changes: Vec<Change>) -> Finding {
        Finding {
            place: format!("{}!{}", self.sheet.name, self.row.row),
            sort: self.sheet.sort,
            key: key.to_owned(),
            name: name.to_owned(),
            standing,
            changes,
            roles: Vec::new(),
        }
    }
}

/// The change of a value, if it is one.
pub(super) fn change(column: Column, before: Option<&str>, after: Option<&str>) -> Option<Change> {
    let shown = |value: Option<&str>| masked(column, value.unwrap_or_default());
    (before != after).then(|| Change { column, before: shown(before), after: shown(after) })
}

/// A value as somebody sees it who only looks through.
pub(super) fn masked(column: Column, text: &str) -> String {
    match column {
        Column::Name => masking::name(text),
        Column::Phone => masking::phone(text),
        Column::IdNumber => masking::identity_number(text),
        Column::Email => crate::personal::masked_email(text),
        _ => text.to_owned(),
    }
}
