//! The head of a phrase (谓语): its verb, its object and the firmness that its words carry (D2).

use std::ops::Range;
use std::sync::LazyLock;

use crate::compile::lexicon::{Lexicon, Words};
use crate::compiled::Degree;

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/tasks.txt")));

/// What a phrase does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It asks for work of its own.
    Work,
    /// It says what comes of the work before it.
    Result,
    /// It says how, or on what ground, the next one is done.
    Setting,
    /// It has no verb of work.
    Bare,
}

/// The head of a phrase; all ranges are places in the slice that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What the phrase does.
    pub part: Part,
    /// Where the phrase begins behind its adverbs.
    pub start: usize,
    /// The verb with the modal words before it.
    pub verb: Range<usize>,
    /// What the verb governs.
    pub object: Range<usize>,
    /// Its firmness.
    pub degree: Degree,
    /// The word that carries the firmness.
    pub word: Option<Range<usize>>,
    /// Does it begin with 确保 and speak of the work before it only?
    pub firms: bool,
}

struct Lists {
    degrees: [(Degree, Words); 6],
    any: Words,
    modal: Words,
    adverb: Words,
    setting: Words,
    result: Words,
    nouns: Words,
    explore_next: Words,
    nominal: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let l = &*LEXICON;
    let degree = |name: &str| l.words(&[name]);
    Lists {
        degrees: [
            (Degree::Must, degree("must")),
            (Degree::Achieve, degree("achieve")),
            (Degree::Advance, degree("advance")),
            (Degree::Support, degree("support")),
            (Degree::Strive, degree("strive")),
            (Degree::Explore, degree("explore")),
        ],
        any: l.words(&["must", "achieve", "advance", "support", "strive", "explore", "modal", "verb"]),
        modal: l.words(&["must", "support", "strive", "explore", "modal"]),
        adverb: l.words(&["adverb"]),
        setting: l.words(&["setting"]),
        result: l.words(&["result"]),
        nouns: l.words(&["noun.achieve", "noun.explore", "noun.support"]),
        explore_next: l.words(&["explore.next"]),
        nominal: Words::new([
            "发展", "改革", "创新", "管理", "服务", "教育", "生产", "保护", "治理", "研究", "监督", "合作", "交流",
            "融合", "监管", "运用", "应用", "转型", "整治", "改造", "宣传", "培训", "投资", "消费", "就业", "执法",
            "普法", "立法",
        ]),
    }
});

/// How many places of a phrase are searched for its verb: far beyond any subject.
const REACH: usize = 60;

/// The degree whose word stands at `at`, with the word's length; longest word wins, then the firmest.
fn degree_at(text: &[char], at: usize) -> Option<(Degree, usize)> {
    let lists = &*LISTS;
    if lists.nouns.at(text, at).is_some() {
        return None;
    }
    // 建成区, 覆盖率: no promise.
    let longest = lists.degrees.iter().filter_map(|(_, words)| words.at(text, at)).max()?;
    if part_of_noun(text, at + longest) {
        return None;
    }
    let mut best: Option<(Degree, usize)> = None;
    for (degree, words) in &lists.degrees {
        if let Some(len) = words.at(text, at)
            && best.is_none_or(|(_, l)| len > l)
        {
            best = Some((*degree, len));
        }
    }
    match best {
        Some((Degree::Explore, len)) if text[at] == '研' => studies(text, at, len).then_some((Degree::Explore, len)),
        other => other,
    }
}

/// Is 研究 here a promise to study, not the noun?
fn studies(text: &[char], at: usize, len: usize) -> bool {
    let lists = &*LISTS;
    if lists.explore_next.at(text, at + len).is_some() {
        return true;
    }
    // At the head of the phrase, maybe behind adverbs, and with something behind it.
    let headed = at == 0 || lists.adverb.before(text, at).is_some_and(|l| at == l);
    headed && at + len < text.len() && !matches!(text[at + len], '、' | '和' | '与' | '院' | '所' | '生' | '型')
}

/// A word that asks for work at `at`.
fn word_at(text: &[char], at: usize) -> Option<usize> {
    let lists = &*LISTS;
    if lists.nouns.at(text, at).is_some() {
        return None;
    }
    let len = lists.any.at(text, at)?;
    if part_of_noun(text, at + len) {
        return None;
    }
    if text[at] == '研'
        && text.get(at + 1) == Some(&'究')
        && len == 2
        && !studies(text, at, len)
        && LISTS.adverb.before(&text[..at], at).is_none()
    {
        return None;
    }
    Some(len)
}

/// Does the character behind a word make a noun of it (覆盖率, 开发区, 建设者)?
fn part_of_noun(text: &[char], end: usize) -> bool {
    let next = text.get(end + 1).copied().unwrap_or('。');
    match text.get(end) {
        Some('率') => !"先领".contains(next),
        Some('区') => !"域级位块内属县政委直间".contains(next),
        Some('园') => !"区林艺".contains(next),
        Some('量') => !"子化".contains(next),
        Some('员') => !"工".contains(next),
        Some('度') => !"假".contains(next),
        Some('者' | '型' | '性' | '局') => true,
        _ => false,
    }
}

/// The length of a bracket that opens a text with more behind it.
pub(super) fn bracket(text: &[char]) -> usize {
    if !matches!(text.first(), Some('（' | '〔' | '【')) {
        return 0;
    }
    let close = super::phrases::closer(text[0]);
    let end = text.iter().take(200).position(|c| Some(*c) == close).map_or(0, |i| i + 1);
    if end > 3 && end < text.len() { end } else { 0 }
}

/// Steps over marks, numbers of lists (一是) and adverbs at the beginning of a phrase.
fn open(text: &[char]) -> usize {
    let mut at = bracket(text);
    while at < text.len() && matches!(text[at], '“' | '‘' | '"' | '—' | '·' | '●' | '■' | '◆' | '*' | '-')
    {
        at += 1;
    }
    if at + 1 < text.len() && "一二三四五六七八九十".contains(text[at]) && matches!(text[at + 1], '是' | '要')
    {
        at += 2;
    }
    at
}

/// Steps over the adverbs at `at`.
fn step_adverbs(text: &[char], mut at: usize) -> usize {
    let lists = &*LISTS;
    while at < text.len() {
        match lists.adverb.at(text, at) {
            Some(len) if word_at(text, at).is_none_or(|w| w <= len) => at += len,
            _ if text[at] == '地' && at > 0 => at += 1,
            _ => break,
        }
    }
    at
}

/// Reads the head of a phrase.
pub fn read(text: &[char]) -> Head {
    let lists = &*LISTS;
    let start = step_adverbs(text, open(text));
    let setting = lists.setting.at(text, start).is_some();
    let result = lists.result.at(text, open(text)).is_some() || lists.result.at(text, start).is_some();
    let limit = text.len().min(start + REACH);
    if is_time(text) {
        return Head {
            part: Part::Bare,
            start,
            verb: start..start,
            object: start..text.len(),
            degree: Degree::Advance,
            word: None,
            firms: false,
        };
    }
    let Some((at, len)) = (start..limit).find_map(|at| word_at(text, at).map(|len| (at, len))) else {
        return Head {
            part: if setting { Part::Setting } else { Part::Bare },
            start,
            verb: start..start,
            object: start..text.len(),
            degree: Degree::Advance,
            word: None,
            firms: false,
        };
    };
    let (verb, object) = group(text, at, len);
    let (degree, word) = firmness(text, &verb, &object);
    // 确保… behind the work is its measure, not another work.
    let firms = degree == Degree::Must
        && word.as_ref().is_some_and(|w| w.start <= start + 2 && matches!(text[w.start], '确' | '保'));
    let part = if setting {
        Part::Setting
    } else if result {
        Part::Result
    } else {
        Part::Work
    };
    Head { part, start, verb, object, degree, word, firms }
}

/// Does a title begin with a verb of work that is no noun by use (发展, 改革)?
pub(super) fn asks(title: &[char]) -> bool {
    let at = step_adverbs(title, 0);
    word_at(title, at).is_some_and(|len| len > 1 && at + len < title.len() && LISTS.nominal.at(title, at).is_none())
}

/// Does the phrase only say when (到规划期末)?
fn is_time(text: &[char]) -> bool {
    let ends = |words: &[&str]| {
        words.iter().any(|w| {
            text.len() >= w.chars().count() && text[text.len() - w.chars().count()..].iter().copied().eq(w.chars())
        })
    };
    matches!(text.first(), Some('到' | '至')) && text.len() <= 12 && ends(&["末", "年", "底", "期", "时", "前", "届时"])
}

/// 开展…研究, 进行…论证: work that only studies.
fn only_studies(text: &[char], verb: &Range<usize>, object: &Range<usize>) -> bool {
    let word = &text[verb.clone()];
    let opens = word.ends_with(&['开', '展']) || word.ends_with(&['进', '行']) || word.ends_with(&['启', '动']);
    let mut end = object.end;
    while end > object.start && matches!(text[end - 1], '。' | '；') {
        end -= 1;
    }
    let tail = &text[object.start..end];
    opens
        && tail.len() > 3
        && [['研', '究'], ['论', '证'], ['探', '索']].iter().any(|w| tail.ends_with(w))
        && !tail.ends_with(&['科', '学', '研', '究'])
        && !tail.ends_with(&['基', '础', '研', '究'])
}

/// Extends the first word to the whole verb group and finds the object.
fn group(text: &[char], at: usize, len: usize) -> (Range<usize>, Range<usize>) {
    let lists = &*LISTS;
    let (mut end, mut last) = (at + len, at);
    let mut modal = lists.modal.at(text, at).is_some_and(|l| l == len);
    for _ in 0..6 {
        let mut next = end;
        let joined = matches!(text.get(next), Some('、' | '和' | '或' | '并' | '与'));
        if joined {
            next += 1;
        }
        let colored = step_adverbs(text, next);
        if !(modal || joined) {
            break;
        }
        let Some(len) = word_at(text, colored) else { break };
        if joined && !modal && colored + len >= text.len() {
            break;
        }
        // 推进改革, 加强管理: the second word is the object, a noun by use.
        if !joined
            && colored == next
            && lists.nominal.at(text, colored).is_some_and(|l| l == len)
            && nominal_after(text, last, end)
        {
            break;
        }
        if colored + len >= text.len() {
            break;
        }
        last = colored;
        end = colored + len;
        modal = lists.modal.at(text, colored).is_some_and(|l| l == len);
    }
    (at..end, end..text.len())
}

/// After these verbs a second verb is a noun by use.
fn nominal_after(text: &[char], last: usize, end: usize) -> bool {
    static VERBS: LazyLock<Words> = LazyLock::new(|| {
        Words::new([
            "推进", "推动", "促进", "深化", "加强", "强化", "提升", "提高", "完善", "优化", "做好", "抓好", "保障",
            "规范", "健全", "扩大", "确保",
        ])
    });
    VERBS.before(&text[..end], end).is_some_and(|l| end - l >= last)
}

/// The firmness of a verb group and its object.
///
/// A hedge (支持, 力争, 探索) governs what follows it; otherwise the firmest word wins. Where the group only
/// advances, a firmer word further on (推动…尽快建成) decides.
fn firmness(text: &[char], verb: &Range<usize>, object: &Range<usize>) -> (Degree, Option<Range<usize>>) {
    let mut hedge: Option<(Degree, Range<usize>)> = None;
    let mut best: Option<(Degree, Range<usize>)> = None;
    let mut at = verb.start;
    while at < verb.end {
        let Some((degree, len)) = degree_at(text, at) else {
            at += 1;
            continue;
        };
        let word = at..at + len;
        if matches!(degree, Degree::Support | Degree::Strive | Degree::Explore) && hedge.is_none() {
            hedge = Some((degree, word.clone()));
        }
        // 坚决守住: the verb carries the firmness, the adverb only where no verb does.
        let colors = best.as_ref().is_some_and(|(b, w)| *b == degree && text[w.start..w.end] == ['坚', '决']);
        if colors || best.as_ref().is_none_or(|(b, _)| degree < *b) {
            best = Some((degree, word));
        }
        at += len;
    }
    if hedge.is_none() && best.as_ref().is_none_or(|(d, _)| *d > Degree::Achieve) && only_studies(text, verb, object) {
        return (Degree::Explore, None);
    }
    match (best, hedge) {
        (Some((Degree::Must, word)), _) => (Degree::Must, Some(word)),
        (_, Some((degree, word))) => (degree, Some(word)),
        (Some((Degree::Achieve, word)), None) => (Degree::Achieve, Some(word)),
        (best, None) => match firmer(text, object) {
            Some((degree, word)) => (degree, Some(word)),
            None => (Degree::Advance, best.map(|(_, word)| word)),
        },
    }
}

/// A word of the firmest two degrees in the object that is a verb there.
fn firmer(text: &[char], object: &Range<usize>) -> Option<(Degree, Range<usize>)> {
    let mut found: Option<(Degree, Range<usize>)> = None;
    for at in object.clone() {
        let Some((degree, len)) = degree_at(text, at) else { continue };
        if degree > Degree::Achieve || at + len > object.end {
            continue;
        }
        // 已建成的…, 实现的…: an attribute, not a promise.
        let attribute = text[at + len..object.end].first() == Some(&'的')
            || at > 0 && matches!(text[at - 1], '已' | '未' | '的' | '和' | '、');
        if attribute || degree == Degree::Must && !matches!(text[at], '确' | '务' | '必' | '不') {
            continue;
        }
        if found.as_ref().is_none_or(|(d, _)| degree < *d) {
            found = Some((degree, at..at + len));
        }
    }
    found
}
