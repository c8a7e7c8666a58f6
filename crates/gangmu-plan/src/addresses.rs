//! Addresses (条款地址): from `12.3.一 ¶1 句 2` to a span of the text and back.
//!
//! A paragraph is a line that is not blank and no heading; a run-in lead opens its paragraph and is not counted as a
//! sentence of its own: it belongs to the first one. A sentence ends at 。！？ outside brackets.

#[cfg(test)]
mod tests;

use crate::compiled::{CompiledPlan, Level, Range};
use gangmu_kernel::{clause::ClausePlace, source::Span};

/// How far a bracket may reach before it is taken as never closed.
const BRACKET: usize = 400;

/// A sentence (句) with its number in the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Counted from 1.
    pub number: u32,
    /// From its first code point to its stop, a run-in lead included.
    pub span: Span,
}

/// A paragraph (段) with its number in the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Counted from 1.
    pub number: u32,
    /// Its text without the blanks at its ends.
    pub span: Span,
    /// A line of a table: cells stand between tabs.
    pub row: bool,
    /// The run-in lead that opens it.
    pub lead: Option<Span>,
    /// Its sentences; at least one.
    pub sentences: Vec<Sentence>,
}

/// A heading as far as addresses need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingSpan {
    /// Where it stands.
    pub span: Span,
    /// Is it a run-in lead, and so a part of its paragraph?
    pub lead: bool,
}

impl HeadingSpan {
    /// The span of a heading; none for dash items, whose words stay in the text.
    pub fn of(level: Level, start: u32, end: u32) -> Option<Self> {
        match level {
            Level::Dash => None,
            Level::Lead => Some(Self { span: Span::new(start, end), lead: true }),
            _ => Some(Self { span: Span::new(start, end), lead: false }),
        }
    }
}

/// Splits the text of a clause into paragraphs and sentences.
///
/// `base` is the offset of the clause in the whole text; headings are in text order and may lie outside.
pub fn paragraphs(text: &[char], base: u32, headings: &[HeadingSpan]) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let to = text[from..].iter().position(|c| is_line_end(*c)).map_or(text.len(), |n| from + n);
        for (start, end) in without_headings(from, to, base, headings) {
            if let Some(span) = trimmed(text, start, end) {
                let number = u32::try_from(found.len()).unwrap_or(u32::MAX).saturating_add(1);
                found.push(paragraph(text, base, span, number, headings));
            }
        }
        from = to + 1;
    }
    found
}

fn paragraph(
    text: &[char],
    base: u32,
    (start, end): (usize, usize),
    number: u32,
    headings: &[HeadingSpan],
) -> Paragraph {
    let span = Span::new(base + start as u32, base + end as u32);
    let lead = headings.iter().find(|h| h.lead && h.span.start <= span.start + 2 && span.start < h.span.end);
    let lead = lead.map(|h| Span::new(h.span.start, h.span.end.min(span.end)));
    let row = text[start..end].contains(&'\t');
    let skip = lead.map_or(start, |l| ((l.end - base) as usize).clamp(start, end));
    let mut sentences = Vec::new();
    let mut ends = if row { vec![end] } else { sentence_ends(text, skip, end) };
    if ends.last() != Some(&end) {
        ends.push(end);
    }
    let mut from = start;
    for to in ends {
        if let Some((a, b)) = trimmed(text, from, to) {
            let span = Span::new(base + a as u32, base + b as u32);
            sentences.push(Sentence { number: sentences.len() as u32 + 1, span });
            from = to;
        }
    }
    Paragraph { number, span, row, lead, sentences }
}

/// One past each stop that ends a sentence between `from` and `to`, closing quotation marks included.
fn sentence_ends(text: &[char], from: usize, to: usize) -> Vec<usize> {
    let (mut ends, mut at, mut inside) = (Vec::new(), from, from);
    while at < to {
        let c = text[at];
        if at >= inside && matches!(c, '（' | '(' | '〔' | '《') {
            inside = closing(&text[..to], at).unwrap_or(inside);
        }
        at += 1;
        if at <= inside || !is_stop(c) {
            continue;
        }
        while at < to && (matches!(text[at], '”' | '’' | '）' | ')' | '"' | '」') || is_stop(text[at])) {
            at += 1;
        }
        if trimmed(text, at, to).is_some() {
            ends.push(at);
        }
    }
    ends
}

fn closing(text: &[char], open: usize) -> Option<usize> {
    let pair = |c: char| match c {
        '（' | '(' => ['）', ')'],
        '〔' => ['〕', '〕'],
        _ => ['》', '》'],
    };
    let (close, mut depth) = (pair(text[open]), 0usize);
    for (offset, c) in text[open..].iter().take(BRACKET).enumerate() {
        if *c == text[open] {
            depth += 1;
        } else if close.contains(c) {
            depth -= 1;
            if depth == 0 {
                return Some(open + offset + 1);
            }
        }
    }
    None
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '!' | '?')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

/// The line between `from` and `to` without the headings in it.
fn without_headings(from: usize, to: usize, base: u32, headings: &[HeadingSpan]) -> Vec<(usize, usize)> {
    let mut rest = Vec::new();
    let mut at = from;
    for heading in headings.iter().filter(|h| !h.lead) {
        let start = (heading.span.start.saturating_sub(base) as usize).clamp(from, to);
        let end = (heading.span.end.saturating_sub(base) as usize).clamp(from, to);
        if start < end && end > at {
            rest.push((at, start.max(at)));
            at = end;
        }
    }
    rest.push((at, to));
    rest
}

fn trimmed(text: &[char], mut from: usize, mut to: usize) -> Option<(usize, usize)> {
    while from < to && is_blank(text[from]) {
        from += 1;
    }
    while to > from && is_blank(text[to - 1]) {
        to -= 1;
    }
    (from < to).then_some((from, to))
}

/// The addresses of a whole plan (条款地址).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    clauses: Vec<ClauseLines>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ClauseLines {
    path: String,
    span: Span,
    paragraphs: Vec<Paragraph>,
}

impl Addresses {
    /// Reads the addresses of a compiled plan.
    pub fn of(text: &str, plan: &CompiledPlan) -> Self {
        let text: Vec<char> = text.chars().collect();
        let headings: Vec<_> = plan.outline.iter().filter_map(|h| HeadingSpan::of(h.level, h.start, h.end)).collect();
        let clauses = plan.clauses.iter().map(|clause| {
            let (start, end) = (clause.start as usize, (clause.end as usize).min(text.len()));
            let first = headings.partition_point(|h| h.span.end <= clause.start);
            let last = headings.partition_point(|h| h.span.start < clause.end);
            let own = headings.get(first..last.max(first)).unwrap_or_default();
            let own_text = text.get(start..end).unwrap_or_default();
            let span = Span::new(clause.start, clause.end);
            ClauseLines { path: clause.path.clone(), span, paragraphs: paragraphs(own_text, clause.start, own) }
        });
        Self { clauses: clauses.collect() }
    }

    /// Where a place stands in the text; none where the plan has no such place.
    pub fn resolve(&self, place: &ClausePlace) -> Option<Span> {
        let clause = self.clauses.iter().find(|c| c.path == place.path)?;
        let Some(number) = place.paragraph else { return Some(clause.span) };
        let paragraph = clause.paragraphs.iter().find(|p| p.number == number)?;
        let Some(number) = place.sentence else { return Some(paragraph.span) };
        paragraph.sentences.iter().find(|s| s.number == number).map(|s| s.span)
    }

    /// The place of a code point: its sentence, or its clause where it stands in a heading or a blank.
    pub fn at(&self, offset: u32) -> Option<ClausePlace> {
        let index = self.clauses.partition_point(|c| c.span.start <= offset).checked_sub(1)?;
        let clause = self.clauses.get(index).filter(|c| offset < c.span.end)?;
        let (paragraph, sentence) = place_in(&clause.paragraphs, offset).unzip();
        Some(ClausePlace { path: clause.path.clone(), paragraph, sentence })
    }
}

/// Paragraph and sentence of a code point in the paragraphs of its clause.
pub fn place_in(paragraphs: &[Paragraph], offset: u32) -> Option<(u32, u32)> {
    let paragraph = paragraphs.iter().find(|p| p.span.start <= offset && offset < p.span.end)?;
    let sentence = paragraph.sentences.iter().rfind(|s| s.span.start <= offset)?;
    Some((paragraph.number, sentence.number))
}

/// Writes `12.3.一 ¶1 句 2` for a code point of a clause; the path alone where it is in no sentence.
pub fn reference(path: &str, paragraphs: &[Paragraph], offset: u32) -> String {
    match place_in(paragraphs, offset) {
        Some((paragraph, sentence)) => format!("{path} ¶{paragraph} 句 {sentence}"),
        None => path.to_owned(),
    }
}

/// Cuts a span at the given marks: the pieces tile the span, and each lists the marks that cover it.
///
/// This is how a page draws overlapping marks without nesting them.
pub fn pieces(span: Span, marks: &[Range]) -> Vec<(Span, Vec<usize>)> {
    let inside = |m: &Range| m.0 < span.end && span.start < m.1 && m.0 < m.1;
    let mut cuts: Vec<u32> =
        marks.iter().filter(|m| inside(m)).flat_map(|m| [m.0.max(span.start), m.1.min(span.end)]).collect();
    cuts.extend([span.start, span.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let covering = |a: u32, b: u32| (0..marks.len()).filter(|i| marks[*i].0 <= a && b <= marks[*i].1).collect();
    cuts.windows(2).map(|w| (Span::new(w[0], w[1]), covering(w[0], w[1]))).collect()
}
