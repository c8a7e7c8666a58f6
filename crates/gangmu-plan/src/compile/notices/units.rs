//! Unknown units (未知单位): a figure whose unit nobody knows, mostly a misprint of one that is known.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::figures;
use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::tasks::Phrases;
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

/// A character is taken for one that looks like it.
const LOOKALIKE: &str = "notice.unit.lookalike";
/// The characters of a known unit in another order.
const TURNED: &str = "notice.unit.turned";
/// A decimal number before a single character that is no unit.
const UNKNOWN: &str = "notice.unit.unknown";

/// Longer units are read from their beginning.
const LONGEST: usize = 5;

/// `wrong → right` characters.
static LOOKALIKES: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut map: HashMap<char, Vec<char>> = HashMap::new();
    for pair in LEXICON.group("lookalike") {
        if let Some((wrong, right)) = pair.split_once('=')
            && let (Some(wrong), Some(right)) = (wrong.chars().next(), right.chars().next())
        {
            map.entry(wrong).or_default().push(right);
        }
    }
    map
});

/// Known units of three characters and more by their sorted characters, and of two Latin letters.
static SORTED: LazyLock<HashMap<Vec<char>, String>> = LazyLock::new(|| {
    figures::units()
        .iter()
        .filter(|u| u.chars().count() >= 3 || u.chars().count() == 2 && u.chars().all(|c| c.is_ascii_alphabetic()))
        .map(|u| (sorted(&u.chars().collect::<Vec<_>>()), (*u).to_owned()))
        .collect()
});

fn sorted(text: &[char]) -> Vec<char> {
    let mut out: Vec<char> = text.iter().map(char::to_ascii_lowercase).collect();
    out.sort_unstable();
    out
}

/// Finds units that nobody knows.
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    for passage in &phrases.passages {
        let text = phrases.slice(&passage.range);
        let mut at = 0;
        while at < text.len() {
            if !text[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            let (value, decimals, end) = figures::number(text, at);
            at = end.max(start + 1);
            if value.is_none()
                || start > 0
                    && (text[start - 1].is_ascii_alphabetic() || matches!(text[start - 1], '第' | '.' | '-' | '—'))
            {
                continue;
            }
            let span = |stop: usize| phrases.span(&(passage.range.start + start..passage.range.start + stop));
            let (stop, rule, right) = match doubtful(text, end, decimals) {
                Ok(found) => found,
                Err(Some((stop, sign))) => {
                    no_doubt(trace, span(stop), UNKNOWN, sign);
                    continue;
                }
                Err(None) => continue,
            };
            let (said, wrong) = (&text[start..stop], &text[end..stop]);
            let hint = if right.is_empty() { String::new() } else { format!("，疑为“{right}”之误") };
            out.push(notice(
                NoticeKind::UnknownUnit,
                rule,
                format!("{}的单位无法识别{hint}。请更正。", quoted(said)),
                &[span(stop)],
                &[("unit", wrong.iter().collect()), ("perhaps", right)],
            ));
        }
    }
}

/// The end, rule and likely meaning of a unit.
type Doubtful = (usize, &'static str, String);

/// A unit that is unknown; or the end of one that came near and what turned it away.
fn doubtful(text: &[char], end: usize, decimals: u32) -> Result<Doubtful, Option<(usize, &'static str)>> {
    let (_, behind) = figures::magnitude(text, end);
    if figures::names_at(text, behind) || figures::unit_at(text, behind).is_some_and(|len| ends(text, behind + len)) {
        return Err(None);
    }
    let stop = (behind + 1..=(behind + LONGEST).min(text.len())).find(|&i| ends(text, i)).ok_or(None)?;
    let unit = &text[behind..stop];
    let plain = |c: &char| crate::compile::fold::is_han(*c) || c.is_ascii_alphabetic();
    if !unit.iter().all(plain) {
        return Err(None);
    }
    if let Some(right) = looks_like(unit) {
        return Ok((stop, LOOKALIKE, right));
    }
    // 千佤: the magnitude may be part of the unit.
    let written = &text[end..stop];
    if behind > end
        && let Some(right) = looks_like(&text[behind - 1..stop])
    {
        return Ok((stop, LOOKALIKE, right));
    }
    if let Some(right) = SORTED
        .get(&sorted(unit))
        .filter(|u| !u.chars().eq(unit.iter().copied()) && !unit.iter().all(char::is_ascii_uppercase))
    {
        return Ok((stop, TURNED, right.clone()));
    }
    if written.len() != 1 || !crate::compile::fold::is_han(unit[0]) || figures::unit_at(text, behind).is_some() {
        return Err(None);
    }
    if matches!(unit[0], '版' | '级' | '期' | '代' | '号' | '章' | '节') {
        return Err(Some((stop, "a_number_and_no_amount")));
    }
    if decimals == 0 { Err(Some((stop, "whole_number"))) } else { Ok((stop, UNKNOWN, String::new())) }
}

/// The known unit that a unit becomes by one character that looks alike.
fn looks_like(unit: &[char]) -> Option<String> {
    if figures::unit_at(unit, 0) == Some(unit.len()) {
        return None;
    }
    for (i, c) in unit.iter().enumerate() {
        for right in LOOKALIKES.get(c).into_iter().flatten() {
            let mut mended = unit.to_vec();
            mended[i] = *right;
            if figures::unit_at(&mended, 0) == Some(mended.len()) {
                return Some(mended.iter().collect());
            }
        }
    }
    None
}

/// Does a unit end here: a stop, a comparator or the end of the sentence behind it?
fn ends(text: &[char], at: usize) -> bool {
    match text.get(at) {
        None => true,
        Some(c) => matches!(c, '，' | '。' | '；' | '、' | '）' | '以' | '左' | '的' | '和' | '及' | '/'),
    }
}
