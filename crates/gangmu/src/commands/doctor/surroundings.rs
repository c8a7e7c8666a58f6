//! The program and what it brings (程序自身): its version, what is embedded in it, its child, the fonts.

use super::{super::wait, finding::Finding};
use crate::{
    console::{Console, Stop},
    packs::Embedded,
    reader::ChildReader,
};
use gangmu_app::{packs::available, ports::DocumentReader};
use gangmu_documents::Unreadable;
use gangmu_web::locale;

/// Checks what needs no configuration.
pub fn all(console: &Console) -> Result<Vec<Finding>, Stop> {
    let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
    // Nothing draws letters on this machine: pages use the fonts of whoever reads them, workbooks only name theirs.
    let fonts = Finding::ok("fonts", "doctor-fonts-none", vec![]);
    Ok(vec![Finding::ok("version", "doctor-version-is", version), embedded(), reader(console)?, fonts])
}

fn embedded() -> Finding {
    let words: usize = locale::Language::ALL.iter().map(|language| locale::files(*language).len()).sum();
    let packs = available(&Embedded).len();
    let facts = vec![("packs", packs.to_string()), ("words", words.to_string())];
    match packs > 0 && words > 0 {
        true => Finding::ok("embedded", "doctor-embedded-count", facts),
        false => Finding::failed("embedded", "doctor-embedded-none", facts),
    }
}

/// Lets the child read a page and a package that is cut off.
fn reader(console: &Console) -> Result<Finding, Stop> {
    let fails = |problem: String| Finding::failed("reader", "doctor-reader-fails", vec![("problem", problem)]);
    let reader = match ChildReader::new() {
        Ok(reader) => reader,
        Err(error) => return Ok(fails(error.to_string())),
    };
    let answers = async {
        let page = reader.read(b"<html><body>1</body></html>".to_vec(), "a.html").await;
        let broken = reader.read(b"PK\x03\x04".to_vec(), "a.docx").await;
        (page, broken)
    };
    Ok(match wait(answers, console)? {
        (Ok(page), Err(Unreadable::BrokenZip { .. })) if page.text == "1\n" => {
            Finding::ok("reader", "doctor-reader-works", vec![])
        }
        (Err(why), _) | (Ok(_), Err(why)) => fails(why.to_string()),
        (Ok(page), Ok(_)) => fails(page.text),
    })
}
