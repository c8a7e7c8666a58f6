//! What each file of a folder is for (归类): one outline, and what stands beside it, each with the reason.

use crate::{
    Document,
    grid::{self, Table},
    has_sheets,
    joined::FileKind,
    recognise::{Recognised, TableKind, recognise},
};
use gangmu_plan::compiled::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a file of a folder is for (文件用途).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 纲要: the text whose clauses everything else is joined to.
    Outline,
    /// 指标附表.
    Annex,
    /// 任务分工表.
    Assignments,
    /// 项目清单.
    Projects,
    /// 其他规划: kept beside the edition, not joined.
    Plan,
    /// 仅留存: kept beside the edition, not read.
    Aside,
    /// 未识别: somebody is asked.
    Unknown,
}

impl Role {
    /// What a person may say that a file is, in the order of the page.
    pub const CHOICES: [Self; 6] =
        [Self::Outline, Self::Annex, Self::Assignments, Self::Projects, Self::Plan, Self::Aside];

    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Annex => "annex",
            Self::Assignments => "assignments",
            Self::Projects => "projects",
            Self::Plan => "plan",
            Self::Aside => "aside",
            Self::Unknown => "unknown",
        }
    }

    /// The role of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::CHOICES.into_iter().chain([Self::Unknown]).find(|role| role.word() == word)
    }

    /// What the join takes it for; none for what is not joined.
    pub fn kind(self) -> Option<FileKind> {
        match self {
            Self::Annex => Some(FileKind::Annex),
            Self::Assignments => Some(FileKind::Assignments),
            Self::Projects => Some(FileKind::Projects),
            _ => None,
        }
    }
}

/// Why a file is thought to be what it is (归类依据): a code with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// `text`, `division`, `indicators`, `projects`, `plan`, `nothing`.
    pub code: String,
    /// `table`, `rows`, `chars`, `headings`.
    pub fields: BTreeMap<String, String>,
}

/// A file with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    /// What for.
    pub role: Role,
    /// Why.
    pub why: Why,
}

/// A short text with so many chapters and sections is an outline before it is anything else.
const CHAPTERS: usize = 2;

/// Says of each file of a folder what it is for. One of them is the outline: of the texts that have the form of a plan
/// the longest, else the longest with chapters, else the longest that is nothing else.
pub fn sort(files: &[Document]) -> Vec<Sorted> {
    let found: Vec<(Vec<Table>, Recognised)> = files
        .iter()
        .map(|file| {
            let tables = grid::tables(&file.source);
            let found = recognise(file, &tables);
            (tables, found)
        })
        .collect();
    let rank = |at: usize| {
        let (file, kind) = (&files[at], found[at].1.kind);
        let parts = headings(file) >= CHAPTERS;
        let text = !has_sheets(&file.source);
        (text, kind == FileKind::Plan, parts, kind == FileKind::Unknown, file.source.text.len())
    };
    let outline = (0..files.len()).max_by_key(|at| (rank(*at), usize::MAX - at));
    let sorted = files.iter().zip(&found).enumerate().map(|(at, (file, (tables, found)))| {
        if outline == Some(at) {
            return Sorted { role: Role::Outline, why: text_of(file, "text") };
        }
        of_file(file, tables, found)
    });
    sorted.collect()
}

fn of_file(file: &Document, tables: &[Table], found: &Recognised) -> Sorted {
    let rows_in = |code: &str, kinds: &[TableKind]| table_of(code, tables, &found.tables, kinds);
    match found.kind {
        FileKind::Assignments => {
            let kinds = [TableKind::Assignments, TableKind::Continued];
            Sorted { role: Role::Assignments, why: rows_in("division", &kinds) }
        }
        FileKind::Projects => Sorted { role: Role::Projects, why: rows_in("projects", &[TableKind::Projects]) },
        FileKind::Plan => Sorted { role: Role::Plan, why: text_of(file, "plan") },
        FileKind::Annex => Sorted { role: Role::Annex, why: indicators(file, tables) },
        // A few lines of indicators are too little for a table, and nothing else.
        FileKind::Unknown if file.plan.indicators.iter().any(|i| !i.rows.is_empty()) => {
            Sorted { role: Role::Annex, why: indicators(file, tables) }
        }
        FileKind::Unknown => {
            let rows = tables.iter().map(|t| t.rows.len()).sum::<usize>();
            let mut why = text_of(file, "nothing");
            why.fields.insert("rows".to_owned(), rows.to_string());
            Sorted { role: Role::Unknown, why }
        }
    }
}

fn text_of(file: &Document, code: &str) -> Why {
    let fields = [
        ("chars".to_owned(), file.source.text.chars().count().to_string()),
        ("headings".to_owned(), headings(file).to_string()),
    ];
    Why { code: code.to_owned(), fields: fields.into() }
}

/// Chapters and sections.
fn headings(file: &Document) -> usize {
    file.plan.outline.iter().filter(|h| matches!(h.level, Level::Chapter | Level::Section)).count()
}

fn indicators(file: &Document, tables: &[Table]) -> Why {
    let rows: Vec<_> = file.plan.indicators.iter().filter_map(|i| i.rows.first()).collect();
    let first = rows.first().and_then(|row| tables.iter().find(|t| t.span.0 <= row.0 && row.0 < t.span.1));
    let fields =
        [("table".to_owned(), first.map_or_else(String::new, name)), ("rows".to_owned(), rows.len().to_string())];
    Why { code: "indicators".to_owned(), fields: fields.into() }
}

fn table_of(code: &str, tables: &[Table], kinds: &[TableKind], wanted: &[TableKind]) -> Why {
    let of_kind: Vec<&Table> = tables.iter().zip(kinds).filter(|(_, k)| wanted.contains(k)).map(|(t, _)| t).collect();
    let rows: usize = of_kind.iter().map(|table| table.rows.len()).sum();
    let named = of_kind.first().map(|table| name(table)).unwrap_or_default();
    let fields = [("table".to_owned(), named), ("rows".to_owned(), rows.to_string())];
    Why { code: code.to_owned(), fields: fields.into() }
}

/// The sheet's name, or the table's number.
fn name(table: &Table) -> String {
    let number = || table.number.map(|number| number.to_string());
    table.sheet.clone().or_else(number).unwrap_or_default()
}
