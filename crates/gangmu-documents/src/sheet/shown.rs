//! Numbers and dates as a spreadsheet shows them (显示值), from the stored binary number and its format.
//!
//! Grouping commas are left out: they are no part of the figure. What no rule covers (fractions, scientific notation)
//! is shown in general form, so that no digit is lost.

use calamine::ExcelDateTime;

/// Digits of a binary number that a spreadsheet trusts.
const TRUSTED: usize = 15;

/// The number in that format.
pub(crate) fn number(value: f64, format: &str) -> String {
    let plain = general(value);
    let sections: Vec<&str> = split_sections(format);
    let (section, negative) = match sections.as_slice() {
        [] => return plain,
        [_, below, ..] if value < 0.0 => (*below, true),
        [_, _, zero, ..] if value == 0.0 => (*zero, false),
        [first, ..] => (*first, value < 0.0),
    };
    let Some(picture) = Picture::of(section) else { return plain };
    let digits = plain.trim_start_matches('-');
    let shifted = shift_point(digits, picture.shift);
    let rounded = match picture.decimals {
        Some((least, most)) => round(&shifted, least, most),
        None => shifted,
    };
    let sign = if negative && rounded.chars().any(|digit| ('1'..='9').contains(&digit)) { "-" } else { "" };
    format!("{}{sign}{rounded}{}", picture.before.trim_start_matches(['-', '(']), picture.after.trim_end_matches(')'))
}

/// The date in that format; unusual formats give the form of the standard.
pub(super) fn date(value: ExcelDateTime, format: &str) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    if value.is_duration() {
        let seconds = (value.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
    if let Some(text) = date_picture(format, year, month, day) {
        return text;
    }
    match (value.as_f64() < 1.0, hour, minute, second) {
        (true, ..) => format!("{hour:02}:{minute:02}:{second:02}"),
        (false, 0, 0, 0) if !format.to_ascii_lowercase().contains('d') && format.contains(['m', 'M']) => {
            format!("{year:04}-{month:02}")
        }
        (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// The number with the digits that can be trusted, in plain notation: 6.5, never 6.500000001.
fn general(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let scientific = format!("{:.*e}", TRUSTED - 1, value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let text = shift_point(mantissa, exponent);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if value < 0.0 { format!("-{text}") } else { text.to_owned() }
}

/// The decimal number with its point moved to the right (or left, if negative).
fn shift_point(number: &str, by: i32) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{part}");
    let point = i64::try_from(whole.len()).unwrap_or(0) + i64::from(by);
    let length = i64::try_from(digits.len()).unwrap_or(0);
    let text = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(usize::try_from(-point).unwrap_or(0)))
    } else if point >= length {
        digits + &"0".repeat(usize::try_from(point - length).unwrap_or(0))
    } else {
        let at = usize::try_from(point).unwrap_or(0);
        format!("{}.{}", &digits[..at], &digits[at..])
    };
    let trimmed = text.trim_start_matches('0');
    if trimmed.is_empty() || trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() }
}

/// Rounded half up to at most `most` decimals, with at least `least`.
fn round(number: &str, least: usize, most: usize) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(part.bytes().take(most)).collect();
    let up = part.as_bytes().get(most).is_some_and(|digit| *digit >= b'5');
    let kept = part.len().min(most);
    if up {
        let mut at = digits.len();
        loop {
            if at == 0 {
                digits.insert(0, b'1');
                break;
            }
            at -= 1;
            if digits[at] == b'9' {
                digits[at] = b'0';
            } else {
                digits[at] += 1;
                break;
            }
        }
    }
    let text: String = digits.iter().map(|digit| char::from(*digit)).collect();
    let (whole, part) = text.split_at(text.len() - kept);
    let mut part = part.to_owned();
    while part.len() > least && part.ends_with('0') {
        part.pop();
    }
    while part.len() < least {
        part.push('0');
    }
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

/// The sections of a format: positive; negative; zero; text.
fn split_sections(format: &str) -> Vec<&str> {
    let (mut sections, mut from, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, character) in format.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(&format[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&format[from..]);
    sections
}

/// What a section of a number format asks for.
struct Picture {
    before: String,
    after: String,
    /// Least and most decimals; none for the general form.
    decimals: Option<(usize, usize)>,
    /// Digits that the point moves: 2 for each percent sign, -3 for each thousand.
    shift: i32,
}

impl Picture {
    /// The picture of a section; none if it holds something that no rule covers.
    fn of(section: &str) -> Option<Self> {
        let mut picture = Self { before: String::new(), after: String::new(), decimals: None, shift: 0 };
        let mut digits = false;
        let mut point = false;
        let mut characters = section.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '[' => {
                    let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                    // A currency or a language; conditions and other digits are not followed.
                    if inside.starts_with(['<', '>', '=']) || inside.to_ascii_uppercase().starts_with("DBNUM") {
                        return None;
                    }
                    if let Some(currency) = inside.strip_prefix('$') {
                        let sign = currency.split('-').next().unwrap_or_default();
                        picture.literal(digits, sign);
                    }
                }
                '"' => {
                    let text: String = characters.by_ref().take_while(|c| *c != '"').collect();
                    picture.literal(digits, &text);
                }
                '\\' => {
                    if let Some(next) = characters.next() {
                        picture.literal(digits, &next.to_string());
                    }
                }
                '_' | '*' => {
                    characters.next();
                }
                '0' | '#' | '?' => {
                    digits = true;
                    let decimals = picture.decimals.get_or_insert((0, 0));
                    if point {
                        decimals.1 += 1;
                        if character == '0' {
                            decimals.0 = decimals.1;
                        }
                    }
                }
                '.' => point = true,
                ',' => {
                    let between = characters.peek().is_some_and(|next| matches!(next, '0' | '#' | '?' | ','));
                    if digits && !between {
                        picture.shift -= 3;
                    }
                }
                '%' => {
                    picture.shift += 2;
                    picture.literal(digits, "%");
                }
                '/' | '@' => return None,
                'E' | 'e' => return None,
                'G' if section.contains("General") => {
                    for _ in 0.."eneral".len() {
                        characters.next();
                    }
                    digits = true;
                }
                other => picture.literal(digits, &other.to_string()),
            }
        }
        digits.then_some(picture)
    }

    fn literal(&mut self, after: bool, text: &str) {
        if after {
            self.after.push_str(text);
        } else {
            self.before.push_str(text);
        }
    }
}

/// A date of years, months and days with literal text between; none for anything else.
fn date_picture(format: &str, year: u16, month: u8, day: u8) -> Option<String> {
    let section = split_sections(format).first().copied()?;
    let mut text = String::new();
    let mut characters = section.chars().peekable();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            '[' => while characters.next().is_some_and(|c| c != ']') {},
            '"' => text.extend(characters.by_ref().take_while(|c| *c != '"')),
            '\\' => text.extend(characters.next()),
            '_' | '*' => {
                characters.next();
            }
            letter @ ('y' | 'm' | 'd') => {
                let mut width = 1;
                while characters.peek().is_some_and(|next| next.to_ascii_lowercase() == letter) {
                    characters.next();
                    width += 1;
                }
                text.push_str(&match (letter, width) {
                    // Two digits are short for whichever century: the short date of every spreadsheet has them.
                    ('y', 1 | 2) => return None,
                    ('y', _) => format!("{year:04}"),
                    ('m', 1) => month.to_string(),
                    ('m', 2) => format!("{month:02}"),
                    ('d', 1) => day.to_string(),
                    ('d', 2) => format!("{day:02}"),
                    _ => return None,
                });
            }
            'h' | 's' | 'a' | 'e' | 'g' | 'b' | '@' | '0' | '#' => return None,
            _ => text.push(character),
        }
    }
    (!text.is_empty()).then_some(text)
}
