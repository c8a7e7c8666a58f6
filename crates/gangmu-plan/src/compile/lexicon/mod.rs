//! Lexicons (词库): the words that the rules are written with, as data files with a version.
//!
//! A lexicon file holds groups: a line `[group]`, then words parted by blanks. `#` begins a comment.
//! Files are embedded, and parsed once behind a `LazyLock` in the module that uses them:
//! `static TARGETS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/targets.txt")));`

mod precision;
mod words;

use std::collections::BTreeMap;

pub use precision::origin;
pub use words::Words;

/// Version of all lexicon files together: raised with every change of a word.
pub const VERSION: &str = "2026.11.1";

/// A parsed lexicon file.
#[derive(Debug)]
pub struct Lexicon {
    groups: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    /// Parses a lexicon file.
    pub fn parse(text: &'static str) -> Self {
        let mut groups: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut name = "";
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or("").trim();
            if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                name = head;
                groups.entry(name).or_default();
            } else if !line.is_empty() {
                groups.entry(name).or_default().extend(line.split_whitespace());
            }
        }
        Self { groups }
    }

    /// The words of a group; none where the file has no such group.
    pub fn group(&self, name: &str) -> &[&'static str] {
        self.groups.get(name).map_or(&[], Vec::as_slice)
    }

    /// A matcher of the words of some groups.
    pub fn words(&self, names: &[&str]) -> Words {
        Words::new(names.iter().flat_map(|n| self.group(n).iter().copied()))
    }
}
