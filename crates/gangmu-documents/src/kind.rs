//! The kind of a file by its content (文件类型识别).

use crate::{Limits, Unreadable, encoding, ole, package::Package};

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Markdown,
    /// Values parted by commas or tabs.
    Values,
    Html,
    Docx,
    Xlsx,
    Xls,
    Pdf,
    Ofd,
}

/// Beginnings of files that are known and not read.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "sevenzip"),
    (b"\x1f\x8b", "gz"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "exe"),
    (b"MZ", "exe"),
    (b"SQLite format 3\0", "sqlite"),
];

/// Is it plain text? Nothing is unpacked to tell.
pub(crate) fn is_plain(bytes: &[u8], name: &str) -> bool {
    let packed = bytes.starts_with(b"PK") || bytes.starts_with(&ole::MAGIC) || is_pdf(bytes);
    !packed
        && foreign(bytes).is_none()
        && matches!(written(bytes, &ending(name)), Ok(Kind::Plain | Kind::Markdown | Kind::Values))
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// The kind of a file.
pub(crate) fn of(bytes: &[u8], name: &str, limits: &Limits) -> Result<Kind, Unreadable> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Unreadable::Empty);
    }
    let ending = ending(name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packaged(bytes, limits);
    }
    if bytes.starts_with(&ole::MAGIC) {
        return compound(bytes, &ending);
    }
    if is_pdf(bytes) {
        return Ok(Kind::Pdf);
    }
    if let Some(found) = foreign(bytes) {
        return Err(Unreadable::UnknownKind { found: found.to_owned() });
    }
    written(bytes, &ending)
}

/// A known beginning; the two-letter ones count only where noise follows.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let (magic, found) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic))?;
    let noisy = bytes[..bytes.len().min(512)].contains(&0);
    (magic.len() > 2 || noisy).then_some(found)
}

/// What a zip package holds.
fn packaged(bytes: &[u8], limits: &Limits) -> Result<Kind, Unreadable> {
    let package = Package::open(bytes, limits)?;
    let has = |part: &str| package.has(part);
    let found = if has("word/document.xml") || has("word/document2.xml") {
        return Ok(Kind::Docx);
    } else if has("xl/workbook.xml") {
        return Ok(Kind::Xlsx);
    } else if has("xl/workbook.bin") {
        "xlsb"
    } else if has("ppt/presentation.xml") {
        "pptx"
    } else if has("OFD.xml") {
        return Ok(Kind::Ofd);
    } else if has("content.xml") && has("mimetype") {
        "odf"
    } else if has("[Content_Types].xml") {
        return Err(Unreadable::MissingPart { part: "word/document.xml".to_owned() });
    } else {
        "zip"
    };
    Err(Unreadable::UnknownKind { found: found.to_owned() })
}

/// What an OLE compound file holds. Word, WPS Writer and their spreadsheets share the form; the makers leave hints.
fn compound(bytes: &[u8], ending: &str) -> Result<Kind, Unreadable> {
    let streams = ole::stream_names(bytes);
    let has = |name: &str| streams.iter().any(|stream| stream == name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(Unreadable::EncryptedOffice);
    }
    if has("WordDocument") {
        let wps = ending == "wps" || has("WpsCustomData") || ending != "doc" && ole::made_by_wps(bytes);
        return Err(if wps { Unreadable::LegacyWps } else { Unreadable::LegacyWord });
    }
    if has("Workbook") || has("Book") {
        let et = ending == "et" || ending != "xls" && (has("ETExtData") || ole::made_by_wps(bytes));
        return if et { Err(Unreadable::LegacyEt) } else { Ok(Kind::Xls) };
    }
    Err(match ending {
        "wps" => Unreadable::LegacyWps,
        "et" => Unreadable::LegacyEt,
        "doc" => Unreadable::LegacyWord,
        "xls" => Unreadable::BrokenSpreadsheet { sheet: None },
        _ if has("PowerPoint Document") => Unreadable::UnknownKind { found: "ppt".to_owned() },
        _ => Unreadable::UnknownKind { found: "ole".to_owned() },
    })
}

/// Which form of text it is: the name decides, unless the content says web page.
fn written(bytes: &[u8], ending: &str) -> Result<Kind, Unreadable> {
    let head = encoding::decode_head(bytes);
    let head = head.trim_start().to_ascii_lowercase();
    if head.starts_with("mime-version:") && head.contains("multipart/related") {
        return Err(Unreadable::UnknownKind { found: "mht".to_owned() });
    }
    if head.starts_with("<?xml") && head.contains("progid=\"word.document\"") {
        return Err(Unreadable::UnknownKind { found: "wordml".to_owned() });
    }
    let web_page = ["<!doctype html", "<html"].iter().any(|tag| head.starts_with(tag))
        || head.starts_with("<?xml") && head.contains("<html")
        || head.starts_with("<!--") && head.contains("<html");
    if web_page || matches!(ending, "html" | "htm" | "xhtml") {
        return Ok(Kind::Html);
    }
    Ok(match ending {
        "md" | "markdown" => Kind::Markdown,
        "csv" | "tsv" => Kind::Values,
        "txt" | "text" => Kind::Plain,
        _ if ["<head", "<body", "<table", "<meta"].iter().any(|tag| head.starts_with(tag)) => Kind::Html,
        _ => Kind::Plain,
    })
}
