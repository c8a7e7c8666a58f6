//! Organisations (单位): known ones by the pack's names, others by the grammar of names.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::fold::is_han;
use super::lexicon::{Lexicon, Words, origin};
use super::names::Names;
use super::reading::Reading;
use super::tasks::Phrases;
use crate::compile::trace::Trace;
use crate::compiled::{OrganisationMention, Responsibility};

/// A name or alias of the pack.
const KNOWN: &str = "organisation.known";
/// Named in a statement of responsibility.
const NAMED: &str = "organisation.responsible";
/// Level, field and suffix of a public body.
const PUBLIC: &str = "organisation.public_body";
/// A name before the suffix of a government, enterprise or institution.
const SUFFIXED: &str = "organisation.suffixed";

pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("lexicon/organisations.txt")));

struct Lists {
    level: Words,
    field: Words,
    suffix: Words,
    body: Words,
    stop: Words,
    not: Words,
    generic: Words,
    kind: Words,
    continues: Words,
    governments: Words,
    verbs: Words,
    kind_lead: Words,
    kinds: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let l = &*LEXICON;
    Lists {
        level: l.words(&["level"]),
        field: l.words(&["field"]),
        suffix: l.words(&["suffix"]),
        body: l.words(&["body"]),
        stop: l.words(&["stop"]),
        not: l.words(&["not"]),
        generic: l.words(&["generic"]),
        kind: l.words(&["kind"]),
        continues: l.words(&["continues"]),
        verbs: {
            let tasks = &*super::tasks::head::LEXICON;
            let inner = l.group("inner");
            let groups = ["verb", "must", "achieve", "advance", "support", "strive", "explore", "modal"];
            Words::new(
                groups
                    .iter()
                    .flat_map(|g| tasks.group(g))
                    .copied()
                    .filter(|w| w.chars().count() >= 2 && !inner.contains(w)),
            )
        },
        kind_lead: l.words(&["kind.lead"]),
        kinds: l.words(&["kind", "kind.lead", "kind.more", "inner", "field"]),
        governments: Words::new([
            "区委",
            "市委",
            "省委",
            "县委",
            "区政府",
            "市政府",
            "省政府",
            "县政府",
            "人大常委会",
            "镇政府",
            "乡政府",
            "党工委",
            "纪委",
            "监委",
        ]),
    }
});

/// Places that a name may reach to the left of its suffix.
const REACH: usize = 18;

/// Finds the organisations.
pub fn find(
    reading: &Reading<'_>,
    phrases: &Phrases,
    responsibilities: &[Responsibility],
    trace: &mut Trace,
) -> Vec<OrganisationMention> {
    let pack = Pack::new(reading.names);
    let mut out = Vec::new();
    for passage in &phrases.passages {
        let text = phrases.slice(&passage.range);
        let base = passage.range.start;
        let mut known: Vec<Range<usize>> = Vec::new();
        pack.find(text, &mut known, |range, id| {
            out.push(mention(reading, phrases, base, &range, Some(id), KNOWN));
        });
        let mut known = known.into_iter().peekable();
        let (mut at, mut free) = (0, 0);
        while at < text.len() {
            let Some((range, rule)) = name_at(text, at) else {
                at += 1;
                continue;
            };
            at = range.end;
            while known.peek().is_some_and(|t| t.end <= range.start) {
                known.next();
            }
            if range.start < free || known.peek().is_some_and(|t| t.start < range.end) {
                continue;
            }
            match refuse(&text[range.clone()], rule) {
                Some(sign) => {
                    trace.miss("organisation", phrases.span(&(base + range.start..base + range.end)), rule, sign)
                }
                None => {
                    out.push(mention(reading, phrases, base, &range, None, rule));
                    free = range.end;
                }
            }
        }
    }
    named(reading, &pack, responsibilities, &mut out);
    out.sort_by_key(|o| (o.start, std::cmp::Reverse(o.end)));
    out.dedup_by(|b, a| b.start < a.end);
    out
}

fn mention(
    reading: &Reading<'_>,
    phrases: &Phrases,
    base: usize,
    range: &Range<usize>,
    known: Option<&str>,
    rule: &str,
) -> OrganisationMention {
    let span = phrases.span(&(base + range.start..base + range.end));
    OrganisationMention {
        start: span.start,
        end: span.end,
        name: reading.ground.tidy(span.start, span.end),
        known: known.map(str::to_owned),
        origin: origin(rule, &[]),
    }
}

/// The names of the pack, ready for looking up.
struct Pack<'n> {
    words: Words,
    ids: HashMap<Vec<char>, &'n str>,
}

impl<'n> Pack<'n> {
    fn new(names: &'n Names) -> Self {
        let mut ids: HashMap<Vec<char>, &str> = HashMap::new();
        for organisation in &names.organisations {
            for name in std::iter::once(&organisation.name).chain(&organisation.aliases) {
                let key: Vec<char> = super::responsibilities::folded(name);
                if key.len() >= 2 {
                    ids.entry(key).or_insert(organisation.id.as_str());
                }
            }
        }
        let texts: Vec<String> = ids.keys().map(|k| k.iter().collect()).collect();
        Self { words: Words::new(texts.iter().map(String::as_str)), ids }
    }

    fn find<'t>(&self, text: &'t [char], taken: &mut Vec<Range<usize>>, mut each: impl FnMut(Range<usize>, &'n str)) {
        if self.ids.is_empty() {
            return;
        }
        for (at, len) in self.words.find_all(text) {
            if let Some(id) = self.ids.get(&text[at..at + len]) {
                taken.push(at..at + len);
                each(at..at + len, id);
            }
        }
    }
}

/// Is the whole name made of a level, fields of public administration and a suffix, short forms included
/// (区发改局, 区文广旅体局)?
pub fn is_made_of_fields(name: &str) -> bool {
    static SHORT: LazyLock<Fields> = LazyLock::new(Fields::read);
    let text: Vec<char> = name.chars().map(super::fold::fold).collect();
    let lists = &*LISTS;
    let Some(suffix) = lists.suffix.before(&text, text.len()) else { return false };
    let stem = &text[..text.len() - suffix];
    // 区市场监管局, 市公安局某某区分局, 区委组织部: what stands behind a level, or behind its owner.
    let opens = |at: &usize| {
        *at == 0 || lists.level.before(stem, *at).is_some() || lists.governments.before(stem, *at).is_some()
    };
    (0..stem.len().min(9)).filter(opens).any(|at| SHORT.make(&stem[at..]))
}

/// Fields of public administration with the short forms that names are made of.
struct Fields {
    whole: Words,
    /// First characters and first pairs of the fields.
    short: std::collections::HashSet<Vec<char>>,
}

impl Fields {
    fn read() -> Self {
        let fields = LEXICON.group("field");
        let mut short = std::collections::HashSet::new();
        for field in fields {
            let chars: Vec<char> = field.chars().collect();
            for at in (0..chars.len()).step_by(2) {
                short.insert(chars[at..chars.len().min(at + 1)].to_vec());
                short.insert(chars[at..chars.len().min(at + 2)].to_vec());
            }
        }
        Self { whole: LEXICON.words(&["field"]), short }
    }

    /// Can the stem be put together from fields and their short forms?
    fn make(&self, stem: &[char]) -> bool {
        let mut reached = vec![false; stem.len() + 1];
        reached[0] = true;
        for at in 0..stem.len() {
            if !reached[at] {
                continue;
            }
            if let Some(len) = self.whole.at(stem, at) {
                reached[at + len] = true;
            }
            for len in 1..=2 {
                if at + len <= stem.len() && self.short.contains(&stem[at..at + len]) {
                    reached[at + len] = true;
                }
            }
            if matches!(stem[at], '和' | '与' | '及') {
                reached[at + 1] = true;
            }
        }
        !stem.is_empty() && reached[stem.len()]
    }
}

/// The name whose suffix begins at `at`.
fn name_at(text: &[char], at: usize) -> Option<(Range<usize>, &'static str)> {
    let lists = &*LISTS;
    let body = lists.body.at(text, at);
    let suffix = lists.suffix.at(text, at);
    let len = body.max(suffix)?;
    let end = at + len;
    if lists.continues.at(text, end).is_some() && lists.body.at(text, end).is_none() {
        return None;
    }
    if suffix.is_some_and(|s| s == len)
        && let Some(start) = public_start(text, at)
    {
        return Some((start..end, PUBLIC));
    }
    body.filter(|b| *b == len)?;
    let start = suffixed_start(text, at);
    (start < at || lists.governments.at(text, at) == Some(len)).then_some((start..end, SUFFIXED))
}

/// Where a public body begins: fields of work before the suffix, a level and a place before them.
fn public_start(text: &[char], suffix: usize) -> Option<usize> {
    let lists = &*LISTS;
    let mut start = suffix;
    for _ in 0..4 {
        if let Some(len) = lists.field.before(text, start) {
            start -= len;
        } else if start < suffix
            && matches!(text.get(start.wrapping_sub(1)), Some('和' | '与'))
            && start > 1
            && lists.field.before(text, start - 1).is_some()
        {
            start -= 1;
        } else {
            break;
        }
    }
    if start == suffix {
        return None;
    }
    // 区委宣传部, 市人民政府外事办: the owner is part of the name.
    if let Some(len) = lists.governments.before(text, start) {
        start -= len;
    }
    if let Some(len) = lists.level.before(text, start) {
        start -= len;
        start = place_start(text, start + len, len);
    }
    Some(start)
}

/// Takes up to six more places for the proper name before 省, 市, 区, 县.
fn place_start(text: &[char], end: usize, len: usize) -> usize {
    let level = &text[end - len..end];
    let start = end - len;
    if level.len() != 1 {
        return start;
    }
    let reach = start.saturating_sub(6);
    let mut at = start;
    while at > reach && is_han(text[at - 1]) && LISTS.stop.before(text, at).is_none() {
        at -= 1;
    }
    // A place has two characters at least, and the line or a mark or a stop word before it.
    if start - at >= 2 && start - at <= 5 { at } else { start }
}

/// Where a name before a suffix such as 有限公司 begins.
fn suffixed_start(text: &[char], suffix: usize) -> usize {
    let reach = suffix.saturating_sub(REACH);
    let mut at = suffix;
    while at > reach {
        let c = text[at - 1];
        let inside = is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '·' | '（' | '）' | '—');
        if !inside || LISTS.stop.before(text, at).is_some() || LISTS.verbs.before(text, at).is_some() {
            break;
        }
        at -= 1;
    }
    while at < suffix && matches!(text[at], '）' | '—' | '·') {
        at += 1;
    }
    at
}

/// The sign that makes a name none.
fn refuse(name: &[char], rule: &'static str) -> Option<&'static str> {
    let lists = &*LISTS;
    if lists.not.before(name, name.len()).is_some() {
        return Some("word_that_ends_like_a_body");
    }
    if lists.generic.find(name, 0).is_some() {
        return Some("kind_of_body");
    }
    if rule == SUFFIXED && lists.governments.contains(name) {
        return None;
    }
    let len = lists.body.before(name, name.len()).unwrap_or(0);
    if rule == SUFFIXED {
        let stem = &name[..name.len() - len];
        if stem.len() < 2
            || lists.kind_lead.at(stem, 0).is_some()
            || stem[0].is_ascii_digit()
            || made_of_kinds(stem)
            || lists.kind.before(stem, stem.len()).is_some_and(|l| l >= stem.len().saturating_sub(1))
        {
            return Some("kind_of_body");
        }
        if stem.len() + len > 24
            || stem.iter().filter(|c| **c == '（').count() != stem.iter().filter(|c| **c == '）').count()
        {
            return Some("unclear_beginning");
        }
    }
    None
}

/// Is a stem put together from words for kinds only (特殊教育 + 学校)?
fn made_of_kinds(stem: &[char]) -> bool {
    let lists = &*LISTS;
    let mut at = 0;
    while at < stem.len() {
        match lists.kinds.at(stem, at) {
            Some(len) => at += len,
            None => return false,
        }
    }
    true
}

/// Adds the bodies that statements of responsibility name.
fn named(
    reading: &Reading<'_>,
    pack: &Pack<'_>,
    responsibilities: &[Responsibility],
    out: &mut Vec<OrganisationMention>,
) {
    for responsibility in responsibilities {
        let (start, end) = (responsibility.start, responsibility.end.min(responsibility.start + 2_000));
        let (mut chars, mut at) = (Vec::new(), Vec::new());
        for (offset, &c) in reading.ground.folded(start, end).iter().enumerate() {
            if !matches!(c, ' ' | '\t' | '\n') {
                chars.push(c);
                at.push(start + offset as u32);
            }
        }
        for name in responsibility.lead.iter().chain(&responsibility.support) {
            let name: Vec<char> = super::responsibilities::folded(name);
            if name.len() < 2 || LISTS.generic.find(&name, 0).is_some() || matches!(name[0], '各' | '有' | '相') {
                continue;
            }
            let Some(found) = chars.windows(name.len()).position(|w| w == name.as_slice()) else { continue };
            let span = (at[found], at[found + name.len() - 1] + 1);
            let known = pack.ids.get(&name).map(|id| (*id).to_owned());
            out.push(OrganisationMention {
                start: span.0,
                end: span.1,
                name: reading.ground.tidy(span.0, span.1),
                origin: origin(if known.is_some() { KNOWN } else { NAMED }, &[]),
                known,
            });
        }
    }
}
