//! The review desk (审校台): one clause with its proposals, one of them open.

use super::{
    edition,
    lines::{Drawing, Lines},
    open::Opened,
    outline::Outline,
    permission::permission,
    present::{Presenter, record, signs},
    read::records,
    views::{BulkView, ChapterProgress, ProposalView, ReviewView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::{
    edition::Stage,
    proposal::{Certainty, CommitmentKind, Form},
    review::{Refusal, Standing},
};
use gangmu_store::plan::{
    clauses,
    commitments::{self, CommitmentRow},
    decisions, notices,
};

/// The desk at a clause; at the first with something undecided where none is named.
pub async fn review(
    app: &App,
    session: &Session,
    plan: &str,
    number: Option<u32>,
    path: Option<&str>,
    commitment: Option<u32>,
) -> Result<ReviewView, Failure> {
    let (plan, path) = (plan.to_owned(), path.map(str::to_owned));
    let (app_, asks) = (app.clone(), session.clone());
    // Who may only read sees the desk too, and the reason why not to decide.
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, number)?;
        let edition = opened.edition.id;
        let outline = Outline::load(tx, edition)?;
        let place = match &path {
            Some(path) => outline.place(path),
            None => outline.first_pending().or(outline.first()),
        };
        let place = place.cloned().ok_or(Failure::Absent("clause"))?;
        let row = clauses::by_number(tx, edition, place.number)?.ok_or(Failure::Absent("clause"))?;
        let rows = commitments::of_clause(tx, edition, place.number)?;
        let doubts = notices::of_clause(tx, edition, place.number)?;
        let current = current(&rows, commitment);
        let open = current.and_then(|at| rows.get(at)).map(|r| r.commitment.number);
        let drawing = Drawing {
            address: &opened.address,
            commitments: &rows,
            doubts: &doubts,
            selected: Some((None, None)),
            desk: Some(open),
            in_force: false,
        };
        let clause = Lines::of(row, &outline.headings).view(&drawing);
        let presenter = Presenter::load(tx, edition, &opened.address, &outline.headings, &rows, doubts.clone())?;
        let proposals = (1..).zip(&rows).map(|(knot, row)| ProposalView {
            knot,
            commitment: presenter.commitment(row),
            signs: signs(row.proposal.as_ref()),
            recommended: recommended(row),
            parts: parts(&row.commitment.form),
            current: open == Some(row.commitment.number),
            address: opened.address.review(&place.path, Some(row.commitment.number)),
        });
        let (decided, of) = outline.chapter_progress(place.chapter);
        let heading = outline.heading(place.chapter);
        let (in_clause, in_chapter) = commitments::count_bulk(tx, edition, place.number, place.chapter)?;
        let frozen = if opened.stage() == Stage::InReview { Vec::new() } else { vec![Refusal::Frozen] };
        let around = |found: Option<u32>| found.and_then(|n| outline.next(&opened.address, n));
        let worked = |c: &&clauses::ClausePlaceRow| outline.is_worked(c.number);
        let undo = decisions::last_of(tx, edition, asks.actor.account)?;
        Ok(ReviewView {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            outline: outline.tree(&opened.address, true, Some(&place), true),
            breadcrumb: outline.breadcrumb(&opened.address, &opened.plan.title, &place),
            proposals: proposals.collect(),
            current,
            doubts: doubts.iter().map(|d| presenter.doubt(d)).collect(),
            chapter: ChapterProgress {
                title: outline.title(place.chapter),
                path: heading.map_or_else(|| place.path.clone(), |h| h.path.clone()),
                decided,
                of,
            },
            bulk: BulkView {
                clause: in_clause,
                chapter: in_chapter,
                clause_address: opened.address.bulk(&place.path, "clause"),
                chapter_address: opened.address.bulk(&place.path, "chapter"),
            },
            previous: around(outline.places.iter().filter(|c| c.number < place.number).rfind(worked).map(|c| c.number)),
            next: around(outline.places.iter().filter(|c| c.number > place.number).find(worked).map(|c| c.number)),
            next_doubt: around(outline.round(place.number).find(|c| outline.doubts(c.number) > 0).map(|c| c.number)),
            next_pending: around(outline.round(place.number).find(|c| outline.pending(c.number) > 0).map(|c| c.number)),
            undo: match &undo {
                Some(row) if frozen.is_empty() => Some(record(tx, edition, row)?),
                _ => None,
            },
            decide: permission(&app_, &asks, "plan.review", &frozen),
            approve: edition::may(tx, &app_, &asks, &opened, "approve")?,
            record: records(tx, &opened, place.number)?,
            revision: i64::from(opened.edition.decisions),
            clause,
        })
    })
    .await
}

/// The asked one, else the first undecided one, else the first.
fn current(rows: &[CommitmentRow], asked: Option<u32>) -> Option<usize> {
    let asked = asked.and_then(|number| rows.iter().position(|r| r.commitment.number == number));
    let undecided = || rows.iter().position(|r| r.commitment.standing == Standing::Proposed);
    asked.or_else(undecided).or(if rows.is_empty() { None } else { Some(0) })
}

/// Which key is the primary one.
fn recommended(row: &CommitmentRow) -> &'static str {
    let commitment = &row.commitment;
    if !parts(&commitment.form).is_empty() {
        return "split";
    }
    if commitment.doubted {
        return "doubt";
    }
    match commitment.confidence.map(Certainty::of) {
        Some(Certainty::Unsure) => "change",
        _ => "accept",
    }
}

/// What a split would make of it: names that one project or mechanism lists with 、 or 和.
fn parts(form: &Form) -> Vec<Form> {
    if !matches!(form.kind, CommitmentKind::Project | CommitmentKind::Mechanism) {
        return Vec::new();
    }
    let names: Vec<&str> = form.text.split(['、', '；']).map(str::trim).filter(|n| !n.is_empty()).collect();
    // A name of two characters is rather a part of one name (水、电工程) than a name of its own.
    let whole = |name: &&str| name.chars().count() >= 4;
    if names.len() < 2 || !names.iter().all(whole) {
        return Vec::new();
    }
    names.into_iter().map(|name| Form { text: name.to_owned(), ..form.clone() }).collect()
}

#[cfg(test)]
mod tests;
