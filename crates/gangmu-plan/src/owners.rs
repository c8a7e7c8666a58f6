//! Who could answer for a commitment (责任建议): departments ranked by what they are there for and by what was decided.
//!
//! *In:* departments with the texts of their functions, decisions so far, the words of a commitment. *Out:* an
//! [`Advice`]: departments, each with the words that speak for it and how far it may be trusted, or silence with its
//! reason. *Never:* assigns anybody.
//!
//! A department is the bag of neighbouring signs of its name, its functions and, each weighing less, of what it leads or
//! supports already. A question is answered by the sum over its pairs of how few departments know the pair and how well
//! this one does (BM25). Trust is the department's part of all that speaks for anybody, nobody included.

mod words;

#[cfg(test)]
mod tests;

pub use words::Word;

use crate::likeness::{Pair, stretches};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// How soon a pair that stands in a department's texts again and again adds nothing more.
const SATURATION: f64 = 1.5;
/// How far a long text of functions weakens each of its pairs.
const LENGTH: f64 = 0.3;
/// What a decision adds beside a text of functions, for the unit that leads.
const LED: f64 = 0.15;
/// What a decision adds for a unit that supports one that leads.
const SUPPORTED: f64 = 0.045;
/// What the words around a commitment weigh beside its own.
const AROUND: f64 = 0.5;
/// How much the stronger department takes of the trust: the power to which weights are raised.
const SHARPNESS: i32 = 3;
/// The weight of nobody: what speaks less than this for a department is no reason.
const NOBODY: f64 = 5.0;
/// Below this trust nothing is said.
const LEAST: f64 = 0.40;
/// No machine knows more than this.
const MOST: f64 = 0.95;
/// Departments that are ranked at most.
const RANKED: usize = 5;
/// What follows the first in the ranking has at least this trust.
const WORTH_NAMING: f64 = 0.05;

/// A department that may answer for commitments (部门).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Department {
    /// Its key; the advice gives it back.
    pub key: String,
    /// Its names, full and short.
    pub names: Vec<String>,
    /// What it is there for (三定、职责); empty where nobody said.
    pub functions: String,
}

/// Who was decided to answer for what (先例).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Precedent {
    /// The words of the commitment.
    pub text: String,
    /// Keys of the units that lead.
    pub lead: Vec<String>,
    /// Keys of the units that support.
    pub support: Vec<String>,
}

/// The words of a commitment that needs an owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Question<'t> {
    /// What it says.
    pub text: &'t str,
    /// The headings and the sentence around it; they weigh half.
    pub around: &'t str,
}

/// A department that speaks for itself (建议单位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The key of the department.
    pub department: String,
    /// How far it may be trusted, two decimals.
    pub confidence: Decimal,
    /// The words that speak for it, the strongest first.
    pub words: Vec<Word>,
}

/// Why nothing is suggested (不作建议).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// No department has a text of functions and nothing was decided.
    NothingKnown,
    /// None of the words is known of any department.
    NoWords,
    /// Several departments are equally near, or what speaks for the first is little.
    Undecided,
}

impl Silence {
    /// The word in files, tables and keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::NothingKnown => "nothing_known",
            Self::NoWords => "no_words",
            Self::Undecided => "undecided",
        }
    }
}

/// What is suggested for a question (责任建议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The departments, the most likely first; also with silence, as far as anything speaks for them.
    pub ranked: Vec<Suggestion>,
    /// Why the first is no suggestion.
    pub silence: Option<Silence>,
}

impl Advice {
    /// The department that is suggested; none with silence.
    pub fn first(&self) -> Option<&Suggestion> {
        self.ranked.first().filter(|_| self.silence.is_none())
    }
}

/// What one department knows of a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Known {
    /// It stands in the functions or the name.
    own: bool,
    /// Decisions that hold it.
    decisions: u32,
    weight: f64,
}

/// All that is known of departments, ready for questions (职责索引).
#[derive(Debug, Clone, Default)]
pub struct Advisor {
    keys: Vec<String>,
    /// By pair, what departments know of it, by their places.
    pairs: HashMap<Pair, BTreeMap<usize, Known>>,
    lengths: Vec<f64>,
    usual_length: f64,
}

impl Advisor {
    /// Learns what departments are there for and what was decided. Units that are no department are passed over.
    pub fn of<'p>(departments: &[Department], decided: impl IntoIterator<Item = &'p Precedent>) -> Self {
        let mut advisor = Self { lengths: vec![0.0; departments.len()], ..Self::default() };
        let mut places = HashMap::new();
        for (at, department) in departments.iter().enumerate() {
            places.entry(department.key.as_str()).or_insert(at);
            advisor.keys.push(department.key.clone());
            for pair in distinct(department.names.iter().map(String::as_str).chain([department.functions.as_str()])) {
                advisor.learn(at, pair, 1.0, true);
            }
        }
        for precedent in decided {
            let pairs = distinct([precedent.text.as_str()]);
            let supported = if precedent.lead.is_empty() { LED } else { SUPPORTED };
            let lead = precedent.lead.iter().map(|key| (key, LED));
            for (key, weight) in lead.chain(precedent.support.iter().map(|key| (key, supported))) {
                let Some(&at) = places.get(key.as_str()) else { continue };
                pairs.iter().for_each(|pair| advisor.learn(at, *pair, weight, false));
            }
        }
        let speaking = advisor.lengths.iter().filter(|length| **length > 0.0).count().max(1);
        advisor.usual_length = advisor.lengths.iter().sum::<f64>() / speaking as f64;
        advisor
    }

    fn learn(&mut self, at: usize, pair: Pair, weight: f64, own: bool) {
        let known = self.pairs.entry(pair).or_default().entry(at).or_default();
        known.own |= own;
        known.decisions += u32::from(!own);
        known.weight += weight;
        self.lengths[at] += weight;
    }

    /// Says who could answer.
    pub fn advise(&self, question: Question<'_>) -> Advice {
        let silent = |silence| Advice { ranked: Vec::new(), silence: Some(silence) };
        if self.pairs.is_empty() {
            return silent(Silence::NothingKnown);
        }
        let text = distinct([question.text]);
        let around = distinct([question.around]);
        let weighed = around.into_iter().filter(|pair| text.binary_search(pair).is_err()).map(|pair| (pair, AROUND));
        let mut weights = vec![0.0; self.keys.len()];
        for (pair, share) in text.iter().map(|pair| (*pair, 1.0)).chain(weighed) {
            for (at, known) in self.pairs.get(&pair).into_iter().flatten() {
                weights[*at] += share * self.weight(pair, *at, known);
            }
        }
        let mut ranked: Vec<(usize, f64)> =
            weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0.0).collect();
        if ranked.is_empty() {
            return silent(Silence::NoWords);
        }
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let all: f64 = ranked.iter().map(|(_, weight)| weight.powi(SHARPNESS)).sum::<f64>() + NOBODY.powi(SHARPNESS);
        let trusted = ranked.iter().map(|(at, weight)| (*at, (weight.powi(SHARPNESS) / all).min(MOST)));
        let trusted: Vec<(usize, f64)> = trusted.collect();
        let silence = trusted.first().is_none_or(|(_, trust)| *trust < LEAST).then_some(Silence::Undecided);
        let named = trusted.into_iter().enumerate().filter(|(rank, (_, trust))| *rank == 0 || *trust >= WORTH_NAMING);
        let suggestion = |(_, (at, trust)): (usize, (usize, f64))| Suggestion {
            department: self.keys[at].clone(),
            confidence: Decimal::new((trust * 100.0).round() as i64, 2),
            words: self.words(at, question),
        };
        Advice { ranked: named.take(RANKED).map(suggestion).collect(), silence }
    }

    /// What a pair says for a department: rare pairs and those that the department knows well say more.
    fn weight(&self, pair: Pair, at: usize, known: &Known) -> f64 {
        let knowing = self.pairs.get(&pair).into_iter().flatten().map(|(_, known)| known.weight.min(1.0)).sum::<f64>();
        let rarity = (1.0 + (self.keys.len() as f64 - knowing + 0.5) / (knowing + 0.5)).ln();
        let length = 1.0 - LENGTH + LENGTH * self.lengths[at] / self.usual_length.max(1.0);
        rarity * known.weight * (SATURATION + 1.0) / (known.weight + SATURATION * length)
    }
}

/// The different pairs of some texts, in order.
fn distinct<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for stretch in texts.into_iter().flat_map(stretches) {
        pairs.extend(stretch.windows(2).map(|w| (w[0], w[1])));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
