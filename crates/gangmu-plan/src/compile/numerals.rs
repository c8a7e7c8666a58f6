//! Chinese numerals (中文数字) as the headings and sentences of plans write them.

/// The value of a Chinese digit.
pub fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
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

/// The value of a power of ten that a digit multiplies.
fn power(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Is this a character of a Chinese numeral?
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

/// Reads a whole Chinese numeral, such as 十二, 一百二十, 三千万, 二〇三五.
pub fn parse(chars: &[char]) -> Option<u64> {
    if chars.is_empty() || chars.len() > 16 {
        return None;
    }
    if chars.iter().all(|c| digit(*c).is_some()) {
        return chars.iter().try_fold(0u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(*c)?));
    }
    let (mut total, mut part, mut last) = (0u64, 0u64, None::<u64>);
    for &c in chars {
        if let Some(d) = digit(c) {
            if last.is_some_and(|l| l != 0) {
                return None;
            }
            last = Some(d);
            continue;
        }
        let p = power(c)?;
        if p >= 10_000 {
            part = part.checked_add(last.unwrap_or(0))?;
            if part == 0 && total == 0 {
                return None;
            }
            if p > 10_000 {
                total = total.checked_add(part)?.checked_mul(p)?;
            } else {
                total = total.checked_add(part.checked_mul(p)?)?;
            }
            part = 0;
        } else {
            part = part.checked_add(last.filter(|l| *l != 0).unwrap_or(1).checked_mul(p)?)?;
        }
        last = None;
    }
    total.checked_add(part)?.checked_add(last.unwrap_or(0))
}

/// Writes a number up to 99,999 as a Chinese numeral.
pub fn write(n: u64) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if n < 10 {
        return DIGITS[n as usize].to_string();
    }
    let mut out = String::new();
    let mut rest = n;
    let mut gap = false;
    for (power, name) in [(10_000, '万'), (1_000, '千'), (100, '百'), (10, '十')] {
        let d = rest / power;
        rest %= power;
        if d == 0 {
            gap = gap || !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(d == 1 && power == 10 && out.is_empty()) {
            out.push(DIGITS[(d % 10) as usize]);
        }
        out.push(name);
    }
    if rest > 0 {
        if gap {
            out.push('零');
        }
        out.push(DIGITS[rest as usize]);
    }
    out
}
