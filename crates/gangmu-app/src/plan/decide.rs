//! Deciding on proposals (审校): accept, change, split, reject, add, keep as doubt, undo.

use super::open::Opened;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, operate},
    session::Session,
};
use gangmu_kernel::{ClauseRef, ids::EditionId, refusal::Reasons};
use gangmu_plan::{
    edition::Stage,
    proposal::Form,
    review::{self, Command, Past, Review, ReviewEvent, Step, Verb},
};
use gangmu_store::{
    Fault, Tx,
    journal::{Hash, Object, digest},
    plan::{clauses, commitment_id, commitments, decisions, editions},
    search::{self, Kind},
};
use std::collections::BTreeSet;

/// Which edition, and how much of it the person had seen.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The plan's key.
    pub plan: String,
    /// The edition's number; none for the one in force.
    pub edition: Option<u32>,
    /// `revision` of the page; what was decided since on the same commitment refuses.
    pub seen: Option<u32>,
}

/// What a decision gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Number of the decision; undo takes it.
    pub decision: u32,
    /// Commitments it touched or made.
    pub numbers: Vec<u32>,
    /// The edition.
    pub edition: EditionId,
}

/// Decides.
pub async fn decide(app: &App, session: &Session, desk: Desk, command: Command) -> Result<Decided, Failure> {
    let name = name_of(&command);
    decide_with(app, session, desk, name, move |_, _| Ok(command)).await
}

/// Decides what is worked out in the same transaction.
pub(super) async fn decide_with(
    app: &App,
    session: &Session,
    desk: Desk,
    name: &'static str,
    command: impl FnOnce(&mut Tx<'_>, &Opened) -> Result<Command, Failure> + Send + 'static,
) -> Result<Decided, Failure> {
    operate(app, session, Operation::under(name, "plan.review"), move |work| {
        let opened = Opened::at(work.tx, &desk.plan, desk.edition)?;
        let command = command(work.tx, &opened)?;
        let mut review = load(work.tx, &opened, &command)?;
        review.seen = desk.seen;
        act(work, &opened, review, command)
    })
    .await
}

/// Undoes the person's own last decision in the edition.
pub async fn undo_last(app: &App, session: &Session, desk: Desk) -> Result<Decided, Failure> {
    operate(app, session, Operation::under("plan.undo", "plan.review"), move |work| {
        let opened = Opened::at(work.tx, &desk.plan, desk.edition)?;
        let last = decisions::last_of(work.tx, opened.edition.id, work.session.actor.account)?;
        let decision = last.map_or(0, |d| d.number);
        let command = Command::Undo { decision };
        let review = load(work.tx, &opened, &command)?;
        act(work, &opened, review, command)
    })
    .await
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Accept { .. } => "plan.accept",
        Command::Change { .. } => "plan.change",
        Command::Split { .. } => "plan.split",
        Command::Reject { .. } => "plan.reject",
        Command::Add { .. } => "plan.add",
        Command::Doubt { .. } => "plan.doubt",
        Command::AcceptInBulk { .. } => "plan.accept_in_bulk",
        Command::Assign { .. } => "plan.assign",
        Command::Reconcile { .. } => "plan.reconcile",
        Command::Undo { .. } => "plan.undo",
    }
}

/// Loads what the command names.
fn load(tx: &mut Tx<'_>, opened: &Opened, command: &Command) -> Result<Review, Fault> {
    let edition = &opened.edition;
    let mut review = Review {
        frozen: opened.stage() != Stage::InReview,
        decisions: edition.decisions,
        commitments_made: edition.commitments_made,
        ..Review::default()
    };
    let numbers = match command {
        Command::Accept { number }
        | Command::Change { number, .. }
        | Command::Split { number, .. }
        | Command::Reject { number, .. }
        | Command::Doubt { number, .. } => vec![*number],
        Command::AcceptInBulk { numbers } => numbers.clone(),
        Command::Assign { leads } => leads.keys().copied().collect(),
        Command::Reconcile { accept, change, reject, .. } => {
            accept.iter().chain(change.iter().map(|(number, _)| number)).chain(reject).copied().collect()
        }
        Command::Add { clause, .. } => {
            if let Some(row) = clauses::by_number(tx, edition.id, *clause)? {
                review.clauses.insert(*clause, row.span);
            }
            Vec::new()
        }
        Command::Undo { decision } => match decisions::find(tx, edition.id, *decision)? {
            Some((by, event, undone)) => {
                let numbers = event.steps.iter().map(Step::number).collect();
                review.past.insert(*decision, Past { by, event, undone });
                numbers
            }
            None => Vec::new(),
        },
    };
    if !numbers.is_empty() {
        let rows = commitments::by_numbers(tx, edition.id, &numbers)?;
        review.commitments = rows.into_iter().map(|r| (r.commitment.number, r.commitment)).collect();
    }
    Ok(review)
}

/// Decides, saves, and says what the journal is to record.
pub(super) fn act(
    work: &mut Work<'_, '_>,
    opened: &Opened,
    review: Review,
    command: Command,
) -> Result<Done<Decided>, Failure> {
    let actor = work.session.actor.account;
    let edition = opened.edition.id;
    let event = review::decide(&review, actor, command)
        .map_err(|refusals| Reasons::of(&refusals).map_or(Failure::Absent("decision"), Failure::from))?;
    let touched: BTreeSet<u32> = event.steps.iter().map(Step::number).collect();
    let before: Vec<_> = touched.iter().filter_map(|n| review.commitments.get(n)).cloned().collect();
    let next = review::evolve(review, actor, &event);
    let after: Vec<_> = touched.iter().filter_map(|n| next.commitments.get(n)).cloned().collect();
    commitments::apply(work.tx, edition, &event.steps, &after)?;
    index(work.tx, edition, &event, &after)?;
    let by = work.session.by();
    let entry = work.entry()?;
    decisions::append(work.tx, edition, &event, work.now, (by.account, &by.name), work.session.behalf(), entry)?;
    editions::count_decision(work.tx, edition, next.decisions, next.commitments_made)?;
    let record = Record::on(Object::new("edition", edition))
        .changed(&before, &after)
        .reason(Some(event.note.clone()).filter(|note| !note.is_empty()))
        .clauses(clause_refs(work.tx, opened, &event, &after, &before)?);
    let record = match event.verb {
        Verb::AcceptedInBulk | Verb::Assigned => record.rows(digested(&after)),
        _ => record,
    };
    let numbers = touched.into_iter().collect();
    Ok(Done::recorded(Decided { decision: event.decision, numbers, edition }, record))
}

/// Keys and digests of rows, in the order of their numbers.
fn digested(rows: &[review::Commitment]) -> Vec<(String, Hash)> {
    rows.iter().map(|row| (format!("{:06}", row.number), digest::plain(row))).collect()
}

/// The clauses that a decision concerns, named where they are few.
fn clause_refs(
    tx: &mut Tx<'_>,
    opened: &Opened,
    event: &ReviewEvent,
    after: &[review::Commitment],
    before: &[review::Commitment],
) -> Result<Vec<ClauseRef>, Fault> {
    if matches!(event.verb, Verb::AcceptedInBulk | Verb::Assigned) && after.len() > 50 {
        return Ok(Vec::new());
    }
    let numbers: BTreeSet<u32> = after.iter().chain(before).map(|c| c.clause).collect();
    let mut refs = Vec::new();
    for number in numbers.into_iter().take(50) {
        if let Some(clause) = clauses::by_number(tx, opened.edition.id, number)? {
            refs.push(ClauseRef::clause(&opened.plan.key, clause.path));
        }
    }
    Ok(refs)
}

/// Keeps the search in step with what commitments say.
fn index(tx: &mut Tx<'_>, edition: EditionId, event: &ReviewEvent, after: &[review::Commitment]) -> Result<(), Fault> {
    for step in &event.steps {
        let number = step.number();
        let key = commitment_id(edition, number).0;
        let words = || after.iter().find(|c| c.number == number).map(|c| words_of(&c.form)).unwrap_or_default();
        match step {
            Step::Moved { form: None, .. } => {}
            Step::Moved { .. } | Step::Made { .. } => search::replace(tx, Kind::Commitment, key, &words())?,
            Step::Unmade { .. } => search::replace(tx, Kind::Commitment, key, "")?,
        }
    }
    Ok(())
}

/// The words by which a commitment is found: what it says and who answers for it.
pub(super) fn words_of(form: &Form) -> String {
    search::rebuild::commitment_words(form)
}
