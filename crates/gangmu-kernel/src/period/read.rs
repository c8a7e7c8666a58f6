//! Reading periods: the canonical text, and as people write them in Chinese.

use super::Period;
use crate::numerals;
use jiff::civil::Date;

/// Reads the canonical text; digits are counted, so `2025-3` is refused.
pub(super) fn canonical(text: &str) -> Option<Period> {
    if let Some((from, to)) = text.split_once('/') {
        return match (from.len(), to.len()) {
            (4, 4) => Period::years(figures(from, 4)?, figures(to, 4)?),
            (7, 7) if from[..] != to[..] => {
                let ((year, first), (same, last)) = (year_month(from)?, year_month(to)?);
                (year == same).then(|| Period::months(year, first, last))?
            }
            _ => None,
        };
    }
    if !text.is_ascii() {
        return None;
    }
    match text.len() {
        4 => Period::year(figures(text, 4)?),
        7 => match text.as_bytes()[5] {
            b'H' => Period::half(dashed_year(text)?, figures(&text[6..], 1)?),
            b'Q' => Period::quarter(dashed_year(text)?, figures(&text[6..], 1)?),
            _ => year_month(text).and_then(|(year, month)| Period::month(year, month)),
        },
        8 => Period::week(dashed_year(text)?, figures(text[5..].strip_prefix('W')?, 2)?),
        10 => match text[7..].strip_prefix("-T") {
            Some(part) => {
                let (year, month) = year_month(&text[..7])?;
                Period::tenday(year, month, figures(part, 1)?)
            }
            None => {
                let (year, month) = year_month(&text[..7])?;
                let day = figures(text[7..].strip_prefix('-')?, 2)?;
                Period::day(Date::new(year, month, day).ok()?)
            }
        },
        _ => None,
    }
}

fn figures<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn dashed_year(text: &str) -> Option<i16> {
    (text.get(4..5)? == "-").then(|| figures(text.get(..4)?, 4))?
}

fn year_month(text: &str) -> Option<(i16, i8)> {
    Some((dashed_year(text)?, figures(text.get(5..)?, 2)?))
}

/// Reads a period as people write it (期间识别): canonical, or in Chinese such as `2024年1—6月`, `2024年上半年`, `三季度`,
/// `“十四五”时期`, `2021—2025年`.
///
/// `year` is the year that the text is about, for periods without one (三季度, 上半年). `None` where the whole text is not
/// one period; nothing is guessed.
pub fn read(text: &str, year: Option<i16>) -> Option<Period> {
    let plain = plain(text);
    if let Some(period) = canonical(&plain) {
        return Some(period);
    }
    plan_period(&plain).or_else(|| years(&plain)).or_else(|| match split_year(&plain) {
        Some((year, "" | "度" | "年度" | "全年" | "全年度" | "底" | "末")) => Period::year(year),
        Some((year, rest)) => within_year(year, rest),
        None => match plain.as_str() {
            "全年" | "全年度" => Period::year(year?),
            rest => within_year(year?, rest),
        },
    })
}

/// Half-width figures, one kind of dash, no blanks and no quotation marks.
fn plain(text: &str) -> String {
    numerals::half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"「」『』‘’".contains(*c))
        .map(|c| if "—–~～-−至到".contains(c) { '-' } else { c })
        .collect::<String>()
        .replace("--", "-")
}

/// A whole number in figures or Chinese numerals.
fn whole(text: &str) -> Option<i16> {
    let value = numerals::number(text)?;
    value.is_integer().then(|| i16::try_from(value).ok())?
}

fn small(text: &str) -> Option<i8> {
    i8::try_from(whole(text)?).ok()
}

/// 十四五, 十四五时期, 十四五期末, 第十四个五年规划.
fn plan_period(text: &str) -> Option<Period> {
    let (name, rest) = match text.strip_prefix("第").and_then(|t| t.split_once("个五年")) {
        Some((number, rest)) => (whole(number)?, rest),
        None => {
            // 五五, 十五五: only the last 五 of the numerals says five years, those before it belong to the number.
            let end = text.find(|c| numerals::digit(c).is_none() && c != '十').unwrap_or(text.len());
            (whole(text[..end].strip_suffix('五')?)?, &text[end..])
        }
    };
    let plan = Period::plan(name)?;
    match rest {
        // A bare 十五 is the number 15, a bare 五五 two digits.
        "" if numerals::number(text).is_some() => None,
        "" | "时期" | "期间" | "规划" | "规划期" | "规划期间" | "规划时期" | "计划" | "计划期" => {
            Some(plan)
        }
        "末" | "期末" | "末期" | "规划期末" => Period::year(plan.last_day().year()),
        "期初" | "初期" => Period::year(plan.first_day().year()),
        _ => None,
    }
}

/// 2021—2025年, 2021年至2025年.
fn years(text: &str) -> Option<Period> {
    let (from, to) = text.strip_suffix('年').or_else(|| text.strip_suffix("年期间"))?.split_once('-')?;
    let from = from.strip_suffix('年').unwrap_or(from);
    Period::years(four_digits(from)?, four_digits(to)?)
}

fn four_digits(text: &str) -> Option<i16> {
    whole(text).filter(|_| text.chars().count() == 4)
}

/// The year in front: 2024年…, 二〇二四年….
fn split_year(text: &str) -> Option<(i16, &str)> {
    let (year, rest) = text.split_once('年')?;
    Some((four_digits(year)?, rest))
}

fn within_year(year: i16, text: &str) -> Option<Period> {
    match text {
        "上半年" | "前半年" => return Period::half(year, 1),
        "下半年" | "后半年" => return Period::half(year, 2),
        "首季" | "首季度" => return Period::quarter(year, 1),
        _ => {}
    }
    if let Some(number) = text.strip_suffix("季度").or_else(|| text.strip_suffix('季')) {
        return match number.strip_prefix('前') {
            Some(count) => Period::cumulative(year, small(count)?.checked_mul(3).filter(|n| *n > 0)?),
            None => Period::quarter(year, small(number.strip_prefix('第').unwrap_or(number))?),
        };
    }
    if let Some(count) = text.strip_prefix('前').and_then(|t| t.strip_suffix("个月")) {
        return Period::cumulative(year, small(count)?);
    }
    if let Some(number) = text.strip_prefix('第').and_then(|t| t.strip_suffix('周')) {
        return Period::week(year, small(number)?);
    }
    let (month, rest) = text.split_once('月')?;
    if let Some((from, to)) = month.split_once('-').or_else(|| rest.strip_prefix('-').map(|to| (month, to))) {
        // 1—6月, or 1月—6月 where the second 月 is still there.
        let to = to.strip_suffix("月份").or_else(|| to.strip_suffix('月')).unwrap_or(to);
        let tail_read = rest.is_empty() || rest == "份" || rest.starts_with('-');
        let (from, to) = (small(from)?, small(to)?);
        return tail_read.then(|| Period::months(year, from, to))?;
    }
    let month = small(month)?;
    match rest {
        "" | "份" | "底" | "末" => Period::month(year, month),
        "上旬" => Period::tenday(year, month, 1),
        "中旬" => Period::tenday(year, month, 2),
        "下旬" => Period::tenday(year, month, 3),
        _ => {
            let day = small(rest.strip_suffix(['日', '号'])?)?;
            Period::day(Date::new(year, month, day).ok()?)
        }
    }
}
