//! Directional targets (方向性目标): 效率进一步提高, 缩短周转时间 — an aim that can be measured, without a value.

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use crate::compile::fold::{is_blank, is_han};
use crate::compile::lexicon::{Lexicon, Words, origin};
use crate::compile::quantities::context::Parts;
use crate::compile::quantities::times::{From, Time, times as times_of};
use crate::compile::quantities::words::PAST;
use crate::compile::reading::{Reading, SentenceKind};
use crate::compiled::{Direction, Target};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/targets.txt")));
static UP: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["up"]));
static DOWN: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["down"]));
static KEEP: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["keep"]));
static DEGREE: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["degree"]));
static HEAD: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["metric-head"]));
static NOT: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["metric-not"]));
static SUBJECT: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["metric-subject"]));

/// What was found in a comma-clause.
struct Aim {
    start: usize,
    end: usize,
    direction: Direction,
    subject: (usize, usize),
    rule: &'static str,
}

/// Finds the aims that are not already a measure.
pub(super) fn directional(reading: &Reading<'_>, parts: &Parts, taken: &[Span]) -> Vec<Target> {
    let mut out = Vec::new();
    let mut carried: Option<(u32, u32, Time)> = None;
    for sentence in &reading.sentences {
        let tail = reading.clauses.get(sentence.clause as usize).is_some_and(|c| c.path.starts_with("tail"));
        if sentence.kind != SentenceKind::Body || tail || parts.review.get(sentence.clause as usize) == Some(&true) {
            continue;
        }
        let text = reading.ground.folded(sentence.span.start, sentence.span.end);
        let times = times_of(text);
        if carried.as_ref().is_some_and(|(c, p, _)| (*c, *p) != (sentence.clause, sentence.paragraph)) {
            carried = None;
        }
        let goals = parts.goals.get(sentence.clause as usize) == Some(&true);
        for (from, to) in pieces(text) {
            let Some(aim) = aim(text, from, to) else { continue };
            let span = Span::new(sentence.span.start + aim.start as u32, sentence.span.start + aim.end as u32);
            let next = taken.partition_point(|s| s.end <= span.start);
            if taken.get(next).is_some_and(|s| s.overlaps(span)) {
                continue;
            }
            let before = &times[..times.partition_point(|t| t.start < aim.start)];
            let named = before.iter().rev().take(6).find(|t| matches!(t.kind, From::By | From::Year | From::Span));
            let time = named.or(carried.as_ref().map(|(_, _, t)| t));
            if past(parts, time) {
                continue;
            }
            let signs: Vec<(&str, i64)> = if goals { vec![("among-goals", 5)] } else { Vec::new() };
            out.push(Target {
                start: span.start,
                end: span.end,
                text: reading.ground.text(span.start, span.end).to_owned(),
                subject: Some(
                    reading
                        .ground
                        .tidy(sentence.span.start + aim.subject.0 as u32, sentence.span.start + aim.subject.1 as u32),
                )
                .filter(|s| !s.is_empty()),
                value: None,
                low: None,
                high: None,
                unit: None,
                comparator: None,
                direction: Some(aim.direction),
                period: time.map(Time::text),
                clause: reading.clauses.get(sentence.clause as usize).map_or_else(String::new, |c| c.path.clone()),
                quantity: None,
                origin: origin(aim.rule, &signs),
            });
        }
        if let Some(time) = times.iter().rev().find(|t| matches!(t.kind, From::By | From::Year | From::Span)) {
            carried = Some((sentence.clause, sentence.paragraph, time.clone()));
        }
    }
    out
}

/// Does the time lie before the plan?
fn past(parts: &Parts, time: Option<&Time>) -> bool {
    match (parts.years, time) {
        (Some(years), Some(time)) => time.to < years.from,
        _ => false,
    }
}

/// The comma-clauses of a sentence.
fn pieces(text: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut from, mut depth) = (0usize, 0i32);
    for (at, c) in text.iter().enumerate() {
        match c {
            '（' | '“' => depth += 1,
            '）' | '”' => depth = (depth - 1).max(0),
            '，' | '。' | '；' | '：' | '！' if depth == 0 => {
                out.push((from, at));
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push((from, text.len()));
    out
}

/// The aim of a comma-clause, if it is one.
fn aim(text: &[char], from: usize, to: usize) -> Option<Aim> {
    let (mut from, mut to) = (from, to);
    while from < to && (is_blank(text[from]) || text[from] == '\n') {
        from += 1;
    }
    while to > from && (is_blank(text[to - 1]) || text[to - 1] == '\n') {
        to -= 1;
    }
    if !(4..=60).contains(&(to - from)) {
        return None;
    }
    verb_first(text, from, to).or_else(|| noun_first(text, from, to)).or_else(|| kept(text, from, to))
}

/// Steps over adverbs of degree.
fn skip_degree(text: &[char], mut at: usize, to: usize) -> usize {
    while at < to {
        let Some(len) = DEGREE.at(&text[..to], at) else { break };
        at += len;
    }
    at
}

/// The direction of the verb at a place, and its length.
fn verb(text: &[char], at: usize) -> Option<(Direction, usize)> {
    let up = UP.at(text, at).map(|len| (Direction::Up, len));
    let down = DOWN.at(text, at).map(|len| (Direction::Down, len));
    up.into_iter().chain(down).max_by_key(|(_, len)| *len)
}

/// 缩短货物周转时间: a verb of direction and an object whose head can be measured.
fn verb_first(text: &[char], from: usize, to: usize) -> Option<Aim> {
    let at = skip_degree(text, from, to);
    let (direction, len) = verb(&text[..to], at)?;
    let object = at + len;
    let head = &text[..to];
    let noun = HEAD.before(head, to).filter(|n| to - n > object || (to - n == object && *n >= 3))?;
    if NOT.before(head, to).is_some_and(|n| n >= noun) || !text[object..to].iter().any(|c| is_han(*c)) {
        return None;
    }
    // 优化 and 加大 point upwards only before what grows.
    let word = &text[at..object];
    if matches!(word, ['优', '化'] | ['控', '制'] | ['拓', '展'] | ['壮', '大'])
        && !matches!(text[to - 1], '率' | '重' | '量')
    {
        return None;
    }
    Some(Aim { start: from, end: to, direction, subject: (object, to), rule: "target:directional-verb" })
}

/// 资源利用效率进一步提高: a subject that can be measured and a verb of direction at the end.
fn noun_first(text: &[char], from: usize, to: usize) -> Option<Aim> {
    let head = &text[..to];
    let up = UP.before(head, to).map(|len| (Direction::Up, len));
    let down = DOWN.before(head, to).map(|len| (Direction::Down, len));
    let (direction, len) = up.into_iter().chain(down).max_by_key(|(_, len)| *len)?;
    let mut end = to - len;
    let verb_at = end;
    while let Some(len) = DEGREE.before(&text[..end], end).filter(|l| end - l > from) {
        end -= len;
    }
    // Without an adverb of degree the words are a noun: 能力提升.
    if end == verb_at || end - from < 3 {
        return None;
    }
    let subject = skip_time(text, from, end);
    SUBJECT.before(&text[..end], end)?;
    if verb(text, subject).is_some() || PAST.at(text, subject).is_some() {
        return None;
    }
    Some(Aim { start: from, end: to, direction, subject: (subject, end), rule: "target:directional-noun" })
}

/// 物价水平保持基本稳定, 居民收入增长与经济增长同步.
fn kept(text: &[char], from: usize, to: usize) -> Option<Aim> {
    let head = &text[..to];
    let subject = skip_time(text, from, to);
    let mut end = match KEEP.before(head, to) {
        Some(len) => to - len,
        None => {
            let sync = text[subject..to].ends_with(&['同', '步']);
            let with = text[subject..to].iter().position(|c| matches!(c, '与' | '和' | '同'))?;
            let grows = text[subject..to].windows(2).any(|p| p == ['增', '长']);
            if !(sync && grows) {
                return None;
            }
            subject + with
        }
    };
    while let Some(len) = DEGREE.before(&text[..end], end).filter(|l| end - l > from) {
        end -= len;
    }
    let metric = SUBJECT.before(&text[..end], end).is_some()
        || matches!(
            text.get(end.saturating_sub(2)..end),
            Some(
                ['物', '价']
                    | ['增', '长']
                    | ['水', '平']
                    | ['就', '业']
                    | ['价', '格']
                    | ['增', '速']
                    | ['面', '积']
                    | ['杠', '杆']
            )
        );
    (metric && end > subject + 1).then_some(Aim {
        start: from,
        end: to,
        direction: Direction::Keep,
        subject: (subject, end),
        rule: "target:kept",
    })
}

/// Steps over a time at the front: 到 2025 年.
fn skip_time(text: &[char], from: usize, to: usize) -> usize {
    let piece = &text[from..to];
    match times_of(&piece[..piece.len().min(24)]).first().filter(|t| t.start <= 2) {
        Some(time) => from + time.end,
        None => from,
    }
}
