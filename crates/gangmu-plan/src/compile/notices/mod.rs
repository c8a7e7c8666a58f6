//! Notices (疑点, D3): what the compiler doubts. A person decides; the text is never altered.
//!
//! One file for each kind. Every rule is precise rather than eager: a doubt that is none costs trust.

mod ambiguous;
mod arithmetic;
mod contradictions;
mod counts;
mod defects;
mod duplicates;
mod figures;
mod nature;
mod status;
mod tables;
mod units;
mod variants;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::lexicon::{Lexicon, origin};
use super::reading::Reading;
use super::tasks::Phrases;
use crate::compiled::{Notice, NoticeKind, Project};

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/notices.txt")));

/// The results of other passes that notices are made of.
#[derive(Debug, Clone, Copy)]
pub struct Found<'f> {
    /// The projects.
    pub projects: &'f [Project],
}

/// Finds the notices, in text order.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, found: Found<'_>) -> Vec<Notice> {
    if let Some(notice) = nature::find(reading) {
        return vec![notice];
    }
    let mut out = Vec::new();
    counts::find(phrases, &mut out);
    arithmetic::find(phrases, &mut out);
    duplicates::find(reading, phrases, &mut out);
    contradictions::find(phrases, &mut out);
    status::find(reading, phrases, found.projects, &mut out);
    variants::find(reading, phrases, &mut out);
    defects::find(reading, &mut out);
    ambiguous::find(phrases, &mut out);
    tables::find(reading, &mut out);
    units::find(phrases, &mut out);
    out.sort_by(|a, b| (a.spans.first(), a.kind, a.spans.len()).cmp(&(b.spans.first(), b.kind, b.spans.len())));
    out
}

/// Makes a notice.
fn notice(kind: NoticeKind, rule: &str, message: String, spans: &[Span], fields: &[(&str, String)]) -> Notice {
    Notice {
        kind,
        message,
        spans: spans.iter().map(|s| (s.start, s.end)).collect(),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        origin: origin(rule, &[]),
    }
}

/// A text in “ ” for a message, shortened where it is long.
fn quoted(text: &[char]) -> String {
    const LONGEST: usize = 24;
    if text.len() <= LONGEST {
        return format!("“{}”", text.iter().collect::<String>());
    }
    let head: String = text[..LONGEST / 2].iter().collect();
    let tail: String = text[text.len() - LONGEST / 2..].iter().collect();
    format!("“{head}……{tail}”")
}
