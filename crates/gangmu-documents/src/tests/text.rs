use super::{cells, slice, source};
use encoding_rs::GB18030;
use gangmu_kernel::source::{BlockRole, Place, SourceKind, Span};

const TEXT: &str = "第一章 总则\r\n到2025年，森林覆盖率达到35%。\r\n\r\n第二章 生态\r\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let gb = GB18030.encode(TEXT).0.into_owned();
    let mut marked = vec![0xef, 0xbb, 0xbf];
    marked.extend(TEXT.as_bytes());
    let mut gb_marked = vec![0x84, 0x31, 0x95, 0x33];
    gb_marked.extend(&gb);
    let mut little = vec![0xff, 0xfe];
    little.extend(utf16(TEXT, true));
    let mut big = vec![0xfe, 0xff];
    big.extend(utf16(TEXT, false));
    let files = [
        ("utf-8", TEXT.as_bytes().to_vec()),
        ("utf-8 with mark", marked),
        ("gb18030", gb),
        ("gb18030 with mark", gb_marked),
        ("utf-16le with mark", little),
        ("utf-16be with mark", big),
        ("utf-16le", utf16(TEXT, true)),
        ("utf-16be", utf16(TEXT, false)),
    ];
    for (what, bytes) in files {
        let read = source(&bytes, "outline.txt");
        assert_eq!(read.text, TEXT, "{what}");
        assert_eq!(read.kind, SourceKind::Txt, "{what}");
    }
}

#[test]
fn characters_outside_the_old_sets_survive_gb18030() {
    let text = "㐀镇、𠀀村和鿏业区到2025年建成。";
    assert_eq!(source(&GB18030.encode(text).0, "a.txt").text, text);
}

#[test]
fn a_short_gb18030_title_is_not_taken_for_utf16() {
    for text in ["规划纲要", "规划", "第十四个五年规划", "发展目标：2025年达到100亿元"] {
        assert_eq!(source(&GB18030.encode(text).0, "a.txt").text, text);
    }
}

#[test]
fn lines_are_blocks_and_their_ends_are_not_part_of_them() {
    let read = source(TEXT.as_bytes(), "outline.txt");
    let lines: Vec<(String, Place)> =
        read.blocks.iter().map(|block| (slice(&read, block.span), block.place.clone())).collect();
    assert_eq!(
        lines,
        [
            ("第一章 总则".to_owned(), Place::Line(1)),
            ("到2025年，森林覆盖率达到35%。".to_owned(), Place::Line(2)),
            ("第二章 生态".to_owned(), Place::Line(4)),
        ]
    );
}

#[test]
fn a_character_cut_off_at_the_end_is_shown_as_a_defect() {
    let bytes = &"森林覆盖率达到三成".as_bytes()[..26];
    assert_eq!(source(bytes, "a.txt").text, "森林覆盖率达到三\u{fffd}");
}

#[test]
fn a_damaged_byte_in_the_middle_does_not_change_the_encoding() {
    let mut bytes = "到2025年，全区森林覆盖率达到35%，建成区绿地率稳步提升。".as_bytes().to_vec();
    bytes[12] = 0xff;
    let text = source(&bytes, "a.txt").text;
    assert!(text.contains('\u{fffd}') && text.ends_with("建成区绿地率稳步提升。"), "{text}");
}

#[test]
fn markdown_keeps_its_text_and_tells_headings_and_tables() {
    let text = "# 规划\n\n| 指标 | 2025年 |\n|---|---:|\n| 森林覆盖率 | 35% |\n| 空 |  |\n\n正文 | 不是表\n#不是标题\n";
    let read = source(text.as_bytes(), "a.md");
    assert_eq!(read.text, text);
    assert_eq!(read.kind, SourceKind::Md);
    assert_eq!(read.blocks[0].role, BlockRole::Heading(1));
    assert_eq!(
        cells(&read, 0),
        [
            (0, 0, 1, 1, "指标".to_owned()),
            (0, 1, 1, 1, "2025年".to_owned()),
            (1, 0, 1, 1, "森林覆盖率".to_owned()),
            (1, 1, 1, 1, "35%".to_owned()),
            (2, 0, 1, 1, "空".to_owned()),
            (2, 1, 1, 1, String::new()),
        ]
    );
    let last = read.blocks.last().unwrap();
    assert_eq!((slice(&read, last.span).as_str(), &last.role), ("#不是标题", &BlockRole::Paragraph));
}

#[test]
fn ten_megabytes_of_one_character_are_read() {
    let read = source("一".repeat(3_500_000).as_bytes(), "a.txt");
    assert_eq!(read.blocks[0].span, Span::new(0, 3_500_000));
}
