//! Rows and spans of a table in a web page (网页表格), placed on a grid as browsers do.

use crate::flow::{FlowCell, Piece};
use scraper::node::Element;
use std::collections::HashMap;

/// Spans beyond this are mistakes of the page.
const MAX_SPAN: u32 = 1_000;

/// A table that is being read.
#[derive(Default)]
pub(crate) struct OpenTable {
    cells: Vec<FlowCell>,
    /// Rows begun so far.
    rows: u32,
    column: u32,
    /// Column → row up to which a cell from above covers it (exclusive).
    covered: HashMap<u32, u32>,
    open: Option<FlowCell>,
}

impl OpenTable {
    /// Begins a row.
    pub fn row(&mut self) {
        self.rows += 1;
        self.column = 0;
    }

    /// Begins a cell; says whether its content is to be collected.
    pub fn open_cell(&mut self, element: &Element) -> bool {
        if self.open.is_some() {
            return false;
        }
        if self.rows == 0 {
            self.row();
        }
        let row = self.rows - 1;
        let span = |name: &str| element.attr(name).and_then(|text| text.trim().parse::<u32>().ok());
        while self.covered.get(&self.column).is_some_and(|until| *until > row) {
            self.column += 1;
        }
        let column_span = span("colspan").unwrap_or(1).clamp(1, MAX_SPAN);
        // A row span of nothing reaches to the end of the table; `finish` cuts it there.
        let row_span = match span("rowspan").unwrap_or(1) {
            0 => MAX_SPAN,
            rows => rows.min(MAX_SPAN),
        };
        for column in self.column..self.column + column_span {
            self.covered.insert(column, row + row_span);
        }
        self.open = Some(FlowCell { row, column: self.column, row_span, column_span, pieces: vec![] });
        self.column += column_span;
        true
    }

    /// Is a cell open?
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the cell with what stood in it.
    pub fn close_cell(&mut self, pieces: Vec<Piece>) {
        if let Some(mut cell) = self.open.take() {
            cell.pieces = pieces;
            self.cells.push(cell);
        }
    }

    /// The cells; no span reaches beyond the last row, none beyond the last column that a cell begins in.
    pub fn finish(mut self) -> Vec<FlowCell> {
        let columns = self.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        for cell in &mut self.cells {
            cell.row_span = cell.row_span.min(self.rows - cell.row);
            cell.column_span = cell.column_span.min(columns - cell.column);
        }
        self.cells
    }
}
