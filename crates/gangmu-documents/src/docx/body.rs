//! The body of a Word document (正文): paragraphs with their runs, in reading order.

use super::{numbering::Numbering, styles::Styles, table};
use crate::{
    Limits, Unreadable,
    flow::Piece,
    xml::{Node, Xml, attribute, name},
};
use gangmu_kernel::source::BlockRole;
use quick_xml::events::BytesStart;

/// What is needed while reading.
pub(crate) struct Reader<'a> {
    pub xml: Xml<'a>,
    pub styles: &'a Styles,
    pub numbering: Numbering,
    /// Text of a paragraph whose end a tracked change deleted: the next paragraph continues it.
    begun: Option<String>,
}

pub(crate) fn read(
    source: &str,
    part: &str,
    styles: &Styles,
    numbering: Numbering,
    limits: &Limits,
) -> Result<Vec<Piece>, Unreadable> {
    let mut reader = Reader { xml: Xml::new(source, part, limits), styles, numbering, begun: None };
    let mut pieces = Vec::new();
    loop {
        match reader.xml.next()? {
            Node::Open(element) if name(&element) == "body" => reader.blocks(&mut pieces)?,
            Node::End => return Ok(pieces),
            _ => {}
        }
    }
}

/// What a paragraph says of itself.
#[derive(Debug, Default)]
struct Properties {
    style: Option<String>,
    outline: Option<u8>,
    list: Option<u32>,
    level: Option<u8>,
    /// Its end was deleted by a tracked change: the next paragraph continues it.
    joined: bool,
}

/// A paragraph that is being read, and the text boxes anchored in it.
#[derive(Default)]
struct Open {
    text: String,
    boxes: Vec<Piece>,
}

impl Reader<'_> {
    /// Reads the blocks of the element that was just opened.
    pub fn blocks(&mut self, pieces: &mut Vec<Piece>) -> Result<(), Unreadable> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => self.block(&element, pieces)?,
                Node::Close => {
                    if let Some(text) = self.begun.take() {
                        pieces.push(Piece::Paragraph { text, role: BlockRole::Paragraph });
                    }
                    return Ok(());
                }
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
    }

    /// Reads one block that was just opened.
    pub fn block(&mut self, element: &BytesStart<'_>, pieces: &mut Vec<Piece>) -> Result<(), Unreadable> {
        match name(element) {
            "p" => self.paragraph(pieces),
            "tbl" => {
                let cells = table::read(self)?;
                pieces.push(Piece::Table(cells));
                Ok(())
            }
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" | "AlternateContent" | "Choice" => {
                self.blocks(pieces)
            }
            _ => self.xml.skip(),
        }
    }

    fn paragraph(&mut self, pieces: &mut Vec<Piece>) -> Result<(), Unreadable> {
        let mut properties = Properties::default();
        let mut open = Open::default();
        loop {
            match self.xml.next()? {
                Node::Open(element) if name(&element) == "pPr" => properties = self.properties()?,
                Node::Open(element) => self.inline(&element, &mut open)?,
                Node::Close => break,
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
        let before = self.begun.take().unwrap_or_default();
        if properties.joined {
            let text = before + &open.text;
            self.begun = (!text.is_empty()).then_some(text);
            pieces.append(&mut open.boxes);
            return Ok(());
        }
        let style = properties.style.as_deref();
        let number = self.number(&properties).unwrap_or_default();
        let heading = match properties.outline {
            Some(outline) => (outline < 9).then_some(outline + 1),
            None => self.styles.heading(style),
        };
        let text = format!("{number}{before}{}", open.text);
        if !text.trim().is_empty() {
            pieces.push(Piece::Paragraph { text, role: heading.map_or(BlockRole::Paragraph, BlockRole::Heading) });
        }
        pieces.append(&mut open.boxes);
        Ok(())
    }

    /// The automatic number of the paragraph; list 0 means that it has none.
    fn number(&mut self, properties: &Properties) -> Option<String> {
        let style = properties.style.as_deref();
        let by_style = self.styles.numbering(style);
        let list = properties.list.or(by_style.map(|(list, _)| list)).filter(|list| *list != 0)?;
        let of_style = style.and_then(|style| self.numbering.level_of_style(list, style));
        let level = properties.level.or(of_style).or(by_style.and_then(|(_, level)| level)).unwrap_or(0);
        self.numbering.next(list, level)
    }

    fn properties(&mut self) -> Result<Properties, Unreadable> {
        let mut properties = Properties::default();
        let mut path: Vec<String> = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Open(element) => {
                    let value = attribute(&element, "val");
                    match name(&element) {
                        // What the paragraph was before a tracked change.
                        "pPrChange" | "sectPr" => {
                            self.xml.skip()?;
                            continue;
                        }
                        "pStyle" => properties.style = value,
                        "outlineLvl" => properties.outline = value.and_then(|text| text.parse().ok()),
                        "numId" => properties.list = value.and_then(|text| text.parse().ok()),
                        "ilvl" => properties.level = value.and_then(|text| text.parse().ok()),
                        "del" | "moveFrom" if path.last().is_some_and(|parent| parent == "rPr") => {
                            properties.joined = true;
                        }
                        _ => {}
                    }
                    path.push(name(&element).to_owned());
                }
                Node::Close if path.pop().is_none() => return Ok(properties),
                Node::Close | Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
    }

    /// Reads a child of a paragraph.
    fn inline(&mut self, element: &BytesStart<'_>, open: &mut Open) -> Result<(), Unreadable> {
        match name(element) {
            "r" => self.run(open),
            "hyperlink" | "ins" | "moveTo" | "smartTag" | "fldSimple" | "sdt" | "sdtContent" | "customXml" | "dir"
            | "bdo" | "AlternateContent" | "Choice" | "rubyBase" | "ruby" => self.inlines(open),
            "oMath" | "oMathPara" => {
                open.text += &self.xml.text()?;
                Ok(())
            }
            _ => self.xml.skip(),
        }
    }

    fn inlines(&mut self, open: &mut Open) -> Result<(), Unreadable> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => self.inline(&element, open)?,
                Node::Close => return Ok(()),
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
    }

    fn run(&mut self, open: &mut Open) -> Result<(), Unreadable> {
        let before = open.text.len();
        let mut hidden = false;
        loop {
            match self.xml.next()? {
                Node::Open(element) => match name(&element) {
                    "rPr" => hidden = self.is_hidden()?,
                    "t" => open.text += &self.xml.text()?,
                    "ruby" => self.inlines(open)?,
                    "drawing" | "pict" | "object" | "AlternateContent" | "Choice" => {
                        self.boxes(&mut open.boxes)?;
                    }
                    _ => {
                        open.text.push_str(&mark(&element));
                        self.xml.skip()?;
                    }
                },
                Node::Close => break,
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
        if hidden {
            open.text.truncate(before);
        }
        Ok(())
    }

    /// Does the run carry the mark of hidden text?
    fn is_hidden(&mut self) -> Result<bool, Unreadable> {
        let (mut depth, mut hidden) = (1, false);
        while depth > 0 {
            match self.xml.next()? {
                Node::Open(element) => {
                    depth += 1;
                    if depth == 2 && name(&element) == "vanish" {
                        hidden = attribute(&element, "val").is_none_or(|value| value != "0" && value != "false");
                    }
                }
                Node::Close => depth -= 1,
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
        Ok(hidden)
    }

    /// The text boxes within the element that was just opened; the fallback of an alternative repeats the choice.
    fn boxes(&mut self, boxes: &mut Vec<Piece>) -> Result<(), Unreadable> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => match name(&element) {
                    "txbxContent" => self.blocks(boxes)?,
                    "Fallback" => self.xml.skip()?,
                    _ => self.boxes(boxes)?,
                },
                Node::Close => return Ok(()),
                Node::Text(_) => {}
                Node::End => return Err(self.xml.broken()),
            }
        }
    }
}

/// The characters that an empty element of a run stands for.
fn mark(element: &BytesStart<'_>) -> String {
    match name(element) {
        "tab" | "ptab" => "\t".to_owned(),
        "cr" => "\n".to_owned(),
        "br" if attribute(element, "type").is_none_or(|kind| kind == "textWrapping") => "\n".to_owned(),
        "noBreakHyphen" => "-".to_owned(),
        "sym" => {
            let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
            let drawn = |character: &char| matches!(character, '\u{e000}'..='\u{f8ff}');
            code.and_then(char::from_u32).filter(|character| !drawn(character)).map(String::from).unwrap_or_default()
        }
        _ => String::new(),
    }
}
