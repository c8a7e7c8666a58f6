use super::{
    files::{assemble, pdf},
    refusal, slice, source,
};
use crate::Unreadable;
use gangmu_kernel::source::{BlockRole, Place, SourceKind};

#[test]
fn wrapped_lines_become_paragraphs() {
    // Ten characters a line at 12 points, from 100 to 220; paragraphs are indented by two characters.
    let page = vec![
        (136.0, 760.0, "第一章总则"),
        (124.0, 740.0, "到二〇二五年森林"),
        (100.0, 722.0, "覆盖率达到三成以上建"),
        (100.0, 704.0, "成公园。"),
        (124.0, 686.0, "另起一段的文字。"),
    ];
    let read = source(&pdf(&[page]), "a.pdf");
    assert_eq!(read.kind, SourceKind::Pdf);
    assert_eq!(read.text, "第一章总则\n到二〇二五年森林覆盖率达到三成以上建成公园。\n另起一段的文字。\n");
    assert_eq!(read.blocks[0].place, Place::Page(1));
}

#[test]
fn paragraphs_run_over_pages_and_furniture_is_set_aside() {
    let pages: Vec<Vec<(f64, f64, &str)>> = [
        ("— 1 —", "甲二三四五六七八九十", "一二三四五六七八九甲"),
        ("— 2 —", "乙二三四五六七八九十", "一二三四五六七八九乙"),
        ("— 3 —", "丙二三四五六七八九十", "一二三四五六七八丙。"),
    ]
    .into_iter()
    .map(|(number, first, last)| {
        vec![
            (130.0, 800.0, "某区规划纲要"),
            (100.0, 718.0, first),
            (100.0, 700.0, "一二三四五六七八九十"),
            (100.0, 682.0, last),
            (150.0, 40.0, number),
        ]
    })
    .collect();
    let read = source(&pdf(&pages), "a.pdf");
    let body: Vec<String> = read
        .blocks
        .iter()
        .filter(|block| block.role == BlockRole::Paragraph)
        .map(|block| slice(&read, block.span))
        .collect();
    let middle = "一二三四五六七八九十";
    let expected = format!(
        "甲二三四五六七八九十{middle}一二三四五六七八九甲乙二三四五六七八九十{middle}一二三四五六七八九乙\
         丙二三四五六七八九十{middle}一二三四五六七八丙。"
    );
    assert_eq!(body, [expected]);
    assert_eq!(read.blocks.iter().filter(|block| block.role == BlockRole::Furniture).count(), 6);
}

#[test]
fn cells_of_a_row_are_parted_by_tabs_and_rows_stay_lines() {
    let page =
        vec![(100.0, 700.0, "指标"), (300.0, 700.0, "2025"), (100.0, 682.0, "森林覆盖率"), (300.0, 682.0, "35%")];
    assert_eq!(source(&pdf(&[page]), "a.pdf").text, "指标\t2025\n森林覆盖率\t35%\n");
}

#[test]
fn radicals_become_the_characters_that_they_stand_for() {
    let page = vec![(100.0, 700.0, "⼴州⺠⽣和⻓⻋⻛⾷")];
    assert_eq!(source(&pdf(&[page]), "a.pdf").text, "广州民生和长车风食\n");
}

#[test]
fn pages_without_text_are_a_scan() {
    assert_eq!(refusal(&pdf(&[vec![], vec![]]), "a.pdf"), Unreadable::ScannedPdf { pages: 2 });
}

#[test]
fn a_password_and_a_damaged_directory_are_told_apart() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
        format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{}> /U <{}> >>", "41".repeat(32), "42".repeat(32)),
    ];
    let id = "4".repeat(32);
    let locked = assemble(&objects, &format!("/Encrypt 3 0 R /ID [<{id}> <{id}>]"));
    assert_eq!(refusal(&locked, "a.pdf"), Unreadable::EncryptedPdf);
    assert_eq!(refusal(b"%PDF-1.4\n", "a.pdf"), Unreadable::BrokenPdf { page: None });
}
