//! Plain text and Markdown (纯文本): the decoded file itself is the text, every offset refers to it.

use crate::{Limits, Size, Unreadable, encoding, sha256};
use gangmu_kernel::{
    SourceText,
    source::{Block, BlockRole, Cell, Place, SourceKind, Span, Table},
};

/// A line with its place; the line end is not part of it.
struct Line<'a> {
    text: &'a str,
    start: u32,
    number: u32,
}

pub(crate) fn read(bytes: &[u8], _name: &str, kind: SourceKind, limits: &Limits) -> Result<SourceText, Unreadable> {
    let text = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let lines = lines(&text);
    let (blocks, tables) = match kind {
        SourceKind::Md => markdown(&lines, limits)?,
        _ => (lines.iter().filter_map(|line| block(line, BlockRole::Paragraph)).collect(), vec![]),
    };
    Ok(SourceText { kind, sha256: sha256(bytes), blocks, tables, text })
}

/// The lines with offsets in code points; `\n`, `\r\n` and `\r` end a line.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut from, mut start, mut at, mut number) = (0, 0_u32, 0_u32, 1_u32);
    let mut characters = text.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        at += 1;
        if !matches!(character, '\n' | '\r') {
            continue;
        }
        lines.push(Line { text: &text[from..offset], start, number });
        let mut next = offset + 1;
        if character == '\r' && characters.peek().is_some_and(|(_, following)| *following == '\n') {
            characters.next();
            at += 1;
            next += 1;
        }
        (from, start, number) = (next, at, number + 1);
    }
    if from < text.len() {
        lines.push(Line { text: &text[from..], start, number });
    }
    lines
}

fn block(line: &Line<'_>, role: BlockRole) -> Option<Block> {
    if line.text.trim().is_empty() {
        return None;
    }
    let length = u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX);
    Some(Block { span: Span::new(line.start, line.start + length), role, place: Place::Line(line.number) })
}

/// Headings and pipe tables of Markdown.
fn markdown(lines: &[Line<'_>], limits: &Limits) -> Result<(Vec<Block>, Vec<Table>), Unreadable> {
    let (mut blocks, mut tables, mut at, mut count) = (Vec::new(), Vec::new(), 0, 0_u64);
    while at < lines.len() {
        let rows = table_rows(&lines[at..]);
        if rows == 0 {
            blocks.extend(block(&lines[at], heading(lines[at].text)));
            at += 1;
            continue;
        }
        let table = table(&lines[at..at + rows]);
        count += table.cells.len() as u64;
        if count > limits.cells {
            return Err(Unreadable::TooLarge { what: Size::Cells, limit: limits.cells });
        }
        for cell in table.cells.iter().filter(|cell| !cell.span.is_empty()) {
            // The delimiter row is no row of the table, but a line of the file.
            let line = &lines[at + cell.row as usize + usize::from(cell.row > 0)];
            blocks.push(Block { span: cell.span, role: BlockRole::Cell, place: Place::Line(line.number) });
        }
        tables.push(table);
        at += rows;
    }
    Ok((blocks, tables))
}

fn heading(line: &str) -> BlockRole {
    let level = line.chars().take_while(|character| *character == '#').count();
    let titled = line[level..].starts_with([' ', '\t', '\u{3000}']);
    match u8::try_from(level) {
        Ok(level @ 1..=6) if titled => BlockRole::Heading(level),
        _ => BlockRole::Paragraph,
    }
}

/// How many lines the pipe table has that begins here, its delimiter row included; 0 if none begins.
fn table_rows(lines: &[Line<'_>]) -> usize {
    let piped = |line: &Line<'_>| line.text.trim_start().starts_with('|');
    let delimits = |line: &Line<'_>| {
        let text = line.text.trim();
        text.contains('-') && text.chars().all(|character| matches!(character, '|' | '-' | ':' | ' '))
    };
    match lines {
        [head, rule, ..] if piped(head) && piped(rule) && delimits(rule) => {
            lines.iter().take_while(|line| piped(line)).count()
        }
        _ => 0,
    }
}

/// The table of these lines; the second one is the delimiter row.
fn table(lines: &[Line<'_>]) -> Table {
    let mut cells = Vec::new();
    let mut columns = 0;
    let rows = lines.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line);
    for (row, line) in rows.enumerate() {
        for (column, span) in cell_spans(line).into_iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            columns = columns.max(column + 1);
            cells.push(Cell { row, column, row_span: 1, column_span: 1, span });
        }
    }
    let end = cells.last().map_or(lines[0].start, |cell| cell.span.end);
    let rows = u32::try_from(lines.len() - 1).unwrap_or(u32::MAX);
    Table { span: Span::new(lines[0].start, end), sheet: None, rows, columns, cells }
}

/// The spans of the cells of a row `| a | b |`, without the blanks around their text; `\|` is a bar in a cell.
fn cell_spans(line: &Line<'_>) -> Vec<Span> {
    let characters: Vec<char> = line.text.chars().collect();
    let bars: Vec<usize> = (0..characters.len())
        .filter(|at| characters[*at] == '|' && (*at == 0 || characters[*at - 1] != '\\'))
        .collect();
    let mut edges = bars.clone();
    if characters[bars.last().map_or(0, |bar| bar + 1)..].iter().any(|character| !character.is_whitespace()) {
        edges.push(characters.len());
    }
    edges
        .windows(2)
        .map(|pair| {
            let (mut start, mut end) = (pair[0] + 1, pair[1]);
            while start < end && characters[start].is_whitespace() {
                start += 1;
            }
            while end > start && characters[end - 1].is_whitespace() {
                end -= 1;
            }
            let offset = |at: usize| line.start + u32::try_from(at).unwrap_or(u32::MAX);
            Span::new(offset(start), offset(end))
        })
        .collect()
}
