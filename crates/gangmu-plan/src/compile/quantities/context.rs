//! What a quantity is about (上下文): the part of the plan it stands in, its period and its subject.

use super::numbers::{self, skip, skip_back};
use super::qualify::Way;
use super::words as w;
use crate::compile::fold::{is_han, is_stop};
use crate::compile::numerals;
use crate::compile::reading::Reading;
use crate::compiled::Level;

/// Years that the plan covers (规划期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanYears {
    pub from: u32,
    pub to: u32,
}

/// The parts of the plan by clause.
pub(crate) struct Parts {
    /// Clauses that look back.
    pub review: Vec<bool>,
    /// Clauses that set goals.
    pub goals: Vec<bool>,
    /// The plan's years, where title or text name them.
    pub years: Option<PlanYears>,
}

impl Parts {
    /// Reads the parts off the headings.
    pub fn read(reading: &Reading<'_>) -> Self {
        let n = reading.headings.len();
        let mut review = vec![false; n];
        let mut goals = vec![false; n];
        let mut top = 0usize;
        for (i, heading) in reading.headings.iter().enumerate() {
            let parent = heading.parent.as_deref().and_then(|p| p.strip_prefix('h')).and_then(|p| p.parse::<usize>().ok()).map(|p| p - 1);
            if parent.is_none() && !matches!(heading.level, Level::Title | Level::Furniture | Level::Toc | Level::Preface | Level::Lead | Level::Dash) {
                top += 1;
            }
            let title: Vec<char> = heading.title.chars().map(crate::compile::fold::fold).collect();
            let up = parent.is_some_and(|p| review[p]);
            review[i] = up || (top <= 2 && looks_back(&title));
            goals[i] = parent.is_some_and(|p| goals[p]) || w::GOAL_TITLE.find(&title, 0).is_some();
        }
        let of_clause = |flags: &[bool]| {
            reading
                .clauses
                .iter()
                .map(|c| c.heading.as_deref().and_then(|h| h[1..].parse::<usize>().ok()).is_some_and(|h| flags.get(h - 1).copied().unwrap_or(false)))
                .collect::<Vec<bool>>()
        };
        Self { review: of_clause(&review), goals: of_clause(&goals), years: plan_years(reading) }
    }
}

/// Does the heading announce a look back?
fn looks_back(title: &[char]) -> bool {
    if w::REVIEW_ANY.find(title, 0).is_some() {
        return true;
    }
    let bare = &title[..title.iter().rposition(|c| is_han(*c)).map_or(0, |i| i + 1)];
    w::REVIEW_TITLE.before(bare, bare.len()).is_some() && w::REVIEW_NOT.at(bare, 0).is_none() && !bare.contains(&'，')
}

/// The plan's years: from its title; or the year in its title; or the year of the document itself.
fn plan_years(reading: &Reading<'_>) -> Option<PlanYears> {
    let ground = &reading.ground;
    let squeezed = |start: u32, end: u32| -> Vec<char> { ground.folded(start, end).iter().copied().filter(|c| !matches!(c, ' ' | '\n')).collect() };
    let titles: Vec<Vec<char>> = reading.headings.iter().filter(|h| h.level == Level::Title).map(|h| squeezed(h.start, h.end)).collect();
    let first: Vec<Vec<char>> = reading.sentences.iter().take(4).map(|s| squeezed(s.span.start, s.span.end.min(s.span.start + 400))).collect();
    let find = |texts: &[Vec<char>], kind: From| texts.iter().flat_map(|t| times(t)).find(|t| t.kind == kind).and_then(|t| t.years());
    find(&titles, From::Span).or_else(|| find(&titles, From::Year)).or_else(|| document_year(reading)).or_else(|| find(&first, From::Span))
}

/// The year of the document: of its number 〔2021〕, of the dates above and below it.
fn document_year(reading: &Reading<'_>) -> Option<PlanYears> {
    let ground = &reading.ground;
    let head = reading.clauses.first().filter(|c| c.path == "0.title").map(|c| (c.start, c.end.min(c.start + 1500)));
    let body = reading.clauses.iter().find(|c| c.path == "0").map(|c| (c.start, c.end.min(c.start + 1500)));
    let tail = reading.clauses.last().filter(|c| c.path.starts_with("tail")).map(|c| (c.start, c.end.min(c.start + 200)));
    [head, tail, body].into_iter().flatten().find_map(|(start, end)| {
        let text = ground.folded(start, end);
        let mut at = 0;
        while at < text.len() {
            if text[at] != '2' || (at > 0 && text[at - 1].is_ascii_digit()) {
                at += 1;
                continue;
            }
            let number = numbers::arabic(text, at).filter(|n| n.end - n.start == 4);
            at += 1;
            let Some(number) = number else { continue };
            let year = u32::try_from(number.value.mantissa()).ok().filter(|y| (2000..=2100).contains(y));
            let after = skip(text, number.end);
            let issued = number.start > 0 && text[number.start - 1] == '〔' && text.get(number.end) == Some(&'〕');
            let dated = text.get(after) == Some(&'年') && numbers::arabic(text, skip(text, after + 1)).is_some_and(|m| text.get(skip(text, m.end)) == Some(&'月'))
                || text.get(after) == Some(&'-') && numbers::arabic(text, after + 1).is_some_and(|m| m.end - m.start <= 2);
            if let (Some(year), true) = (year, issued || dated) {
                return Some(PlanYears { from: year, to: year });
            }
        }
        None
    })
}

/// How a time is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// 2025 年.
    Year,
    /// 到 2025 年, 2025 年末.
    By,
    /// 2021—2025 年, “十四五”时期.
    Span,
    /// 比 2020 年, 在 2020 年基础上: only a comparison.
    Base,
    /// 由 2025 年的, 从 2025 年: dates only the figure right after it.
    Start,
    /// 今年, 去年: by the plan's own year.
    Relative(i32),
}

/// A time in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    pub start: usize,
    pub end: usize,
    pub kind: From,
    pub from: u32,
    pub to: u32,
}

impl Time {
    fn years(&self) -> Option<PlanYears> {
        (self.from > 0).then_some(PlanYears { from: self.from, to: self.to })
    }

    /// As the contract writes it: `2025` or `2016-2020`.
    pub fn text(&self) -> String {
        if self.from == self.to { self.to.to_string() } else { format!("{}-{}", self.from, self.to) }
    }
}

/// The times in a folded text, in order.
pub(crate) fn times(text: &[char]) -> Vec<Time> {
    let mut out: Vec<Time> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let found = match text[at] {
            '1' | '2' => year(text, at),
            '二' => chinese_year(text, at),
            '十' => five_year(text, at),
            '第' => ordinal_plan(text, at),
            '今' | '去' | '明' | '上' | '本' => relative(text, at),
            _ => None,
        };
        match found {
            Some(time) => {
                at = time.end.max(at + 1);
                out.push(time);
            }
            None => {
                at += 1;
                while at < text.len() && text[at - 1].is_ascii_digit() && text[at].is_ascii_digit() {
                    at += 1;
                }
            }
        }
    }
    out
}

fn is_plan_year(value: u32) -> bool {
    (1949..=2100).contains(&value)
}

/// 2025 年, 2021—2025 年, 2021 年至 2025 年.
fn year(text: &[char], at: usize) -> Option<Time> {
    let first = numbers::arabic(text, at)?;
    let value = |n: &numbers::Number| (n.end - n.start == 4).then(|| u32::try_from(n.value.mantissa()).ok()).flatten().filter(|v| is_plan_year(*v));
    let from = value(&first)?;
    let mut end = skip(text, first.end);
    let mut named = text.get(end) == Some(&'年');
    if named {
        end += 1;
    }
    let sign = skip(text, end);
    let mut second_at = sign;
    while second_at < text.len() && matches!(text[second_at], '—' | '-' | '~' | '至' | '到' | '/') {
        second_at += 1;
    }
    if second_at > sign {
        if let Some(second) = numbers::arabic(text, skip(text, second_at)) {
            if let Some(to) = value(&second).filter(|to| *to > from && *to - from <= 60) {
                let mut end = skip(text, second.end);
                named = named || text.get(end) == Some(&'年') || text.get(end) == Some(&'）');
                if text.get(end) == Some(&'年') {
                    end += 1;
                }
                return named.then_some(Time { start: at, end, kind: From::Span, from, to });
            }
        }
    }
    if !named {
        return None;
    }
    Some(finish(text, Time { start: at, end, kind: From::Year, from, to: from }))
}

/// Says whether a single year is an end, a base or a plain year.
fn finish(text: &[char], mut time: Time) -> Time {
    let before = skip_back(text, time.start);
    let last = before.checked_sub(1).map(|i| text[i]);
    let rest = &text[time.end..text.len().min(time.end + 4)];
    let based = matches!(last, Some('比' | '较' | '于')) || rest.starts_with(&['基', '础', '上']) || rest.starts_with(&['的', '基', '础']) || (last == Some('在') && rest.starts_with(&['基']));
    let starts = matches!(last, Some('由' | '从')) && !rest.starts_with(&['起']) && !rest.starts_with(&['开', '始']);
    if starts {
        time.kind = From::Start;
    } else if (based && last != Some('到')) || rest.starts_with(&['以', '来']) {
        time.kind = From::Base;
    } else if matches!(last, Some('到' | '至')) || rest.starts_with(&['末']) || rest.starts_with(&['年', '底']) || rest.starts_with(&['底']) || rest.starts_with(&['前']) {
        time.kind = From::By;
    }
    time
}

/// 二〇三五年.
fn chinese_year(text: &[char], at: usize) -> Option<Time> {
    let digits: Vec<(usize, char)> = (at..text.len().min(at + 12)).map(|i| (i, text[i])).filter(|(_, c)| *c != ' ').take(5).collect();
    if digits.len() < 5 || digits[4].1 != '年' {
        return None;
    }
    let value = digits[..4].iter().try_fold(0u32, |sum, (_, c)| Some(sum * 10 + u32::try_from(numerals::digit(*c)?).ok()?))?;
    is_plan_year(value).then(|| finish(text, Time { start: at, end: digits[4].0 + 1, kind: From::Year, from: value, to: value }))
}

/// The years of the n-th five-year plan: the fourteenth is 2021 to 2025.
fn five_years(n: u64) -> Option<PlanYears> {
    let n = u32::try_from(n).ok().filter(|n| (6..=40).contains(n))?;
    let from = 1951 + n * 5;
    Some(PlanYears { from, to: from + 4 })
}

/// “十四五”时期, “十四五”末.
fn five_year(text: &[char], at: usize) -> Option<Time> {
    if !(at > 0 && matches!(text[at - 1], '“' | '"' | '「' | '\'' | '‘')) {
        return None;
    }
    let close = (at..text.len().min(at + 5)).find(|i| matches!(text[*i], '”' | '"' | '」' | '\'' | '’'))?;
    let word = &text[at..close];
    let years = match word {
        ['十', '五'] => five_years(10),
        ['十', x, '五'] => five_years(10 + numerals::digit(*x)?),
        _ => None,
    }?;
    let rest = skip(text, close + 1);
    let tail = &text[rest..text.len().min(rest + 2)];
    let end = matches!(tail, ['末', ..] | ['期', '末'] | ['时', '末']);
    // “十五五”第一年, “十五五”开局之年 name a year, not the period.
    let begins = matches!(tail, ['第', '一' | '二' | '三' | '四' | '五'] | ['开', '局'] | ['首', '年']);
    let (from, kind) = if end {
        (years.to, From::By)
    } else if begins {
        (years.from, From::Base)
    } else {
        (years.from, From::Span)
    };
    Some(Time { start: at - 1, end: close + 1, kind, from, to: years.to })
}

/// 第十四个五年规划.
fn ordinal_plan(text: &[char], at: usize) -> Option<Time> {
    let end = (at + 1..text.len().min(at + 5)).find(|i| text[*i] == '个')?;
    if text.get(end + 1) != Some(&'五') || text.get(end + 2) != Some(&'年') {
        return None;
    }
    let years = five_years(numerals::parse(&text[at + 1..end])?)?;
    Some(Time { start: at, end: end + 3, kind: From::Span, from: years.from, to: years.to })
}

/// 今年, 去年, 上年, 明年: only where they are words of their own.
fn relative(text: &[char], at: usize) -> Option<Time> {
    if text.get(at + 1) != Some(&'年') {
        return None;
    }
    let offset = match text[at] {
        '今' | '本' => 0,
        '去' => -1,
        '明' => 1,
        _ => {
            let based = at > 0 && matches!(text[at - 1], '比' | '较');
            return based.then_some(Time { start: at, end: at + 2, kind: From::Base, from: 0, to: 0 });
        }
    };
    Some(Time { start: at, end: at + 2, kind: From::Relative(offset), from: 0, to: 0 })
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
/// `before` is the measure before in the same sentence: where it ends, its way, and its subject, which the next one
/// shares when nothing new is named between them (从 45% 提高到 77%; 9.5 万亿元、增长 4.4%).
pub(crate) fn subject(
    text: &[char],
    start: usize,
    end: usize,
    kind: Noun,
    before: Option<(usize, Way, Option<(usize, usize)>)>,
) -> Option<(usize, usize)> {
    if kind == Noun::Behind {
        return noun_behind(text, end);
    }
    let count = kind == Noun::Counted;
    // 甲、乙等 3 座净水厂: what is counted stands after the unit.
    if count && start > 0 && text[skip_back(text, start) - usize::from(skip_back(text, start) > 0)] == '等' {
        if let Some(noun) = noun_behind(text, end) {
            return Some(noun);
        }
    }
    let piece = piece_start(text, start);
    let mut from = piece;
    let mut shared = before.and_then(|b| b.2);
    if let Some((last, way, subject)) = before {
        let last = last.min(start);
        if last > from || (way == Way::From && last >= from) {
            from = last;
            let between = &text[last..start];
            if way == Way::From && !between.contains(&'，') && subject.is_some() {
                return subject;
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
    let verb_only = w::SUBJECT_VERB.before(&text[..head.1], head.1).is_some_and(|len| head.1 - len <= head.0 + 2 || count);
    if words >= 2 && !(count && verb_only) {
        return Some(head);
    }
    if count {
        if let Some(noun) = noun_behind(text, end) {
            return Some(noun);
        }
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
    part.windows(2).any(|p| matches!(p, ['保', '持'] | ['达', '到'] | ['稳', '定'] | ['完', '成'] | ['实', '现'] | ['提', '高'] | ['增', '长']))
}

/// Cuts times, adverbs and verbs off the front of a subject and blanks off both ends.
fn trim_subject(text: &[char], from: usize, to: usize) -> (usize, usize) {
    let (mut from, mut to) = (from, to);
    loop {
        let before = from;
        while from < to && !is_han(text[from]) && !text[from].is_ascii_alphanumeric() && !matches!(text[from], '“' | '《' | '（') {
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
    while to > from && matches!(text[to - 1], ' ' | '\n' | '的' | '“' | '"' | '为' | '、' | '和' | '及' | '均' | '各' | '等') {
        to -= 1;
    }
    (from, to)
}
