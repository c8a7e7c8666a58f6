//! Figures of a text that is no plan (数字): what the grammar of quantities reads in a cell or a line, and a plan's years.

use gangmu_kernel::SourceText;
use rust_decimal::Decimal;

use super::fold::fold;
use super::names::Names;
use super::quantities::{self, context::Parts, shapes::Shape};
use super::reading::Reading;

/// A figure with its unit (数字).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// First code point in the text.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The value, or the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// The unit as written, word of magnitude included.
    pub unit: Option<String>,
}

/// The figures of a text, leftmost first.
pub fn figures(text: &str) -> Vec<Figure> {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let numbers = quantities::scan(&folded, false).into_iter().filter(|m| m.shape == Shape::Number);
    numbers
        .filter_map(|m| {
            let value = m.value.or(m.low)?.normalize();
            Some(Figure { start: m.start, end: m.end, value, high: m.high.map(|h| h.normalize()), unit: m.unit })
        })
        .collect()
}

/// First and last year of a plan, where its title or text names them.
pub fn plan_years(source: &SourceText, names: &Names) -> Option<(u32, u32)> {
    Parts::read(&Reading::read(source, names)).years.map(|years| (years.from, years.to))
}
