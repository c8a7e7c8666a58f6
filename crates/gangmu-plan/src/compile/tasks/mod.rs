//! Tasks (任务): what the sentences of a plan ask for, how firmly (D2), and of which kind.
//!
//! A sentence of a working section with a verb of work is a task. It is parted where the firmness changes together
//! with the object; what only says the ground, the way or the effect of the work stays with it.

pub mod head;
pub mod phrases;
pub mod stance;

mod kind;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use head::{Head, LEXICON, Part};
pub use phrases::{Passage, Phrases};
pub use stance::Stance;

use crate::compile::lexicon::{Words, origin};
use crate::compile::reading::{Reading, SentenceKind};
use crate::compile::trace::Trace;
use crate::compiled::{Degree, Level, Task};

/// A verb of work at the head of a phrase.
const HEAD_VERB: &str = "task.head_verb";
/// A verb of work behind a subject or a longer way.
const INNER_VERB: &str = "task.inner_verb";
/// A sentence that only says on what ground something is done.
const GROUND: &str = "task.ground";
/// A heading without text below it that asks for work.
const HEADING: &str = "task.heading";

struct Lists {
    past: Words,
    past_start: Words,
    define: Words,
    closing: Words,
    target: Words,
    told: Words,
    future: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    past: LEXICON.words(&["past"]),
    past_start: LEXICON.words(&["past.start"]),
    define: LEXICON.words(&["define"]),
    closing: LEXICON.words(&["closing"]),
    target: LEXICON.words(&["target"]),
    told: Words::new(["提出了", "带来了", "提供了", "奠定了", "指明了", "充分体现了", "写下了", "谱写了"]),
    future: Words::new([
        "要",
        "将",
        "必须",
        "应当",
        "力争",
        "争取",
        "确保",
        "尽快",
        "年底前",
        "加快",
        "着力",
        "大力",
        "推动",
        "下一步",
        "今后",
        "继续",
    ]),
});

/// A stretch of a sentence with one firmness.
#[derive(Debug, Clone)]
struct Unit {
    range: Range<usize>,
    verb: Range<usize>,
    object: Range<usize>,
    degree: Degree,
    word: Option<Range<usize>>,
    rule: &'static str,
}

/// Finds the tasks.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, trace: &mut Trace) -> Vec<Task> {
    let mut out = Vec::new();
    let mut spoken: HashSet<usize> = HashSet::new();
    for passage in &phrases.passages {
        if passage.kind == SentenceKind::Body && !is_bracket(phrases.slice(&passage.range)) {
            spoken.insert(passage.clause);
        }
        if let Some(sign) = turned_away(phrases, passage) {
            trace.miss("task", phrases.span(&passage.range), HEAD_VERB, sign);
            continue;
        }
        let units = units(phrases, passage);
        if units.is_empty() {
            trace.miss("task", phrases.span(&passage.range), HEAD_VERB, "no_verb_of_work");
        }
        // Where the bracket of who answers is all there is, nothing is left to be done.
        let tasks = units.iter().map(|unit| task(reading, phrases, passage, unit));
        out.extend(tasks.filter(|task| task.start < task.end));
    }
    let headings = heading_tasks(reading, &spoken);
    if !headings.is_empty() {
        out.extend(headings);
        out.sort_by_key(|t| (t.start, t.end));
    }
    out
}

/// The sign that makes a sentence no task, if there is one.
fn turned_away(phrases: &Phrases, passage: &Passage) -> Option<&'static str> {
    match passage.kind {
        SentenceKind::Lead => return Some("lead"),
        SentenceKind::Row => return Some("table_row"),
        SentenceKind::Body => {}
    }
    if passage.stance != Stance::Work {
        return Some(passage.stance.name());
    }
    let text = phrases.slice(&passage.range);
    let lists = &*LISTS;
    if is_bracket(text) {
        return Some("bracket");
    }
    if lists.closing.at(text, 0).is_some() {
        return Some("closing_words");
    }
    if lists.define.find(text, 0).is_some() && lists.future.find(text, 0).is_none() {
        return Some("definition");
    }
    if lists.target.find(text, 0).is_some() {
        return Some("states_targets");
    }
    let text = behind_bracket(text);
    let future = lists.future.find(text, 0).is_some();
    if !future && lists.told.find(text, 0).is_some() {
        return Some("tells_of_the_past");
    }
    let started = lists.past_start.at(text, 0).is_some();
    let past = perfects(phrases, passage);
    if started && (past > 0 || !future) || past >= 2 && !future || past > 0 && !future && opens_with_period(text) {
        return Some("tells_of_the_past");
    }
    if matches!(text.last(), Some('：')) && text.len() <= 30 && phrases.parts[passage.parts.clone()].len() == 1 {
        return Some("announces_a_list");
    }
    None
}

/// The number of words of the perfect that are predicates: behind an imperative they stand in attributes.
fn perfects(phrases: &Phrases, passage: &Passage) -> usize {
    let words = &LISTS.past;
    phrases.parts[passage.parts.clone()]
        .iter()
        .map(|part| {
            let text = phrases.slice(part);
            let found = words.find_all(text);
            if found.is_empty() {
                return 0;
            }
            let head = head::read(text);
            let imperative = !head.verb.is_empty() && head.verb.start == head.start;
            found.iter().filter(|(at, _)| !imperative || *at <= head.verb.end).count()
        })
        .sum()
}

/// The text behind a bracket that opens it (who answers for the sentence before).
fn behind_bracket(text: &[char]) -> &[char] {
    &text[head::bracket(text)..]
}

/// Does the sentence open with a plan period (“十三五”时期)?
fn opens_with_period(text: &[char]) -> bool {
    let name = text.iter().skip_while(|c| matches!(c, '“' | '"')).copied().take(6).collect::<Vec<_>>();
    let five = name.iter().position(|c| *c == '五').filter(|at| (1..=3).contains(at));
    five.is_some_and(|_| text.iter().take(8).any(|c| matches!(c, '时' | '期' | '以')))
}

/// Is the sentence one bracket (responsibility, note)?
fn is_bracket(text: &[char]) -> bool {
    let text = text.strip_suffix(&['。']).unwrap_or(text);
    text.first() == Some(&'（') && text.last() == Some(&'）')
}

/// Parts a sentence into stretches of one firmness.
fn units(phrases: &Phrases, passage: &Passage) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut pending: Option<usize> = None;
    let mut ground: Option<(Range<usize>, Head)> = None;
    for part in &phrases.parts[passage.parts.clone()] {
        let head = head::read(phrases.slice(part));
        let has_verb = head.verb.end > head.verb.start;
        match head.part {
            Part::Setting | Part::Bare => {
                if has_verb && ground.is_none() {
                    ground = Some((part.clone(), head));
                }
                pending = pending.or(Some(part.start));
            }
            Part::Result if !out.is_empty() && head.degree != Degree::Must => {
                extend(&mut out, part.end);
                pending = None;
            }
            Part::Result | Part::Work => {
                let joined = out.last().is_some_and(|u: &Unit| joins(u, &head));
                if joined {
                    firm_up(&mut out, part, &head);
                } else {
                    let from = pending.unwrap_or(part.start);
                    out.push(unit(from, part, &head));
                }
                pending = None;
            }
        }
    }
    match (pending, out.last_mut(), ground) {
        (Some(_), Some(last), _) => {
            if let Some(part) = phrases.parts[passage.parts.clone()].last() {
                last.range.end = part.end;
            }
        }
        (Some(from), None, Some((part, head))) => {
            let mut only = unit(from, &part, &head);
            only.rule = GROUND;
            only.range = passage.range.clone();
            out.push(only);
        }
        _ => {}
    }
    // The first unit begins where the sentence does.
    if let Some(first) = out.first_mut() {
        first.range.start = passage.range.start + head::bracket(phrases.slice(&passage.range));
    }
    out
}

/// Does the phrase go on with the work before it?
fn joins(unit: &Unit, head: &Head) -> bool {
    head.firms || unit.degree == head.degree || head.object.len() <= 1
}

fn extend(out: &mut [Unit], end: usize) {
    if let Some(last) = out.last_mut() {
        last.range.end = end;
    }
}

/// Adds a phrase to the last unit; the firmer word wins.
fn firm_up(out: &mut [Unit], part: &Range<usize>, head: &Head) {
    let Some(last) = out.last_mut() else { return };
    last.range.end = part.end;
    if head.degree < last.degree || head.degree == last.degree && last.word.is_none() {
        last.degree = head.degree;
        last.word = shifted(head.word.as_ref(), part.start);
    }
}

fn shifted(range: Option<&Range<usize>>, by: usize) -> Option<Range<usize>> {
    range.map(|r| r.start + by..r.end + by)
}

fn unit(from: usize, part: &Range<usize>, head: &Head) -> Unit {
    Unit {
        range: from..part.end,
        verb: head.verb.start + part.start..head.verb.end + part.start,
        object: head.object.start + part.start..head.object.end + part.start,
        degree: head.degree,
        word: shifted(head.word.as_ref(), part.start),
        rule: if head.verb.start <= 8 { HEAD_VERB } else { INNER_VERB },
    }
}

fn task(reading: &Reading<'_>, phrases: &Phrases, passage: &Passage, unit: &Unit) -> Task {
    let span = phrases.span(&unit.range);
    let end = match phrases.chars.get(unit.range.end.wrapping_sub(1)) {
        Some('。' | '；' | '，') => span.end - 1,
        _ => span.end,
    };
    let end = reading.ground.trim_end(span.start, end);
    let mut signs: Vec<(&str, i64)> = Vec::new();
    let text = phrases.slice(&passage.range);
    if LISTS.past.find(text, 0).is_some() {
        signs.push(("past_word", -10));
    }
    if unit.word.is_none() {
        signs.push(("degree_by_default", -2));
    }
    Task {
        start: span.start,
        end,
        text: reading.ground.tidy(span.start, end),
        verb: Some(phrases.text(&unit.verb)).filter(|v| !v.is_empty()),
        object: Some(phrases.text(&unit.object)).filter(|o| !o.is_empty()),
        degree: unit.degree,
        degree_word: unit.word.as_ref().map(|w| phrases.span(w)).map(|s| (s.start, s.end)),
        kind: kind::of(phrases, &unit.range, &unit.verb, &unit.object),
        clause: reading.path_at(span.start).to_owned(),
        origin: origin(unit.rule, &signs),
    }
}

/// Headings of numbered units without a sentence below them that ask for work themselves.
fn heading_tasks(reading: &Reading<'_>, spoken: &HashSet<usize>) -> Vec<Task> {
    let stances = stance::of_clauses(reading);
    let parents: HashSet<&str> = reading.headings.iter().filter_map(|h| h.parent.as_deref()).collect();
    let mut out = Vec::new();
    for (index, clause) in reading.clauses.iter().enumerate() {
        if spoken.contains(&index) || stances.get(index) != Some(&Stance::Work) {
            continue;
        }
        let Some(heading) = clause.heading.as_deref().and_then(|id| heading_of(reading, id)) else { continue };
        let level = matches!(heading.level, Level::Item | Level::Subitem | Level::Point | Level::Subpoint);
        if !level || parents.contains(heading.id.as_str()) || heading.start < clause.start {
            continue;
        }
        let chars: Vec<char> = heading.title.chars().map(crate::compile::fold::fold).filter(|c| *c != ' ').collect();
        let head = head::read(&chars);
        if head.verb.is_empty() || head.verb.start > 8 || chars.len() < 6 {
            continue;
        }
        let text =
            |r: &Range<usize>| chars.get(r.clone()).map(|s| s.iter().collect::<String>()).filter(|s| !s.is_empty());
        out.push(Task {
            start: heading.start,
            end: heading.end,
            text: heading.title.clone(),
            verb: text(&head.verb),
            object: text(&head.object),
            degree: head.degree,
            degree_word: None,
            kind: kind::of_chars(&chars, &head.verb, &head.object),
            clause: clause.path.clone(),
            origin: origin(HEADING, &[]),
        });
    }
    out
}

fn heading_of<'r>(reading: &'r Reading<'_>, id: &str) -> Option<&'r crate::compiled::Heading> {
    let index: usize = id.strip_prefix('h')?.parse().ok()?;
    reading
        .headings
        .get(index.checked_sub(1)?)
        .filter(|h| h.id == id)
        .or_else(|| reading.headings.iter().find(|h| h.id == id))
}

/// The words that ask for work, with the words that colour them: what two wordings of a task most often differ in.
pub fn working_words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        LEXICON.words(&["verb", "must", "achieve", "advance", "support", "strive", "explore", "modal", "adverb"])
    });
    &WORDS
}
