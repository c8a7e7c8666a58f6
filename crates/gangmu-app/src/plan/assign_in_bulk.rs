//! Assigning a chapter at once (成章定责): a preview of what is suggested for commitments without owner, then as many
//! of these as were chosen.

use super::{
    decide::{Decided, Desk, act},
    open::Opened,
    outline::Outline,
    owners::{Known, around},
    permission::permission,
    present::Presenter,
    views::{AssignPreview, AssignRow, OwnerView},
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Operation, look, operate},
    session::Session,
};
use gangmu_plan::{
    edition::Stage,
    review::{Command, Refusal, Review},
};
use gangmu_store::{
    Tx,
    journal::{canonical::hex, digest},
    plan::{
        clauses::ClausePlaceRow,
        commitments::{self, CommitmentRow},
    },
};
use std::collections::BTreeSet;

/// The commitments of a chapter that nobody leads, each with what is suggested.
struct Chapter {
    place: ClausePlaceRow,
    outline: Outline,
    suggested: Vec<(CommitmentRow, OwnerView)>,
    silent: Vec<CommitmentRow>,
}

impl Chapter {
    fn load(tx: &mut Tx<'_>, opened: &Opened, path: &str) -> Result<Self, Failure> {
        let outline = Outline::load(tx, opened.edition.id)?;
        let place = outline.place(path).cloned().ok_or(Failure::Absent("clause"))?;
        let rows = commitments::of_chapter(tx, opened.edition.id, place.chapter)?;
        let open =
            |row: &CommitmentRow| row.commitment.standing.is_listed() && row.commitment.form.owners.lead.is_empty();
        let rows: Vec<CommitmentRow> = rows.into_iter().filter(open).collect();
        let (mut suggested, mut silent) = (Vec::new(), Vec::new());
        let known = Known::load(tx)?;
        for row in rows {
            let said = known.advise(&row.commitment.form.text, &around(&outline, opened, &row.commitment));
            match said.first().cloned() {
                Some(owner) => suggested.push((row, owner)),
                None => silent.push(row),
            }
        }
        suggested.sort_by(|a, b| b.1.confidence.cmp(&a.1.confidence));
        Ok(Self { place, outline, suggested, silent })
    }

    /// What was seen is what is assigned: the digest of the commitments and of the units.
    fn seal(&self) -> String {
        let seen: Vec<_> = self.suggested.iter().map(|(row, owner)| (&row.commitment, &owner.name)).collect();
        hex(&digest::plain(&seen))
    }
}

/// What is suggested for the commitments without owner in the chapter of a clause.
pub async fn preview(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    path: &str,
) -> Result<AssignPreview, Failure> {
    let (plan, path) = (plan.to_owned(), path.to_owned());
    let (app_, asks) = (app.clone(), session.clone());
    look(app, session, "plan.review", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let chapter = Chapter::load(tx, &opened, &path)?;
        let seal = chapter.seal();
        let Chapter { place, outline, suggested, silent } = chapter;
        let all: Vec<CommitmentRow> = suggested.iter().map(|(row, _)| row).chain(&silent).cloned().collect();
        let presenter = Presenter::load(tx, opened.edition.id, &opened.address, &outline.headings, &all, Vec::new())?;
        let frozen = if opened.stage() == Stage::InReview { Vec::new() } else { vec![Refusal::Frozen] };
        let row = |(row, owner)| AssignRow { commitment: presenter.commitment(&row), owner };
        Ok(AssignPreview {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            chapter: outline.title(place.chapter),
            silent: silent.iter().map(|row| presenter.commitment(row)).collect(),
            rows: suggested.into_iter().map(row).collect(),
            seal,
            assign: permission(&app_, &asks, "plan.review", &frozen),
            back: opened.address.review(&path, None),
            path,
        })
    })
    .await
}

/// Assigns the chosen ones of exactly what the preview of that seal showed; `count` is how many it showed.
pub async fn assign_in_bulk(
    app: &App,
    session: &Session,
    desk: Desk,
    path: &str,
    seen: &str,
    count: usize,
    chosen: BTreeSet<u32>,
) -> Result<Decided, Failure> {
    let (path, seen) = (path.to_owned(), seen.to_owned());
    operate(app, session, Operation::under("plan.assign", "plan.review"), move |work| {
        let opened = Opened::at(work.tx, &desk.plan, desk.edition)?;
        let chapter = Chapter::load(work.tx, &opened, &path)?;
        if chapter.seal() != seen {
            return Err(Failure::refused(Refusal::PreviewOutdated { seen: count, now: chapter.suggested.len() }));
        }
        let listed: BTreeSet<u32> = chapter.suggested.iter().map(|(row, _)| row.commitment.number).collect();
        if let Some(number) = chosen.difference(&listed).next() {
            return Err(Failure::refused(Refusal::NoSuchCommitment { number: *number }));
        }
        let picked = chapter.suggested.into_iter().filter(|(row, _)| chosen.contains(&row.commitment.number));
        let mut review = Review {
            frozen: opened.stage() != Stage::InReview,
            decisions: opened.edition.decisions,
            commitments_made: opened.edition.commitments_made,
            ..Review::default()
        };
        let mut leads = std::collections::BTreeMap::new();
        for (row, owner) in picked {
            leads.insert(row.commitment.number, vec![owner.name]);
            review.commitments.insert(row.commitment.number, row.commitment);
        }
        act(work, &opened, review, Command::Assign { leads })
    })
    .await
}
