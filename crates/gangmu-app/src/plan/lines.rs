//! A clause as it is read (条款正文): paragraphs, sentences, pieces under the same marks.

use super::{
    address::Address,
    views::{ClauseView, HeadingView, MarginMark, ParagraphView, PieceView, SentenceView},
};
use gangmu_kernel::source::Span;
use gangmu_plan::{
    addresses::{self, Paragraph, Sentence},
    compiled::{Degree, NoticeKind, QuantityRole, Range, SentenceForm},
};
use gangmu_store::plan::{
    clauses::{ClauseRow, HeadingRow},
    commitments::CommitmentRow,
    notices::NoticeRow,
};

/// A clause cut into lines.
pub(crate) struct Lines<'h> {
    /// The clause.
    pub row: ClauseRow,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    text: Vec<char>,
    headings: Vec<&'h HeadingRow>,
}

/// What the lines are drawn with.
pub(crate) struct Drawing<'d> {
    /// Addresses.
    pub address: &'d Address,
    /// Commitments of the clause in text order.
    pub commitments: &'d [CommitmentRow],
    /// Doubts that begin in the clause.
    pub doubts: &'d [NoticeRow],
    /// The clause is selected, or a sentence in it.
    pub selected: Option<(Option<u32>, Option<u32>)>,
    /// Review desk: the current commitment; knots are drawn.
    pub desk: Option<Option<u32>>,
    /// Only what is in force counts for knots and marks.
    pub in_force: bool,
}

#[derive(Debug, Clone, Copy)]
enum Mark {
    Lead,
    Degree(Degree),
    Quantity(&'static str),
    Doubt(NoticeKind),
    Knot(u32, bool),
}

impl<'h> Lines<'h> {
    /// Cuts a clause; headings are those of the whole edition in text order.
    pub fn of(row: ClauseRow, headings: &'h [HeadingRow]) -> Self {
        let first = headings.partition_point(|h| h.span_start < row.span.0);
        let inside = |h: &&HeadingRow| h.span_start < row.span.1 && h.span_start < h.span_end;
        let headings: Vec<_> =
            headings[first..].iter().take_while(|h| h.span_start < row.span.1).filter(inside).collect();
        let text: Vec<char> = row.text.chars().collect();
        let paragraphs = addresses::paragraphs(&row.marks.sentences);
        Self { row, paragraphs, text, headings }
    }

    /// `12.3.一 ¶1 句 2` of a code point.
    pub fn reference(&self, offset: u32) -> String {
        addresses::reference(&self.row.path, &self.paragraphs, offset)
    }

    /// Where the sentence of a code point is read.
    pub fn address(&self, address: &Address, offset: u32) -> String {
        address.sentence(&self.row.path, addresses::place_in(&self.paragraphs, offset))
    }

    /// The words of a span, as far as they stand in the clause.
    pub fn words(&self, span: Range) -> String {
        let base = self.row.span.0;
        let from = (span.0.saturating_sub(base) as usize).min(self.text.len());
        let to = (span.1.saturating_sub(base) as usize).clamp(from, self.text.len());
        // Where a paragraph goes on over lines, the line end is no part of what is read.
        self.text[from..to].iter().filter(|c| !matches!(c, '\n' | '\r')).collect()
    }

    /// The span of a paragraph or sentence.
    pub fn span_of(&self, paragraph: u32, sentence: Option<u32>) -> Option<Range> {
        let paragraph = self.paragraphs.iter().find(|p| p.number == paragraph)?;
        let span = match sentence {
            Some(number) => paragraph.sentences.iter().find(|s| s.number == number)?.span,
            None => paragraph.span,
        };
        Some((span.start, span.end))
    }

    /// Headings that are shown: page furniture and run-in leads are not.
    fn shown_headings(&self) -> impl Iterator<Item = &HeadingRow> {
        let hidden = ["furniture", "lead", "dash"];
        self.headings.iter().copied().filter(move |h| !hidden.contains(&h.level.as_str()))
    }

    /// Lines before the first chapter that the compiler makes neither heading nor sentence: who approved the text and
    /// when, the table of contents. They are read as they stand.
    fn front_lines(&self) -> Vec<(Range, String)> {
        if !matches!(self.row.path.as_str(), "0.title" | "0.toc") {
            return Vec::new();
        }
        let sentences = self.row.marks.sentences.iter().map(|s| (s.start, s.end));
        let covered: Vec<Range> = self.headings.iter().map(|h| (h.span_start, h.span_end)).chain(sentences).collect();
        let mut lines = Vec::new();
        let mut start = self.row.span.0;
        for line in self.text.split(|c| *c == '\n') {
            let end = start + u32::try_from(line.len()).unwrap_or(0);
            let words: String = line.iter().collect();
            if !words.trim().is_empty() && !covered.iter().any(|c| c.0 < end && start < c.1) {
                lines.push(((start, end), words.trim().to_owned()));
            }
            start = end + 1;
        }
        lines
    }

    /// The clause for a page.
    pub fn view(&self, drawing: &Drawing<'_>) -> ClauseView {
        let marks = self.marks(drawing);
        let first = self.paragraphs.first().map_or(u32::MAX, |p| p.span.start);
        let top = |h: &&HeadingRow| h.span_start < first || self.paragraphs.is_empty();
        let headings: Vec<_> = self.shown_headings().filter(top).map(heading_view).collect();
        let mut paragraphs: Vec<(u32, ParagraphView)> = Vec::new();
        for paragraph in &self.paragraphs {
            paragraphs.push((paragraph.span.start, self.paragraph(paragraph, drawing, &marks)));
        }
        // A box or a heading amid the clause keeps its place in the text.
        for heading in self.shown_headings().filter(|h| !top(h)) {
            paragraphs.push((heading.span_start, self.heading_line(heading, drawing)));
        }
        for (span, words) in self.front_lines() {
            paragraphs.push((span.0, self.line(span, words, false, drawing)));
        }
        paragraphs.sort_by_key(|p| p.0);
        let counted = |c: &&CommitmentRow| counts(c, drawing.in_force);
        let commitments = drawing.commitments.iter().filter(counted).count();
        let owned = |c: &CommitmentRow| !c.commitment.form.owners.lead.is_empty();
        ClauseView {
            id: self.row.id.0,
            path: self.row.path.clone(),
            address: drawing.address.clause(&self.row.path),
            headings,
            paragraphs: paragraphs.into_iter().map(|p| p.1).collect(),
            selected: drawing.selected.is_some(),
            complete: commitments > 0 && drawing.commitments.iter().filter(counted).all(owned),
            commitments: commitments.try_into().unwrap_or(u32::MAX),
        }
    }

    fn marks(&self, drawing: &Drawing<'_>) -> Vec<(Range, Mark)> {
        let mut marks: Vec<(Range, Mark)> = Vec::new();
        let leads = self.paragraphs.iter().flat_map(|p| &p.sentences).filter(|s| s.form == SentenceForm::Lead);
        marks.extend(leads.map(|lead| ((lead.span.start, lead.span.end), Mark::Lead)));
        marks.extend(self.row.marks.degrees.iter().map(|(span, degree)| (*span, Mark::Degree(*degree))));
        for (span, role) in &self.row.marks.quantities {
            let word = match role {
                QuantityRole::Target => "target",
                QuantityRole::Deliverable => "deliverable",
                _ => continue,
            };
            marks.push((*span, Mark::Quantity(word)));
        }
        for doubt in drawing.doubts.iter().filter(|d| d.settled.is_none()) {
            marks.extend(doubt.notice.spans.iter().map(|span| (*span, Mark::Doubt(doubt.notice.kind))));
        }
        if let Some(current) = drawing.desk {
            for (knot, row) in (1..).zip(drawing.commitments) {
                let is_current = current == Some(row.commitment.number);
                marks.push((row.commitment.span, Mark::Knot(knot, is_current)));
            }
        }
        marks
    }

    fn paragraph(&self, paragraph: &Paragraph, drawing: &Drawing<'_>, marks: &[(Range, Mark)]) -> ParagraphView {
        let (a, b) = (paragraph.span.start, paragraph.span.end);
        let near: Vec<(Range, Mark)> = marks.iter().filter(|m| m.0.0 < b && a < m.0.1).copied().collect();
        let sentences = paragraph.sentences.iter().map(|s| self.sentence(paragraph, s, drawing, &near));
        ParagraphView {
            number: paragraph.number,
            form: if paragraph.is_row() { "row" } else { "text" },
            sentences: sentences.collect(),
            marks: self.margin(paragraph, drawing),
        }
    }

    fn sentence(
        &self,
        paragraph: &Paragraph,
        sentence: &Sentence,
        drawing: &Drawing<'_>,
        marks: &[(Range, Mark)],
    ) -> SentenceView {
        let span = sentence.span;
        let place = (paragraph.number, sentence.number);
        let inside = |c: &&CommitmentRow| {
            counts(c, false) && span.start <= c.commitment.span.0 && c.commitment.span.0 < span.end
        };
        let selected = match drawing.selected {
            Some((Some(p), Some(s))) => (p, s) == place,
            Some((Some(p), None)) => p == paragraph.number,
            _ => false,
        };
        SentenceView {
            number: sentence.number,
            reference: format!("{} ¶{} 句 {}", self.row.path, place.0, place.1),
            address: drawing.address.sentence(&self.row.path, Some(place)),
            start: span.start,
            end: span.end,
            selected,
            commitments: drawing.commitments.iter().filter(inside).map(|c| c.commitment.number).collect(),
            pieces: self.pieces(span, marks),
        }
    }

    fn pieces(&self, span: Span, marks: &[(Range, Mark)]) -> Vec<PieceView> {
        let ranges: Vec<Range> = marks.iter().map(|m| m.0).collect();
        let cut = addresses::pieces(span, &ranges);
        cut.into_iter().map(|(piece, covering)| self.piece(piece, &covering, marks)).collect()
    }

    fn piece(&self, span: Span, covering: &[usize], marks: &[(Range, Mark)]) -> PieceView {
        let mut view = PieceView { text: self.words((span.start, span.end)), ..PieceView::default() };
        let mut knot: Option<(u32, u32)> = None;
        for &index in covering {
            let (range, mark) = marks[index];
            match mark {
                Mark::Lead => view.lead = true,
                // The firmest word wins where two tasks share one.
                Mark::Degree(degree) => view.degree = Some(view.degree.map_or(degree, |d| d.min(degree))),
                Mark::Quantity(role) => view.quantity = Some(role),
                Mark::Doubt(kind) => view.doubt = Some(kind),
                Mark::Knot(number, current) => {
                    let length = range.1 - range.0;
                    if knot.is_none_or(|(_, other)| length < other) {
                        knot = Some((number, length));
                    }
                    view.current |= current;
                }
            }
        }
        view.knot = knot.map(|k| k.0);
        view
    }

    /// The marks left of the rope, beside the first sentence that holds one of their kind.
    fn margin(&self, paragraph: &Paragraph, drawing: &Drawing<'_>) -> Vec<MarginMark> {
        let mut marks: Vec<MarginMark> = Vec::new();
        let mut add = |kind: &'static str, doubt: Option<NoticeKind>, offset: u32, proposed: bool| {
            let Some((p, s)) = addresses::place_in(&self.paragraphs, offset).filter(|p| p.0 == paragraph.number) else {
                return;
            };
            if let Some(known) = marks.iter_mut().find(|m| m.kind == kind && m.doubt == doubt) {
                known.count += 1;
                known.proposed &= proposed;
                return;
            }
            let address = drawing.address.sentence(&self.row.path, Some((p, s)));
            marks.push(MarginMark { kind, count: 1, doubt, proposed, address, sentence: s });
        };
        for row in drawing.commitments.iter().filter(|c| counts(c, drawing.in_force)) {
            let c = &row.commitment;
            add(c.form.kind.word(), None, c.span.0, !c.standing.is_in_force());
        }
        for bracket in &self.row.marks.responsibilities {
            add("responsibility", None, bracket.start, false);
        }
        for doubt in drawing.doubts.iter().filter(|d| d.settled.is_none()) {
            let offset = doubt.notice.spans.first().map_or(self.row.span.0, |s| s.0);
            add("doubt", Some(doubt.notice.kind), offset, false);
        }
        marks.sort_by_key(|m| m.sentence);
        marks
    }

    fn heading_line(&self, heading: &HeadingRow, drawing: &Drawing<'_>) -> ParagraphView {
        let text = match &heading.mark {
            Some(mark) => format!("{mark}　{}", heading.title),
            None => heading.title.clone(),
        };
        self.line((heading.span_start, heading.span_end), text, true, drawing)
    }

    fn line(&self, span: Range, text: String, lead: bool, drawing: &Drawing<'_>) -> ParagraphView {
        let sentence = SentenceView {
            number: 0,
            reference: self.row.path.clone(),
            address: drawing.address.clause(&self.row.path),
            start: span.0,
            end: span.1,
            selected: false,
            commitments: Vec::new(),
            pieces: vec![PieceView { text, lead, ..PieceView::default() }],
        };
        ParagraphView { number: 0, form: "heading", sentences: vec![sentence], marks: Vec::new() }
    }

    /// Headings and plain paragraphs, nothing marked: for the public page.
    pub fn plain(&self) -> (Vec<HeadingView>, Vec<String>) {
        let headings = self.shown_headings().map(heading_view).collect();
        let front = self.front_lines().into_iter().map(|line| line.1);
        let text = self.paragraphs.iter().map(|p| self.words((p.span.start, p.span.end)));
        (headings, front.chain(text).collect())
    }
}

/// Does a commitment count: in force, or at least listed?
fn counts(row: &CommitmentRow, in_force: bool) -> bool {
    let standing = row.commitment.standing;
    if in_force { standing.is_in_force() } else { standing.is_listed() }
}

fn heading_view(heading: &HeadingRow) -> HeadingView {
    HeadingView { level: heading.level.clone(), number: heading.mark.clone(), title: heading.title.clone() }
}
