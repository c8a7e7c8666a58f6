//! Unknown units (未知单位): a figure whose unit nobody knows, mostly a misprint of one that is known.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::figures;
use super::{LEXICON, notice, quoted};
use crate::compile::tasks::Phrases;
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
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>) {
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
            let Some((stop, rule, right)) = doubtful(text, end, decimals) else { continue };
            let (said, wrong) = (&text[start..stop], &text[end..stop]);
            let span = phrases.span(&(passage.range.start + start..passage.range.start + stop));
            let hint = if right.is_empty() { String::new() } else { format!("，疑为“{right}”之误") };
            out.push(notice(
                NoticeKind::UnknownUnit,
                rule,
                format!("{}的单位无法识别{hint}。请更正。", quoted(said)),
                &[span],
                &[("unit", wrong.iter().collect()), ("perhaps", right)],
            ));
        }
    }
}

/// The end, rule and likely meaning of a unit that is unknown.
fn doubtful(text: &[char], end: usize, decimals: u32) -> Option<(usize, &'static str, String)> {
    let (_, behind) = figures::magnitude(text, end);
    if figures::names_at(text, behind) || figures::unit_at(text, behind).is_some_and(|len| ends(text, behind + len)) {
        return None;
    }
    let stop = (behind + 1..=(behind + LONGEST).min(text.len())).find(|&i| ends(text, i))?;
    let unit = &text[behind..stop];
    let plain = |c: &char| crate::compile::fold::is_han(*c) || c.is_ascii_alphabetic();
    if !unit.iter().all(plain) {
        return None;
    }
    if let Some(right) = looks_like(unit) {
        return Some((stop, LOOKALIKE, right));
    }
    // 千佤: the magnitude may be part of the unit.
    let written = &text[end..stop];
    if behind > end
        && let Some(right) = looks_like(&text[behind - 1..stop])
    {
        return Some((stop, LOOKALIKE, right));
    }
    if let Some(right) = SORTED
        .get(&sorted(unit))
        .filter(|u| !u.chars().eq(unit.iter().copied()) && !unit.iter().all(char::is_ascii_uppercase))
    {
        return Some((stop, TURNED, right.clone()));
    }
    (decimals > 0
        && written.len() == 1
        && crate::compile::fold::is_han(unit[0])
        && figures::unit_at(text, behind).is_none()
        && !matches!(unit[0], '版' | '级' | '期' | '代' | '号' | '章' | '节'))
    .then(|| (stop, UNKNOWN, String::new()))
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
