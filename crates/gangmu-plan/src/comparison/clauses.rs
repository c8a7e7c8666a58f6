//! From pairs of sentences to what became of each clause.
//!
//! A clause leads where most of its text went; a clause comes from where most of its text was. Clauses that are tied by
//! either become one group, and the group's form says what happened.

use super::{
    Added, Ambiguous, Candidate, Changed, Collation, Comparison, Dropped, FORMAT, Kept, Merged, Place, SentenceChange,
    Split, Version, figures, score, units::Unit,
};
use gangmu_kernel::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A clause is tied to another only by this share of its text.
const TIE: f32 = 0.3;

pub(super) fn comparison(collation: &Collation<'_>) -> Comparison {
    let ties = Ties::of(collation);
    let mut report = Comparison {
        format: FORMAT.to_owned(),
        same: Vec::new(),
        moved: Vec::new(),
        changed: Vec::new(),
        split: Vec::new(),
        merged: Vec::new(),
        added: Vec::new(),
        dropped: Vec::new(),
        ambiguous: Vec::new(),
    };
    for (old, new) in ties.groups() {
        match (old.as_slice(), new.as_slice()) {
            (_, []) => report.dropped.extend(old.iter().map(|c| Dropped { old: ties.before(*c) })),
            ([], _) => report.added.extend(new.iter().map(|c| Added { new: ties.after(*c) })),
            ([one], [other]) => ties.kept(*one, *other, &mut report),
            ([one], several) => {
                report
                    .split
                    .push(Split { old: ties.before(*one), new: several.iter().map(|c| ties.after(*c)).collect() });
            }
            (several, [other]) => {
                report
                    .merged
                    .push(Merged { old: several.iter().map(|c| ties.before(*c)).collect(), new: ties.after(*other) });
            }
            (olds, news) => ties.tangled(olds, news, &mut report),
        }
    }
    ties.wandered(&mut report);
    ties.open(&mut report);
    report.same.sort_by(|a, b| a.old.cmp(&b.old));
    report.moved.sort_by(|a, b| a.old.cmp(&b.old));
    report.changed.sort_by(|a, b| a.old.cmp(&b.old));
    report
}

/// How the clauses hang together.
struct Ties<'a> {
    collation: &'a Collation<'a>,
    /// Where most of an old clause went.
    leads: BTreeMap<usize, usize>,
    /// Where most of a new clause was.
    comes: BTreeMap<usize, usize>,
    /// Old units by clause.
    old_units: BTreeMap<usize, Vec<usize>>,
    /// New units by clause.
    new_units: BTreeMap<usize, Vec<usize>>,
    /// Old clauses that left their place among the others.
    moved: BTreeSet<usize>,
}

impl<'a> Ties<'a> {
    fn of(collation: &'a Collation<'a>) -> Self {
        let (mut to, mut from) = (BTreeMap::new(), BTreeMap::new());
        for (at, unit) in collation.old_units.iter().enumerate() {
            let counterparts = &collation.pairs.of_old[at];
            for other in counterparts {
                let other = &collation.new_units[*other];
                *to.entry((unit.clause, other.clause)).or_insert(0) += unit.len() / counterparts.len() as u32 + 1;
            }
        }
        for (at, unit) in collation.new_units.iter().enumerate() {
            let counterparts = &collation.pairs.of_new[at];
            for other in counterparts {
                let other = &collation.old_units[*other];
                *from.entry((unit.clause, other.clause)).or_insert(0) += unit.len() / counterparts.len() as u32 + 1;
            }
        }
        let (old_units, new_units) = (by_clause(&collation.old_units), by_clause(&collation.new_units));
        let leads = strongest(&to, &old_units, &collation.old_units);
        let comes = strongest(&from, &new_units, &collation.new_units);
        let mut ties = Self { collation, leads, comes, old_units, new_units, moved: BTreeSet::new() };
        ties.moved = ties.find_moved();
        ties
    }

    /// The clauses that hang together, in the order of the old text, what is new after what it stands behind.
    fn groups(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let (olds, news) = (self.collation.old.plan.clauses.len(), self.collation.new.plan.clauses.len());
        let mut group: Vec<usize> = (0..olds + news).collect();
        for (old, new) in self.leads.iter().map(|(o, n)| (*o, *n)).chain(self.comes.iter().map(|(n, o)| (*o, *n))) {
            let (one, other) = (root(&mut group, old), root(&mut group, olds + new));
            group[one.max(other)] = one.min(other);
        }
        let mut groups: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for member in 0..olds + news {
            let entry = groups.entry(root(&mut group, member)).or_default();
            if member < olds {
                entry.0.push(member);
            } else {
                entry.1.push(member - olds);
            }
        }
        groups.into_values().collect()
    }

    fn before(&self, clause: usize) -> Place {
        place(self.collation.old, clause)
    }

    fn after(&self, clause: usize) -> Place {
        place(self.collation.new, clause)
    }

    /// A clause that has one counterpart.
    fn kept(&self, old: usize, new: usize, report: &mut Comparison) {
        let sentences = self.changes(old, new);
        let kept = Kept { old: self.before(old), new: self.after(new) };
        let moved = self.moved.contains(&old);
        if !sentences.is_empty() {
            let numbers = sentences.iter().flat_map(|change| self.numbers(change)).collect();
            report.changed.push(Changed { old: kept.old, new: kept.new, moved, numbers, sentences });
        } else if moved {
            report.moved.push(kept);
        } else {
            report.same.push(kept);
        }
    }

    /// Several old and several new clauses that exchanged text: each is told by its strongest tie.
    fn tangled(&self, olds: &[usize], news: &[usize], report: &mut Comparison) {
        let mut told = BTreeSet::new();
        for new in news {
            let sources: Vec<usize> = olds.iter().copied().filter(|old| self.leads.get(old) == Some(new)).collect();
            match sources.as_slice() {
                [] => {}
                [only] => {
                    self.kept(*only, *new, report);
                    told.insert(*new);
                }
                _ => {
                    let old = sources.iter().map(|old| self.before(*old)).collect();
                    report.merged.push(Merged { old, new: self.after(*new) });
                    told.insert(*new);
                }
            }
        }
        for old in olds {
            let pieces: Vec<usize> =
                news.iter().copied().filter(|new| !told.contains(new) && self.comes.get(new) == Some(old)).collect();
            if pieces.is_empty() {
                if !self.leads.contains_key(old) {
                    report.dropped.push(Dropped { old: self.before(*old) });
                }
                continue;
            }
            let all = self.leads.get(old).into_iter().chain(&pieces).map(|new| self.after(*new)).collect();
            report.split.push(Split { old: self.before(*old), new: all });
        }
    }

    /// The sentences of two clauses that differ, in text order, what came last.
    fn changes(&self, old: usize, new: usize) -> Vec<SentenceChange> {
        let Collation { old_units, new_units, pairs, .. } = self.collation;
        let mut changes = Vec::new();
        for at in self.old_units.get(&old).into_iter().flatten() {
            let counterparts = &pairs.of_old[*at];
            let same = match counterparts.as_slice() {
                [one] => old_units[*at].exact == new_units[*one].exact && new_units[*one].clause == new,
                _ => false,
            };
            if !same {
                let new =
                    counterparts.iter().map(|one| self.unit_place(self.collation.new, &new_units[*one])).collect();
                changes.push(SentenceChange { old: vec![self.unit_place(self.collation.old, &old_units[*at])], new });
            }
        }
        for at in self.new_units.get(&new).into_iter().flatten() {
            let sources = &pairs.of_new[*at];
            if !sources.iter().any(|one| old_units[*one].clause == old) {
                let old = sources.iter().map(|one| self.unit_place(self.collation.old, &old_units[*one])).collect();
                changes.push(SentenceChange { old, new: vec![self.unit_place(self.collation.new, &new_units[*at])] });
            }
        }
        changes
    }

    fn numbers(&self, change: &SentenceChange) -> Vec<figures::FigureChange> {
        let Some(old) = hull(&change.old) else { return Vec::new() };
        let Some(new) = hull(&change.new) else { return Vec::new() };
        figures::changed((self.collation.old, old), (self.collation.new, new))
    }

    /// Sentences that went to another clause than the rest of theirs.
    fn wandered(&self, report: &mut Comparison) {
        let Collation { old_units, new_units, pairs, .. } = self.collation;
        for (at, unit) in old_units.iter().enumerate() {
            let [one] = pairs.of_old[at].as_slice() else { continue };
            let other = &new_units[*one];
            let tied = self.leads.get(&unit.clause) == Some(&other.clause)
                || self.comes.get(&other.clause) == Some(&unit.clause);
            if !tied {
                report.moved.push(Kept {
                    old: self.unit_place(self.collation.old, unit),
                    new: self.unit_place(self.collation.new, other),
                });
            }
        }
    }

    /// Sentences whose counterpart a person must choose.
    fn open(&self, report: &mut Comparison) {
        let Collation { old_units, new_units, pairs, .. } = self.collation;
        for (at, candidates) in &pairs.open {
            let candidate = |(other, likeness): &(usize, f32)| Candidate {
                place: self.unit_place(self.collation.new, &new_units[*other]),
                score: score(*likeness),
            };
            report.ambiguous.push(Ambiguous {
                old: self.unit_place(self.collation.old, &old_units[*at]),
                candidates: candidates.iter().map(candidate).collect(),
            });
        }
    }

    fn unit_place(&self, version: Version<'_>, unit: &Unit) -> Place {
        Place { clause: place(version, unit.clause).clause, start: unit.span.start, end: unit.span.end }
    }

    /// The clauses that stand elsewhere among those that kept their order, or below another heading.
    fn find_moved(&self) -> BTreeSet<usize> {
        let kept: Vec<(usize, usize)> =
            self.leads.iter().filter(|(old, new)| self.comes.get(new) == Some(old)).map(|(o, n)| (*o, *n)).collect();
        let weights: Vec<u32> = kept.iter().map(|(old, _)| span_of(self.collation.old, *old).len() + 1).collect();
        let stayed = heaviest_order(&kept, &weights);
        let below = |(old, new): &(usize, usize)| self.below_another(*old, *new);
        let left = kept.iter().enumerate().filter(|(at, pair)| !stayed.contains(at) || below(pair));
        left.map(|(_, (old, _))| *old).collect()
    }

    /// Is the heading above not the counterpart of the heading above? Unknown where either has none.
    fn below_another(&self, old: usize, new: usize) -> bool {
        let Collation { old_units, new_units, pairs, .. } = self.collation;
        let Some(before) = heading_above(self.collation.old, old) else { return false };
        let Some(after) = heading_above(self.collation.new, new) else { return false };
        let unit = |units: &[Unit], end: u32| units.iter().position(|u| u.heading && u.span.end == end);
        let (Some(before), Some(after)) = (unit(old_units, before), unit(new_units, after)) else { return false };
        match pairs.of_old[before].as_slice() {
            [counterpart] => *counterpart != after,
            _ => false,
        }
    }
}

/// Where the heading ends below which the clause's own heading stands.
fn heading_above(version: Version<'_>, clause: usize) -> Option<u32> {
    let id = version.plan.clauses.get(clause)?.heading.as_ref()?;
    let heading = |id: &String| version.plan.outline.iter().find(|h| h.id == *id);
    heading(heading(id)?.parent.as_ref()?).map(|h| h.end)
}

fn by_clause(units: &[Unit]) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        found.entry(unit.clause).or_default().push(at);
    }
    found
}

/// For each clause the other one that holds most of it, if that is enough.
fn strongest(
    shared: &BTreeMap<(usize, usize), u32>,
    clauses: &BTreeMap<usize, Vec<usize>>,
    units: &[Unit],
) -> BTreeMap<usize, usize> {
    let mut best: BTreeMap<usize, (u32, usize)> = BTreeMap::new();
    for ((clause, other), chars) in shared {
        let held = best.entry(*clause).or_insert((0, *other));
        if *chars > held.0 {
            *held = (*chars, *other);
        }
    }
    let length = |clause: usize| clauses.get(&clause).into_iter().flatten().map(|at| units[*at].len()).sum::<u32>();
    best.into_iter()
        .filter(|(clause, (chars, _))| *chars as f32 >= TIE * length(*clause) as f32)
        .map(|(clause, (_, other))| (clause, other))
        .collect()
}

/// Places of the pairs that keep their order and weigh most together.
fn heaviest_order(pairs: &[(usize, usize)], weights: &[u32]) -> BTreeSet<usize> {
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let before = (0..at).filter(|before| pairs[*before].1 < *new).max_by_key(|before| best[*before].0);
        best.push((weights[at] + before.map_or(0, |before| best[before].0), before));
    }
    let mut stayed = BTreeSet::new();
    let mut next = (0..best.len()).max_by_key(|at| best[*at].0);
    while let Some(at) = next {
        stayed.insert(at);
        next = best[at].1;
    }
    stayed
}

fn root(group: &mut [usize], member: usize) -> usize {
    let mut at = member;
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

fn span_of(version: Version<'_>, clause: usize) -> Span {
    version.plan.clauses.get(clause).map_or(Span::new(0, 0), |c| Span::new(c.start, c.end))
}

fn place(version: Version<'_>, clause: usize) -> Place {
    let span = span_of(version, clause);
    let path = version.plan.clauses.get(clause).map_or_else(String::new, |c| c.path.clone());
    Place { clause: path, start: span.start, end: span.end }
}

fn hull(places: &[Place]) -> Option<Span> {
    let start = places.iter().map(|p| p.start).min()?;
    let end = places.iter().map(|p| p.end).max()?;
    Some(Span::new(start, end))
}
