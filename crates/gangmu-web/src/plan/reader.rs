//! `/plans/145/5.2.二`: the plan as a living document (阅读器).

use crate::{pages::Page, plan::ranks::ranks, samples};
use gangmu_app::plan::views::{ClauseView, MarginMark, PieceView, ReaderView};
use serde::Serialize;

/// The reader with one section of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct ReaderPage {
    /// What is read.
    pub view: ReaderView,
    /// A sentence is chosen, not only a clause: on a phone its sheet is raised.
    pub chosen: bool,
    /// The section prints its own heading.
    pub section_heading: bool,
    /// Ranks of the headings, clause by clause.
    pub ranks: Vec<Vec<u8>>,
    /// There is a degree word to be underlined.
    pub has_degrees: bool,
    /// There is a target to be underlined.
    pub has_targets: bool,
    /// There is a mark in the margin.
    pub has_marks: bool,
    /// There is a doubt.
    pub has_doubts: bool,
}

impl ReaderPage {
    /// The page of a view.
    pub fn new(view: ReaderView) -> Self {
        let section_heading = !view.section.title.is_empty();
        let clauses = &view.section.clauses;
        let first = if section_heading { 3 } else { 2 };
        let printed = section_heading.then_some(view.section.title.as_str());
        let ranks = ranks(clauses.iter().map(|clause| clause.headings.as_slice()), first, printed);
        Self {
            chosen: view.panel.sentence,
            section_heading,
            has_degrees: any_piece(clauses, |piece| piece.degree.is_some()),
            has_targets: any_piece(clauses, |piece| piece.quantity.is_some()),
            has_marks: any_mark(clauses, |mark| mark.doubt.is_none()),
            has_doubts: any_mark(clauses, |mark| mark.doubt.is_some()),
            ranks,
            view,
        }
    }
}

fn any_piece(clauses: &[ClauseView], wanted: impl Fn(&PieceView) -> bool) -> bool {
    clauses.iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.sentences).flat_map(|s| &s.pieces).any(wanted)
}

fn any_mark(clauses: &[ClauseView], wanted: impl Fn(&MarginMark) -> bool) -> bool {
    clauses.iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.marks).any(wanted)
}

impl Page for ReaderPage {
    const TEMPLATE: &'static str = "plan/reader.html";

    fn samples() -> Vec<Self> {
        let mut clause = samples::reader();
        clause.panel.sentence = false;
        clause.panel.commitments.clear();
        clause.panel.responsibilities.clear();
        clause.panel.doubts.clear();
        clause.coverage.percent = None;
        clause.section.title.clear();
        clause.versions.clear();
        clause.review.allowed = false;
        vec![Self::new(samples::reader()), Self::new(clause)]
    }
}
