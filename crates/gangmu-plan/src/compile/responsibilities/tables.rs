//! Responsibilities in tables (责任分工表): columns under heads such as 牵头单位 and 完成时限.

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::parse::names;
use super::{LEXICON, Statement, TABLE, dense, made};
use crate::compile::lexicon::Words;
use crate::compile::reading::Reading;
use crate::compiled::Responsibility;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Lead,
    Support,
    Responsible,
    Deadline,
}

/// Rows that are searched for heads.
const HEAD_ROWS: u32 = 4;

/// What a head says of its column.
fn column(head: &[char]) -> Option<Column> {
    static HEADS: LazyLock<[(Column, Words); 4]> = LazyLock::new(|| {
        let l = &*LEXICON;
        [
            (Column::Lead, l.words(&["label.lead"])),
            (Column::Support, l.words(&["label.support"])),
            (Column::Responsible, l.words(&["label.responsible"])),
            (Column::Deadline, l.words(&["label.deadline"])),
        ]
    });
    if head.is_empty() || head.len() > 14 {
        return None;
    }
    // 责任单位（列第一位的为牵头单位）, 牵头（责任）单位.
    let plain: Vec<char> = match head.iter().position(|c| *c == '（') {
        Some(open) if open >= 4 => head[..open].to_vec(),
        _ => head.iter().copied().filter(|c| !matches!(c, '（' | '）')).collect(),
    };
    HEADS.iter().find(|(_, words)| words.contains(&plain)).map(|(column, _)| *column)
}

/// A row as both kinds of table give it: `(column, span)` of its cells.
type Row = Vec<(u32, Span)>;

/// Finds the responsibilities of tables.
pub(super) fn find(reading: &Reading<'_>, rule_of_first: bool, out: &mut Vec<Responsibility>) {
    for table in &reading.ground.source.tables {
        let mut rows: Vec<Row> = vec![Vec::new(); table.rows.min(100_000) as usize];
        for cell in &table.cells {
            if let Some(row) = rows.get_mut(cell.row as usize) {
                row.push((cell.column, cell.span));
            }
        }
        read(reading, &rows, rule_of_first, out);
    }
    if reading.ground.source.tables.is_empty() {
        tabbed(reading, rule_of_first, out);
    }
}

/// Reads runs of lines whose fields are parted by tabs.
fn tabbed(reading: &Reading<'_>, rule_of_first: bool, out: &mut Vec<Responsibility>) {
    let ground = &reading.ground;
    let mut rows: Vec<Row> = Vec::new();
    let mut gap = 0;
    for line in &ground.lines {
        let text = ground.folded(line.start, line.end);
        if text.contains(&'\t') {
            rows.push(fields(text, line.start));
            gap = 0;
        } else if !line.is_blank() {
            // A line between the rows may be a group title; two end the table.
            gap += 1;
            if gap > 2 && !rows.is_empty() {
                read(reading, &rows, rule_of_first, out);
                rows.clear();
            }
        }
    }
    read(reading, &rows, rule_of_first, out);
}

fn fields(text: &[char], base: u32) -> Row {
    let mut row = Vec::new();
    let (mut from, mut column) = (0usize, 0u32);
    for at in 0..=text.len() {
        if at == text.len() || text[at] == '\t' {
            row.push((column, Span::new(base + from as u32, base + at as u32)));
            from = at + 1;
            column += 1;
        }
    }
    row
}

/// Reads the rows below a head row.
fn read(reading: &Reading<'_>, rows: &[Row], rule_of_first: bool, out: &mut Vec<Responsibility>) {
    let ground = &reading.ground;
    let mut heads: Vec<(u32, Column)> = Vec::new();
    let mut below = 0;
    for (index, row) in rows.iter().enumerate().take(HEAD_ROWS as usize) {
        for (at, span) in row {
            if let Some(kind) = column(&dense(ground.folded(span.start, span.end))) {
                heads.push((*at, kind));
                below = index + 1;
            }
        }
        if !heads.is_empty() {
            break;
        }
    }
    if !heads.iter().any(|(_, c)| *c != Column::Deadline) {
        return;
    }
    for row in &rows[below..] {
        let mut statement = Statement::default();
        let mut whole: Option<Span> = None;
        for (at, span) in row {
            let Some((_, kind)) = heads.iter().find(|(column, _)| column == at) else { continue };
            let text = dense(ground.folded(span.start, span.end));
            if text.is_empty() || column(&text).is_some() {
                continue;
            }
            let target = match kind {
                Column::Lead => &mut statement.lead,
                Column::Support => &mut statement.support,
                Column::Responsible => &mut statement.responsible,
                Column::Deadline => {
                    statement.deadline = Some(ground.tidy(span.start, span.end));
                    continue;
                }
            };
            target.extend(names(&text));
            whole = Some(whole.map_or(*span, |w| Span::new(w.start.min(span.start), w.end.max(span.end))));
        }
        let Some(span) = whole else { continue };
        // A blank at the head of a field is no part of it.
        let start = ground.skip_blanks(span.start, span.end);
        out.push(made(reading, Span::new(start, ground.trim_end(start, span.end)), &statement, rule_of_first, TABLE));
    }
}
