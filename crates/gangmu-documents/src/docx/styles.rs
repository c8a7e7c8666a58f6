//! Paragraph styles (段落样式): which are headings, which number their paragraphs.

use crate::{
    Limits, Unreadable,
    xml::{Node, Xml, attribute, name},
};
use std::collections::HashMap;

/// How long a chain of styles is followed.
const CHAIN: usize = 20;

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Option<u32>,
    level: Option<u8>,
}

/// The styles of a document, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    /// Heading level, 1 the highest; none for body text.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        for style in self.chain(id) {
            if let Some(outline) = style.outline {
                return (outline < 9).then_some(outline + 1);
            }
            if let Some(level) = heading_name(&style.name) {
                return Some(level);
            }
        }
        None
    }

    /// The list and level by which the style numbers its paragraphs.
    pub fn numbering(&self, id: Option<&str>) -> Option<(u32, Option<u8>)> {
        let number = self.chain(id).find_map(|style| style.number)?;
        Some((number, self.chain(id).find_map(|style| style.level)))
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| style.based_on.as_ref().and_then(|id| self.by_id.get(id))).take(CHAIN)
    }
}

/// Built-in names stay English in the file whatever the language of the program; makers of other programs translate.
fn heading_name(name: &str) -> Option<u8> {
    let lower = name.trim().to_ascii_lowercase();
    if lower == "title" {
        return Some(1);
    }
    let rest = lower.strip_prefix("heading").or_else(|| lower.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

pub(crate) fn read(source: &str, part: &str, limits: &Limits) -> Result<Styles, Unreadable> {
    let mut xml = Xml::new(source, part, limits);
    let mut styles = Styles::default();
    loop {
        match xml.next()? {
            Node::Open(element) if name(&element) == "style" => {
                let id = attribute(&element, "styleId").unwrap_or_default();
                let of_paragraphs = attribute(&element, "type").is_none_or(|kind| kind == "paragraph");
                let default = attribute(&element, "default").is_some_and(|value| value == "1" || value == "true");
                let style = style(&mut xml)?;
                if of_paragraphs {
                    if default {
                        styles.default = Some(id.clone());
                    }
                    styles.by_id.insert(id, style);
                }
            }
            Node::End => return Ok(styles),
            _ => {}
        }
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, Unreadable> {
    let mut style = Style::default();
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => {
                depth += 1;
                let value = attribute(&element, "val");
                match name(&element) {
                    "name" if depth == 2 => style.name = value.unwrap_or_default(),
                    "basedOn" => style.based_on = value,
                    "outlineLvl" => style.outline = value.and_then(|text| text.parse().ok()),
                    "numId" => style.number = value.and_then(|text| text.parse().ok()),
                    "ilvl" => style.level = value.and_then(|text| text.parse().ok()),
                    _ => {}
                }
            }
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => return Err(xml.broken()),
        }
    }
    Ok(style)
}
