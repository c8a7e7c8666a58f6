//! Number marks (序号) at the beginning of a line: 第三章, 一、, （一）, 1., （1）, 2.1.3, 专栏 4.

use crate::compile::fold::{is_blank, is_han};
use crate::compile::quantities::words::{MAGNITUDE, UNIT};
use gangmu_kernel::numerals;

/// Form of a number mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MarkKind {
    /// 第一篇, 第一编.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 一、.
    Item,
    /// （一）.
    Subitem,
    /// 1. or 1、.
    Point,
    /// （1）, 1） or ①.
    Subpoint,
    /// 2.1 or 2.1.3; a bare `2` before a blank has depth 1.
    Decimal,
    /// 专栏 4.
    Box,
    /// 01 before a title: an entry of a box.
    Entry,
}

/// A number mark at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its form.
    pub kind: MarkKind,
    /// One past the mark, in code points from the line's start.
    pub end: usize,
    /// First code point of the title, in code points from the line's start.
    pub title: usize,
    /// The number; for decimals its parts.
    pub value: Vec<u32>,
}

impl Mark {
    fn new(kind: MarkKind, line: &[char], end: usize, value: u32) -> Option<Self> {
        Some(Self { kind, end, title: skip(line, end), value: vec![value] })
    }

    /// The last part of the number.
    pub fn last(&self) -> u32 {
        self.value.last().copied().unwrap_or(0)
    }
}

/// Steps over blanks.
fn skip(line: &[char], mut at: usize) -> usize {
    while at < line.len() && is_blank(line[at]) {
        at += 1;
    }
    at
}

/// One past the run of code points that satisfy `is`, blanks between them allowed.
fn run(line: &[char], from: usize, is: impl Fn(char) -> bool) -> (usize, Vec<char>) {
    let (mut at, mut end, mut out) = (from, from, Vec::new());
    while at < line.len() && out.len() < 12 {
        if is(line[at]) {
            out.push(line[at]);
            at += 1;
            end = at;
        } else if is_blank(line[at]) && !out.is_empty() {
            at += 1;
        } else {
            break;
        }
    }
    (end, out)
}

/// Reads a Chinese or Arabic number.
fn number(digits: &[char]) -> Option<u32> {
    if digits.iter().all(char::is_ascii_digit) {
        return digits.iter().collect::<String>().parse().ok();
    }
    numerals::whole(digits).and_then(|n| u32::try_from(n).ok())
}

/// Finds the mark at the beginning of a folded line.
pub(crate) fn mark(line: &[char]) -> Option<Mark> {
    let first = *line.first()?;
    match first {
        '第' => ordinal(line),
        '（' => bracket(line),
        '专' => boxed(line, 0),
        '【' => boxed(line, 1),
        '①'..='⑳' => Mark::new(MarkKind::Subpoint, line, 1, first as u32 - '①' as u32 + 1),
        '0'..='9' => arabic(line),
        c if numerals::is_numeral(c) => item(line),
        _ => None,
    }
}

/// 第三章, 第 3 章, 第三 章.
fn ordinal(line: &[char]) -> Option<Mark> {
    let (end, digits) = run(line, skip(line, 1), |c| numerals::is_numeral(c) || c.is_ascii_digit());
    let value = number(&digits)?;
    let at = skip(line, end);
    let kind = match line.get(at)? {
        '篇' | '编' => MarkKind::Part,
        '章' => MarkKind::Chapter,
        '节' => MarkKind::Section,
        _ => return None,
    };
    // 第一节课, 第二章程 are words: a mark is followed by a blank, by nothing, or by a title that is no such word.
    let next = line.get(at + 1).copied();
    if matches!(
        (kind, next),
        (MarkKind::Section, Some('课')) | (MarkKind::Chapter, Some('程')) | (_, Some('的' | '所' | '规'))
    ) {
        return None;
    }
    let mut end = at + 1;
    if matches!(line.get(end), Some('、' | '：')) {
        end += 1;
    }
    Mark::new(kind, line, end, value)
}

/// （一）, （1）.
fn bracket(line: &[char]) -> Option<Mark> {
    let from = skip(line, 1);
    let (end, digits) = run(line, from, |c| numerals::is_numeral(c) || c.is_ascii_digit());
    let at = skip(line, end);
    if line.get(at) != Some(&'）') {
        return None;
    }
    let value = number(&digits)?;
    if value == 0 || value > 300 {
        return None;
    }
    let kind = if digits[0].is_ascii_digit() { MarkKind::Subpoint } else { MarkKind::Subitem };
    let mut end = at + 1;
    if line.get(end) == Some(&'、') {
        end += 1;
    }
    Mark::new(kind, line, end, value)
}

/// 专栏 4, 专栏四：, 【专栏4】.
fn boxed(line: &[char], from: usize) -> Option<Mark> {
    if line.get(from) != Some(&'专') || line.get(skip(line, from + 1)) != Some(&'栏') {
        return None;
    }
    let at = skip(line, skip(line, from + 1) + 1);
    let (end, digits) = run(line, at, |c| numerals::is_numeral(c) || c.is_ascii_digit());
    let value = number(&digits).unwrap_or(0);
    let mut end = if digits.is_empty() { at } else { end };
    while matches!(line.get(end), Some('：' | '】' | '、' | '—')) {
        end += 1;
    }
    if digits.is_empty() && end == at && at == from + 2 {
        return None;
    }
    Mark::new(MarkKind::Box, line, end, value)
}

/// 一、 or 一. or 十二．; not 一、二、三产业 and not 一是.
fn item(line: &[char]) -> Option<Mark> {
    let (end, digits) = run(line, 0, numerals::is_numeral);
    let at = skip(line, end);
    if !matches!(line.get(at), Some('、' | '.')) {
        return None;
    }
    let value = number(&digits).filter(|v| (1..=200).contains(v))?;
    let title = skip(line, at + 1);
    // 二、三产业: the word after the stop is itself a numeral, followed by no unit of its own.
    if line.get(title).is_some_and(|c| numerals::digit(*c).is_some()) {
        let (after, _) = run(line, title, numerals::is_numeral);
        if matches!(line.get(after), Some('、' | '产' | '级' | '线' | '次' | '类')) {
            return None;
        }
    }
    Some(Mark { kind: MarkKind::Item, end: at + 1, title, value: vec![value] })
}

/// 1. and 1、, 1）, 2.1.3, 01 and a bare 2 before a blank.
fn arabic(line: &[char]) -> Option<Mark> {
    let mut parts: Vec<u32> = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        while at < line.len() && line[at].is_ascii_digit() && at - start < 4 {
            at += 1;
        }
        if at == start || line.get(at).is_some_and(char::is_ascii_digit) {
            return None;
        }
        parts.push(line[start..at].iter().collect::<String>().parse().ok()?);
        if line.get(at) == Some(&'.') && line.get(at + 1).is_some_and(char::is_ascii_digit) && parts.len() < 6 {
            at += 1;
        } else {
            break;
        }
    }
    let next = line.get(at).copied();
    if parts.len() > 1 {
        if parts.iter().any(|p| *p == 0 || *p > 99) || line[0] == '0' {
            return None;
        }
        let end = if next == Some('.') { at + 1 } else { at };
        let title = skip(line, end);
        // 3.5万元 is an amount.
        if title == end && (UNIT.at(line, end).is_some() || MAGNITUDE.at(line, end).is_some()) {
            return None;
        }
        let word =
            line.get(title).is_some_and(|c| is_han(*c) || matches!(c, '“' | '"' | '《') || c.is_ascii_alphabetic());
        return (word || title == line.len()).then_some(Mark { kind: MarkKind::Decimal, end, title, value: parts });
    }
    let value = parts[0];
    let blank = skip(line, at);
    match line.get(blank).copied() {
        Some('.' | '、') if (1..=200).contains(&value) && blank <= at + 1 => {
            let mark = Mark::new(MarkKind::Point, line, blank + 1, value)?;
            // 3.5 with a blank after the point is still a number.
            (!line.get(mark.title).is_some_and(char::is_ascii_digit) || line[blank] == '、').then_some(mark)
        }
        Some('）') if (1..=99).contains(&value) && blank == at => Mark::new(MarkKind::Subpoint, line, at + 1, value),
        Some(c) if blank > at && is_title_start(c) && value <= 99 => {
            let kind = if line[0] == '0' || line.len() < 3 { MarkKind::Entry } else { MarkKind::Decimal };
            Mark::new(kind, line, at, value)
        }
        _ => None,
    }
}

/// May a title begin with this?
fn is_title_start(c: char) -> bool {
    (is_han(c) && !matches!(c, '年' | '月' | '日' | '个' | '项' | '家' | '亿' | '万' | '元' | '号'))
        || matches!(c, '“' | '《' | '"')
}
