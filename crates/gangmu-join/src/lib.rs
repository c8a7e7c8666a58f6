//! A folder of files as one edition (归并): annex tables, division-of-work tables and other plans beside an outline.
//!
//! *In:* an outline and files, each read and compiled. *Out:* what each file is; every row of a division of work with
//! its clauses, units and deadline; every row of an annex; where text and tables disagree; clauses without a row.
//! *Never:* guesses silently: what a row does not say is `None`, what is doubtful carries a flag.

mod annex;
mod attach;
mod conflicts;
mod deadline;
mod differences;
mod grid;
mod joined;
mod lexicon;
mod matching;
mod recognise;
mod reference;
mod rows;
mod sort;
mod units;

use gangmu_kernel::{SourceText, source::SourceKind};
use gangmu_plan::{
    compile::{Names, compile, figures::plan_years},
    compiled::{CompiledPlan, NoticeKind},
};

pub use attach::{Attached, attach};
pub use joined::{
    AnnexFlag, AnnexRow, Assignment, Conflict, ConflictKind, ConflictValue, FORMAT, File, FileKind, FileNotice, Flag,
    Joined, JoinedIndicator, Place, SourceOf,
};
pub use sort::{Role, Sorted, Why, sort};

/// A file that was read and compiled (已编译文件).
#[derive(Debug, Clone)]
pub struct Document {
    /// The file's name.
    pub name: String,
    /// What was read.
    pub source: SourceText,
    /// What the compiler made of it.
    pub plan: CompiledPlan,
}

impl Document {
    /// Compiles a file with the names that a pack knows.
    pub fn new(name: impl Into<String>, source: SourceText, names: &Names) -> Self {
        let plan = compile(&source, names);
        Self { name: name.into(), source, plan }
    }
}

/// Joins files to an outline, each as what it is recognised to be.
pub fn join(outline: &Document, files: &[Document], names: &Names) -> Joined {
    let files: Vec<(&Document, Option<FileKind>)> = files.iter().map(|file| (file, None)).collect();
    join_as(outline, &files, names)
}

/// Joins files to an outline, each as what somebody said it is, or as what it is recognised to be.
pub fn join_as(outline: &Document, files: &[(&Document, Option<FileKind>)], names: &Names) -> Joined {
    let period = plan_years(&outline.source, names);
    let text = matching::Clauses::read(outline);
    let known = units::Known::new(outline, names);
    let mut joined = Joined::new();
    let mut annexes = Vec::new();
    for &(file, said) in files {
        let tables = grid::tables(&file.source);
        let found = recognise::recognise(file, &tables);
        let found = said.filter(|kind| *kind != found.kind).map_or(found.clone(), |kind| found.held_to(kind, &tables));
        joined.files.push(File { file: file.name.clone(), kind: found.kind });
        joined.notices.extend(recognise::unread(file, &tables, &found));
        let entries = rows::entries(file, &tables, &found.tables);
        joined.rows.extend(matching::assign(&text, &known, period, entries));
        if found.annexes() {
            annexes.push(annex::rows(file, &tables, &found.tables));
            // A table alone is no plan, and need not be one.
            let doubts = file.plan.notices.iter().filter(|notice| notice.kind != NoticeKind::NotAPlan).cloned();
            joined.notices.extend(doubts.map(|notice| FileNotice { file: file.name.clone(), notice }));
        }
    }
    matching::mark_duplicates(&mut joined.rows);
    joined.conflicts = conflicts::of_rows(outline, &known, &joined.rows);
    let rows = annexes.concat();
    let merged = annex::merge(outline, rows);
    joined.indicators = merged.indicators;
    joined.annex = merged.rows;
    joined.conflicts.extend(merged.conflicts);
    joined.clauses_without_row = text.without_row(&joined.rows);
    joined
}

/// Is the file of a kind whose sheets have names?
fn has_sheets(source: &SourceText) -> bool {
    source.kind == SourceKind::Xlsx
}
