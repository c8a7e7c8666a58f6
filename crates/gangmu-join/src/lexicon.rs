//! The words of division-of-work tables (词库): heads of columns, notes, words that mean the same.

use gangmu_plan::compile::lexicon::Lexicon;
use std::sync::LazyLock;

/// The lexicon of this crate.
pub(crate) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/join.txt")));

/// Is the text one of the words of a group?
pub(crate) fn is(text: &str, group: &str) -> bool {
    WORDS.group(group).contains(&text)
}

/// Does the text hold one of the words of a group?
pub(crate) fn holds(text: &str, group: &str) -> bool {
    WORDS.group(group).iter().any(|word| text.contains(word))
}

/// Does the text begin with one of the words of a group?
pub(crate) fn begins(text: &str, group: &str) -> bool {
    WORDS.group(group).iter().any(|word| text.starts_with(word))
}
