//! Qualifiers (限定词): what the words around an amount say of it — 达到, 不超过, 下降到, 下降了, 以上, 年均.

use super::amount::Amount;
use super::numbers::{skip, skip_back};
use super::words as w;
use crate::compiled::{Comparator, Direction};

/// How the text leads to the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Nothing but the amount.
    Plain,
    /// 达到, 为, 实现.
    Reach,
    /// 提高到, 下降到: the amount is where it ends.
    To,
    /// 增长, 下降了: the amount is by how much.
    By,
    /// 新增, 建成.
    New,
    /// 由, 从: the amount is where it began.
    From,
}

/// What was found around an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Qualified {
    /// First code point of the qualifier before the amount.
    pub start: usize,
    /// One past the qualifier after it.
    pub end: usize,
    pub comparator: Comparator,
    pub way: Way,
    pub direction: Option<Direction>,
    /// 年均.
    pub annual: bool,
    /// 以上 and the like after the unit.
    pub suffix: bool,
}

/// Reads the qualifiers around an amount.
pub(crate) fn qualify(text: &[char], amount: &Amount) -> Qualified {
    let mut found = Qualified {
        start: amount.start,
        end: amount.end,
        comparator: Comparator::Eq,
        way: Way::Plain,
        direction: None,
        annual: false,
        suffix: false,
    };
    let mut comparator = None;
    let mut cap = false;
    if let Some((start, direction)) = dated(text, amount.start) {
        (found.start, found.way, found.direction) = (start, Way::To, Some(direction));
        found.end = amount.end;
    }
    for _ in 0..6 {
        let at = skip_back(text, found.start);
        if let Some(c) = bound(text, at) {
            cap = cap || c.0 == Comparator::Le && c.2;
            comparator = comparator.or(Some(c.0));
            found.start = at - c.1;
            continue;
        }
        let Some((len, step)) = step(text, at) else { break };
        // 率为, 达: the last word before the number decides; words further away only colour it.
        step.apply(&mut found);
        found.start = at - len;
    }
    // 提升 24 个服务区 is work on them, not a growth by so many.
    let unit = amount.unit.as_deref().unwrap_or("");
    if found.way == Way::By
        && super::counts(unit)
        && text[..amount.start].iter().rev().take(6).collect::<String>().contains("升提")
    {
        found.way = Way::New;
        found.direction = None;
    }
    // A lone particle at the front is no qualifier.
    if found.way == Way::Plain && comparator.is_none() && !found.annual && found.direction.is_none() {
        found.start = amount.start;
    }
    if amount.more {
        comparator = comparator.or(Some(Comparator::Gt));
    }
    suffix(text, &mut found, &mut comparator, cap);
    found.comparator = comparator.unwrap_or(Comparator::Eq);
    found
}

/// 提高到 2030 年的 72%: the word of the way stands before the year.
fn dated(text: &[char], start: usize) -> Option<(usize, Direction)> {
    let mut at = skip_back(text, start);
    if at > 0 && text[at - 1] == '的' {
        at -= 1;
    }
    let end = at;
    while at > 0 && end - at < 10 && (text[at - 1].is_ascii_digit() || matches!(text[at - 1], '年' | '末' | '底' | ' '))
    {
        at -= 1;
    }
    if !text[at..end].contains(&'年') || end - at < 5 {
        return None;
    }
    let up = w::TO_UP.before(text, at).map(|len| (at - len, Direction::Up));
    up.or_else(|| w::TO_DOWN.before(text, at).map(|len| (at - len, Direction::Down)))
}

/// 不低于, 超过, 控制在, 约 before `end`: comparator, length, and whether it is a cap that 左右 may soften.
fn bound(text: &[char], end: usize) -> Option<(Comparator, usize, bool)> {
    [
        (&*w::BEFORE_GE, Comparator::Ge),
        (&*w::BEFORE_LE, Comparator::Le),
        (&*w::BEFORE_LT, Comparator::Lt),
        (&*w::BEFORE_GT, Comparator::Gt),
        (&*w::BEFORE_ABOUT, Comparator::About),
    ]
    .iter()
    .filter_map(|(words, c)| words.before(text, end).map(|len| (*c, len)))
    .max_by_key(|(_, len)| *len)
    .map(|(c, len)| (c, len, text[end - 1] == '在'))
}

/// A step of the way.
#[derive(Debug, Clone, Copy)]
enum Step {
    Way(Way, Option<Direction>),
    Annual,
    Particle,
}

impl Step {
    fn apply(self, found: &mut Qualified) {
        match self {
            Self::Way(way, direction) => {
                if found.way == Way::Plain || (found.way == Way::Reach && matches!(way, Way::By | Way::New)) {
                    found.way = way;
                }
                found.direction = found.direction.or(direction);
            }
            Self::Annual => found.annual = true,
            Self::Particle => {}
        }
    }
}

/// The word before `end` that leads to the amount, longest first.
fn step(text: &[char], end: usize) -> Option<(usize, Step)> {
    let sets: [(&crate::compile::lexicon::Words, Step); 9] = [
        (&w::TO_UP, Step::Way(Way::To, Some(Direction::Up))),
        (&w::TO_DOWN, Step::Way(Way::To, Some(Direction::Down))),
        (&w::TO, Step::Way(Way::From, None)),
        (&w::BY_UP, Step::Way(Way::By, Some(Direction::Up))),
        (&w::BY_DOWN, Step::Way(Way::By, Some(Direction::Down))),
        (&w::NEW, Step::Way(Way::New, None)),
        (&w::REACH, Step::Way(Way::Reach, None)),
        (&w::ANNUAL, Step::Annual),
        (&w::PARTICLE, Step::Particle),
    ];
    let (len, step) = sets
        .iter()
        .filter_map(|(words, step)| words.before(text, end).map(|len| (len, *step)))
        .max_by(|a, b| a.0.cmp(&b.0).then(std::cmp::Ordering::Greater))?;
    let word = &text[end - len..end];
    let step = match (word, step) {
        (['调', '整', ..] | ['变', '为'] | ['改', '为'] | ['优', '化', ..], _) => Step::Way(Way::To, None),
        // 年 before a number is 每年 only after nothing that makes it a date.
        (['年'], Step::Annual) => {
            let before = end.checked_sub(2).map_or('\n', |i| text[i]);
            if before.is_ascii_digit()
                || before == ' '
                || matches!(
                    before,
                    '每' | '少' | '老' | '往' | '历' | '今' | '去' | '明' | '全' | '五' | '十' | '近' | '当' | '上'
                )
            {
                return None;
            }
            step
        }
        // 为 at the front of a comma-clause is a preposition: 为 3 岁以下儿童提供….
        (['为'], _) if end < 2 || !crate::compile::fold::is_han(text[end - 2]) => return None,
        // 占 and 在 alone carry no way of their own but belong to the amount.
        _ => step,
    };
    Some((len, step))
}

/// 以上, 以内, 左右 after the unit.
fn suffix(text: &[char], found: &mut Qualified, comparator: &mut Option<Comparator>, cap: bool) {
    let at = skip(text, found.end);
    let take = |len: usize, found: &mut Qualified| {
        found.end = at + len;
        found.suffix = true;
    };
    if let Some(len) = w::AFTER_GE.at(text, at) {
        if text[at] != '起' {
            take(len, found);
            *comparator = Some(Comparator::Ge);
        }
    } else if let Some(len) = w::AFTER_LE.at(text, at) {
        // 内 alone only after a length of time; 国内, 市内 are words.
        let time =
            text[..found.end].iter().rev().take(2).any(|c| matches!(c, '年' | '月' | '天' | '时' | '钟' | '日' | '周'));
        if len > 1 || (text[at] == '内' && time) {
            take(len, found);
            *comparator = Some(Comparator::Le);
        }
    } else if let Some(len) = w::AFTER_ABOUT.at(text, at) {
        take(len, found);
        // 控制在 3% 左右 is about, not at most.
        if comparator.is_none() || cap {
            *comparator = Some(Comparator::About);
        }
    }
}
