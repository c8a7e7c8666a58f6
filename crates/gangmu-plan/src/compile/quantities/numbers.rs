//! Numbers (数字): Arabic with blanks and separators, Chinese, fractions of both.

use rust_decimal::Decimal;

use crate::compile::fold::is_blank;
use gangmu_kernel::numerals;

/// A number in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// First code point, in the text given.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// Its value.
    pub value: Decimal,
    /// Is it written with Arabic digits?
    pub arabic: bool,
}

/// Steps over blanks.
pub(crate) fn skip(text: &[char], mut at: usize) -> usize {
    while at < text.len() && is_blank(text[at]) {
        at += 1;
    }
    at
}

/// Steps back over blanks.
pub(crate) fn skip_back(text: &[char], mut at: usize) -> usize {
    while at > 0 && is_blank(text[at - 1]) {
        at -= 1;
    }
    at
}

/// Reads an Arabic number that begins at `at`: 1682.15, 1,234, 3. 5.
pub(crate) fn arabic(text: &[char], at: usize) -> Option<Number> {
    if !text.get(at)?.is_ascii_digit() {
        return None;
    }
    let mut digits = String::new();
    let mut end = at;
    while end < text.len() && text[end].is_ascii_digit() && digits.len() < 18 {
        digits.push(text[end]);
        end += 1;
    }
    // Groups of three after a comma: 1,234,567. The folded comma is full-width.
    if digits.len() <= 3 {
        while text.get(end) == Some(&'，') && digits.len() < 15 {
            let group = &text[end + 1..text.len().min(end + 4)];
            let grouped = group.len() == 3
                && group.iter().all(char::is_ascii_digit)
                && !text.get(end + 4).is_some_and(char::is_ascii_digit);
            if !grouped {
                break;
            }
            digits.extend(group);
            end += 4;
        }
    }
    if matches!(text.get(end), Some('.' | '．')) && text.get(end + 1).is_some_and(char::is_ascii_digit) {
        let mut fraction = end + 1;
        let mut decimals = String::new();
        while fraction < text.len() && text[fraction].is_ascii_digit() && decimals.len() < 8 {
            decimals.push(text[fraction]);
            fraction += 1;
        }
        // 1.2.3 is a numbering or a version, not a number.
        if text.get(fraction) == Some(&'.') && text.get(fraction + 1).is_some_and(char::is_ascii_digit) {
            return None;
        }
        digits.push('.');
        digits.push_str(&decimals);
        end = fraction;
    }
    let value = digits.parse::<Decimal>().ok()?.normalize();
    Some(Number { start: at, end, value, arabic: true })
}

/// Reads a Chinese number that begins at `at`: 三, 两千亿, 十五, 半; 百 and 千 alone only before 万 and 亿.
pub(crate) fn chinese(text: &[char], at: usize) -> Option<Number> {
    if text.get(at) == Some(&'半') {
        return Some(Number { start: at, end: at + 1, value: Decimal::new(5, 1), arabic: false });
    }
    let mut end = at;
    while end < text.len() && end - at < 12 && numerals::is_numeral(text[end]) {
        end += 1;
    }
    let run = &text[at..end];
    let value = numerals::whole(run).or_else(|| magnitude(run))?;
    Some(Number { start: at, end, value: Decimal::from(value), arabic: false })
}

/// A word of magnitude that stands without a digit: 百万, 千亿. One character alone is part of some other word.
fn magnitude(run: &[char]) -> Option<u64> {
    (run.len() > 1).then(|| numerals::power_word(&run.iter().collect::<String>()))?
}

/// Where an Arabic number that ends before `end` begins, for looking back.
pub(crate) fn arabic_before(text: &[char], end: usize) -> bool {
    end > 0 && text[end - 1].is_ascii_digit()
}
