//! Arbitrary bytes never make a reader panic. PDFs are left to the tests of the reading child: their library may.

use super::{
    check,
    files::{docx, p, xls},
};
use crate::{Limits, read, workbook};

/// A small generator of numbers; the seed makes every run the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

fn try_read(bytes: &[u8], name: &str) {
    if let Ok(source) = read(bytes, name, &Limits::default()) {
        check(&source);
    }
}

fn xlsx() -> Vec<u8> {
    let sheet = workbook::Sheet {
        name: "指标".into(),
        columns: vec![workbook::Column::text("指标", 20.0), workbook::Column::number("数值", 8.0)],
        rows: vec![vec!["森林覆盖率".into(), workbook::CellValue::Decimal("33.5".into())]; 5],
        ..Default::default()
    };
    workbook::Workbook { sheets: vec![sheet], ..Default::default() }.to_xlsx().unwrap()
}

#[test]
fn files_with_changed_bytes_are_read_or_refused() {
    let page = "<html><table><tr><td rowspan=2>a<td>b<tr><td>c</table><p>正文<b>粗</p></html>";
    let files: [(&str, Vec<u8>); 6] = [
        ("a.xls", xls(&["0%", "0.0"], &[(0, 0, 0, 0.5), (3, 1, 1, 7.0)], Some([0, 1, 0, 1]))),
        ("a.docx", docx(&(p("第一章") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"))),
        ("a.xlsx", xlsx()),
        ("a.html", page.as_bytes().to_vec()),
        ("a.md", "| a | b |\n|--|--|\n| c |\n# 题\n".as_bytes().to_vec()),
        ("a.txt", "第一章\r\n总则，达到35%。".as_bytes().to_vec()),
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (name, whole) in &files {
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(bytes.len());
                bytes[at] = u8::try_from(numbers.next() % 256).unwrap();
            }
            if numbers.below(4) == 0 {
                bytes.truncate(numbers.below(bytes.len()));
            }
            try_read(&bytes, name);
        }
    }
}

#[test]
fn parts_with_changed_xml_are_read_or_refused() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
    let characters: Vec<char> = body.chars().collect();
    let mut numbers = Numbers(42);
    for _ in 0..1_000 {
        let mut changed = characters.clone();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(changed.len());
            let from = changed[numbers.below(changed.len())];
            match numbers.below(3) {
                0 => changed[at] = from,
                1 => drop(changed.remove(at)),
                _ => changed.insert(at, from),
            }
        }
        try_read(&docx(&changed.iter().collect::<String>()), "a.docx");
    }
}

#[test]
fn noise_is_read_or_refused_under_any_name() {
    let mut numbers = Numbers(7);
    for round in 0..600 {
        let length = numbers.below(600);
        let mut bytes: Vec<u8> = (0..length).map(|_| u8::try_from(numbers.next() % 256).unwrap()).collect();
        let beginnings: [&[u8]; 6] =
            [b"", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"| "];
        let mut file = beginnings[round % beginnings.len()].to_vec();
        file.append(&mut bytes);
        for name in ["a.txt", "a.md", "a.html", "a.docx", "a.xls", "a"] {
            try_read(&file, name);
        }
    }
}
