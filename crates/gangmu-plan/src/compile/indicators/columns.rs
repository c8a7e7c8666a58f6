//! Columns of an indicator table (表头), told by their heads.

use super::LEXICON;
use super::grid::Grid;
use crate::compile::fold::is_blank;
use crate::compile::ground::Ground;
use crate::compile::quantities::context::PlanYears;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Sequence,
    Category,
    Name,
    Unit,
    /// With the year of its head.
    Baseline(Option<u32>),
    Target(Option<u32>),
    Change {
        annual: bool,
        cumulative: bool,
    },
    /// 2030年/年均: the cell says which.
    TargetOrChange(Option<u32>),
    Attribute,
    Other,
}

/// The head of a table: how many rows it takes, and the roles of the columns.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub rows: usize,
    pub roles: Vec<Role>,
}

/// Finds the head among the first rows.
pub(super) fn head(ground: &Ground<'_>, grid: &Grid, years: Option<PlanYears>) -> Option<Head> {
    for first in 0..grid.rows.len().min(6) {
        let texts =
            |row: usize| -> Vec<String> { grid.rows[row].cells.iter().map(|c| bare(ground, c.start, c.end)).collect() };
        let top = texts(first);
        if !top.iter().any(|t| is(t, "head-name") || t == "项目") {
            continue;
        }
        // A second row of heads below merged ones.
        let mut heads = top.clone();
        let mut rows = first + 1;
        while rows < grid.rows.len() && rows <= first + 2 {
            let below = texts(rows);
            let merged = below.iter().zip(&top).all(|(b, t)| b == t || b.is_empty() || is_head(b));
            let new = below.iter().zip(&top).any(|(b, t)| b != t && !b.is_empty());
            if !(merged && new) {
                break;
            }
            for (head, below) in heads.iter_mut().zip(&below) {
                // 目标 over 2025 年 and 2030 年: the year alone says what the column is.
                if is_year(below) {
                    head.clone_from(below);
                } else if *head != *below {
                    head.push_str(below);
                }
            }
            rows += 1;
        }
        let roles = roles(&heads, years);
        let values = roles
            .iter()
            .filter(|r| {
                matches!(r, Role::Target(_) | Role::Change { .. } | Role::TargetOrChange(_) | Role::Baseline(_))
            })
            .count();
        if roles.contains(&Role::Name) && values >= 1 {
            return Some(Head { rows, roles });
        }
    }
    None
}

/// A head without blanks and line ends.
fn bare(ground: &Ground<'_>, start: u32, end: u32) -> String {
    ground.folded(start, end).iter().filter(|c| !is_blank(**c) && **c != '\n').collect()
}

fn is(text: &str, group: &str) -> bool {
    text.chars().count() <= 16 && LEXICON.group(group).iter().any(|w| text.contains(w))
}

/// Is this the text of a head?
pub(super) fn is_head(text: &str) -> bool {
    let groups = [
        "head-sequence",
        "head-category",
        "head-name",
        "head-unit",
        "head-baseline",
        "head-target",
        "head-change",
        "head-attribute",
        "head-other",
    ];
    years_of(text).is_some() || groups.iter().any(|g| is(text, g))
}

/// Is the head nothing but a year?
fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches('年');
    digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The last year in a head: 2025 年, 2025 年目标; with whether it is the whole of it.
fn years_of(text: &str) -> Option<u32> {
    let digits: String = text.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    digits
        .split(' ')
        .filter(|d| d.len() == 4)
        .filter_map(|d| d.parse::<u32>().ok())
        .rfind(|y| (1990..=2100).contains(y))
}

/// The roles of the columns.
fn roles(heads: &[String], years: Option<PlanYears>) -> Vec<Role> {
    let mut roles: Vec<Role> = heads.iter().map(|h| one(h, years)).collect();
    // Of two bare years the earlier is the baseline; of several the plan's last year is the target.
    let bare: Vec<(usize, u32)> = heads
        .iter()
        .enumerate()
        .filter(|(i, h)| {
            matches!(roles[*i], Role::Target(Some(_)) | Role::Baseline(Some(_)))
                && !is(h, "head-target")
                && !is(h, "head-baseline")
        })
        .filter_map(|(i, h)| Some((i, years_of(h)?)))
        .collect();
    if bare.len() >= 2 {
        let first = bare.iter().map(|b| b.1).min().unwrap_or(0);
        for (i, year) in &bare {
            roles[*i] = if *year == first { Role::Baseline(Some(*year)) } else { Role::Target(Some(*year)) };
        }
    }
    let targets: Vec<(usize, u32)> = roles
        .iter()
        .enumerate()
        .filter_map(|(i, r)| if let Role::Target(Some(y)) = r { Some((i, *y)) } else { None })
        .collect();
    if targets.len() > 1 {
        let wanted = years
            .map(|y| y.to)
            .filter(|to| targets.iter().any(|t| t.1 == *to))
            .or_else(|| targets.iter().map(|t| t.1).max());
        for (i, year) in targets {
            if Some(year) != wanted {
                roles[i] = Role::Other;
            }
        }
    }
    // Only the first of each kind counts; a second name column is the finer one.
    if let Some(last) = roles.iter().rposition(|r| *r == Role::Name) {
        for role in &mut roles[..last] {
            if *role == Role::Name {
                *role = Role::Category;
            }
        }
    }
    roles
}

/// The role that a head gives by itself.
fn one(head: &str, years: Option<PlanYears>) -> Role {
    let year = years_of(head);
    let change = is(head, "head-change");
    if head.is_empty() || is(head, "head-other") {
        return Role::Other;
    }
    if is(head, "head-sequence") {
        return Role::Sequence;
    }
    if is(head, "head-attribute") {
        return Role::Attribute;
    }
    if is(head, "head-unit") {
        return Role::Unit;
    }
    if change && (year.is_some() || is(head, "head-target")) && head.contains('/') {
        return Role::TargetOrChange(year);
    }
    if change {
        return Role::Change {
            annual: head.contains("年均") || head.contains("增速") || head.contains("增长率"),
            cumulative: head.contains("累计"),
        };
    }
    if is(head, "head-baseline") {
        return Role::Baseline(year);
    }
    if is(head, "head-target") {
        // 2020 年目标 of the plan before is no target of this one.
        return Role::Target(year.or(years.map(|y| y.to)));
    }
    if let Some(year) = year {
        return if years.is_some_and(|y| year < y.from) {
            Role::Baseline(Some(year))
        } else {
            Role::Target(Some(year))
        };
    }
    if head.contains("十") && head.contains("五") && (head.contains('“') || head.contains('"')) {
        return Role::Target(years.map(|y| y.to));
    }
    if is(head, "head-category") && !head.ends_with("指标名称") && head != "指标类型" {
        return Role::Category;
    }
    if is(head, "head-name") || head == "项目" {
        return Role::Name;
    }
    Role::Other
}
