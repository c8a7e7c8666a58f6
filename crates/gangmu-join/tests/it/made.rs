//! Workbooks and Word files made of a notation: a line a row, `|` between cells, `<` merged to the left, `^` merged
//! upwards, `\n` a line end; behind `=>` what the row must be joined to.

use gangmu_documents::{Limits, read};
use gangmu_join::Document;
use gangmu_plan::compile::Names;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The outline that the tables belong to.
pub const OUTLINE: &str = include_str!("../fixtures/outline-2026-2030.txt");

/// The demonstration plan.
const DEMO: &str = include_str!("../../../../packs/huadu/plan/outline.txt");

pub fn outline() -> Document {
    document("纲要.txt", OUTLINE.as_bytes())
}

/// A file, read and compiled.
pub fn document(name: &str, bytes: &[u8]) -> Document {
    let source = read(bytes, name, &Limits::default()).unwrap_or_else(|why| panic!("{name}: {why}"));
    Document::new(name, source, &Names::default())
}

/// What a row must be joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    pub place: usize,
    pub row: u32,
    pub clauses: Vec<String>,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub deadline: Option<String>,
    pub flags: Vec<String>,
}

/// A file in notation.
pub struct Fixture {
    pub name: String,
    word: bool,
    /// It belongs to the demonstration plan.
    demo: bool,
    /// Sheets or tables: name and rows.
    parts: Vec<(String, Vec<Vec<String>>)>,
    pub gold: Vec<Gold>,
}

impl Fixture {
    pub fn parse(name: &str, notation: &str) -> Self {
        let mut out = Self { name: name.to_owned(), word: false, demo: false, parts: Vec::new(), gold: Vec::new() };
        for line in notation.lines() {
            if let Some(kind) = line.strip_prefix("#! ") {
                out.word = kind == "docx";
                out.name = format!("{name}.{kind}");
            } else if line.starts_with("#@ demo") {
                out.demo = true;
            } else if let Some(part) = line.strip_prefix("## ") {
                out.parts.push((part.to_owned(), Vec::new()));
            } else if !line.starts_with('#') && !line.is_empty() {
                let (cells, gold) = line.split_once(" =>").map_or((line, None), |(c, g)| (c, Some(g)));
                let place = out.parts.len();
                let rows = &mut out.parts.last_mut().expect("a part begins first").1;
                rows.push(cells.split('|').map(|c| c.trim().replace("\\n", "\n")).collect());
                if let Some(gold) = gold {
                    out.gold.push(wanted(place, rows.len() as u32, gold));
                }
            }
        }
        out
    }

    /// The outline that the table belongs to.
    pub fn outline(&self) -> Document {
        if self.demo { document("纲要.txt", DEMO.as_bytes()) } else { outline() }
    }

    pub fn bytes(&self) -> Vec<u8> {
        if self.word { self.docx() } else { self.xlsx() }
    }

    /// The sheet or table of a part, as a join names it.
    pub fn part(&self, place: usize) -> (Option<String>, Option<u32>) {
        if self.word { (None, Some(place as u32)) } else { (Some(self.parts[place - 1].0.clone()), None) }
    }

    fn xlsx(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, rows) in &self.parts {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (r, row) in rows.iter().enumerate() {
                for (c, text) in row.iter().enumerate() {
                    if text == "<" || text == "^" {
                        continue;
                    }
                    let (down, right) = spans(rows, r, c);
                    let (first, last) = ((r as u32, c as u16), ((r + down - 1) as u32, (c + right - 1) as u16));
                    if first != last {
                        sheet.merge_range(first.0, first.1, last.0, last.1, text, &Format::new()).unwrap();
                    } else if let Some(date) = text.strip_prefix('@') {
                        let format = Format::new().set_num_format("yyyy/m/d");
                        let date = ExcelDateTime::parse_from_str(date).unwrap();
                        sheet.write_with_format(first.0, first.1, &date, &format).unwrap();
                    } else if let Ok(number) = text.parse::<f64>() {
                        sheet.write(first.0, first.1, number).unwrap();
                    } else {
                        sheet.write(first.0, first.1, text).unwrap();
                    }
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    fn docx(&self) -> Vec<u8> {
        let mut body = "<w:p><w:r><w:t>任务分工表</w:t></w:r></w:p>".to_owned();
        for (_, rows) in &self.parts {
            body += "<w:tbl>";
            for (r, row) in rows.iter().enumerate() {
                body += "<w:tr>";
                for (c, text) in row.iter().enumerate().filter(|(_, t)| *t != "<") {
                    let (down, right) = spans(rows, r, c);
                    let above = if text == "^" {
                        "<w:vMerge/>"
                    } else if down > 1 {
                        "<w:vMerge w:val=\"restart\"/>"
                    } else {
                        ""
                    };
                    let paragraphs: String = if text == "^" {
                        "<w:p/>".to_owned()
                    } else {
                        text.lines().map(paragraph).collect::<String>() + "<w:p/>"
                    };
                    body +=
                        &format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{right}\"/>{above}</w:tcPr>{paragraphs}</w:tc>");
                }
                body += "</w:tr>";
            }
            body += "</w:tbl><w:p/>";
        }
        let main = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        writer.write_all(main.as_bytes()).unwrap();
        writer.finish().unwrap().into_inner()
    }
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Rows and columns that a cell covers.
fn spans(rows: &[Vec<String>], r: usize, c: usize) -> (usize, usize) {
    let right = 1 + rows[r][c + 1..].iter().take_while(|t| *t == "<").count();
    let down = 1 + rows[r + 1..].iter().take_while(|row| row.get(c).is_some_and(|t| t == "^")).count();
    (down, right)
}

fn wanted(place: usize, row: u32, gold: &str) -> Gold {
    let fields: Vec<&str> = gold.split(';').map(str::trim).collect();
    let list = |at: usize, by: char| -> Vec<String> {
        fields.get(at).map(|f| f.split(by).filter(|p| !p.is_empty()).map(str::to_owned).collect()).unwrap_or_default()
    };
    Gold {
        place,
        row,
        clauses: list(0, ' '),
        lead: list(1, '、'),
        support: list(2, '、'),
        deadline: fields.get(3).filter(|f| !f.is_empty()).map(|f| (*f).to_owned()),
        flags: list(4, ' '),
    }
}
