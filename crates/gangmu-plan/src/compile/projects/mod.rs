//! Projects (项目): things to be built, upgraded or renewed; not slogans, not what exists already.
//!
//! A phrase with a verb of building, or one that pushes something towards being built, governs a list. Each item of
//! the list is judged by the end of its name.

mod items;
mod region;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use items::Judgement;
use region::Region;

use super::lexicon::origin;
use super::reading::{Reading, SentenceKind};
use super::tasks::{Passage, Phrases, Stance};
use crate::compile::trace::Trace;
use crate::compiled::Project;

/// A verb of building governs the thing.
const BUILD: &str = "project.built";
/// The thing is pushed towards being built (推进…建设).
const PUSH: &str = "project.pushed";
/// A list whose class is named (…等项目).
const CLASS: &str = "project.class";
/// A list that serves as the lever of a measure (以…等项目为抓手).
const LEVER: &str = "project.lever";

/// Finds the projects.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, trace: &mut Trace) -> Vec<Project> {
    let mut out: Vec<Project> = Vec::new();
    let mut named: HashSet<(usize, String)> = HashSet::new();
    for passage in &phrases.passages {
        if passage.kind != SentenceKind::Body || passage.stance != Stance::Work {
            continue;
        }
        let mut open: Option<Region> = None;
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            let region = match region::read(text) {
                Ok(region) => region,
                Err("continues") => match open.take() {
                    // A list that goes on behind a comma.
                    Some(before)
                        if phrases.chars.get(part.start.wrapping_sub(1)) == Some(&'，') && text[0].is_ascii_digit() =>
                    {
                        before.over(text.len())
                    }
                    _ => continue,
                },
                Err(sign) => {
                    if sign != "no_verb_of_building" {
                        trace.miss("project", phrases.span(part), BUILD, sign);
                    }
                    open = None;
                    continue;
                }
            };
            collect(reading, phrases, passage, part, &region, &mut named, &mut out, trace);
            open = region.builds.then_some(region);
        }
    }
    out
}

/// Judges the items of one region.
#[allow(clippy::too_many_arguments)] // One loop body, parted out for its length only.
fn collect(
    reading: &Reading<'_>,
    phrases: &Phrases,
    passage: &Passage,
    part: &Range<usize>,
    region: &Region,
    named: &mut HashSet<(usize, String)>,
    out: &mut Vec<Project>,
    trace: &mut Trace,
) {
    let text = phrases.slice(part);
    for (item, judgement) in items::judge(text, region) {
        let place = part.start + item.start..part.start + item.end;
        let span = phrases.span(&place);
        let (rule, signs) = match judgement {
            Judgement::Project { classed, signs } => {
                let rule = match (region.lever, classed, region.builds) {
                    (true, ..) => LEVER,
                    (_, true, _) => CLASS,
                    (.., true) => BUILD,
                    _ => PUSH,
                };
                (rule, signs)
            }
            Judgement::No(sign) => {
                trace.miss("project", span, BUILD, sign);
                continue;
            }
        };
        let name = reading.ground.tidy(span.start, span.end);
        if !named.insert((passage.clause, phrases.text(&place))) {
            trace.miss("project", span, rule, "named_before_in_clause");
            continue;
        }
        let verb = part.start + region.verb.start..part.start + region.verb.end;
        out.push(Project {
            start: span.start,
            end: span.end,
            name,
            verb: Some(phrases.text(&verb)).filter(|v| !v.is_empty()),
            place: place_of(reading, text, &region.verb, phrases.slice(&place)),
            clause: reading.path_at(span.start).to_owned(),
            origin: origin(rule, &signs),
        });
    }
}

/// The place that the phrase (在…建设) or the name says.
fn place_of(reading: &Reading<'_>, text: &[char], verb: &Range<usize>, name: &[char]) -> Option<String> {
    let head = &text[..verb.start.min(text.len())];
    if let Some(at) = head.iter().rposition(|c| *c == '在') {
        let said = &head[at + 1..];
        let end = said.windows(2).position(|w| w == ['等', '地']).map_or(said.len(), |p| p + 2);
        if (2..=24).contains(&end) && !said[..end].contains(&'的') {
            return Some(said[..end].iter().collect());
        }
    }
    let name: String = name.iter().collect();
    let area = reading
        .names
        .areas
        .iter()
        .flat_map(|a| std::iter::once(&a.name).chain(&a.aliases))
        .filter(|alias| alias.chars().count() >= 2 && name.starts_with(alias.as_str()))
        .max_by_key(|alias| alias.len())?;
    Some(area.clone())
}
