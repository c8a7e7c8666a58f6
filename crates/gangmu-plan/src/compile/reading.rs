//! The reading (通读): ground, outline, clauses, paragraphs and sentences; what every later pass is a function of.

use gangmu_kernel::source::Span;

use super::ground::Ground;
use super::names::Names;
use super::outline::{self, Paragraph};
use super::trace::Trace;
use super::{clauses, sentences};
use crate::compiled::{Clause, Heading, SentenceForm, SentencePlace};
use gangmu_kernel::SourceText;

/// What a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceKind {
    /// A sentence of the text.
    Body,
    /// A run-in lead or the head of a dash item, stop included.
    Lead,
    /// A row of a table.
    Row,
}

/// A sentence (句) of the text; headings and furniture have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// From its first code point to its stop, included.
    pub span: Span,
    /// What it is.
    pub kind: SentenceKind,
    /// Index into [`Reading::clauses`].
    pub clause: u32,
    /// Number of its paragraph in the clause, from 1.
    pub paragraph: u32,
    /// Number in its paragraph, from 1.
    pub number: u32,
}

/// All that later passes read.
pub struct Reading<'s> {
    /// The scanned text.
    pub ground: Ground<'s>,
    /// Names that the pack knows.
    pub names: &'s Names,
    /// The outline in text order.
    pub headings: Vec<Heading>,
    /// The clauses; they tile the text.
    pub clauses: Vec<Clause>,
    /// The sentences in text order; they do not overlap.
    pub sentences: Vec<Sentence>,
}

impl<'s> Reading<'s> {
    /// Reads the text: outline, clauses, sentences.
    pub fn read(source: &'s SourceText, names: &'s Names) -> Self {
        let ground = Ground::scan(source);
        let outline = outline::outline(&ground, &mut Trace::off());
        let clauses = clauses::clauses(&ground, &outline.headings, &outline.units);
        let mut reading = Self { ground, names, headings: outline.headings, clauses, sentences: Vec::new() };
        reading.sentences = reading.split(&outline.paragraphs);
        reading
    }

    /// Splits the paragraphs into sentences and numbers both in their clauses.
    fn split(&self, paragraphs: &[Paragraph]) -> Vec<Sentence> {
        let mut out = Vec::new();
        let mut spans = Vec::new();
        let (mut clause, mut paragraph) = (usize::MAX, 0u32);
        for block in paragraphs {
            let at = self.clause_at(block.span.start);
            (clause, paragraph) = (at, if at == clause { paragraph + 1 } else { 1 });
            spans.clear();
            if block.row {
                spans.push(block.span);
            } else {
                let body = block.lead.map_or(block.span.start, |l| l.end);
                sentences::split(&self.ground, Span::new(body, block.span.end), &mut spans);
            }
            let lead = block.lead.map(|l| (l, SentenceKind::Lead));
            let kind = if block.row { SentenceKind::Row } else { SentenceKind::Body };
            for (number, (span, kind)) in lead.into_iter().chain(spans.iter().map(|s| (*s, kind))).enumerate() {
                out.push(Sentence { span, kind, clause: clause as u32, paragraph, number: number as u32 + 1 });
            }
        }
        out
    }

    /// The sentences with their addresses, as the compiled plan hands them out.
    pub fn places(&self) -> Vec<SentencePlace> {
        let place = |sentence: &Sentence| SentencePlace {
            start: sentence.span.start,
            end: sentence.span.end,
            form: match sentence.kind {
                SentenceKind::Body => SentenceForm::Body,
                SentenceKind::Lead => SentenceForm::Lead,
                SentenceKind::Row => SentenceForm::Row,
            },
            clause: self.clauses.get(sentence.clause as usize).map_or_else(String::new, |c| c.path.clone()),
            paragraph: sentence.paragraph,
            number: sentence.number,
        };
        self.sentences.iter().map(place).collect()
    }

    /// Index of the clause that holds a code point.
    pub fn clause_at(&self, at: u32) -> usize {
        self.clauses.partition_point(|c| c.start <= at).saturating_sub(1)
    }

    /// Path of the clause that holds a code point.
    pub fn path_at(&self, at: u32) -> &str {
        self.clauses.get(self.clause_at(at)).map_or("0", |c| c.path.as_str())
    }

    /// The sentence that holds a code point.
    pub fn sentence_at(&self, at: u32) -> Option<&Sentence> {
        let index = self.sentences.partition_point(|s| s.span.start <= at).checked_sub(1)?;
        self.sentences.get(index).filter(|s| at < s.span.end)
    }

    /// The address of a sentence: `path ¶n 句 m`.
    pub fn address(&self, sentence: &Sentence) -> String {
        let path = self.clauses.get(sentence.clause as usize).map_or("0", |c| c.path.as_str());
        format!("{path} ¶{} 句 {}", sentence.paragraph, sentence.number)
    }
}
