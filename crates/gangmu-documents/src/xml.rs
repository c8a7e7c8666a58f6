//! A part of an office package as a stream of elements (XML 部件): no definitions, no foreign entities, bounded depth.

use crate::{Limits, Size, Unreadable};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// What comes next in a part.
pub(crate) enum Node<'a> {
    Open(BytesStart<'a>),
    Close,
    Text(String),
    End,
}

/// A part that is being read.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    part: &'a str,
    depth: u32,
    limit: u32,
}

impl<'a> Xml<'a> {
    pub fn new(source: &'a str, part: &'a str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, source, part, depth: 0, limit: limits.depth }
    }

    /// The next element, text or end.
    pub fn next(&mut self) -> Result<Node<'a>, Unreadable> {
        loop {
            match self.reader.read_event().map_err(|_| self.broken())? {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(Unreadable::TooLarge { what: Size::Depth, limit: u64::from(self.limit) });
                    }
                    return Ok(Node::Open(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::Close);
                }
                Event::Text(text) => return Ok(Node::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Node::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref().map_err(|_| self.broken())? {
                        Some(character) => character.to_string(),
                        None => entity(reference.xml10_content().as_ref()).ok_or_else(|| self.broken())?.to_owned(),
                    };
                    return Ok(Node::Text(text));
                }
                Event::DocType(_) => {
                    return Err(Unreadable::ForeignDefinition { part: self.part.to_owned() });
                }
                Event::Eof if self.depth > 0 => return Err(self.broken()),
                Event::Eof => return Ok(Node::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was just opened.
    pub fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if let Node::End = self.next()? {
                return Err(self.broken());
            }
        }
        Ok(())
    }

    /// All text of the element that was just opened.
    pub fn text(&mut self) -> Result<String, Unreadable> {
        let outside = self.depth - 1;
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(piece) => text.push_str(&piece),
                Node::End => return Err(self.broken()),
                Node::Open(_) | Node::Close => {}
            }
        }
        Ok(text)
    }

    /// The refusal that names this place.
    pub fn broken(&self) -> Unreadable {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.source.len());
        let line = self.source.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Unreadable::BrokenXml { part: self.part.to_owned(), line: u32::try_from(line).unwrap_or(u32::MAX) }
    }
}

/// The local name of an element.
pub(crate) fn name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name = element.name().into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The attribute of that local name.
pub(crate) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == wanted).map(|attribute| {
        let written = attribute.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned);
        written.unwrap_or_else(|_| attribute.value.into_owned())
    })
}

fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}
