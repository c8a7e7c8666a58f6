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
use super::trace::Trace;
use crate::compiled::{Notice, NoticeKind, Project};

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/notices.txt")));

/// The results of other passes that notices are made of.
#[derive(Debug, Clone, Copy)]
pub struct Found<'f> {
    /// The projects.
    pub projects: &'f [Project],
}

/// Finds the notices, in text order; what is turned away goes to the trace.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, found: Found<'_>, trace: &mut Trace) -> Vec<Notice> {
    if let Some(notice) = nature::find(reading, trace) {
        return vec![notice];
    }
    let mut out = Vec::new();
    counts::find(phrases, &mut out, trace);
    arithmetic::find(phrases, &mut out, trace);
    duplicates::find(reading, phrases, &mut out, trace);
    contradictions::find(phrases, &mut out, trace);
    status::find(reading, phrases, found.projects, &mut out, trace);
    variants::find(reading, phrases, &mut out, trace);
    defects::find(reading, &mut out, trace);
    ambiguous::find(phrases, &mut out, trace);
    tables::find(reading, &mut out, trace);
    units::find(phrases, &mut out, trace);
    out.sort_by(|a, b| (a.spans.first(), a.kind, a.spans.len()).cmp(&(b.spans.first(), b.kind, b.spans.len())));
    out
}

/// Keeps a doubt that was none.
fn no_doubt(trace: &mut Trace, span: Span, rule: &str, sign: &str) {
    trace.miss("notice", span, rule, sign);
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
