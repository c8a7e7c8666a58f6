//! Indicators (指标): of 专栏 tables and annexes, and of prose.
//!
//! *In:* the reading, and for prose its measures. *Out:* one indicator for each row that states a value.
//! *Never:* a baseline or a target that the text does not state.

mod cells;
mod columns;
mod grid;
mod prose;

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use self::cells::{CellValue, Name};
use self::columns::{Head, Role};
use self::grid::{Grid, Row};
use super::lexicon::{Lexicon, origin};
use super::quantities::context::Parts;
use super::reading::Reading;
use super::trace::Trace;
use crate::compiled::{Baseline, Change, ChangeKind, Indicator, IndicatorTarget};
pub(crate) use prose::prose;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/indicators.txt")));

/// A row of a table whose head says what its columns hold.
const TABLE: &str = "indicator:table";
/// The same where the cells stand one a line.
const CELL_LINES: &str = "indicator:cell-lines";

/// The indicators of all tables, in text order; what is turned away goes to the trace.
pub(crate) fn tabled(reading: &Reading<'_>, parts: &Parts, trace: &mut Trace) -> Vec<Indicator> {
    let mut out = Vec::new();
    let mut last: Option<(Head, usize)> = None;
    for grid in grid::grids(reading) {
        if grid.loose {
            loose(reading, parts, &grid, &mut out, trace);
            last = None;
            continue;
        }
        let head = match columns::head(&reading.ground, &grid, parts.years) {
            Some(head) => head,
            // A table that goes on on the next page has no head of its own.
            None => match &last {
                Some((head, columns)) if *columns == grid.columns => Head { rows: 0, ..head.clone() },
                _ => {
                    trace.miss("indicator", grid.span(), TABLE, "no_known_column_head");
                    continue;
                }
            },
        };
        let note = note_after(reading, &grid);
        let mut table = TableState { reading, head: &head, star: note, category: None, parent: None, previous: None };
        for row in &grid.rows[head.rows.min(grid.rows.len())..] {
            out.extend(table.row(row, trace));
        }
        last = Some((head, grid.columns));
    }
    out
}

/// What is carried from row to row.
struct TableState<'a, 'r> {
    reading: &'a Reading<'r>,
    head: &'a Head,
    /// The year of the values marked *.
    star: Option<u32>,
    category: Option<String>,
    /// A row without values: the parent of the rows after it, with its unit.
    parent: Option<Name>,
    /// The name of the last row with values.
    previous: Option<Name>,
}

impl TableState<'_, '_> {
    fn cell(&self, row: &Row, role: impl Fn(&Role) -> bool) -> Option<(&[char], Role)> {
        let index = self.head.roles.iter().position(role)?;
        let span = row.cells.get(index)?;
        Some((self.reading.ground.folded(span.start, span.end), self.head.roles[index]))
    }

    /// The name is read from the text as written, because a name is shown.
    fn name(&self, row: &Row) -> Option<Name> {
        let index = self.head.roles.iter().position(|r| *r == Role::Name)?;
        let span = row.cells.get(index)?;
        let chars = self.reading.ground.chars.get(span.start as usize..span.end as usize)?;
        Some(cells::name(chars)).filter(|n| !n.name.is_empty())
    }

    /// The indicator of a row; none for heads, notes and parents.
    fn row(&mut self, row: &Row, trace: &mut Trace) -> Option<Indicator> {
        let mut turn_away = |sign| trace.miss("indicator", Span::new(row.span.start, row.span.end), TABLE, sign);
        let category =
            self.cell(row, |r| *r == Role::Category).map(|(t, _)| super::ground::tidy(t)).filter(|c| !c.is_empty());
        let Some(mut name) = self.name(row) else {
            turn_away("row_without_a_name");
            return None;
        };
        // A row whose cells are all the same is a heading of the table.
        if row.cells.len() > 1 && row.cells.iter().all(|c| *c == row.cells[0]) {
            self.category = Some(name.name);
            self.parent = None;
            turn_away("heading_across_the_table");
            return None;
        }
        if category.is_some() && category != self.category {
            self.category.clone_from(&category);
            self.parent = None;
            self.previous = None;
        }
        let attribute = self.cell(row, |r| *r == Role::Attribute).and_then(|(t, _)| cells::attribute(t));
        let values = self.values(row);
        if values.0.text.is_none() && values.1.text.is_none() && values.2.text.is_none() {
            if super::outline::is_table_note(&name.name) {
                turn_away("note_under_a_table");
            } else {
                self.parent = Some(name);
                turn_away("row_without_values");
            }
            return None;
        }
        if name.parent.is_none() {
            if name.among {
                name.parent = self.parent.as_ref().or(self.previous.as_ref()).map(|p| p.name.clone());
            } else if !name.numbered {
                name.parent = self.parent.as_ref().filter(|p| p.numbered || p.among).map(|p| p.name.clone());
            }
        }
        if name.parent.is_none() {
            self.parent = None;
        }
        let unit_cell = self
            .cell(row, |r| *r == Role::Unit)
            .map(|(t, _)| super::ground::tidy(t))
            .filter(|t| !t.is_empty() && t != "—");
        let inherited = if name.among || name.parent.is_some() {
            self.parent.as_ref().or(self.previous.as_ref()).and_then(|p| p.unit.clone())
        } else {
            None
        };
        let stated = unit_cell.or_else(|| name.unit.clone());
        // 4.5 万 under a head of 家 is 4.5 万家.
        let unit = match (&stated, &values.1.unit) {
            (Some(unit), Some(magnitude))
                if matches!(magnitude.as_str(), "万" | "亿") && !unit.starts_with(magnitude.as_str()) =>
            {
                Some(format!("{magnitude}{unit}"))
            }
            _ => stated,
        };
        let unit = unit
            .or_else(|| values.1.unit.clone())
            .or_else(|| values.0.unit.clone())
            .or_else(|| values.2.unit.clone())
            .or(inherited);
        if !name.among {
            self.previous = Some(Name { unit: unit.clone(), ..name.clone() });
        }
        Some(self.indicator(row, name, unit, attribute, values))
    }

    /// Baseline, target and change of a row, with the roles they come from.
    fn values(&self, row: &Row) -> (CellValue, CellValue, CellValue) {
        let read = |role: fn(&Role) -> bool| self.cell(row, role).map(|(t, _)| cells::value(t)).unwrap_or_default();
        let baseline = read(|r| matches!(r, Role::Baseline(_)));
        let mut target = read(|r| matches!(r, Role::Target(_)));
        let mut change = read(|r| matches!(r, Role::Change { .. }));
        let either = read(|r| matches!(r, Role::TargetOrChange(_)));
        if either.text.is_some() {
            if either.annual || either.cumulative { change = either } else { target = either }
        }
        (baseline, target, change)
    }

    fn year(&self, role: fn(&Role) -> Option<u32>) -> Option<u32> {
        self.head.roles.iter().find_map(role)
    }

    fn indicator(
        &self,
        row: &Row,
        name: Name,
        unit: Option<String>,
        attribute: Option<crate::compiled::Attribute>,
        values: (CellValue, CellValue, CellValue),
    ) -> Indicator {
        let (baseline, target, change) = values;
        let base_year = baseline
            .year
            .or(self.star.filter(|_| baseline.starred))
            .or_else(|| self.year(|r| if let Role::Baseline(y) = r { *y } else { None }));
        let target_year = target
            .year
            .or_else(|| self.year(|r| if let Role::Target(y) | Role::TargetOrChange(y) = r { *y } else { None }));
        let kind = self.head.roles.iter().find_map(|r| match r {
            Role::Change { annual, cumulative } => Some((*annual, *cumulative)),
            _ => None,
        });
        let change_kind = if change.text.is_none() {
            None
        } else if change.cumulative {
            Some(ChangeKind::Cumulative)
        } else {
            match kind {
                Some((false, true)) => Some(ChangeKind::Cumulative),
                _ => Some(ChangeKind::Annual),
            }
        };
        let span = Span::new(row.span.start, row.span.end);
        let path = self.reading.path_at(span.start).to_owned();
        let mut signs = Vec::new();
        if unit.is_none() {
            signs.push(("no-unit", -5));
        }
        if target.value.is_none() && target.low.is_none() && change.value.is_none() {
            signs.push(("no-figure", -3));
        }
        Indicator {
            name: name.name,
            parent: name.parent,
            unit,
            category: self.category.clone(),
            attribute,
            baseline: Baseline {
                value: baseline.value,
                period: baseline.text.as_ref().and(base_year).map(|y| y.to_string()),
            },
            target: IndicatorTarget {
                value: target.value,
                low: target.low,
                high: target.high,
                period: target.text.as_ref().and(target_year).map(|y| y.to_string()),
                comparator: target.comparator,
                text: target.text,
            },
            change: Change { value: change.value, comparator: change.comparator, kind: change_kind, text: change.text },
            clause: path,
            rows: vec![(span.start, span.end)],
            start: span.start,
            end: span.end,
            origin: origin(TABLE, &signs),
        }
    }
}

/// The year that a note under the table gives to values marked *.
fn note_after(reading: &Reading<'_>, grid: &Grid) -> Option<u32> {
    let end = grid.rows.iter().map(|r| r.span.end).max()?;
    let text = reading.ground.folded(end, end + 300);
    let star = text.iter().position(|c| *c == '*')?;
    let digits: Vec<char> = text[star..text.len().min(star + 16)]
        .iter()
        .copied()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    (digits.len() == 4).then(|| digits.iter().collect::<String>().parse().ok()).flatten()
}

/// A table whose cells stand one a line: the head first, then rows that end with their attribute or begin with a name.
fn loose(reading: &Reading<'_>, parts: &Parts, grid: &Grid, out: &mut Vec<Indicator>, trace: &mut Trace) {
    let ground = &reading.ground;
    let cells: Vec<Span> = grid.rows.iter().flat_map(|r| r.cells.iter().copied()).collect();
    let text = |c: &Span| super::ground::tidy(ground.folded(c.start, c.end));
    let Some(first) = cells.iter().position(|c| columns::is_head(&text(c))) else { return };
    let heads = cells[first..]
        .iter()
        .take_while(|c| columns::is_head(&text(c)) && !text(c).contains("性") || text(c) == "属性")
        .count();
    if heads < 2 {
        trace.miss("indicator", grid.span(), CELL_LINES, "no_known_column_head");
        return;
    }
    let head_grid = Grid {
        rows: vec![Row { cells: cells[first..first + heads].to_vec(), ..Row::default() }],
        columns: heads,
        loose: false,
    };
    let Some(head) = columns::head(ground, &head_grid, parts.years) else { return };
    let Some(name_at) = head.roles.iter().position(|r| *r == Role::Name) else { return };
    let mut table = TableState {
        reading,
        head: &head,
        star: note_after(reading, grid),
        category: None,
        parent: None,
        previous: None,
    };
    let values = heads - name_at - 1;
    let mut at = first + heads;
    let mut category: Option<Span> = None;
    while at < cells.len() {
        // The name is the last cell of words before the first cell that is a value.
        let mut name = at;
        while name + 1 < cells.len() && !is_value(ground, &cells[name + 1]) {
            name += 1;
        }
        if name > at && name_at > 0 {
            category = Some(cells[at]);
        }
        let end = (name + 1 + values).min(cells.len());
        let mut row = vec![Span::new(0, 0); heads];
        row[name_at] = cells[name];
        if let (Some(c), true) = (category, name_at > 0) {
            row[name_at - 1] = c;
        }
        for (place, cell) in row[name_at + 1..].iter_mut().zip(&cells[(name + 1).min(end)..end]) {
            *place = *cell;
        }
        let span = grid::Span2 { start: cells[name].start, end: cells[end - 1].end };
        let before = out.len();
        out.extend(table.row(&Row { span, cells: row }, trace));
        if let Some(found) = out.get_mut(before) {
            found.origin = origin(CELL_LINES, &[]);
        }
        at = end.max(at + 1);
    }
}

/// Is the cell a value: a number, a dash, a bracketed number, an attribute, or a short phrase in a value's place?
fn is_value(ground: &super::Ground<'_>, cell: &Span) -> bool {
    let text = ground.folded(cell.start, cell.end);
    if cells::is_nothing(text) || cells::attribute(text).is_some() {
        return true;
    }
    let first = text.first().copied().unwrap_or(' ');
    let digits = text.iter().filter(|c| c.is_ascii_digit()).count();
    let signed = matches!(first, '〔' | '>' | '<' | '≥' | '≤' | '约');
    (first.is_ascii_digit() || signed)
        && digits > 0
        && !matches!(text.get(text.iter().take_while(|c| c.is_ascii_digit()).count()), Some('.' | '、') if text.iter().filter(|c| super::fold::is_han(**c)).count() >= 3)
}

/// The rows of indicator tables, which hold no sentences of their own.
pub(crate) fn row_spans(indicators: &[Indicator]) -> Vec<Span> {
    let mut out: Vec<Span> = indicators.iter().flat_map(|i| i.rows.iter().map(|(a, b)| Span::new(*a, *b))).collect();
    out.sort_by_key(|s| s.start);
    out
}

#[cfg(test)]
mod tests;
