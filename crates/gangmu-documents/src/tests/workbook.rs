use super::{cells, source};
use crate::workbook::{CellValue, Column, Properties, Sheet, Workbook};
use std::io::Read;

fn register() -> Workbook {
    let sheet = Sheet {
        name: "任务台账/2025:[草案]".into(),
        title: Some("任务台账".into()),
        mark: Some("示范".into()),
        columns: vec![Column::code("序号", 6.0), Column::text("内容", 50.0), Column::number("目标值", 10.0)],
        rows: vec![
            vec![CellValue::Integer(1), "=HYPERLINK(\"http://x\")".into(), CellValue::Decimal("6.5".into())],
            vec![CellValue::Integer(2), "@建设<桥>\u{1}".into(), CellValue::Decimal("12345678901234567890.5".into())],
            vec![CellValue::Integer(3)],
        ],
        notes: vec!["说明：目标值照抄原文。".into()],
    };
    Workbook {
        sheets: vec![sheet.clone(), Sheet { name: "任务台账/2025:[草案]".into(), ..sheet }],
        properties: Properties {
            title: "任务台账".into(),
            author: "某区".into(),
            subject: "规划".into(),
            created: "2024-06-30T09:00:00".into(),
        },
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_values_give_the_same_bytes() {
    assert_eq!(register().to_xlsx().unwrap(), register().to_xlsx().unwrap());
}

#[test]
fn text_never_becomes_a_formula_and_reads_back_as_written() {
    let bytes = register().to_xlsx().unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
    let read = source(&bytes, "register.xlsx");
    let texts: Vec<String> = cells(&read, 0).into_iter().map(|cell| cell.4).collect();
    assert_eq!(
        texts,
        [
            "任务台账　示范",
            "序号",
            "内容",
            "目标值",
            "1",
            "=HYPERLINK(\"http://x\")",
            "6.5",
            "2",
            "@建设<桥>",
            "12345678901234567890.5",
            "3",
            "说明：目标值照抄原文。"
        ]
    );
}

#[test]
fn a_sheet_is_ready_to_print_and_to_filter() {
    let bytes = register().to_xlsx().unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in [
        r#"topLeftCell="A3""#,
        r#"orientation="landscape""#,
        r#"paperSize="9""#,
        r#"<autoFilter ref="A2:C5""#,
        r#"fitToHeight="0""#,
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("任务台账 2025"), "{book}");
    assert!(part(&bytes, "docProps/core.xml").contains("2024-06-30T09:00:00Z"));
}

#[test]
fn names_of_sheets_are_lawful_and_differ() {
    let bytes = register().to_xlsx().unwrap();
    let names: Vec<Option<String>> = source(&bytes, "a.xlsx").tables.into_iter().map(|table| table.sheet).collect();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
}
