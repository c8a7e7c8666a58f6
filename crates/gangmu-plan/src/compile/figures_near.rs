//! Figures that came near (未采的数): digits that are no quantity, quantities that are no target, figures and rows that
//! are no indicator.

use gangmu_kernel::source::Span;

use super::reading::Reading;
use super::{indicators, quantities, targets};
use crate::compile::trace::Trace;

/// Keeps every figure that was turned away, with what turned it away.
///
/// A quantity that sets no end is turned away by the rule that gave it its role; digits by the lack of a unit that the
/// lexicon knows there (dates, document numbers and names have none).
pub(crate) fn find(reading: &Reading<'_>, trace: &mut Trace) {
    let parts = quantities::context::Parts::read(reading);
    let rows = indicators::row_spans(&indicators::tabled(reading, &parts, trace));
    let measures = quantities::measures(reading, &parts, &rows);
    indicators::prose(reading, &measures, trace);
    for measure in measures.iter().filter(|m| !targets::sets_an_end(m)) {
        trace.miss("target", measure.span, "target:number", measure.role_rule);
    }
    let taken: Vec<Span> = measures.iter().map(|m| m.span).chain(rows).collect();
    for sentence in &reading.sentences {
        for digits in runs(reading.ground.folded(sentence.span.start, sentence.span.end), sentence.span.start) {
            if !taken.iter().any(|span| span.overlaps(digits)) {
                trace.miss("quantity", digits, "quantity:number", "no_unit");
            }
        }
    }
}

/// The runs of digits in a text that begins at `from`.
fn runs(text: &[char], from: u32) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, _) in (from..).zip(text).filter(|(_, c)| c.is_ascii_digit()) {
        match found.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => found.push(Span::new(at, at + 1)),
        }
    }
    found
}
