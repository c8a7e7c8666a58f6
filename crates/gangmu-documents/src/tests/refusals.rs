use super::{
    files::{compound, docx, p, package},
    refusal, source,
};
use crate::{Limits, Size, Unreadable, read};
use gangmu_kernel::source::SourceKind;

#[test]
fn old_office_files_are_known_by_their_content() {
    assert_eq!(refusal(&compound(&["WordDocument", "1Table"]), "规划.docx"), Unreadable::LegacyWord);
    assert_eq!(refusal(&compound(&["WordDocument", "WpsCustomData"]), "规划.doc"), Unreadable::LegacyWps);
    assert_eq!(refusal(&compound(&["WordDocument"]), "规划.wps"), Unreadable::LegacyWps);
    assert_eq!(refusal(&compound(&["Workbook", "ETExtData"]), "附表"), Unreadable::LegacyEt);
    assert_eq!(refusal(&compound(&["Workbook"]), "附表.et"), Unreadable::LegacyEt);
    assert_eq!(refusal(&compound(&["EncryptionInfo", "EncryptedPackage"]), "a.docx"), Unreadable::EncryptedOffice);
    assert_eq!(refusal(&compound(&["PowerPoint Document"]), "a.ppt"), Unreadable::UnknownKind { found: "ppt".into() });
    assert!(matches!(refusal(&compound(&["Workbook"]), "a.xls"), Unreadable::BrokenSpreadsheet { .. }));
}

#[test]
fn foreign_kinds_are_named() {
    for (bytes, found) in [
        (&b"\x89PNG\r\n\x1a\n0000"[..], "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"{\\rtf1\\ansi }", "rtf"),
    ] {
        assert_eq!(refusal(bytes, "a.docx"), Unreadable::UnknownKind { found: found.to_owned() });
    }
    for (part, found) in [("ppt/presentation.xml", "pptx"), ("readme.txt", "zip"), ("xl/workbook.bin", "xlsb")] {
        assert_eq!(refusal(&package(&[(part, b"a")]), "a"), Unreadable::UnknownKind { found: found.to_owned() });
    }
    // Two letters that begin a picture may also begin a sentence.
    assert_eq!(source(b"BMI and MZ are letters", "a.txt").kind, SourceKind::Txt);
}

#[test]
fn nothing_and_noise_are_refused() {
    assert_eq!(refusal(b"", "a.txt"), Unreadable::Empty);
    assert_eq!(refusal("\u{feff} \r\n\u{3000}\n".as_bytes(), "a.txt"), Unreadable::Empty);
    assert_eq!(refusal(&docx("<w:p/>"), "a.docx"), Unreadable::Empty);
    assert_eq!(refusal(b"<html><body><script>1</script></body></html>", "a.html"), Unreadable::Empty);
    let noise: Vec<u8> = (0..4_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(matches!(refusal(&noise, "a.txt"), Unreadable::Binary { .. }));
}

#[test]
fn a_package_cut_off_is_refused_at_every_length() {
    let whole = docx(&p(&"森林覆盖率".repeat(50)));
    for length in [4, 30, whole.len() / 2, whole.len() - 30, whole.len() - 1] {
        assert_eq!(refusal(&whole[..length], "a.docx"), Unreadable::BrokenZip { part: None }, "{length}");
    }
    let mut damaged = whole.clone();
    let at = damaged.windows(17).position(|window| window == b"word/document.xml").unwrap() + 40;
    damaged[at] ^= 0xff;
    assert_eq!(refusal(&damaged, "a.docx"), Unreadable::BrokenZip { part: Some("word/document.xml".to_owned()) });
}

#[test]
fn a_package_that_grows_beyond_measure_is_refused() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let bomb = package(&[("word/document.xml", &zeros)]);
    assert!(matches!(refusal(&bomb, "a.docx"), Unreadable::ZipBomb { ratio: 500.. }));
    let bomb = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/media/a.bin", &zeros)]);
    assert!(matches!(refusal(&bomb, "a.xlsx"), Unreadable::ZipBomb { .. }));
}

#[test]
fn a_package_that_lies_about_its_size_is_stopped_while_it_grows() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let mut bomb = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/a.bin", &zeros)]);
    // Both the local and the central header claim a thousand bytes.
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    assert!(matches!(refusal(&bomb, "a.xlsx"), Unreadable::ZipBomb { .. } | Unreadable::BrokenZip { .. }));
}

#[test]
fn limits_are_refused_with_their_number() {
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(
        read(b"more than ten bytes", "a.txt", &limits),
        Err(Unreadable::TooLarge { what: Size::Bytes, limit: 10 })
    );
    let limits = Limits { cells: 3, ..Limits::default() };
    let page = "<html><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></html>";
    assert_eq!(read(page.as_bytes(), "a.html", &limits), Err(Unreadable::TooLarge { what: Size::Cells, limit: 3 }));
}

#[test]
fn refusals_travel_between_processes() {
    for why in [
        Unreadable::ScannedPdf { pages: 12 },
        Unreadable::BrokenXml { part: "word/document.xml".into(), line: 7 },
        Unreadable::TooLarge { what: Size::Cells, limit: 3 },
        Unreadable::LegacyEt,
    ] {
        let text = serde_json::to_string(&why).unwrap();
        assert_eq!(serde_json::from_str::<Unreadable>(&text).unwrap(), why);
    }
}

#[test]
fn every_refusal_has_its_sentence_and_its_next_step_in_both_languages() {
    let all = [
        Unreadable::ScannedPdf { pages: 1 },
        Unreadable::EncryptedPdf,
        Unreadable::EncryptedOffice,
        Unreadable::BrokenZip { part: None },
        Unreadable::BrokenXml { part: "a".into(), line: 1 },
        Unreadable::MissingPart { part: "a".into() },
        Unreadable::ForeignDefinition { part: "a".into() },
        Unreadable::BrokenPdf { page: None },
        Unreadable::BrokenSpreadsheet { sheet: None },
        Unreadable::LegacyWord,
        Unreadable::LegacyWps,
        Unreadable::LegacyEt,
        Unreadable::ZipBomb { ratio: 1 },
        Unreadable::TooLarge { what: Size::Bytes, limit: 1 },
        Unreadable::Binary { offset: 0 },
        Unreadable::Empty,
        Unreadable::UnknownKind { found: "zip".into() },
        Unreadable::TooSlow { seconds: 1 },
        Unreadable::Died { how: "signal 9".into() },
    ];
    for words in
        [include_str!("../../../../locales/zh-CN/documents.ftl"), include_str!("../../../../locales/en/documents.ftl")]
    {
        for why in &all {
            let key = why.code().replace(['.', '_'], "-");
            let sentence = |key: &str| words.lines().any(|line| line.starts_with(&format!("{key} =")));
            assert!(sentence(&key) && sentence(&format!("{key}-next")), "{key}");
            for (field, _) in why.fields() {
                assert!(words.contains(&format!("${field} ")), "{key} {field}");
            }
        }
    }
}
