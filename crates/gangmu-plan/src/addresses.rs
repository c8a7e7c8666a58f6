//! Addresses (条款地址): from `12.3.一 ¶1 句 2` to a span of the text and back, by the sentences of the compiled plan.

#[cfg(test)]
mod tests;

use crate::compiled::{CompiledPlan, Range, SentenceForm, SentencePlace};
use gangmu_kernel::{clause::ClausePlace, source::Span};
use std::collections::HashMap;

/// A sentence (句) with its number in the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Counted from 1.
    pub number: u32,
    /// From its first code point to its stop.
    pub span: Span,
    /// What it is.
    pub form: SentenceForm,
}

/// A paragraph (段) with its number in the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Counted from 1.
    pub number: u32,
    /// From its first sentence to its last.
    pub span: Span,
    /// Its sentences; at least one.
    pub sentences: Vec<Sentence>,
}

impl Paragraph {
    /// Is it a row of a table?
    pub fn is_row(&self) -> bool {
        self.sentences.iter().all(|s| s.form == SentenceForm::Row)
    }
}

/// Gathers the sentences of one clause into its paragraphs; they come in text order.
pub fn paragraphs<'s>(sentences: impl IntoIterator<Item = &'s SentencePlace>) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for place in sentences {
        let span = Span::new(place.start, place.end);
        let sentence = Sentence { number: place.number, span, form: place.form };
        match found.last_mut().filter(|p| p.number == place.paragraph) {
            Some(paragraph) => {
                paragraph.span.end = span.end;
                paragraph.sentences.push(sentence);
            }
            None => found.push(Paragraph { number: place.paragraph, span, sentences: vec![sentence] }),
        }
    }
    found
}

/// The addresses of a whole plan (条款地址).
#[derive(Debug, Clone)]
pub struct Addresses<'p> {
    plan: &'p CompiledPlan,
    by_path: HashMap<&'p str, Span>,
}

impl<'p> Addresses<'p> {
    /// Of a compiled plan.
    pub fn of(plan: &'p CompiledPlan) -> Self {
        let spans = plan.clauses.iter().map(|c| (c.path.as_str(), Span::new(c.start, c.end)));
        Self { plan, by_path: spans.collect() }
    }

    /// Where a place stands in the text; none where the plan has no such place.
    pub fn resolve(&self, place: &ClausePlace) -> Option<Span> {
        let clause = *self.by_path.get(place.path.as_str())?;
        let Some(paragraph) = place.paragraph else { return Some(clause) };
        let first = self.plan.sentences.partition_point(|s| s.start < clause.start);
        let own = self.plan.sentences[first..].iter().take_while(|s| s.start < clause.end);
        let mut own = own.filter(|s| s.paragraph == paragraph && place.sentence.is_none_or(|n| n == s.number));
        let start = own.next()?;
        Some(Span::new(start.start, own.last().map_or(start.end, |s| s.end)))
    }

    /// The place of a code point: its sentence, or its clause where it stands in a heading or a blank.
    pub fn at(&self, offset: u32) -> Option<ClausePlace> {
        let index = self.plan.clauses.partition_point(|c| c.start <= offset).checked_sub(1)?;
        let clause = self.plan.clauses.get(index).filter(|c| offset < c.end)?;
        let index = self.plan.sentences.partition_point(|s| s.start <= offset).checked_sub(1);
        let sentence = index.and_then(|i| self.plan.sentences.get(i)).filter(|s| offset < s.end);
        let (paragraph, sentence) = sentence.map(|s| (s.paragraph, s.number)).unzip();
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
    let ends = marks.iter().filter(|m| inside(m)).flat_map(|m| [m.0.max(span.start), m.1.min(span.end)]);
    let mut cuts: Vec<u32> = ends.chain([span.start, span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let covering = |a: u32, b: u32| (0..marks.len()).filter(|i| marks[*i].0 <= a && b <= marks[*i].1).collect();
    cuts.windows(2).map(|w| (Span::new(w[0], w[1]), covering(w[0], w[1]))).collect()
}
