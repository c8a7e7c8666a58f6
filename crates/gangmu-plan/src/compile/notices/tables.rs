//! Missing tables (缺表): a table, box or annex that the text promises and does not hold.

use std::collections::HashSet;
use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::Reading;
use crate::compile::trace::Trace;
use crate::compiled::{Level, Notice, NoticeKind};

/// A numbered table, box or annex is named.
const NUMBERED: &str = "notice.missing.numbered";
/// A table is to follow.
const FOLLOWS: &str = "notice.missing.follows";

struct Lists {
    words: Words,
    refers: Words,
    kinds: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    words: LEXICON.words(&["table.words"]),
    refers: LEXICON.words(&["table.refers"]),
    kinds: Words::new(["表", "专栏", "附表", "附件", "附图", "附录"]),
});

/// Code points behind a promise in which a following table must begin.
const NEAR: u32 = 400;

/// More missing tables are not told one by one.
const MOST: usize = 100;

/// Finds promises that are not kept.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Notice>, trace: &mut Trace) {
    let held = held(reading);
    let mut said: HashSet<String> = HashSet::new();
    let before = out.len();
    for sentence in &reading.sentences {
        if out.len() - before > MOST {
            break;
        }
        let span = sentence.span;
        let raw = reading.ground.folded(span.start, span.end);
        if !raw.iter().any(|c| matches!(c, '表' | '栏' | '附')) {
            continue;
        }
        let (text, at) = dense(raw, span.start);
        let mut place = 0;
        while place < text.len() {
            let Some(promise) = promise_at(&text, place) else {
                place += 1;
                continue;
            };
            place = promise.end.max(place + 1);
            if out.len() - before > MOST {
                break;
            }
            let where_ = Span::new(at[promise.start], at[promise.end - 1] + 1);
            let words = &text[promise.start..promise.end];
            let (rule, kept) = match &promise.name {
                Some(name) if held.contains(name) => (NUMBERED, Some("the_text_holds_it")),
                Some(name) => (NUMBERED, (!said.insert(name.clone())).then_some("said_before")),
                None if follows(reading, span.end) => (FOLLOWS, Some("a_table_follows")),
                None => {
                    (FOLLOWS, (held.contains("附表") && words.contains(&'附')).then_some("the_text_holds_an_annex"))
                }
            };
            if let Some(sign) = kept {
                no_doubt(trace, where_, rule, sign);
                continue;
            }
            out.push(notice(
                NoticeKind::MissingTable,
                rule,
                format!("文中提到{}，但文件里没有找到。请补传该表或附件，或核对编号。", quoted(words)),
                &[where_],
                &[("promised", words.iter().collect())],
            ));
        }
    }
}

/// A promise of a table.
struct Promise {
    start: usize,
    end: usize,
    /// 表1, 专栏3, 附件; none for 下表.
    name: Option<String>,
}

fn dense(text: &[char], base: u32) -> (Vec<char>, Vec<u32>) {
    text.iter().enumerate().filter(|(_, c)| !matches!(c, ' ' | '\t' | '\n')).map(|(i, c)| (*c, base + i as u32)).unzip()
}

/// The promise whose words begin at `at`.
fn promise_at(text: &[char], at: usize) -> Option<Promise> {
    let lists = &*LISTS;
    if let Some(len) = lists.words.at(text, at) {
        // 表1 and 附件1 are named by their number.
        return (!text.get(at + len).is_some_and(char::is_ascii_digit)).then_some(Promise {
            start: at,
            end: at + len,
            name: None,
        });
    }
    let len = lists.kinds.at(text, at)?;
    let (number, end) = number(text, at + len);
    let referred = lists.refers.before(text, at).is_some()
        || matches!(at.checked_sub(1).map(|i| text[i]), Some('和' | '、' | '与'))
            && text[..at].iter().rev().take(6).any(|c| c.is_ascii_digit());
    if !referred {
        return None;
    }
    let kind: String = text[at..at + len].iter().collect();
    // 代表1, 发表: no table.
    if kind == "表" && number.is_empty() {
        return None;
    }
    Some(Promise { start: at, end: end.max(at + len), name: Some(format!("{kind}{number}")) })
}

/// A number such as 1, 4-2 or 三 behind the kind.
fn number(text: &[char], from: usize) -> (String, usize) {
    let mut end = from;
    while end < text.len()
        && (text[end].is_ascii_digit()
            || end > from
                && matches!(text[end], '-' | '—' | '.')
                && text.get(end + 1).is_some_and(char::is_ascii_digit))
    {
        end += 1;
    }
    if end == from {
        while end < text.len() && end - from < 2 && "一二三四五六七八九十".contains(text[end]) {
            end += 1;
        }
    }
    (text[from..end].iter().map(|c| if *c == '—' { '-' } else { *c }).collect(), end)
}

/// The names of tables, boxes and annexes that the text holds: lines that begin with one.
fn held(reading: &Reading<'_>) -> HashSet<String> {
    let ground = &reading.ground;
    let mut out = HashSet::new();
    for heading in reading.headings.iter().filter(|h| h.level == Level::Box) {
        if let Some(number) = &heading.number {
            let (text, _) = dense(&number.chars().map(crate::compile::fold::fold).collect::<Vec<_>>(), 0);
            let len = LISTS.kinds.at(&text, 0).unwrap_or(0);
            let kind: String = text[..len].iter().collect();
            out.insert(format!("{kind}{}", self::number(&text, len).0));
            out.insert(kind);
        }
    }
    for line in &ground.lines {
        let text = ground.folded(line.start, line.end.min(line.start + 24));
        let Some(len) = LISTS.kinds.at(text, 0) else { continue };
        let (text, _) = dense(text, line.start);
        let (number, end) = number(&text, len);
        // 表1是…: a sentence; 表1 主要指标 and 附件: a title.
        if matches!(text.get(end), Some('，' | '。' | '所' | '中' | '为' | '是' | '和')) {
            continue;
        }
        let kind: String = text[..len].iter().collect();
        out.insert(format!("{kind}{number}"));
        out.insert(kind);
    }
    out
}

/// Does a table begin behind the place: one of the file, rows with tabs, or a box?
fn follows(reading: &Reading<'_>, at: u32) -> bool {
    let ground = &reading.ground;
    if ground.source.tables.iter().any(|t| t.span.end > at && t.span.start < at + NEAR) {
        return true;
    }
    if reading.headings.iter().any(|h| h.level == Level::Box && h.start >= at && h.start < at + NEAR) {
        return true;
    }
    ground.folded(at, (at + NEAR).min(ground.len())).iter().filter(|c| **c == '\t').count() >= 2
}
