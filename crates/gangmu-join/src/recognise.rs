//! What files and their tables are (文件识别), told by heads of columns, by what the compiler found, by the form of the text.

use crate::{
    Document,
    grid::Table,
    joined::{FileKind, FileNotice},
    lexicon,
    rows::heads,
};
use gangmu_plan::compiled::{Level, Notice, NoticeKind, Origin};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a file is, and each of its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub kind: FileKind,
    pub tables: Vec<TableKind>,
}

impl Recognised {
    /// Does the file hold a table of indicators?
    pub fn annexes(&self) -> bool {
        self.tables.contains(&TableKind::Indicators) || self.kind == FileKind::Annex
    }

    /// The same file taken for what somebody says it is: tables of that kind are read, others are not.
    pub fn held_to(&self, kind: FileKind, tables: &[Table]) -> Self {
        let of_kind = |found: TableKind, table: &Table| match kind {
            FileKind::Assignments if found == TableKind::Continued => found,
            FileKind::Assignments if heads::find(table, 0).is_some_and(|head| head.is_assignment()) => {
                TableKind::Assignments
            }
            FileKind::Annex if found == TableKind::Indicators => found,
            FileKind::Projects if found == TableKind::Projects => found,
            _ => TableKind::Other,
        };
        let tables = self.tables.iter().zip(tables).map(|(found, table)| of_kind(*found, table)).collect();
        Self { kind, tables }
    }
}

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    Assignments,
    /// It goes on with the division of work before it and has no head of its own.
    Continued,
    Indicators,
    Projects,
    Other,
}

/// A text with more chapters than this, or more items, has the form of a plan.
const CHAPTERS: usize = 3;
const ITEMS: usize = 8;
/// A plan has more characters outside of its tables than this.
const PROSE: usize = 1_500;

/// Tells what a file is.
pub(crate) fn recognise(file: &Document, tables: &[Table]) -> Recognised {
    let mut kinds: Vec<TableKind> = Vec::new();
    let mut columns = None;
    for table in tables {
        let kind = of_table(file, table, columns);
        match kind {
            TableKind::Assignments => columns = table.rows.first().map(|r| r.spots.len()),
            TableKind::Continued => {}
            _ => columns = None,
        }
        kinds.push(kind);
    }
    let rows = |wanted: &[TableKind]| -> usize {
        tables.iter().zip(&kinds).filter(|(_, kind)| wanted.contains(kind)).map(|(table, _)| table.rows.len()).sum()
    };
    let assigned = rows(&[TableKind::Assignments, TableKind::Continued]);
    let (indicators, projects) = (rows(&[TableKind::Indicators]), rows(&[TableKind::Projects]));
    let prose = file.source.text.chars().count() - tables.iter().map(|t| (t.span.1 - t.span.0) as usize).sum::<usize>();
    let kind = if is_plan(file, prose) && prose > 2 * (file.source.text.chars().count() - prose) {
        FileKind::Plan
    } else if assigned > 0 && assigned >= indicators.max(projects) {
        FileKind::Assignments
    } else if indicators > 0 && indicators >= projects {
        FileKind::Annex
    } else if projects > 0 {
        FileKind::Projects
    } else if is_plan(file, prose) {
        FileKind::Plan
    } else if tables.is_empty() && file.plan.indicators.iter().filter(|i| !i.rows.is_empty()).count() >= 3 {
        FileKind::Annex
    } else {
        FileKind::Unknown
    };
    Recognised { kind, tables: kinds }
}

fn of_table(file: &Document, table: &Table, before: Option<usize>) -> TableKind {
    let inside = |start: u32| table.span.0 <= start && start < table.span.1;
    let indicators = file.plan.indicators.iter().filter(|i| i.rows.iter().any(|r| inside(r.0))).count();
    let head = heads::find(table, 0);
    if let Some(head) = &head {
        if head.is_assignment() && (head.has_task_head || indicators < 2) {
            return TableKind::Assignments;
        }
        if head.is_project() && indicators < 2 {
            return TableKind::Projects;
        }
    }
    if indicators > 0 {
        return TableKind::Indicators;
    }
    // A table that goes on on the next page.
    let columns = table.rows.first().map(|r| r.spots.len());
    let goes_on = before.is_some() && (before == columns || lexicon::holds(&table.before, "continued"));
    if head.is_none() && goes_on { TableKind::Continued } else { TableKind::Other }
}

/// Tables of a file of tables that have no head that is known: named, so that nobody takes them for read.
pub(crate) fn unread(file: &Document, tables: &[Table], found: &Recognised) -> Vec<FileNotice> {
    if matches!(found.kind, FileKind::Plan) {
        return Vec::new();
    }
    let large = |table: &&Table| table.rows.len() >= 2 && table.rows.iter().any(|row| row.texts().len() >= 3);
    let others = tables.iter().zip(&found.tables).filter(|(_, kind)| **kind == TableKind::Other).map(|(t, _)| t);
    others
        .filter(large)
        .map(|table| {
            let number = table.number.map(|number| format!("第{number}个表"));
            let name = table.sheet.clone().or(number).unwrap_or_default();
            let rows = table.rows.len().to_string();
            let notice = Notice {
                kind: NoticeKind::MissingTable,
                message: format!("“{name}”没有认出表头，{rows}行没有读入"),
                spans: vec![table.span],
                fields: BTreeMap::from([("table".to_owned(), name), ("rows".to_owned(), rows)]),
                origin: Origin { rule: "table.no_known_head".to_owned(), confidence: Decimal::ONE, signs: Vec::new() },
            };
            FileNotice { file: file.name.clone(), notice }
        })
        .collect()
}

fn is_plan(file: &Document, prose: usize) -> bool {
    let count = |levels: &[Level]| file.plan.outline.iter().filter(|h| levels.contains(&h.level)).count();
    prose >= PROSE
        && (count(&[Level::Chapter, Level::Section]) >= CHAPTERS || count(&[Level::Item, Level::Subitem]) >= ITEMS)
}
