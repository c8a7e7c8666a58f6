//! A roster as it was read (名册草稿): rows of texts that still know the cells they stood in.

use super::column::{Column, Sort};
use serde::{Deserialize, Serialize};

/// The sheets of a file that are of use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub sheets: Vec<DraftSheet>,
}

/// A sheet with the columns that were found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DraftSheet {
    /// Its name on the tab.
    pub name: String,
    pub sort: Sort,
    /// The row of the heads, counted from 1.
    pub head: u32,
    /// Each column with its place, counted from 0.
    pub columns: Vec<(Column, u32)>,
    pub rows: Vec<DraftRow>,
}

/// A row with the text of each column that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DraftRow {
    /// The row, counted from 1.
    pub row: u32,
    pub cells: Vec<String>,
}

impl DraftSheet {
    /// What stands in that column of the row; empty where the sheet has no such column.
    pub fn cell<'r>(&self, row: &'r DraftRow, column: Column) -> &'r str {
        let at = self.columns.iter().position(|(found, _)| *found == column);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// The address of a cell, such as `人员!C17`.
    pub fn address(&self, row: u32, column: Column) -> String {
        let at = self.columns.iter().find(|(found, _)| *found == column).map_or(0, |(_, at)| *at);
        format!("{}!{}{row}", self.name, letters(at))
    }
}

/// The letters of a column, `A` for 0.
fn letters(column: u32) -> String {
    let digit = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match column / 26 {
        0 => digit(column).to_string(),
        above => letters(above - 1) + &digit(column).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 2, 25, 26, 27, 701, 702].map(letters), ["A", "C", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
