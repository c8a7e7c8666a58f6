//! How values are written on pages: figures, days, addresses, shares.

use jiff::{Timestamp, tz::TimeZone};
use minijinja::{AutoEscape, Environment, Error, HtmlEscape, Output, State, Value, escape_formatter};

/// The time of the pages; official China has one zone.
const ZONE: &str = "Asia/Shanghai";

/// Adds the filters of the templates.
pub(crate) fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("address", |text: String| address_segment(&text));
    environment.add_filter("anchor", |text: String| anchor(&text));
    environment.add_filter("figure", |value: Value| Value::from_safe_string(figure(&value.to_string())));
    environment.add_filter("counts", |text: String| Value::from_safe_string(counts(&text)));
    environment.add_filter("minute", |text: String| local(&text, "%Y-%m-%d %H:%M"));
    environment.add_filter("day", |text: String| local(&text, "%Y-%m-%d"));
    environment.add_filter("size", |bytes: u64| size(bytes));
    environment.add_filter("permille", |text: String| permille(&text));
    environment.add_filter("short_number", |text: String| short_number(&text));
    environment.add_filter("comparator_word", |sign: String| comparator_word(&sign));
}

/// How large a file is: `340 KB`, `1.2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        1_048_576..1_073_741_824 => tenths(bytes, 1 << 20, "MB"),
        _ => tenths(bytes, 1 << 30, "GB"),
    }
}

fn tenths(bytes: u64, unit: u64, word: &str) -> String {
    let tenths = (bytes * 10).div_ceil(unit);
    match tenths % 10 {
        0 => format!("{} {word}", tenths / 10),
        tenth => format!("{}.{tenth} {word}", tenths / 10),
    }
}

/// Writes a value into a page: what could end a text or an attribute is escaped, a slash can't and stays readable.
pub(crate) fn write_escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let Some(text) = value.as_str().filter(|_| !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html))
    else {
        return escape_formatter(out, state, value);
    };
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(&text[from..at])?;
        out.write_str(entity)?;
        from = at + 1;
    }
    out.write_str(&text[from..])?;
    Ok(())
}

/// One segment of an address, with everything encoded that would end it.
pub fn address_segment(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '%' | '#' | '?' | '/' | '&' | '+' | ' ' | '"' | '<' | '>' | '\\' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out
}

/// The id of a clause on its page.
fn anchor(path: &str) -> String {
    format!("c-{}", path.replace('#', "-"))
}

/// Digits in groups of three, set apart by style from 1 000; the clipboard gets plain digits.
fn figure(text: &str) -> String {
    let escaped = HtmlEscape(text).to_string();
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    if digits < 4 {
        return escaped;
    }
    let (whole, rest) = escaped.split_at(digits);
    let first = match digits % 3 {
        0 => 3,
        n => n,
    };
    let mut out = whole[..first].to_owned();
    for at in (first..digits).step_by(3) {
        out.push_str("<span class=\"th\">");
        out.push_str(&whole[at..at + 3]);
        out.push_str("</span>");
    }
    out.push_str(rest);
    out
}

/// A sentence of counts, without years or numbers of documents: every figure in it as [`figure`] writes it.
fn counts(sentence: &str) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(&HtmlEscape(&rest[..start]).to_string());
        out.push_str(&figure(&rest[start..start + digits]));
        rest = &rest[start + digits..];
    }
    out.push_str(&HtmlEscape(rest).to_string());
    out
}

/// An instant in the time of the pages; what is no instant is printed as it is.
pub fn local(text: &str, form: &str) -> String {
    let Ok(instant) = text.parse::<Timestamp>() else { return text.to_owned() };
    let Ok(zone) = TimeZone::get(ZONE) else { return text.to_owned() };
    instant.to_zoned_datetime(zone).strftime(form).to_string()
}

/// `71.4` as 714, for the width of a bar.
fn permille(percent: &str) -> u32 {
    let (whole, rest) = percent.split_once('.').unwrap_or((percent, "0"));
    let tenth = rest.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0);
    (whole.parse::<u32>().unwrap_or(0) * 10 + tenth).min(1000)
}

/// The number of a heading without what the indent already says: 第五章 is 五, 第二节 is 二节, 一、 is 一.
fn short_number(number: &str) -> String {
    let inner = number.trim().trim_end_matches('、').trim_end_matches('.');
    let inner = inner.strip_prefix('第').unwrap_or(inner);
    inner.strip_suffix(['章', '篇']).unwrap_or(inner).to_owned()
}

/// A deadline or period of the contract as a key with its fields: `2025`, `2025-12`, `2025-12-31`, `2021-2025`,
/// `ongoing`, `yearly`; anything else is printed as it is.
pub(crate) fn deadline(text: &str) -> (&'static str, Vec<(&'static str, String)>) {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let plain = |part: &str| part.trim_start_matches('0').to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        ["ongoing"] => ("deadline-ongoing", Vec::new()),
        ["yearly", ..] => ("deadline-yearly", Vec::new()),
        [year] if digits(year) && year.len() == 4 => ("date-year", vec![("year", (*year).to_owned())]),
        [from, to] if digits(from) && digits(to) && to.len() == 4 => {
            ("date-years", vec![("from", (*from).to_owned()), ("to", (*to).to_owned())])
        }
        [year, month] if digits(year) && digits(month) => {
            ("date-month", vec![("year", (*year).to_owned()), ("month", plain(month))])
        }
        [year, month, day] if digits(year) && digits(month) && digits(day) => {
            ("date-day", vec![("year", (*year).to_owned()), ("month", plain(month)), ("day", plain(day))])
        }
        _ => ("date-other", vec![("text", text.to_owned())]),
    }
}

/// The word behind a comparator's sign.
fn comparator_word(sign: &str) -> &'static str {
    match sign {
        "≥" => "ge",
        "＞" | ">" => "gt",
        "≤" => "le",
        "＜" | "<" => "lt",
        "约" => "about",
        _ => "eq",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_by_style_and_digits_stay_together() {
        assert_eq!(figure("999"), "999");
        assert_eq!(figure("12845"), "12<span class=\"th\">845</span>");
        assert_eq!(figure("1234567.5"), "1<span class=\"th\">234</span><span class=\"th\">567</span>.5");
    }

    #[test]
    fn figures_within_a_sentence_of_counts_are_set_apart_too() {
        assert_eq!(counts("14774 字，<b>93 条"), "14<span class=\"th\">774</span> 字，&lt;b&gt;93 条");
        assert_eq!(counts("无"), "无");
    }

    #[test]
    fn instants_are_written_in_the_time_of_the_district() {
        assert_eq!(local("2024-06-30T01:05:00Z", "%Y-%m-%d %H:%M"), "2024-06-30 09:05");
        assert_eq!(local("no instant", "%Y"), "no instant");
    }

    #[test]
    fn addresses_keep_han_and_encode_what_would_end_them() {
        assert_eq!(address_segment("5.2.二#2"), "5.2.二%232");
    }

    #[test]
    fn numbers_of_headings_lose_what_the_indent_says() {
        assert_eq!(short_number("第五章"), "五");
        assert_eq!(short_number("第二节"), "二节");
        assert_eq!(short_number("一、"), "一");
    }

    #[test]
    fn a_share_has_a_width() {
        assert_eq!(permille("71.4"), 714);
        assert_eq!(permille("100.0"), 1000);
        assert_eq!(permille("0"), 0);
    }
}
