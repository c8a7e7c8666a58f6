//! Word documents (Word 文档): paragraphs with their heading levels and automatic numbers, and tables.
//!
//! Headers, footers, footnotes, comments and everything that tracked changes deleted are left out; text boxes follow the
//! paragraph that anchors them.

mod body;
mod numbering;
mod styles;
mod table;

use crate::{
    Limits, Unreadable,
    composer::Composer,
    flow,
    package::Package,
    sha256,
    xml::{Node, Xml, attribute, name},
};
use gangmu_kernel::{SourceText, source::SourceKind};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let mut package = Package::open(bytes, limits)?;
    let part = main_part(&mut package, limits)?;
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |file: &str| format!("{folder}/{file}");
    let styles = match package.part(&beside("styles.xml"))? {
        Some(text) => styles::read(&text, &beside("styles.xml"), limits)?,
        None => styles::Styles::default(),
    };
    let numbering = match package.part(&beside("numbering.xml"))? {
        Some(text) => numbering::read(&text, &beside("numbering.xml"), limits)?,
        None => numbering::Numbering::default(),
    };
    let text = package.required(&part)?;
    let pieces = body::read(&text, &part, &styles, numbering, limits)?;
    let mut composer = Composer::new(limits);
    flow::compose(pieces, &mut composer, &mut 0)?;
    composer.finish(SourceKind::Docx, sha256(bytes))
}

/// The part that holds the text, as the package's relations name it.
fn main_part(package: &mut Package<'_>, limits: &Limits) -> Result<String, Unreadable> {
    if let Some(relations) = package.part("_rels/.rels")? {
        let mut xml = Xml::new(&relations, "_rels/.rels", limits);
        loop {
            match xml.next()? {
                Node::Open(element) if name(&element) == "Relationship" => {
                    let of_document = attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
                    let target = attribute(&element, "Target").unwrap_or_default();
                    let target = target.trim_start_matches('/').to_owned();
                    if of_document && package.has(&target) {
                        return Ok(target);
                    }
                }
                Node::End => break,
                _ => {}
            }
        }
    }
    Ok("word/document.xml".to_owned())
}
