//! Documents in and out (文档读写): from the bytes of a file to a `SourceText`, and from values to a workbook.
//!
//! *In:* bytes, the file's name, limits. *Out:* a `SourceText`, or the reason why the file can't be read; bytes of a workbook.
//! *Never:* opens a file, asks the network, the clock or the environment; never alters what the text says.
//!
//! Binary formats come from strangers. The binary calls [`read`] for them in a child process with limits on memory and
//! time; what the limits here refuse is refused in words, what escapes them kills the child only.

mod composer;
mod docx;
mod encoding;
mod flow;
mod html;
mod kind;
mod limits;
pub mod media;
mod ofd;
mod ole;
mod package;
mod pdf;
pub mod picture;
mod plain;
mod sheet;
mod unreadable;
mod values;
mod workbook;
mod xml;

#[cfg(test)]
mod tests;

use gangmu_kernel::{SourceText, source::SourceKind};
use kind::Kind;

pub use limits::Limits;
pub use unreadable::{Size, Unreadable};
pub use workbook::{CellValue, Column, ColumnKind, Properties, Sheet, Unwritable, Workbook};

/// Reads a document (读取文档): the kind is known by its content, the name only decides between text forms.
///
/// # Errors
/// The reason why the file can't be read, with the place in it.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<SourceText, Unreadable> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Unreadable::TooLarge { what: Size::Bytes, limit: limits.bytes });
    }
    match kind::of(bytes, name, limits)? {
        Kind::Plain => plain::read(bytes, name, SourceKind::Txt, limits),
        Kind::Markdown => plain::read(bytes, name, SourceKind::Md, limits),
        Kind::Values => values::read(bytes, limits),
        Kind::Html => html::read(bytes, limits),
        Kind::Docx => docx::read(bytes, limits),
        Kind::Xlsx => sheet::read_xlsx(bytes, limits),
        Kind::Xls => sheet::read_xls(bytes, limits),
        Kind::Pdf => pdf::read(bytes, limits),
        Kind::Ofd => ofd::read(bytes, limits),
    }
}

/// Is it plain text, so that reading it needs no child process? Nothing is unpacked to tell.
pub fn is_plain_text(bytes: &[u8], name: &str) -> bool {
    kind::is_plain(bytes, name)
}

/// SHA-256 of the bytes in lower-case hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
use sheet::number as sheet_number;
