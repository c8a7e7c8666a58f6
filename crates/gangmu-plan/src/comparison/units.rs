//! The pieces that are compared: sentences, rows and headings, without their numbers.

use crate::compiled::{CompiledPlan, Level};
use crate::likeness::{Rarity, Wording, signs};
use gangmu_kernel::source::Span;
use std::collections::BTreeMap;

/// A piece of a text that is compared as one.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Where it stands, its number left out.
    pub span: Span,
    /// Place of its clause among the clauses of the plan.
    pub clause: usize,
    /// Is it a heading, and not text below one?
    pub heading: bool,
    /// Its signs without white space.
    pub exact: String,
    /// Its wording with every figure as one sign.
    pub masked: String,
    /// Its weighed wording.
    pub wording: Wording,
}

impl Unit {
    /// How much text it is.
    pub fn len(&self) -> u32 {
        self.span.len()
    }
}

/// The units of a text, in text order.
pub(super) fn units(plan: &CompiledPlan, chars: &[char]) -> Vec<Unit> {
    // A number changes with every clause that is put in before it: it is no part of what is said.
    let numbers: BTreeMap<u32, u32> = plan
        .outline
        .iter()
        .filter_map(|h| h.number.as_ref().map(|number| (h.start, number.chars().count() as u32)))
        .collect();
    let mut found: Vec<(Span, bool)> = plan.sentences.iter().map(|s| (Span::new(s.start, s.end), false)).collect();
    let held = |span: Span| {
        let next = plan.sentences.partition_point(|s| s.end <= span.start);
        plan.sentences.get(next).is_some_and(|s| s.start < span.end)
    };
    let headings = plan.outline.iter().filter(|h| !matches!(h.level, Level::Toc | Level::Furniture));
    found.extend(headings.map(|h| Span::new(h.start, h.end)).filter(|span| !held(*span)).map(|span| (span, true)));
    found.sort_unstable();
    let unit = |(span, heading): (Span, bool)| {
        let start = numbers.get(&span.start).map_or(span.start, |count| (span.start + count).min(span.end));
        let text = chars.get(start as usize..span.end as usize).unwrap_or_default();
        let before = text.iter().take_while(|c| !c.is_alphanumeric() && !"《“‘「（(〔【".contains(**c)).count();
        let text: String = text[before..].iter().collect();
        Unit {
            span: Span::new(start + before as u32, span.end),
            clause: plan.clauses.partition_point(|c| c.start <= span.start).saturating_sub(1),
            heading,
            exact: text.chars().filter(|c| !c.is_whitespace()).collect(),
            masked: signs(&text).into_iter().collect(),
            wording: Wording::default(),
        }
    };
    found.into_iter().map(unit).filter(|unit| !unit.masked.is_empty()).collect()
}

/// Weighs the wordings of both sides by how rare their pairs are in both.
pub(super) fn weigh(old: &mut [Unit], new: &mut [Unit]) {
    let rarity = Rarity::of(old.iter().chain(new.iter()).map(|unit| unit.exact.as_str()));
    for unit in old.iter_mut().chain(new) {
        unit.wording = rarity.wording(&unit.exact);
    }
}
