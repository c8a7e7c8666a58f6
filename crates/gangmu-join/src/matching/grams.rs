//! What wordings are compared by (字组): pairs of characters with their rarity, single characters, numbers.

use crate::lexicon::WORDS;
use gangmu_plan::compile::{
    fold::{fold, is_han},
    tasks::working_words,
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// A pair, a character or a number.
pub(crate) type Gram = u64;

/// The grams of a text, each with how much it may count there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grams(pub Vec<(Gram, f64)>);

/// Words by their first character, each with the word that stands for it.
type Same = HashMap<char, Vec<(Vec<char>, Vec<char>)>>;

/// A pair inside words of work counts this much: they are what two wordings of one task most often differ in.
const OF_WORK: f64 = 0.3;
/// A single character counts this much of a pair.
const SINGLE: f64 = 0.3;

impl Grams {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let chars = canonical(text);
        let words = working_words();
        let mut weak = vec![false; chars.len()];
        for (at, len) in words.find_all(&chars) {
            weak[at..at + len].fill(true);
        }
        let mut seen: HashMap<Gram, f64> = HashMap::new();
        let mut add = |gram: Gram, weight: f64| {
            let known = seen.entry(gram).or_insert(weight);
            *known = known.max(weight);
        };
        let mut at = 0;
        while at < chars.len() {
            let c = chars[at];
            if c.is_ascii_digit() {
                let len = chars[at..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
                add(number(&chars[at..at + len]), 1.5);
                at += len;
                continue;
            }
            if is_han(c) {
                add(u64::from(c as u32), if weak[at] { SINGLE * OF_WORK } else { SINGLE });
                if let Some(&next) = chars.get(at + 1).filter(|n| is_han(**n)) {
                    let weight = if weak[at] && weak[at + 1] { OF_WORK } else { 1.0 };
                    add(u64::from(c as u32) << 32 | u64::from(next as u32), weight);
                }
            } else if c.is_ascii_alphabetic() {
                let len = chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
                add(number(&chars[at..at + len]), 1.0);
                at += len;
                continue;
            }
            at += 1;
        }
        let mut grams: Vec<(Gram, f64)> = seen.into_iter().collect();
        grams.sort_unstable_by_key(|g| g.0);
        Self(grams)
    }

    /// The grams as a set.
    pub fn set(&self) -> HashSet<Gram> {
        self.0.iter().map(|g| g.0).collect()
    }
}

/// A number or a Latin word.
fn number(chars: &[char]) -> Gram {
    let mix = |hash: u64, c: &char| (hash ^ u64::from(*c as u32)).wrapping_mul(0x0100_0000_01b3);
    chars.iter().filter(|c| **c != '.').fold(0xcbf2_9ce4_8422_2325, mix) | 1 << 63
}

/// The text folded, without marks that wordings differ in, words that mean the same as one word.
fn canonical(text: &str) -> Vec<char> {
    static SAME: LazyLock<Same> = LazyLock::new(|| {
        let mut by_first = Same::new();
        for group in WORDS.group("same") {
            let words: Vec<Vec<char>> = group.split('=').map(|w| w.chars().collect()).collect();
            for word in &words[1..] {
                by_first.entry(word[0]).or_default().push((word.clone(), words[0].clone()));
            }
        }
        by_first.values_mut().for_each(|words| words.sort_by_key(|w| std::cmp::Reverse(w.0.len())));
        by_first
    });
    let chars: Vec<char> =
        text.chars().map(fold).filter(|c| !matches!(c, ' ' | '\t' | '\n' | '"' | '“' | '”')).collect();
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let same = SAME.get(&chars[at]).and_then(|words| words.iter().find(|(word, _)| chars[at..].starts_with(word)));
        match same {
            Some((word, first)) => {
                out.extend(first);
                at += word.len();
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}
