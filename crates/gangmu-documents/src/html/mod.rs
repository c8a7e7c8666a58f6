//! Web pages (网页): what a reader sees becomes text; scripts, styles and menus do not.

mod table;

use crate::{
    Limits, Unreadable,
    composer::Composer,
    encoding,
    flow::{self, Piece},
    sha256,
};
use gangmu_kernel::{
    SourceText,
    source::{BlockRole, SourceKind},
};
use scraper::{
    Html,
    node::{Element, Node},
};
use table::OpenTable;

/// Tables nested deeper than this are read as running text.
const TABLE_DEPTH: usize = 16;

/// Elements whose content nobody reads.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "nav", "select", "option", "button", "svg", "math", "iframe",
    "object", "textarea", "audio", "video", "canvas", "map", "rt", "rp",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let page = Html::parse_document(&decode(bytes)?);
    let mut reader = Reader::default();
    walk(&page, &mut reader);
    let mut composer = Composer::new(limits);
    flow::compose(reader.finish(), &mut composer, &mut 0)?;
    composer.finish(SourceKind::Html, sha256(bytes))
}

/// The page's text: by byte-order mark, by what its head names, or by what it looks like.
fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let marked =
        bytes.starts_with(&[0xef, 0xbb, 0xbf]) || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !marked
        && let Some(label) = charset(&head)
        && let Some(text) = encoding::decode_as(bytes, label)
    {
        return Ok(text);
    }
    encoding::decode(bytes)
}

/// The encoding that the head names.
fn charset(head: &str) -> Option<&str> {
    let rest = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Visits every node in order, without recursion: pages may nest as deep as they like.
fn walk(page: &Html, reader: &mut Reader) {
    let mut node = page.tree.root();
    loop {
        if reader.enter(node.value())
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        reader.leave(node.value());
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            reader.leave(node.value());
        }
    }
}

/// The paragraph that is being read.
#[derive(Default)]
struct Line {
    text: String,
    /// A blank is due before the next character.
    blank: bool,
    /// That blank stood in a line end of the source.
    blank_broken: bool,
    /// Characters inside links that lead away.
    linked: usize,
    links: usize,
}

#[derive(Default)]
struct Reader {
    /// The flows that are open: the page, then the cells of open tables, innermost last.
    flows: Vec<Vec<Piece>>,
    tables: Vec<OpenTable>,
    /// Open tables beyond the depth that is followed.
    too_deep: u32,
    line: Line,
    heading: Option<u8>,
    /// Open `header`, `footer` and `aside` elements.
    furniture: u32,
    pre: u32,
    items: u32,
    link: u32,
}

impl Reader {
    fn enter(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) => self.text(text),
            Node::Element(element) => return self.open(element),
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: &Node) {
        if let Node::Element(element) = node
            && !is_unseen(element)
        {
            self.close(element);
        }
    }

    fn open(&mut self, element: &Element) -> bool {
        if is_unseen(element) {
            return false;
        }
        let name = element.name();
        if BLOCKS.contains(&name) || name == "br" {
            self.end_line();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name[1..].parse().ok(),
            "header" | "footer" | "aside" => self.furniture += 1,
            "pre" => self.pre += 1,
            "li" => self.items += 1,
            "a" if leads_away(element) => {
                self.link += 1;
                self.line.links += 1;
            }
            "table" if self.too_deep > 0 || self.tables.len() >= TABLE_DEPTH => self.too_deep += 1,
            "table" => self.tables.push(OpenTable::default()),
            "tr" if self.too_deep == 0 => {
                if let Some(table) = self.tables.last_mut() {
                    table.row();
                }
            }
            "td" | "th" if self.too_deep == 0 => {
                if let Some(table) = self.tables.last_mut()
                    && table.open_cell(element)
                {
                    self.flows.push(vec![]);
                }
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "header" | "footer" | "aside" => self.furniture -= 1,
            "pre" => self.pre -= 1,
            "li" => self.items -= 1,
            "a" if leads_away(element) => self.link -= 1,
            "table" if self.too_deep > 0 => self.too_deep -= 1,
            "table" => self.close_table(),
            "td" | "th" if self.too_deep == 0 => {
                if let Some(table) = self.tables.last_mut()
                    && table.is_open()
                {
                    table.close_cell(self.flows.pop().unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn close_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            let cells = table.finish();
            if !cells.is_empty() {
                self.flow().push(Piece::Table(cells));
            }
        }
    }

    fn flow(&mut self) -> &mut Vec<Piece> {
        if self.flows.is_empty() {
            self.flows.push(vec![]);
        }
        self.flows.last_mut().expect("a flow was pushed if there was none")
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '\n' if self.pre > 0 => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' => {
                    self.line.blank_broken |= matches!(character, '\n' | '\r');
                    self.line.blank = true;
                }
                '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}' => {}
                _ => self.character(character),
            }
        }
    }

    fn character(&mut self, character: char) {
        let line = &mut self.line;
        if line.blank {
            let between_chinese = is_wide(character) && line.text.chars().last().is_some_and(is_wide);
            let unseen = line.text.is_empty() || line.blank_broken && between_chinese;
            if !unseen {
                line.text.push(' ');
            }
            line.blank = false;
            line.blank_broken = false;
        }
        line.text.push(character);
        if self.link > 0 {
            line.linked += 1;
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let menu = line.linked >= text.chars().filter(|c| !c.is_whitespace() && *c != '|').count()
            && (self.items > 0 || line.links >= 3);
        let role = match self.heading {
            _ if self.furniture > 0 || menu => BlockRole::Furniture,
            Some(level) => BlockRole::Heading(level),
            None => BlockRole::Paragraph,
        };
        let piece = Piece::Paragraph { text: text.to_owned(), role };
        self.flow().push(piece);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.end_line();
        std::mem::take(self.flow())
    }
}

/// Hidden, or of a kind that nobody reads.
fn is_unseen(element: &Element) -> bool {
    let hidden = element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        });
    hidden || UNSEEN.contains(&element.name())
}

/// A link to another page; links within the page belong to its text.
fn leads_away(element: &Element) -> bool {
    element.attr("href").is_some_and(|target| !target.starts_with('#'))
}

/// Chinese characters and their punctuation.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}
