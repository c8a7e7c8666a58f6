//! Two editions of real plans: texts are edited at random, and every link of the old one must lead to the right place.
//!
//! The editor keeps from where each sign of the new text came; that is the truth the carried links are held against.

mod editor;

use crate::dice::{Dice, rounds};
use crate::gold::source;
use editor::{EDITS, Edited};
use gangmu_kernel::source::Span;
use gangmu_plan::comparison::{Carried, Collation, Comparison, Version};
use gangmu_plan::compile::{Names, compile};
use gangmu_plan::compiled::CompiledPlan;
use std::collections::{BTreeMap, BTreeSet};

/// The demonstration outline, in our own words.
pub const OWN: &str = include_str!("../../../../packs/huadu/plan/outline.txt");

/// The text, compiled without known names.
pub fn plan(text: &str) -> CompiledPlan {
    compile(&source(text), &Names::default())
}

/// A plan of the outside data; `None`, said in words, where none is named.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may open its data and say that it skips")]
pub fn outside(name: &str) -> Option<String> {
    let Some(corpus) = std::env::var_os("GANGMU_CORPUS").map(std::path::PathBuf::from) else {
        println!("without {name}: GANGMU_CORPUS names no folder of outside data");
        return None;
    };
    Some(std::fs::read_to_string(corpus.join("plans").join(name)).expect("the corpus holds the plans"))
}

/// The demonstration outline, and parts of real plans where the outside data is named.
pub fn texts() -> Vec<String> {
    let names =
        ["huadu-145/outline.txt", "guofa-2021-29-digital-economy-plan.md", "national-fyp15-outline-with-boxes.txt"];
    let outside = names.into_iter().filter_map(outside).flat_map(|text| editor::parts(&text, 8_000));
    std::iter::once(OWN.to_owned()).chain(outside).collect()
}

/// What a plan's links lead to: the spans of its commitments.
fn links(plan: &CompiledPlan) -> BTreeSet<Span> {
    let tasks = plan.tasks.iter().map(|t| Span::new(t.start, t.end));
    let targets = plan.targets.iter().map(|t| Span::new(t.start, t.end));
    let projects = plan.projects.iter().map(|p| Span::new(p.start, p.end));
    tasks.chain(targets).chain(projects).collect()
}

/// What came of the links of one edit.
#[derive(Debug, Default)]
struct Score {
    right: u32,
    /// Listed as open or gone though the text is still there.
    listed: u32,
    /// Led to a wrong place, or to any place though the text is gone.
    wrong: u32,
}

fn judge(edited: &Edited, links: &BTreeSet<Span>, collation: &Collation<'_>, seen: &mut Vec<String>) -> Score {
    let mut score = Score::default();
    for link in links {
        let truth = edited.image(*link);
        let there = truth.len() * 2 >= edited.said(*link);
        match collation.carry(*link) {
            Carried::To(places) => {
                let carried: BTreeSet<u32> = places.iter().flat_map(|p| edited.signs(p.start..p.end)).collect();
                let common = carried.intersection(&truth).count();
                if there && common * 2 >= truth.len() && common * 10 >= carried.len() * 4 {
                    score.right += 1;
                } else {
                    score.wrong += 1;
                    seen.push(format!("{:?} {} → {places:?}", edited.edits, edited.old_words(*link)));
                }
            }
            Carried::Open(_) | Carried::Gone if there => {
                score.listed += 1;
                seen.push(format!("{:?} {} → listed", edited.edits, edited.old_words(*link)));
            }
            Carried::Open(_) | Carried::Gone => score.right += 1,
        }
    }
    score
}

/// Every clause of both texts stands in a list.
fn complete(comparison: &Comparison, old: &CompiledPlan, new: &CompiledPlan) {
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    for kept in comparison.same.iter().chain(&comparison.moved) {
        olds.insert(kept.old.clone());
        news.insert(kept.new.clone());
    }
    for changed in &comparison.changed {
        olds.insert(changed.old.clone());
        news.insert(changed.new.clone());
    }
    for split in &comparison.split {
        olds.insert(split.old.clone());
        news.extend(split.new.iter().cloned());
    }
    for merged in &comparison.merged {
        olds.extend(merged.old.iter().cloned());
        news.insert(merged.new.clone());
    }
    olds.extend(comparison.dropped.iter().map(|d| d.old.clone()));
    news.extend(comparison.added.iter().map(|a| a.new.clone()));
    let spans =
        |set: &BTreeSet<gangmu_plan::comparison::Place>| set.iter().map(|p| (p.start, p.end)).collect::<BTreeSet<_>>();
    let (olds, news) = (spans(&olds), spans(&news));
    for clause in &old.clauses {
        assert!(olds.contains(&(clause.start, clause.end)), "{} of the old text is in no list", clause.path);
    }
    for clause in &new.clauses {
        assert!(news.contains(&(clause.start, clause.end)), "{} of the new text is in no list", clause.path);
    }
}

#[test]
fn links_survive_a_thousand_edits_of_real_texts() {
    let texts = texts();
    let mut dice = Dice(0x5eed_0017);
    let mut by_edit: BTreeMap<&str, Score> = BTreeMap::new();
    let mut seen = Vec::new();
    let plans: Vec<(CompiledPlan, BTreeSet<Span>)> =
        texts.iter().map(|text| plan(text)).map(|p| (p.clone(), links(&p))).collect();
    for round in 0..rounds(25) {
        let at = dice.below(texts.len());
        let (old, links) = &plans[at];
        let edit = EDITS[round % EDITS.len()];
        let edited = Edited::of(&texts[at], old, edit, &mut dice);
        let new_text = edited.text();
        let new = plan(&new_text);
        let version = |text, plan| Version { text, plan };
        let collation = Collation::of(version(&texts[at], old), version(&new_text, &new));
        complete(&collation.comparison(), old, &new);
        let score = judge(&edited, links, &collation, &mut seen);
        let sum = by_edit.entry(edit.word()).or_default();
        (sum.right, sum.listed, sum.wrong) =
            (sum.right + score.right, sum.listed + score.listed, sum.wrong + score.wrong);
    }
    let mut all = Score::default();
    for (edit, score) in &by_edit {
        println!("{edit}: {} right, {} listed, {} wrong", score.right, score.listed, score.wrong);
        (all.right, all.listed, all.wrong) =
            (all.right + score.right, all.listed + score.listed, all.wrong + score.wrong);
    }
    for line in seen.iter().take(40) {
        println!("{line}");
    }
    let links = all.right + all.listed + all.wrong;
    println!("{links} links: {:.4} right", f64::from(all.right) / f64::from(links));
    assert!(all.right * 100 >= links * 98, "98 of a hundred links are carried rightly");
    assert_eq!(all.wrong, 0, "no link leads to a wrong place");
}
