//! Contradictions (矛盾): two clauses that cannot both be kept.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::figures;
use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::SentenceKind;
use crate::compile::tasks::{Passage, Phrases, Stance};
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const VALUES: &str = "notice.contradiction.values";
const YEARS: &str = "notice.contradiction.years";
const FORBIDDEN: &str = "notice.contradiction.forbidden";

struct Lists {
    trim: Words,
    open: Words,
    done: Words,
    forbid: Words,
    building: Words,
    case: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    // What stands between a subject and its figure.
    trim: Words::new([
        "达到",
        "达",
        "突破",
        "超过",
        "控制在",
        "保持在",
        "稳定在",
        "不低于",
        "不超过",
        "不少于",
        "约",
        "为",
        "增长",
        "下降",
        "提高到",
        "提高",
        "降低",
        "年均增长",
        "年均",
        "增加到",
        "力争达到",
        "力争",
        "确保",
        "实现",
        "至",
        "到",
        "在",
        "以上",
        "降至",
        "增至",
        "累计",
        "减少",
        "增加",
        "上升到",
        "下降到",
        "提升到",
        "提升至",
    ]),
    open: Words::new(["力争", "确保", "实现", "使", "其中", "全市", "全区", "全县", "全省", "并", "争取", "预计"]),
    done: Words::new([
        "建成投用",
        "建成通车",
        "建成",
        "投用",
        "全线贯通",
        "贯通",
        "竣工",
        "通车",
        "投产",
        "开工",
        "完工",
        "启用",
    ]),
    building: Words::new([
        "新建", "新增", "扩建", "开发", "建设", "在", "新上", "审批", "引进", "布局", "新设", "发展",
    ]),
    // Rates of single cases: several of them stand in one text by right.
    case: LEXICON.words(&["contradiction.case"]),
    forbid: Words::new(["不再", "全面禁止", "严禁", "禁止", "不得"]),
});

/// A figure or year that a subject is bound to.
struct Bound {
    value: String,
    place: Range<usize>,
    clause: usize,
    subject: Range<usize>,
}

/// Finds contradictions.
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    let mut values: HashMap<(String, String, String), Vec<Bound>> = HashMap::new();
    let mut years: HashMap<String, Vec<Bound>> = HashMap::new();
    let mut order: Vec<(String, String, String)> = Vec::new();
    let mut order_years: Vec<String> = Vec::new();
    for passage in phrases.passages.iter().filter(|p| binding(p)) {
        let mut period = String::new();
        let mut last = passage.range.start;
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            // A new member of a list of aims speaks of its own period only.
            if phrases.chars.get(last..part.start).is_some_and(|s| s.contains(&'；')) {
                period.clear();
            }
            last = part.start;
            if let Some(said) = period_of(text) {
                period = said;
            }
            if let Some((key, bound)) = value_of(text, part, passage, &period) {
                let entry = values.entry(key.clone()).or_default();
                if entry.is_empty() {
                    order.push(key);
                }
                entry.push(bound);
            }
            if let Some((key, bound)) = year_of(text, part, passage) {
                let entry = years.entry(key.clone()).or_default();
                if entry.is_empty() {
                    order_years.push(key);
                }
                entry.push(bound);
            }
        }
    }
    for key in order {
        report(phrases, &values[&key], VALUES, &key.0, &key.1, out, trace);
    }
    for key in order_years {
        report(phrases, &years[&key], YEARS, &key, "", out, trace);
    }
    forbidden(phrases, out, trace);
}

/// Does the passage bind anybody (work or aims, not what was)?
fn binding(passage: &Passage) -> bool {
    passage.kind != SentenceKind::Row && matches!(passage.stance, Stance::Work | Stance::Goal | Stance::Vision)
}

/// The year of a phrase such as 到2030年 or 2026年底前.
fn period_of(text: &[char]) -> Option<String> {
    let at = text.iter().position(char::is_ascii_digit)?;
    let year = text.get(at..at + 4)?;
    let is_year = year.iter().all(char::is_ascii_digit) && text.get(at + 4) == Some(&'年') && at <= 2;
    is_year.then(|| year.iter().collect())
}

/// The subject, period and unit of a phrase with exactly one figure.
fn value_of(
    text: &[char],
    part: &Range<usize>,
    passage: &Passage,
    period: &str,
) -> Option<((String, String, String), Bound)> {
    let all = figures::scan(text);
    let figures: Vec<_> =
        all.iter().filter(|f| f.unit != "年" || f.start > 6).filter(|f| !(f.unit.starts_with('年'))).collect();
    let [figure] = figures.as_slice() else {
        // 受教育年限达到12.2年: the last one is the figure.
        let last = all.last().filter(|f| f.unit == "年" && f.value.scale() > 0)?;
        return bind(text, part, passage, period, last);
    };
    bind(text, part, passage, period, figure)
}

fn bind(
    text: &[char],
    part: &Range<usize>,
    passage: &Passage,
    period: &str,
    figure: &figures::Figure,
) -> Option<((String, String, String), Bound)> {
    if figure.unit.is_empty() {
        return None;
    }
    let lists = &*LISTS;
    let mut end = figure.start;
    while let Some(len) = lists.trim.before(&text[..end], end) {
        end -= len;
    }
    let mut start = 0;
    // The period at the head of the phrase is no part of the subject.
    if period_of(text).is_some() {
        start = text.iter().position(|c| *c == '年').map_or(0, |i| i + 1);
        while matches!(text.get(start), Some('底' | '前' | '末' | '，' | '之')) {
            start += 1;
        }
    }
    while let Some(len) = lists.open.at(text, start) {
        start += len;
    }
    let subject = text.get(start..end)?;
    let bare = subject.iter().filter(|c| crate::compile::fold::is_han(**c)).count();
    if LISTS.case.find(subject, 0).is_some() {
        return None;
    }
    if bare < 4 || subject.iter().any(char::is_ascii_digit) || subject.len() > 30 {
        return None;
    }
    // What stands behind the figure must not add another subject.
    let behind = text.len() - figure.end.min(text.len());
    if behind > 6 {
        return None;
    }
    // 增长 and 达到 of one subject are different measures.
    let measure: String = text[end..figure.start].iter().filter(|c| "增减升降提".contains(**c)).take(1).collect();
    let key = (subject.iter().collect::<String>(), period.to_owned(), format!("{}{measure}", figure.unit));
    let place = part.start + figure.start..part.start + figure.end;
    Some((
        key,
        Bound {
            value: figure.amount.normalize().to_string(),
            place,
            clause: passage.clause,
            subject: part.start + start..part.start + end,
        },
    ))
}

/// A thing and the year it is to be done: 南郊水厂2027年建成投用, 2026年底前完成….
fn year_of(text: &[char], part: &Range<usize>, passage: &Passage) -> Option<(String, Bound)> {
    let at = (0..text.len().saturating_sub(4)).find(|&i| {
        text[i..i + 4].iter().all(char::is_ascii_digit)
            && text[i + 4] == '年'
            && (i == 0 || !text[i - 1].is_ascii_digit())
    })?;
    let mut after = at + 5;
    while matches!(text.get(after), Some('底' | '前' | '末' | '之' | '内')) {
        after += 1;
    }
    let value: String = text[at..at + 4].iter().collect();
    let bound = |subject: Range<usize>| Bound {
        value,
        place: part.start + subject.start..part.start + subject.end,
        clause: passage.clause,
        subject: part.start + subject.start..part.start + subject.end,
    };
    if at >= 3 && !matches!(text[at - 1], '到' | '至' | '从' | '由' | '于' | '—' | '~' | '比' | '较') {
        let len = LISTS.done.at(text, after)?;
        let word: String = text[after..after + len].iter().collect();
        let subject: String = text[..at].iter().collect();
        return (at <= 24).then(|| (format!("{subject}{word}"), bound(0..at)));
    }
    // 2026年底前完成…: the object is the thing.
    let verb: &[char] = &['完', '成'];
    let object = text.get(after..)?.strip_prefix(verb)?;
    let plain: Vec<char> = object.iter().copied().filter(|c| *c != '。').collect();
    (plain.len() >= 6 && !plain.iter().any(char::is_ascii_digit) && at <= 1)
        .then(|| (format!("完成{}", plain.iter().collect::<String>()), bound(after + 2..after + 2 + plain.len())))
}

/// Reports values of one subject that differ between places.
fn report(
    phrases: &Phrases,
    bounds: &[Bound],
    rule: &str,
    subject: &str,
    period: &str,
    out: &mut Vec<Notice>,
    trace: &mut Trace,
) {
    let first = &bounds[0];
    let mut none = |sign| bounds.iter().for_each(|b| no_doubt(trace, phrases.span(&b.place), rule, sign));
    let differing: Vec<&Bound> = bounds.iter().filter(|b| b.value != first.value).collect();
    let Some(other) = differing.first() else {
        if bounds.len() > 1 {
            none("same_in_all_places");
        }
        return;
    };
    // Within one clause the same words may count parts (…：…5个；…8个).
    if other.clause == first.clause && other.place.start.saturating_sub(first.place.end) < 40 {
        let near = phrases.chars[first.place.end.min(other.place.start)..other.place.start]
            .iter()
            .all(|c| *c != '。' && *c != '；');
        if near {
            none("parts_of_one_sentence");
            return;
        }
    }
    let mut spans = vec![phrases.span(&first.place)];
    spans.extend(differing.iter().map(|b| phrases.span(&b.place)));
    let when = if period.is_empty() { String::new() } else { format!("{period}年") };
    let message = if rule == YEARS {
        format!(
            "{}在两处写有不同的时间：{}年和{}年。请确定以哪一处为准。",
            quoted(phrases.slice(&first.subject)),
            first.value,
            other.value
        )
    } else {
        let said = |b: &Bound| phrases.text(&b.place);
        format!(
            "{}{when}的数值在两处不同：{}和{}。请确定以哪一处为准。",
            quoted(phrases.slice(&first.subject)),
            said(first),
            said(other)
        )
    };
    out.push(notice(
        NoticeKind::Contradiction,
        rule,
        message,
        &spans,
        &[
            ("subject", subject.to_owned()),
            ("period", period.to_owned()),
            ("first", first.value.clone()),
            ("other", other.value.clone()),
        ],
    ));
}

/// What one clause forbids and another asks for.
fn forbidden(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    let mut banned: Vec<(String, Range<usize>)> = Vec::new();
    for passage in phrases.passages.iter().filter(|p| binding(p)) {
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            let Some((at, len)) = LISTS.forbid.find(text, 0) else { continue };
            let from = at + len;
            let mut end = text.len();
            while end > from && matches!(text[end - 1], '。' | '；') {
                end -= 1;
            }
            let Some(end) = end.checked_sub(if text[from..end].ends_with(&['项', '目']) { 2 } else { 0 }) else {
                continue;
            };
            if (5..=24).contains(&(end.saturating_sub(from))) && LISTS.building.at(text, from).is_some() {
                banned.push((text[from..end].iter().collect(), part.start + from..part.start + end));
            }
        }
    }
    if banned.is_empty() {
        return;
    }
    let words = Words::new(banned.iter().map(|(s, _)| s.as_str()));
    let places: HashMap<&str, &Range<usize>> = banned.iter().rev().map(|(s, place)| (s.as_str(), place)).collect();
    for passage in phrases.passages.iter().filter(|p| binding(p)) {
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            if LISTS.forbid.find(text, 0).is_some() {
                continue;
            }
            let Some((at, len)) = words.find(text, 0) else { continue };
            let span = phrases.span(&(part.start + at..part.start + at + len));
            // 新建…的，予以处罚: what is forbidden is named, not asked for.
            if text[at + len..].contains(&'的') {
                no_doubt(trace, span, FORBIDDEN, "named_and_not_asked_for");
                continue;
            }
            let said: String = text[at..at + len].iter().collect();
            let Some(place) = places.get(said.as_str()) else { continue };
            // 除…外, 确需…: an exception is no contradiction.
            if text[..at].iter().any(|c| matches!(c, '除' | '非' | '未' | '查' | '治')) {
                no_doubt(trace, span, FORBIDDEN, "exception");
                continue;
            }
            out.push(notice(
                NoticeKind::Contradiction,
                FORBIDDEN,
                format!("一处禁止{}，另一处又安排同一事项。请确定以哪一处为准。", quoted(&text[at..at + len])),
                &[phrases.span(place), span],
                &[("subject", said)],
            ));
        }
    }
}
