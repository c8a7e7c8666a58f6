//! Deadlines of a division of work (完成时限) in the many manners in which people write them.

use gangmu_plan::compile::fold::fold;
use regex::Regex;
use std::sync::LazyLock;

/// A deadline as a cell says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// In the form of the contract; none where the cell says none, or none that is clear.
    pub value: Option<String>,
    /// Does it say something that has no clear date?
    pub unclear: bool,
    /// Its year, where it has one.
    pub year: Option<u32>,
}

/// The years that help to read a deadline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Years {
    /// The year that the table's title names.
    pub title: Option<u32>,
    /// First and last year of the plan.
    pub plan: Option<(u32, u32)>,
}

/// A date found in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    start: usize,
    end: usize,
    value: String,
    year: u32,
    unclear: bool,
    /// It says when something begins.
    begins: bool,
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of deadlines are well formed")
}

/// Reads a deadline.
pub(crate) fn read(text: &str, years: Years) -> Deadline {
    let bare: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).map(plain).collect();
    let bare = halved(&bare);
    if is_nothing(&bare) {
        return Deadline::default();
    }
    if let Some(serial) = serial(&bare) {
        return serial;
    }
    // A spreadsheet that takes 2028.10 for a number shows 2028.1.
    if bare.len() == 6 && bare.starts_with("20") && bare.ends_with(".1") {
        return unclear();
    }
    let found = dates(&bare, years);
    let says = |words: &[&str]| words.iter().any(|w| bare.contains(w));
    let ongoing = says(&["长期", "持续", "常态", "长效", "一直", "贯穿", "不间断", "滚动推进", "日常"]);
    if let Some(yearly) = yearly(&bare) {
        let closes = found.iter().any(|f| !f.begins) && says(&["完成", "建成", "实现"]) && !says(&["每年完成"]);
        if !closes || bare.contains("至") {
            return yearly;
        }
    }
    let ends: Vec<&Found> = found.iter().filter(|f| !f.begins).collect();
    let Some(last) = ends.last() else {
        return match (ongoing, found.first()) {
            (true, _) => told("ongoing"),
            // 2022年起: a beginning without an end.
            (false, Some(_)) => unclear(),
            (false, None) => without_date(&bare, years),
        };
    };
    let differ = ends.iter().any(|f| f.value != last.value);
    let staged = says(&["阶段", "启动", "开工", "方案", "一期", "首期", "初步", "前期", "基本", "其中", "分别"]);
    let closes = says(&["完成", "前", "建成", "底", "末", "至", "到", "内"]);
    Deadline {
        value: Some(last.value.clone()),
        unclear: last.unclear || differ && !staged || ongoing && !closes,
        year: Some(last.year),
    }
}

/// Dashes, slashes and quotation marks in one form.
fn plain(c: char) -> char {
    match c {
        '—' | '~' | '－' => '-',
        '“' | '”' | '‘' | '’' | '「' | '」' => '"',
        '／' => '/',
        other => other,
    }
}

/// Chinese numerals of years and months as digits: 二〇二五年十二月 → 2025年12月.
fn halved(text: &str) -> String {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| regex("[一二三四五六七八九〇两]{4}年"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| regex("[一二三四五六七八九十]{1,3}(?:个)?月"));
    let digits = |s: &str| -> String {
        s.chars()
            .map(|c| "〇一二三四五六七八九".chars().position(|d| d == c).map_or(c.to_string(), |d| d.to_string()))
            .collect()
    };
    let text = YEAR.replace_all(text, |c: &regex::Captures<'_>| digits(&c[0]));
    MONTH
        .replace_all(&text, |c: &regex::Captures<'_>| {
            let number = c[0].trim_end_matches('月');
            let chars: Vec<char> = number.chars().collect();
            gangmu_kernel::numerals::whole(&chars).map_or_else(|| c[0].to_owned(), |n| format!("{n}月"))
        })
        .into_owned()
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "/" | "\\" | "无" | "*" | "…" | "……")
}

fn told(value: &str) -> Deadline {
    Deadline { value: Some(value.to_owned()), ..Deadline::default() }
}

fn unclear() -> Deadline {
    Deadline { unclear: true, ..Deadline::default() }
}

/// A date that a spreadsheet stores as a number, or one written without marks: 45992, 202512, 20251231.
fn serial(text: &str) -> Option<Deadline> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let dated = |year: i64, month: i64, day: Option<i64>| {
        let fits =
            (1990..=2100).contains(&year) && (1..=12).contains(&month) && day.is_none_or(|d| (1..=31).contains(&d));
        let value = match day {
            Some(day) => format!("{year:04}-{month:02}-{day:02}"),
            None => format!("{year:04}-{month:02}"),
        };
        fits.then(|| Deadline { value: Some(value), unclear: false, year: u32::try_from(year).ok() })
    };
    match text.len() {
        5 if (36_500..=73_000).contains(&number) => {
            let (year, month, day) = civil(number - 25_569);
            dated(year, month, Some(day))
        }
        6 => dated(number / 100, number % 100, None),
        8 => dated(number / 10_000, number / 100 % 100, Some(number % 100)),
        _ => None,
    }
}

/// Year, month and day of a number of days since 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// 每年, 每年12月, 逐年, 每年年底.
fn yearly(text: &str) -> Option<Deadline> {
    static EVERY: LazyLock<Regex> =
        LazyLock::new(|| regex("(?:每年度?|各年度?|逐年|每一年)的?(?:年?(底|末)|([0-9]{1,2})月(?:底|末|份)?)?"));
    let all: Vec<regex::Captures<'_>> = EVERY.captures_iter(text).collect();
    let first = all.first()?;
    let after = &text[first.get(0)?.end()..];
    static MORE: LazyLock<Regex> = LazyLock::new(|| regex("^[、，和及/]([0-9]{1,2})月"));
    let month = match (first.get(1), first.get(2)) {
        (Some(_), _) => Some(12),
        (_, Some(month)) => month.as_str().parse::<u32>().ok().filter(|m| (1..=12).contains(m)),
        _ => None,
    };
    // 每年6月、12月 has no one month.
    let several = MORE.is_match(after);
    let value = match month {
        Some(month) if !several => format!("yearly-{month:02}"),
        _ => "yearly".to_owned(),
    };
    Some(Deadline { value: Some(value), unclear: several, year: None })
}

/// The dates in a cell, in text order; the beginning of a span of years is none.
fn dates(text: &str, years: Years) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |start: usize, end: usize, value: String, year: u32, unclear: bool| {
        if found.iter().all(|f| end <= f.start || f.end <= start) {
            let after = &text[end..];
            let begins = ["起", "开始", "启动", "开工", "动工", "以来", "后"].iter().any(|w| after.starts_with(w));
            found.push(Found { start, end, value, year, unclear, begins });
        }
    };
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| regex("(?:20|19)([0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})(?:日|号)?"));
    static SPAN: LazyLock<Regex> = LazyLock::new(|| regex("(20[0-9]{2})年?[-至到](20[0-9]{2})年?(底|末|年底|年末)?"));
    static SHORT_SPAN: LazyLock<Regex> = LazyLock::new(|| regex("(20[0-9]{2})年?[-至到]([0-9]{2})年(底|末)?"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| {
        regex("(20[0-9]{2})(?:年|[./-])([0-9]{1,2})(?:月份?)?(?:[-至到]([0-9]{1,2})月)?(底|末|下旬)?")
    });
    static HALF: LazyLock<Regex> = LazyLock::new(|| {
        regex("(20[0-9]{2})年?第?(上半年|下半年|一季度|二季度|三季度|四季度|[1-4]季度|Q[1-4])(底|末)?")
    });
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| regex("(20[0-9]{2})(?:年度|年)?(年?底|年?末|年?内|全年|前|以前|之前)?"));
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            "\"?(十[一二三四五六七八九]五|本规划期?|规划)\"?(期末|末|末期|结束|规划期末|期间|时期|期内|规划期|规划期内)",
        )
    });
    for c in DAY.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let (Some(year), Some(month), Some(day)) =
            (whole.as_str().get(..4).and_then(|y| y.parse().ok()), number(&c, 2), number(&c, 3))
        else {
            continue;
        };
        if (1..=12).contains(&month) && (1..=31).contains(&day) {
            add(whole.start(), whole.end(), format!("{year:04}-{month:02}-{day:02}"), year, false);
        }
    }
    for c in SPAN.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let (Some(from), Some(year)) = (number(&c, 1), number(&c, 2)) else { continue };
        if from < year {
            let value = if c.get(3).is_some() { format!("{year}-12-31") } else { year.to_string() };
            add(whole.start(), whole.end(), value, year, false);
        }
    }
    for c in SHORT_SPAN.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let (Some(from), Some(short)) = (number(&c, 1), number(&c, 2)) else { continue };
        let year = from / 100 * 100 + short;
        if year > from {
            add(whole.start(), whole.end(), year.to_string(), year, false);
        }
    }
    for c in MONTH.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let (Some(year), Some(month)) = (number(&c, 1), number(&c, 3).or(number(&c, 2))) else { continue };
        if (1..=12).contains(&month) {
            add(whole.start(), whole.end(), in_month(year, month, c.get(4).is_some()), year, false);
        }
    }
    for c in HALF.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let Some(year) = number(&c, 1) else { continue };
        let part = c.get(2).map_or("", |m| m.as_str());
        add(whole.start(), whole.end(), in_month(year, month_of(part), c.get(3).is_some()), year, false);
    }
    for c in YEAR.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let Some(year) = number(&c, 1) else { continue };
        let word = c.get(2).map_or("", |m| m.as_str());
        let end = word.ends_with(['底', '末']);
        // 2025年前 leaves open whether 2025 itself is meant.
        let open = matches!(word, "前" | "以前" | "之前");
        let value = if end { format!("{year}-12-31") } else { year.to_string() };
        add(whole.start(), whole.end(), value, year, open);
    }
    for c in PERIOD.captures_iter(text) {
        let whole = c.get(0).expect("a match has a whole");
        let (name, word) = (c.get(1).map_or("", |m| m.as_str()), c.get(2).map_or("", |m| m.as_str()));
        let Some(year) = five_years(name).or(years.plan.map(|p| p.1)) else { continue };
        let end = word.contains('末') || word == "结束";
        let value = if end { format!("{year}-12-31") } else { year.to_string() };
        add(whole.start(), whole.end(), value, year, false);
    }
    found.sort_by_key(|f| f.start);
    // 2023年12月至2025年6月: the first is where the span begins.
    let starts: Vec<usize> = found
        .windows(2)
        .filter(|pair| matches!(&text[pair[0].end..pair[1].start], "-" | "--" | "至" | "到"))
        .map(|pair| pair[0].start)
        .collect();
    found.retain(|f| !starts.contains(&f.start));
    found
}

fn number(c: &regex::Captures<'_>, group: usize) -> Option<u32> {
    c.get(group)?.as_str().parse().ok()
}

fn in_month(year: u32, month: u32, end: bool) -> String {
    if end { format!("{year}-{month:02}-{:02}", last_day(year, month)) } else { format!("{year}-{month:02}") }
}

fn last_day(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn month_of(part: &str) -> u32 {
    match part {
        "上半年" | "二季度" | "2季度" | "Q2" => 6,
        "一季度" | "1季度" | "Q1" => 3,
        "三季度" | "3季度" | "Q3" => 9,
        _ => 12,
    }
}

/// The last year of 十四五 and its like.
fn five_years(name: &str) -> Option<u32> {
    let middle = name.strip_prefix('十')?.strip_suffix('五')?;
    let number = "一二三四五六七八九".chars().position(|c| middle.starts_with(c))? as u32 + 11;
    Some(2025 + number * 5 - 70)
}

/// A deadline without a year: that of the title helps, otherwise it stays unclear.
fn without_date(text: &str, years: Years) -> Deadline {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| regex("([0-9]{1,2})月(?:份)?(?:([0-9]{1,2})(?:日|号))?(底|末)?"));
    let Some(year) = years.title else { return unclear() };
    let value = if let Some(c) = MONTH.captures_iter(text).last() {
        let Some(month) = number(&c, 1).filter(|m| (1..=12).contains(m)) else { return unclear() };
        match number(&c, 2) {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => in_month(year, month, c.get(3).is_some()),
        }
    } else if text.contains("年底") || text.contains("年末") {
        format!("{year}-12-31")
    } else if text.contains("年内") || text.contains("全年") || text.contains("本年度") {
        year.to_string()
    } else if let Some(part) =
        ["上半年", "下半年", "一季度", "二季度", "三季度", "四季度"].into_iter().find(|p| text.contains(p))
    {
        in_month(year, month_of(part), text.contains('底') || text.contains('末'))
    } else {
        return unclear();
    };
    Deadline { value: Some(value), unclear: false, year: Some(year) }
}

#[cfg(test)]
mod tests;
