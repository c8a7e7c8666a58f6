//! Where a row says something else than its clauses (不一致): a figure, a name.

use crate::{joined::Flag, matching::Clauses, rows::Entry};
use gangmu_plan::compile::{
    figures::{Figure, figures},
    fold::{fold, is_han},
    tasks::working_words,
};
use std::collections::BTreeSet;

/// Characters before a figure that say what it is of.
const BEFORE: usize = 10;

/// Flags a row whose figures or names differ from those of its clauses.
pub(crate) fn flag(clauses: &Clauses, entry: &Entry, joined: &[usize], flags: &mut BTreeSet<Flag>) {
    let text: String = joined.iter().map(|at| clauses.list[*at].text.as_str()).collect::<Vec<_>>().join("\n");
    if figure_differs(&entry.task, &text) {
        flags.insert(Flag::FigureDiffers);
    }
    if name_differs(&entry.task, &text) {
        flags.insert(Flag::NameDiffers);
    }
}

fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

/// Does the row state a figure that the clauses state otherwise?
pub(crate) fn figure_differs(row: &str, clause: &str) -> bool {
    let (row_chars, clause_chars) = (folded(row), folded(clause));
    let there = figures(clause);
    let here = figures(row);
    let taken: Vec<&Figure> = there.iter().filter(|t| here.iter().any(|h| same(h, t))).collect();
    here.iter().filter(|h| h.unit.is_some() && !is_year(h, &row_chars)).any(|h| {
        if there.iter().any(|t| same(h, t) || within(h, t)) {
            return false;
        }
        let subject = before(&row_chars, h.start);
        let after = after(&row_chars, h.end);
        there.iter().filter(|t| same_unit(h, t) && !taken.iter().any(|k| k.start == t.start)).any(|t| {
            let other = before(&clause_chars, t.start);
            common(&subject, &other) >= 2 || common(&after, &self::after(&clause_chars, t.end)) >= 2
        })
    })
}

fn same(a: &Figure, b: &Figure) -> bool {
    let scaled = |f: &Figure| f.unit.as_deref().map(scale).unwrap_or_default();
    let (x, y) = (scaled(a), scaled(b));
    let value = |f: &Figure, power: u32| f.value.checked_mul(rust_decimal::Decimal::from(10u64.pow(power)));
    value(a, x.0) == value(b, y.0)
        && (x.1 == y.1 || x.1.is_empty() || y.1.is_empty())
        && a.high.is_some() == b.high.is_some()
}

/// Does the figure lie in a range that the clause states?
fn within(figure: &Figure, range: &Figure) -> bool {
    same_unit(figure, range) && range.high.is_some_and(|high| range.value <= figure.value && figure.value <= high)
}

fn same_unit(a: &Figure, b: &Figure) -> bool {
    let bare = |f: &Figure| f.unit.as_deref().map(scale).map(|s| s.1).unwrap_or_default();
    bare(a) == bare(b)
}

/// 万平方米 is 平方米 in ten thousands.
fn scale(unit: &str) -> (u32, String) {
    let (power, rest) = match unit {
        u if u.starts_with("万亿") => (12, &u["万亿".len()..]),
        u if u.starts_with('亿') => (8, &u['亿'.len_utf8()..]),
        u if u.starts_with('万') => (4, &u['万'.len_utf8()..]),
        u => (0, u),
    };
    let rest = match rest {
        "公里" | "千米" => "公里",
        "个" | "家" | "户" | "所" | "座" | "处" | "项" | "条" | "间" if rest.chars().count() == 1 => "个",
        other => other,
    };
    (power, rest.to_owned())
}

fn is_year(figure: &Figure, text: &[char]) -> bool {
    let unit = figure.unit.as_deref().unwrap_or_default();
    matches!(unit, "年" | "月" | "日" | "岁" | "期" | "章" | "节" | "条")
        || text.get(figure.end) == Some(&'年') && unit.is_empty()
}

/// The Han characters before a place, up to a stop.
fn before(text: &[char], at: usize) -> Vec<char> {
    let from = text[..at].iter().rev().take(BEFORE).take_while(|c| !matches!(c, '，' | '。' | '；' | '、' | '\n'));
    let mut out: Vec<char> = from.copied().filter(|c| is_han(*c)).collect();
    out.reverse();
    out
}

/// The Han characters after a place, up to a stop.
fn after(text: &[char], at: usize) -> Vec<char> {
    let from = text[at.min(text.len())..].iter().take(6).take_while(|c| !matches!(c, '，' | '。' | '；' | '、' | '\n'));
    from.copied().filter(|c| is_han(*c)).collect()
}

/// The number of pairs that both have, words of work aside.
fn common(a: &[char], b: &[char]) -> usize {
    let words = working_words();
    let mut work = vec![false; a.len()];
    for (at, len) in words.find_all(a) {
        work[at..at + len].fill(true);
    }
    let pairs = a.windows(2).enumerate().filter(|(at, _)| !(work[*at] && work[*at + 1]));
    pairs.filter(|(_, pair)| b.windows(2).any(|other| other == *pair)).count()
}

/// What things with names of their own are called after.
const THINGS: [&str; 46] = [
    "污水处理厂",
    "净水厂",
    "水厂",
    "公园",
    "广场",
    "大道",
    "公路",
    "大桥",
    "隧道",
    "水库",
    "医院",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "图书馆",
    "博物馆",
    "文化馆",
    "体育馆",
    "体育中心",
    "产业园",
    "科技园",
    "物流园",
    "工业园",
    "园区",
    "基地",
    "枢纽",
    "车站",
    "地铁站",
    "码头",
    "变电站",
    "泵站",
    "绿道",
    "碧道",
    "湿地",
    "养老院",
    "敬老院",
    "福利院",
    "实验室",
    "研究院",
    "综合体",
    "小镇",
    "示范区",
    "试验区",
    "工程",
    "号线",
];

/// Does the row name a thing of the same kind by another name than the clauses do?
pub(crate) fn name_differs(row: &str, clause: &str) -> bool {
    let (row, clause) = (folded(row), folded(clause));
    THINGS.iter().any(|thing| {
        let thing: Vec<char> = thing.chars().collect();
        let names = |text: &[char]| -> Vec<Vec<char>> {
            (0..text.len().saturating_sub(thing.len() - 1))
                .filter(|at| text[*at..].starts_with(&thing))
                .filter_map(|at| proper(text, at))
                .collect()
        };
        let (here, there) = (names(&row), names(&clause));
        let flat: String = clause.iter().collect();
        !there.is_empty()
            && here.iter().any(|name| {
                let name: String = name.iter().collect();
                let tail: String = name.chars().skip(name.chars().count().saturating_sub(2)).collect();
                !flat.contains(&tail)
            })
            // As many as the clause names, but one of them is another.
            && there.iter().any(|t| {
                let t: String = t.iter().collect();
                !row.iter().collect::<String>().contains(&t)
            })
    })
}

/// The two characters before a thing that make it one of its own; none for kinds of things.
fn proper(text: &[char], at: usize) -> Option<Vec<char>> {
    let start = at.checked_sub(2)?;
    let name = &text[start..at];
    let words = working_words();
    let plain = name.iter().all(|c| is_han(*c) && !"的和与及等各座个所家处条项级类新老大中小区市县镇村街".contains(*c));
    let work = words.before(text, at).is_some() || words.at(text, start).is_some();
    (plain && !work).then(|| name.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_differs_only_where_the_clause_states_the_same_thing_otherwise() {
        let clause = "新建社区公园20个，绿道总长达到350公里，新增学位1.2万个。";
        assert!(figure_differs("新建社区公园25个", clause));
        assert!(figure_differs("绿道总长达到300公里", clause));
        assert!(figure_differs("新增学位1万个", clause));
        assert!(!figure_differs("新建社区公园20个", clause));
        assert!(!figure_differs("新增学位12000个", clause));
        assert!(!figure_differs("到2025年新建社区公园20个", clause));
        assert!(!figure_differs("完成投资3亿元，新建社区公园20个", clause));
        assert!(!figure_differs("新建社区公园二十个", clause));
    }

    #[test]
    fn a_name_differs_where_a_thing_of_the_same_kind_is_named_otherwise() {
        let clause = "加快建设东湖污水处理厂，推进云山公园提升改造。";
        assert!(name_differs("建设西岭污水处理厂", clause));
        assert!(name_differs("提升改造丹水公园", clause));
        assert!(!name_differs("建设东湖污水处理厂", clause));
        assert!(!name_differs("建设污水处理厂", clause));
        assert!(!name_differs("加快污水处理厂建设", clause));
    }
}
