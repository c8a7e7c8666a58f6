//! Which units of the old text are which of the new one: first what is said the same way, then what is said alike,
//! last what one side says in one piece and the other in several.
//!
//! Nothing is decided by a hair: where two units are equally near, the old one stays open with its candidates.

use super::units::Unit;
use crate::likeness::{Index, Near};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this likeness on two units between the same neighbours are one.
const ALIKE_IN_PLACE: f32 = 0.4;
/// From this likeness on two units anywhere are one.
const ALIKE: f32 = 0.6;
/// By so much the nearest must be nearer than the next.
const MARGIN: f32 = 0.05;
/// A piece is of a unit that says this share of it.
const PIECE: f32 = 0.8;
/// A piece that the found counterpart already says to this share adds nothing.
const SAID: f32 = 0.5;
/// Shorter pieces are said by too many.
const SHORTEST_PIECE: usize = 5;

/// Which unit is which: numbers of units of the other side, in text order.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// For each old unit its new ones.
    pub of_old: Vec<Vec<usize>>,
    /// For each new unit its old ones.
    pub of_new: Vec<Vec<usize>>,
    /// Old units that could be one of several new ones, with their likeness.
    pub open: BTreeMap<usize, Vec<(usize, f32)>>,
}

/// Finds the pairs of two texts.
pub(super) fn pair(old: &[Unit], new: &[Unit]) -> Pairs {
    let mut finder = Finder {
        old,
        new,
        pairs: Pairs {
            of_old: vec![Vec::new(); old.len()],
            of_new: vec![Vec::new(); new.len()],
            open: BTreeMap::new(),
        },
    };
    finder.same(|unit| unit.exact.as_str());
    finder.same(|unit| unit.masked.as_str());
    finder.in_place();
    finder.anywhere();
    finder.pieces();
    let mut pairs = finder.pairs;
    for list in pairs.of_old.iter_mut().chain(&mut pairs.of_new) {
        list.sort_unstable();
    }
    pairs.open.retain(|old, _| pairs.of_old[*old].is_empty());
    pairs
}

struct Finder<'u> {
    old: &'u [Unit],
    new: &'u [Unit],
    pairs: Pairs,
}

impl Finder<'_> {
    fn join(&mut self, old: usize, new: usize) {
        self.pairs.of_old[old].push(new);
        self.pairs.of_new[new].push(old);
    }

    fn free(&self, old: usize, new: usize) -> bool {
        self.pairs.of_old[old].is_empty() && self.pairs.of_new[new].is_empty()
    }

    /// Joins what has the same key: first what occurs once on both sides, then what stands beside joined neighbours,
    /// last what occurs equally often. A heading is never text.
    fn same(&mut self, key: fn(&Unit) -> &str) {
        let (old, new) = (self.old, self.new);
        // What says the same on both sides: places in the old text, places in the new one.
        type Places = (Vec<usize>, Vec<usize>);
        let mut places: HashMap<(bool, &str), Places> = HashMap::new();
        for (at, unit) in old.iter().enumerate().filter(|(at, _)| self.pairs.of_old[*at].is_empty()) {
            places.entry((unit.heading, key(unit))).or_default().0.push(at);
        }
        for (at, unit) in new.iter().enumerate().filter(|(at, _)| self.pairs.of_new[*at].is_empty()) {
            places.entry((unit.heading, key(unit))).or_default().1.push(at);
        }
        let mut repeated: Vec<Places> = Vec::new();
        for (before, after) in places.into_values() {
            match (before.as_slice(), after.as_slice()) {
                ([one], [other]) => self.join(*one, *other),
                ([], _) | (_, []) => {}
                _ => repeated.push((before, after)),
            }
        }
        repeated.sort_unstable();
        let alike =
            |one: usize, other: usize| old[one].heading == new[other].heading && key(&old[one]) == key(&new[other]);
        for at in 0..old.len() {
            self.beside(at, -1, alike);
        }
        for at in (0..old.len()).rev() {
            self.beside(at, 1, alike);
        }
        for (before, after) in repeated {
            let before: Vec<usize> = before.into_iter().filter(|at| self.pairs.of_old[*at].is_empty()).collect();
            let after: Vec<usize> = after.into_iter().filter(|at| self.pairs.of_new[*at].is_empty()).collect();
            if before.len() == after.len() {
                before.into_iter().zip(after).for_each(|(one, other)| self.join(one, other));
            } else {
                for one in before {
                    self.pairs.open.insert(one, after.iter().map(|other| (*other, 1.0)).collect());
                }
            }
        }
    }

    /// Joins a unit with the neighbour of its neighbour's counterpart.
    fn beside(&mut self, at: usize, step: isize, alike: impl Fn(usize, usize) -> bool) {
        let Some(neighbour) = at.checked_add_signed(step) else { return };
        let Some([counterpart]) = self.pairs.of_old.get(neighbour).map(Vec::as_slice) else { return };
        let Some(other) = counterpart.checked_add_signed(-step) else { return };
        if other < self.new.len() && self.free(at, other) && alike(at, other) {
            self.join(at, other);
        }
    }

    /// Joins what is alike between the same neighbours: a run without counterparts on one side, and the units that
    /// stand between the counterparts of what surrounds the run.
    fn in_place(&mut self) {
        let mut at = 0;
        while at < self.old.len() {
            if !self.pairs.of_old[at].is_empty() {
                at += 1;
                continue;
            }
            let run = at..(at..self.old.len()).find(|at| !self.pairs.of_old[*at].is_empty()).unwrap_or(self.old.len());
            at = run.end;
            let after = run.start.checked_sub(1).and_then(|before| self.pairs.of_old[before].last().copied());
            let before = self.pairs.of_old.get(run.end).and_then(|next| next.first().copied());
            let first = after.map_or(0, |after| after + 1);
            // Where the neighbours went different ways, the run stayed with the one before it or with the one after.
            let windows = match before {
                Some(before) if before >= first => [first..before, 0..0],
                Some(before) => [self.stretch(first, true), self.stretch(before, false)],
                None => [first..self.new.len(), 0..0],
            };
            let mut near: Vec<(f32, usize, usize)> = Vec::new();
            for other in windows.into_iter().flatten().filter(|other| self.pairs.of_new[*other].is_empty()) {
                for one in run.clone() {
                    let likeness = self.likeness(one, other);
                    if likeness >= ALIKE_IN_PLACE {
                        near.push((likeness, one, other));
                    }
                }
            }
            self.join_nearest(near);
        }
    }

    /// The units without counterpart from here on, forwards or backwards.
    fn stretch(&self, from: usize, forwards: bool) -> std::ops::Range<usize> {
        let taken = |at: &usize| !self.pairs.of_new[*at].is_empty();
        if forwards {
            from..(from..self.new.len()).find(taken).unwrap_or(self.new.len())
        } else {
            (0..from).rev().find(taken).map_or(0, |at| at + 1)..from
        }
    }

    fn likeness(&self, one: usize, other: usize) -> f32 {
        let (one, other) = (&self.old[one], &self.new[other]);
        if one.heading == other.heading { one.wording.likeness(&other.wording) } else { 0.0 }
    }

    fn join_nearest(&mut self, mut near: Vec<(f32, usize, usize)>) {
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, one, other) in near {
            if self.free(one, other) {
                self.join(one, other);
            }
        }
    }

    /// Joins what is alike anywhere; what has two counterparts equally near stays open.
    fn anywhere(&mut self) {
        let index = Index::of(self.new.iter().map(|unit| &unit.wording));
        let mut near: Vec<(f32, usize, usize)> = Vec::new();
        for one in (0..self.old.len()).filter(|one| self.pairs.of_old[*one].is_empty()) {
            let usable = |near: &Near| {
                near.likeness >= ALIKE - MARGIN
                    && self.pairs.of_new[near.number].is_empty()
                    && self.old[one].heading == self.new[near.number].heading
            };
            let mut found: Vec<Near> = index.near(&self.old[one].wording).into_iter().filter(usable).collect();
            found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.number.cmp(&b.number)));
            let nearest = found.first().filter(|nearest| nearest.likeness >= ALIKE);
            match (nearest, found.get(1)) {
                (Some(nearest), Some(next)) if nearest.likeness - next.likeness < MARGIN => {
                    let candidates = found.iter().take_while(|other| nearest.likeness - other.likeness < MARGIN);
                    self.pairs.open.insert(one, candidates.map(|other| (other.number, other.likeness)).collect());
                }
                (Some(nearest), _) => near.push((nearest.likeness, one, nearest.number)),
                (None, _) => {}
            }
        }
        self.join_nearest(near);
    }

    /// Joins pieces: a new unit that an old one already said as a part of itself, and an old one that a new one says.
    /// What is open stays open.
    fn pieces(&mut self) {
        let olds = Index::of(self.old.iter().map(|unit| &unit.wording));
        let news = Index::of(self.new.iter().map(|unit| &unit.wording));
        let candidates: BTreeSet<usize> = self.pairs.open.values().flatten().map(|(other, _)| *other).collect();
        for other in (0..self.new.len()).filter(|other| !candidates.contains(other)) {
            let said = |one: usize| self.pairs.of_old[one].iter().map(|at| &self.new[*at]);
            if self.pairs.of_new[other].is_empty()
                && let Some(one) = whole(&self.new[other], &olds, self.old, said)
            {
                self.join(one, other);
            }
        }
        for one in 0..self.old.len() {
            let said = |other: usize| self.pairs.of_new[other].iter().map(|at| &self.old[*at]);
            if self.pairs.of_old[one].is_empty()
                && !self.pairs.open.contains_key(&one)
                && let Some(other) = whole(&self.old[one], &news, self.new, said)
            {
                self.join(one, other);
            }
        }
    }
}

/// The unit that this one is a piece of, unless its counterparts say that piece already, or two units hold it as well.
fn whole<'u, I: Iterator<Item = &'u Unit>>(
    piece: &Unit,
    index: &Index,
    units: &[Unit],
    said: impl Fn(usize) -> I,
) -> Option<usize> {
    if piece.heading || piece.wording.len() < SHORTEST_PIECE {
        return None;
    }
    let holds = |near: &Near| {
        near.held >= PIECE
            && !units[near.number].heading
            && said(near.number).all(|part| piece.wording.share_in(&part.wording) < SAID)
    };
    let mut found: Vec<Near> = index.near(&piece.wording).into_iter().filter(holds).collect();
    found.sort_by(|a, b| {
        b.held.total_cmp(&a.held).then(b.likeness.total_cmp(&a.likeness)).then(a.number.cmp(&b.number))
    });
    let clear = |nearest: &Near| {
        found.get(1).is_none_or(|next| nearest.held - next.held > 0.0 || nearest.likeness - next.likeness >= MARGIN)
    };
    found.first().filter(|nearest| clear(nearest)).map(|nearest| nearest.number)
}
