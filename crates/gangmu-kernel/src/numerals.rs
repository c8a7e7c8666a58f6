//! Chinese numerals (中文数字) and full-width figures: text to exact decimals and back.

use rust_decimal::Decimal;

/// One hundred million, 亿.
const YI: u64 = 100_000_000;
/// Ten thousand, 万.
const WAN: u64 = 10_000;
/// Whole numbers from here on are not written with 万 and 亿 any more.
const CEILING: u64 = 10_000_000_000_000_000;

/// The value of a Chinese digit (数字): 零〇一二两三 … 九, and the formal 壹贰叁.
pub fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Does the character stand in numerals (数字用字): a digit, or a word that multiplies one?
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || "十拾廿卅百佰千仟万亿".contains(c)
}

/// Turns full-width figures, letters and signs (全角) into half-width ones; all else stays as it is.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '−' => '-',
            _ => c,
        })
        .collect()
}

/// Reads a number as people write it (数值): `1,234.5`, `１２`, `三十五`, `二〇三五`, `12.5万`, `两千亿`, `负三点五`.
///
/// `None` where the whole text is not one number; nothing is guessed.
pub fn number(text: &str) -> Option<Decimal> {
    let text = half_width(text.trim());
    let (negative, body) = match text.strip_prefix(['-', '负']) {
        Some(body) => (true, body),
        None => (false, text.as_str()),
    };
    let value = arabic(body).or_else(|| scaled_arabic(body)).or_else(|| chinese(body))?;
    Some(if negative { -value } else { value })
}

/// Reads figures without sign, with or without thousands marks: `1234`, `1,234.50`, `1 234`.
fn arabic(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let groups: Vec<&str> = whole.split([',', ' ', '\u{2009}', '\u{202f}']).collect();
    if groups.iter().any(|g| g.is_empty() || !g.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if groups.len() > 1 && (groups[0].len() > 3 || groups[1..].iter().any(|g| g.len() != 3)) {
        return None;
    }
    let mut plain = groups.concat();
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    Decimal::from_str_exact(&plain).ok()
}

/// Reads figures followed by 万, 亿 and the like: `12.5万`, `3千`, `1.2万亿`.
fn scaled_arabic(text: &str) -> Option<Decimal> {
    let figures_end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let (figures, scale) = text.split_at(figures_end);
    arabic(figures)?.checked_mul(Decimal::from(power_word(scale)?))
}

/// The factor of a word of magnitude (数量级): 百, 千, 万, 十万, 百万, 千万, 亿, 十亿, 百亿, 千亿, 万亿.
pub fn power_word(text: &str) -> Option<u64> {
    Some(match text {
        "百" => 100,
        "千" => 1000,
        "万" => WAN,
        "十万" => 10 * WAN,
        "百万" => 100 * WAN,
        "千万" => 1000 * WAN,
        "亿" => YI,
        "十亿" => 10 * YI,
        "百亿" => 100 * YI,
        "千亿" => 1000 * YI,
        "万亿" => WAN * YI,
        _ => return None,
    })
}

/// Reads a number in Chinese numerals without sign (汉字数字): `三十五`, `二〇三五`, `三点一四`, `一万零五`, `两万五`.
pub fn chinese(text: &str) -> Option<Decimal> {
    if text == "半" {
        return Some(Decimal::new(5, 1));
    }
    let (whole, fraction) = text.split_once('点').map_or((text, None), |(w, f)| (w, Some(f)));
    let whole = Decimal::from(self::whole(&whole.chars().collect::<Vec<_>>())?);
    let Some(fraction) = fraction else { return Some(whole) };
    let digits: String = fraction.chars().map(|c| digit(c).map(|d| char::from(b'0' + d))).collect::<Option<_>>()?;
    let fraction = Decimal::from_str_exact(&format!("0.{digits}")).ok().filter(|_| !digits.is_empty())?;
    whole.checked_add(fraction)
}

/// Reads a whole number in Chinese numerals (汉字整数) from code points, by place (二〇三五) or by unit (两千零三十五).
pub fn whole(chars: &[char]) -> Option<u64> {
    if chars.is_empty() || chars.len() > 40 {
        return None;
    }
    if chars.len() > 1 && chars.iter().all(|&c| digit(c).is_some()) {
        return by_place(chars);
    }
    by_unit(chars).filter(|&n| n < CEILING)
}

/// Digits in a row: 二〇三五. 两 is no digit in this style.
fn by_place(chars: &[char]) -> Option<u64> {
    if chars.len() > 15 || chars.contains(&'两') {
        return None;
    }
    chars.iter().try_fold(0_u64, |n, &c| Some(n * 10 + u64::from(digit(c)?)))
}

/// Splits at the last 亿, then at the last 万, then reads thousands.
fn by_unit(chars: &[char]) -> Option<u64> {
    for (word, power) in [('亿', YI), ('万', WAN)] {
        if let Some(at) = chars.iter().rposition(|&c| c == word) {
            let above = by_unit(&chars[..at])?;
            let below = match &chars[at + 1..] {
                [] => 0,
                // 两万五 is 25 000: a lone digit counts the next lower unit.
                [last] if digit(*last).is_some_and(|d| d > 0) => u64::from(digit(*last)?) * power / 10,
                rest => by_unit(rest).filter(|&n| n < power)?,
            };
            if above == 0 || (power == WAN && above >= WAN) {
                return None;
            }
            return above.checked_mul(power)?.checked_add(below);
        }
    }
    thousands(chars)
}

/// A group below 10 000: 九千九百九十九, 一千零五, 十五, 廿三.
fn thousands(chars: &[char]) -> Option<u64> {
    let mut total = 0;
    let mut pending: Option<u64> = None;
    let mut last_unit = WAN;
    let mut gap = false;
    for (at, &c) in chars.iter().enumerate() {
        if let Some(d) = digit(c) {
            if pending.is_some() {
                return None;
            }
            match d {
                0 if chars.len() == 1 => return Some(0),
                0 => gap = true,
                d => pending = Some(u64::from(d)),
            }
            continue;
        }
        let (unit, given) = match c {
            '十' | '拾' => (10, pending.or((at == 0 || gap || last_unit > 10).then_some(1))?),
            '廿' => (10, pending.is_none().then_some(2)?),
            '卅' => (10, pending.is_none().then_some(3)?),
            '百' | '佰' => (100, pending?),
            '千' | '仟' => (1000, pending?),
            _ => return None,
        };
        if unit >= last_unit {
            return None;
        }
        total += given * unit;
        (pending, last_unit, gap) = (None, unit, false);
    }
    match pending {
        None if gap => None,
        None => Some(total),
        // 一百五 is 150; with 零 or after 十 the digit counts ones.
        Some(d) if !gap && last_unit > 10 && last_unit < WAN => Some(total + d * last_unit / 10),
        Some(d) => Some(total + d),
    }
}

/// Writes a whole number in Chinese numerals by unit (汉字数字): 35 → 三十五, 10005 → 一万零五; none from 一亿亿 on.
pub fn to_chinese(n: u64) -> Option<String> {
    if n == 0 {
        return Some("零".to_owned());
    }
    if n >= CEILING {
        return None;
    }
    let mut text = String::new();
    write_by_unit(n, &mut text);
    // 一十五 is spoken 十五 at the very beginning only.
    Some(text.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(text))
}

fn write_by_unit(n: u64, text: &mut String) {
    for (power, word) in [(YI, '亿'), (WAN, '万'), (1000, '千'), (100, '百'), (10, '十')] {
        if n >= power {
            write_by_unit(n / power, text);
            text.push(word);
            let below = n % power;
            if below > 0 {
                if below < power / 10 {
                    text.push('零');
                }
                write_by_unit(below, text);
            }
            return;
        }
    }
    text.push(DIGITS[n as usize]);
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Writes the digits one by one, as years are written (年份写法): 2035 → 二〇三五.
pub fn to_places(n: u64) -> String {
    n.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
}

/// Reads a proportion in words (比例) as per cent: 百分之六十五 → 65, 千分之三 → 0.3, 三成 → 30, 三成五 → 35, 一半 → 50.
pub fn percent(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if text == "一半" {
        return Some(Decimal::from(50));
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        return number(rest);
    }
    if let Some(rest) = text.strip_prefix("千分之") {
        return number(rest)?.checked_div(Decimal::TEN);
    }
    let (tenths, rest) = text.split_once('成')?;
    let rest = match rest {
        "" => Decimal::ZERO,
        "半" => Decimal::from(5),
        digits => number(digits).filter(|n| *n < Decimal::TEN && !n.is_sign_negative())?,
    };
    number(tenths).filter(|n| *n <= Decimal::TEN && !n.is_sign_negative())?.checked_mul(Decimal::TEN)?.checked_add(rest)
}

/// Reads how many times something grows (增长倍数): 翻一番 → 2, 翻两番 → 4, 翻番 → 2.
pub fn doubling(text: &str) -> Option<Decimal> {
    let times = text.trim().strip_prefix('翻')?.strip_suffix('番')?;
    let times = if times.is_empty() { Decimal::ONE } else { number(times)? };
    let times: u32 = times.try_into().ok().filter(|_| times.is_integer())?;
    (1..=60).contains(&times).then(|| Decimal::from(1_u64 << times))
}

#[cfg(test)]
mod tests;
