//! The region of a phrase that names what is built: behind its verb and before its tail.

use std::ops::Range;
use std::sync::LazyLock;

use crate::compile::lexicon::{Lexicon, Words};

pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/projects.txt")));

/// What a phrase builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The verb.
    pub verb: Range<usize>,
    /// The list of things, without the tail (建设).
    pub list: Range<usize>,
    /// The name of the class behind 等, if there is one.
    pub class: Option<Range<usize>>,
    /// Is it built, not only pushed or improved?
    pub builds: bool,
    /// Is the verb one of improving, which takes digital works only?
    pub improves: bool,
    /// Does the list serve as the lever of a measure?
    pub lever: bool,
    /// Is the verb one that slogans like (打造, 创建, 建设)?
    pub slogans: bool,
    /// Does something stand behind the list that makes the phrase speak of other things?
    pub open_end: bool,
}

impl Region {
    /// The region of a phrase without a verb that goes on with this one.
    pub fn over(mut self, len: usize) -> Self {
        self.verb = 0..0;
        self.list = 0..len;
        self.class = None;
        self.open_end = false;
        self
    }
}

struct Lists {
    build: Words,
    push: Words,
    improve: Words,
    any: Words,
    tail: Words,
    tail_weak: Words,
    carrier: Words,
    others: Words,
    class: Words,
    adverb: Words,
    facility: Words,
    backing: Words,
    slogan_verbs: Words,
    adverbial: Words,
    noun_behind: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let l = &*LEXICON;
    let tasks = &*crate::compile::tasks::head::LEXICON;
    Lists {
        build: l.words(&["verb.build"]),
        push: l.words(&["verb.push"]),
        improve: l.words(&["verb.improve"]),
        any: l.words(&["verb.build", "verb.push", "verb.improve"]),
        tail: l.words(&["tail"]),
        tail_weak: l.words(&["tail.weak"]),
        carrier: l.words(&["carrier"]),
        others: l.words(&["others"]),
        class: l.words(&["class"]),
        adverb: tasks.words(&["adverb"]),
        facility: l.words(&["facility.line", "facility.site", "facility.digital", "facility.work"]),
        backing: Words::new(["支持", "鼓励", "扶持", "引导", "吸引", "帮助"]),
        slogan_verbs: Words::new(["打造", "创建", "创建打造", "构筑", "共建", "构建"]),
        noun_behind: l.words(&["noun.behind"]),
        adverbial: Words::new([
            "探索", "谋划", "规划", "鼓励", "支持", "争取", "力争", "推动", "推进", "加快", "促进", "启动", "实施",
            "完成", "努力", "筹备", "牵头", "组织", "引进", "计划", "确保", "试点",
        ]),
    }
});

/// A longer stretch without a comma is no phrase.
const LONGEST: usize = 500;

/// Reads the region of a phrase; the error is the sign that turned it away.
pub fn read(text: &[char]) -> Result<Region, &'static str> {
    if text.is_empty() || text.len() > LONGEST {
        return Err("no_verb_of_building");
    }
    let lists = &*LISTS;
    if let Some(region) = lever(text) {
        return Ok(region);
    }
    let start = step_adverbs(text, 0);
    if let Some(at) = disposal(text, start) {
        return made_into(text, at);
    }
    if lists.carrier.at(text, start).is_some() || text[0] == '以' {
        // 依托…探索构建…: behind an adverb of work a verb of building governs again.
        let later = (start + 1..text.len()).find(|&at| {
            lists.build.at(text, at).is_some_and(|len| governs(text, at, len))
                && (lists.adverbial.before(text, at).is_some() || lists.adverb.before(text, at).is_some())
        });
        let at = later.ok_or("names_what_exists")?;
        let len = lists.build.at(text, at).unwrap_or(0);
        return region(text, at..at + len, true);
    }
    let Some((verb, builds)) = verb(text, start) else {
        let listed = lists.facility.before(text, text.len()).is_some() || text.contains(&'等');
        return Err(if listed { "continues" } else { "no_verb_of_building" });
    };
    let head = &text[..verb.start];
    if lists.backing.find(head, 0).is_some_and(|(at, len)| lists.others.find(head, at + len).is_some()) {
        return Err("built_by_others");
    }
    region(text, verb, builds)
}

/// The place of 将 or 把 behind nothing but words that colour a verb.
fn disposal(text: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    while at < text.len().min(start + 6) {
        if matches!(text[at], '将' | '把') {
            return Some(at);
        }
        at += LISTS.adverbial.at(text, at)?;
    }
    None
}

/// Steps over adverbs and numbers of lists.
fn step_adverbs(text: &[char], mut at: usize) -> usize {
    if text.len() > 2 && "一二三四五六七八九十".contains(text[0]) && matches!(text[1], '是' | '要') {
        at = 2;
    }
    while let Some(len) = LISTS.adverb.at(text, at) {
        if text[at] == '将' || LISTS.any.at(text, at).is_some_and(|l| l >= len) {
            break;
        }
        at += len;
    }
    at
}

/// The verb and whether it builds.
///
/// The verb group at the head decides; behind it a later verb of building does, where it governs something
/// (在…领域建设…, 推动…在…建立…).
fn verb(text: &[char], start: usize) -> Option<(Range<usize>, bool)> {
    let lists = &*LISTS;
    let mut at = start;
    let mut found: Option<(Range<usize>, bool)> = None;
    let mut searched_far = false;
    while at < text.len() {
        let near = !searched_far || reaches(text, at);
        if let Some(len) = lists.build.at(text, at).filter(|len| near && governs(text, at, *len)) {
            let from = found.as_ref().map_or(at, |(v, _)| if v.end == at || searched_far { at } else { v.start });
            let mut end = at + len;
            // 引进、建设, 建设和完善: the group goes on.
            while let Some(more) = next_verb(text, end) {
                end = more;
            }
            return Some((from..end, true));
        }
        let pushed = lists.push.at(text, at).or_else(|| lists.improve.at(text, at));
        if found.is_none() {
            match pushed {
                Some(len) => {
                    found = Some((at..at + len, false));
                    at += len;
                    continue;
                }
                None => {
                    if let Some(len) = lists.adverbial.at(text, at).or_else(|| lists.adverb.at(text, at)) {
                        at += len;
                        continue;
                    }
                }
            }
        } else if let Some(len) = pushed.or_else(|| lists.adverbial.at(text, at)).or_else(|| coloring(text, at))
            && !searched_far
            && found.as_ref().is_some_and(|(v, _)| v.end == at)
        {
            if let Some((v, _)) = &mut found {
                v.end = at + len;
            }
            at += len;
            continue;
        }
        searched_far = true;
        at += 1;
    }
    found
}

/// The length of an adverb that stands before a verb of building.
fn coloring(text: &[char], at: usize) -> Option<usize> {
    let lists = &*LISTS;
    let len = lists.adverb.at(text, at).filter(|len| *len > 1)?;
    (lists.build.at(text, at + len).is_some() || lists.adverbial.at(text, at + len).is_some()).then_some(len)
}

/// May a verb of building stand at `at`, far behind the head: after a place, an actor or a word that colours it?
fn reaches(text: &[char], at: usize) -> bool {
    let lists = &*LISTS;
    let head = &text[..at];
    let opened = head.iter().any(|c| matches!(c, '在' | '对' | '以' | '由' | '到' | '向' | '从' | '为' | '于'));
    opened
        || lists.adverbial.before(text, at).is_some()
        || lists.adverb.before(text, at).is_some_and(|len| len > 1)
        || lists.others.before(text, at).is_some()
        || head.last() == Some(&'、')
}

/// The end of a verb of building that is joined to the one before `at`.
fn next_verb(text: &[char], at: usize) -> Option<usize> {
    let joined = matches!(text.get(at), Some('、' | '和' | '或' | '与' | '并'));
    let from = if joined { at + 1 } else { at };
    let len = LISTS.any.at(text, from)?;
    (from + len < text.len()).then_some(from + len)
}

/// Does a verb of building at `at` govern what follows it, or is it the end of a name (…扩建工程) or a tail?
fn governs(text: &[char], at: usize, len: usize) -> bool {
    let rest = &text[at + len..];
    if rest.len() < 2 || LISTS.tail.at(rest, 0) == Some(rest.len()) {
        return false;
    }
    if at > 0
        && matches!(text[at - 1], '的' | '“' | '三' | '微' | '全' | '期' | '段')
        && LISTS.build.at(text, at - 1).is_none()
    {
        return false;
    }
    // 建设工程, 改造标准: the verb is part of a noun; 建设工程技术中心 is a thing that is built.
    let noun = LISTS.noun_behind.at(rest, 0).is_some();
    let thing = rest.starts_with(&['工', '程']) && matches!(rest.get(2), Some('中' | '技' | '研'));
    !noun || thing
}

/// The list, class and tail behind a verb.
fn region(text: &[char], verb: Range<usize>, builds: bool) -> Result<Region, &'static str> {
    let lists = &*LISTS;
    let from = verb.end;
    let disposed = text[..verb.start].iter().any(|c| matches!(c, '将' | '把'));
    let becomes = text[from..].starts_with(&['成', '为']) || disposed && matches!(text.get(from), Some('成' | '为'));
    if becomes {
        return Err("made_into_something");
    }
    if !builds && text.get(from).is_some_and(|c| matches!(c, '与' | '同' | '对' | '和' | '向')) {
        return Err("acts_with_others");
    }
    let mut end = text.len();
    let mut tail_builds = false;
    while let Some(len) = lists.tail.before(&text[..end], end).filter(|len| end - len > from) {
        let word = &text[end - len..end];
        tail_builds |= lists.tail_weak.before(word, len) != Some(len);
        end -= len;
        if end > from && text[end - 1] == '的' {
            end -= 1;
        }
    }
    let list = from..end;
    let slogans = lists.slogan_verbs.before(&text[..verb.end], verb.end).is_some();
    let word = &text[verb.clone()];
    let improves =
        !builds && lists.improve.before(word, word.len()).is_some() && lists.push.before(word, word.len()).is_none();
    let mut out = Region {
        verb,
        list,
        class: None,
        builds: builds || tail_builds,
        improves,
        lever: false,
        slogans,
        open_end: false,
    };
    classed(text, &mut out);
    Ok(out)
}

/// Finds 等 and the class behind it.
fn classed(text: &[char], region: &mut Region) {
    let Some((at, class)) = class_of(text, &region.list) else { return };
    let name = &text[class.clone()];
    if class.is_empty() {
        region.list.end = at;
        return;
    }
    let facility = LISTS.facility.before(name, name.len()).is_some();
    let named = LISTS.class.before(name, name.len()).is_some();
    let items_are_things = LISTS.facility.before(&text[..at], at).is_some();
    let works = name.ends_with(&['项', '目']) || name.ends_with(&['工', '程']);
    if region.builds
        && facility
        && !(works && named)
        && (!named || !items_are_things && (name.len() > 6 || text[at - 1] == '”'))
    {
        // “甲”“乙”等…平台, 供水、供电等…网络: the class is the thing, the list before it an example.
        region.list = if name.contains(&'的') && !items_are_things {
            class
        } else if items_are_things {
            region.list.start..at
        } else {
            class
        };
        return;
    }
    region.open_end = !named;
    region.list.end = at;
    if named
        && (name.len() <= 8 || works)
        && !name.contains(&'的')
        && (works || region.builds)
        && (!region.improves || region.builds)
    {
        region.class = Some(class);
    }
}

/// The place of the last 等 outside marks, and what stands behind it without a number.
fn class_of(text: &[char], list: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let slice = &text[list.clone()];
    let mask = crate::compile::tasks::phrases::inside(slice);
    let at = (1..slice.len()).rev().find(|&i| {
        slice[i] == '等'
            && !mask[i]
            && !matches!(slice.get(i + 1), Some('级'))
            && !matches!(slice[i - 1], '高' | '中' | '初' | '平' | '均' | '对')
    })?;
    let mut from = at + 1;
    while from < slice.len() && (slice[from].is_ascii_digit() || "一二三四五六七八九十两余多".contains(slice[from]))
    {
        from += 1;
    }
    if from > at + 1 && slice.get(from).is_some_and(|c| "个条座项处家所大类种".contains(*c)) {
        from += 1;
    }
    Some((list.start + at, list.start + from..list.end))
}

/// 以甲、乙等项目为抓手.
fn lever(text: &[char]) -> Option<Region> {
    static ROLES: LazyLock<Words> = LazyLock::new(|| {
        Words::new(["为着力点", "为抓手", "为重点", "为引领", "为牵引", "为支撑", "为突破口", "为契机"])
    });
    if text[0] != '以' {
        return None;
    }
    let (at, _) = ROLES.find(text, 1)?;
    let (mark, class) = class_of(text, &(1..at))?;
    LISTS.class.before(&text[class.clone()], class.len())?;
    Some(Region {
        verb: 0..1,
        list: 1..mark,
        class: Some(class),
        builds: true,
        improves: false,
        lever: true,
        slogans: false,
        open_end: false,
    })
}

/// 将甲、乙打造成…: what is renewed stands before the verb.
fn made_into(text: &[char], start: usize) -> Result<Region, &'static str> {
    static RENEW: LazyLock<Words> = LazyLock::new(|| {
        Words::new(["打造成为", "打造成", "打造为", "改造成", "改造为", "升级改造为", "改建为", "扩建为", "改造成为"])
    });
    static LISTED: LazyLock<Words> = LazyLock::new(|| Words::new(["列入", "纳入"]));
    let (at, len) = RENEW.find(text, start + 1).or_else(|| LISTED.find(text, start + 1)).ok_or("moves_or_counts")?;
    let list = start + 1..at;
    // One thing alone that becomes something is mostly a place and a slogan.
    if !text[list.clone()].contains(&'、') {
        return Err("made_into_something");
    }
    let mut out = Region {
        verb: at..at + len,
        list,
        class: None,
        builds: true,
        improves: false,
        lever: false,
        slogans: true,
        open_end: false,
    };
    if let Some((mark, class)) = class_of(text, &out.list) {
        out.list.end = mark;
        if LISTS.class.before(&text[class.clone()], class.len()).is_some() {
            out.class = Some(class);
        }
    }
    Ok(out)
}
