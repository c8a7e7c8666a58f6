//! Mechanisms (机制): systems, platforms and mechanisms that the plan sets up.
//!
//! One thing has one kind: what is built as a project, such as a platform, is no mechanism besides.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::lexicon::{Lexicon, Words, origin};
use super::reading::{Reading, SentenceKind};
use super::tasks::head;
use super::tasks::phrases::inside;
use super::tasks::{Phrases, Stance};
use crate::compile::trace::Trace;
use crate::compiled::{Mechanism, Project};

/// A verb of setting up governs the mechanism.
const SET_UP: &str = "mechanism.set_up";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/mechanisms.txt")));

struct Lists {
    makes: Words,
    ends: Words,
    not: Words,
    not_begin: Words,
    generic: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    makes: LEXICON.words(&["verb.makes"]),
    ends: LEXICON.words(&["ends"]),
    not: LEXICON.words(&["not"]),
    not_begin: LEXICON.words(&["not.begin"]),
    generic: LEXICON.words(&["generic"]),
});

/// A name longer than this is a sentence.
const LONGEST: usize = 50;

/// A longer stretch without a comma is no phrase.
const PHRASE: usize = 500;

/// Finds the mechanisms, beside the projects of the same text.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, projects: &[Project], trace: &mut Trace) -> Vec<Mechanism> {
    let built = Built::of(projects);
    let mut out: Vec<Mechanism> = Vec::new();
    let mut named: HashSet<(usize, String)> = HashSet::new();
    for passage in &phrases.passages {
        if passage.kind == SentenceKind::Row || passage.stance != Stance::Work {
            continue;
        }
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            // Cheap question first: is there an ending at all?
            if text.len() > PHRASE || LISTS.ends.find(text, 2).is_none() {
                continue;
            }
            for (verb, name) in read(text) {
                let place = part.start + name.start..part.start + name.end;
                let span = phrases.span(&place);
                match judge(&text[name]) {
                    Ok(()) if built.overlaps(span) => trace.miss("mechanism", span, SET_UP, "built_as_a_project"),
                    Err(sign) => trace.miss("mechanism", span, SET_UP, sign),
                    Ok(()) if !named.insert((passage.clause, phrases.text(&place))) => {
                        trace.miss("mechanism", span, SET_UP, "named_before_in_clause");
                    }
                    Ok(()) => out.push(Mechanism {
                        start: span.start,
                        end: span.end,
                        name: reading.ground.tidy(span.start, span.end),
                        verb: Some(phrases.text(&(part.start + verb.start..part.start + verb.end))),
                        clause: reading.path_at(span.start).to_owned(),
                        origin: origin(SET_UP, &[]),
                    }),
                }
            }
        }
    }
    out
}

/// Where projects are named, by start, with the furthest end among each and all before it.
struct Built(Vec<Span>);

impl Built {
    fn of(projects: &[Project]) -> Self {
        let mut spans: Vec<Span> = projects.iter().map(|p| Span::new(p.start, p.end)).collect();
        spans.sort_by_key(|s| (s.start, s.end));
        let mut furthest = 0;
        for span in &mut spans {
            furthest = furthest.max(span.end);
            span.end = furthest;
        }
        Self(spans)
    }

    fn overlaps(&self, span: Span) -> bool {
        let before = self.0.partition_point(|p| p.start < span.end);
        before.checked_sub(1).is_some_and(|last| self.0[last].end > span.start)
    }
}

/// The names that a verb of setting up governs in a phrase.
fn read(text: &[char]) -> Vec<(Range<usize>, Range<usize>)> {
    let lists = &*LISTS;
    let head = head::read(text);
    // The verb of setting up is the last one that stands before the ending and governs it.
    let Some((at, len)) = governing(text, head.verb.start) else { return Vec::new() };
    let (from, end) = (at + len, cut_tail(text));
    if end <= from {
        return Vec::new();
    }
    let slice = &text[from..end];
    let mask = inside(slice);
    // A list such as 甲、乙机制: the items before share the end of the last; they make one name unless each has its own.
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..=slice.len() {
        let stop = i == slice.len()
            || !mask[i] && (slice[i] == '、' || matches!(slice[i], '和' | '与' | '及') && i > start + 2);
        if stop && i > start && lists.ends.before(&slice[..i], i).is_some() {
            out.push((at..at + len, from + start..from + i));
            start = i + 1;
        }
    }
    out
}

/// The verb of setting up that governs the end of the phrase.
fn governing(text: &[char], from: usize) -> Option<(usize, usize)> {
    let lists = &*LISTS;
    let mut found = None;
    let mut at = from;
    while at < text.len() {
        if let Some(len) = lists.makes.at(text, at) {
            let last = text.get(at + len).copied().unwrap_or('。');
            let before = at.checked_sub(1).map(|i| text[i]);
            // 创新体系, 改革机制, …的建立: no verb here.
            let alone = lists.makes.at(text, at + len + 1).is_none();
            let noun = matches!(last, '的' | '和' | '与' | '、' | '。') && alone || before == Some('的');
            let named = matches!(text[at], '创' | '改' | '试' | '探' | '设' | '建')
                && lists.ends.at(text, at + len).is_some()
                && found.is_some();
            if !noun && !named && (found.is_none() || !text[..at].ends_with(&['的'])) {
                // Only the first verb, or one that is directly joined to it, sets up; later ones stand in the name.
                match found {
                    None => found = Some((at, len)),
                    Some((f, l)) if f + l == at || f + l + 1 == at && matches!(text[f + l], '、' | '和' | '并') => {
                        found = Some((at, len))
                    }
                    Some(_) => {}
                }
            }
            at += len;
        } else {
            at += 1;
        }
    }
    found
}

/// Where the phrase ends without its stop and a last 建设.
fn cut_tail(text: &[char]) -> usize {
    let mut end = text.len();
    while end > 0 && matches!(text[end - 1], '。' | '；' | '，') {
        end -= 1;
    }
    static TAILS: LazyLock<Words> = LazyLock::new(|| Words::new(["建设", "的建设", "等", "改革", "试点"]));
    while let Some(len) = TAILS.before(&text[..end], end) {
        end -= len;
    }
    end
}

/// Is this the name of a mechanism?
fn judge(name: &[char]) -> Result<(), &'static str> {
    let lists = &*LISTS;
    if name.len() > LONGEST {
        return Err("too_long");
    }
    if lists.generic.contains(name) || name.len() < 4 {
        return Err("generic_name");
    }
    if lists.not_begin.at(name, 0).is_some() || name.windows(2).any(|w| w == ['纳', '入']) {
        return Err("part_of_another_phrase");
    }
    if lists.not.before(name, name.len()).is_some() {
        return Err("system_that_is_no_mechanism");
    }
    Ok(())
}
