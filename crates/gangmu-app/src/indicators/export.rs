//! The catalogue of indicators as an Excel file (导出指标目录).

use super::{
    READ,
    list::{filter_of, lines},
    views::{CatalogueFilter, IndicatorLine},
};
use crate::{app::App, failure::Failure, operate::look, plan::export_register::Words, session::Session};
use gangmu_documents::{CellValue, Column, Properties, Sheet, Workbook};
use gangmu_store::{
    Fault,
    indicators::definitions::{self as rows, Page},
};

/// Rows that a file holds at most; more than any district defines.
const ROWS: u32 = 20_000;

/// A file ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFile {
    /// Its name.
    pub name: String,
    /// Its bytes: XLSX.
    pub bytes: Vec<u8>,
}

/// The catalogue under a filter as XLSX; `words` finds the words of the language.
pub async fn export(
    app: &App,
    session: &Session,
    filter: CatalogueFilter,
    words: Words,
) -> Result<CatalogueFile, Failure> {
    let (today, now) = (app.today(), app.now());
    let (name, book) = look(app, session, READ, move |tx| {
        let found = rows::page(tx, &filter_of(&filter), Page::First, ROWS)?;
        let lines = lines(tx, &found, today)?;
        let title = words("indicators-catalogue");
        let created = now.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let properties = Properties { title: title.clone(), created, ..Properties::default() };
        let name = format!("{title}-{today}.xlsx");
        Ok((name, Workbook { sheets: vec![sheet(&title, &lines, &*words)], properties }))
    })
    .await?;
    let failed = |why: String| Failure::Fault(Fault::Panicked(why));
    let bytes = tokio::task::spawn_blocking(move || book.to_xlsx()).await.map_err(|panic| failed(panic.to_string()))?;
    Ok(CatalogueFile { name, bytes: bytes.map_err(|unwritable| failed(unwritable.to_string()))? })
}

fn sheet(title: &str, lines: &[IndicatorLine], words: &dyn Fn(&str) -> String) -> Sheet {
    let head = |name: &str| words(&format!("indicators-column-{name}"));
    let text = |text: String| if text.is_empty() { CellValue::Empty } else { CellValue::Text(text) };
    let word =
        |family: &str, word: Option<&str>| text(word.map(|w| words(&format!("{family}-{w}"))).unwrap_or_default());
    let row = |(at, line): (i64, &IndicatorLine)| {
        let d = &line.definition;
        let target = line.target.as_ref();
        let promised = target.map(|t| match t.open {
            true => words("indicators-target-open"),
            false if t.basis == "level" => format!("{}{}{}", t.comparator, t.value, t.unit),
            false => format!("{} {}{}{}", words(&format!("basis-{}", t.basis)), t.comparator, t.value, t.unit),
        });
        let baseline = target.and_then(|t| t.baseline.clone()).unwrap_or_default();
        vec![
            CellValue::Integer(at),
            text(d.category.clone()),
            text(d.name.clone()),
            text(d.unit.clone().unwrap_or_default()),
            word("legal", d.legal.map(|legal| legal.word())),
            word("measure", d.measure.map(|measure| measure.word())),
            text(baseline),
            text(promised.unwrap_or_default()),
            text(target.map(|t| t.period.clone()).unwrap_or_default()),
            text(d.lead.join("、")),
            text(d.statement.clone()),
        ]
    };
    Sheet {
        name: title.to_owned(),
        title: Some(title.to_owned()),
        mark: None,
        columns: vec![
            Column::number(head("ordinal"), 6.0),
            Column::code(head("category"), 14.0),
            Column::text(head("name"), 36.0),
            Column::code(head("unit"), 10.0),
            Column::code(head("legal"), 10.0),
            Column::code(head("measure"), 12.0),
            Column::text(head("baseline"), 12.0),
            Column::text(head("target"), 16.0),
            Column::code(head("period"), 12.0),
            Column::text(head("lead"), 24.0),
            Column::text(head("statement"), 60.0),
        ],
        rows: (1..).zip(lines).map(row).collect(),
        notes: Vec::new(),
    }
}
