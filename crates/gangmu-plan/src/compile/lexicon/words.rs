//! A set of words that is looked up at a place of the folded text.

use std::collections::HashMap;

use crate::compile::fold::fold;

/// A set of words, matched longest first at a place (forwards or backwards). Words are folded when the set is made.
#[derive(Debug)]
pub struct Words {
    first: HashMap<char, Vec<Box<[char]>>>,
    last: HashMap<char, Vec<Box<[char]>>>,
    first_bits: Box<[u64]>,
    last_bits: Box<[u64]>,
}

/// A cheap question asked before the map: may a word begin (end) with this character?
fn bit(c: char) -> (usize, u64) {
    let code = c as usize & 0xffff;
    (code >> 6, 1 << (code & 63))
}

impl Words {
    /// Makes a set.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut set = Self {
            first: HashMap::new(),
            last: HashMap::new(),
            first_bits: vec![0; 1024].into(),
            last_bits: vec![0; 1024].into(),
        };
        for word in words {
            let word: Box<[char]> = word.chars().map(fold).collect();
            let (Some(&a), Some(&z)) = (word.first(), word.last()) else { continue };
            let (i, b) = bit(a);
            set.first_bits[i] |= b;
            let (i, b) = bit(z);
            set.last_bits[i] |= b;
            set.first.entry(a).or_default().push(word.clone());
            set.last.entry(z).or_default().push(word);
        }
        for list in set.first.values_mut().chain(set.last.values_mut()) {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        set
    }

    /// Length of the longest word that begins at `at`.
    pub fn at(&self, text: &[char], at: usize) -> Option<usize> {
        let c = *text.get(at)?;
        let (i, b) = bit(c);
        if self.first_bits[i] & b == 0 {
            return None;
        }
        let rest = &text[at..];
        self.first.get(&c)?.iter().find(|w| rest.starts_with(w)).map(|w| w.len())
    }

    /// Length of the longest word that ends before `end`.
    pub fn before(&self, text: &[char], end: usize) -> Option<usize> {
        let c = *text.get(end.checked_sub(1)?)?;
        let (i, b) = bit(c);
        if self.last_bits[i] & b == 0 {
            return None;
        }
        let head = &text[..end];
        self.last.get(&c)?.iter().find(|w| head.ends_with(w)).map(|w| w.len())
    }

    /// The first word in the text at or after `from`: its place and length. Leftmost, then longest.
    pub fn find(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        (from..text.len()).find_map(|at| self.at(text, at).map(|len| (at, len)))
    }

    /// The last word that ends at or before `to`: its place and length.
    pub fn rfind(&self, text: &[char], to: usize) -> Option<(usize, usize)> {
        (1..=to.min(text.len())).rev().find_map(|end| self.before(text, end).map(|len| (end - len, len)))
    }

    /// All words that do not overlap, leftmost and longest first.
    pub fn find_all(&self, text: &[char]) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some((start, len)) = self.find(text, at) {
            out.push((start, len));
            at = start + len;
        }
        out
    }

    /// Is the whole of this text a word of the set?
    pub fn contains(&self, text: &[char]) -> bool {
        text.first().and_then(|c| self.first.get(c)).is_some_and(|list| list.iter().any(|w| **w == *text))
    }
}
