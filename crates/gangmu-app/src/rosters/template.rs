//! The template of a roster (名册模板): two sheets to fill, with lists to choose from, and one that explains.

use super::column::{Column, Sort};
use crate::{access::Role, failure::Failure, packs::KINDS};
use gangmu_documents::{CellValue, Column as SheetColumn, Properties, Sheet, Workbook};
use gangmu_store::Fault;

/// The template as XLSX. Keys: `roster-sheet-…` and `roster-column-…` for what is in it, `roster-column-…-hint` for how
/// each column is filled, `organisation-kind-…` and `role-…` for the lists, `roster-help-…` for the sheet that explains.
pub async fn template(words: &(dyn Fn(&str) -> String + Sync)) -> Result<Vec<u8>, Failure> {
    let mut sheets = vec![help(words)];
    sheets.extend(Sort::ALL.map(|sort| empty(sort, words)));
    bytes(Workbook { sheets, properties: Properties { title: words("roster-template"), ..Properties::default() } })
        .await
}

fn head(column: Column, words: &dyn Fn(&str) -> String) -> String {
    let star = if column.required() { "*" } else { "" };
    words(&format!("roster-column-{}", column.word())) + star
}

fn hint(column: Column, words: &dyn Fn(&str) -> String) -> String {
    words(&format!("roster-column-{}-hint", column.word()))
}

fn empty(sort: Sort, words: &dyn Fn(&str) -> String) -> Sheet {
    let column = |column: &Column| {
        let width = match column {
            Column::Label | Column::Email | Column::Aliases | Column::Roles => 28.0,
            Column::IdNumber | Column::Organisation | Column::Login => 22.0,
            _ => 16.0,
        };
        let made = SheetColumn::text(head(*column, words), width).to_fill(hint(*column, words));
        match column {
            Column::Kind => made.choices(KINDS.map(|kind| words(&format!("organisation-kind-{kind}")))),
            Column::Roles => made.suggestions(Role::ALL.into_iter().skip(1).map(|r| words(&format!("role-{r}")))),
            _ => made,
        }
    };
    Sheet {
        name: words(&format!("roster-sheet-{}", sort.word())),
        columns: sort.columns().iter().map(column).collect(),
        ..Sheet::default()
    }
}

fn help(words: &dyn Fn(&str) -> String) -> Sheet {
    let mut rows = Vec::new();
    for sort in Sort::ALL {
        for column in sort.columns() {
            let need = if column.required() { "roster-help-required" } else { "roster-help-optional" };
            let sheet = words(&format!("roster-sheet-{}", sort.word()));
            let name = words(&format!("roster-column-{}", column.word()));
            rows.push([sheet, name, words(need), hint(*column, words)].map(CellValue::Text).to_vec());
        }
    }
    let head = |key: &str, width| SheetColumn::text(words(key), width);
    Sheet {
        name: words("roster-help"),
        title: Some(words("roster-template")),
        mark: None,
        columns: vec![
            head("roster-help-sheet", 10.0),
            head("roster-help-column", 14.0),
            head("roster-help-need", 8.0),
            head("roster-help-how", 80.0),
        ],
        rows,
        notes: (1..=5).map(|n| words(&format!("roster-help-note-{n}"))).collect(),
    }
}

/// The bytes of a workbook, made on a thread where it disturbs nobody.
pub(super) async fn bytes(book: Workbook) -> Result<Vec<u8>, Failure> {
    match tokio::task::spawn_blocking(move || book.to_xlsx()).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(unwritable)) => Err(Failure::Fault(Fault::Panicked(unwritable.to_string()))),
        Err(panic) => Err(Failure::Fault(Fault::Panicked(panic.to_string()))),
    }
}
