//! Tables of a Word document (Word 表格): grid columns, horizontal and vertical spans.

use super::body::Reader;
use crate::{
    Unreadable,
    flow::FlowCell,
    xml::{Node, attribute, name},
};

/// Grid columns beyond this are a mistake of the file.
const MAX_COLUMNS: u32 = 1_000;

/// What a cell says of its spans.
#[derive(Debug, Default, Clone, Copy)]
struct Spans {
    columns: u32,
    /// It continues the cell above.
    continues_above: bool,
    /// It continues the cell to the left, in the manner of old files.
    continues_left: bool,
}

/// Reads the table that was just opened.
pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Vec<FlowCell>, Unreadable> {
    let mut table = Open::default();
    table.rows(reader)?;
    Ok(table.cells)
}

#[derive(Default)]
struct Open {
    cells: Vec<FlowCell>,
    row: u32,
}

impl Open {
    fn rows(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        loop {
            match reader.xml.next()? {
                Node::Open(element) => match name(&element) {
                    "tr" => {
                        let before = self.cells.len();
                        if self.row(reader)? {
                            self.row += 1;
                        } else {
                            self.cells.truncate(before);
                        }
                    }
                    "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => self.rows(reader)?,
                    _ => reader.xml.skip()?,
                },
                Node::Close => return Ok(()),
                Node::Text(_) => {}
                Node::End => return Err(reader.xml.broken()),
            }
        }
    }

    /// Reads a row; says whether it is still there, or was deleted by a tracked change.
    fn row(&mut self, reader: &mut Reader<'_>) -> Result<bool, Unreadable> {
        let mut column = 0;
        let mut deleted = false;
        self.row_cells(reader, &mut column, &mut deleted)?;
        Ok(!deleted)
    }

    fn row_cells(&mut self, reader: &mut Reader<'_>, column: &mut u32, deleted: &mut bool) -> Result<(), Unreadable> {
        loop {
            match reader.xml.next()? {
                Node::Open(element) => match name(&element) {
                    "trPr" => {
                        let (skipped, gone) = row_properties(reader)?;
                        *column += skipped;
                        *deleted |= gone;
                    }
                    "tc" => self.cell(reader, column)?,
                    "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                        self.row_cells(reader, column, deleted)?;
                    }
                    _ => reader.xml.skip()?,
                },
                Node::Close => return Ok(()),
                Node::Text(_) => {}
                Node::End => return Err(reader.xml.broken()),
            }
        }
    }

    fn cell(&mut self, reader: &mut Reader<'_>, column: &mut u32) -> Result<(), Unreadable> {
        let mut spans = Spans { columns: 1, ..Spans::default() };
        let mut pieces = Vec::new();
        // The properties come first in a cell; `blocks` reads the rest of it.
        match reader.xml.next()? {
            Node::Open(element) if name(&element) == "tcPr" => {
                spans = cell_properties(reader)?;
                reader.blocks(&mut pieces)?;
            }
            Node::Open(element) => {
                reader.block(&element, &mut pieces)?;
                reader.blocks(&mut pieces)?;
            }
            Node::Close => {}
            Node::Text(_) => reader.blocks(&mut pieces)?,
            Node::End => return Err(reader.xml.broken()),
        }
        let at = *column;
        *column = column.saturating_add(spans.columns).min(MAX_COLUMNS);
        self.place(at, spans, pieces);
        Ok(())
    }

    fn place(&mut self, column: u32, spans: Spans, mut pieces: Vec<crate::flow::Piece>) {
        let row = self.row;
        let continued = if spans.continues_above {
            let over = |cell: &&mut FlowCell| cell.column == column && cell.row + cell.row_span == row;
            let above = self.cells.iter_mut().rev().find(over);
            above.map(|cell| widen(cell, 1, 0))
        } else if spans.continues_left {
            let beside = self.cells.last_mut().filter(|cell| cell.row == row);
            beside.map(|cell| widen(cell, 0, spans.columns))
        } else {
            None
        };
        match continued {
            Some(cell) => cell.pieces.append(&mut pieces),
            None => {
                self.cells.push(FlowCell { row, column, row_span: 1, column_span: spans.columns, pieces });
            }
        }
    }
}

/// Columns left free before the row, and whether a tracked change deleted it.
fn row_properties(reader: &mut Reader<'_>) -> Result<(u32, bool), Unreadable> {
    let (mut depth, mut skipped, mut deleted) = (1, 0, false);
    while depth > 0 {
        match reader.xml.next()? {
            Node::Open(element) => {
                depth += 1;
                match name(&element) {
                    "gridBefore" => {
                        let count = attribute(&element, "val").and_then(|text| text.parse::<u32>().ok());
                        skipped = count.unwrap_or(0).min(MAX_COLUMNS);
                    }
                    "del" => deleted = true,
                    _ => {}
                }
            }
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => return Err(reader.xml.broken()),
        }
    }
    Ok((skipped, deleted))
}

fn cell_properties(reader: &mut Reader<'_>) -> Result<Spans, Unreadable> {
    let mut spans = Spans { columns: 1, ..Spans::default() };
    let mut depth = 1;
    while depth > 0 {
        match reader.xml.next()? {
            Node::Open(element) => {
                depth += 1;
                let value = attribute(&element, "val");
                match name(&element) {
                    "gridSpan" => {
                        let columns = value.and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
                        spans.columns = columns.clamp(1, MAX_COLUMNS);
                    }
                    "vMerge" => spans.continues_above = value.is_none_or(|value| value == "continue"),
                    "hMerge" => spans.continues_left = value.is_none_or(|value| value == "continue"),
                    _ => {}
                }
            }
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => return Err(reader.xml.broken()),
        }
    }
    Ok(spans)
}

fn widen(cell: &mut FlowCell, rows: u32, columns: u32) -> &mut FlowCell {
    cell.row_span += rows;
    cell.column_span += columns;
    cell
}
