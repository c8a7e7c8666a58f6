//! Amounts (数值与单位): a number, or two of them, with the unit after it.

use rust_decimal::Decimal;

use super::numbers::{self, Number, skip, skip_back};
use super::words::{
    AFTER_ABOUT, AFTER_GE, AFTER_GT, AFTER_LE, BEFORE_GE, BEFORE_GT, BEFORE_LE, BEFORE_LT, CN_NO, CN_UNIT, INDEX_NOUN,
    LEVEL_AFTER, MAGNITUDE, NO_QUANTITY_AFTER, PER, REACH, TO_DOWN, TO_UP, UNIT, UNIT_NOT, UNIT_YET,
};
use crate::compile::fold::is_han;
use gangmu_kernel::numerals;

/// What the numbers of an amount say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// One number.
    One(Decimal),
    /// From … to ….
    Range(Decimal, Decimal),
    /// Parts of a whole: 3∶52∶45.
    Ratio,
    /// So much to one: 2.3∶1.
    ToOne(Decimal),
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    /// First code point.
    pub start: usize,
    /// One past the unit.
    pub end: usize,
    pub value: Value,
    /// As written, without blanks; none for ratios and index figures.
    pub unit: Option<String>,
    /// 余 or 多 stands between number and unit.
    pub more: bool,
    /// Written with Arabic digits?
    pub arabic: bool,
    /// The unit is the size of a thing named after it: 千亿级, 30 万吨级.
    pub level: bool,
    /// The unit was taken from the next number of the list.
    pub borrowed: bool,
}

/// What stands after a number.
struct Tail {
    end: usize,
    unit: String,
    more: bool,
    level: bool,
}

/// The unit at a place, unless a longer word begins there: 3 项目标 has 项, “117 项目” has none.
fn unit_at(text: &[char], at: usize) -> Option<usize> {
    let len = UNIT.at(text, at)?;
    let word = UNIT_NOT.at(text, at).is_some_and(|n| n > len) && UNIT_YET.at(text, at).is_none();
    (!word).then_some(len)
}

/// Reads the unit after an Arabic number that ends at `at`.
fn tail(text: &[char], at: usize) -> Option<Tail> {
    let mut from = skip(text, at);
    // A letter right after the digits makes a name (5G, 4K) unless it begins a unit.
    if NO_QUANTITY_AFTER.at(text, from).is_some_and(|n| UNIT.at(text, from).is_none_or(|u| u <= n)) {
        return None;
    }
    let mut unit = String::new();
    let mut more = false;
    if let Some(len) = AFTER_GT.at(text, from) {
        more = true;
        from = skip(text, from + len);
    }
    let mut base = unit_at(text, from);
    let mut magnitude = None;
    if let Some(len) = MAGNITUDE.at(text, from) {
        // 千瓦 and 千米 are units of their own; 万户 is a magnitude with a unit.
        if base.is_none_or(|b| b <= len) {
            magnitude = Some(from + len);
            unit.extend(&text[from..from + len]);
            from = skip(text, from + len);
            if let Some(len) = AFTER_GT.at(text, from) {
                more = true;
                from = skip(text, from + len);
            }
            base = unit_at(text, from);
        }
    }
    // 15 日内 is a length of time, 15 日 a date.
    if base.is_none() && magnitude.is_none() && text[from..].starts_with(&['日', '内']) {
        return Some(Tail { end: from + 1, unit: "日".to_owned(), more, level: false });
    }
    let mut end = match base {
        Some(len) => {
            unit.extend(text[from..from + len].iter().filter(|c| **c != ' '));
            from + len
        }
        None => {
            let end = magnitude?;
            if !matches!(unit.as_str(), "万" | "亿" | "万亿" | "千万" | "百万") && text.get(end) != Some(&'级')
            {
                return None;
            }
            end
        }
    };
    // Latin units are whole words.
    if unit.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic())
        && text.get(end).is_some_and(char::is_ascii_alphanumeric)
    {
        return None;
    }
    if text.get(end) == Some(&'/') {
        let per = skip(text, end + 1);
        if let Some(len) = PER.at(text, per) {
            unit.push('/');
            unit.extend(&text[per..per + len]);
            end = per + len;
        }
    }
    let level = text.get(end) == Some(&'级') && !unit.ends_with('级');
    if level {
        if base.is_none() {
            unit.push('元');
        }
        unit.push('级');
        end += 1;
    }
    Some(Tail { end, unit, more, level })
}

/// One past a sign that joins the ends of a range.
fn range_sign(text: &[char], at: usize) -> Option<usize> {
    let from = skip(text, at);
    let mut end = from;
    while end < text.len() && matches!(text[end], '—' | '-' | '~') && end - from < 3 {
        end += 1;
    }
    if end == from && matches!(text.get(from), Some('至' | '到')) {
        end += 1;
    }
    (end > from).then(|| skip(text, end))
}

/// Is the number a calendar year: four digits before 年, or in a span of years?
pub(crate) fn is_year(text: &[char], number: &Number) -> bool {
    if number.end - number.start != 4 || number.value < Decimal::from(1900) || number.value > Decimal::from(2100) {
        return false;
    }
    let after = skip(text, number.end);
    if text.get(after) == Some(&'年') {
        return true;
    }
    let spans = range_sign(text, number.end)
        .and_then(|at| numbers::arabic(text, at))
        .is_some_and(|n| n.end - n.start == 4 && n.value >= Decimal::from(1900) && n.value <= Decimal::from(2100));
    // The second half of 2021—2025.
    let before = skip_back(text, number.start);
    let joined = before > 0
        && matches!(text[before - 1], '—' | '-' | '~' | '/')
        && numbers::arabic_before(text, skip_back(text, before - 1));
    spans || (joined && tail(text, number.end).is_none_or(|t| t.unit == "年"))
}

/// Reads the amount that begins with an Arabic number.
pub(crate) fn arabic_amount(text: &[char], number: &Number) -> Option<Amount> {
    if is_year(text, number) || is_name(text, number) {
        return None;
    }
    if let Some(ratio) = ratio(text, number) {
        return Some(ratio);
    }
    let make = |end, value, tail: Tail, borrowed| Amount {
        start: number.start,
        end,
        value,
        unit: Some(tail.unit),
        more: tail.more,
        arabic: true,
        level: tail.level,
        borrowed,
    };
    let own = tail(text, number.end);
    let own_end = own.as_ref().map_or(number.end, |t| t.end);
    if let Some((second, t)) = range_end(text, number, own.as_ref(), own_end) {
        return Some(make(t.end, Value::Range(number.value, second), t, false));
    }
    if let Some(mut t) = own {
        // 分别达 1409 万、1305 万人次: the first takes the unit of the second.
        let mut borrowed = false;
        if matches!(t.unit.as_str(), "万" | "亿" | "万亿") && matches!(text.get(skip(text, t.end)), Some('、' | '和'))
        {
            let next = numbers::arabic(text, skip(text, skip(text, t.end) + 1)).and_then(|n| tail(text, n.end));
            if let Some(next) = next.filter(|n| n.unit.len() > t.unit.len() && n.unit.starts_with(&t.unit)) {
                t.unit = next.unit;
                borrowed = true;
            }
        }
        // 17 时 30 分 is a time of day.
        if t.unit == "分" && matches!(last_before(text, number.start), Some('时' | '点')) {
            return None;
        }
        return Some(make(t.end, Value::One(number.value), t, borrowed));
    }
    if let Some((value, end, t)) = borrow(text, number) {
        return Some(make(end, value, t, true));
    }
    index_figure(text, number).then_some(Amount {
        start: number.start,
        end: number.end,
        value: Value::One(number.value),
        unit: None,
        more: false,
        arabic: true,
        level: false,
        borrowed: false,
    })
}

/// The larger end of a range with its unit: 5—6 家, 4.5%—5%, 15 至 20 个.
fn range_end(text: &[char], number: &Number, own: Option<&Tail>, own_end: usize) -> Option<(Decimal, Tail)> {
    let second = numbers::arabic(text, range_sign(text, own_end)?).filter(|n| !is_year(text, n))?;
    let word = matches!(text.get(skip(text, own_end)), Some('至' | '到'));
    if number.value >= second.value || (word && from_before(text, number.start)) {
        return None;
    }
    let t = tail(text, second.end).filter(|t| own.is_none_or(|o| o.unit == t.unit))?;
    Some((second.value, t))
}

/// The last code point before a place, blanks aside.
pub(crate) fn last_before(text: &[char], at: usize) -> Option<char> {
    skip_back(text, at).checked_sub(1).map(|i| text[i])
}

/// A figure without a unit that an index, a ratio or a score reaches: 收入比缩小到 1.7 以内.
fn index_figure(text: &[char], number: &Number) -> bool {
    let after = skip(text, number.end);
    let ends = matches!(text.get(after), None | Some('，' | '。' | '；' | '、' | '\n'))
        || AFTER_GE.at(text, after).is_some()
        || AFTER_LE.at(text, after).is_some_and(|n| n > 1)
        || AFTER_ABOUT.at(text, after).is_some();
    let before = skip_back(text, number.start);
    let led = [&*TO_UP, &*TO_DOWN, &*REACH, &*BEFORE_GE, &*BEFORE_GT, &*BEFORE_LE, &*BEFORE_LT]
        .iter()
        .any(|w| w.before(text, before).is_some_and(|n| n >= 2));
    let piece = &text[before.saturating_sub(24)..before];
    let piece = &piece[piece.iter().rposition(|c| matches!(c, '，' | '。' | '；')).map_or(0, |i| i + 1)..];
    ends && led && INDEX_NOUN.find(piece, 0).is_some()
}

/// A list that shares one unit: 10—15、20—25 分钟. The number, or range, takes the unit of the list's last member.
fn borrow(text: &[char], number: &Number) -> Option<(Value, usize, Tail)> {
    let mut value = Value::One(number.value);
    let mut end = number.end;
    if let Some(second) =
        range_sign(text, end).and_then(|at| numbers::arabic(text, at)).filter(|n| n.value > number.value)
    {
        value = Value::Range(number.value, second.value);
        end = second.end;
    }
    let mut at = end;
    for _ in 0..6 {
        let comma = skip(text, at);
        if !matches!(text.get(comma), Some('、' | '/')) {
            return None;
        }
        let next = numbers::arabic(text, skip(text, comma + 1))?;
        at = next.end;
        if let Some(second) = range_sign(text, at).and_then(|at| numbers::arabic(text, at)) {
            at = second.end;
        }
        if is_year(text, &next) {
            return None;
        }
        if let Some(t) = tail(text, at) {
            return (t.unit != "年").then_some((value, end, t));
        }
    }
    None
}

/// Does 从 or 由 stand shortly before, so that 到 leads from a baseline to a target?
fn from_before(text: &[char], at: usize) -> bool {
    text[at.saturating_sub(10)..at]
        .iter()
        .rev()
        .take_while(|c| !matches!(c, '，' | '。' | '；'))
        .any(|c| matches!(c, '从' | '由'))
}

/// Parts of a whole: 2.8∶55.2∶42.0; two parts only where 比 or 配 stands near.
fn ratio(text: &[char], number: &Number) -> Option<Amount> {
    let mut end = number.end;
    let mut parts = 1;
    loop {
        let colon = skip(text, end);
        if text.get(colon) != Some(&'：') {
            break;
        }
        let Some(next) = numbers::arabic(text, skip(text, colon + 1)) else { break };
        end = next.end;
        parts += 1;
    }
    let near =
        text[number.start.saturating_sub(16)..number.start].iter().any(|c| matches!(c, '比' | '配' | '构' | '例'));
    let fractions = text[number.start..end].contains(&'.');
    let enough = parts >= 3 && (near || fractions) || (parts == 2 && near);
    // The ratio of one thing to one of another has a value: 2.3∶1.
    let to_one = parts == 2
        && text[..end].ends_with(&['1'])
        && !text[..end - 1].last().is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let value = if to_one { Value::ToOne(number.value) } else { Value::Ratio };
    enough.then_some(Amount {
        start: number.start,
        end,
        value,
        unit: None,
        more: false,
        arabic: true,
        level: false,
        borrowed: false,
    })
}

/// Is the number part of a name or code: CR450, 1+1+9, 第 3 条?
fn is_name(text: &[char], number: &Number) -> bool {
    let before = number.start.checked_sub(1).map(|i| text[i]);
    if before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '_' | '#' | '@')) {
        return true;
    }
    if before == Some('-')
        && number.start >= 2
        && text[number.start - 2].is_ascii_alphanumeric()
        && !text[number.start - 2].is_ascii_digit()
    {
        return true;
    }
    let back = skip_back(text, number.start);
    let last = back.checked_sub(1).map(|i| text[i]);
    if matches!(last, Some('+' | '第' | '×' | '〔' | '*')) {
        return true;
    }
    if last == Some('/') && back >= 2 && text[back - 2].is_ascii_alphanumeric() {
        return true;
    }
    let after = skip(text, number.end);
    match text.get(after) {
        Some('+') => {
            let next = skip(text, after + 1);
            text.get(next)
                .is_none_or(|c| c.is_ascii_alphanumeric() || *c == '”' || is_han(*c) && UNIT.at(text, next).is_none())
        }
        Some('〕') => true,
        Some(c) if c.is_ascii_alphabetic() => UNIT.at(text, after).is_none(),
        _ => false,
    }
}

/// Reads the amount that begins with a Chinese number.
pub(crate) fn chinese_amount(text: &[char], at: usize) -> Option<Amount> {
    let before = at.checked_sub(1).map(|i| text[i]);
    if matches!(before, Some('第' | '.')) || before.is_some_and(numerals::is_numeral) {
        return None;
    }
    if text[at..].starts_with(&['百', '分', '之']) {
        return percent(text, at);
    }
    let number = numbers::chinese(text, at)?;
    // 一二级, 三四线: two digits side by side are no number.
    let run = &text[at..number.end];
    if run.len() > 1 && run.iter().all(|c| numerals::digit(*c).is_some()) {
        return None;
    }
    let (value, mut unit, from, big) = split_magnitude(text, &number);
    let mut from = from;
    let mut more = false;
    if let Some(len) = AFTER_GT.at(text, from) {
        more = true;
        from += len;
    }
    let make = |end, unit: String, level| {
        Some(Amount {
            start: at,
            end,
            value: Value::One(value),
            unit: Some(unit),
            more,
            arabic: false,
            level,
            borrowed: false,
        })
    };
    if text.get(from) == Some(&'级') && matches!(unit.as_str(), "亿" | "万亿") {
        return make(from + 1, format!("{unit}元级"), true);
    }
    if text.get(from) == Some(&'分') && text.get(from + 1) == Some(&'之') {
        return None;
    }
    let named = CN_UNIT.at(text, from);
    let len = match named {
        // A large number may stand before any unit: 千万人次.
        Some(len) if big && UNIT.at(text, from).is_some_and(|u| u > len) => UNIT.at(text, from)?,
        Some(len) if CN_NO.at(text, from).is_none_or(|n| n < len) => len,
        _ if big => UNIT.at(text, from)?,
        _ => return None,
    };
    let word: String = text[from..from + len].iter().collect();
    if !counts(text, at, from + len, value, &word, big) {
        return None;
    }
    let (word, len) = match word.as_str() {
        "年内" | "日内" => (word.chars().take(1).collect::<String>(), 1),
        "年行动" | "年攻坚" | "年倍增" => ("年".to_owned(), 1),
        _ => (word, len),
    };
    unit.push_str(&word);
    make(from + len, unit, false)
}

/// Does the Chinese number count something, or is it part of a word?
fn counts(text: &[char], at: usize, end: usize, value: Decimal, unit: &str, big: bool) -> bool {
    if big {
        return true;
    }
    let next = text.get(end).copied().unwrap_or('\n');
    let before = at.checked_sub(1).map_or('\n', |i| text[i]);
    if value == Decimal::ONE {
        let time = matches!(unit, "小时" | "分钟" | "年内" | "个月" | "公里") && before != '“' || unit == "小时";
        return time || matches!(unit, "支" | "所" | "座") && !matches!(before, '统' | '唯' | '同' | '第' | '每');
    }
    match unit {
        "级" => {
            value >= Decimal::TWO
                && !text[at.saturating_sub(8)..at].windows(2).any(|p| p == ['一', '级'] || p == ['二', '级'])
                && (LEVEL_AFTER.at(text, end).is_some() || text[at.saturating_sub(8)..at].contains(&'、'))
        }
        // 十九大 is a congress, 十大 an honour.
        "大" => {
            is_han(next)
                && !matches!(next, '和' | '以' | '提' | '确' | '作' | '擘')
                && value < Decimal::TEN
                && before != '“'
        }
        "个" => is_han(next) && before != '“' && !text[at.saturating_sub(4)..at].contains(&'“'),
        "名" | "人" | "户" | "成" | "类" | "支" => value >= Decimal::TWO && before != '“',
        "步" => value >= Decimal::from(3),
        _ => before != '“' || text.get(end) != Some(&'”'),
    }
}

/// 两千亿 is 2000 and 亿: the last word of magnitude belongs to the unit. The last value tells whether the number is
/// large enough to stand before any unit.
fn split_magnitude(text: &[char], number: &Number) -> (Decimal, String, usize, bool) {
    let run = &text[number.start..number.end];
    let big = run.len() >= 2 && run.iter().any(|c| matches!(c, '百' | '千' | '万' | '亿'));
    for words in [2usize, 1] {
        if run.len() <= words {
            continue;
        }
        let (head, last) = run.split_at(run.len() - words);
        let is = matches!(last, ['万', '亿'] | ['万'] | ['亿']);
        if !is {
            continue;
        }
        let head_value = match head {
            ['千'] => Some(1000),
            ['百'] => Some(100),
            ['十'] => Some(10),
            ['万'] => Some(10000),
            _ => numerals::whole(head),
        };
        if let Some(v) = head_value {
            return (Decimal::from(v), last.iter().collect(), number.end, true);
        }
    }
    (number.value, String::new(), number.end, big)
}

/// 百分之五.
fn percent(text: &[char], at: usize) -> Option<Amount> {
    let mut end = at + 3;
    while end < text.len() && numerals::is_numeral(text[end]) && end - at < 10 {
        end += 1;
    }
    let value = numerals::whole(&text[at + 3..end])?;
    Some(Amount {
        start: at,
        end,
        value: Value::One(Decimal::from(value)),
        unit: Some("%".to_owned()),
        more: false,
        arabic: false,
        level: false,
        borrowed: false,
    })
}
