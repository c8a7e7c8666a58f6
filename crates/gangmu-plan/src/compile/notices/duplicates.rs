//! Duplicates (重复): the same sentence twice, or the same thing twice in one list.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::{Reading, SentenceKind};
use crate::compile::tasks::Phrases;
use crate::compile::tasks::head;
use crate::compile::tasks::phrases::inside;
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const SENTENCE: &str = "notice.duplicate.sentence";
const ITEM: &str = "notice.duplicate.item";

static VERBS: LazyLock<Words> = LazyLock::new(|| {
    head::LEXICON.words(&["verb", "must", "achieve", "advance", "support", "strive", "explore", "modal"])
});

/// Shorter sentences are formulas.
const SHORTEST: usize = 10;
/// Longer lists are tables.
const ITEMS: usize = 60;

/// Finds duplicates.
pub(super) fn find(reading: &Reading<'_>, phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    sentences(reading, phrases, out, trace);
    for passage in &phrases.passages {
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            if text.iter().filter(|c| **c == '、').take(2).count() < 2 {
                continue;
            }
            let span = |r: &Range<usize>| phrases.span(&(part.start + r.start..part.start + r.end));
            let (first, second) = match twice(text) {
                Ok(places) => places,
                Err(near) => {
                    near.iter().for_each(|(place, sign)| no_doubt(trace, span(place), ITEM, sign));
                    continue;
                }
            };
            let name = &text[first.clone()];
            out.push(notice(
                NoticeKind::Duplicate,
                ITEM,
                format!("{}在同一列举中出现两次。请删去一处，或更正其中一处。", quoted(name)),
                &[span(&first), span(&second)],
                &[("text", name.iter().collect())],
            ));
        }
    }
}

/// Sentences that stand twice, word for word.
fn sentences(reading: &Reading<'_>, phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    let mut seen: HashMap<&[char], Vec<usize>> = HashMap::new();
    let mut order: Vec<&[char]> = Vec::new();
    for (index, passage) in phrases.passages.iter().enumerate() {
        let text = phrases.slice(&passage.range);
        let text = text.strip_suffix(&['。']).unwrap_or(text);
        if passage.kind == SentenceKind::Row || text.len() < SHORTEST {
            continue;
        }
        let places = seen.entry(text).or_default();
        if places.is_empty() {
            order.push(text);
        }
        places.push(index);
    }
    for text in order {
        let places = &seen[text];
        if places.len() < 2 {
            continue;
        }
        let spans: Vec<_> = places.iter().map(|i| phrases.span(&phrases.passages[*i].range)).collect();
        let in_body = places.iter().any(|i| phrases.passages[*i].kind == SentenceKind::Body);
        if let Some(sign) = repeats_by_right(text, in_body) {
            spans.iter().for_each(|span| no_doubt(trace, *span, SENTENCE, sign));
            continue;
        }
        let second = phrases.passages.get(places[1]).and_then(|p| reading.sentences.get(p.sentence));
        let address = second.map(|s| reading.address(s)).unwrap_or_default();
        out.push(notice(
            NoticeKind::Duplicate,
            SENTENCE,
            format!("{}一句重复出现（另见{address}）。请确认是否为同一事项，保留一处。", quoted(text)),
            &spans,
            &[("text", text.iter().collect()), ("address", address)],
        ));
    }
}

/// Why a sentence may stand twice.
fn repeats_by_right(text: &[char], in_body: bool) -> Option<&'static str> {
    if !in_body {
        return Some("leads_repeat_by_form");
    }
    // Words of responsibility repeat by nature.
    if text.first() == Some(&'（') || text.iter().take(8).any(|c| *c == '：') {
        return Some("label_or_bracket");
    }
    if text.last() == Some(&'？') {
        return Some("question");
    }
    (!asks(text)).then_some("asks_for_no_work")
}

/// Does the sentence hold a verb of work?
fn asks(text: &[char]) -> bool {
    let end = text.iter().position(|c| matches!(c, '，' | '；')).unwrap_or(text.len());
    !head::read(&text[..end]).verb.is_empty()
}

/// Does a verb end the words before the first item's name, or is there nothing?
fn verb_only(head: &[char]) -> bool {
    head.is_empty() || VERBS.before(head, head.len()).is_some()
}

/// A stretch that came near, and which condition failed.
type Near = (Range<usize>, &'static str);

/// The two places of an item that a list names twice, or the place that came near and what turned it away.
fn twice(text: &[char]) -> Result<(Range<usize>, Range<usize>), Option<Near>> {
    let mask = inside(text);
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for at in 0..text.len() {
        let joins = matches!(text[at], '和' | '与') && at > from + 2 && items.len() > 1;
        if !mask[at] && (text[at] == '、' || joins) {
            items.push(from..at);
            from = at + 1;
        }
    }
    items.push(from..text.len());
    if items.len() < 3 || items.len() > ITEMS {
        return Err((items.len() > ITEMS).then_some((0..text.len(), "list_too_long")));
    }
    let mut near = None;
    // Whole items between commas.
    let mut seen: HashMap<&[char], usize> = HashMap::new();
    let inner = &items[1..items.len() - 1];
    for (index, item) in inner.iter().enumerate() {
        let name = &text[item.clone()];
        match seen.insert(name, index) {
            Some(before) if name.len() >= 3 => return Ok((inner[before].clone(), item.clone())),
            Some(_) if !name.is_empty() => near = Some((item.clone(), "too_short_for_a_name")),
            _ => {}
        }
    }
    // The first item carries the verb, the last one what follows the list.
    let (first, last) = (items[0].clone(), items[items.len() - 1].clone());
    for name in inner.iter().filter(|r| r.len() >= 3) {
        let head = &text[first.clone()];
        if head.ends_with(&text[name.clone()]) && verb_only(&head[..head.len() - name.len()]) {
            return Ok((first.end - name.len()..first.end, name.clone()));
        }
        if opens_with(&text[last.clone()], &text[name.clone()]) {
            return Ok((name.clone(), last.start..last.start + name.len()));
        }
    }
    // First against last: the longest end of the first that opens the last.
    let (head, tail) = (&text[first.clone()], &text[last.clone()]);
    let places = (3..=head.len().min(tail.len())).rev().find_map(|len| {
        let name = &head[head.len() - len..];
        (verb_only(&head[..head.len() - len]) && opens_with(tail, name))
            .then(|| (first.end - len..first.end, last.start..last.start + len))
    });
    places.ok_or(near)
}

/// Does the last item open with the name and go on with what follows a list?
fn opens_with(last: &[char], name: &[char]) -> bool {
    if !last.starts_with(name) {
        return false;
    }
    match last.get(name.len()) {
        None => true,
        Some(c) => {
            matches!(
                c,
                '等' | '的'
                    | '和'
                    | '与'
                    | '及'
                    | '。'
                    | '两'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
                    | '十'
            ) || c.is_ascii_digit()
        }
    }
}
