//! Where a link into the old text leads in the new one (链接承接).

use super::{Candidate, Collation, Place, image::image, units::Unit};
use gangmu_kernel::source::Span;

/// Share of a span's text that must have a counterpart.
const ENOUGH: f32 = 0.5;

/// What became of a span of the old text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// It leads there; several places where a sentence was split.
    To(Vec<Place>),
    /// It leads to one of several places; a person chooses.
    Open(Vec<Candidate>),
    /// Its text is gone.
    Gone,
}

impl Collation<'_> {
    /// Carries a span of the old text to the new one.
    pub fn carry(&self, span: Span) -> Carried {
        let mut places: Vec<Place> = Vec::new();
        let mut open: Vec<Candidate> = Vec::new();
        let (mut all, mut found) = (0, 0);
        for (at, unit) in self.old_units.iter().enumerate().filter(|(_, unit)| unit.span.overlaps(span)) {
            let part = Span::new(unit.span.start.max(span.start), unit.span.end.min(span.end));
            all += part.len();
            let counterparts: Vec<&Unit> = self.pairs.of_old[at].iter().map(|other| &self.new_units[*other]).collect();
            let carried = self.part(part, unit, &counterparts);
            if !carried.is_empty() {
                found += part.len();
                places.extend(carried);
            } else if let Some(candidates) = self.pairs.open.get(&at) {
                open.extend(candidates.iter().map(|(other, likeness)| Candidate {
                    place: self.place(self.new_units[*other].span),
                    score: super::score(*likeness),
                }));
            }
        }
        if found as f32 >= ENOUGH * all as f32 && found > 0 {
            Carried::To(joined(places))
        } else if !open.is_empty() {
            Carried::Open(open)
        } else {
            Carried::Gone
        }
    }

    /// The places that a part of a unit has in its counterparts: those that say something of it.
    fn part(&self, part: Span, unit: &Unit, counterparts: &[&Unit]) -> Vec<Place> {
        let old = signs(&self.old_signs, unit.span);
        let range = (part.start - unit.span.start) as usize..(part.end - unit.span.start) as usize;
        let found = |other: &&Unit| {
            let image = image(old, signs(&self.new_signs, other.span), range.clone())?;
            let from = other.span.start;
            Some((image.kept, Span::new(from + image.range.start as u32, from + image.range.end as u32)))
        };
        let images: Vec<(usize, Span)> = counterparts.iter().filter_map(found).collect();
        let most = images.iter().map(|(kept, _)| *kept).max().unwrap_or(0);
        // A shared 的 or comma is no counterpart.
        images.into_iter().filter(|(kept, _)| *kept * 3 >= most).map(|(_, span)| self.place(span)).collect()
    }

    fn place(&self, span: Span) -> Place {
        let clauses = &self.new.plan.clauses;
        let at = clauses.partition_point(|c| c.start <= span.start).saturating_sub(1);
        Place { clause: clauses.get(at).map_or_else(String::new, |c| c.path.clone()), start: span.start, end: span.end }
    }
}

fn signs(text: &[char], span: Span) -> &[char] {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The places in text order; what touches within a clause is one.
fn joined(mut places: Vec<Place>) -> Vec<Place> {
    places.sort();
    let mut found: Vec<Place> = Vec::new();
    for place in places {
        match found.last_mut() {
            Some(last) if last.clause == place.clause && place.start <= last.end + 2 => {
                last.end = last.end.max(place.end)
            }
            _ => found.push(place),
        }
    }
    found
}
