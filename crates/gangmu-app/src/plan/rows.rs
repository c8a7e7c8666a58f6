//! Rows of an edition for machines (逐条读取): commitments, clauses and doubts, page by page, each page beginning after the
//! last row of the one before.

use super::{
    open::Opened,
    outline::{Outline, titled},
    present::Presenter,
    register::filter_of,
    version,
    views::{CommitmentView, DoubtView, OutlineNode, RegisterFilter},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::edition::Stage;
use gangmu_store::plan::{
    clause_id, clauses, commitments, notices,
    register::{self, Page},
};

/// A page of rows of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    /// Number of the edition.
    pub edition: u32,
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none after the last row.
    pub next: Option<String>,
}

/// A commitment with its version.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionedCommitment {
    /// The commitment.
    pub view: CommitmentView,
    /// Path of its clause.
    pub clause: String,
    /// Its version.
    pub version: String,
}

/// A doubt with its version.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionedDoubt {
    /// The doubt.
    pub view: DoubtView,
    /// Path of its clause.
    pub clause: String,
    /// Its version.
    pub version: String,
}

/// A clause with its text (条款).
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseText {
    /// Number within the edition.
    pub number: u32,
    /// Its path.
    pub path: String,
    /// Number and title of the heading it stands under.
    pub title: String,
    /// The plan's own words.
    pub text: String,
    /// First code point in the text of the edition.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// SHA-256 of its text.
    pub sha256: String,
}

fn number(edition: i64) -> u32 {
    u32::try_from(edition).unwrap_or(0)
}

/// Commitments that the filter leaves.
pub async fn commitments_page(
    app: &App,
    session: &Session,
    plan: &str,
    filter: RegisterFilter,
    limit: u32,
) -> Result<Rows<VersionedCommitment>, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, filter.edition)?;
        let edition = opened.edition.id;
        let outline = Outline::load(tx, edition)?;
        let after = match filter.after.as_deref() {
            None => Page::First,
            Some(text) => {
                let key = text.split_once('.').and_then(|(s, n)| Some((s.parse().ok()?, n.parse().ok()?)));
                key.map(|(start, number)| Page::After(start, number)).ok_or(Failure::Absent("page"))?
            }
        };
        let mut found = register::page(tx, edition, &filter_of(&filter, &outline), after, limit + 1)?;
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let last = found.last().map(|row| format!("{}.{}", row.commitment.span.0, row.commitment.number));
        let presenter = Presenter::load(tx, edition, &opened.address, &outline.headings, &found, Vec::new())?;
        let rows = found.iter().map(|row| VersionedCommitment {
            view: presenter.commitment(row),
            clause: outline.place_of(row.commitment.clause).map_or_else(String::new, |place| place.path.clone()),
            version: version::of_row(row),
        });
        Ok(Rows { edition: number(opened.edition.number), rows: rows.collect(), next: last.filter(|_| more) })
    })
    .await
}

/// One commitment.
pub async fn commitment(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    wanted: u32,
) -> Result<(u32, VersionedCommitment), Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let id = opened.edition.id;
        let found = commitments::by_numbers(tx, id, &[wanted])?;
        let row = found.first().ok_or(Failure::Absent("commitment"))?;
        let headings = clauses::headings(tx, id)?;
        let clause = clauses::by_number(tx, id, row.commitment.clause)?;
        let presenter = Presenter::load(tx, id, &opened.address, &headings, &found, Vec::new())?;
        let view = presenter.commitment(row);
        let clause = clause.map_or_else(String::new, |clause| clause.path);
        Ok((number(opened.edition.number), VersionedCommitment { view, clause, version: version::of_row(row) }))
    })
    .await
}

/// Clauses in text order, after that number.
pub async fn clauses_page(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    after: u32,
    limit: u32,
) -> Result<Rows<ClauseText>, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let id = opened.edition.id;
        let outline = Outline::load(tx, id)?;
        let wanted: Vec<u32> =
            outline.places.iter().map(|p| p.number).filter(|n| *n > after).take(limit as usize + 1).collect();
        let more = wanted.len() > limit as usize;
        let ids: Vec<i64> = wanted.iter().take(limit as usize).map(|n| clause_id(id, *n).0).collect();
        let mut found = if ids.is_empty() { Vec::new() } else { clauses::by_ids(tx, &ids)? };
        found.sort_by_key(|row| row.number);
        let next = found.last().filter(|_| more).map(|row| row.number.to_string());
        let rows = found.into_iter().map(|row| ClauseText {
            title: row.heading.and_then(|h| outline.heading(h.into())).map_or_else(String::new, titled),
            number: row.number,
            path: row.path,
            text: row.text,
            start: row.span.0,
            end: row.span.1,
            sha256: row.sha256,
        });
        Ok(Rows { edition: number(opened.edition.number), rows: rows.collect(), next })
    })
    .await
}

/// Doubts in text order, after that number.
pub async fn doubts_page(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    after: u32,
    limit: u32,
) -> Result<Rows<VersionedDoubt>, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let id = opened.edition.id;
        // Doubts are numbered without gaps.
        let wanted: Vec<u32> = (1..=limit + 1).filter_map(|n| after.checked_add(n)).collect();
        let mut found = notices::by_numbers(tx, id, &wanted)?;
        found.sort_by_key(|row| row.number);
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let outline = Outline::load(tx, id)?;
        let presenter = Presenter::load(tx, id, &opened.address, &outline.headings, &[], found.clone())?;
        let next = found.last().filter(|_| more).map(|row| row.number.to_string());
        let rows = found.iter().map(|row| VersionedDoubt {
            view: presenter.doubt(row),
            clause: outline.place_of(row.clause).map_or_else(String::new, |place| place.path.clone()),
            version: version::doubt(id.0, row),
        });
        Ok(Rows { edition: number(opened.edition.number), rows: rows.collect(), next })
    })
    .await
}

/// The number of the edition, and its outline with everything below each heading.
pub async fn outline(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
) -> Result<(u32, Vec<OutlineNode>), Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let in_review = opened.stage() == Stage::InReview;
        Ok((number(opened.edition.number), outline.tree(&opened.address, in_review, None, true)))
    })
    .await
}

/// Where a clause begins and which number it has: what an addition by a machine names.
pub async fn place(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    path: &str,
) -> Result<ClauseText, Failure> {
    let (plan, path) = (plan.to_owned(), path.to_owned());
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let row = clauses::by_path(tx, opened.edition.id, &path)?.ok_or(Failure::Absent("clause"))?;
        Ok(ClauseText {
            number: row.number,
            title: String::new(),
            path: row.path,
            text: row.text,
            start: row.span.0,
            end: row.span.1,
            sha256: row.sha256,
        })
    })
    .await
}
