//! Accepting in bulk (批量采纳): a preview of the 有把握 proposals of a clause or chapter, then exactly these.

use super::{
    decide::{Decided, Desk, act},
    open::Opened,
    outline::Outline,
    permission::permission,
    present::Presenter,
    views::BulkPreview,
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
        clauses,
        commitments::{self, CommitmentRow, Scope},
    },
};

/// How far it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One clause.
    Clause,
    /// The whole chapter of the clause.
    Chapter,
}

impl Reach {
    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Chapter => "chapter",
        }
    }

    /// The reach of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Clause, Self::Chapter].into_iter().find(|reach| reach.word() == word)
    }
}

fn rows(tx: &mut Tx<'_>, opened: &Opened, path: &str, reach: Reach) -> Result<Vec<CommitmentRow>, Failure> {
    let edition = opened.edition.id;
    let clause = clauses::by_path(tx, edition, path)?.ok_or(Failure::Absent("clause"))?;
    let scope = match reach {
        Reach::Clause => Scope::Clause(clause.number),
        Reach::Chapter => Scope::Chapter(clause.chapter),
    };
    Ok(commitments::bulk_of(tx, edition, scope)?)
}

/// What was seen is what is accepted: the digest of the numbers and of what they say.
fn seal(rows: &[CommitmentRow]) -> String {
    let seen: Vec<_> = rows.iter().map(|row| &row.commitment).collect();
    hex(&digest::plain(&seen))
}

/// What a bulk acceptance would take.
pub async fn preview(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    path: &str,
    reach: Reach,
) -> Result<BulkPreview, Failure> {
    let (plan, path) = (plan.to_owned(), path.to_owned());
    let (app_, asks) = (app.clone(), session.clone());
    look(app, session, "plan.review", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let found = rows(tx, &opened, &path, reach)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let presenter = Presenter::load(tx, opened.edition.id, &opened.address, &outline.headings, &found, Vec::new())?;
        let mut refusals = Vec::new();
        if opened.stage() != Stage::InReview {
            refusals.push(Refusal::Frozen);
        }
        if found.is_empty() {
            refusals.push(Refusal::NothingToAccept);
        }
        Ok(BulkPreview {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            scope: reach.word(),
            commitments: found.iter().map(|row| presenter.commitment(row)).collect(),
            seal: seal(&found),
            accept: permission(&app_, &asks, "plan.review", &refusals),
            back: opened.address.review(&path, None),
            path,
        })
    })
    .await
}

/// Accepts exactly what the preview of that seal showed.
pub async fn accept_in_bulk(
    app: &App,
    session: &Session,
    desk: Desk,
    path: &str,
    reach: Reach,
    seen: &str,
    count: usize,
) -> Result<Decided, Failure> {
    let (path, seen) = (path.to_owned(), seen.to_owned());
    operate(app, session, Operation::under("plan.accept_in_bulk", "plan.review"), move |work| {
        let opened = Opened::at(work.tx, &desk.plan, desk.edition)?;
        let found = rows(work.tx, &opened, &path, reach)?;
        // Another seal is another list: the numbers it named are unknown, only how many they were.
        let numbers =
            if seal(&found) == seen { found.iter().map(|row| row.commitment.number).collect() } else { vec![0; count] };
        let review = state(&opened, found);
        act(work, &opened, review, Command::AcceptInBulk { numbers })
    })
    .await
}

fn state(opened: &Opened, rows: Vec<CommitmentRow>) -> Review {
    Review {
        frozen: opened.stage() != Stage::InReview,
        decisions: opened.edition.decisions,
        commitments_made: opened.edition.commitments_made,
        commitments: rows.into_iter().map(|row| (row.commitment.number, row.commitment)).collect(),
        ..Review::default()
    }
}
