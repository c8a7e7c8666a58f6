//! Times (时间): years, spans of years, plan periods and what they are said for.

use super::context::PlanYears;
use super::numbers::{self, skip, skip_back};
use gangmu_kernel::numerals;

/// How a time is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// 2025 年.
    Year,
    /// 到 2025 年, 2025 年末.
    By,
    /// 2021—2025 年, “十四五”时期.
    Span,
    /// 比 2020 年, 在 2020 年基础上: only a comparison.
    Base,
    /// 由 2025 年的, 从 2025 年: dates only the figure right after it.
    Start,
    /// 今年, 去年: by the plan's own year.
    Relative(i32),
}

/// A time in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    pub start: usize,
    pub end: usize,
    pub kind: From,
    pub from: u32,
    pub to: u32,
}

impl Time {
    pub(super) fn years(&self) -> Option<PlanYears> {
        (self.from > 0).then_some(PlanYears { from: self.from, to: self.to })
    }

    /// As the contract writes it: `2025` or `2016-2020`.
    pub fn text(&self) -> String {
        if self.from == self.to { self.to.to_string() } else { format!("{}-{}", self.from, self.to) }
    }
}

/// The times in a folded text, in order.
pub(crate) fn times(text: &[char]) -> Vec<Time> {
    let mut out: Vec<Time> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let found = match text[at] {
            '1' | '2' => year(text, at),
            '二' => chinese_year(text, at),
            '十' => five_year(text, at),
            '第' => ordinal_plan(text, at),
            '今' | '去' | '明' | '上' | '本' => relative(text, at),
            _ => None,
        };
        match found {
            Some(time) => {
                at = time.end.max(at + 1);
                out.push(time);
            }
            None => {
                at += 1;
                while at < text.len() && text[at - 1].is_ascii_digit() && text[at].is_ascii_digit() {
                    at += 1;
                }
            }
        }
    }
    out
}

fn is_plan_year(value: u32) -> bool {
    (1949..=2100).contains(&value)
}

/// 2025 年, 2021—2025 年, 2021 年至 2025 年.
fn year(text: &[char], at: usize) -> Option<Time> {
    let first = numbers::arabic(text, at)?;
    let value = |n: &numbers::Number| {
        (n.end - n.start == 4).then(|| u32::try_from(n.value.mantissa()).ok()).flatten().filter(|v| is_plan_year(*v))
    };
    let from = value(&first)?;
    let mut end = skip(text, first.end);
    let mut named = text.get(end) == Some(&'年');
    if named {
        end += 1;
    }
    let sign = skip(text, end);
    let mut second_at = sign;
    while second_at < text.len() && matches!(text[second_at], '—' | '-' | '~' | '至' | '到' | '/') {
        second_at += 1;
    }
    let second = numbers::arabic(text, skip(text, second_at)).filter(|_| second_at > sign);
    if let Some((to, second)) =
        second.and_then(|n| Some((value(&n)?, n))).filter(|(to, _)| *to > from && *to - from <= 60)
    {
        let mut end = skip(text, second.end);
        named = named || matches!(text.get(end), Some('年' | '）'));
        if text.get(end) == Some(&'年') {
            end += 1;
        }
        return named.then_some(Time { start: at, end, kind: From::Span, from, to });
    }
    if !named {
        return None;
    }
    Some(finish(text, Time { start: at, end, kind: From::Year, from, to: from }))
}

/// Says whether a single year is an end, a base or a plain year.
fn finish(text: &[char], mut time: Time) -> Time {
    let before = skip_back(text, time.start);
    let last = before.checked_sub(1).map(|i| text[i]);
    let rest = &text[time.end..text.len().min(time.end + 4)];
    let based = matches!(last, Some('比' | '较' | '于'))
        || rest.starts_with(&['基', '础', '上'])
        || rest.starts_with(&['的', '基', '础'])
        || (last == Some('在') && rest.starts_with(&['基']));
    let starts = matches!(last, Some('由' | '从')) && !rest.starts_with(&['起']) && !rest.starts_with(&['开', '始']);
    if starts {
        time.kind = From::Start;
    } else if (based && last != Some('到')) || rest.starts_with(&['以', '来']) {
        time.kind = From::Base;
    } else if matches!(last, Some('到' | '至'))
        || rest.starts_with(&['末'])
        || rest.starts_with(&['年', '底'])
        || rest.starts_with(&['底'])
        || rest.starts_with(&['前'])
    {
        time.kind = From::By;
    }
    time
}

/// 二〇三五年.
fn chinese_year(text: &[char], at: usize) -> Option<Time> {
    let digits: Vec<(usize, char)> =
        (at..text.len().min(at + 12)).map(|i| (i, text[i])).filter(|(_, c)| *c != ' ').take(5).collect();
    if digits.len() < 5 || digits[4].1 != '年' {
        return None;
    }
    let value = digits[..4].iter().try_fold(0u32, |sum, (_, c)| Some(sum * 10 + u32::from(numerals::digit(*c)?)))?;
    is_plan_year(value)
        .then(|| finish(text, Time { start: at, end: digits[4].0 + 1, kind: From::Year, from: value, to: value }))
}

/// The years of the n-th five-year plan: the fourteenth is 2021 to 2025.
fn five_years(n: u64) -> Option<PlanYears> {
    let n = u32::try_from(n).ok().filter(|n| (6..=40).contains(n))?;
    let from = 1951 + n * 5;
    Some(PlanYears { from, to: from + 4 })
}

/// “十四五”时期, “十四五”末.
fn five_year(text: &[char], at: usize) -> Option<Time> {
    if !(at > 0 && matches!(text[at - 1], '“' | '"' | '「' | '\'' | '‘')) {
        return None;
    }
    let close = (at..text.len().min(at + 5)).find(|i| matches!(text[*i], '”' | '"' | '」' | '\'' | '’'))?;
    let word = &text[at..close];
    let years = match word {
        ['十', '五'] => five_years(10),
        ['十', x, '五'] => five_years(10 + u64::from(numerals::digit(*x)?)),
        _ => None,
    }?;
    let rest = skip(text, close + 1);
    let tail = &text[rest..text.len().min(rest + 2)];
    let end = matches!(tail, ['末', ..] | ['期', '末'] | ['时', '末']);
    // “十五五”第一年, “十五五”开局之年 name a year, not the period.
    let begins = matches!(tail, ['第', '一' | '二' | '三' | '四' | '五'] | ['开', '局'] | ['首', '年']);
    let (from, kind) = if end {
        (years.to, From::By)
    } else if begins {
        (years.from, From::Base)
    } else {
        (years.from, From::Span)
    };
    Some(Time { start: at - 1, end: close + 1, kind, from, to: years.to })
}

/// 第十四个五年规划.
fn ordinal_plan(text: &[char], at: usize) -> Option<Time> {
    let end = (at + 1..text.len().min(at + 5)).find(|i| text[*i] == '个')?;
    if text.get(end + 1) != Some(&'五') || text.get(end + 2) != Some(&'年') {
        return None;
    }
    let years = five_years(numerals::whole(&text[at + 1..end])?)?;
    Some(Time { start: at, end: end + 3, kind: From::Span, from: years.from, to: years.to })
}

/// 今年, 去年, 上年, 明年: only where they are words of their own.
fn relative(text: &[char], at: usize) -> Option<Time> {
    if text.get(at + 1) != Some(&'年') {
        return None;
    }
    let offset = match text[at] {
        '今' | '本' => 0,
        '去' => -1,
        '明' => 1,
        _ => {
            let based = at > 0 && matches!(text[at - 1], '比' | '较');
            return based.then_some(Time { start: at, end: at + 2, kind: From::Base, from: 0, to: 0 });
        }
    };
    Some(Time { start: at, end: at + 2, kind: From::Relative(offset), from: 0, to: 0 })
}
