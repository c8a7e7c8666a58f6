//! Rows joined to clauses (对应条款): by wording, by what the row names itself, by the order of both texts.

mod clauses;
mod grams;
mod order;
mod parts;

use crate::{
    deadline, differences,
    joined::{Assignment, Flag},
    reference,
    rows::Entry,
    units::Known,
};
pub(crate) use clauses::Clauses;
use clauses::Near;
use grams::Grams;
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashSet};

/// Below this a row has nothing to do with a clause.
const NOTHING: f64 = 0.30;
/// The same for a clause that the row or its heading names.
const FAINT: f64 = 0.18;
/// Below this a row is joined only where no other clause comes near, and a person must look.
const LITTLE: f64 = 0.42;
/// Two clauses whose nearness differs by less are both possible.
const CLOSE: f64 = 0.05;
/// The same where a clause is only little alike.
const CLOSE_WHERE_LITTLE: f64 = 0.10;
/// What the row's own reference adds to a clause.
const NAMED: f64 = 0.22;
/// What a heading of the table adds to the clauses below the same heading of the outline.
const BELOW_HEADING: f64 = 0.10;

/// What is known of a row before the order of rows is looked at.
struct Looked {
    grams: Grams,
    /// The nearest clauses with what reference and headings add, the nearest first.
    near: Vec<Near>,
    /// The clauses that the row itself names.
    named: Option<Vec<usize>>,
    /// The clauses below the heading of the table that the row stands under.
    below: Vec<usize>,
}

/// Joins the rows of a file.
pub(crate) fn assign(
    clauses: &Clauses,
    known: &Known,
    period: Option<(u32, u32)>,
    entries: Vec<Entry>,
) -> Vec<Assignment> {
    let looked: Vec<Looked> = entries.iter().map(|entry| look(clauses, entry)).collect();
    let chosen = order::choose(&looked.iter().map(|l| l.near.as_slice()).collect::<Vec<_>>());
    let mut out = Vec::with_capacity(entries.len());
    for ((entry, looked), pick) in entries.into_iter().zip(looked).zip(chosen) {
        let mut flags = BTreeSet::new();
        let joined = decide(clauses, &entry, &looked, pick, &mut flags);
        let said = who(known, &entry, &mut flags);
        let deadline = until(&entry, period, &mut flags);
        if !joined.clauses.is_empty() && !flags.contains(&Flag::AmbiguousClause) {
            differences::flag(clauses, &entry, &joined.clauses, &mut flags);
        }
        out.push(Assignment {
            place: entry.place,
            task: entry.task,
            clauses: joined.clauses.iter().map(|at| clauses.list[*at].path.clone()).collect(),
            lead: said.0,
            support: said.1,
            deadline,
            flags: flags.into_iter().collect(),
            confidence: hundredths(joined.confidence),
        });
    }
    out
}

fn hundredths(value: f64) -> Decimal {
    Decimal::new((value.clamp(0.0, 0.99) * 100.0).round() as i64, 2)
}

/// The words by which a row is found: its own, without marks of lists.
fn look(clauses: &Clauses, entry: &Entry) -> Looked {
    let grams = Grams::of(&entry.task);
    let mut near = clauses.nearest(&grams);
    let shared = Grams::of(&entry.context.join("\n"));
    let headings: Vec<Vec<usize>> =
        entry.sections.iter().chain(&entry.context).filter_map(|text| clauses.named(text)).collect();
    let written = entry.reference.clone().or_else(|| bracketed(&entry.task));
    let named = written.as_deref().and_then(|text| clauses.named(text));
    // What the row names itself is looked at, whatever its words.
    for &clause in named.iter().flatten().take(80) {
        if near.iter().all(|n| n.clause != clause) {
            near.push(clauses.near(&grams, clause));
        }
    }
    for n in &mut near {
        if named.as_ref().is_some_and(|named| named.contains(&n.clause)) {
            n.score += NAMED;
        }
        if headings.last().is_some_and(|below| below.contains(&n.clause)) {
            n.score += BELOW_HEADING;
        }
        if !shared.0.is_empty() {
            n.score += 0.06 * clauses.held(&shared, n.clause);
        }
    }
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.clause.cmp(&b.clause)));
    Looked { grams, near, named, below: headings.last().cloned().unwrap_or_default() }
}

/// （对应第二章第一节） in the text of a row.
fn bracketed(task: &str) -> Option<String> {
    let inside = task.split(['（', '(', '【', '[']).skip(1).filter_map(|p| p.split(['）', ')', '】', ']']).next());
    let named = |text: &&str| {
        text.contains('第') && (text.contains('章') || text.contains('节')) && !reference::paths(text, false).is_empty()
    };
    inside.into_iter().find(|text| named(text)).map(str::to_owned)
}

/// The clauses of a row, and how sure it is.
struct Decided {
    clauses: Vec<usize>,
    confidence: f64,
}

fn decide(
    clauses: &Clauses,
    entry: &Entry,
    looked: &Looked,
    pick: Option<usize>,
    flags: &mut BTreeSet<Flag>,
) -> Decided {
    let none = |flags: &mut BTreeSet<Flag>| {
        flags.insert(Flag::NoClause);
        if entry.reference.is_some() && looked.named.is_some() {
            flags.insert(Flag::ClauseRefMismatch);
        }
        Decided { clauses: Vec::new(), confidence: 0.5 }
    };
    let Some(first) = pick.and_then(|pick| looked.near.iter().find(|n| n.clause == pick)).copied() else {
        return none(flags);
    };
    if let Some(titled) = whole_title(clauses, entry, looked) {
        return Decided { clauses: vec![titled], confidence: 0.95 };
    }
    let own = clauses.near(&looked.grams, first.clause).score;
    let named = looked.named.as_deref();
    let inside = named.is_some_and(|named| named.contains(&first.clause));
    let others = parts::others(clauses, &entry.task, first.clause);
    let mut found: Vec<usize> = std::iter::once(first.clause).chain(others).collect();
    let rival = rival(clauses, first, &looked.near, &found);
    let margin = first.score - rival.map_or(0.0, |n| n.score);
    // What the row or its heading names may be told by fewer words.
    let told = inside || looked.below.contains(&first.clause) && margin >= CLOSE_WHERE_LITTLE;
    if own < if told { FAINT } else { NOTHING } {
        return none(flags);
    }
    let little = own < LITTLE;
    if little && !inside {
        flags.insert(Flag::Other);
    }
    if margin < if little { CLOSE_WHERE_LITTLE } else { CLOSE } {
        flags.insert(Flag::AmbiguousClause);
        found.extend(rival.map(|n| n.clause));
    }
    if named.is_some_and(|named| !named.is_empty() && !found.iter().any(|f| named.contains(f)) || named.is_empty()) {
        flags.insert(Flag::ClauseRefMismatch);
    }
    found.sort_unstable();
    found.dedup();
    let sure = (0.55 + 0.9 * margin.clamp(0.0, 0.4)) * (own / 0.5).clamp(0.5, 1.0) + if inside { 0.05 } else { 0.0 };
    let doubts = [Flag::AmbiguousClause, Flag::ClauseRefMismatch, Flag::Other];
    let doubted = doubts.iter().any(|doubt| flags.contains(doubt));
    Decided { clauses: found, confidence: if doubted { sure.min(0.55) } else { sure + 0.08 } }
}

/// The clause whose title is the whole of a row.
fn whole_title(clauses: &Clauses, entry: &Entry, looked: &Looked) -> Option<usize> {
    let plain = |text: &str| -> String {
        let text = text
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()、.．第章节".contains(c));
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '。' | '：' | '；')).collect()
    };
    let task = plain(&entry.task);
    let mut same = looked.near.iter().filter(|n| !task.is_empty() && plain(&clauses.list[n.clause].title) == task);
    let first = same.next()?.clause;
    same.next().is_none().then_some(first)
}

/// Does one clause lie below the other, which is nothing but a heading?
fn related(clauses: &Clauses, a: usize, b: usize) -> bool {
    let (a, b) = (&clauses.list[a], &clauses.list[b]);
    reference::lies_under(&a.path, &b.path) && b.bare || reference::lies_under(&b.path, &a.path) && a.bare
}

/// The nearest other clause that the row may mean. The item of a box is one only where it comes clearly nearer than the
/// text, because boxes name again what the text says.
fn rival(clauses: &Clauses, first: Near, near: &[Near], found: &[usize]) -> Option<Near> {
    let others = near.iter().filter(|n| !found.contains(&n.clause) && !related(clauses, first.clause, n.clause));
    let mut meant = others.filter_map(|n| {
        let again = clauses.list[n.clause].boxed && !clauses.list[first.clause].boxed;
        let score = n.score + if again { clauses::BOXED } else { 0.0 };
        (!again || score > first.score + CLOSE).then_some(Near { score, ..*n })
    });
    let best = meant.next()?;
    Some(meant.fold(best, |best, n| if n.score > best.score { n } else { best }))
}

/// Leads and supporters, with the doubts about them.
fn who(known: &Known, entry: &Entry, flags: &mut BTreeSet<Flag>) -> (Vec<String>, Vec<String>) {
    let said = &entry.said;
    let (mut lead, mut support) = (said.lead.clone(), said.support.clone());
    if lead.is_empty() && !said.responsible.is_empty() {
        lead.push(said.responsible[0].clone());
        support.splice(0..0, said.responsible[1..].iter().cloned());
        if said.responsible.len() > 1 && !entry.first_leads {
            flags.insert(Flag::LeadInferred);
        }
    } else {
        support.splice(0..0, said.responsible.iter().cloned());
    }
    let mut seen = HashSet::new();
    lead.retain(|name| seen.insert(name.clone()));
    let mut seen = HashSet::new();
    support.retain(|name| seen.insert(name.clone()));
    match lead.len() {
        0 => flags.insert(Flag::NoLead),
        1 => false,
        _ => flags.insert(Flag::TwoLeads),
    };
    if lead.iter().any(|l| support.iter().any(|s| known.same(l, s))) {
        flags.insert(Flag::LeadAlsoSupport);
    }
    if lead.iter().chain(&support).any(|name| !known.knows(name)) {
        flags.insert(Flag::UnknownUnit);
    }
    (lead, support)
}

/// The deadline, with the doubts about it.
fn until(entry: &Entry, period: Option<(u32, u32)>, flags: &mut BTreeSet<Flag>) -> Option<String> {
    let read = deadline::read(&entry.deadline, deadline::Years { plan: period, ..entry.years });
    if read.unclear {
        flags.insert(Flag::DeadlineUnclear);
    }
    if let (Some(year), Some((from, to))) = (read.year, period) {
        if year < from {
            flags.insert(Flag::DeadlineBeforePlan);
        } else if year > to {
            flags.insert(Flag::DeadlineAfterPlan);
        }
    }
    read.value
}

/// Flags rows that say again what a row before them says.
pub(crate) fn mark_duplicates(rows: &mut [Assignment]) {
    let mut seen: HashSet<(String, Vec<String>)> = HashSet::new();
    for row in rows {
        let words: String = row.task.chars().filter(|c| c.is_alphanumeric()).collect();
        if !seen.insert((words, row.clauses.clone())) && !row.flags.contains(&Flag::DuplicateRow) {
            row.flags.push(Flag::DuplicateRow);
            row.flags.sort();
        }
    }
}
