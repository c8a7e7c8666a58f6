//! How alike two wordings are (相似度): the share of neighbouring signs they have in common, rare neighbours weighing more.
//!
//! White space, punctuation and width don't count, and every figure counts as one and the same sign: a changed figure
//! leaves the wording alike.

#[cfg(test)]
mod tests;

use gangmu_kernel::numerals::half_width;
use std::collections::HashMap;

/// Two signs that stand side by side.
pub(crate) type Pair = (char, char);

/// The sign that stands for a figure.
const FIGURE: char = '0';

/// The signs of a text that make its wording.
pub fn signs(text: &str) -> Vec<char> {
    let mut signs = Vec::new();
    for sign in half_width(text).chars().filter(|c| c.is_alphanumeric()) {
        let sign = if sign.is_ascii_digit() { FIGURE } else { sign.to_ascii_lowercase() };
        if sign != FIGURE || signs.last() != Some(&FIGURE) {
            signs.push(sign);
        }
    }
    signs
}

/// The signs of a text, stretch by stretch: marks, blanks and figures part them.
pub(crate) fn stretches(text: &str) -> Vec<Vec<char>> {
    let text = half_width(text);
    let parts = text.split(|c: char| !c.is_alphanumeric() || c.is_ascii_digit());
    parts.filter(|part| !part.is_empty()).map(|part| part.chars().map(|c| c.to_ascii_lowercase()).collect()).collect()
}

fn pairs(signs: &[char]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = match signs {
        [only] => vec![(*only, *only)],
        _ => signs.windows(2).map(|w| (w[0], w[1])).collect(),
    };
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How rare the pairs of signs are in some texts.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    texts: f32,
    holding: HashMap<Pair, f32>,
}

impl Rarity {
    /// Counts the pairs of the texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut rarity = Self::default();
        for text in texts {
            rarity.texts += 1.0;
            for pair in pairs(&signs(text)) {
                *rarity.holding.entry(pair).or_default() += 1.0;
            }
        }
        rarity
    }

    /// The wording of a text, weighed by these counts.
    pub fn wording(&self, text: &str) -> Wording {
        let pairs: Vec<(Pair, f32)> = pairs(&signs(text)).into_iter().map(|pair| (pair, self.weight(&pair))).collect();
        let weight = pairs.iter().map(|(_, weight)| weight).sum();
        Wording { pairs, weight }
    }
}

impl Rarity {
    /// The words that two texts share, the rarest first: the longest stretches of signs, no figure and no part of another.
    pub fn shared(&self, one: &str, other: &str, most: usize) -> Vec<String> {
        let (one, other) = (signs(one), signs(other).into_iter().collect::<String>());
        let mut found: Vec<(f32, String)> = Vec::new();
        let mut at = 0;
        while at + 1 < one.len() {
            let mut end = at;
            let mut word = String::new();
            while end < one.len() && one[end] != FIGURE {
                word.push(one[end]);
                if !other.contains(&word) {
                    word.pop();
                    break;
                }
                end += 1;
            }
            if end >= at + 2 {
                let weight = pairs(&one[at..end]).iter().map(|pair| self.weight(pair)).sum();
                if found.iter().all(|(_, known)| !known.contains(&word)) {
                    found.push((weight, word));
                }
            }
            at = end.max(at + 1);
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(most);
        found.into_iter().map(|(_, word)| word).collect()
    }

    fn weight(&self, pair: &Pair) -> f32 {
        (1.0 + self.texts / (1.0 + self.holding.get(pair).copied().unwrap_or(0.0))).ln()
    }
}

/// A text as the pairs of its signs (措辞).
#[derive(Debug, Clone, Default)]
pub struct Wording {
    pairs: Vec<(Pair, f32)>,
    weight: f32,
}

impl Wording {
    /// The number of different pairs.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Does it say nothing?
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    fn common(&self, other: &Self) -> f32 {
        let mut others = other.pairs.iter().peekable();
        let mut common = 0.0;
        for (pair, weight) in &self.pairs {
            while others.next_if(|(other, _)| other < pair).is_some() {}
            if others.peek().is_some_and(|(other, _)| other == pair) {
                common += weight;
            }
        }
        common
    }

    /// What both have in common, of both together: 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        share(2.0 * self.common(other), self.weight + other.weight)
    }

    /// What both have in common, of this one alone: 1 where the other says all of it.
    pub fn share_in(&self, other: &Self) -> f32 {
        share(self.common(other), self.weight)
    }
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Wordings by the pairs they hold, to find the nearest ones without comparing all with all.
#[derive(Debug, Clone, Default)]
pub struct Index {
    holding: HashMap<Pair, Vec<usize>>,
    weights: Vec<f32>,
}

/// A wording of an [`Index`] beside the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Its number in the index.
    pub number: usize,
    /// See [`Wording::likeness`].
    pub likeness: f32,
    /// Share of the asked wording that this one holds.
    pub held: f32,
    /// Share of this wording that the asked one holds.
    pub holds: f32,
}

impl Index {
    /// Puts wordings into an index; their numbers are their places.
    pub fn of<'w>(wordings: impl IntoIterator<Item = &'w Wording>) -> Self {
        let mut index = Self::default();
        for (number, wording) in wordings.into_iter().enumerate() {
            for (pair, _) in &wording.pairs {
                index.holding.entry(*pair).or_default().push(number);
            }
            index.weights.push(wording.weight);
        }
        index
    }

    /// The wordings that have anything in common with this one, in the order of the index.
    pub fn near(&self, wording: &Wording) -> Vec<Near> {
        let mut common = vec![0.0f32; self.weights.len()];
        for (pair, weight) in &wording.pairs {
            for number in self.holding.get(pair).into_iter().flatten() {
                common[*number] += weight;
            }
        }
        let near = |(number, common): (usize, f32)| Near {
            number,
            likeness: share(2.0 * common, wording.weight + self.weights[number]),
            held: share(common, wording.weight),
            holds: share(common, self.weights[number]),
        };
        common.into_iter().enumerate().filter(|(_, common)| *common > 0.0).map(near).collect()
    }
}
