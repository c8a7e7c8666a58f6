use super::{refusal, source};
use gangmu_kernel::source::SourceKind;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn ofd(objects: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
    );
    let parts = [
        ("OFD.xml", r#"<ofd:OFD xmlns:ofd="o" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#.to_owned()),
        ("Doc_0/Document.xml", r#"<ofd:Document xmlns:ofd="o"><ofd:CommonData/><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>"#.to_owned()),
        ("Doc_0/Pages/Page_0/Content.xml", content),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text(x: u32, y: u32, words: &str) -> String {
    let steps = words.chars().count() - 1;
    format!(
        r#"<ofd:TextObject ID="3" Boundary="{x} {y} 100 6" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {steps} 5">{words}</ofd:TextCode></ofd:TextObject>"#
    )
}

#[test]
fn the_text_of_an_ofd_is_read_line_by_line_from_its_places() {
    let page = text(30, 60, "第二条") + &text(30, 40, "第一章") + &text(70, 40, "总则");
    let read = source(&ofd(&page), "plan.ofd");
    assert_eq!(read.kind, SourceKind::Ofd);
    assert_eq!(read.text, "第一章\t总则\n第二条\n");
}

#[test]
fn cells_of_an_ofd_are_parted_where_the_gap_is_wide() {
    let row = |y, cells: [&str; 3]| text(20, y, cells[0]) + &text(60, y, cells[1]) + &text(140, y, cells[2]);
    let page = row(40, ["序号", "重点任务", "牵头单位"]) + &row(60, ["一号", "加装电梯", "区住建局"]);
    assert_eq!(source(&ofd(&page), "a.ofd").text, "序号\t重点任务\t牵头单位\n一号\t加装电梯\t区住建局\n");
}

#[test]
fn an_ofd_without_text_or_with_a_missing_page_is_refused() {
    assert_eq!(refusal(&ofd(""), "a.ofd").code(), "documents.read.empty");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("OFD.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>").unwrap();
    let broken = writer.finish().unwrap().into_inner();
    assert_eq!(refusal(&broken, "a.ofd").code(), "documents.read.missing_part");
}
