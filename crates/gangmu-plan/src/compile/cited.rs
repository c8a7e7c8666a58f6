//! Cited documents (引用文件): plans, laws, policies and standards that the text names, its own short names included.

use std::sync::LazyLock;

use gangmu_kernel::source::Span;
use regex::Regex;

use crate::compile::fold::fold;
use crate::compile::lexicon::{Lexicon, Words, origin};
use crate::compile::reading::Reading;
use crate::compile::trace::Trace;
use crate::compiled::{Cited, Level};

/// The title ends like a document.
const KIND: &str = "cited.kind";
/// What stands before the title speaks for a document.
const CONTEXT: &str = "cited.context";
/// A short name that the text gives.
const SHORT: &str = "cited.short_name";
/// A document number without a title beside it.
const NUMBER: &str = "cited.number";

/// A title longer than this is an unclosed mark.
const LONGEST: u32 = 160;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon/cited.txt")));

struct Lists {
    kind: Words,
    before: Words,
    work_before: Words,
    work_kind: Words,
    short: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    kind: LEXICON.words(&["kind"]),
    before: LEXICON.words(&["before"]),
    work_before: LEXICON.words(&["work.before"]),
    work_kind: LEXICON.words(&["work.kind"]),
    short: Words::new(["以下简称", "简称", "以下称", "下称", "以下简称为"]),
});

/// 国发〔2021〕29号 and its kind, on folded text.
static DOCUMENT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Han}]{1,8}\s*〔\s*(?:19|20)\d\d\s*〕\s*(?:第\s*)?\d{1,5}\s*号")
        .expect("the pattern is fixed and valid")
});

/// Finds the cited documents.
pub fn find(reading: &Reading<'_>, trace: &mut Trace) -> Vec<Cited> {
    let own = own_titles(reading);
    let mut out: Vec<Cited> = Vec::new();
    let mut selves: Vec<String> = own;
    let ground = &reading.ground;
    let mut at = 0;
    while at < ground.len() {
        if ground.at(at) != '《' {
            at += 1;
            continue;
        }
        let Some(end) = close(reading, at) else {
            at += 1;
            continue;
        };
        if let Some(cited) = judge(reading, Span::new(at, end), &mut selves, out.last(), trace) {
            out.push(cited);
        }
        at = end;
    }
    numbers(reading, &mut out);
    out
}

/// One past the mark that closes the title opened at `open`.
fn close(reading: &Reading<'_>, open: u32) -> Option<u32> {
    let ground = &reading.ground;
    let limit = ground.len().min(open + LONGEST);
    let mut depth = 0;
    for at in open..limit {
        match ground.at(at) {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            '。' => return None,
            _ => {}
        }
    }
    None
}

/// The titles of the document itself, folded and without blanks.
fn own_titles(reading: &Reading<'_>) -> Vec<String> {
    reading
        .headings
        .iter()
        .filter(|h| h.level == Level::Title)
        .map(|h| key(&h.title))
        .filter(|t| t.chars().count() >= 4)
        .collect()
}

/// A title without what may differ in writing.
fn key(title: &str) -> String {
    title.chars().map(fold).filter(|c| !matches!(c, ' ' | '\n' | '\t' | '《' | '》' | '“' | '”' | '"')).collect()
}

/// Decides on one title.
fn judge(
    reading: &Reading<'_>,
    span: Span,
    selves: &mut Vec<String>,
    last: Option<&Cited>,
    trace: &mut Trace,
) -> Option<Cited> {
    let ground = &reading.ground;
    let lists = &*LISTS;
    let title = ground.tidy(span.start + 1, span.end - 1);
    let folded = key(&title);
    let before: Vec<char> = ground
        .folded(span.start.saturating_sub(16), span.start)
        .iter()
        .copied()
        .filter(|c| *c != ' ' && *c != '\n')
        .collect();
    let short = lists.short.before(&before, before.len()).is_some();
    let chars: Vec<char> = folded.chars().collect();
    if chars.is_empty() {
        return None;
    }
    let mut relation = selves.contains(&folded).then(|| "self".to_owned());
    let mut rule = KIND;
    if short {
        rule = SHORT;
        if last.is_some_and(|l| l.relation.is_some() && span.start.saturating_sub(l.end) < 40) && relation.is_none() {
            relation = Some("self".to_owned());
            selves.push(folded);
        }
    } else if relation.is_none() {
        let named_work = lists.work_before.before(&before, before.len()).is_some();
        let is_kind = is_document(&chars);
        let spoken = lists.before.before(&before, before.len()).is_some();
        if named_work || !is_kind && !spoken || lists.work_kind.before(&chars, chars.len()).is_some() {
            trace.miss("cited", span, KIND, if named_work { "named_as_a_work" } else { "title_of_no_document" });
            return None;
        }
        if !is_kind {
            rule = CONTEXT;
        }
    }
    Some(Cited {
        start: span.start,
        end: span.end,
        title,
        number: number_behind(reading, span.end),
        relation,
        origin: origin(rule, &[]),
    })
}

/// Does the title end like a document, brackets such as （试行） and years aside?
fn is_document(title: &[char]) -> bool {
    let mut end = title.len();
    for _ in 0..3 {
        if end > 0 && matches!(title[end - 1], '）' | '〕') {
            let open = title[..end].iter().rposition(|c| matches!(c, '（' | '〔'));
            match open {
                Some(at) if at > 0 => end = at,
                _ => break,
            }
        } else {
            break;
        }
    }
    LISTS.kind.before(title, end).is_some()
}

/// The number in the bracket or right behind a title.
fn number_behind(reading: &Reading<'_>, at: u32) -> Option<String> {
    let ground = &reading.ground;
    let mut from = ground.skip_blanks(at, ground.len());
    if ground.at(from) == '（' {
        from += 1;
    }
    let text = ground.folded_text(from, (from + 40).min(ground.len()));
    let found = DOCUMENT_NUMBER.find(&text).filter(|m| m.start() == 0)?;
    Some(found.as_str().chars().filter(|c| !c.is_whitespace()).collect())
}

/// Adds document numbers that stand alone in a sentence.
fn numbers(reading: &Reading<'_>, out: &mut Vec<Cited>) {
    let ground = &reading.ground;
    let mut more = Vec::new();
    for sentence in &reading.sentences {
        let span = sentence.span;
        // Cheap question first: most sentences have no 〔.
        if !ground.folded(span.start, span.end).contains(&'〔') || own_frame(reading, sentence.clause as usize) {
            continue;
        }
        let text = ground.folded_text(span.start, span.end);
        for found in DOCUMENT_NUMBER.find_iter(&text) {
            let start = span.start + text[..found.start()].chars().count() as u32;
            let end = start + found.as_str().chars().count() as u32;
            let last = out.partition_point(|c| c.end <= start).checked_sub(1).and_then(|i| out.get(i));
            let titled = last.is_some_and(|c| c.number.is_some() && start - c.end < 4);
            if titled {
                continue;
            }
            let (start, number) = trim_number(reading, start, end);
            more.push(Cited {
                start,
                end,
                title: number.clone(),
                number: Some(number),
                relation: None,
                origin: origin(NUMBER, &[]),
            });
        }
    }
    if !more.is_empty() {
        out.extend(more);
        out.sort_by_key(|c| (c.start, c.end));
    }
}

/// Is the clause the head or the tail of the document, where its own number stands?
fn own_frame(reading: &Reading<'_>, clause: usize) -> bool {
    reading.clauses.get(clause).is_some_and(|c| c.path.starts_with("0.title") || c.path.starts_with("tail"))
}

/// Cuts words of the sentence (按照, 根据) from the front of a document number.
fn trim_number(reading: &Reading<'_>, start: u32, end: u32) -> (u32, String) {
    let ground = &reading.ground;
    let text = ground.folded(start, end);
    let open = text.iter().position(|c| *c == '〔').unwrap_or(0);
    let lists = &*LISTS;
    let mut from = 0;
    for at in 0..open {
        if let Some(len) = lists.before.at(text, at) {
            from = from.max((at + len).min(open.saturating_sub(1)));
        }
    }
    let number = text[from..].iter().filter(|c| !matches!(c, ' ' | '\n' | '\t')).collect();
    (start + from as u32, number)
}
