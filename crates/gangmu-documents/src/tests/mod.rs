//! Files made here, read back: what they hold, and the words with which broken ones are refused.

mod docx;
mod files;
mod garbage;
mod html;
mod media;
mod ofd;
mod pdf;
mod refusals;
mod sheet;
mod text;
mod values;
mod workbook;

use crate::{Limits, Unreadable, read};
use gangmu_kernel::{
    SourceText,
    source::{Cell, Span},
};

/// The text of a file that must be readable.
fn source(bytes: &[u8], name: &str) -> SourceText {
    let source = read(bytes, name, &Limits::default()).unwrap_or_else(|why| panic!("{name}: {why}"));
    check(&source);
    source
}

/// The refusal of a file that must not be readable.
fn refusal(bytes: &[u8], name: &str) -> Unreadable {
    match read(bytes, name, &Limits::default()) {
        Ok(source) => panic!("{name} was read: {:?}", source.text),
        Err(why) => why,
    }
}

/// The characters of a span.
fn slice(source: &SourceText, span: Span) -> String {
    source.text.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

/// Row, column, row span, column span and text of a cell.
fn cell(source: &SourceText, cell: &Cell) -> (u32, u32, u32, u32, String) {
    (cell.row, cell.column, cell.row_span, cell.column_span, slice(source, cell.span))
}

/// The cells of the table of that number, in reading order.
fn cells(source: &SourceText, table: usize) -> Vec<(u32, u32, u32, u32, String)> {
    source.tables[table].cells.iter().map(|one| cell(source, one)).collect()
}

/// What holds of every text: offsets in order and within, blocks apart, cells inside their table.
fn check(source: &SourceText) {
    let length = u32::try_from(source.text.chars().count()).unwrap();
    let mut end = 0;
    for block in &source.blocks {
        assert!(block.span.start >= end && block.span.end <= length, "blocks overlap or leave the text: {block:?}");
        assert!(!slice(source, block.span).trim().is_empty(), "an empty block: {block:?}");
        end = block.span.end;
    }
    for table in &source.tables {
        assert!(table.span.end <= length);
        for cell in &table.cells {
            assert!(table.span.contains(cell.span), "{cell:?} leaves its table {:?}", table.span);
            assert!(cell.row + cell.row_span <= table.rows && cell.column + cell.column_span <= table.columns);
        }
    }
    assert_eq!(source.sha256.len(), 64);
}
