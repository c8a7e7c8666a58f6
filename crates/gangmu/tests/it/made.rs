//! Files made here, in our own words.

use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A small plan.
pub const PLAN: &str = "滨江区国民经济和社会发展第十四个五年规划纲要\n\n第一章 发展目标\n\n第一节 主要目标\n\n\
    到2025年，森林覆盖率达到35%，建成社区公园20个。\n\n第二章 生态建设\n\n第一节 水污染防治\n\n一、整治河涌\n\n\
    全面落实河湖长制，确保劣五类水体全部消除。加快建设滨江污水处理厂，推进污水管网改造。\
    （牵头单位：区水务局；配合单位：区城管局）\n\n\
    二、建立机制\n\n建立河湖长巡查制度，鼓励社会资本参与治理。\n";

/// A folder of the test's own.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file and gives its path.
    #[expect(clippy::disallowed_methods, reason = "the test makes the files that the program reads")]
    pub fn with(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

/// A zip package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document of these paragraphs.
pub fn docx(text: &str) -> Vec<u8> {
    let body: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let main = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    package(&[("word/document.xml", main.as_bytes())])
}

/// A compound file whose directory names these streams.
pub fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for stream in streams {
        let mut entry = vec![0_u8; 128];
        let units: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64..66].copy_from_slice(&u16::try_from(units.len() + 2).unwrap().to_le_bytes());
        entry[66] = 2;
        bytes.extend(entry);
    }
    bytes
}

/// A PDF of numbered objects; the first is the catalogue.
pub fn pdf(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
    }
    let (table, size) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").as_bytes());
    }
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    bytes
}

/// A PDF of one page that shows an English line.
pub fn pdf_with_text() -> Vec<u8> {
    let content = "BT /F 12 Tf 1 0 0 1 100 700 Tm (Forest coverage reaches 35 percent by 2025) Tj ET";
    let stream = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            &stream,
        ],
        "",
    )
}

/// A PDF of one page without text.
pub fn scan() -> Vec<u8> {
    pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ],
        "",
    )
}
