//! Subjects (主语): what a measure measures, before it, behind it, or shared with the measure before.

use super::amount::last_before;
use super::qualify::Way;
use super::times::times;
use super::words as w;
use crate::compile::fold::{is_han, is_stop};

/// The measure before in the same sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Earlier {
    /// Where it ends.
    pub end: usize,
    pub way: Way,
    /// Where its subject stands.
    pub subject: Option<(usize, usize)>,
}

/// The clause-like piece of a sentence that ends before `at`: from the stop before it.
pub(crate) fn piece_start(text: &[char], at: usize) -> usize {
    let mut depth = 0i32;
    let mut i = at;
    while i > 0 {
        let c = text[i - 1];
        match c {
            '）' => depth += 1,
            '（' if depth == 0 => return i,
            '（' => depth -= 1,
            '，' | '。' | '；' | '：' | '\n' | '！' | '？' | '\t' if depth == 0 => return i,
            _ => {}
        }
        i -= 1;
        if at - i > 120 {
            break;
        }
    }
    i
}

/// The subject: what stands between the last stop and the qualifier; for counts also what stands after the unit.
///
/// `before` is the measure before in the same sentence; the next one shares its subject when nothing new is named between them (从 45% 提高到 77%; 9.5 万亿元、增长 4.4%).
pub(crate) fn subject(
    text: &[char],
    start: usize,
    end: usize,
    kind: Noun,
    before: Option<&Earlier>,
) -> Option<(usize, usize)> {
    if kind == Noun::Behind {
        return noun_behind(text, end);
    }
    let count = kind == Noun::Counted;
    // 甲、乙等 3 座净水厂: what is counted stands after the unit.
    if count
        && last_before(text, start) == Some('等')
        && let Some(noun) = noun_behind(text, end)
    {
        return Some(noun);
    }
    let piece = piece_start(text, start);
    let mut from = piece;
    let mut shared = before.and_then(|b| b.subject);
    if let Some(Earlier { end: last, way, subject }) = before {
        let (last, way) = ((*last).min(start), *way);
        if last > from || (way == Way::From && last >= from) {
            from = last;
            let between = &text[last..start];
            if way == Way::From && !between.contains(&'，') && subject.is_some() {
                return *subject;
            }
        } else if last < piece && text[last..piece].iter().any(|c| matches!(c, '；')) {
            shared = None;
        }
    }
    let mut head = (from, start.max(from));
    // A list goes on: 甲 7 家、乙 1 家; and 面积保持稳定、产量达到 …: only the last part is the subject.
    if let Some(cut) = text[head.0..head.1].iter().rposition(|c| matches!(c, '、')) {
        let part = &text[head.0..head.0 + cut];
        let verb = w::REACH.find(part, 0).is_some() && part.len() > 3 && says_verb(part);
        if from > piece || verb {
            head.0 += cut + 1;
        }
    }
    let head = trim_subject(text, head.0, head.1);
    let head_text = &text[head.0..head.1];
    let empty = head_text.starts_with(&['连', '续']) || w::SUBJECT_VERB.contains(head_text);
    let words = if empty { 0 } else { head_text.iter().filter(|c| is_han(**c) || c.is_ascii_alphabetic()).count() };
    let verb_only =
        w::SUBJECT_VERB.before(&text[..head.1], head.1).is_some_and(|len| head.1 - len <= head.0 + 2 || count);
    if words >= 2 && !(count && verb_only) {
        return Some(head);
    }
    if count && let Some(noun) = noun_behind(text, end) {
        return Some(noun);
    }
    if words >= 2 {
        return Some(head);
    }
    // A verb of its own, or an amount that begins a comma-clause bare, speaks of something else.
    let own_verb = text[from..start.max(from)].iter().filter(|c| is_han(**c)).count() >= 2;
    let bare = kind == Noun::Bare && piece == start && piece > 0 && text[piece - 1] != '、';
    if own_verb || bare { None } else { shared }
}

/// Where the noun of a measure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Before the qualifier: 森林覆盖率达到….
    Before,
    /// The same, but the amount has no word that leads to it.
    Bare,
    /// Before it or after the unit: 新增 3 个….
    Counted,
    /// After it: 三级网络, 千亿级产业.
    Behind,
}

/// The noun after a measure, up to the next stop or number.
fn noun_behind(text: &[char], end: usize) -> Option<(usize, usize)> {
    let mut from = end.min(text.len());
    while from < text.len() && matches!(text[from], '的' | '”' | '"' | ' ') {
        from += 1;
    }
    let rest = &text[from..text.len().min(from + 40)];
    let mut to = from + rest.iter().position(|c| is_stop(*c) || c.is_ascii_digit()).unwrap_or(rest.len());
    while to > from && matches!(text[to - 1], '和' | '及' | '与' | ' ') {
        to -= 1;
    }
    (to >= from + 2).then_some((from, to))
}

/// Does the part hold a verb, so that it is a clause of its own?
fn says_verb(part: &[char]) -> bool {
    part.windows(2).any(|p| {
        matches!(
            p,
            ['保', '持'] | ['达', '到'] | ['稳', '定'] | ['完', '成'] | ['实', '现'] | ['提', '高'] | ['增', '长']
        )
    })
}

/// Cuts times, adverbs and verbs off the front of a subject and blanks off both ends.
fn trim_subject(text: &[char], from: usize, to: usize) -> (usize, usize) {
    let (mut from, mut to) = (from, to);
    loop {
        let before = from;
        while from < to
            && !is_han(text[from])
            && !text[from].is_ascii_alphanumeric()
            && !matches!(text[from], '“' | '《' | '（')
        {
            from += 1;
        }
        if let Some(time) = times(&text[from..to.min(from + 24)]).into_iter().next().filter(|t| t.start <= 1) {
            from = (from + time.end).min(to);
        }
        let head = &text[..to];
        let len = w::SUBJECT_START.at(head, from).into_iter().chain(w::SUBJECT_VERB.at(head, from)).max();
        if let Some(len) = len.filter(|len| w::SUBJECT_VERB_NOT.at(head, from).is_none_or(|n| n < *len)) {
            // The verb goes only where a noun remains.
            if to - from - len >= 2 || w::SUBJECT_START.at(head, from) == Some(len) {
                from += len;
            }
        }
        if from == before {
            break;
        }
    }
    // 高新技术企业由 2020 年的: the time at the end belongs to the figure.
    if let Some(cut) = text[from..to].iter().rposition(|c| matches!(c, '由' | '从')).map(|i| from + i) {
        let time = times(&text[cut + 1..to]).into_iter().next().filter(|t| t.start <= 1);
        if cut > from && time.is_some_and(|t| to - (cut + 1 + t.end) <= 2) {
            to = cut;
        }
    }
    while let Some(len) = w::SUBJECT_END.before(&text[..to], to).filter(|len| to - from >= len + 2) {
        to -= len;
    }
    while to > from
        && matches!(text[to - 1], ' ' | '\n' | '的' | '“' | '"' | '为' | '、' | '和' | '及' | '均' | '各' | '等')
    {
        to -= 1;
    }
    (from, to)
}
