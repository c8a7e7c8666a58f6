//! Figures (数字): numbers with their units, as the rules of arithmetic need them, exact.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::compile::lexicon::{Lexicon, Words};
use gangmu_kernel::numerals;

/// A number with its unit in a stretch of text without blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Place of its first digit.
    pub start: usize,
    /// One past its unit.
    pub end: usize,
    /// The number as written.
    pub value: Decimal,
    /// The number with 万 and 亿 multiplied out.
    pub amount: Decimal,
    /// Half of the last written digit, multiplied out: how far the true amount may lie off.
    pub slack: Decimal,
    /// The unit without magnitude; empty where there is none.
    pub unit: String,
}

static QUANTITIES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/quantities.txt")));
static UNITS: LazyLock<Words> = LazyLock::new(|| QUANTITIES.words(&["unit"]));
static PER: LazyLock<Words> = LazyLock::new(|| QUANTITIES.words(&["per"]));
static NAMES: LazyLock<Words> = LazyLock::new(|| QUANTITIES.words(&["no-quantity-after"]));

/// The length of the unit at a place.
pub(super) fn unit_at(text: &[char], at: usize) -> Option<usize> {
    UNITS.at(text, at)
}

/// The known units.
pub(super) fn units() -> &'static [&'static str] {
    QUANTITIES.group("unit")
}

/// Does a word at the place make a name of the number before it (号线)?
pub(super) fn names_at(text: &[char], at: usize) -> bool {
    NAMES.at(text, at).is_some()
}

/// Steps over 万, 亿 and their kin; gives their product.
pub(super) fn magnitude(text: &[char], mut at: usize) -> (Decimal, usize) {
    let mut product = Decimal::ONE;
    while let Some(&c) = text.get(at) {
        // 千瓦 and 百分点 are units of their own.
        let power = match c {
            '万' => 10_000,
            '亿' => 100_000_000,
            '百' if text.get(at + 1) != Some(&'分') => 100,
            '千' if unit_at(text, at).is_none() => 1_000,
            '十' => 10,
            _ => break,
        };
        product *= Decimal::from(power);
        at += 1;
    }
    (product, at)
}

/// All figures of a stretch, Arabic ones only.
pub(super) fn scan(text: &[char]) -> Vec<Figure> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let (value, decimals, end) = number(text, at);
        at = end.max(start + 1);
        let Some(value) = value else { continue };
        // A letter before the digits makes a name.
        if start > 0 && text[start - 1].is_ascii_alphabetic() {
            continue;
        }
        let (factor, from) = magnitude(text, end);
        let mut unit_end = from + unit_at(text, from).unwrap_or(0);
        if text.get(unit_end) == Some(&'/')
            && let Some(len) = PER.at(text, unit_end + 1)
        {
            unit_end += 1 + len;
        }
        let half = Decimal::new(5, decimals + 1);
        let (Some(amount), Some(slack)) = (value.checked_mul(factor), half.checked_mul(factor)) else { continue };
        out.push(Figure { start, end: unit_end, value, amount, slack, unit: text[from..unit_end].iter().collect() });
        at = unit_end.max(at);
    }
    out
}

/// The number at a place: its value, its decimals, and one past it.
pub(super) fn number(text: &[char], from: usize) -> (Option<Decimal>, u32, usize) {
    let mut at = from;
    let mut digits = String::new();
    let mut decimals = 0u32;
    let mut point = false;
    while let Some(&c) = text.get(at) {
        if c.is_ascii_digit() {
            digits.push(c);
            decimals += u32::from(point);
        } else if c == '.' && !point && text.get(at + 1).is_some_and(char::is_ascii_digit) {
            digits.push('.');
            point = true;
        } else {
            break;
        }
        at += 1;
    }
    if digits.len() > 18 {
        return (None, 0, at);
    }
    (digits.parse().ok(), decimals, at)
}

/// A small whole number at a place, in Arabic or Chinese digits, and one past it.
pub(super) fn small(text: &[char], at: usize) -> Option<(u64, usize)> {
    let c = *text.get(at)?;
    if c.is_ascii_digit() {
        let end = (at..text.len()).find(|&i| !text[i].is_ascii_digit()).unwrap_or(text.len());
        let value = text[at..end].iter().collect::<String>().parse().ok()?;
        return (end - at <= 4 && text.get(end) != Some(&'.')).then_some((value, end));
    }
    if c == '两' {
        return Some((2, at + 1));
    }
    if !"一二三四五六七八九十".contains(c) {
        return None;
    }
    let mut end = at + 1;
    while end < text.len()
        && end - at < 4
        && matches!(text[end], '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    {
        end += 1;
    }
    (at + 1..=end).rev().find_map(|e| numerals::whole(&text[at..e]).map(|v| (v, e)))
}
