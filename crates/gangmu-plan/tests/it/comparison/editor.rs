//! Edits a text as offices do between two drafts, and keeps from where each sign came.

use crate::dice::Dice;
use gangmu_kernel::source::Span;
use gangmu_plan::compiled::CompiledPlan;
use std::collections::BTreeSet;

/// A way to edit a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// A clause moves to another place.
    MoveClause,
    /// A sentence moves to another clause.
    MoveSentence,
    /// A clause is split by a new heading.
    SplitClause,
    /// A sentence is split in two.
    SplitSentence,
    /// Two clauses become one: the heading between them goes.
    MergeClauses,
    /// Two sentences become one.
    MergeSentences,
    /// A new clause comes in before others; all figures of the same kind of heading count on.
    Renumber,
    /// Figures change.
    Figures,
    /// Words change.
    Reword,
    /// A sentence goes.
    Drop,
}

/// All of them.
pub const EDITS: [Edit; 10] = [
    Edit::MoveClause,
    Edit::MoveSentence,
    Edit::SplitClause,
    Edit::SplitSentence,
    Edit::MergeClauses,
    Edit::MergeSentences,
    Edit::Renumber,
    Edit::Figures,
    Edit::Reword,
    Edit::Drop,
];

impl Edit {
    pub fn word(self) -> &'static str {
        match self {
            Self::MoveClause => "move clause",
            Self::MoveSentence => "move sentence",
            Self::SplitClause => "split clause",
            Self::SplitSentence => "split sentence",
            Self::MergeClauses => "merge clauses",
            Self::MergeSentences => "merge sentences",
            Self::Renumber => "renumber",
            Self::Figures => "figures",
            Self::Reword => "reword",
            Self::Drop => "drop",
        }
    }
}

/// A sign of the new text and where it stood in the old one.
type Sign = (char, Option<u32>);

/// An edited text.
pub struct Edited {
    old: Vec<char>,
    new: Vec<Sign>,
    pub edits: Vec<Edit>,
}

/// Pieces of about so many signs, cut before a line that begins a chapter or section.
pub fn parts(text: &str, size: usize) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let long = parts.last().is_some_and(|part| part.chars().count() >= size);
        if long && line.trim_start().starts_with('第') {
            parts.push(String::new());
        }
        parts.last_mut().expect("there is a first part").push_str(line);
    }
    parts.retain(|part| part.chars().count() >= size / 2);
    parts
}

impl Edited {
    /// Edits the text in one to three places.
    pub fn of(text: &str, plan: &CompiledPlan, edit: Edit, dice: &mut Dice) -> Self {
        let old: Vec<char> = text.chars().collect();
        let new = old.iter().copied().zip((0u32..).map(Some)).collect();
        let mut edited = Self { old, new, edits: vec![edit] };
        for _ in 0..=dice.below(3) {
            edited.apply(plan, edit, dice);
        }
        edited
    }

    pub fn text(&self) -> String {
        self.new.iter().map(|(sign, _)| sign).collect()
    }

    /// Where the signs of an old span stand now, blanks and stops left out.
    pub fn image(&self, span: Span) -> BTreeSet<u32> {
        let from = |(at, (sign, from)): (usize, &Sign)| {
            from.filter(|from| span.start <= *from && *from < span.end && sign.is_alphanumeric()).map(|_| at as u32)
        };
        self.new.iter().enumerate().filter_map(from).collect()
    }

    /// How many signs of an old span say something.
    pub fn said(&self, span: Span) -> usize {
        self.old[span.start as usize..span.end as usize].iter().filter(|sign| sign.is_alphanumeric()).count()
    }

    /// The places of signs that say something, among those of the new text.
    pub fn signs(&self, range: std::ops::Range<u32>) -> impl Iterator<Item = u32> {
        range.filter(|at| self.new.get(*at as usize).is_some_and(|(sign, _)| sign.is_alphanumeric()))
    }

    pub fn old_words(&self, span: Span) -> String {
        self.old[span.start as usize..span.end as usize].iter().collect()
    }

    /// Place in the new text of a sign of the old one.
    fn now(&self, old: u32) -> Option<usize> {
        self.new.iter().position(|(_, from)| *from == Some(old))
    }

    /// The signs of an old span, if they still stand together.
    fn range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let start = self.now(span.start)?;
        let range = start..start + span.len() as usize;
        let together = self.new.get(range.clone())?.iter().zip(span.start..).all(|((_, from), at)| *from == Some(at));
        together.then_some(range)
    }

    fn insert(&mut self, at: usize, words: &str) {
        self.new.splice(at..at, words.chars().map(|sign| (sign, None)));
    }

    fn apply(&mut self, plan: &CompiledPlan, edit: Edit, dice: &mut Dice) {
        let sentences: Vec<Span> = plan.sentences.iter().map(|s| Span::new(s.start, s.end)).collect();
        let clauses: Vec<Span> = plan.clauses.iter().map(|c| Span::new(c.start, c.end)).collect();
        if sentences.len() < 4 || clauses.len() < 4 {
            return;
        }
        let sentence = sentences[dice.below(sentences.len())];
        let clause = clauses[1 + dice.below(clauses.len() - 1)];
        let other = clauses[1 + dice.below(clauses.len() - 1)];
        match edit {
            Edit::MoveClause => self.shift(clause, other.start),
            Edit::MoveSentence => {
                let after = sentences[dice.below(sentences.len())];
                self.shift(sentence, after.end);
            }
            Edit::SplitClause => {
                let inside: Vec<Span> = sentences.iter().copied().filter(|s| clause.contains(*s)).collect();
                if inside.len() > 2 {
                    let at = self.now(inside[1 + dice.below(inside.len() - 2)].start);
                    self.insert_at(at, "\n（九）另行推进有关工作\n");
                }
            }
            Edit::SplitSentence => {
                if let Some(range) = self.range(sentence) {
                    let commas: Vec<usize> = range.clone().filter(|at| self.new[*at].0 == '，').collect();
                    if let Some(at) = commas.get(dice.below(commas.len())) {
                        self.new[*at] = ('。', None);
                    }
                }
            }
            Edit::MergeClauses => {
                let heading = plan.outline.iter().find(|h| h.start == clause.start);
                if let Some(range) = heading.and_then(|h| self.range(Span::new(h.start, h.end))) {
                    self.new.drain(range);
                }
            }
            Edit::MergeSentences => {
                if let Some(range) = self.range(sentence)
                    && self.new[range.end - 1].0 == '。'
                {
                    self.new[range.end - 1] = ('，', None);
                }
            }
            Edit::Renumber => self.renumber(plan, dice),
            Edit::Figures => {
                for _ in 0..1 + dice.below(6) {
                    let Some(quantity) = plan.quantities.get(dice.below(plan.quantities.len())) else { return };
                    let digits = (quantity.start..quantity.end).filter_map(|at| self.now(at));
                    for at in digits.collect::<Vec<_>>() {
                        if self.new[at].0.is_ascii_digit() {
                            self.new[at].0 = char::from(b'1' + dice.below(9) as u8);
                        }
                    }
                }
            }
            Edit::Reword => {
                for (word, instead) in [("推进", "扎实推动"), ("建设", "打造"), ("加强", "强化"), ("完善", "健全")]
                {
                    if let Some(range) = self.range(sentence) {
                        self.replace(range, word, instead);
                    }
                }
            }
            Edit::Drop => {
                if let Some(range) = self.range(sentence) {
                    self.new.drain(range);
                }
            }
        }
    }

    fn insert_at(&mut self, at: Option<usize>, words: &str) {
        if let Some(at) = at {
            self.insert(at, words);
        }
    }

    /// Takes a span out and puts it before (the sign that was at) another place.
    fn shift(&mut self, span: Span, before: u32) {
        if before >= span.start && before <= span.end {
            return;
        }
        let Some(range) = self.range(span) else { return };
        let taken: Vec<Sign> = self.new.drain(range.clone()).collect();
        match self.now(before) {
            Some(at) => self.new.splice(at..at, taken),
            None => self.new.splice(range.start..range.start, taken),
        };
    }

    fn replace(&mut self, range: std::ops::Range<usize>, word: &str, instead: &str) {
        let word: Vec<char> = word.chars().collect();
        let found = range
            .clone()
            .find(|at| *at + word.len() <= range.end && (0..word.len()).all(|i| self.new[at + i].0 == word[i]));
        if let Some(at) = found {
            self.new.splice(at..at + word.len(), instead.chars().map(|sign| (sign, None)));
        }
    }

    /// Puts a clause of our own in and counts the following headings of the same level on.
    fn renumber(&mut self, plan: &CompiledPlan, dice: &mut Dice) {
        const NUMERALS: [&str; 11] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"];
        let numbered: Vec<_> = plan
            .outline
            .iter()
            .filter(|h| {
                h.number.as_deref().is_some_and(|n| NUMERALS.iter().any(|m| n.contains(m)) && !n.contains("十一"))
            })
            .collect();
        if numbered.is_empty() {
            return;
        }
        let first = numbered[dice.below(numbered.len())];
        let later =
            numbered.iter().filter(|h| h.parent == first.parent && h.level == first.level && h.start >= first.start);
        for heading in later {
            let number = heading.number.clone().unwrap_or_default();
            let Some(rank) = NUMERALS.iter().rposition(|n| number.contains(n)).filter(|rank| rank + 1 < NUMERALS.len())
            else {
                continue;
            };
            let length = number.chars().count() as u32;
            if let Some(range) = self.range(Span::new(heading.start, heading.start + length)) {
                let next = number.replace(NUMERALS[rank], NUMERALS[rank + 1]);
                self.new.splice(range, next.chars().map(|sign| (sign, None)));
            }
        }
        let at = self.new.iter().position(|(_, from)| from.is_some_and(|from| from > first.start));
        let line = at.map(|at| self.new[..at].iter().rposition(|(sign, _)| *sign == '\n').map_or(0, |line| line + 1));
        let number = first.number.clone().unwrap_or_default();
        self.insert_at(line, &format!("{number}　补充夜间公共服务\n延长图书馆与体育馆的开放时间，方便晚归的居民。\n"));
    }
}
