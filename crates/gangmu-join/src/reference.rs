//! Clauses that a row names itself (对应章节): 第二章第一节（三）, 2.1.三, or the title of a section.

use gangmu_kernel::numerals;
use gangmu_plan::compile::fold::fold;

/// A part of a reference: how deep it stands, and how paths write it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    rank: u8,
    text: String,
}

/// The paths that a text names, each once, in order. Parts stand in them only where `parts` says so: in most plans
/// chapters run through.
pub(crate) fn paths(text: &str, parts: bool) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let mut out: Vec<String> = Vec::new();
    let mut open: Vec<Segment> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((segments, len)) = segment(&chars, at) else {
            at += 1;
            continue;
        };
        let first = segments[0].rank;
        if open.iter().any(|s| s.rank >= first) {
            close(&open, parts, &mut out);
            open.retain(|s| s.rank < first);
        }
        open.extend(segments);
        at += len;
    }
    close(&open, parts, &mut out);
    out
}

fn close(open: &[Segment], parts: bool, out: &mut Vec<String>) {
    let path: Vec<&str> = open.iter().filter(|s| parts || s.rank > 0).map(|s| s.text.as_str()).collect();
    let path = path.join(".");
    if !path.is_empty() && !out.contains(&path) {
        out.push(path);
    }
}

/// The segments that begin at a place, and how many characters they take.
fn segment(chars: &[char], at: usize) -> Option<(Vec<Segment>, usize)> {
    let one = |rank: u8, text: String| vec![Segment { rank, text }];
    let number = |from: usize| -> Option<(u64, usize)> {
        let len = chars[from..].iter().take_while(|c| numerals::is_numeral(**c) || c.is_ascii_digit()).count();
        let digits: String = chars[from..from + len].iter().collect();
        let value = digits.parse().ok().or_else(|| numerals::whole(&chars[from..from + len]))?;
        (len > 0 && value > 0).then_some((value, len))
    };
    match chars[at] {
        '第' => {
            let (value, len) = number(at + 1)?;
            let mark = chars.get(at + 1 + len)?;
            let han = || numerals::to_chinese(value).unwrap_or_default();
            let segments = match mark {
                '篇' | '编' => one(0, value.to_string()),
                '章' => one(1, value.to_string()),
                '节' => one(2, value.to_string()),
                '部' | '条' | '项' | '点' => one(if *mark == '部' { 1 } else { 3 }, han()),
                _ => return None,
            };
            Some((segments, len + 2))
        }
        '（' => {
            let (value, len) = number(at + 1)?;
            (chars.get(at + 1 + len) == Some(&'）')).then_some(())?;
            let arabic = chars[at + 1].is_ascii_digit();
            let text = if arabic { value.to_string() } else { numerals::to_chinese(value)? };
            Some((one(if arabic { 6 } else { 4 }, text), len + 2))
        }
        c if c.is_ascii_digit() => dotted(chars, at),
        c if numerals::is_numeral(c) => {
            let before = at.checked_sub(1).map(|b| chars[b]);
            let (value, len) = number(at)?;
            let next = chars.get(at + len);
            let free = before.is_none_or(|b| matches!(b, '节' | '章' | '、' | '，' | '；' | '篇' | '.' | '：' | '）'));
            let ends = next.is_none_or(|n| matches!(n, '、' | '（' | '，' | '；' | '.'));
            (free && ends).then_some(())?;
            let eaten = len + usize::from(next == Some(&'、'));
            Some((one(3, numerals::to_chinese(value)?), eaten))
        }
        _ => None,
    }
}

/// 2.1, 2.1.三, 12.3.一.2: as paths are written.
fn dotted(chars: &[char], at: usize) -> Option<(Vec<Segment>, usize)> {
    if at > 0 && (chars[at - 1].is_ascii_digit() || chars[at - 1] == '.') {
        return None;
    }
    let end = chars[at..].iter().position(|c| !(c.is_ascii_digit() || *c == '.' || numerals::is_numeral(*c)));
    let end = at + end.unwrap_or(chars.len() - at);
    let text: String = chars[at..end].iter().collect();
    let parts: Vec<&str> = text.split('.').filter(|p| !p.is_empty()).collect();
    if parts.len() < 2 || parts.iter().any(|p| p.len() > 3 && p.is_ascii()) || chars.get(end) == Some(&'%') {
        return None;
    }
    let ranked = |(index, part): (usize, &&str)| Segment { rank: (index + 1).min(6) as u8, text: (*part).to_owned() };
    Some((parts.iter().enumerate().map(ranked).collect(), end - at))
}

/// Does a clause lie at that path or below it? A path with an Arabic item also means the Chinese one.
pub(crate) fn lies_under(clause: &str, path: &str) -> bool {
    let under = |path: &str| {
        clause.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('#'))
    };
    under(path) || chinese_items(path).is_some_and(|path| under(&path))
}

/// 2.1.3 as 2.1.三.
fn chinese_items(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('.').collect();
    let item: u64 = parts.get(2)?.parse().ok()?;
    let mut parts: Vec<String> = parts.iter().map(|p| (*p).to_owned()).collect();
    parts[2] = numerals::to_chinese(item)?;
    Some(parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_paths() {
        for (text, wanted) in [
            ("第二章第一节", vec!["2.1"]),
            ("第二章 第一节 （三）", vec!["2.1.三"]),
            ("第十二章第三节一", vec!["12.3.一"]),
            ("第十二章第三节第一条", vec!["12.3.一"]),
            ("第四篇第十二章第三节", vec!["12.3"]),
            ("2.1.三", vec!["2.1.三"]),
            ("2.1", vec!["2.1"]),
            ("2.1（三）", vec!["2.1.三"]),
            ("第二章第一节、第二节", vec!["2.1", "2.2"]),
            ("第二章第一节；第三章第二节一、", vec!["2.1", "3.2.一"]),
            ("二、（一）", vec!["二.一"]),
            ("第5章", vec!["5"]),
            ("建设空铁枢纽", vec![]),
            ("增长6.5%", vec![]),
        ] {
            assert_eq!(paths(text, false), wanted, "{text}");
        }
        assert_eq!(paths("第四篇第二章第三节", true), ["4.2.3"]);
        assert!(lies_under("2.1.三", "2.1") && lies_under("2.1.三", "2.1.3") && !lies_under("2.11", "2.1"));
    }
}
