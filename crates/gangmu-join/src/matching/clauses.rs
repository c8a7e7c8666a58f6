//! The clauses of the outline (条款) as rows are compared with them.

use super::grams::{Gram, Grams};
use crate::{Assignment, Document, reference};
use gangmu_plan::compiled::{Heading, Level, SentenceForm};
use std::collections::{HashMap, HashSet};

/// A clause with its words.
pub(crate) struct Clause {
    pub path: String,
    /// Its text without statements of responsibility.
    pub text: String,
    /// Title of its heading.
    pub title: String,
    title_grams: Grams,
    grams: HashSet<Gram>,
    sentences: Vec<Sentence>,
    /// It holds a task, a target, a project, a mechanism or an indicator.
    pub commits: bool,
    /// Nothing but its heading stands in it.
    pub bare: bool,
    /// It is an item of a box (专栏), which names again what the text says.
    pub boxed: bool,
}

struct Sentence {
    grams: Grams,
    set: HashSet<Gram>,
}

/// The outline's clauses with the rarity of all grams.
pub(crate) struct Clauses {
    pub list: Vec<Clause>,
    rarity: HashMap<Gram, f64>,
    /// What a gram counts that stands nowhere in the outline.
    unseen: f64,
    holders: HashMap<Gram, Vec<u32>>,
    /// Headings with the paths of their clauses.
    headings: Vec<(String, Grams, String)>,
}

/// How near a clause comes to a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub clause: usize,
    /// 0 to about 1.
    pub score: f64,
}

/// Boxes name in a list what the text says at length: where both hold the words, the text is meant.
pub(super) const BOXED: f64 = 0.12;

/// Candidates that are looked at sentence by sentence.
const LOOKED_AT: usize = 16;

impl Clauses {
    /// Reads the outline.
    pub fn read(outline: &Document) -> Self {
        let plan = &outline.plan;
        let chars: Vec<char> = outline.source.text.chars().collect();
        let titles: HashMap<&str, &Heading> = plan.outline.iter().map(|h| (h.id.as_str(), h)).collect();
        let promising: HashSet<&str> = (plan.tasks.iter().map(|t| &t.clause))
            .chain(plan.targets.iter().map(|t| &t.clause))
            .chain(plan.projects.iter().map(|p| &p.clause))
            .chain(plan.mechanisms.iter().map(|m| &m.clause))
            .map(String::as_str)
            .collect();
        let mut list = Vec::new();
        for clause in &plan.clauses {
            if clause.path.starts_with("0.") || clause.path.starts_with("tail") {
                continue;
            }
            let answers: Vec<(u32, u32)> = plan
                .responsibilities
                .iter()
                .filter(|r| r.start < clause.end && clause.start < r.end)
                .map(|r| (r.start, r.end))
                .collect();
            let cut = |start: u32, end: u32| -> String {
                let inside = |at: &u32| !answers.iter().any(|(a, b)| a <= at && at < b);
                (start..end).filter(inside).filter_map(|at| chars.get(at as usize)).collect()
            };
            let heading = clause.heading.as_deref().and_then(|id| titles.get(id));
            let title = heading.map(|h| h.title.clone()).unwrap_or_default();
            let text = cut(clause.start, clause.end);
            // Sentences stand in text order.
            let from = plan.sentences.partition_point(|s| s.start < clause.start);
            let mut sentences: Vec<Sentence> = plan.sentences[from..]
                .iter()
                .take_while(|s| s.end <= clause.end)
                .filter(|s| s.form != SentenceForm::Lead || s.end - s.start > 4)
                .map(|s| Sentence::of(&cut(s.start, s.end)))
                .collect();
            let bare = sentences.is_empty();
            if !title.is_empty() {
                sentences.push(Sentence::of(&title));
            }
            let commits = promising.contains(clause.path.as_str());
            list.push(Clause {
                path: clause.path.clone(),
                title_grams: Grams::of(&title),
                grams: Grams::of(&text).set(),
                text,
                title,
                sentences,
                commits,
                bare,
                boxed: clause.path.contains("专栏"),
            });
        }
        let headings = headings(outline, &titles);
        Self::weighed(list, headings)
    }

    fn weighed(list: Vec<Clause>, headings: Vec<(String, Grams, String)>) -> Self {
        let mut holders: HashMap<Gram, Vec<u32>> = HashMap::new();
        for (index, clause) in list.iter().enumerate() {
            for gram in &clause.grams {
                holders.entry(*gram).or_default().push(index as u32);
            }
        }
        let all = list.len() as f64 + 1.0;
        let rarity: HashMap<Gram, f64> =
            holders.iter().map(|(gram, h)| (*gram, (all / (h.len() as f64 + 0.5)).ln().max(0.05))).collect();
        Self { list, rarity, unseen: all.ln() * 0.6, holders, headings }
    }

    fn weight(&self, (gram, weight): &(Gram, f64)) -> f64 {
        weight * self.rarity.get(gram).copied().unwrap_or(self.unseen)
    }

    /// The share of a text's weight that stands in one of these sets.
    fn share(&self, grams: &Grams, sets: &[&HashSet<Gram>]) -> f64 {
        let (mut all, mut inside) = (0.0, 0.0);
        for gram in &grams.0 {
            let weight = self.weight(gram);
            all += weight;
            if sets.iter().any(|set| set.contains(&gram.0)) {
                inside += weight;
            }
        }
        if all > 0.0 { inside / all } else { 0.0 }
    }

    /// How much of a text stands in a clause, its best two sentences counting as much as the whole.
    pub fn held(&self, grams: &Grams, clause: usize) -> f64 {
        let clause = &self.list[clause];
        let whole = self.share(grams, &[&clause.grams]);
        let mut best: f64 = 0.0;
        for (index, sentence) in clause.sentences.iter().enumerate() {
            let next = clause.sentences.get(index + 1).map_or(&sentence.set, |next| &next.set);
            best = best.max(self.share(grams, &[&sentence.set, next]));
        }
        0.5 * whole + 0.5 * best
    }

    /// How alike a text and a clause's best sentence are, both ways.
    fn alike(&self, grams: &Grams, set: &HashSet<Gram>, clause: usize) -> f64 {
        let both = |sentence: &Sentence| {
            let there = self.share(grams, &[&sentence.set]);
            let back = self.share(&sentence.grams, &[set]);
            if there + back > 0.0 { 2.0 * there * back / (there + back) } else { 0.0 }
        };
        self.list[clause].sentences.iter().map(both).fold(0.0, f64::max)
    }

    /// The clauses nearest to a text, the nearest first.
    pub fn nearest(&self, grams: &Grams) -> Vec<Near> {
        let all: f64 = grams.0.iter().map(|g| self.weight(g)).sum();
        if all <= 0.0 {
            return Vec::new();
        }
        let mut sums: HashMap<u32, f64> = HashMap::new();
        for gram in &grams.0 {
            let weight = self.weight(gram) / all;
            for holder in self.holders.get(&gram.0).map(Vec::as_slice).unwrap_or_default() {
                *sums.entry(*holder).or_default() += weight;
            }
        }
        let mut first: Vec<(usize, f64)> = sums.into_iter().map(|(clause, sum)| (clause as usize, sum)).collect();
        first.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        first.truncate(LOOKED_AT);
        let mut near: Vec<Near> = first.into_iter().map(|(clause, _)| self.near(grams, clause)).collect();
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.clause.cmp(&b.clause)));
        near
    }

    /// How near one clause comes to a text.
    pub fn near(&self, grams: &Grams, clause: usize) -> Near {
        let set = grams.set();
        let held = self.held(grams, clause);
        let alike = self.alike(grams, &set, clause);
        let title = self.share(&self.list[clause].title_grams, &[&set]) * held.min(1.0);
        let again = if self.list[clause].boxed { BOXED } else { 0.0 };
        Near { clause, score: 0.6 * held + 0.3 * alike + 0.1 * title - again }
    }

    /// The clauses under a reference: by paths, or by the title of a section. None where the text names neither.
    pub fn named(&self, text: &str) -> Option<Vec<usize>> {
        if let Some(found) = self.under_title(text) {
            return Some(found);
        }
        let under = |parts: bool| -> Vec<usize> {
            let paths = reference::paths(text, parts);
            let lies = |clause: &Clause| paths.iter().any(|path| reference::lies_under(&clause.path, path));
            self.list.iter().enumerate().filter(|(_, c)| lies(c)).map(|(index, _)| index).collect()
        };
        let found = Some(under(true)).filter(|found| !found.is_empty()).unwrap_or_else(|| under(false));
        // （三） without a chapter counts from a heading that is not known here; a chapter that is not there is told.
        let absolute = reference::paths(text, false).iter().any(|path| path.starts_with(|c: char| c.is_ascii_digit()));
        (absolute || !found.is_empty()).then_some(found)
    }

    /// The clauses under a heading of (nearly) that title.
    pub fn under_title(&self, text: &str) -> Option<Vec<usize>> {
        let grams = Grams::of(text);
        let set = grams.set();
        let mut best: Option<(f64, &str)> = None;
        for (_, title, path) in &self.headings {
            let (there, back) = (self.share(&grams, &[&title.set()]), self.share(title, &[&set]));
            let score = there.min(back) * 0.5 + 0.5 * back;
            if back >= 0.7 && there >= 0.5 && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, path));
            }
        }
        let path = best?.1;
        let under = self.list.iter().enumerate().filter(|(_, c)| reference::lies_under(&c.path, path));
        Some(under.map(|(index, _)| index).collect())
    }

    /// Paths of clauses that commit to something and that no row takes up, in text order.
    pub fn without_row(&self, rows: &[Assignment]) -> Vec<String> {
        let taken: HashSet<&str> = rows.iter().flat_map(|r| r.clauses.iter().map(String::as_str)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        // A row that takes up a section takes up what stands below it.
        let above = |path: &str| {
            let mut path = path;
            while let Some((up, _)) = path.rsplit_once('.') {
                if taken.contains(up) {
                    return true;
                }
                path = up;
            }
            false
        };
        let open = self.list.iter().filter(|c| c.commits && !taken.contains(c.path.as_str()) && !above(&c.path));
        open.map(|c| c.path.clone()).collect()
    }
}

impl Sentence {
    fn of(text: &str) -> Self {
        let grams = Grams::of(text);
        Self { set: grams.set(), grams }
    }
}

/// The headings that have clauses below them, with the paths of their own clauses.
fn headings(outline: &Document, titles: &HashMap<&str, &Heading>) -> Vec<(String, Grams, String)> {
    let mut out: Vec<(String, Grams, String)> = Vec::new();
    for clause in &outline.plan.clauses {
        let Some(heading) = clause.heading.as_deref().and_then(|id| titles.get(id)) else { continue };
        let deep = matches!(heading.level, Level::Part | Level::Chapter | Level::Section | Level::Item | Level::Box);
        if deep && heading.title.chars().count() >= 3 {
            out.push((heading.title.clone(), Grams::of(&heading.title), clause.path.clone()));
        }
    }
    out
}
