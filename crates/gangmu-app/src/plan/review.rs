//! The review desk (审校台): one clause with its proposals, one of them open.

use super::{
    edition,
    lines::{Drawing, Lines},
    open::Opened,
    outline::Outline,
    permission::permission,
    present::{Presenter, record, signs},
    read::records,
    views::{BulkView, ChapterProgress, NextClause, ProposalView, ReviewView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::{
    edition::Stage,
    proposal::{Certainty, CommitmentKind, Form},
    review::{Refusal, Standing},
};
use gangmu_store::{
    Fault, Tx,
    plan::{
        clauses::{self, ClausePlaceRow},
        commitments::{self, CommitmentRow},
        decisions, notices,
    },
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
        let first = || outline.first_pending().or(outline.first());
        let place = path.as_deref().map_or_else(first, |path| outline.place(path));
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
        let frozen = if opened.stage() == Stage::InReview { Vec::new() } else { vec![Refusal::Frozen] };
        let [previous, next, next_doubt, next_pending] = around(&opened, &outline, place.number);
        let undo = decisions::last_of(tx, edition, asks.actor.account)?;
        Ok(ReviewView {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            outline: outline.tree(&opened.address, true, Some(&place), true),
            breadcrumb: outline.breadcrumb(&opened.address, &opened.plan.title, &place),
            proposals: proposals(&opened, &presenter, &place.path, &rows, open),
            current,
            doubts: doubts.iter().map(|d| presenter.doubt(d)).collect(),
            chapter: chapter(&outline, &place),
            bulk: bulk(tx, &opened, &outline, &place)?,
            previous,
            next,
            next_doubt,
            next_pending,
            undo: undo.filter(|_| frozen.is_empty()).map(|row| record(tx, edition, &row)).transpose()?,
            decide: permission(&app_, &asks, "plan.review", &frozen),
            approve: edition::may(tx, &app_, &asks, &opened, "approve")?,
            record: records(tx, &opened, place.number)?,
            revision: i64::from(opened.edition.decisions),
            clause,
        })
    })
    .await
}

fn proposals(
    opened: &Opened,
    presenter: &Presenter<'_>,
    path: &str,
    rows: &[CommitmentRow],
    open: Option<u32>,
) -> Vec<ProposalView> {
    let view = |(knot, row): (u32, &CommitmentRow)| ProposalView {
        knot,
        commitment: presenter.commitment(row),
        signs: signs(row.proposal.as_ref()),
        recommended: recommended(row),
        parts: parts(&row.commitment.form),
        current: open == Some(row.commitment.number),
        address: opened.address.review(path, Some(row.commitment.number)),
    };
    (1..).zip(rows).map(view).collect()
}

fn chapter(outline: &Outline, place: &ClausePlaceRow) -> ChapterProgress {
    let (decided, of) = outline.chapter_progress(place.chapter);
    let heading = outline.heading(place.chapter);
    ChapterProgress {
        title: outline.title(place.chapter),
        path: heading.map_or_else(|| place.path.clone(), |h| h.path.clone()),
        decided,
        of,
    }
}

fn bulk(tx: &mut Tx<'_>, opened: &Opened, outline: &Outline, place: &ClausePlaceRow) -> Result<BulkView, Fault> {
    let (clause, chapter) = commitments::count_bulk(tx, opened.edition.id, place.number, place.chapter)?;
    Ok(BulkView {
        clause,
        chapter,
        clause_address: opened.address.bulk(&place.path, "clause"),
        chapter_address: opened.address.bulk(&place.path, "chapter"),
        ownerless: outline.ownerless(place.chapter),
        assign_address: opened.address.assign(&place.path),
    })
}

/// The clause before, the next one, the next with a doubt, the next with something undecided.
fn around(opened: &Opened, outline: &Outline, number: u32) -> [Option<NextClause>; 4] {
    let worked = |c: &&ClausePlaceRow| outline.is_worked(c.number);
    let places = &outline.places;
    let found = [
        places.iter().filter(|c| c.number < number).rfind(worked),
        places.iter().filter(|c| c.number > number).find(worked),
        outline.round(number).find(|c| outline.doubts(c.number) > 0),
        outline.round(number).find(|c| outline.pending(c.number) > 0),
    ];
    found.map(|place| place.and_then(|c| outline.next(&opened.address, c.number)))
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
