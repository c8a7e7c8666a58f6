//! Name variants (名称不一): one thing under two names that nearly agree.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{LEXICON, no_doubt, notice};
use crate::compile::lexicon::{Lexicon, Words};
use crate::compile::reading::{Reading, SentenceKind};
use crate::compile::tasks::{Phrases, head};
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const VARIANT: &str = "notice.name_variant";

/// Names shorter than this are kinds of things.
const SHORTEST: usize = 5;
const LONGEST: usize = 24;
/// So many names of one beginning are compared with each other.
const BUCKET: usize = 24;

/// So many places of one name are kept.
const PLACES: usize = 40;

struct Lists {
    ends: Words,
    verbs: Words,
    stop: Words,
    contrast: Words,
    contrast_words: Words,
    digital: Words,
    openers: Words,
    levels: Words,
    generic: Words,
    synonyms: Vec<(Vec<char>, Vec<char>)>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let projects = Lexicon::parse(include_str!("../lexicon/projects.txt"));
    let organisations = &*crate::compile::organisations::LEXICON;
    let tasks = &*head::LEXICON;
    let ends = ["facility.line", "facility.site", "facility.work"];
    let more = [
        "大楼",
        "创新带",
        "经济带",
        "制造带",
        "服务带",
        "示范带",
        "生态带",
        "产业带",
        "活力区",
        "功能区",
        "创新区",
        "度假村",
    ];
    // Verbs that a name never holds: those that carry a firmness. 改造 and 建设 stand in names.
    let inner = ["深化", "拓展", "巩固", "提升", "优化", "完成", "完善", "实现", "研究", "试点", "奖励"];
    let strong = ["must", "achieve", "advance", "support", "strive", "explore", "setting"];
    Lists {
        ends: Words::new(ends.iter().flat_map(|g| projects.group(g)).copied().chain(more)),
        digital: projects.words(&["facility.digital"]),
        verbs: Words::new(
            strong
                .iter()
                .flat_map(|g| tasks.group(g))
                .copied()
                .filter(|w| w.chars().count() >= 2 && !inner.contains(w)),
        ),
        stop: Words::new(organisations.group("stop").iter().copied().filter(|w| {
            !matches!(
                *w,
                "家" | "所"
                    | "个"
                    | "应"
                    | "改造"
                    | "扩建"
                    | "新建"
                    | "迁建"
                    | "服务"
                    | "级"
                    | "重组"
                    | "建设"
                    | "创建"
                    | "提升"
                    | "健全"
            )
        })),
        contrast: LEXICON.words(&["contrast"]),
        contrast_words: LEXICON.words(&["contrast.words"]),
        openers: Words::new(LEXICON.group("variant.kind").iter().chain(projects.group("many")).copied()),
        levels: Words::new(["国家级", "省级", "市级", "区级", "县级", "镇级", "村级", "一期", "二期", "三期", "四期"]),
        generic: projects.words(&["generic", "many"]),
        synonyms: LEXICON
            .group("synonym")
            .iter()
            .filter_map(|p| p.split_once('='))
            .map(|(a, b)| (a.chars().collect(), b.chars().collect()))
            .collect(),
    }
});

/// A name with the places it stands at.
struct Name {
    text: Vec<char>,
    places: Vec<Range<usize>>,
    parts: Vec<usize>,
}

/// Finds names that nearly agree.
pub(super) fn find(reading: &Reading<'_>, phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    let names = names(phrases);
    let mut buckets: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    let mut order: Vec<[char; 2]> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let key = [name.text[0], name.text[1]];
        let bucket = buckets.entry(key).or_default();
        if bucket.is_empty() {
            order.push(key);
        }
        if bucket.len() < BUCKET {
            bucket.push(index);
        }
    }
    for key in order {
        let bucket = &buckets[&key];
        for (i, &a) in bucket.iter().enumerate() {
            for &b in &bucket[i + 1..] {
                let (a, b) = (&names[a], &names[b]);
                let sign = match near(&a.text, &b.text) {
                    Err(Far::Unlike) => continue,
                    Err(Far::ToldApart) => Some("difference_tells_them_apart"),
                    // What stands in one list are two things.
                    Ok(()) if a.parts.iter().any(|p| b.parts.contains(p)) => Some("named_side_by_side"),
                    Ok(()) => None,
                };
                let spans = [phrases.span(&a.places[0]), phrases.span(&b.places[0])];
                if let Some(sign) = sign {
                    spans.iter().for_each(|span| no_doubt(trace, *span, VARIANT, sign));
                    continue;
                }
                let (x, y): (String, String) = (a.text.iter().collect(), b.text.iter().collect());
                out.push(notice(
                    NoticeKind::NameVariant,
                    VARIANT,
                    format!("“{x}”和“{y}”名称相近，可能指同一对象。请确认后统一名称。"),
                    &spans,
                    &[("first", x), ("second", y), ("clause", reading.path_at(spans[1].start).to_owned())],
                ));
            }
        }
    }
}

/// The names of things in the phrases, in text order.
fn names(phrases: &Phrases) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut known: HashMap<Vec<char>, usize> = HashMap::new();
    for passage in phrases.passages.iter().filter(|p| p.kind != SentenceKind::Row) {
        for index in passage.parts.clone() {
            let part = &phrases.parts[index];
            let text = phrases.slice(part);
            let read = head::read(text);
            // What the phrase governs begins behind its verb.
            let from = if read.verb.start == read.start { read.verb.end } else { 0 };
            let mut at = 0;
            while at < text.len() {
                let Some(name) = name_at(text, at, from) else {
                    at += 1;
                    continue;
                };
                at = name.end;
                let chars: Vec<char> = text[name.clone()].iter().copied().filter(|c| !matches!(c, '“' | '”')).collect();
                if chars.len() < SHORTEST || chars.len() > LONGEST {
                    continue;
                }
                let place = part.start + name.start..part.start + name.end;
                match known.get(&chars) {
                    Some(&i) if out[i].parts.len() < PLACES => {
                        out[i].places.push(place);
                        out[i].parts.push(index);
                    }
                    Some(_) => {}
                    None => {
                        known.insert(chars.clone(), out.len());
                        out.push(Name { text: chars, places: vec![place], parts: vec![index] });
                    }
                }
            }
        }
    }
    out
}

/// The name whose last ending begins at `at`.
fn name_at(text: &[char], at: usize, from: usize) -> Option<Range<usize>> {
    let lists = &*LISTS;
    // A platform is a name where part of it stands in quotation marks.
    let digital = || lists.digital.at(text, at).filter(|_| text[..at].contains(&'”'));
    let len = lists.ends.at(text, at).or_else(digital)?;
    let mut end = at + len;
    // 公园 + 工程, 文化街 + 区: the ending goes on, or a longer one overlaps it.
    while let Some(further) =
        (at + 1..=end).rev().find_map(|i| lists.ends.at(text, i).map(|l| i + l).filter(|e| *e > end))
    {
        end = further;
    }
    let reach = end.saturating_sub(LONGEST + 4).max(if at >= from { from } else { 0 });
    let mut start = at;
    while start > reach {
        let c = text[start - 1];
        let inside =
            crate::compile::fold::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '“' | '”' | '（' | '）' | '+');
        if !inside || lists.stop.before(text, start).is_some() || lists.verbs.before(text, start).is_some() {
            break;
        }
        start -= 1;
    }
    let name = &text[start..end];
    if lists.generic.contains(name) {
        return None;
    }
    if lists.openers.at(name, 0).is_some() {
        return None;
    }
    (end - start >= SHORTEST).then_some(start..end)
}

/// Why two names are two things.
enum Far {
    /// They have little in common.
    Unlike,
    /// They nearly agree, but the words that differ tell things apart.
    ToldApart,
}

/// Do two names nearly agree, and differ in nothing that tells things apart?
fn near(a: &[char], b: &[char]) -> Result<(), Far> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 4 {
        return Err(Far::Unlike);
    }
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let room = short.len() - head;
    let tail = short.iter().rev().zip(long.iter().rev()).take(room).take_while(|(x, y)| x == y).count();
    let (left, right) = (&short[head..short.len() - tail], &long[head..long.len() - tail]);
    if head < 2 || left.len() > 4 || right.len() > 4 {
        return Err(Far::Unlike);
    }
    let lists = &*LISTS;
    if tells_apart(left) || tells_apart(right) {
        return Err(Far::ToldApart);
    }
    let alike = |is| if is { Ok(()) } else { Err(Far::Unlike) };
    let added = left.is_empty();
    // 运行 and 运营: the words begin alike.
    let (wide_left, wide_right) = (&short[head - 1..short.len() - tail], &long[head - 1..long.len() - tail]);
    let synonyms = lists.synonyms.iter().any(|(a, b)| {
        a == left && b == right
            || a == right && b == left
            || a == wide_left && b == wide_right
            || a == wide_right && b == wide_left
    });
    if tail == 0 {
        // 保税物流中心, 保税物流园: only the word for the thing differs.
        return alike(head >= 6 && synonyms);
    }
    // One name holds the other, a word longer; or a word stands for another.
    let same = head + tail;
    if added {
        return alike(right.len() <= 3 && same >= 5 && (head >= 3 || right.len() >= 2));
    }
    if lists.contrast_words.contains(left) && lists.contrast_words.contains(right) {
        return Err(Far::ToldApart);
    }
    // 文化旅游 and 文旅; 商务活力 and 活力商务; 科技 and 技术.
    let shortened = subsequence(left, right) && right.len() - left.len() <= 3;
    let turned = left.len() == right.len() && turned(left, right);
    let shared = left.len() == right.len() && left.len() == 2 && left.iter().any(|c| right.contains(c)) && same >= 6;
    alike(shortened && same >= 4 || turned && same >= 3 || synonyms && same >= 5 || shared)
}

fn subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|d| d == c))
}

fn turned(left: &[char], right: &[char]) -> bool {
    let mut a = left.to_vec();
    let mut b = right.to_vec();
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

/// Does the difference tell two things apart (东 and 西, 一期 and 二期)?
fn tells_apart(part: &[char]) -> bool {
    let lists = &*LISTS;
    if part.is_empty() {
        return false;
    }
    part.len() <= 2
        && part.iter().any(|c| lists.contrast.contains(&[*c]))
        && !lists.synonyms.iter().any(|(a, b)| a == part || b == part)
        || lists.levels.find(part, 0).is_some()
}
