//! A document as text with places (来源文本): what readers make out of bytes and compilers read.

use serde::{Deserialize, Serialize};

/// The kind of file a text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Plain text.
    Txt,
    /// Markdown.
    Md,
    /// A web page.
    Html,
    /// A Word document (OOXML).
    Docx,
    /// A PDF with text.
    Pdf,
    /// A spreadsheet (.xlsx or .xls).
    Xlsx,
    /// An OFD document (GB/T 33190).
    Ofd,
}

/// A span of Unicode code points; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to and without `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Is there a code point in both?
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Does this span hold all of the other?
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The number of code points.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Is there nothing in it?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Where a block stands in the file, for messages that name a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Line of a text file, counted from 1.
    Line(u32),
    /// Paragraph of a Word document or web page, counted from 1.
    Paragraph(u32),
    /// Page of a PDF or OFD, counted from 1.
    Page(u32),
    /// Cell of a spreadsheet: sheet name and address such as `B7`.
    Cell {
        /// The sheet's name.
        sheet: String,
        /// The address, such as `B7`.
        address: String,
    },
    /// Cell of a table in a document: table, row and column, each counted from 1.
    TableCell {
        /// The table.
        table: u32,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
}

/// What the file itself says of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockRole {
    /// A paragraph or a line.
    Paragraph,
    /// A heading by the file's own style, level 1 the highest.
    Heading(u8),
    /// The text of a table cell.
    Cell,
    /// Header, footer or page number by the file's own marking.
    Furniture,
}

/// A paragraph, line or cell of the text (段).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where in `SourceText::text`.
    pub span: Span,
    /// What the file says it is.
    pub role: BlockRole,
    /// Where in the file.
    pub place: Place,
}

/// A cell of a table; spanned cells appear once, at their upper left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Row of the upper left corner, counted from 0.
    pub row: u32,
    /// Column of the upper left corner, counted from 0.
    pub column: u32,
    /// Rows covered, at least 1.
    pub row_span: u32,
    /// Columns covered, at least 1.
    pub column_span: u32,
    /// Where its text stands in `SourceText::text`; empty for an empty cell.
    pub span: Span,
}

/// A table with the places of its cells (表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// From its first to its last code point.
    pub span: Span,
    /// The sheet's name, for spreadsheets.
    pub sheet: Option<String>,
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub columns: u32,
    /// The cells in reading order.
    pub cells: Vec<Cell>,
}

/// The text of a document with the places of its blocks and table cells (来源文本).
///
/// All offsets are Unicode code points into `text`. The text is never altered after it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    /// The text.
    pub text: String,
    /// The kind of file.
    pub kind: SourceKind,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Paragraphs, lines and cells in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Tables in reading order.
    pub tables: Vec<Table>,
}

#[cfg(test)]
mod tests;
