//! Values parted by commas, semicolons or tabs (CSV): the decoded file itself is the text, its fields are the cells.

use crate::{Limits, Size, Unreadable, encoding, sha256};
use gangmu_kernel::{
    SourceText,
    source::{Block, BlockRole, Cell, Place, SourceKind, Span, Table},
};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let text = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let cells = cells(&text, separator(&text));
    if cells.len() as u64 > limits.cells {
        return Err(Unreadable::TooLarge { what: Size::Cells, limit: limits.cells });
    }
    let place = |cell: &Cell| Place::TableCell { table: 1, row: cell.row + 1, column: cell.column + 1 };
    let chars: Vec<char> = text.chars().collect();
    let says = |cell: &&Cell| {
        let field = chars.get(cell.span.start as usize..cell.span.end as usize);
        field.is_some_and(|field| field.iter().any(|c| !c.is_whitespace()))
    };
    let filled = cells.iter().filter(says);
    let blocks = filled.map(|cell| Block { span: cell.span, role: BlockRole::Cell, place: place(cell) }).collect();
    let table = Table {
        span: Span::new(0, cells.last().map_or(0, |cell| cell.span.end)),
        sheet: None,
        rows: cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0),
        columns: cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0),
        cells,
    };
    Ok(SourceText { kind: SourceKind::Txt, sha256: sha256(bytes), blocks, tables: vec![table], text })
}

/// The mark that parts the fields. Commas also stand inside of fields; tabs and semicolons between them only.
fn separator(text: &str) -> char {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(6);
    let parted = |mark: char| lines().filter(|line| line.contains(mark)).count() * 2 > lines().count();
    ['\t', ',', ';'].into_iter().find(|mark| parted(*mark)).unwrap_or(',')
}

/// The fields with their places; quotation marks around a field are no part of it.
fn cells(text: &str, mark: char) -> Vec<Cell> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let (mut row, mut column, mut at) = (0, 0, 0);
    while at < chars.len() {
        let quoted = chars[at] == '"';
        let start = at + usize::from(quoted);
        at = start;
        while at < chars.len() {
            match chars[at] {
                '"' if quoted && chars.get(at + 1) == Some(&'"') => at += 1,
                '"' if quoted => break,
                '\n' | '\r' if !quoted => break,
                c if c == mark && !quoted => break,
                _ => {}
            }
            at += 1;
        }
        let span = Span::new(position(start), position(at));
        out.push(Cell { row, column, row_span: 1, column_span: 1, span });
        while at < chars.len() && chars[at] != mark && chars[at] != '\n' {
            at += 1;
        }
        if chars.get(at) == Some(&mark) {
            column += 1;
        } else {
            (row, column) = (row + 1, 0);
        }
        at += 1;
    }
    out
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
