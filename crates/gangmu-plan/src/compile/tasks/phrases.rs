//! Phrases (语段): the sentences without their blanks, cut at commas, each with the stance of its section.

use std::ops::Range;

use gangmu_kernel::source::Span;

use super::stance::{self, Stance};
use crate::compile::reading::{Reading, SentenceKind};

/// A sentence as the later passes read it.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Index into [`Reading::sentences`].
    pub sentence: usize,
    /// What it is.
    pub kind: SentenceKind,
    /// Places in [`Phrases::chars`].
    pub range: Range<usize>,
    /// Its phrases: indices into [`Phrases::parts`].
    pub parts: Range<usize>,
    /// The stance of the section it stands in.
    pub stance: Stance,
    /// Index of its clause in [`Reading::clauses`].
    pub clause: usize,
}

/// The text of all sentences without blanks, with the way back to the source.
#[derive(Debug, Default)]
pub struct Phrases {
    /// Folded code points of the sentences, blanks and line ends left out.
    pub chars: Vec<char>,
    /// The place of each in the source.
    pub at: Vec<u32>,
    /// Phrases between commas, semicolons, colons and stops outside brackets and quotations; places in `chars`.
    pub parts: Vec<Range<usize>>,
    /// The sentences.
    pub passages: Vec<Passage>,
}

impl Phrases {
    /// Reads the sentences.
    pub fn read(reading: &Reading<'_>) -> Self {
        let stances = stance::of_clauses(reading);
        let mut out = Self::default();
        for (index, sentence) in reading.sentences.iter().enumerate() {
            let from = out.chars.len();
            out.push(reading, sentence.span);
            let range = from..out.chars.len();
            if range.is_empty() {
                continue;
            }
            let first = out.parts.len();
            cut(&out.chars, range.clone(), &mut out.parts);
            out.passages.push(Passage {
                sentence: index,
                kind: sentence.kind,
                range,
                parts: first..out.parts.len(),
                stance: stances.get(sentence.clause as usize).copied().unwrap_or_default(),
                clause: sentence.clause as usize,
            });
        }
        out
    }

    /// The span in the source of a range of places.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let start = self.at.get(range.start).copied().unwrap_or(0);
        match range.end.checked_sub(1).filter(|last| *last >= range.start).and_then(|last| self.at.get(last)) {
            Some(last) => Span::new(start, last + 1),
            None => Span::new(start, start),
        }
    }

    /// The code points of a range.
    pub fn slice(&self, range: &Range<usize>) -> &[char] {
        self.chars.get(range.clone()).unwrap_or(&[])
    }

    /// The text of a range, without blanks.
    pub fn text(&self, range: &Range<usize>) -> String {
        self.slice(range).iter().collect()
    }

    fn push(&mut self, reading: &Reading<'_>, span: Span) {
        for (offset, &c) in reading.ground.folded(span.start, span.end).iter().enumerate() {
            if !matches!(c, ' ' | '\t' | '\n') {
                self.chars.push(c);
                self.at.push(span.start + offset as u32);
            }
        }
    }
}

/// The closing mark of an opening one.
pub fn closer(c: char) -> Option<char> {
    Some(match c {
        '（' => '）',
        '《' => '》',
        '“' => '”',
        '‘' => '’',
        '〔' => '〕',
        '【' => '】',
        '「' => '」',
        _ => return None,
    })
}

/// Marks the places that stand inside a pair of brackets or quotation marks, the marks themselves included.
///
/// A mark without its partner in the same stretch marks nothing.
pub fn inside(chars: &[char]) -> Vec<bool> {
    let mut mask = vec![false; chars.len()];
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        if let Some(close) = closer(c) {
            open.push((close, at));
        } else if let Some(depth) = open.iter().rposition(|(close, _)| *close == c) {
            let (_, from) = open[depth];
            open.truncate(depth);
            mask[from..=at].fill(true);
        }
        if open.len() > 8 {
            open.remove(0);
        }
    }
    mask
}

/// Cuts a sentence into phrases.
fn cut(chars: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let text = &chars[range.clone()];
    let mask = inside(text);
    let mut from = 0;
    for (at, &c) in text.iter().enumerate() {
        if !mask[at] && matches!(c, '，' | '；' | '：' | '。' | '！' | '？') {
            if from < at {
                out.push(range.start + from..range.start + at);
            }
            from = at + 1;
        }
    }
    if from < text.len() {
        out.push(range.start + from..range.end);
    }
}
