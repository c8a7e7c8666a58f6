//! Spreadsheets (电子表格): each sheet a table with its merged cells, numbers as the sheet shows them.

mod biff;
mod shown;

#[cfg(test)]
pub(crate) use shown::number;

use crate::{
    Limits, Size, Unreadable,
    composer::{Composer, GridCell},
    flow::cell_text,
    package::Package,
    sha256,
};
use calamine::{Data, DataRef, Dimensions, Reader, SheetType, Xls, XlsError, Xlsx, XlsxError, open_workbook_from_rs};
use gangmu_kernel::{SourceText, source::SourceKind};
use std::{collections::HashMap, io::Cursor};

/// The filled cells of a sheet and its merged regions.
struct Grid {
    filled: HashMap<(u32, u32), String>,
    merged: Vec<Dimensions>,
}

pub(crate) fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    Package::open(bytes, limits)?.check_all()?;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken_xlsx(&error, None))?;
    let mut composer = Composer::new(limits);
    let mut count = 0_u64;
    for sheet in worksheets(book.sheets_metadata()) {
        let grid = xlsx_grid(&mut book, &sheet, &mut count, limits)?;
        compose(&sheet, grid, &mut composer)?;
    }
    composer.finish(SourceKind::Xlsx, sha256(bytes))
}

pub(crate) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let mut book: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken_xls(&error, None))?;
    let formats = biff::formats(bytes);
    let names: Vec<String> = book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    let mut composer = Composer::new(limits);
    let mut count = 0_u64;
    for sheet in worksheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&sheet).map_err(|error| broken_xls(&error, Some(&sheet)))?;
        let merged = book.merge_cells_by_sheet_name(&sheet).map_err(|error| broken_xls(&error, Some(&sheet)))?;
        let formats = names.iter().position(|name| *name == sheet).and_then(|at| formats.get(at));
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut filled = HashMap::new();
        for (row, column, value) in range.used_cells() {
            let place = (top + u32::try_from(row).unwrap_or(0), left + u32::try_from(column).unwrap_or(0));
            let format = formats.and_then(|formats| formats.get(&place)).map(String::as_str);
            insert(&mut filled, place, value_text(value, format), &mut count, limits)?;
        }
        compose(&sheet, Grid { filled, merged }, &mut composer)?;
    }
    composer.finish(SourceKind::Xlsx, sha256(bytes))
}

fn worksheets(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect()
}

/// The filled cells only: a sheet may declare millions of empty ones.
fn xlsx_grid(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    count: &mut u64,
    limits: &Limits,
) -> Result<Grid, Unreadable> {
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(|error| broken_xlsx(&error, Some(sheet)))?;
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet that holds a chart or a dialog only.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Grid { filled: HashMap::new(), merged }),
        Err(error) => return Err(broken_xlsx(&error, Some(sheet))),
    };
    let formats: Vec<Option<String>> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|format| format.format_code.clone()))
        .collect();
    let mut filled = HashMap::new();
    while let Some((cell, style)) =
        reader.next_cell_with_style_id().map_err(|error| broken_xlsx(&error, Some(sheet)))?
    {
        let format = formats.get(style).and_then(Option::as_deref).unwrap_or("General");
        let text = xlsx_text(cell.get_value(), format);
        insert(&mut filled, cell.get_position(), text, count, limits)?;
    }
    Ok(Grid { filled, merged })
}

fn insert(
    filled: &mut HashMap<(u32, u32), String>,
    place: (u32, u32),
    text: String,
    count: &mut u64,
    limits: &Limits,
) -> Result<(), Unreadable> {
    if text.is_empty() {
        return Ok(());
    }
    *count += 1;
    if *count > limits.cells {
        return Err(Unreadable::TooLarge { what: Size::Cells, limit: limits.cells });
    }
    filled.insert(place, text);
    Ok(())
}

/// The text of a cell as the sheet shows it.
fn xlsx_text(value: &DataRef<'_>, format: &str) -> String {
    match value {
        DataRef::Int(number) => shown::number(*number as f64, format),
        DataRef::Float(number) => shown::number(*number, format),
        DataRef::DateTime(date) => shown::date(*date, format),
        DataRef::String(text) => line_text(text),
        DataRef::SharedString(text) => line_text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// The text of a cell of an old sheet as it shows it; in general form where its format is not known.
fn value_text(value: &Data, format: Option<&str>) -> String {
    match value {
        Data::Int(number) => shown::number(*number as f64, format.unwrap_or("General")),
        Data::Float(number) => shown::number(*number, format.unwrap_or("General")),
        Data::DateTime(date) => shown::date(*date, format.unwrap_or("yyyy-mm-dd")),
        Data::String(text) => line_text(text),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// The text of a cell without tabs, broken lines joined where they are broken for width only.
fn line_text(text: &str) -> String {
    let lines: Vec<String> = text.replace('\t', " ").lines().map(|line| line.trim().to_owned()).collect();
    cell_text(&lines)
}

/// Appends a sheet; merged regions reach at most to the last filled row and column.
fn compose(sheet: &str, grid: Grid, into: &mut Composer) -> Result<(), Unreadable> {
    let Grid { filled, merged } = grid;
    let Some(last_row) = filled.keys().map(|place| place.0).max() else { return Ok(()) };
    let last_column = filled.keys().map(|place| place.1).max().unwrap_or(0);
    let mut spans: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
    for region in merged.iter().filter(|region| filled.contains_key(&region.start)) {
        let end = (region.end.0.min(last_row), region.end.1.min(last_column));
        let size = |from: u32, to: u32| to.saturating_sub(from) + 1;
        spans.insert(region.start, (size(region.start.0, end.0), size(region.start.1, end.1)));
    }
    let cells = filled
        .into_iter()
        .map(|((row, column), text)| {
            let (row_span, column_span) = spans.get(&(row, column)).copied().unwrap_or((1, 1));
            GridCell { row, column, row_span, column_span, text }
        })
        .collect();
    into.gap();
    into.table(cells, Some(sheet))
}

fn broken_xlsx(error: &XlsxError, sheet: Option<&str>) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::EncryptedOffice,
        XlsxError::FileNotFound(part) => Unreadable::MissingPart { part: part.clone() },
        _ => Unreadable::BrokenSpreadsheet { sheet: sheet.map(str::to_owned) },
    }
}

fn broken_xls(error: &XlsError, sheet: Option<&str>) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::EncryptedOffice,
        _ => Unreadable::BrokenSpreadsheet { sheet: sheet.map(str::to_owned) },
    }
}
