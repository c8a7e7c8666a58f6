//! Responsibilities (责任): who leads, who supports and until when, as brackets, lines and table columns say.

mod parse;
mod tables;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

pub use parse::{Statement, looks_like_body, names, statement};

use super::fold::fold;
use super::lexicon::{Lexicon, Words, origin};
use super::reading::Reading;
use crate::compile::trace::Trace;
use crate::compiled::Responsibility;

/// A bracket that says who answers.
const BRACKET: &str = "responsibility.bracket";
/// A line that begins with a label such as 责任单位：.
const LINE: &str = "responsibility.line";
/// Columns of a table.
const TABLE: &str = "responsibility.table";

/// The note where the text does not say who leads.
pub const FIRST_NAMED: &str = "first_named_leads";

/// Brackets longer than this are no statements of responsibility.
const LONGEST: usize = 400;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/responsibilities.txt")));

static LABELS: LazyLock<Words> =
    LazyLock::new(|| LEXICON.words(&["label.lead", "label.support", "label.responsible", "label.deadline"]));

/// Finds the responsibilities.
pub fn find(reading: &Reading<'_>, trace: &mut Trace) -> Vec<Responsibility> {
    let rule_of_first = first_leads(reading);
    let mut out = Vec::new();
    brackets(reading, rule_of_first, &mut out, trace);
    lines(reading, rule_of_first, &mut out);
    tables::find(reading, rule_of_first, &mut out);
    out.sort_by_key(|r: &Responsibility| (r.start, r.end));
    out.dedup_by(|b, a| b.start < a.end && a.start < b.end && b.lead == a.lead);
    out
}

/// Does the document say that the first named leads (列第一位者为牵头单位)?
fn first_leads(reading: &Reading<'_>) -> bool {
    static SAYS: LazyLock<Words> = LazyLock::new(|| {
        Words::new([
            "列第一位",
            "列在首位",
            "排在第一位",
            "排第一位",
            "排首位",
            "列首位",
            "列第一的",
            "第一个单位为牵头",
            "排名第一",
            "列第一者",
        ])
    });
    reading.sentences.iter().any(|s| {
        let text = reading.ground.folded(s.span.start, s.span.end);
        SAYS.find(text, 0).is_some() && text.windows(2).any(|w| w == ['牵', '头'])
    }) || reading.ground.lines.iter().filter(|l| l.end - l.start < 200).any(|l| {
        let text = reading.ground.folded(l.start, l.end);
        text.windows(2).any(|w| w == ['牵', '头']) && SAYS.find(text, 0).is_some()
    })
}

/// Reads the brackets of the text, nested ones as part of the outer.
fn brackets(reading: &Reading<'_>, rule_of_first: bool, out: &mut Vec<Responsibility>, trace: &mut Trace) {
    let text = &reading.ground.fold;
    let mut at = 0;
    while at < text.len() {
        if !matches!(text[at], '（' | '〔' | '【') {
            at += 1;
            continue;
        }
        let Some(end) = closing(text, at) else {
            at += 1;
            continue;
        };
        let span = Span::new(at as u32, end as u32);
        let body = dense(&text[at + 1..end - 1]);
        match statement(&body) {
            Ok(statement) => {
                out.push(made(reading, span, &statement, rule_of_first, BRACKET));
                at = end;
            }
            Err(sign) => {
                if sign != "no_role" {
                    trace.miss("responsibility", span, BRACKET, sign);
                }
                at += 1;
            }
        }
    }
}

/// One past the bracket that closes the one at `open`.
fn closing(text: &[char], open: usize) -> Option<usize> {
    let close = super::tasks::phrases::closer(text[open])?;
    let mut depth = 0;
    for (offset, &c) in text[open..].iter().take(LONGEST).enumerate() {
        if c == text[open] {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(open + offset + 1);
            }
        }
    }
    None
}

/// The code points without blanks.
fn dense(text: &[char]) -> Vec<char> {
    text.iter().copied().filter(|c| !matches!(c, ' ' | '\t' | '\n')).collect()
}

/// Reads lines and sentences that begin with a label.
fn lines(reading: &Reading<'_>, rule_of_first: bool, out: &mut Vec<Responsibility>) {
    let ground = &reading.ground;
    let mut open: Option<(Span, Vec<char>)> = None;
    let flush = |open: &mut Option<(Span, Vec<char>)>, out: &mut Vec<Responsibility>| {
        if let Some((span, body)) = open.take()
            && let Ok(statement) = statement(&body)
        {
            out.push(made(reading, span, &statement, rule_of_first, LINE));
        }
    };
    for line in &ground.lines {
        if line.is_blank() {
            continue;
        }
        let text = ground.folded(line.start, line.end);
        let labelled = !text.contains(&'\t') && LABELS.at(text, 0).is_some_and(|len| text.get(len) == Some(&'：'));
        let start = if labelled { Some(0) } else { label_inside(text) };
        let Some(start) = start else {
            flush(&mut open, out);
            continue;
        };
        let span = Span::new(line.start + start as u32, line.end);
        let body = dense(&text[start..]);
        // 牵头单位：… and 配合单位：… on lines of their own make one statement.
        match &mut open {
            Some((whole, all)) if labelled && continues(all, &body) => {
                whole.end = span.end;
                all.push('；');
                all.extend(body);
            }
            _ => {
                flush(&mut open, out);
                open = Some((span, body));
            }
        }
    }
    flush(&mut open, out);
}

/// Does a labelled line go on with the statement above it?
fn continues(all: &[char], body: &[char]) -> bool {
    let label = |text: &[char]| LABELS.at(text, 0).map(|len| text[..len].to_vec());
    let first = label(all);
    label(body).is_some_and(|l| first.as_ref() != Some(&l) && !parse::names_doers_first(&l))
}

/// The place of a label that stands behind a stop inside a line: …。责任单位：….
fn label_inside(text: &[char]) -> Option<usize> {
    let bracket = text.iter().position(|c| *c == '（').unwrap_or(text.len());
    (1..bracket).find(|&at| {
        matches!(text[at - 1], '。' | '；' | '】' | '」' | ' ')
            && LABELS.at(text, at).is_some_and(|len| len > 2 && text.get(at + len) == Some(&'：'))
    })
}

/// Makes the responsibility out of a statement.
fn made(reading: &Reading<'_>, span: Span, statement: &Statement, rule_of_first: bool, rule: &str) -> Responsibility {
    let (mut lead, mut support) = (statement.lead.clone(), statement.support.clone());
    let mut note = None;
    if lead.is_empty() && !statement.responsible.is_empty() {
        lead.push(statement.responsible[0].clone());
        support.splice(0..0, statement.responsible[1..].iter().cloned());
        if statement.responsible.len() > 1 && !rule_of_first {
            note = Some(FIRST_NAMED.to_owned());
        }
    } else {
        support.splice(0..0, statement.responsible.iter().cloned());
    }
    let mut signs: Vec<(&str, i64)> = Vec::new();
    if note.is_some() {
        signs.push(("lead_not_said", -4));
    }
    if statement.strange {
        signs.push(("name_without_suffix", -8));
    }
    Responsibility {
        start: span.start,
        end: span.end,
        text: reading.ground.tidy(span.start, span.end),
        lead,
        support,
        deadline: statement.deadline.clone(),
        clause: reading.path_at(span.start).to_owned(),
        note,
        origin: origin(rule, &signs),
    }
}

/// Folds a text and drops its blanks.
pub(super) fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold).filter(|c| !matches!(c, ' ' | '\t' | '\n')).collect()
}
