//! `/plans/145/5.2.二`: the plan as a living document (阅读器).

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    plan::ranks::ranks,
    samples,
    visit::{Visit, see_other},
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use gangmu_app::plan::{
    find_clause::find_clause,
    read::{Reading, read},
    views::{ClauseView, MarginMark, PieceView, ReaderView},
};
use serde::{Deserialize, Serialize};

/// Which edition, paragraph and sentence.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    edition: Option<u32>,
    p: Option<u32>,
    s: Option<u32>,
}

/// `/plans/{key}`: the plan from its first clause.
pub async fn first(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, Stop> {
    show(&web, &visit, key, None, &place).await
}

/// `/plans/{key}/{path}`: the section of a clause, with the clause or a sentence chosen.
pub async fn at(
    State(web): State<Web>,
    visit: Visit,
    Path((key, path)): Path<(String, String)>,
    Query(place): Query<Place>,
) -> Result<Response, Stop> {
    show(&web, &visit, key, Some(path), &place).await
}

async fn show(web: &Web, visit: &Visit, plan: String, path: Option<String>, place: &Place) -> Result<Response, Stop> {
    let reading = Reading { plan, edition: place.edition, path, paragraph: place.p, sentence: place.s };
    let view = read(&web.app, &visit.session, reading).await?;
    visit.page(web, Some(Noun::Plans), &ReaderPage::new(view)).await
}

/// What was typed to go to.
#[derive(Debug, Deserialize)]
pub struct Typed {
    to: String,
    edition: Option<u32>,
    #[serde(default)]
    desk: String,
}

/// `/plans/{key}/go?to=`: to the clause that somebody types.
pub async fn go(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(typed): Query<Typed>,
) -> Result<Response, Stop> {
    let desk = typed.desk == "1";
    Ok(see_other(&find_clause(&web.app, &visit.session, &key, typed.edition, &typed.to, desk).await?))
}

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
        let clauses = &view.section.clauses;
        // The clauses print their own headings; only a section whose heading belongs to none of them needs one more.
        let title = view.section.title.as_str();
        let printed = clauses.iter().flat_map(|clause| &clause.headings).any(|heading| heading.title == title);
        let section_heading = !printed && !title.is_empty();
        let first = if section_heading { 3 } else { 2 };
        let ranks = ranks(clauses.iter().map(|clause| clause.headings.as_slice()), first);
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
