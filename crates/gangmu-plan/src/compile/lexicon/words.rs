//! A set of words that is looked up at a place of the folded text.

use crate::compile::fold::fold;

/// A set of words, matched longest first at a place (forwards or backwards). Words are folded when the set is made.
#[derive(Debug)]
pub struct Words {
    first: Index,
    last: Index,
}

/// The words by one of their characters, with a small filter before the search.
#[derive(Debug, Default)]
struct Index {
    filter: [u64; 32],
    /// A character and where its words stand in `words`, sorted by character.
    keys: Vec<(char, u32, u32)>,
    /// The longest of a character first.
    words: Vec<Box<[char]>>,
}

/// The place of a character in the filter.
fn bit(c: char) -> (usize, u64) {
    let hash = (c as u32).wrapping_mul(0x9e37_79b1) >> 21;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

impl Index {
    fn new(mut words: Vec<(char, Box<[char]>)>) -> Self {
        words.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())).then_with(|| a.1.cmp(&b.1)));
        words.dedup();
        let mut index = Self::default();
        for (key, word) in words {
            let (i, b) = bit(key);
            index.filter[i] |= b;
            let at = index.words.len() as u32;
            match index.keys.last_mut() {
                Some((last, _, end)) if *last == key => *end = at + 1,
                _ => index.keys.push((key, at, at + 1)),
            }
            index.words.push(word);
        }
        index
    }

    /// The words of a character, the longest first.
    fn of(&self, c: char) -> &[Box<[char]>] {
        let (i, b) = bit(c);
        if self.filter[i] & b == 0 {
            return &[];
        }
        match self.keys.binary_search_by_key(&c, |k| k.0) {
            Ok(at) => &self.words[self.keys[at].1 as usize..self.keys[at].2 as usize],
            Err(_) => &[],
        }
    }
}

impl Words {
    /// Makes a set.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<Box<[char]>> =
            words.into_iter().map(|w| w.chars().map(fold).collect::<Box<[char]>>()).filter(|w| !w.is_empty()).collect();
        Self {
            first: Index::new(words.iter().map(|w| (w[0], w.clone())).collect()),
            last: Index::new(words.into_iter().map(|w| (w[w.len() - 1], w)).collect()),
        }
    }

    /// Length of the longest word that begins at `at`.
    pub fn at(&self, text: &[char], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        self.first.of(*rest.first()?).iter().find(|w| rest.starts_with(w)).map(|w| w.len())
    }

    /// Length of the longest word that ends before `end`.
    pub fn before(&self, text: &[char], end: usize) -> Option<usize> {
        let head = text.get(..end)?;
        self.last.of(*head.last()?).iter().find(|w| head.ends_with(w)).map(|w| w.len())
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
        text.first().is_some_and(|c| self.first.of(*c).iter().any(|w| **w == *text))
    }
}
