//! Two editions of a plan, clause by clause (版本对比): what stayed, moved, changed, was split or merged, came and went;
//! and where a link into the old text leads in the new one (D8).
//!
//! *In:* two texts with their compiled plans. *Out:* the contract `gangmu.diff/1`, and the new places of old spans.
//! *Never:* loses a link in silence, or decides between two places that are equally near.

mod carry;
mod clauses;
mod figures;
mod image;
mod pairs;
#[cfg(test)]
mod tests;
mod units;
mod wording;

pub use carry::Carried;
pub use figures::{Figure, FigureChange};
pub use wording::{Stretch, wordings};

use crate::compiled::CompiledPlan;
use gangmu_kernel::source::Span;
use rust_decimal::Decimal;
use serde::Serialize;

/// The name of the contract.
pub const FORMAT: &str = "gangmu.diff/1";

/// From this likeness on two sentences are worded alike: a word or a unit may differ.
const WORDED_ALIKE: f32 = 0.8;

/// An edition to compare: its text and what the compiler made of it.
#[derive(Debug, Clone, Copy)]
pub struct Version<'v> {
    /// The text; spans count its code points.
    pub text: &'v str,
    /// The compiled plan of this text.
    pub plan: &'v CompiledPlan,
}

/// Two editions laid beside each other.
#[derive(Debug, Clone)]
pub struct Collation<'v> {
    old: Version<'v>,
    new: Version<'v>,
    old_signs: Vec<char>,
    new_signs: Vec<char>,
    old_units: Vec<units::Unit>,
    new_units: Vec<units::Unit>,
    pairs: pairs::Pairs,
}

impl<'v> Collation<'v> {
    /// Lays two editions beside each other.
    pub fn of(old: Version<'v>, new: Version<'v>) -> Self {
        let (old_signs, new_signs): (Vec<char>, Vec<char>) = (old.text.chars().collect(), new.text.chars().collect());
        let (mut old_units, mut new_units) = (units::units(old.plan, &old_signs), units::units(new.plan, &new_signs));
        units::weigh(&mut old_units, &mut new_units);
        let pairs = pairs::pair(&old_units, &new_units);
        Self { old, new, old_signs, new_signs, old_units, new_units, pairs }
    }

    /// Says of each clause what became of it.
    pub fn comparison(&self) -> Comparison {
        clauses::comparison(self)
    }

    /// Sentences and rows that have one counterpart each, worded alike and not the same.
    pub(crate) fn changed_sentences(&self) -> impl Iterator<Item = (Span, Span)> {
        self.pairs.of_old.iter().zip(&self.old_units).filter_map(|(counterparts, unit)| {
            let [one] = counterparts.as_slice() else { return None };
            let other = &self.new_units[*one];
            let alike =
                !unit.heading && unit.exact != other.exact && unit.wording.likeness(&other.wording) >= WORDED_ALIKE;
            alike.then_some((unit.span, other.span))
        })
    }

    /// The figures that differ between an old span and a new one.
    pub(crate) fn figures(&self, old: Span, new: Span) -> Vec<FigureChange> {
        figures::changed((self.old, old), (self.new, new))
    }
}

/// A place in one of the two texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Path of the clause.
    pub clause: String,
}

/// A place with its counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// In the old text.
    pub old: Place,
    /// In the new text.
    pub new: Place,
}

/// A clause whose words or figures changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// In the old text.
    pub old: Place,
    /// In the new text.
    pub new: Place,
    /// Does it also stand elsewhere than before?
    pub moved: bool,
    /// The figures that changed, in text order.
    pub numbers: Vec<FigureChange>,
    /// The sentences that changed, came or went.
    pub sentences: Vec<SentenceChange>,
}

/// A changed sentence; one side is empty where it came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceChange {
    /// In the old text.
    pub old: Vec<Place>,
    /// In the new text.
    pub new: Vec<Place>,
}

/// A clause that became several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Split {
    /// In the old text.
    pub old: Place,
    /// In the new text.
    pub new: Vec<Place>,
}

/// Several clauses that became one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// In the old text.
    pub old: Vec<Place>,
    /// In the new text.
    pub new: Place,
}

/// A clause without counterpart in the old text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Added {
    /// In the new text.
    pub new: Place,
}

/// A clause without counterpart in the new text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// In the old text.
    pub old: Place,
}

/// A sentence that could be one of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ambiguous {
    /// In the old text.
    pub old: Place,
    /// In the new text, the nearest first.
    pub candidates: Vec<Candidate>,
}

/// A possible counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// How alike both are, 0 to 1.
    pub score: Decimal,
}

/// What became of each clause (条款变化): every clause of both texts stands in one of the lists but the last; there
/// stand sentences, beside what their clause became.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// [`FORMAT`].
    pub format: String,
    /// Says the same in the same place; its number may have changed.
    pub same: Vec<Kept>,
    /// Says the same in another place; also single sentences that moved to another clause.
    pub moved: Vec<Kept>,
    /// Says something else.
    pub changed: Vec<Changed>,
    /// One became several.
    pub split: Vec<Split>,
    /// Several became one.
    pub merged: Vec<Merged>,
    /// New.
    pub added: Vec<Added>,
    /// Gone.
    pub dropped: Vec<Dropped>,
    /// Left to a person.
    pub ambiguous: Vec<Ambiguous>,
}

/// A likeness with two decimals.
pub(crate) fn score(likeness: f32) -> Decimal {
    Decimal::new(i64::from((likeness * 100.0).round() as i32), 2)
}
