//! A workbook as values (工作簿), and its bytes as XLSX: the tables that people send round.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};
use serde::{Deserialize, Serialize};

/// What a column holds, for alignment and type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Text; it never becomes a formula.
    #[default]
    Text,
    /// A short code or word, centred.
    Code,
    /// A number; text in it stays text.
    Number,
}

/// A column (列).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: ColumnKind,
    /// For a table that people fill: how this column is filled, told where a cell is chosen.
    #[serde(default)]
    pub hint: Option<String>,
    /// For a table that people fill: what may be chosen.
    #[serde(default)]
    pub choices: Vec<String>,
    /// May only what can be chosen be written?
    #[serde(default)]
    pub closed: bool,
}

impl Column {
    /// A column of text.
    pub fn text(head: impl Into<String>, width: f64) -> Self {
        Self::of(head.into(), width, ColumnKind::Text)
    }

    /// A column of short codes or words.
    pub fn code(head: impl Into<String>, width: f64) -> Self {
        Self::of(head.into(), width, ColumnKind::Code)
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>, width: f64) -> Self {
        Self::of(head.into(), width, ColumnKind::Number)
    }
}

impl Column {
    fn of(head: String, width: f64, kind: ColumnKind) -> Self {
        Self { head, width, kind, hint: None, choices: Vec::new(), closed: false }
    }

    /// People fill this column: what they type stays text, and where they choose a cell they are told how.
    #[must_use]
    pub fn to_fill(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Only one of these may be written.
    #[must_use]
    pub fn choices(mut self, choices: impl IntoIterator<Item = String>) -> Self {
        self.choices = choices.into_iter().collect();
        self.closed = true;
        self
    }

    /// These are offered, others may be written.
    #[must_use]
    pub fn suggestions(mut self, choices: impl IntoIterator<Item = String>) -> Self {
        self.choices = choices.into_iter().collect();
        self.closed = false;
        self
    }
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Text, written as text whatever it begins with.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number as written; where a spreadsheet can't keep all its digits it is written as text.
    Decimal(String),
}

impl From<&str> for CellValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<CellValue>> From<Option<T>> for CellValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A sheet (工作表): a title, a table with a frozen head, notes below.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: String,
    /// A line above the head, over all columns.
    pub title: Option<String>,
    /// A mark beside the title, such as 示范.
    pub mark: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; missing cells are empty.
    pub rows: Vec<Vec<CellValue>>,
    /// Lines below the table.
    pub notes: Vec<String>,
}

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Author.
    pub author: String,
    /// Subject.
    pub subject: String,
    /// When it was made, `2024-06-30T09:00:00`; given by the caller, so that the same values give the same bytes.
    pub created: String,
}

/// A workbook (工作簿).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// The sheets.
    pub sheets: Vec<Sheet>,
    /// What the file says of itself.
    pub properties: Properties,
}

/// Values that can't become a workbook.
#[derive(Debug, thiserror::Error)]
#[error("writing the workbook")]
pub struct Unwritable(#[source] XlsxError);

/// The most characters that a cell holds.
const CELL_CHARS: usize = 32_767;
/// Characters that a sheet's name may not hold.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The font of the office.
const FONT: &str = "宋体";
/// The height of a line of 10 points, in points.
const LINE_POINTS: f64 = 13.5;
/// Rows of a table to fill that tell and offer.
const FILLED: usize = 5_000;
/// No row is higher, in points.
const HIGHEST_ROW: f64 = 409.0;

impl Workbook {
    /// The bytes as XLSX; the same values give the same bytes.
    ///
    /// # Errors
    /// More rows than a sheet holds, or a date that is none.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, Unwritable> {
        self.write().map_err(Unwritable)
    }

    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let mut properties = DocProperties::new()
            .set_title(&self.properties.title)
            .set_author(&self.properties.author)
            .set_subject(&self.properties.subject);
        let created = if self.properties.created.is_empty() { "2000-01-01T00:00:00" } else { &self.properties.created };
        properties = properties.set_creation_datetime(&ExcelDateTime::parse_from_str(created)?);
        book.set_properties(&properties);
        let mut names: Vec<String> = Vec::new();
        for sheet in &self.sheets {
            let name = sheet_name(&sheet.name, &names);
            write_sheet(book.add_worksheet(), sheet, &name)?;
            names.push(name);
        }
        book.save_to_buffer()
    }
}

/// A name that spreadsheets accept and no other sheet has.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let clean: String = wanted.chars().map(|c| if FORBIDDEN.contains(&c) { ' ' } else { c }).collect();
    let clean: String = clean.trim().trim_matches('\'').chars().take(28).collect();
    let clean = if clean.is_empty() { "Sheet".to_owned() } else { clean };
    let free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    (1..)
        .map(|number| if number == 1 { clean.clone() } else { format!("{clean}{number}") })
        .find(free)
        .unwrap_or_default()
}

/// Rows and columns count in 32 and 16 bits; more than that is refused by the library.
fn at(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_at(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn write_sheet(sheet: &mut Worksheet, content: &Sheet, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let last_column = column_at(content.columns.len().max(1) - 1);
    let titled = content.title.is_some() || content.mark.is_some();
    let head = usize::from(titled);
    if titled {
        let text: Vec<&str> = [&content.title, &content.mark].into_iter().flatten().map(String::as_str).collect();
        let format =
            Format::new().set_bold().set_font_size(14).set_font_name(FONT).set_align(FormatAlign::VerticalCenter);
        sheet.write_string_with_format(0, 0, text.join("　"), &format)?;
        sheet.set_row_height(0, 28)?;
    }
    let base = Format::new().set_font_name(FONT).set_font_size(10).set_border(FormatBorder::Thin);
    let head_format =
        base.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    for (number, column) in content.columns.iter().enumerate() {
        sheet.set_column_width(column_at(number), column.width)?;
        sheet.write_string_with_format(at(head), column_at(number), &column.head, &head_format)?;
        if let Some(hint) = &column.hint {
            // As text, so that a long number keeps all its digits.
            let typed = Format::new().set_num_format("@").set_font_name(FONT).set_font_size(10);
            sheet.set_column_format(column_at(number), &typed)?;
            let rule = validation(column, hint)?;
            sheet.add_data_validation(at(head + 1), column_at(number), at(head + FILLED), column_at(number), &rule)?;
        }
    }
    write_rows(sheet, content, head + 1, &base)?;
    let last_row = head + content.rows.len();
    let note_format = Format::new().set_font_name(FONT).set_font_size(9);
    for (number, note) in content.notes.iter().enumerate() {
        sheet.write_string_with_format(at(last_row + 2 + number), 0, fitting(note), &note_format)?;
    }
    sheet.set_freeze_panes(at(head + 1), 0)?;
    if !content.columns.is_empty() {
        sheet.autofilter(at(head), 0, at(last_row.max(head)), last_column)?;
        sheet.set_print_area(0, 0, at(last_row + 1 + content.notes.len()), last_column)?;
    }
    sheet.set_repeat_rows(at(head), at(head))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header("&R&A").set_footer("&C— &P / &N —");
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    Ok(())
}

/// What a column that people fill tells and offers. A list longer than a spreadsheet takes is told only.
fn validation(column: &Column, hint: &str) -> Result<DataValidation, XlsxError> {
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let rule = DataValidation::new()
        .set_input_title(short(&column.head, 32))?
        .set_input_message(short(hint, 250))?
        .ignore_blank(true);
    let length: usize = column.choices.iter().map(|choice| choice.chars().count() + 1).sum();
    Ok(match column.choices.is_empty() || length > 255 {
        true => rule.allow_any_value(),
        false => rule.allow_list_strings(&column.choices)?.show_error_message(column.closed),
    })
}

fn write_rows(sheet: &mut Worksheet, content: &Sheet, first: usize, base: &Format) -> Result<(), XlsxError> {
    let top = base.clone().set_align(FormatAlign::Top);
    let text = top.clone().set_text_wrap();
    let code = top.clone().set_align(FormatAlign::Center).set_text_wrap();
    let number = top.clone().set_align(FormatAlign::Right);
    for (row, cells) in content.rows.iter().enumerate() {
        sheet.set_row_height(at(first + row), height(cells, &content.columns))?;
        for (column, description) in content.columns.iter().enumerate() {
            let format = match description.kind {
                ColumnKind::Text => &text,
                ColumnKind::Code => &code,
                ColumnKind::Number => &number,
            };
            let (row, column_number) = (at(first + row), column_at(column));
            match cells.get(column).unwrap_or(&CellValue::Empty) {
                CellValue::Empty => sheet.write_blank(row, column_number, format)?,
                CellValue::Text(value) => sheet.write_string_with_format(row, column_number, fitting(value), format)?,
                CellValue::Integer(value) => match exact(&value.to_string()) {
                    Some(value) => sheet.write_number_with_format(row, column_number, value, format)?,
                    None => sheet.write_string_with_format(row, column_number, value.to_string(), format)?,
                },
                CellValue::Decimal(value) => match exact(value) {
                    Some(number) => sheet.write_number_with_format(row, column_number, number, format)?,
                    None => sheet.write_string_with_format(row, column_number, fitting(value), format)?,
                },
            };
        }
    }
    Ok(())
}

/// The height that shows all of a row, in points: programs that don't fit rows themselves would cut its text off.
fn height(cells: &[CellValue], columns: &[Column]) -> f64 {
    let lines = |(cell, column): (&CellValue, &Column)| match cell {
        CellValue::Text(text) => text.lines().map(|line| (width(line) / column.width.max(1.0)).ceil().max(1.0)).sum(),
        _ => 1.0,
    };
    let most = cells.iter().zip(columns).map(lines).fold(1.0, f64::max);
    (LINE_POINTS * most + 3.0).min(HIGHEST_ROW)
}

/// The width of a line of text in the unit of columns, the width of a figure: a Chinese character takes two, and a bit.
fn width(line: &str) -> f64 {
    line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.1 }).sum()
}

/// The number, if a spreadsheet keeps all its digits.
fn exact(text: &str) -> Option<f64> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|character| character.is_ascii_digit() || matches!(character, '-' | '.'));
    (plain && digits <= 15).then(|| text.parse().ok()).flatten()
}

/// The text as far as a cell holds it, without characters that XML forbids.
fn fitting(text: &str) -> String {
    let lawful = |character: &char| !character.is_control() || matches!(character, '\n' | '\t');
    text.chars().filter(lawful).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).take(CELL_CHARS).collect()
}
