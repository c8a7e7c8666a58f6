//! The items of a list of things, and whether each is a project.

use std::ops::Range;
use std::sync::LazyLock;

use super::region::{LEXICON, Region};
use crate::compile::lexicon::Words;
use crate::compile::tasks::phrases::inside;

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It is a project.
    Project {
        /// Only its class says so.
        classed: bool,
        /// Signs that move the confidence.
        signs: Vec<(&'static str, i64)>,
    },
    /// It is none, for this sign.
    No(&'static str),
}

struct Lists {
    line: Words,
    site: Words,
    digital: Words,
    work_ends: Words,
    work: Words,
    many: Words,
    slogan_has: Words,
    slogan_ends: Words,
    generic: Words,
    classifier: Words,
    batch: Words,
    rank_has: Words,
    rank_ends: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let l = &*LEXICON;
    Lists {
        line: l.words(&["facility.line"]),
        site: l.words(&["facility.site"]),
        digital: l.words(&["facility.digital"]),
        work_ends: l.words(&["facility.work"]),
        work: l.words(&["work"]),
        many: l.words(&["many"]),
        slogan_has: l.words(&["slogan.has"]),
        slogan_ends: l.words(&["slogan.ends"]),
        generic: l.words(&["generic"]),
        rank_has: l.words(&["rank.has"]),
        rank_ends: l.words(&["rank.ends"]),
        batch: Words::new(["一批", "若干", "一大批", "更多", "各类", "一系列", "多个", "大批"]),
        classifier: Words::new([
            "条村",
            "个村",
            "个小区",
            "栋",
            "户",
            "座",
            "家",
            "所",
            "个",
            "条",
            "公里",
            "平方公里",
            "处",
            "间",
        ]),
    }
});

/// A name longer than this is a sentence.
const LONGEST: usize = 48;

/// Judges the items of a region.
pub fn judge(text: &[char], region: &Region) -> Vec<(Range<usize>, Judgement)> {
    let items = items(text, &region.list);
    let several = items.len() > 1;
    let many = items.first().is_some_and(|first| LISTS.batch.at(text, first.start).is_some());
    items
        .into_iter()
        .filter_map(|item| {
            let item = trim(text, item);
            let judgement =
                if many { Judgement::No("nothing_particular") } else { one(&text[item.clone()], region, several) };
            (!item.is_empty()).then_some((item, judgement))
        })
        .collect()
}

/// Splits a list at 、 and 和 and 及 outside marks, and between adjacent quotations.
fn items(text: &[char], list: &Range<usize>) -> Vec<Range<usize>> {
    let slice = &text[list.clone()];
    let mask = inside(slice);
    let mut out = Vec::new();
    let mut from = 0;
    for at in 0..slice.len() {
        let c = slice[at];
        let split = if mask[at] {
            // “甲”“乙”: two names.
            (c == '“' && at > from && slice[at - 1] == '”').then_some((at, at))
        } else if c == '、' || c == '；' {
            Some((at, at + 1))
        } else if c == '以' && slice.get(at + 1) == Some(&'及') {
            Some((at, at + 2))
        } else if matches!(c, '和' | '与' | '及')
            && at > from + 1
            && (c != '及' || slice[at - 1] != '以')
            && ends_like_thing(&slice[from..at])
        {
            Some((at, at + 1))
        } else {
            None
        };
        if let Some((end, next)) = split {
            if from < end {
                out.push(list.start + from..list.start + end);
            }
            from = next;
        }
    }
    if from < slice.len() {
        out.push(list.start + from..list.end);
    }
    out
}

/// Is the left side of 和 a thing of its own?
fn ends_like_thing(name: &[char]) -> bool {
    let lists = &*LISTS;
    let end = plain_end(name);
    [&lists.line, &lists.site, &lists.digital, &lists.work_ends].iter().any(|w| w.before(name, end).is_some())
}

/// Cuts joining words and marks at the ends, and a relative clause before the name.
fn trim(text: &[char], mut item: Range<usize>) -> Range<usize> {
    while item.start < item.end && matches!(text[item.start], '和' | '与' | '及' | '等' | '的' | '了' | '：' | '以')
    {
        item.start += 1;
    }
    while item.start < item.end && matches!(text[item.end - 1], '等' | '的' | '。' | '；' | '，') {
        item.end -= 1;
    }
    // 带动…的科技创新服务平台: the name stands behind the relative clause.
    let name = &text[item.clone()];
    let mask = inside(name);
    if let Some(at) = (0..name.len()).rev().find(|&i| name[i] == '的' && !mask[i])
        && name.len() - at > 4
        && ends_like_thing(&name[at + 1..])
    {
        item.start += at + 1;
    }
    item
}

/// Where the name ends without a bracket or closing quotation mark.
fn plain_end(name: &[char]) -> usize {
    let mut end = name.len();
    for _ in 0..3 {
        match name[..end].last() {
            Some('）') => match name[..end].iter().rposition(|c| *c == '（') {
                Some(open) if open > 0 => end = open,
                _ => break,
            },
            Some('”') if end > 1 => end -= 1,
            _ => break,
        }
    }
    end
}

/// Judges one item.
fn one(name: &[char], region: &Region, several: bool) -> Judgement {
    let lists = &*LISTS;
    if name.len() > LONGEST {
        return Judgement::No("too_long");
    }
    if lists.many.at(name, 0).is_some() {
        return Judgement::No("nothing_particular");
    }
    let end = plain_end(name);
    let bare = &name[..end];
    if lists.generic.contains(bare) || bare.len() < 3 {
        return Judgement::No("generic_name");
    }
    let lined = lists.line.before(name, end).unwrap_or(0);
    let line = lined > 0;
    let site = lists.site.before(name, end).is_some();
    let digital = lists.digital.before(name, end).is_some();
    let work = lists.work_ends.before(name, end).is_some();
    let tops = lists.rank_has.find(bare, 0).is_some() && lists.rank_ends.before(name, end).is_some();
    if let Some(sign) = praise(name, end, lined, tops, region) {
        return Judgement::No(sign);
    }
    let mut signs: Vec<(&'static str, i64)> = Vec::new();
    if bare.len() <= 4 && !line {
        signs.push(("short_name", -10));
    }
    if several {
        signs.push(("in_a_list", 3));
    }
    if tops {
        signs.push(("rank_among_places", -15));
    }
    let fits = if region.improves && !region.builds {
        digital || line && bare.len() > 4
    } else if region.builds && !region.open_end {
        line || site || digital || work && has_work(bare)
    } else {
        !region.open_end && (line || work && has_work(bare) || counted(bare) && renewed(bare, site))
    };
    if fits {
        return Judgement::Project { classed: false, signs };
    }
    if region.builds && !region.open_end && counted(bare) && (site || line) {
        return Judgement::Project { classed: false, signs };
    }
    if region.class.is_some() && bare.len() >= 4 && region.verb.len() + bare.len() > 4 {
        return Judgement::Project { classed: true, signs };
    }
    Judgement::No(if line || site || digital || work { "only_pushed" } else { "names_no_facility" })
}

/// The sign that a name is a slogan or a rank among places.
fn praise(name: &[char], end: usize, lined: usize, tops: bool, region: &Region) -> Option<&'static str> {
    let lists = &*LISTS;
    let things = [&lists.site, &lists.digital, &lists.work_ends];
    let ends = lists.slogan_ends.before(name, end);
    // 一带一路 ends like a road, 创新高地 like nothing that is built.
    if ends.is_some_and(|len| if lined > 0 { len > lined } else { !longer(&things, name, end, len) }) {
        return Some("slogan");
    }
    if tops && region.slogans {
        return Some("rank_among_places");
    }
    let bare = &name[..end];
    let (at, len) = lists.slogan_has.find(bare, 0)?;
    (at == 0 || region.slogans || bare.get(at + len) == Some(&'的')).then_some("slogan")
}

/// Is a thing's ending longer than the slogan's?
fn longer(things: &[&Words], name: &[char], end: usize, len: usize) -> bool {
    things.iter().any(|w| w.before(name, end).is_some_and(|l| l > len))
}

/// Does a name that ends in 工程 or 项目 speak of building?
fn has_work(name: &[char]) -> bool {
    let project = name.ends_with(&['项', '目']);
    project && name.len() > 4 || LISTS.work.find(name, 0).is_some_and(|(at, len)| at + len < name.len() || len > 2)
}

/// Is what is counted something that is built or renewed (29条村更新改造)?
fn renewed(name: &[char], site: bool) -> bool {
    site || LISTS.work.find(name, 0).is_some() || name.ends_with(&['村']) || name.ends_with(&['小', '区'])
}

/// Does a number with a classifier open the name (29条村…)?
fn counted(name: &[char]) -> bool {
    let Some(at) = name.iter().position(char::is_ascii_digit) else { return false };
    let after = (at..name.len())
        .find(|&i| !(name[i].is_ascii_digit() || matches!(name[i], '—' | '~' | '.')))
        .unwrap_or(name.len());
    LISTS.classifier.at(name, after).is_some()
}
