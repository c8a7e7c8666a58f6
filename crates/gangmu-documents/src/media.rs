//! What a file that is to be attached really is (附件类型): content, ending and declared type must agree.
//!
//! The types that may be attached are data, in `media/types.csv`. Archives are recognised and never unpacked; programs
//! and scripts are none of these types.

use crate::{Limits, Unreadable, encoding, ole, package::Package, picture, picture::Picture};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How a type can be shown in a page (预览方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// As its own text.
    Text,
    /// As the text that the reader of documents makes of it.
    Document,
    /// As a picture.
    Picture,
    /// Not at all: it is for downloading only.
    None,
}

/// A type of file that may be attached (附件类型).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// Its word.
    pub kind: &'static str,
    /// The media type under which it is given out.
    pub media_type: &'static str,
    /// The endings of its names.
    pub endings: Vec<&'static str>,
    /// How it can be shown.
    pub shown: Shown,
    also_declared: Vec<&'static str>,
}

static TYPES: LazyLock<Vec<MediaType>> = LazyLock::new(|| {
    let list = |cell: &'static str| cell.split('|').filter(|part| !part.is_empty()).collect();
    let row = |line: &'static str| {
        let mut cells = line.split(',').map(str::trim);
        let mut next = || cells.next().unwrap_or_default();
        let (kind, media_type, endings, also, shown) = (next(), next(), next(), next(), next());
        let shown = match shown {
            "text" => Shown::Text,
            "document" => Shown::Document,
            "picture" => Shown::Picture,
            _ => Shown::None,
        };
        MediaType { kind, media_type, endings: list(endings), shown, also_declared: list(also) }
    };
    include_str!("media/types.csv").lines().skip(1).filter(|line| !line.is_empty()).map(row).collect()
});

/// The types that may be attached.
pub fn types() -> &'static [MediaType] {
    &TYPES
}

/// The type of that word.
pub fn type_of(kind: &str) -> Option<&'static MediaType> {
    TYPES.iter().find(|row| row.kind == kind)
}

/// What a file is, after a look at its bytes (查验结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// The word of its type.
    pub kind: String,
    /// What was made of a picture.
    pub picture: Option<Picture>,
}

/// Why a file can't be attached (不能作附件的原因): codes with fields; the words live in `locales/<lang>/attachments.ftl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "unfit", rename_all = "snake_case")]
pub enum Unfit {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// A name without an ending.
    #[error("the name has no ending")]
    NoEnding,
    /// An ending that may not be attached.
    #[error("files ending in .{ending} are not taken")]
    Ending {
        /// The ending.
        ending: String,
    },
    /// The content is something else than the ending says.
    #[error("the name says .{ending}, the content is {found}")]
    Disagrees {
        /// The ending.
        ending: String,
        /// What the content is.
        found: String,
    },
    /// The sender declares something else than the content is.
    #[error("declared as {declared}, the content is {found}")]
    Declared {
        /// What was declared.
        declared: String,
        /// What the content is.
        found: String,
    },
    /// A program, a script, a file with macros.
    #[error("the content is executable: {found}")]
    Executable {
        /// What it is.
        found: String,
    },
    /// A picture that ends before its end.
    #[error("the picture is cut off")]
    CutOff,
    /// A picture that can't be decoded.
    #[error("the picture is broken")]
    BrokenPicture,
    /// A picture with more points than may be decoded.
    #[error("the picture has {width}×{height} points")]
    TooManyPoints {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// Millions of points that are allowed.
        limit: u32,
    },
    /// A file that the readers of documents refuse.
    #[error(transparent)]
    Unreadable(Unreadable),
}

impl From<Unreadable> for Unfit {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl Unfit {
    /// The code by which the sentence is found.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "attachments.file.empty",
            Self::NoEnding => "attachments.file.no_ending",
            Self::Ending { .. } => "attachments.file.ending",
            Self::Disagrees { .. } => "attachments.file.disagrees",
            Self::Declared { .. } => "attachments.file.declared",
            Self::Executable { .. } => "attachments.file.executable",
            Self::CutOff => "attachments.file.cut_off",
            Self::BrokenPicture => "attachments.file.broken_picture",
            Self::TooManyPoints { .. } => "attachments.file.too_many_points",
            Self::Unreadable(why) => why.code(),
        }
    }

    /// The facts of the sentence by name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ending { ending } => vec![("ending", ending.clone())],
            Self::Disagrees { ending, found } => vec![("ending", ending.clone()), ("found", found.clone())],
            Self::Declared { declared, found } => vec![("declared", declared.clone()), ("found", found.clone())],
            Self::Executable { found } => vec![("found", found.clone())],
            Self::TooManyPoints { width, height, limit } => {
                vec![("width", width.to_string()), ("height", height.to_string()), ("limit", limit.to_string())]
            }
            Self::Unreadable(why) => why.fields(),
            Self::Empty | Self::NoEnding | Self::CutOff | Self::BrokenPicture => vec![],
        }
    }
}

/// Looks whether a file of that name may be attached at all, before any byte of it has come.
///
/// # Errors
/// The reason why not.
pub fn admit(name: &str) -> Result<&'static MediaType, Unfit> {
    let ending = ending(name).ok_or(Unfit::NoEnding)?;
    let found = TYPES.iter().find(|row| row.endings.contains(&ending.as_str()));
    found.ok_or(Unfit::Ending { ending })
}

/// Examines a file (查验附件): what it is by its content, whether name and declared type agree, and for a picture a copy
/// without anything but its points.
///
/// # Errors
/// The reason why it can't be attached.
pub fn examine(bytes: &[u8], name: &str, declared: &str, limits: &Limits) -> Result<Examined, Unfit> {
    let named = admit(name)?;
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    let ending = ending(name).ok_or(Unfit::NoEnding)?;
    let found = content(bytes, named, limits)?;
    if found != named.kind {
        return Err(Unfit::Disagrees { ending, found: found.to_owned() });
    }
    agrees(declared, named)?;
    let picture = match named.shown {
        Shown::Picture => Some(picture::read(bytes, found)?),
        _ => None,
    };
    Ok(Examined { kind: found.to_owned(), picture })
}

/// Can the type be told without unpacking or decoding anything, so that no child process is needed?
pub fn is_simple(name: &str) -> bool {
    admit(name).is_ok_and(|row| row.shown == Shown::Text)
}

fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// A declared type that says nothing, or says what the file is.
fn agrees(declared: &str, row: &MediaType) -> Result<(), Unfit> {
    let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fine = matches!(declared.as_str(), "" | "application/octet-stream" | "binary/octet-stream")
        || declared == row.media_type
        || row.also_declared.contains(&declared.as_str());
    if fine { Ok(()) } else { Err(Unfit::Declared { declared, found: row.kind.to_owned() }) }
}

/// Beginnings by which a kind is known.
const BEGINNINGS: [(&[u8], &str); 12] = [
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "sevenzip"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x7fELF", "exe"),
    (b"\xca\xfe\xba\xbe", "exe"),
];

/// The word of what the bytes are.
fn content(bytes: &[u8], named: &MediaType, limits: &Limits) -> Result<&'static str, Unfit> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packaged(bytes, limits);
    }
    if bytes.starts_with(&ole::MAGIC) {
        return compound(bytes);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok("webp");
    }
    let noisy = bytes[..bytes.len().min(512)].contains(&0);
    if let Some((_, found)) = BEGINNINGS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return executable_or(found);
    }
    if bytes.starts_with(b"MZ") && noisy {
        return executable_or("exe");
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok("pdf");
    }
    written(bytes, named)
}

fn executable_or(found: &'static str) -> Result<&'static str, Unfit> {
    if found == "exe" { Err(Unfit::Executable { found: found.to_owned() }) } else { Ok(found) }
}

/// What a zip package holds; its parts stay packed.
fn packaged(bytes: &[u8], limits: &Limits) -> Result<&'static str, Unfit> {
    let package = Package::open(bytes, limits)?;
    let has = |part: &str| package.has(part);
    if has("word/vbaProject.bin") || has("xl/vbaProject.bin") || has("ppt/vbaProject.bin") {
        return Err(Unfit::Executable { found: "macros".to_owned() });
    }
    Ok(if has("word/document.xml") || has("word/document2.xml") {
        "docx"
    } else if has("xl/workbook.xml") {
        "xlsx"
    } else if has("ppt/presentation.xml") {
        "pptx"
    } else if has("OFD.xml") {
        "ofd"
    } else if has("content.xml") && has("mimetype") {
        "odf"
    } else if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") {
        return Err(Unfit::Executable { found: "exe".to_owned() });
    } else {
        "zip"
    })
}

/// What an OLE compound file holds.
fn compound(bytes: &[u8]) -> Result<&'static str, Unfit> {
    let streams = ole::stream_names(bytes);
    let has = |name: &str| streams.iter().any(|stream| stream == name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(Unreadable::EncryptedOffice.into());
    }
    if has("_VBA_PROJECT") || has("_VBA_PROJECT_CUR") {
        return Err(Unfit::Executable { found: "macros".to_owned() });
    }
    Ok(if has("WordDocument") {
        "doc"
    } else if has("Workbook") || has("Book") {
        "xls"
    } else if has("PowerPoint Document") {
        "ppt"
    } else {
        "ole"
    })
}

/// Which form of text it is: among plain forms the name decides, web pages and drawings say what they are themselves.
fn written(bytes: &[u8], named: &MediaType) -> Result<&'static str, Unfit> {
    // What no encoding explains is no text.
    if encoding::decode(bytes).is_err() {
        return Ok("unknown");
    }
    let head = encoding::decode_head(bytes);
    let head = head.trim_start().to_ascii_lowercase();
    if head.starts_with("#!") {
        return Err(Unfit::Executable { found: "script".to_owned() });
    }
    let marked_up = head.starts_with('<');
    if marked_up && head.contains("<svg") {
        return Ok("svg");
    }
    let tags = ["<!doctype html", "<html", "<head", "<body", "<script", "<table", "<meta", "<iframe"];
    if marked_up && tags.iter().any(|tag| head.contains(tag)) {
        return Ok("html");
    }
    Ok(match named.shown {
        Shown::Text => named.kind,
        _ if named.kind == "html" => "html",
        _ => "text",
    })
}
