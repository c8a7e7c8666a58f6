use super::{cells, refusal, source};
use crate::{Unreadable, sheet_number};
use gangmu_kernel::source::{Place, SourceKind};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_with_merged_heads_becomes_a_table_with_spans() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet().set_name("指标表").unwrap();
        sheet.merge_range(0, 0, 0, 2, "主要指标", &Format::new()).unwrap();
        sheet.merge_range(1, 0, 2, 0, "指标", &Format::new()).unwrap();
        sheet.merge_range(1, 1, 1, 2, "数值", &Format::new()).unwrap();
        sheet.write(2, 1, "2020年").unwrap();
        sheet.write(2, 2, "2025年").unwrap();
        sheet.write(3, 0, "森林\n覆盖率").unwrap();
        sheet.write(3, 1, 33.5).unwrap();
        sheet.write(3, 2, "35").unwrap();
    });
    let read = source(&bytes, "annex.xlsx");
    assert_eq!(read.kind, SourceKind::Xlsx);
    assert_eq!(read.text, "主要指标\n指标\t数值\n\t2020年\t2025年\n森林覆盖率\t33.5\t35\n");
    assert_eq!(read.tables[0].sheet.as_deref(), Some("指标表"));
    assert_eq!(
        cells(&read, 0)[..3],
        [(0, 0, 1, 3, "主要指标".to_owned()), (1, 0, 2, 1, "指标".to_owned()), (1, 1, 1, 2, "数值".to_owned())]
    );
    assert_eq!(read.blocks[3].place, Place::Cell { sheet: "指标表".to_owned(), address: "B3".to_owned() });
}

#[test]
fn numbers_and_dates_read_as_they_are_shown() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        let mut row = 0;
        let mut write = |value: f64, format: &str| {
            sheet.write_with_format(row, 0, value, &Format::new().set_num_format(format)).unwrap();
            row += 1;
        };
        write(0.1 + 0.2, "General");
        write(6.500000000000001, "General");
        write(0.0655, "0.0%");
        write(0.48, "0%");
        write(1234.5, "#,##0.00");
        write(-12.345, "0.00;[Red]-0.00");
        write(5.0, "0.0\"亿元\"");
        write(1e15, "General");
        write(45_992.0, "yyyy\"年\"m\"月\"d\"日\"");
        let date = ExcelDateTime::parse_from_str("2025-12-01").unwrap();
        sheet.write_with_format(9, 0, &date, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write_formula_with_format(10, 0, "=1+1", &Format::new()).unwrap().set_formula_result(10, 0, "2");
    });
    let read = source(&bytes, "a.xlsx");
    assert_eq!(
        read.text.lines().collect::<Vec<_>>(),
        [
            "0.3",
            "6.5",
            "6.6%",
            "48%",
            "1234.50",
            "-12.35",
            "5.0亿元",
            "1000000000000000",
            "2025年12月1日",
            "2025-12-01",
            "2"
        ]
    );
}

#[test]
fn formats_that_no_rule_covers_lose_no_digit() {
    for (value, format, shown) in [
        (0.333, "# ?/?", "0.333"),
        (12345.678, "0.00E+00", "12345.678"),
        (1.5, "[DBNum1]0", "1.5"),
        (12_345_678.0, "#,##0.0,", "12345.7"),
        (0.0, "0.00;-0.00;\"—\"", "0"),
        (999.996, "0.00", "1000.00"),
        (-0.4, "0", "0"),
        (-5.0, "#,##0_);(#,##0)", "-5"),
        (2.0, "¥#,##0.00", "¥2.00"),
        (7.0, "General\"个\"", "7个"),
        (1e-7, "General", "0.0000001"),
    ] {
        assert_eq!(sheet_number(value, format), shown, "{value} {format}");
    }
}

#[test]
fn sheets_stand_apart_and_empty_ones_leave_no_trace() {
    let bytes = book(|book| {
        book.add_worksheet().write(0, 0, "一").unwrap();
        book.add_worksheet();
        book.add_worksheet().write(1_000_000, 16_000, "三").unwrap();
    });
    let read = source(&bytes, "a.xlsx");
    assert_eq!(read.tables.len(), 2);
    assert_eq!(read.text.replace('\t', ""), "一\n\n三\n");
    assert_eq!((read.tables[1].rows, read.tables[1].columns), (1_000_001, 16_001));
}

#[test]
fn a_damaged_sheet_is_named() {
    let bytes = super::files::package(&[
        (
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="T1" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/s.xml", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row"),
    ]);
    assert_eq!(refusal(&bytes, "a.xlsx"), Unreadable::BrokenSpreadsheet { sheet: Some("T1".to_owned()) });
}

#[test]
fn an_old_workbook_shows_its_figures_in_their_formats() {
    let formats = ["General", "0.0%", "0.00\"亿元\"", "yyyy\"年\"m\"月\""];
    let cells = [(0, 0, 0, 6.5), (0, 1, 1, 0.065), (1, 0, 2, 123.456), (1, 1, 3, 45_992.0)];
    let read = source(&super::files::xls(&formats, &cells, Some([0, 1, 0, 0])), "a.xls");
    assert_eq!(read.text, "6.5\t6.5%\n123.46亿元\t2025年12月\n");
    assert_eq!(super::cells(&read, 0)[0], (0, 0, 2, 1, "6.5".to_owned()));
}

#[test]
fn short_dates_keep_their_century_and_months_stay_months() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        let date = ExcelDateTime::parse_from_str("2025-12-01").unwrap();
        sheet.write_with_format(0, 0, &date, &Format::new().set_num_format_index(14)).unwrap();
        sheet.write_with_format(1, 0, &date, &Format::new().set_num_format("mmm-yy")).unwrap();
        sheet.write_with_format(2, 0, &date, &Format::new().set_num_format("yyyy/m/d")).unwrap();
    });
    assert_eq!(source(&bytes, "a.xlsx").text, "2025-12-01\n2025-12\n2025/12/1\n");
}
