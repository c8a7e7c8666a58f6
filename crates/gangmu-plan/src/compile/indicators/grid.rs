//! Grids (表格): tables of the file, rows with tabs or bars, and cells that stand one a line.

use gangmu_kernel::source::Span;

use crate::compile::ground::Ground;
use crate::compile::reading::{Reading, SentenceKind};

/// A table as rows of cells; a merged cell stands in each place that it covers.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub columns: usize,
    /// Cells stand one a line: rows must be found by what the cells say.
    pub loose: bool,
}

impl Grid {
    /// From its first cell to its last.
    pub fn span(&self) -> Span {
        let rows = || self.rows.iter().filter(|r| r.span.end > 0);
        Span::new(rows().map(|r| r.span.start).min().unwrap_or(0), rows().map(|r| r.span.end).max().unwrap_or(0))
    }
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// From its own first cell to its last.
    pub span: Span2,
    /// The cells; empty spans for empty ones.
    pub cells: Vec<Span>,
}

/// A span that grows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span2 {
    pub start: u32,
    pub end: u32,
}

impl Span2 {
    fn cover(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        if self.end == 0 {
            (self.start, self.end) = (span.start, span.end);
        }
        self.start = self.start.min(span.start);
        self.end = self.end.max(span.end);
    }
}

/// No table of a plan has more places than this; larger ones are data, not indicators.
const PLACES: usize = 60_000;

/// All grids of the text, in text order.
pub(super) fn grids(reading: &Reading<'_>) -> Vec<Grid> {
    let mut out: Vec<(u32, Grid)> = Vec::new();
    for table in &reading.ground.source.tables {
        let (rows, columns) = (table.rows as usize, table.columns as usize);
        if !(2..=60).contains(&columns) || rows.saturating_mul(columns) > PLACES {
            continue;
        }
        let mut grid = Grid {
            rows: vec![Row { span: Span2::default(), cells: vec![Span::new(0, 0); columns] }; rows],
            columns,
            loose: false,
        };
        for cell in &table.cells {
            let (r, c) = (cell.row as usize, cell.column as usize);
            if r >= rows || c >= columns {
                continue;
            }
            grid.rows[r].span.cover(cell.span);
            let (down, right) =
                ((cell.row_span.max(1) as usize).min(rows - r), (cell.column_span.max(1) as usize).min(columns - c));
            for row in &mut grid.rows[r..r + down] {
                row.cells[c..c + right].fill(cell.span);
            }
        }
        out.push((table.span.start, grid));
    }
    let tables: Vec<Span> = reading.ground.source.tables.iter().map(|t| t.span).collect();
    let mut text: Option<(u32, Grid)> = None;
    let mut last_end = 0;
    for sentence in reading.sentences.iter().filter(|s| s.kind == SentenceKind::Row) {
        let next = tables.partition_point(|t| t.end <= sentence.span.start);
        if tables.get(next).is_some_and(|t| t.overlaps(sentence.span)) {
            continue;
        }
        let cells = split(&reading.ground, sentence.span);
        let loose = cells.len() == 1;
        let gap = reading
            .ground
            .folded(last_end, sentence.span.start)
            .iter()
            .any(|c| !matches!(c, ' ' | '\n' | '\t' | '|' | '-' | '：'));
        let fits = text.as_ref().is_some_and(|(_, g)| g.loose == loose) && !gap;
        if !fits {
            out.extend(text.take().filter(|(_, g)| g.rows.len() >= 2));
        }
        let grid = &mut text.get_or_insert_with(|| (sentence.span.start, Grid { loose, ..Grid::default() })).1;
        grid.columns = grid.columns.max(cells.len());
        if !is_rule(&reading.ground, sentence.span) {
            grid.rows.push(Row { span: Span2 { start: sentence.span.start, end: sentence.span.end }, cells });
        }
        last_end = sentence.span.end;
    }
    out.extend(text.filter(|(_, g)| g.rows.len() >= 2));
    out.sort_by_key(|(start, _)| *start);
    out.into_iter().map(|(_, g)| g).collect()
}

/// |---|---| under the head of a Markdown table.
fn is_rule(ground: &Ground<'_>, span: Span) -> bool {
    ground.folded(span.start, span.end).iter().all(|c| matches!(c, '|' | '-' | '：' | ' ' | '—'))
}

/// The cells of a row with tabs or bars.
fn split(ground: &Ground<'_>, span: Span) -> Vec<Span> {
    let text = ground.folded(span.start, span.end);
    let bars = text.first() == Some(&'|');
    let sign = if bars { '|' } else { '\t' };
    let (from, to) =
        if bars { (1, text.len() - usize::from(text.len() > 1 && text.last() == Some(&'|'))) } else { (0, text.len()) };
    let mut out = Vec::new();
    let mut start = from;
    for at in from..=to {
        if at == to || text[at] == sign {
            let (mut a, mut b) = (start, at);
            while a < b && text[a] == ' ' {
                a += 1;
            }
            while b > a && text[b - 1] == ' ' {
                b -= 1;
            }
            out.push(Span::new(span.start + a as u32, span.start + b as u32));
            start = at + 1;
        }
    }
    out
}
