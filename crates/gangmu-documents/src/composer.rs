//! Puts a `SourceText` together (来源文本拼装): every piece of text is appended once, its offsets counted on the way.

use crate::{Limits, Size, Unreadable};
use gangmu_kernel::{
    SourceText,
    source::{Block, BlockRole, Cell, Place, SourceKind, Span, Table},
};

/// A cell before it has its place in the text; spanned cells appear once, at their upper left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GridCell {
    pub row: u32,
    pub column: u32,
    pub row_span: u32,
    pub column_span: u32,
    pub text: String,
}

/// The text so far, with its blocks and tables.
pub(crate) struct Composer {
    text: String,
    chars: u32,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    /// Tables of the file that only lay out text.
    passed: u32,
    cells: u64,
    limits: Limits,
}

impl Composer {
    pub fn new(limits: &Limits) -> Self {
        Self { text: String::new(), chars: 0, blocks: vec![], tables: vec![], passed: 0, cells: 0, limits: *limits }
    }

    /// Appends a paragraph as a line of its own. An empty one leaves no trace.
    pub fn paragraph(&mut self, text: &str, role: BlockRole, place: Place) {
        if text.trim().is_empty() {
            return;
        }
        let span = self.push(text);
        self.push("\n");
        self.blocks.push(Block { span, role, place });
    }

    /// Appends an empty line, if there is text before it.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push("\n");
        }
    }

    /// Passes over a table that only lays out text: it counts where the file's tables are counted.
    pub fn layout_table(&mut self) {
        self.passed = self.passed.saturating_add(1);
    }

    /// Number of the file's tables so far.
    fn table_count(&self) -> u32 {
        u32::try_from(self.tables.len()).unwrap_or(u32::MAX).saturating_add(self.passed)
    }

    /// Appends a table: a line for each row, a tab for each step to the right.
    pub fn table(&mut self, mut cells: Vec<GridCell>, sheet: Option<&str>) -> Result<(), Unreadable> {
        self.cells += cells.len() as u64;
        if self.cells > self.limits.cells {
            return Err(Unreadable::TooLarge { what: Size::Cells, limit: self.limits.cells });
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let number = self.table_count() + 1;
        let start = self.chars;
        let (mut rows, mut columns, mut at) = (0, 0, (None, 0));
        let mut placed = Vec::with_capacity(cells.len());
        for cell in &cells {
            rows = rows.max(cell.row + cell.row_span);
            columns = columns.max(cell.column + cell.column_span);
            if at.0 != Some(cell.row) {
                if at.0.is_some() {
                    self.push("\n");
                }
                at = (Some(cell.row), 0);
            }
            if !cell.text.is_empty() {
                while at.1 < cell.column {
                    self.push("\t");
                    at.1 += 1;
                }
            }
            let span = self.push(&cell.text);
            placed.push(Cell {
                row: cell.row,
                column: cell.column,
                row_span: cell.row_span,
                column_span: cell.column_span,
                span,
            });
            if !span.is_empty() {
                let place = match sheet {
                    Some(sheet) => Place::Cell { sheet: sheet.to_owned(), address: address(cell.row, cell.column) },
                    None => Place::TableCell { table: number, row: cell.row + 1, column: cell.column + 1 },
                };
                self.blocks.push(Block { span, role: BlockRole::Cell, place });
            }
        }
        let span = Span::new(start, self.chars);
        self.push("\n");
        self.tables.push(Table { span, sheet: sheet.map(str::to_owned), rows, columns, cells: placed });
        Ok(())
    }

    /// The finished text.
    pub fn finish(self, kind: SourceKind, sha256: String) -> Result<SourceText, Unreadable> {
        if self.text.trim().is_empty() {
            return Err(Unreadable::Empty);
        }
        Ok(SourceText { text: self.text, kind, sha256, blocks: self.blocks, tables: self.tables })
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.chars;
        self.text.push_str(text);
        self.chars += u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Span::new(start, self.chars)
    }
}

/// The address of a cell, such as `B7` for row 6 and column 1.
pub(crate) fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}
