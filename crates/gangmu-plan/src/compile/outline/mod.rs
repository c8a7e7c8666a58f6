//! The outline (标题层级): numbered headings, leads, dash items, boxes, contents and the page around the text.
//!
//! *In:* the ground. *Out:* headings in text order, the units that become clauses, and the paragraphs between them.
//!
//! The pass classifies lines first ([`lines`]), then accepts number marks that are plausible in their sequence
//! ([`accept`]), finds where the text begins and ends ([`frame`]), and at last looks for leads ([`leads`]).

mod accept;
mod assemble;
mod contents;
mod frame;
mod leads;
mod lines;
mod marks;
mod titles;

use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::ground::Ground;
use super::lexicon::Lexicon;
use crate::compile::trace::Trace;
use crate::compiled::Heading;
pub(crate) use marks::MarkKind;

/// The words of the outline.
pub(crate) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/outline.txt")));

/// The beginning of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// Title lines and the page above the text.
    Head,
    /// The table of contents.
    Contents,
    /// The text before the first numbered heading.
    Preface,
    /// A numbered heading: its form and number.
    Numbered(MarkKind, Vec<u32>),
    /// The text goes on after a box.
    AfterBox,
    /// What follows the end of the text.
    Tail,
}

/// A unit of the text that becomes a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// First code point.
    pub start: u32,
    /// What begins here.
    pub kind: UnitKind,
    /// Index of its heading.
    pub heading: Option<usize>,
}

/// A paragraph of the text, or a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Without the heading that it may run on from.
    pub span: Span,
    /// Is it a row of a table?
    pub row: bool,
    /// The lead at its beginning, stop included.
    pub lead: Option<Span>,
}

/// The outline with what the next passes are built from.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// In text order.
    pub headings: Vec<Heading>,
    /// In text order; the first begins at 0.
    pub units: Vec<Unit>,
    /// In text order.
    pub paragraphs: Vec<Paragraph>,
}

/// Reads the outline; what is turned away goes to the trace.
pub(crate) fn outline(ground: &Ground<'_>, trace: &mut Trace) -> Outline {
    let mut scan = lines::Scan::new(ground);
    contents::mark_contents(&mut scan);
    let frame = frame::find_beginning(&mut scan);
    accept::accept_marks(&mut scan, &frame, trace);
    let frame = frame::find_end(&mut scan, frame);
    titles::extend_titles(&mut scan);
    assemble::assemble(&scan, &frame, trace)
}

/// Is this the beginning of a note under a table?
pub(crate) fn is_table_note(text: &str) -> bool {
    let folded: Vec<char> = text.chars().take(8).map(super::fold::fold).collect();
    lines::begins_with(&folded, "table-note")
}

#[cfg(test)]
mod tests;
