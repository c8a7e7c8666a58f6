//! The register as an Excel file (导出台账) that planners send round.

use super::{open::Opened, outline::Outline, present::Presenter, register::filter_of, views::RegisterFilter};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_documents::{CellValue, Column as SheetColumn, Properties, Sheet, Workbook};
use gangmu_plan::{
    compiled::Notice,
    edition::Stage,
    register::{Column, RegisterRow},
};
use gangmu_store::plan::{
    notices,
    register::{self as rows, Page},
};

/// Rows that a file holds at most; more than any plan has.
const ROWS: u32 = 100_000;

/// Finds the word of a key in the language of the file.
pub type Words = Box<dyn Fn(&str) -> String + Send>;

/// A file ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterFile {
    /// Its name.
    pub name: String,
    /// Its bytes: XLSX.
    pub bytes: Vec<u8>,
}

/// The register under a filter as XLSX. `words` finds the words of the language: see [`sheet`] for the keys.
pub async fn export_register(
    app: &App,
    session: &Session,
    plan: &str,
    filter: RegisterFilter,
    words: Words,
) -> Result<RegisterFile, Failure> {
    let plan = plan.to_owned();
    let now = app.now();
    let book = look(app, session, "plan.register_export", move |tx| {
        let opened = Opened::at(tx, &plan, filter.edition)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let wanted = filter_of(&filter, &outline);
        let found = rows::page(tx, opened.edition.id, &wanted, Page::First, ROWS)?;
        let presenter = Presenter::load(tx, opened.edition.id, &opened.address, &outline.headings, &found, Vec::new())?;
        let lines = (1..).zip(&found).map(|(ordinal, row)| {
            let view = presenter.commitment(row);
            let source = match view.annex {
                Some(annex) => format!("{}（{annex}）", view.reference),
                None => view.reference,
            };
            let clause = outline.place_of(row.commitment.clause).map(|c| c.path.clone()).unwrap_or_default();
            RegisterRow { ordinal, clause, form: view.form, source }
        });
        let lines: Vec<RegisterRow> = lines.collect();
        let doubts = doubts(tx, &opened)?;
        let in_review = opened.stage() == Stage::InReview;
        let title = format!("{} {}", opened.plan.title, words("register"));
        let mark = in_review.then(|| words("register-unreviewed"));
        let mut sheets = vec![sheet(&title, mark, &lines, &*words)];
        if !doubts.is_empty() {
            sheets.push(doubt_sheet(&doubts, &outline, &*words));
        }
        let properties =
            Properties { title, created: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(), ..Properties::default() };
        let name = format!("{}-{}-{}.xlsx", opened.plan.key, words("register"), opened.edition.number);
        Ok((name, Workbook { sheets, properties }))
    })
    .await?;
    let (name, book) = book;
    let bytes = tokio::task::spawn_blocking(move || book.to_xlsx()).await;
    match bytes {
        Ok(Ok(bytes)) => Ok(RegisterFile { name, bytes }),
        Ok(Err(unwritable)) => Err(Failure::Fault(gangmu_store::Fault::Panicked(unwritable.to_string()))),
        Err(panic) => Err(Failure::Fault(gangmu_store::Fault::Panicked(panic.to_string()))),
    }
}

fn doubts(tx: &mut gangmu_store::Tx<'_>, opened: &Opened) -> Result<Vec<notices::NoticeRow>, Failure> {
    let all = notices::of_clauses(tx, opened.edition.id, 0, u32::MAX)?;
    Ok(all.into_iter().filter(|n| n.settled.is_none()).collect())
}

/// The sheet of a register: 序号, 条款, 内容, 类型, 程度, 牵头单位, 配合单位, 时限, 目标值, 出处.
///
/// Keys: `register` names the sheet, `register-column-ordinal` … name the columns, and those of
/// [`RegisterRow::cell`].
pub fn sheet(title: &str, mark: Option<String>, rows: &[RegisterRow], words: &dyn Fn(&str) -> String) -> Sheet {
    let column = |column: Column| {
        let head = words(&format!("register-column-{}", column.name()));
        match column {
            Column::Ordinal => SheetColumn::number(head, 6.0),
            Column::Clause => SheetColumn::code(head, 12.0),
            Column::Content => SheetColumn::text(head, 60.0),
            Column::Kind => SheetColumn::code(head, 12.0),
            Column::Degree | Column::Deadline => SheetColumn::code(head, 10.0),
            Column::Lead | Column::Support => SheetColumn::text(head, 22.0),
            Column::Goal => SheetColumn::text(head, 18.0),
            Column::Source => SheetColumn::text(head, 20.0),
        }
    };
    let cells = |row: &RegisterRow| {
        let cell = |column: Column| match column {
            Column::Ordinal => CellValue::Integer(i64::from(row.ordinal)),
            other => match row.cell(other, words) {
                empty if empty.is_empty() => CellValue::Empty,
                text => CellValue::Text(text),
            },
        };
        Column::ALL.map(cell).to_vec()
    };
    Sheet {
        name: words("register"),
        title: Some(title.to_owned()),
        mark,
        columns: Column::ALL.map(column).to_vec(),
        rows: rows.iter().map(cells).collect(),
        notes: Vec::new(),
    }
}

/// The sheet of doubts. Keys: `doubts`, `register-column-ordinal`, `-clause`, `-doubt-kind`, `-doubt`, and
/// `doubt-arithmetic` … for the kinds.
pub fn doubts_sheet<'n>(rows: impl IntoIterator<Item = (String, &'n Notice)>, words: &dyn Fn(&str) -> String) -> Sheet {
    let head = |name: &str| words(&format!("register-column-{name}"));
    let row = |(ordinal, (clause, notice)): (i64, (String, &Notice))| {
        let kind =
            serde_json::to_value(notice.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_default();
        vec![
            CellValue::Integer(ordinal),
            CellValue::Text(clause),
            CellValue::Text(words(&format!("doubt-{kind}"))),
            CellValue::Text(notice.message.clone()),
        ]
    };
    Sheet {
        name: words("doubts"),
        title: Some(words("doubts")),
        mark: None,
        columns: vec![
            SheetColumn::number(head("ordinal"), 6.0),
            SheetColumn::code(head("clause"), 14.0),
            SheetColumn::code(head("doubt-kind"), 14.0),
            SheetColumn::text(head("doubt"), 80.0),
        ],
        rows: (1..).zip(rows).map(row).collect(),
        notes: Vec::new(),
    }
}

fn doubt_sheet(rows: &[notices::NoticeRow], outline: &Outline, words: &dyn Fn(&str) -> String) -> Sheet {
    let place = |row: &notices::NoticeRow| outline.place_of(row.clause).map(|c| c.path.clone()).unwrap_or_default();
    doubts_sheet(rows.iter().map(|row| (place(row), &row.notice)), words)
}
