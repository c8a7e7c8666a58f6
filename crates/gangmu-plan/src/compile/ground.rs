//! The ground (底稿): the scanned text that every pass reads, with its code points, folded view and lines.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::{BlockRole, Span};

use super::fold::{fold, is_blank};

/// A line of the text, without its line end and without blanks at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// First code point that is no blank.
    pub start: u32,
    /// One past the last code point that is no blank; `start` for a blank line.
    pub end: u32,
    /// What the file says of the line.
    pub hint: LineHint,
}

impl Line {
    /// Is there nothing in it?
    pub fn is_blank(&self) -> bool {
        self.start == self.end
    }

    /// Its span.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// What the file itself says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineHint {
    /// Nothing.
    None,
    /// A heading by the file's own style, 1 the highest.
    Heading(u8),
    /// A line of a table cell; the index is that of `SourceText::tables` where the table is known.
    Cell(Option<u32>),
    /// Header, footer or page number by the file's own marking.
    Furniture,
}

/// The scanned text. All offsets are code points; `fold[i]` is the folded form of `chars[i]`.
pub struct Ground<'s> {
    /// The document as it was read.
    pub source: &'s SourceText,
    /// The code points as written.
    pub chars: Vec<char>,
    /// The folded code points (see [`fold`]): rules are matched on these.
    pub fold: Vec<char>,
    /// The lines, blank ones included, in text order.
    pub lines: Vec<Line>,
    /// Byte offset of every 64th code point in `source.text`.
    bytes: Vec<u32>,
}

/// Code points between two entries of the byte index.
const STRIDE: usize = 64;

impl<'s> Ground<'s> {
    /// Scans the text.
    pub fn scan(source: &'s SourceText) -> Self {
        let text = source.text.as_str();
        let mut chars = Vec::with_capacity(text.len() / 3 + 1);
        let mut folded = Vec::with_capacity(text.len() / 3 + 1);
        let mut bytes = Vec::with_capacity(text.len() / (3 * STRIDE) + 2);
        for (index, (byte, c)) in text.char_indices().enumerate() {
            if index % STRIDE == 0 {
                bytes.push(u32::try_from(byte).unwrap_or(u32::MAX));
            }
            chars.push(c);
            folded.push(fold(c));
        }
        bytes.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let lines = split_lines(source, &folded);
        Self { source, chars, fold: folded, lines, bytes }
    }

    /// Number of code points.
    pub fn len(&self) -> u32 {
        u32::try_from(self.chars.len()).unwrap_or(u32::MAX)
    }

    /// Is the text empty?
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The byte offset in `source.text` of a code point.
    pub fn byte(&self, at: u32) -> usize {
        let at = (at as usize).min(self.chars.len());
        let base = at / STRIDE;
        let start = self.bytes.get(base).map_or(self.source.text.len(), |b| *b as usize);
        start + self.chars[base * STRIDE..at].iter().map(|c| c.len_utf8()).sum::<usize>()
    }

    /// The text as written.
    pub fn text(&self, start: u32, end: u32) -> &'s str {
        let (start, end) = (self.byte(start), self.byte(end));
        self.source.text.get(start..end).unwrap_or("")
    }

    /// The text as written, without line ends and without the blanks that stand beside Han characters.
    pub fn tidy(&self, start: u32, end: u32) -> String {
        tidy(self.slice(&self.chars, start, end))
    }

    /// The folded code points of a span.
    pub fn folded(&self, start: u32, end: u32) -> &[char] {
        self.slice(&self.fold, start, end)
    }

    /// The folded text of a span as a string.
    pub fn folded_text(&self, start: u32, end: u32) -> String {
        self.folded(start, end).iter().collect()
    }

    /// The folded code point at a place; `\n` outside the text.
    pub fn at(&self, index: u32) -> char {
        self.fold.get(index as usize).copied().unwrap_or('\n')
    }

    /// The first place at or after `from` and before `to` that is no blank.
    pub fn skip_blanks(&self, from: u32, to: u32) -> u32 {
        let mut at = from;
        while at < to && is_blank(self.at(at)) {
            at += 1;
        }
        at
    }

    /// The last place at or before `to` and after `from` such that the code point before it is no blank.
    pub fn trim_end(&self, from: u32, to: u32) -> u32 {
        let mut at = to;
        while at > from && matches!(self.at(at - 1), ' ' | '\t' | '\n') {
            at -= 1;
        }
        at
    }

    fn slice<'a>(&self, of: &'a [char], start: u32, end: u32) -> &'a [char] {
        let end = (end as usize).min(of.len());
        let start = (start as usize).min(end);
        &of[start..end]
    }
}

/// Joins code points without line ends, and without the blanks that touch a character that is no ASCII letter or digit.
pub fn tidy(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len() * 3);
    let mut last = None;
    let mut gap = false;
    for &c in chars {
        if matches!(fold(c), ' ' | '\t' | '\n') {
            gap = true;
            continue;
        }
        if gap {
            let word = |x: char| x.is_ascii_alphabetic();
            if last.is_some_and(word) && word(c) {
                out.push(' ');
            }
            gap = false;
        }
        out.push(c);
        last = Some(c);
    }
    out
}

/// Splits the text at line ends and takes the hints from the file's own blocks.
fn split_lines(source: &SourceText, folded: &[char]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0usize;
    let mut blocks = source.blocks.iter().peekable();
    let mut tables = source.tables.iter().enumerate().peekable();
    for at in 0..=folded.len() {
        if at < folded.len() && folded[at] != '\n' {
            continue;
        }
        let (mut start, mut end) = (from, at);
        while start < end && is_blank(folded[start]) {
            start += 1;
        }
        while end > start && is_blank(folded[end - 1]) {
            end -= 1;
        }
        let (start, end) = (start as u32, end as u32);
        let mut hint = LineHint::None;
        if start < end {
            while blocks.peek().is_some_and(|b| b.span.end <= start) {
                blocks.next();
            }
            while tables.peek().is_some_and(|(_, t)| t.span.end <= start) {
                tables.next();
            }
            let table = tables.peek().filter(|(_, t)| t.span.start <= start).map(|(i, _)| *i as u32);
            hint = match blocks.peek().filter(|b| b.span.start <= start).map(|b| &b.role) {
                Some(BlockRole::Heading(level)) => LineHint::Heading(*level),
                Some(BlockRole::Furniture) => LineHint::Furniture,
                Some(BlockRole::Cell) => LineHint::Cell(table),
                _ if table.is_some() => LineHint::Cell(table),
                _ => LineHint::None,
            };
        }
        lines.push(Line { start, end, hint });
        from = at + 1;
    }
    lines
}
