//! Puts the outline together: headings with their parents, units and paragraphs.

use gangmu_kernel::source::Span;

use super::frame::Frame;
use super::leads::{self, Lead};
use super::lines::{Class, Scan};
use super::marks::MarkKind;
use super::{Outline, Paragraph, Unit, UnitKind};
use crate::compile::fold::{ends_sentence, fold, is_blank};
use crate::compile::ground::Ground;
use crate::compile::lexicon::origin;
use crate::compile::trace::Trace;
use crate::compiled::{Heading, Level};

/// Builds the outline from the scanned lines.
pub(super) fn assemble(scan: &Scan<'_, '_>, frame: &Frame, trace: &mut Trace) -> Outline {
    let mut builder =
        Builder { scan, out: Outline::default(), open: Vec::new(), in_box: None, contents_open: false, trace };
    builder.unit(0, UnitKind::Head, None);
    builder.walk(frame);
    builder.out
}

struct Builder<'a, 'g, 's> {
    scan: &'a Scan<'g, 's>,
    out: Outline,
    /// Indices of the headings above, with their ranks.
    open: Vec<(usize, usize)>,
    /// The line after which the open box ends, where that is known.
    in_box: Option<BoxEnd>,
    /// Has the table of contents begun?
    contents_open: bool,
    /// Keeps the sentences that came near to leads.
    trace: &'a mut Trace,
}

/// How the end of an open box shows itself.
#[derive(Clone, Copy, PartialEq)]
enum BoxEnd {
    /// At the first blank line after content.
    Blank { filled: bool },
    /// After this table and its notes.
    AfterTable { seen: bool },
}

/// Rank of a form in the nesting of headings.
fn rank(kind: MarkKind, depth: usize) -> usize {
    match kind {
        MarkKind::Part => 0,
        MarkKind::Chapter => 1,
        MarkKind::Section => 2,
        MarkKind::Item => 3,
        MarkKind::Subitem => 4,
        MarkKind::Point => 5,
        MarkKind::Subpoint => 6,
        MarkKind::Decimal => depth.min(5),
        MarkKind::Box => 7,
        MarkKind::Entry => 8,
    }
}

/// The contract's level of a form.
fn level(kind: MarkKind, depth: usize) -> Level {
    match kind {
        MarkKind::Part => Level::Part,
        MarkKind::Chapter => Level::Chapter,
        MarkKind::Section => Level::Section,
        MarkKind::Item => Level::Item,
        MarkKind::Subitem => Level::Subitem,
        MarkKind::Point | MarkKind::Entry => Level::Point,
        MarkKind::Subpoint => Level::Subpoint,
        MarkKind::Box => Level::Box,
        MarkKind::Decimal => match depth {
            0 | 1 => Level::Chapter,
            2 => Level::Section,
            3 => Level::Item,
            4 => Level::Subitem,
            _ => Level::Point,
        },
    }
}

impl Builder<'_, '_, '_> {
    fn walk(&mut self, frame: &Frame) {
        let scan = self.scan;
        let mut index = 0;
        while index < scan.class.len() {
            if self.begins(frame, index) {
                index += 1;
                continue;
            }
            let line = scan.ground.lines[index];
            match scan.class[index] {
                Class::Contents => {
                    if !self.contents_open {
                        self.contents_open = true;
                        let id = self.whole_line(Level::Toc, index, "outline:contents");
                        self.unit(line.start, UnitKind::Contents, Some(id));
                    }
                }
                Class::Furniture => {
                    self.whole_line(Level::Furniture, index, "outline:furniture");
                }
                Class::Heading => self.numbered(index),
                Class::Blank => self.blank(),
                Class::Row => {
                    self.content(index);
                    let span = Span::new(line.start, line.end);
                    self.out.paragraphs.push(Paragraph { span, row: true, lead: None });
                }
                Class::Body => {
                    self.content(index);
                    index = self.paragraph(index, scan.from[index]);
                    continue;
                }
                Class::Head | Class::Continued => {}
            }
            index += 1;
        }
    }

    /// What the frame says of a line: a title, an end, the beginning of the text. True when the line is done with.
    fn begins(&mut self, frame: &Frame, index: usize) -> bool {
        let scan = self.scan;
        let line = scan.ground.lines[index];
        if let Some(&(_, last)) = frame.titles.iter().find(|t| t.0 == index) {
            let end = scan.ground.lines[last].end;
            self.heading(Level::Title, None, scan.from[index], scan.from[index], end, "outline:title", Some(None));
        }
        if frame.tails.binary_search(&index).is_ok() {
            self.in_box = None;
            self.open.clear();
            self.unit(line.start, UnitKind::Tail, None);
        }
        if index != frame.body_line {
            return false;
        }
        if frame.preface == Some(index) {
            let id = self.whole_line(Level::Preface, index, "outline:preface");
            self.unit(line.start, UnitKind::Preface, Some(id));
            return true;
        }
        if scan.found[index].is_none() {
            self.unit(line.start, UnitKind::Preface, None);
        }
        false
    }

    /// Adds a heading that is a whole line and stands under none.
    fn whole_line(&mut self, level: Level, index: usize, rule: &str) -> usize {
        let line = self.scan.ground.lines[index];
        self.heading(level, None, line.start, line.start, line.end, rule, Some(None))
    }

    /// Adds a unit; one that begins where the last one begins replaces it, as it does a pending end of a box.
    fn unit(&mut self, start: u32, kind: UnitKind, heading: Option<usize>) {
        let start = if self.out.units.is_empty() { 0 } else { start };
        self.settle(start);
        if let Some(last) = self.out.units.last_mut().filter(|u| u.start == start) {
            last.kind = kind;
            last.heading = heading;
            return;
        }
        self.out.units.push(Unit { start, kind, heading });
    }

    /// A blank line may end a box.
    fn blank(&mut self) {
        if self.in_box == Some(BoxEnd::Blank { filled: true }) {
            self.in_box = None;
            self.open.retain(|(_, r)| *r < 7);
            self.out.units.push(Unit { start: u32::MAX, kind: UnitKind::AfterBox, heading: None });
        }
    }

    /// Text or a row: content of an open box, or the text that goes on after it.
    fn content(&mut self, index: usize) {
        let scan = self.scan;
        let line = scan.ground.lines[index];
        match self.in_box.as_mut() {
            Some(BoxEnd::Blank { filled }) => *filled = true,
            Some(BoxEnd::AfterTable { seen }) => {
                if scan.class[index] == Class::Row {
                    *seen = true;
                } else if *seen && !is_note(scan.text(index)) {
                    self.in_box = None;
                    self.open.retain(|(_, r)| *r < 7);
                    self.out.units.push(Unit { start: line.start, kind: UnitKind::AfterBox, heading: None });
                }
            }
            None => {}
        }
        self.settle(line.start);
    }

    /// A pending end of a box begins the next clause here.
    fn settle(&mut self, start: u32) {
        if let Some(last) = self.out.units.last_mut().filter(|u| u.start == u32::MAX) {
            last.start = start;
        }
    }

    /// Adds a numbered heading, and the paragraph that runs on from it.
    fn numbered(&mut self, index: usize) {
        let scan = self.scan;
        let Some(found) = scan.found[index].as_ref() else { return };
        let start = scan.from[index];
        let depth = found.mark.value.len();
        let rank = rank(found.mark.kind, depth);
        if self.out.units.last().is_some_and(|u| u.start == u32::MAX) {
            self.out.units.pop();
        }
        let inside = self.in_box.is_some() && rank >= 5;
        if !inside {
            self.in_box = None;
            self.open.retain(|(_, r)| *r < 7);
        }
        if let (true, Some(BoxEnd::Blank { filled })) = (inside, self.in_box.as_mut()) {
            *filled = true;
        }
        // Inside a box points nest below the box, not beside it.
        let rank = if inside && rank < 7 { rank + 4 } else { rank };
        self.open.retain(|(_, r)| *r < rank);
        let title = start + found.mark.title as u32;
        let number = scan.ground.text(start, start + found.mark.end as u32).trim().to_owned();
        let end = if found.untitled { start + found.mark.end as u32 } else { found.title_end };
        let (title_from, title_to) = if found.untitled {
            (title, first_words(scan.ground, title, scan.ground.lines[index].end))
        } else {
            (title, end)
        };
        let parent = self.open.last().map(|(h, _)| *h);
        let id = self.out.headings.len();
        self.heading_titled(
            level(found.mark.kind, depth),
            Some(number),
            start,
            end,
            (title_from, title_to),
            found.rule,
            parent,
        );
        self.open.push((id, rank));
        self.unit(
            scan.ground.lines[index].start,
            UnitKind::Numbered(found.mark.kind, found.mark.value.clone()),
            Some(id),
        );
        if found.mark.kind == MarkKind::Box {
            let table = (index + 1..scan.class.len().min(index + 5))
                .find(|i| scan.class[*i] != Class::Blank)
                .is_some_and(|i| scan.class[i] == Class::Row);
            // Where blank lines are common and no table follows, only the next heading of the text ends the box.
            let blank = scan.blanks_rare && !table;
            self.in_box =
                Some(if blank { BoxEnd::Blank { filled: false } } else { BoxEnd::AfterTable { seen: false } });
        }
        if let Some(from) = found.runs_on {
            let line = scan.ground.lines[index];
            if from < line.end {
                self.paragraph_from(index, from);
            }
        }
    }

    /// Adds a heading and returns its index. `parent`: `Some(None)` for none, `None` for the innermost open one.
    #[allow(clippy::too_many_arguments)] // One call per form; a struct would say the same twice.
    fn heading(
        &mut self,
        level: Level,
        number: Option<String>,
        start: u32,
        title: u32,
        end: u32,
        rule: &str,
        parent: Option<Option<usize>>,
    ) -> usize {
        let parent = parent.unwrap_or_else(|| self.open.last().map(|(h, _)| *h));
        let id = self.out.headings.len();
        self.heading_titled(level, number, start, end, (title, end), rule, parent);
        id
    }

    #[allow(clippy::too_many_arguments)]
    fn heading_titled(
        &mut self,
        level: Level,
        number: Option<String>,
        start: u32,
        end: u32,
        title: (u32, u32),
        rule: &str,
        parent: Option<usize>,
    ) {
        let id = self.out.headings.len();
        self.out.headings.push(Heading {
            id: format!("h{}", id + 1),
            level,
            number,
            title: title_text(self.scan.ground, title.0, title.1),
            start,
            end,
            parent: parent.map(|p| format!("h{}", p + 1)),
            origin: origin(rule, &[]),
        });
    }

    /// Adds the paragraph that begins at `from` in the line; returns the line after it.
    fn paragraph(&mut self, index: usize, from: u32) -> usize {
        let last = self.last_line(index);
        self.push_paragraph(from, self.scan.ground.lines[last].end, last, false);
        last + 1
    }

    /// Adds the paragraph that runs on after a heading in its line.
    fn paragraph_from(&mut self, index: usize, from: u32) {
        self.push_paragraph(from, self.scan.ground.lines[index].end, index, true);
    }

    /// A paragraph goes on over adjacent lines where a line breaks off without a stop.
    fn last_line(&self, index: usize) -> usize {
        let scan = self.scan;
        let open = |i: usize| {
            let text = scan.text(i);
            !text.last().is_some_and(|c| ends_sentence(*c) || matches!(c, '：' | '；' | '…' | '”' | '）' | '》' | '】'))
        };
        let mut last = index;
        while open(last) && last + 1 < scan.class.len() && scan.class[last + 1] == Class::Body && last - index < 400 {
            last += 1;
        }
        if last == index || open(last) {
            return index;
        }
        let chars = (index..last).map(|i| scan.text(i).len()).sum::<usize>();
        if last - index <= 3 || chars / (last - index) >= 15 { last } else { index }
    }

    fn push_paragraph(&mut self, start: u32, end: u32, last: usize, runs_on: bool) {
        let scan = self.scan;
        let paragraph = Paragraph { span: Span::new(start, end), row: false, lead: None };
        let next = scan.next_full(last).filter(|i| scan.class[*i] == Class::Body).map(|i| Paragraph {
            span: Span::new(scan.from[i], scan.ground.lines[i].end),
            row: false,
            lead: None,
        });
        let lead = leads::lead(scan.ground, &paragraph, next.as_ref(), runs_on, self.trace);
        self.out.paragraphs.push(Paragraph { lead: lead.as_ref().filter(|l| l.titled).map(|l| l.span), ..paragraph });
        if let Some(lead) = lead {
            self.push_lead(&lead, end);
        }
    }

    fn push_lead(&mut self, lead: &Lead, end: u32) {
        let to = if lead.titled { lead.span.end } else { first_words(self.scan.ground, lead.title, end) };
        let parent = self.open.last().map(|(h, _)| *h);
        self.heading_titled(lead.level, None, lead.span.start, lead.span.end, (lead.title, to), lead.rule, parent);
    }
}

/// Is this a note under a table?
fn is_note(text: &[char]) -> bool {
    super::lines::begins_with(text, "table-note")
}

/// The first words of an untitled paragraph: its first sentence, or where that is long its beginning up to a comma.
fn first_words(ground: &Ground<'_>, from: u32, to: u32) -> u32 {
    let text = ground.folded(from, to.min(from + 120));
    let mut comma = None;
    for (at, c) in text.iter().enumerate() {
        if ends_sentence(*c) || matches!(c, '；') {
            return from + at as u32;
        }
        if matches!(c, '，' | '：') && at >= 30 && comma.is_none() {
            comma = Some(at);
        }
    }
    from + comma.unwrap_or(text.len()) as u32
}

/// The title without line breaks, end mark and blanks between Han characters; a wide blank parts two halves of a title.
fn title_text(ground: &Ground<'_>, start: u32, end: u32) -> String {
    let start_at = start as usize;
    let chars = &ground.chars[start_at.min(ground.chars.len())
        ..(end as usize).min(ground.chars.len()).max(start_at.min(ground.chars.len()))];
    let mut out = String::new();
    let mut wide = false;
    let mut gap = false;
    for &c in chars {
        if matches!(fold(c), ' ' | '\t' | '\n') {
            gap = true;
            wide = wide || c == '\u{3000}';
            continue;
        }
        let word = out.chars().next_back().is_some_and(|x| x.is_ascii_alphabetic()) && c.is_ascii_alphabetic();
        if gap && (wide && out.chars().count() >= 3 || word && !out.is_empty()) {
            out.push(' ');
        }
        (gap, wide) = (false, false);
        out.push(c);
    }
    let trimmed = out
        .trim_end_matches(|c: char| ends_sentence(fold(c)) || matches!(fold(c), '：' | '；' | '，' | ' ' | '*' | '#'));
    trimmed.trim_start_matches(|c: char| is_blank(c)).to_owned()
}
