//! The files of these tests, made byte by byte.

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A zip package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this body, these styles and this numbering.
pub fn docx_with(body: &str, styles: &str, numbering: &str) -> Vec<u8> {
    let main =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="m"><w:body>{body}</w:body></w:document>"#);
    let styles = format!(r#"<w:styles xmlns:w="w">{styles}</w:styles>"#);
    let numbering = format!(r#"<w:numbering xmlns:w="w">{numbering}</w:numbering>"#);
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/document.xml", main.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
    ])
}

/// A Word document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, "", "")
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A compound file whose directory names these streams.
pub fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for (at, stream) in ["Root Entry"].iter().chain(streams).enumerate() {
        let mut entry = vec![0_u8; 128];
        let units: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64..66].copy_from_slice(&u16::try_from(units.len() + 2).unwrap().to_le_bytes());
        entry[66] = if at == 0 { 5 } else { 2 };
        bytes.extend(entry);
    }
    bytes.extend(vec![0; 512]);
    bytes
}

/// A PDF of these pages; each page holds lines with their places, in points from the lower left.
///
/// The characters are numbered glyphs, whose meaning stands in a ToUnicode map, as office programs write them.
pub fn pdf(pages: &[Vec<(f64, f64, &str)>]) -> Vec<u8> {
    let mut alphabet: Vec<char> = pages.iter().flatten().flat_map(|line| line.2.chars()).collect();
    alphabet.sort_unstable();
    alphabet.dedup();
    let code = |character: char| alphabet.binary_search(&character).unwrap() + 1;
    let map: String = alphabet.iter().map(|c| format!("<{:04X}> <{:04X}>\n", code(*c), *c as u32)).collect();
    let to_unicode = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n1 begincodespacerange\n\
         <0000> <FFFF>\nendcodespacerange\n{} beginbfchar\n{map}endbfchar\nendcmap\nend\nend\n",
        alphabet.len()
    );
    let narrow: String = alphabet.iter().filter(|c| c.is_ascii()).map(|c| format!("{} [500] ", code(*c))).collect();
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
            .to_owned(),
        format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering \
             (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Own /Flags 4 >> /DW 1000 \
             /W [{narrow}] >>"
        ),
        stream(&to_unicode),
    ];
    let mut kids = String::new();
    for page in pages {
        let mut content = String::new();
        for (x, y, text) in page {
            let glyphs: String = text.chars().map(|character| format!("{:04X}", code(character))).collect();
            content += &format!("BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{glyphs}> Tj ET\n");
        }
        objects.push(stream(&content));
        let content_at = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents \
             {content_at} 0 R >>"
        ));
        kids += &format!("{} 0 R ", objects.len());
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    assemble(&objects, "")
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1)
}

/// A PDF of numbered objects with its table of offsets.
pub fn assemble(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    bytes
}

/// An old workbook of one sheet: number formats, then cells with row, column, index of the format, and value, and one
/// merged region of first and last row and column.
pub fn xls(formats: &[&str], cells: &[(u16, u16, u16, f64)], merged: Option<[u16; 4]>) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let mut globals = begin(5);
    for (at, format) in formats.iter().enumerate() {
        let units: Vec<u8> = format.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (id, length) = (u16::try_from(164 + at).unwrap(), u16::try_from(units.len() / 2).unwrap());
        globals.extend(record(0x041e, &[&id.to_le_bytes()[..], &length.to_le_bytes(), &[1], &units].concat()));
    }
    for at in 0..formats.len() {
        let mut style = [0; 20];
        style[2..4].copy_from_slice(&u16::try_from(164 + at).unwrap().to_le_bytes());
        globals.extend(record(0x00e0, &style));
    }
    let mut sheet = begin(16);
    for (row, column, style, value) in cells {
        let place = [row.to_le_bytes(), column.to_le_bytes(), style.to_le_bytes()].concat();
        sheet.extend(record(0x0203, &[&place[..], &value.to_le_bytes()].concat()));
    }
    if let Some(region) = merged {
        let edges: Vec<u8> = region.into_iter().flat_map(u16::to_le_bytes).collect();
        sheet.extend(record(0x00e5, &[&1_u16.to_le_bytes()[..], &edges].concat()));
    }
    sheet.extend(record(0x000a, &[]));
    let start = u32::try_from(globals.len() + 4 + 8 + 2 + 4).unwrap();
    globals.extend(record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat()));
    globals.extend(record(0x000a, &[]));
    assert_eq!(globals.len(), start as usize);
    compound_of("Workbook", &[globals, sheet].concat())
}

/// A compound file with one stream.
fn compound_of(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let mut header = vec![0_u8; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    put(24, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    put(44, &1_u32.to_le_bytes());
    put(48, &1_u32.to_le_bytes());
    put(56, &4_096_u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    put(76, &[0xff; 436]);
    put(76, &0_u32.to_le_bytes());
    let chain = (2..sectors + 2).map(|at| if at == sectors + 1 { END } else { at + 1 });
    let mut table: Vec<u8> = [0xffff_fffd, END].into_iter().chain(chain).flat_map(u32::to_le_bytes).collect();
    table.resize(512, 0xff);
    let mut directory = vec![0_u8; 512];
    for (at, (name, kind, start, size)) in
        [("Root Entry", 5_u8, END, 0), (name, 2, 2, stream.len())].into_iter().enumerate()
    {
        let entry = &mut directory[at * 128..(at + 1) * 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64..66].copy_from_slice(&u16::try_from(units.len() + 2).unwrap().to_le_bytes());
        entry[66] = kind;
        entry[67] = 1;
        entry[68..80].fill(0xff);
        entry[76..80].copy_from_slice(&(if at == 0 { 1_u32 } else { 0xffff_ffff }).to_le_bytes());
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
    }
    [header, table, directory, stream].concat()
}
