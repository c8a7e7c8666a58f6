//! Cells of an indicator table (单元格): names with their units, and values in their many spellings.

use rust_decimal::Decimal;

use super::LEXICON;
use crate::compile::fold::{is_blank, is_han};
use crate::compile::ground::tidy;
use crate::compile::quantities::words::{MAGNITUDE, UNIT};
use crate::compile::quantities::{self, qualify};
use crate::compiled::{Attribute, Comparator};

/// A value as a cell states it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellValue {
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub comparator: Option<Comparator>,
    pub unit: Option<String>,
    /// 〔〕: over the plan's years together.
    pub cumulative: bool,
    /// 年均 in the cell.
    pub annual: bool,
    /// A mark such as * that a note explains.
    pub starred: bool,
    /// A year in brackets: 3.84（2024 年）.
    pub year: Option<u32>,
    /// As written, without blanks; none where the cell says nothing.
    pub text: Option<String>,
}

/// Does the cell say nothing?
pub(super) fn is_nothing(text: &[char]) -> bool {
    let bare: String = text.iter().filter(|c| !is_blank(**c) && **c != '\n').collect();
    bare.is_empty() || LEXICON.group("nothing").iter().any(|w| *w == bare)
}

/// Reads a value.
pub(super) fn value(text: &[char]) -> CellValue {
    if is_nothing(text) {
        return CellValue::default();
    }
    let mut out = CellValue { text: Some(tidy(text)), ..CellValue::default() };
    let mut bare: Vec<char> = Vec::with_capacity(text.len());
    let mut depth = 0usize;
    for &c in text {
        match c {
            '〔' | '【' | '［' => out.cumulative = true,
            '〕' | '】' | '］' => {}
            '*' | '＊' | '※' | '#' => out.starred = true,
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            ' ' | '\n' | '\t' => {}
            _ if depth > 0 => {}
            c => bare.push(c),
        }
    }
    out.year = note_year(text);
    out.annual = bare.windows(2).any(|p| p == ['年', '均']);
    if let Some(first) = plain(&bare).or_else(|| measured(&bare)) {
        out.value = first.value;
        out.low = first.low;
        out.high = first.high;
        out.comparator = first.comparator;
        out.unit = first.unit;
    }
    out
}

/// The year that a bracket in the cell names.
fn note_year(text: &[char]) -> Option<u32> {
    let open = text.iter().position(|c| *c == '（')?;
    let digits: String = text[open + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
    digits.parse::<u32>().ok().filter(|y| (1990..=2100).contains(y))
}

struct Read {
    value: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    comparator: Option<Comparator>,
    unit: Option<String>,
}

/// >22, 1.45左右, 4.5—5, 25%, 2.21∶1: a sign, a number or range, perhaps a unit, perhaps 以上.
fn plain(text: &[char]) -> Option<Read> {
    let mut at = 0;
    let mut comparator = None;
    const SIGNS: [(&str, Comparator); 22] = [
        ("不低于", Comparator::Ge),
        ("不少于", Comparator::Ge),
        ("不高于", Comparator::Le),
        ("不超过", Comparator::Le),
        ("控制在", Comparator::Le),
        ("大于等于", Comparator::Ge),
        ("小于等于", Comparator::Le),
        ("超过", Comparator::Gt),
        ("突破", Comparator::Gt),
        ("大于", Comparator::Gt),
        ("高于", Comparator::Gt),
        ("低于", Comparator::Lt),
        ("小于", Comparator::Lt),
        ("达到", Comparator::Eq),
        ("预计", Comparator::Eq),
        ("≥", Comparator::Ge),
        ("≤", Comparator::Le),
        (">", Comparator::Gt),
        ("<", Comparator::Lt),
        ("约", Comparator::About),
        ("年均", Comparator::Eq),
        ("增长", Comparator::Eq),
    ];
    'signs: loop {
        for (sign, c) in SIGNS {
            let sign: Vec<char> = sign.chars().collect();
            if text[at..].starts_with(&sign) {
                at += sign.len();
                if c != Comparator::Eq || comparator.is_none() {
                    comparator = Some(c);
                }
                continue 'signs;
            }
        }
        break;
    }
    let negative = matches!(text.get(at), Some('-' | '—')) && text.get(at + 1).is_some_and(char::is_ascii_digit);
    let (first, mut end) = number(text, at + usize::from(negative))?;
    let first = if negative { -first } else { first };
    let mut second = None;
    let unit_end = unit(text, end);
    let sign = unit_end.unwrap_or(end);
    if matches!(text.get(sign), Some('—' | '-' | '~' | '至'))
        && let Some((n, e)) = number(text, sign + 1).filter(|(n, _)| *n > first)
    {
        second = Some(n);
        end = e;
    }
    let mut unit_text = None;
    if let Some(e) = unit(text, end) {
        unit_text = Some(text[end..e].iter().collect::<String>());
        end = e;
    }
    let rest: String = text[end..].iter().collect();
    let after = match rest.as_str() {
        "" | "：1" | "：1.0" => None,
        "以上" | "及以上" => Some(Comparator::Ge),
        "以内" | "以下" | "之内" => Some(Comparator::Le),
        "左右" => Some(Comparator::About),
        _ => return None,
    };
    let ranged = second.is_some();
    Some(Read {
        value: (!ranged).then_some(first),
        low: ranged.then_some(first),
        high: second,
        comparator: after.or(comparator).or((!ranged).then_some(Comparator::Eq)),
        unit: unit_text,
    })
}

/// A number in a text without blanks.
fn number(text: &[char], at: usize) -> Option<(Decimal, usize)> {
    let mut digits = String::new();
    let mut end = at;
    while let Some(&c) = text.get(end) {
        let point = c == '.' && !digits.contains('.') && text.get(end + 1).is_some_and(char::is_ascii_digit);
        let comma = c == '，' && text.get(end + 1..end + 4).is_some_and(|g| g.iter().all(char::is_ascii_digit));
        if c.is_ascii_digit() || point {
            digits.push(c);
        } else if !comma || digits.is_empty() {
            break;
        }
        end += 1;
        if end - at > 20 {
            return None;
        }
    }
    digits.parse::<Decimal>().ok().map(|d| (d.normalize(), end))
}

/// One past a unit with its word of magnitude.
fn unit(text: &[char], at: usize) -> Option<usize> {
    let base = UNIT.at(text, at);
    let magnitude = MAGNITUDE.at(text, at);
    match (base, magnitude) {
        (Some(b), m) if m.is_none_or(|m| b > m) => Some(at + b),
        (_, Some(m)) => Some(UNIT.at(text, at + m).map_or(at + m, |u| at + m + u)),
        (Some(b), None) => Some(at + b),
        _ => None,
    }
}

/// Anything longer: the first measure that the sentence grammar finds.
fn measured(text: &[char]) -> Option<Read> {
    let measures = quantities::scan(text, true);
    let first = measures.iter().find(|m| m.way != qualify::Way::From && (m.value.is_some() || m.low.is_some()))?;
    Some(Read {
        value: first.value,
        low: first.low,
        high: first.high,
        comparator: (!first.no_comparator).then_some(first.comparator),
        unit: first.unit.clone(),
    })
}

/// A name with its number, unit and parent taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub name: String,
    pub unit: Option<String>,
    pub parent: Option<String>,
    /// 其中： stands before it.
    pub among: bool,
    /// It carries its own number.
    pub numbered: bool,
}

/// Reads a name: 12. 3 岁以下婴幼儿入托率（%）, 其中：…, 甲——乙.
pub(super) fn name(text: &[char]) -> Name {
    let mut out = Name::default();
    let joined: Vec<char> = tidy(text).chars().collect();
    let folded: Vec<char> = joined.iter().map(|c| crate::compile::fold::fold(*c)).collect();
    let mut from = number_end(&folded);
    out.numbered = from > 0;
    let rest = &folded[from..];
    if rest.starts_with(&['其', '中']) {
        out.among = true;
        from += 2;
        while matches!(folded.get(from), Some('：' | '，' | '、')) {
            from += 1;
        }
    }
    while matches!(folded.get(from), Some('—' | '-' | '·')) {
        out.among = true;
        from += 1;
    }
    let mut to = folded.len();
    while to > from && matches!(folded[to - 1], '*' | '※' | '：' | '；' | '#') {
        to -= 1;
    }
    if let Some((open, unit)) = unit_bracket(&folded, from, to) {
        out.unit = Some(unit);
        to = open;
    }
    let body = &joined[from..to];
    let dash = folded[from..to].windows(2).position(|p| p == ['—', '—']);
    if let Some(at) = dash.filter(|at| *at >= 2 && at + 4 <= body.len()) {
        out.parent = Some(body[..at].iter().collect());
        out.name = body[at + 2..].iter().collect();
    } else {
        out.name = body.iter().collect();
    }
    out
}

/// One past the number that a name begins with.
fn number_end(text: &[char]) -> usize {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=3).contains(&digits) && matches!(text.get(digits), Some('.' | '、' | '．')) {
        return digits + 1;
    }
    if matches!(text.first(), Some('①'..='⑳')) {
        return 1;
    }
    if text.first() == Some(&'（') {
        let inner =
            text[1..].iter().take_while(|c| c.is_ascii_digit() || gangmu_kernel::numerals::is_numeral(**c)).count();
        if (1..=3).contains(&inner) && text.get(inner + 1) == Some(&'）') {
            return inner + 2;
        }
    }
    0
}

/// The bracket at the end of a name, where it holds a unit: its place and the unit.
fn unit_bracket(text: &[char], from: usize, to: usize) -> Option<(usize, String)> {
    if to <= from + 2 || text[to - 1] != '）' {
        return None;
    }
    let open = text[from..to].iter().rposition(|c| *c == '（')? + from;
    let inner = &text[open + 1..to - 1];
    let first = inner.split(|c| matches!(c, '，' | '、' | '；')).next().unwrap_or(inner);
    is_unit(first).then(|| (open, first.iter().collect()))
}

/// Is the whole text a unit?
pub(super) fn is_unit(text: &[char]) -> bool {
    if text.is_empty() || text.len() > 14 {
        return false;
    }
    let mut at = 0;
    while let Some(end) = unit(text, at) {
        if end == text.len() {
            return true;
        }
        if text[end] != '/' {
            break;
        }
        at = end + 1;
    }
    // 微克/立方米, 人/平方公里 and the like that the list does not hold whole.
    text.contains(&'/')
        && text.iter().all(|c| is_han(*c) || *c == '/' || c.is_ascii_alphanumeric() || matches!(c, '³' | '²' | '%'))
}

/// 约束性 or 预期性.
pub(super) fn attribute(text: &[char]) -> Option<Attribute> {
    let bare: String = text.iter().filter(|c| !is_blank(**c) && **c != '\n').collect();
    let has = |group: &str| LEXICON.group(group).iter().any(|w| bare.contains(w));
    if has("binding") {
        Some(Attribute::Binding)
    } else if has("anticipatory") {
        Some(Attribute::Anticipatory)
    } else {
        None
    }
}
