//! Which figures of a text were changed (数字变动).

use super::Version;
use crate::compiled::Quantity;
use gangmu_kernel::source::Span;
use rust_decimal::Decimal;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A figure on one side of a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// As written.
    pub text: String,
    /// Its value, if it has one.
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: Option<String>,
}

/// A changed figure; one side is missing where a figure came or went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureChange {
    /// What the old text says.
    pub old: Option<Figure>,
    /// What the new text says.
    pub new: Option<Figure>,
}

/// The figures that differ between an old span and a new one, in text order.
pub(super) fn changed(old: (Version<'_>, Span), new: (Version<'_>, Span)) -> Vec<FigureChange> {
    let (before, after) = (within(old), within(new));
    let key = |q: &&Quantity| (q.text.clone(), q.value, q.low, q.high, q.unit.clone());
    let keys: (Vec<_>, Vec<_>) = (before.iter().map(key).collect(), after.iter().map(key).collect());
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys.0, &keys.1) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (gone, come) = (&before[op.old_range()], &after[op.new_range()]);
        for at in 0..gone.len().max(come.len()) {
            let side = |side: &[&Quantity]| side.get(at).map(|quantity| figure(quantity));
            changes.push(FigureChange { old: side(gone), new: side(come) });
        }
    }
    changes
}

fn within((version, span): (Version<'_>, Span)) -> Vec<&Quantity> {
    let inside = |q: &&Quantity| span.contains(Span::new(q.start, q.end));
    version.plan.quantities.iter().filter(inside).collect()
}

fn figure(quantity: &Quantity) -> Figure {
    Figure {
        start: quantity.start,
        end: quantity.end,
        text: quantity.text.clone(),
        value: quantity.value,
        unit: quantity.unit.clone(),
    }
}
