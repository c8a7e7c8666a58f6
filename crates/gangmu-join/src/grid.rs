//! Tables as rows of texts (表格): a merged cell stands in each place that it covers, and says that it does.

use gangmu_kernel::source::{Place as At, SourceText};

/// No table of a plan has more places than this.
const PLACES: usize = 400_000;

/// A place of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The text, trimmed.
    pub text: String,
    /// It is the merged cell of the row above, carried down.
    pub from_above: bool,
    /// It is the merged cell of the column before.
    pub from_left: bool,
    /// Number of columns that its cell covers.
    pub columns: u32,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its number in the sheet or table, from 1.
    pub number: u32,
    /// Its places, one for each column.
    pub spots: Vec<Spot>,
}

impl Row {
    /// The different texts of the row in order, merged places once, nothing for empty ones.
    pub fn texts(&self) -> Vec<&str> {
        let own = self.spots.iter().filter(|s| !s.from_left && !s.text.is_empty());
        own.map(|s| s.text.as_str()).collect()
    }

    /// Is there nothing in the row but what was carried down?
    pub fn is_empty(&self) -> bool {
        self.spots.iter().all(|s| s.text.is_empty() || s.from_above)
    }
}

/// A table of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The sheet's name.
    pub sheet: Option<String>,
    /// The table's number in its document, from 1; none for a sheet.
    pub number: Option<u32>,
    /// The line before the table, which is often its title.
    pub before: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// First and one past the last code point in the file's text.
    pub span: (u32, u32),
    /// Where each row's own cells begin, for rows that have any.
    pub starts: Vec<Option<u32>>,
}

impl Table {
    /// The row that holds the code point.
    pub fn row_at(&self, at: u32) -> Option<&Row> {
        let begun = |start: &Option<u32>| start.is_some_and(|start| start <= at);
        self.rows.get(self.starts.iter().rposition(begun)?)
    }
}

/// The tables of a file in reading order; lines with tabs or bars are tables of files that have none.
pub(crate) fn tables(source: &SourceText) -> Vec<Table> {
    let chars: Vec<char> = source.text.chars().collect();
    if source.tables.is_empty() {
        return lined(&chars);
    }
    let mut out = Vec::new();
    for (index, table) in source.tables.iter().enumerate() {
        let (rows, columns) = (table.rows as usize, table.columns as usize);
        if rows.saturating_mul(columns) > PLACES {
            continue;
        }
        let empty = |number: usize| Row { number: number as u32 + 1, spots: vec![Spot::default(); columns] };
        let mut grid: Vec<Row> = (0..rows).map(empty).collect();
        let mut starts = vec![None; rows];
        for cell in &table.cells {
            let text = slice(&chars, cell.span.start, cell.span.end).trim().to_owned();
            if let Some(start) = starts.get_mut(cell.row as usize)
                && !cell.span.is_empty()
            {
                *start = Some(start.map_or(cell.span.start, |s: u32| s.min(cell.span.start)));
            }
            for row in cell.row..cell.row.saturating_add(cell.row_span).min(table.rows) {
                for column in cell.column..cell.column.saturating_add(cell.column_span).min(table.columns) {
                    grid[row as usize].spots[column as usize] = Spot {
                        text: text.clone(),
                        from_above: row > cell.row,
                        from_left: column > cell.column,
                        columns: cell.column_span,
                    };
                }
            }
        }
        let stands = |block: &&gangmu_kernel::source::Block| block.span.start >= table.span.start;
        let numbered = source.blocks.iter().find(stands).and_then(|block| match block.place {
            At::TableCell { table, .. } => Some(table),
            _ => None,
        });
        let number = table.sheet.is_none().then(|| numbered.unwrap_or(index as u32 + 1));
        out.push(Table {
            sheet: table.sheet.clone(),
            number,
            before: line_before(&chars, table.span.start),
            rows: grid,
            span: (table.span.start, table.span.end),
            starts,
        });
    }
    out
}

fn slice(chars: &[char], start: u32, end: u32) -> String {
    chars.get(start as usize..end as usize).map(|c| c.iter().collect()).unwrap_or_default()
}

/// The last line with text before that place.
fn line_before(chars: &[char], at: u32) -> String {
    let end = (at as usize).min(chars.len());
    let text: String = chars[end.saturating_sub(400)..end].iter().collect();
    text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// Runs of lines with tabs or bars, as text files hold tables.
fn lined(chars: &[char]) -> Vec<Table> {
    let text: String = chars.iter().collect();
    let mut out: Vec<Table> = Vec::new();
    let mut open: Option<Table> = None;
    let (mut at, mut last) = (0u32, String::new());
    for line in text.split('\n') {
        let length = line.chars().count() as u32;
        let fields = fields(line);
        if fields.len() > 1 {
            let number = out.len() as u32 + 1;
            let table = open.get_or_insert_with(|| Table {
                number: Some(number),
                before: last.clone(),
                span: (at, at),
                ..Table::default()
            });
            let spots = fields.into_iter().map(|text| Spot { text, columns: 1, ..Spot::default() }).collect();
            table.rows.push(Row { number: table.rows.len() as u32 + 1, spots });
            table.starts.push(Some(at));
            table.span.1 = at + length;
        } else if !line.trim().is_empty() {
            out.extend(open.take().filter(|t| t.rows.len() > 1));
            last = line.trim().to_owned();
        }
        at += length + 1;
    }
    out.extend(open.take().filter(|t| t.rows.len() > 1));
    for table in &mut out {
        let columns = table.rows.iter().map(|r| r.spots.len()).max().unwrap_or(0);
        table.rows.iter_mut().for_each(|row| row.spots.resize(columns, Spot::default()));
    }
    out
}

/// The fields of a line; one where it is no row of a table.
fn fields(line: &str) -> Vec<String> {
    let bare = line.trim();
    if bare.starts_with('|') && bare.len() > 1 {
        if bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
            return Vec::new();
        }
        return bare.trim_matches('|').split('|').map(|f| f.trim().to_owned()).collect();
    }
    line.split('\t').map(|f| f.trim().to_owned()).collect()
}
