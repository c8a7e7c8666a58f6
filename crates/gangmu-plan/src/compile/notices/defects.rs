//! Text defects (文字瑕疵): marks without a partner, doubled words, stray blanks, broken headings.

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::fold::{is_blank, is_han};
use crate::compile::ground::Line;
use crate::compile::lexicon::Words;
use crate::compile::reading::Reading;
use crate::compile::tasks::head;
use crate::compile::trace::Trace;
use crate::compiled::{Level, Notice, NoticeKind};
use gangmu_kernel::numerals;

const BLANK: &str = "notice.defect.blank_in_year";
const DOUBLED: &str = "notice.defect.doubled_word";
const MARKS: &str = "notice.defect.doubled_mark";
const PARTNER: &str = "notice.defect.mark_without_partner";
const PLACEHOLDER: &str = "notice.defect.placeholder";
const SPLIT: &str = "notice.defect.heading_split";

/// With so many defects the file was read wrongly; more of them say nothing new.
const MOST: usize = 200;
/// So much of a line is read.
const LONGEST: u32 = 5_000;

struct Lists {
    allowed: Words,
    never: Words,
    placeholder: Words,
    verbs: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    allowed: LEXICON.words(&["double.allowed"]),
    never: LEXICON.words(&["double.never"]),
    placeholder: LEXICON.words(&["placeholder"]),
    verbs: head::LEXICON.words(&["verb", "must", "achieve", "advance", "support", "strive", "explore", "modal"]),
});

/// Finds defects, line by line.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Notice>, trace: &mut Trace) {
    let ground = &reading.ground;
    let furniture = furniture(reading);
    let mut skip = furniture.iter().peekable();
    let before = out.len();
    for line in ground.lines.iter().filter(|l| !l.is_blank()) {
        if out.len() - before > MOST {
            break;
        }
        while skip.peek().is_some_and(|s| s.end <= line.start) {
            skip.next();
        }
        if skip.peek().is_some_and(|s| s.start <= line.start) {
            continue;
        }
        let text = ground.folded(line.start, line.end.min(line.start + LONGEST));
        years(line, text, out, trace);
        doubled(line, text, out, trace);
        marks(line, text, out, trace);
        partners(line, text, out, trace);
        placeholders(line, text, out, trace);
    }
    split_headings(reading, out);
}

/// Page heads and feet are not the text's own.
fn furniture(reading: &Reading<'_>) -> Vec<Span> {
    reading
        .headings
        .iter()
        .filter(|h| matches!(h.level, Level::Furniture | Level::Toc))
        .map(|h| Span::new(h.start, h.end))
        .collect()
}

fn span(line: &Line, from: usize, to: usize) -> Span {
    Span::new(line.start + from as u32, line.start + to as u32)
}

fn defect(rule: &str, message: String, at: Span, text: &[char], out: &mut Vec<Notice>) {
    if out.len() > 4 * MOST {
        return;
    }
    let fields = [("text", text.iter().collect::<String>())];
    out.push(notice(NoticeKind::TextDefect, rule, message, &[at], &fields));
}

/// 20 30年, 二 〇 三 〇年: a year torn by blanks.
fn years(line: &Line, text: &[char], out: &mut Vec<Notice>, trace: &mut Trace) {
    for at in 0..text.len() {
        if text[at] != '年' {
            continue;
        }
        let (mut from, mut digits, mut blanks, mut chinese) = (at, 0, 0, 0);
        let mut pending = 0;
        let mut torn = false;
        while from > 0 && digits < 4 {
            let c = text[from - 1];
            if is_blank(c) {
                pending += 1;
            } else if c.is_ascii_digit() || numerals::digit(c).is_some() {
                chinese += usize::from(!c.is_ascii_digit());
                if digits > 0 && pending > 0 {
                    torn = true;
                    blanks += pending;
                }
                pending = 0;
                digits += 1;
            } else {
                break;
            }
            from -= 1;
        }
        if !torn || digits != 4 || blanks > 6 || chinese != 0 && chinese != 4 {
            continue;
        }
        let first: Vec<char> = text[from..at].iter().copied().filter(|c| !is_blank(*c)).collect();
        let century = matches!(first.as_slice(), ['1', '9', ..] | ['2', '0', ..] | ['二', '〇', ..] | ['一', '九', ..]);
        // A digit right before it makes a longer number.
        if !century || from > 0 && text[from - 1].is_ascii_digit() {
            no_doubt(trace, span(line, from, at + 1), BLANK, "digits_that_are_no_year");
        } else {
            let said = &text[from..=at];
            defect(BLANK, format!("年份{}中间有空格。请删去空格。", quoted(said)), span(line, from, at + 1), said, out);
        }
    }
}

/// 的的, 推进推进, 参参与.
fn doubled(line: &Line, text: &[char], out: &mut Vec<Notice>, trace: &mut Trace) {
    let lists = &*LISTS;
    let mut at = 0;
    while at + 1 < text.len() {
        if !is_han(text[at]) {
            at += 1;
            continue;
        }
        let pair = at + 3 < text.len()
            && text[at..at + 2] == text[at + 2..at + 4]
            && is_han(text[at + 1])
            && text[at] != text[at + 1];
        if pair && lists.verbs.contains(&text[at..at + 2]) {
            let said = &text[at..at + 4];
            defect(DOUBLED, format!("{}重复。请删去多余的词。", quoted(said)), span(line, at, at + 4), said, out);
            at += 4;
            continue;
        }
        if text[at] == text[at + 1] {
            match one_too_many(text, at) {
                Ok(end) => {
                    let said = &text[at..end];
                    defect(DOUBLED, format!("{}多写了一个字。请删去。", quoted(said)), span(line, at, end), said, out);
                    at = end;
                    continue;
                }
                Err(Some(sign)) => no_doubt(trace, span(line, at, at + 2), DOUBLED, sign),
                Err(None) => {}
            }
        }
        at += 1;
    }
}

/// Where the doubled word at `at` ends; or what tells that both characters are meant, where they came near.
fn one_too_many(text: &[char], at: usize) -> Result<usize, Option<&'static str>> {
    let lists = &*LISTS;
    let never = lists.never.at(text, at).is_some() && !matches!(text.get(at + 2), Some('确'));
    let runs = at + 2 < text.len() && lists.verbs.at(text, at + 1).is_some_and(|len| len == 2);
    if !never && !runs {
        return Err(None);
    }
    if lists.allowed.at(text, at).is_some() || at > 0 && lists.allowed.at(text, at - 1).is_some() {
        return Err(Some("word_that_doubles_by_right"));
    }
    let two_words = if never { part_of_word(text, at) } else { ends_word(text, at) };
    if two_words {
        Err(Some("end_of_one_word_and_beginning_of_another"))
    } else {
        Ok(if never { at + 2 } else { at + 3 })
    }
}

/// 目的的, 总和和: the first of two stands in a word of its own.
fn part_of_word(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map_or('。', |i| text[i]);
    let after = text.get(at + 2).copied().unwrap_or('。');
    match text[at] {
        '的' => matches!(before, '目' | '标' | '众'),
        '和' => {
            matches!(before, '总' | '饱' | '温' | '共' | '祥' | '缓' | '谐' | '平' | '调' | '中')
                || matches!(after, '平' | '谐')
        }
        '为' => matches!(before, '作' | '行' | '人' | '有'),
        '于' => matches!(before, '由' | '对' | '基' | '至'),
        '以' => matches!(before, '可' | '予' | '加' | '所') || matches!(after, '及' | '后'),
        '至' => matches!(before, '甚' | '直' | '乃'),
        '达' => matches!(before, '到' | '发' | '通'),
        '在' => matches!(before, '存' | '所' | '实' | '现'),
        '将' => after == '来',
        '并' => matches!(before, '合' | '兼'),
        '是' => matches!(before, '于' | '但' | '还'),
        _ => false,
    }
}

/// Does the first of two equal characters end a word of the text (发展展示)?
fn ends_word(text: &[char], at: usize) -> bool {
    at > 0 && is_han(text[at - 1]) && LISTS.verbs.before(&text[..=at], at + 1).is_some_and(|len| len >= 2)
        || at > 0 && is_han(text[at - 1]) && !starts_phrase(text, at)
}

/// Stands a mark, or a word that cannot end in the doubled character, before it?
fn starts_phrase(text: &[char], at: usize) -> bool {
    let before = text[at - 1];
    !is_han(before)
        || LISTS.verbs.before(&text[..at], at).is_some()
        || matches!(before, '量' | '众' | '业' | '会' | '力' | '民' | '本' | '场' | '位' | '门' | '构' | '织')
}

/// ，， and 、， and 。。.
fn marks(line: &Line, text: &[char], out: &mut Vec<Notice>, trace: &mut Trace) {
    let stop = |c: char| matches!(c, '，' | '、' | '；' | '。' | '：');
    let mut at = 0;
    while at + 1 < text.len() {
        if !stop(text[at]) {
            at += 1;
            continue;
        }
        let mut next = at + 1;
        while next < text.len() && is_blank(text[next]) {
            next += 1;
        }
        let doubled = next < text.len() && stop(text[next]);
        if doubled && text[at] == '。' && text.get(next + 1) == Some(&'。') {
            no_doubt(trace, span(line, at, next + 2), MARKS, "ellipsis");
        } else if doubled {
            let said = &text[at..=next];
            defect(
                MARKS,
                format!("标点{}连用。请保留一个，或补上缺漏的文字。", quoted(said)),
                span(line, at, next + 1),
                said,
                out,
            );
            at = next + 1;
        }
        while at < text.len() && stop(text[at]) {
            at += 1;
        }
        at = at.max(next.min(at + 1));
    }
}

/// Quotation marks and brackets without a partner in their line.
fn partners(line: &Line, text: &[char], out: &mut Vec<Notice>, trace: &mut Trace) {
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, &c) in text.iter().enumerate() {
        if let Some(close) = crate::compile::tasks::phrases::closer(c) {
            open.push((close, at));
            continue;
        }
        if !matches!(c, '）' | '》' | '”' | '〕' | '】' | '」') {
            continue;
        }
        if let Some(depth) = open.iter().rposition(|(close, _)| *close == c) {
            // What was opened inside and never closed.
            for (_, lost) in open.drain(depth..).skip(1) {
                alone(line, text, lost, true, out);
            }
        } else if enumerates(text, at) {
            no_doubt(trace, span(line, at, at + 1), PARTNER, "number_of_an_item");
        } else {
            alone(line, text, at, false, out);
        }
    }
    // A quotation may run over paragraphs; a bracket may not, unless the line is a broken one.
    let whole = text.last().is_some_and(|c| matches!(c, '。' | '！' | '？' | '；' | '）' | '”' | '：'));
    for (_, lost) in open {
        if whole {
            alone(line, text, lost, true, out);
        } else {
            no_doubt(trace, span(line, lost, lost + 1), PARTNER, "line_breaks_off");
        }
    }
}

/// 1） and 一）and a） open the items of lists.
fn enumerates(text: &[char], at: usize) -> bool {
    if text[at] != '）' {
        return false;
    }
    let before = text[..at].iter().rev().take_while(|c| c.is_ascii_alphanumeric() || numerals::is_numeral(**c)).count();
    let from = at - before;
    (1..=3).contains(&before)
        && (from == 0 || !is_han(text[from - 1]) || matches!(text[from - 1], '。' | '；' | '：' | ' '))
}

fn alone(line: &Line, text: &[char], at: usize, opens: bool, out: &mut Vec<Notice>) {
    let (from, to) = if opens { (at, (at + 5).min(text.len())) } else { (at.saturating_sub(4), at + 1) };
    let said = &text[from..to];
    let part = if opens { "后半" } else { "前半" };
    defect(
        PARTNER,
        format!("标点“{}”缺少{part}（{}）。请补齐或删去。", text[at], quoted(said)),
        span(line, from, to),
        &[text[at]],
        out,
    );
}

/// □□, XX镇, （待补充…）.
fn placeholders(line: &Line, text: &[char], out: &mut Vec<Notice>, trace: &mut Trace) {
    let lists = &*LISTS;
    if !text.iter().any(|c| matches!(c, '□' | '\u{fffd}' | '&' | '待' | '填' | '此' | 'T' | 'X' | 'x' | '×')) {
        return;
    }
    // “××区…中心” prescribes a form of names.
    let mask = crate::compile::tasks::phrases::inside(text);
    let mut at = 0;
    while at < text.len() {
        if mask[at] && matches!(text[at], 'X' | 'x' | '×') {
            if text.get(at + 1) == Some(&text[at]) {
                no_doubt(trace, span(line, at, at + 2), PLACEHOLDER, "form_in_quotation_marks");
            }
            at += 1;
            continue;
        }
        let mut end = match lists.placeholder.at(text, at) {
            Some(len) => at + len,
            None => {
                let crosses = matches!(text[at], 'X' | '×' | 'x') && text.get(at + 1) == Some(&text[at]);
                let beside = |i: Option<&char>| i.is_some_and(|c| is_han(*c));
                let run = text[at..].iter().take_while(|c| **c == text[at]).count();
                let (before, after) = (at.checked_sub(1).and_then(|i| text.get(i)), text.get(at + run));
                let in_code = [before, after].into_iter().flatten().any(char::is_ascii_alphanumeric);
                if !crosses || run > 4 || in_code || !(beside(before) || beside(after)) {
                    at += 1;
                    continue;
                }
                at + run
            }
        };
        while end < text.len() && text[end] == text[at] && !is_han(text[at]) {
            end += 1;
        }
        let said = &text[at..end];
        defect(
            PLACEHOLDER,
            format!("{}是占位或乱码，内容未填写完整。请补上正式文字。", quoted(said)),
            span(line, at, end),
            said,
            out,
        );
        at = end;
    }
}

/// Headings broken over lines, all in one notice.
fn split_headings(reading: &Reading<'_>, out: &mut Vec<Notice>) {
    let ground = &reading.ground;
    let broken: Vec<_> = reading
        .headings
        .iter()
        .filter(|h| {
            matches!(
                h.level,
                Level::Title
                    | Level::Part
                    | Level::Chapter
                    | Level::Section
                    | Level::Item
                    | Level::Subitem
                    | Level::Box
            )
        })
        .filter(|h| {
            let text = ground.folded(h.start, h.end);
            // A title set in two lines is usual; a blank line inside it is not.
            let ends = text.iter().filter(|c| **c == '\n').count();
            ends > usize::from(h.level == Level::Title)
        })
        .collect();
    let Some(first) = broken.first() else { return };
    let spans: Vec<Span> = broken.iter().map(|h| Span::new(h.start, h.end)).collect();
    let title: Vec<char> = first.title.chars().collect();
    out.push(notice(
        NoticeKind::TextDefect,
        SPLIT,
        format!("有{}个标题被断成多行（如{}），编译时已合并。请在原文中合为一行。", broken.len(), quoted(&title)),
        &spans,
        &[("count", broken.len().to_string())],
    ));
}
