//! Which clauses treat the same matter (条款衔接).
//!
//! A clause is a vector of the sign pairs of its text and titles: a pair counts the more the more often it stands there,
//! with less and less gain, and the rarer it is in both plans. Nearness is the cosine, less half of how near each of the
//! two clauses is to everything (a clause that speaks of all is near to all), less what its nearest counterpart is
//! nearer. The numbers were chosen on one half of pairs judged by hand; the other half is the measure.

use super::ClausePair;
use crate::comparison::{Place, Version, score};
use crate::compiled::{Clause, Heading, Level, SentenceForm};
use crate::likeness::Rarity;
use std::collections::{BTreeMap, HashMap, HashSet};

/// From this nearness on a clause is a counterpart.
const NEAR: f32 = 0.022;
/// Gain by rarity: the power of the logarithm.
const RARE: f32 = 1.2;
/// Gain by repetition ends near this number.
const OFTEN: f32 = 3.0;
/// A clause's nearness to everything is that to so many nearest ones.
const NEAREST: usize = 5;
/// So much of that is taken off.
const TO_ALL: f32 = 0.5;
/// So much of the lead of the nearest counterpart is taken off.
const LEAD: f32 = 0.4;
/// A clause with less text below its heading treats nothing.
const LEAST: u32 = 50;
/// An introduction to clauses below it treats something of its own from this length on.
const INTRODUCTION: u32 = 150;
/// So many shared words are the reason.
const WORDS: usize = 4;

type Pair = (char, char);

/// A clause as it is compared.
struct Matter<'v> {
    clause: &'v Clause,
    text: String,
    /// How often each pair stands in the text.
    counts: BTreeMap<Pair, f32>,
    /// Pairs of its own title and, at half weight, of the one above.
    titles: Vec<(Pair, f32)>,
    weights: Vec<(Pair, f32)>,
}

/// The pairs, in the order of our plan, the nearest first.
pub(super) fn pairs(ours: Version<'_>, other: Version<'_>) -> Vec<ClausePair> {
    let (mut mine, mut theirs) = (matters(ours, LEAST), matters(other, INTRODUCTION));
    weigh(&mut mine, &mut theirs);
    let near = nearness(&mine, &theirs);
    let rarity = Rarity::of(mine.iter().chain(&theirs).map(|matter| matter.text.as_str()));
    let mut found = Vec::new();
    for ((one, row), cosines) in mine.iter().zip(corrected(&near, theirs.len())).zip(&near) {
        let mut row: Vec<(f32, usize)> = row.into_iter().filter(|(nearness, _)| *nearness >= NEAR).collect();
        row.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, number) in row {
            let another = &theirs[number];
            found.push(ClausePair {
                a: whole(one.clause),
                b: whole(another.clause),
                score: score(cosines[number].min(1.0)),
                reason: rarity.shared(&one.text, &another.text, WORDS).join("、"),
            });
        }
    }
    found
}

/// The clauses that treat something; introductions are left out below that length.
fn matters<'v>(version: Version<'v>, introduction: u32) -> Vec<Matter<'v>> {
    let plan = version.plan;
    let signs: Vec<char> = version.text.chars().collect();
    let headings: HashMap<&str, &Heading> = plan.outline.iter().map(|h| (h.id.as_str(), h)).collect();
    let kept =
        |h: &&Heading| !matches!(h.level, Level::Lead | Level::Dash | Level::Furniture | Level::Toc | Level::Box);
    let above: HashSet<&str> = plan.outline.iter().filter(kept).filter_map(|h| h.parent.as_deref()).collect();
    let treats = |clause: &&Clause| {
        let inside = |s: &&crate::compiled::SentencePlace| s.start >= clause.start && s.end <= clause.end;
        let body = plan.sentences.iter().filter(inside).filter(|s| s.form != SentenceForm::Lead);
        let length: u32 = body.map(|s| s.end - s.start).sum();
        let introduces = clause.heading.as_deref().is_some_and(|id| above.contains(id));
        let front = clause.path.starts_with('0');
        !front && length >= if introduces { introduction.max(LEAST) } else { LEAST }
    };
    let matter = |clause: &'v Clause| {
        let text: String = signs.get(clause.start as usize..clause.end as usize).unwrap_or_default().iter().collect();
        let mut counts = BTreeMap::new();
        pairs_of(&text).for_each(|pair| *counts.entry(pair).or_insert(0.0) += 1.0);
        let own = clause.heading.as_deref().and_then(|id| headings.get(id));
        let upper = own.and_then(|h| h.parent.as_deref()).and_then(|id| headings.get(id));
        let weighed = |heading: Option<&&Heading>, weight: f32| {
            heading.map(|h| pairs_of(&h.title).map(|pair| (pair, weight)).collect::<Vec<_>>()).unwrap_or_default()
        };
        let titles = [weighed(own, 1.0), weighed(upper, 0.5)].concat();
        Matter { clause, text, counts, titles, weights: Vec::new() }
    };
    plan.clauses.iter().filter(treats).map(matter).collect()
}

/// Signs that stand side by side in words; figures and stops part them.
fn pairs_of(text: &str) -> impl Iterator<Item = Pair> {
    let next = text.chars().skip(1);
    text.chars().zip(next).filter(|(one, other)| one.is_alphabetic() && other.is_alphabetic())
}

fn weigh<'v>(mine: &mut [Matter<'v>], theirs: &mut [Matter<'v>]) {
    let mut holding: HashMap<Pair, f32> = HashMap::new();
    for matter in mine.iter().chain(theirs.iter()) {
        matter.counts.keys().for_each(|pair| *holding.entry(*pair).or_default() += 1.0);
    }
    let all = (mine.len() + theirs.len()) as f32;
    let rare = |pair: &Pair| holding.get(pair).map_or(0.0, |holding| (all / holding).ln().powf(RARE));
    for matter in mine.iter_mut().chain(theirs) {
        let often = |count: f32| count / (count + OFTEN) * (1.0 + OFTEN);
        let mut weights: BTreeMap<Pair, f32> =
            matter.counts.iter().map(|(pair, count)| (*pair, often(*count) * rare(pair))).collect();
        for (pair, weight) in &matter.titles {
            *weights.entry(*pair).or_default() += weight * rare(pair);
        }
        let length = weights.values().map(|weight| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        matter.weights = weights.into_iter().map(|(pair, weight)| (pair, weight / length)).collect();
    }
}

/// The cosines of all with all.
fn nearness(mine: &[Matter<'_>], theirs: &[Matter<'_>]) -> Vec<Vec<f32>> {
    let mut holding: HashMap<Pair, Vec<(usize, f32)>> = HashMap::new();
    for (number, matter) in theirs.iter().enumerate() {
        matter.weights.iter().for_each(|(pair, weight)| holding.entry(*pair).or_default().push((number, *weight)));
    }
    let row = |matter: &Matter<'_>| {
        let mut row = vec![0.0f32; theirs.len()];
        for (pair, weight) in &matter.weights {
            for (number, other) in holding.get(pair).into_iter().flatten() {
                row[*number] += weight * other;
            }
        }
        row
    };
    mine.iter().map(row).collect()
}

/// The nearness less that to everything and less the lead of the nearest.
fn corrected(near: &[Vec<f32>], width: usize) -> Vec<Vec<(f32, usize)>> {
    let to_all = |mut all: Vec<f32>| {
        all.sort_by(|a, b| b.total_cmp(a));
        all.iter().take(NEAREST).sum::<f32>() / NEAREST as f32
    };
    let columns: Vec<f32> = (0..width).map(|at| to_all(near.iter().map(|row| row[at]).collect())).collect();
    let correct = |row: &Vec<f32>| {
        let own = to_all(row.clone());
        let row: Vec<f32> =
            row.iter().zip(&columns).map(|(near, column)| near - TO_ALL * (own + column) / 2.0).collect();
        let lead = row.iter().copied().fold(f32::MIN, f32::max);
        row.into_iter().enumerate().map(|(number, near)| (near - LEAD * (lead - near), number)).collect()
    };
    near.iter().map(correct).collect()
}

fn whole(clause: &Clause) -> Place {
    Place { start: clause.start, end: clause.end, clause: clause.path.clone() }
}
