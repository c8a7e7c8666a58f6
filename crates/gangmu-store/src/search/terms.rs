//! Words of a text (分词): cut by jieba in search mode, folded to half-width lower case, and every single character.
//!
//! A word is letters and digits only, so that both databases take it as one token. Single characters make every text
//! findable whose words were cut otherwise than the query's.

use jieba_rs::Jieba;
use std::{collections::BTreeSet, sync::LazyLock};

/// The dictionary, loaded with its first use and kept.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Folds a character so that full-width and half-width, upper and lower case are the same: one for one.
pub fn fold(c: char) -> char {
    let half = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let mut lower = half.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => half,
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn is_word(c: &char) -> bool {
    c.is_alphanumeric()
}

/// The letters and digits of a piece, split where there are others.
fn plain(piece: &str) -> impl Iterator<Item = &str> {
    piece.split(|c: char| !is_word(&c)).filter(|w| !w.is_empty())
}

/// All words of a text, joined by blanks, each once: what the index holds.
pub fn of(text: &str) -> String {
    let text = folded(text);
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for token in JIEBA.cut_for_search(&text, true) {
        words.extend(plain(token.word));
    }
    let singles: BTreeSet<String> = text.chars().filter(is_word).map(String::from).collect();
    let singles = singles.iter().map(String::as_str);
    words.extend(singles);
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// The words of a query: all of them must be found.
pub fn of_query(query: &str) -> Vec<String> {
    let query = folded(query);
    let words: BTreeSet<String> =
        JIEBA.cut(&query, true).iter().flat_map(|t| plain(t.word)).map(str::to_owned).collect();
    words.into_iter().collect()
}

/// The single characters of a query, for when its words find nothing.
pub fn characters(query: &str) -> Vec<String> {
    let all: BTreeSet<char> = folded(query).chars().filter(is_word).collect();
    all.into_iter().map(String::from).collect()
}

/// Where the words of a query stand in a text, as ranges of characters that do not overlap.
pub fn hits(text: &str, words: &[String]) -> Vec<(usize, usize)> {
    let text: Vec<char> = text.chars().map(fold).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in words {
        let word: Vec<char> = word.chars().collect();
        let places = text.windows(word.len().max(1)).enumerate().filter(|(_, w)| *w == word.as_slice());
        found.extend(places.map(|(at, w)| (at, at + w.len())));
    }
    found.sort_unstable();
    found.dedup_by(|next, before| {
        let joined = next.0 <= before.1;
        if joined {
            before.1 = before.1.max(next.1);
        }
        joined
    });
    found
}

#[cfg(test)]
mod tests;
