//! Why a file can't be read (无法读取的原因): codes with fields; the words live in `locales/<lang>/documents.ftl`.

use serde::{Deserialize, Serialize};

/// The reason why a file can't be read (无法读取), with the place in it.
///
/// `Display` is for logs; people read the sentence that belongs to [`Unreadable::code`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Unreadable {
    /// A PDF made of pictures (扫描件).
    #[error("the PDF has {pages} pages and no text")]
    ScannedPdf {
        /// Number of pages.
        pages: u32,
    },
    /// A PDF that wants a password.
    #[error("the PDF wants a password")]
    EncryptedPdf,
    /// A Word or Excel file that wants a password.
    #[error("the office file wants a password")]
    EncryptedOffice,
    /// A package that is cut off or damaged.
    #[error("the package is broken{}", part.as_deref().map(|part| format!(" at {part}")).unwrap_or_default())]
    BrokenZip {
        /// The part that can't be unpacked; none where the directory of parts itself is missing.
        part: Option<String>,
    },
    /// A part of a package that is no well-formed XML.
    #[error("{part} line {line} is no well-formed XML")]
    BrokenXml {
        /// The part.
        part: String,
        /// The line, counted from 1.
        line: u32,
    },
    /// A package part that its kind requires is missing.
    #[error("{part} is missing")]
    MissingPart {
        /// The part.
        part: String,
    },
    /// A part with a document type definition, which office files never have.
    #[error("{part} has a document type definition")]
    ForeignDefinition {
        /// The part.
        part: String,
    },
    /// A PDF that can't be taken apart.
    #[error("the PDF is broken{}", page.map(|page| format!(" at page {page}")).unwrap_or_default())]
    BrokenPdf {
        /// The page, counted from 1; none where the file's own directory is damaged.
        page: Option<u32>,
    },
    /// A spreadsheet that can't be taken apart.
    #[error("the spreadsheet is broken{}", sheet.as_deref().map(|sheet| format!(" at sheet {sheet}")).unwrap_or_default())]
    BrokenSpreadsheet {
        /// The sheet; none where the directory of sheets is damaged.
        sheet: Option<String>,
    },
    /// Word 97–2003 (.doc).
    #[error("a Word 97-2003 document")]
    LegacyWord,
    /// WPS Writer (.wps).
    #[error("a WPS Writer document")]
    LegacyWps,
    /// WPS Spreadsheets (.et).
    #[error("a WPS spreadsheet")]
    LegacyEt,
    /// A package that grows beyond measure when unpacked (压缩炸弹).
    #[error("the package grows {ratio} times when unpacked")]
    ZipBomb {
        /// How many times larger than the file its parts are, as far as they were unpacked.
        ratio: u64,
    },
    /// More than the limit of something.
    #[error("more than {limit} {what:?}")]
    TooLarge {
        /// Of what.
        what: Size,
        /// The limit.
        limit: u64,
    },
    /// Bytes that are no text in any known encoding.
    #[error("binary noise from byte {offset} on")]
    Binary {
        /// Where the noise begins.
        offset: u64,
    },
    /// Nothing to read.
    #[error("the file is empty")]
    Empty,
    /// A kind of file that is known and not read.
    #[error("a file of kind {found}")]
    UnknownKind {
        /// Short name of the kind, such as `pptx`, `png`, `zip`.
        found: String,
    },
    /// Reading took longer than allowed.
    #[error("reading took more than {seconds} s")]
    TooSlow {
        /// The time that was allowed.
        seconds: u64,
    },
    /// The reading process died.
    #[error("the reading process died ({how})")]
    Died {
        /// `signal 9`, `exit 101`, `output`.
        how: String,
    },
}

/// What there is too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Bytes of the file.
    Bytes,
    /// Cells of its tables.
    Cells,
    /// Pages.
    Pages,
    /// Parts of the package.
    Parts,
    /// Levels of nesting.
    Depth,
}

impl Size {
    /// The word in messages and codes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Cells => "cells",
            Self::Pages => "pages",
            Self::Parts => "parts",
            Self::Depth => "depth",
        }
    }
}

impl Unreadable {
    /// The code by which the sentence is found: `documents.read.scanned_pdf` is `documents-read-scanned-pdf` in the
    /// locale, and its next step `documents-read-scanned-pdf-next`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ScannedPdf { .. } => "documents.read.scanned_pdf",
            Self::EncryptedPdf => "documents.read.encrypted_pdf",
            Self::EncryptedOffice => "documents.read.encrypted_office",
            Self::BrokenZip { .. } => "documents.read.broken_zip",
            Self::BrokenXml { .. } => "documents.read.broken_xml",
            Self::MissingPart { .. } => "documents.read.missing_part",
            Self::ForeignDefinition { .. } => "documents.read.foreign_definition",
            Self::BrokenPdf { .. } => "documents.read.broken_pdf",
            Self::BrokenSpreadsheet { .. } => "documents.read.broken_spreadsheet",
            Self::LegacyWord => "documents.read.legacy_word",
            Self::LegacyWps => "documents.read.legacy_wps",
            Self::LegacyEt => "documents.read.legacy_et",
            Self::ZipBomb { .. } => "documents.read.zip_bomb",
            Self::TooLarge { .. } => "documents.read.too_large",
            Self::Binary { .. } => "documents.read.binary",
            Self::Empty => "documents.read.empty",
            Self::UnknownKind { .. } => "documents.read.unknown_kind",
            Self::TooSlow { .. } => "documents.read.too_slow",
            Self::Died { .. } => "documents.read.died",
        }
    }

    /// The facts of the sentence by name; a fact that is not known is the word `none`.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::ScannedPdf { pages } => vec![("pages", pages.to_string())],
            Self::BrokenZip { part } => vec![("part", part.clone().unwrap_or_else(none))],
            Self::BrokenXml { part, line } => vec![("part", part.clone()), ("line", line.to_string())],
            Self::MissingPart { part } | Self::ForeignDefinition { part } => vec![("part", part.clone())],
            Self::BrokenPdf { page } => vec![("page", page.map(|page| page.to_string()).unwrap_or_else(none))],
            Self::BrokenSpreadsheet { sheet } => vec![("sheet", sheet.clone().unwrap_or_else(none))],
            Self::ZipBomb { ratio } => vec![("ratio", ratio.to_string())],
            Self::TooLarge { what: Size::Bytes, limit } => {
                vec![("what", "bytes".to_owned()), ("limit", (limit / (1024 * 1024)).to_string())]
            }
            Self::TooLarge { what, limit } => vec![("what", what.code().to_owned()), ("limit", limit.to_string())],
            Self::Binary { offset } => vec![("offset", offset.to_string())],
            Self::UnknownKind { found } => vec![("found", found.clone())],
            Self::TooSlow { seconds } => vec![("seconds", seconds.to_string())],
            Self::Died { how } => vec![("how", how.clone())],
            Self::EncryptedPdf
            | Self::EncryptedOffice
            | Self::LegacyWord
            | Self::LegacyWps
            | Self::LegacyEt
            | Self::Empty => vec![],
        }
    }
}

fn none() -> String {
    "none".to_owned()
}
