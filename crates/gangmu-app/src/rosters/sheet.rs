//! Finds the sheets of a roster in a file (识别名册): by their heads, wherever these stand.
//!
//! Heads may lie below a title, over two rows with merged cells, in any order, beside columns of no interest. Cells are
//! cleaned of what spreadsheets and people put around a text.

use super::{
    column::{Column, Sort, Vocabulary},
    draft::{Draft, DraftRow, DraftSheet},
};
use gangmu_kernel::{SourceText, source::Table};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Rows in which heads are looked for.
const HEADS: u32 = 20;

/// The sheets of use in a file; none where no heads were found in any.
pub(super) fn draft(source: &SourceText, vocabulary: &Vocabulary) -> Draft {
    let chars: Vec<char> = source.text.chars().collect();
    Draft { sheets: source.tables.iter().filter_map(|table| sheet(table, &chars, vocabulary)).collect() }
}

/// The cells of a table by row and column, a merged one under its upper left.
struct Grid {
    cells: BTreeMap<(u32, u32), (String, u32, u32)>,
}

impl Grid {
    fn of(table: &Table, chars: &[char]) -> Self {
        let text = |start: u32, end: u32| {
            let range = usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0);
            cleaned(&chars.get(range).unwrap_or_default().iter().collect::<String>())
        };
        let cells = table.cells.iter().map(|cell| {
            let content = (text(cell.span.start, cell.span.end), cell.row_span, cell.column_span);
            ((cell.row, cell.column), content)
        });
        Self { cells: cells.collect() }
    }

    /// The text at a place, also where it belongs to a merged cell that begins above or to the left.
    fn covering(&self, row: u32, column: u32) -> &str {
        let covers = |at: &(u32, u32), rows: u32, columns: u32| {
            (at.0..at.0 + rows).contains(&row) && (at.1..at.1 + columns).contains(&column)
        };
        let found = self.cells.iter().find(|(at, (_, rows, columns))| covers(at, *rows, *columns));
        found.map_or("", |(_, (text, ..))| text)
    }
}

fn sheet(table: &Table, chars: &[char], vocabulary: &Vocabulary) -> Option<DraftSheet> {
    let grid = Grid::of(table, chars);
    let (head, sort, columns) = heads(table, &grid, vocabulary)?;
    let mut rows = Vec::new();
    for row in head + 1..table.rows {
        let cell = |(column, at): &(Column, u32)| {
            let text = grid.cells.get(&(row, *at)).map_or("", |(text, ..)| text);
            match column {
                Column::Kind => vocabulary.kind(text),
                Column::Roles => vocabulary.roles(text),
                _ => text.to_owned(),
            }
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        // Blank rows between and behind are no rows.
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(DraftRow { row: row + 1, cells });
        }
    }
    let name = table.sheet.clone().unwrap_or_default();
    Some(DraftSheet { name, sort, head: head + 1, columns, rows })
}

/// The row of the heads, the sort of the sheet, and which column stands where.
type Heads = (u32, Sort, Vec<(Column, u32)>);

/// The row that names the most columns of one sort, at least two of them.
fn heads(table: &Table, grid: &Grid, vocabulary: &Vocabulary) -> Option<Heads> {
    let mut best: Option<Heads> = None;
    for row in 0..table.rows.min(HEADS) {
        for sort in Sort::ALL {
            let mut found: Vec<(Column, u32)> = Vec::new();
            for at in 0..table.columns {
                let column = vocabulary.column(sort, grid.covering(row, at));
                if let Some(column) = column.filter(|column| found.iter().all(|(other, _)| other != column)) {
                    found.push((column, at));
                }
            }
            let own = found.iter().filter(|(column, _)| column.required()).count();
            let more = best.as_ref().is_none_or(|(_, _, columns)| found.len() > columns.len());
            if own >= 2 && more {
                best = Some((row, sort, found));
            }
        }
    }
    best
}

/// The text without what stands around it: blanks of every width, the sign that makes a number a text, zero-width
/// characters.
fn cleaned(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')).collect();
    visible.trim().trim_start_matches(['\'', '’']).trim().to_owned()
}

/// Codes, numbers and addresses in half width, without blanks inside.
pub(super) fn narrow(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}
