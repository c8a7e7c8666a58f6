//! The words that speak for a department (依据词): the stretches of the question that it knows.

use super::{Advisor, Known, Question};
use crate::likeness::stretches;

/// Words that are named at most.
const NAMED: usize = 4;
/// What a stretch adds up to at least, to be worth a word.
const LEAST: f64 = 0.8;
/// The same as a part of what the strongest word adds up to: beside a telling word an everyday one says nothing.
const OF_STRONGEST: f64 = 0.3;

/// A word that speaks for a department (依据词).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// As the question writes it.
    pub text: String,
    /// It stands in the department's functions or name.
    pub own: bool,
    /// Decisions that speak of it, for this department.
    pub decisions: u32,
}

impl Advisor {
    /// The words of the question that speak for the department at that place, the strongest first.
    pub(super) fn words(&self, at: usize, question: Question<'_>) -> Vec<Word> {
        let mut found: Vec<(f64, Word)> = Vec::new();
        for stretch in stretches(question.text).into_iter().chain(stretches(question.around)) {
            let mut open = Open::default();
            for pair in stretch.windows(2) {
                let key = (pair[0], pair[1]);
                match self.pairs.get(&key).and_then(|known| known.get(&at)) {
                    Some(known) => open.add(key, known, self.weight(key, at, known)),
                    None => open.close(&mut found),
                }
            }
            open.close(&mut found);
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let least = found.first().map_or(0.0, |(weight, _)| weight * OF_STRONGEST);
        let mut words: Vec<Word> = Vec::new();
        for (weight, word) in found {
            if weight >= least && words.len() < NAMED && words.iter().all(|known| !known.text.contains(&word.text)) {
                words.push(word);
            }
        }
        words
    }
}

/// A stretch that is being put together.
#[derive(Default)]
struct Open {
    text: String,
    own: bool,
    decisions: Option<u32>,
    weight: f64,
}

impl Open {
    fn add(&mut self, pair: (char, char), known: &Known, weight: f64) {
        if self.text.is_empty() {
            self.text.push(pair.0);
            self.own = true;
        }
        self.text.push(pair.1);
        self.own &= known.own;
        self.decisions = Some(self.decisions.map_or(known.decisions, |fewest| fewest.min(known.decisions)));
        self.weight += weight;
    }

    fn close(&mut self, found: &mut Vec<(f64, Word)>) {
        let Self { text, own, decisions, weight } = std::mem::take(self);
        if weight >= LEAST {
            found.push((weight, Word { text, own, decisions: decisions.unwrap_or(0) }));
        }
    }
}
