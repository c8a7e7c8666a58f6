//! From a command to its event, or to all reasons why not (裁定).

use super::{Command, Commitment, Refusal, RejectReason, Review, ReviewEvent, Standing, Step, Verb};
use crate::{
    compiled::Range,
    proposal::{Form, OwnerRule, Owners},
};
use gangmu_kernel::ids::AccountId;
use std::collections::BTreeMap;

/// Code points that a commitment may hold.
const TEXT_LIMIT: usize = 2_000;

/// Parts that a split may make.
const PARTS: std::ops::RangeInclusive<usize> = 2..=50;

/// Decides a command of that person: the event that follows, or every reason why it is refused.
pub fn decide(review: &Review, actor: AccountId, command: Command) -> Result<ReviewEvent, Vec<Refusal>> {
    let mut refusals = Refusals(if review.frozen { vec![Refusal::Frozen] } else { Vec::new() });
    let decision = review.decisions + 1;
    let (verb, note, undoes, steps) = match command {
        Command::Accept { number } => {
            let steps = one(review, &mut refusals, number, Standing::Accepted, decision, None);
            (Verb::Accepted, String::new(), None, steps)
        }
        Command::Change { number, form } => {
            refusals.check_form(&form);
            let steps = change(review, &mut refusals, number, *form, decision);
            (Verb::Changed, String::new(), None, steps)
        }
        Command::Split { number, parts } => {
            (Verb::Split, String::new(), None, split(review, &mut refusals, number, parts, decision))
        }
        Command::Reject { number, reason, note } => {
            refusals.check(reason != RejectReason::Other || !note.trim().is_empty(), Refusal::WordsNeeded);
            let steps = one(review, &mut refusals, number, Standing::Rejected(reason), decision, None);
            (Verb::Rejected, note, None, steps)
        }
        Command::Add { clause, span, form } => {
            refusals.check_form(&form);
            (Verb::Added, String::new(), None, add(review, &mut refusals, clause, span, *form, decision))
        }
        Command::Doubt { number, note } => {
            let steps = one(review, &mut refusals, number, Standing::Doubted, decision, None);
            (Verb::Doubted, note, None, steps)
        }
        Command::AcceptInBulk { numbers } => {
            (Verb::AcceptedInBulk, String::new(), None, accept_in_bulk(review, &mut refusals, &numbers, decision))
        }
        Command::Assign { leads } => {
            (Verb::Assigned, String::new(), None, assign(review, &mut refusals, leads, decision))
        }
        Command::Reconcile { accept, change, reject, note } => {
            let steps = reconcile(review, &mut refusals, (&accept, change, &reject), decision);
            (Verb::Reconciled, note, None, steps)
        }
        Command::Undo { decision: past } => {
            (Verb::Undone, String::new(), Some(past), undo(review, &mut refusals, actor, past))
        }
    };
    match refusals.0 {
        none if none.is_empty() => Ok(ReviewEvent { decision, verb, note: note.trim().to_owned(), undoes, steps }),
        all => Err(all),
    }
}

/// What a bulk acceptance would take of the commitments at hand (批量采纳): 有把握 and undecided ones.
pub fn bulk_of(review: &Review) -> Vec<u32> {
    review.commitments.values().filter(|c| c.is_bulk()).map(|c| c.number).collect()
}

struct Refusals(Vec<Refusal>);

impl Refusals {
    fn check(&mut self, holds: bool, refusal: Refusal) {
        if !holds && !self.0.contains(&refusal) {
            self.0.push(refusal);
        }
    }

    fn check_form(&mut self, form: &Form) {
        self.check(!form.text.trim().is_empty(), Refusal::EmptyText);
        let long = form.text.chars().nth(TEXT_LIMIT).is_some();
        self.check(!long, Refusal::TextTooLong { limit: TEXT_LIMIT });
        let reversed = form.goal.as_ref().is_some_and(|g| matches!((g.low, g.high), (Some(l), Some(h)) if l > h));
        self.check(!reversed, Refusal::RangeReversed);
    }
}

/// The commitment of that number, unless it was divided.
fn open<'r>(review: &'r Review, refusals: &mut Refusals, number: u32) -> Option<&'r Commitment> {
    let found = review.commitments.get(&number);
    refusals.check(found.is_some(), Refusal::NoSuchCommitment { number });
    let divided = found.is_some_and(|c| c.standing == Standing::Divided);
    refusals.check(!divided, Refusal::Divided { number });
    let unseen = review.seen.is_some_and(|seen| found.and_then(|c| c.decision).is_some_and(|last| last > seen));
    refusals.check(!unseen, Refusal::DecidedMeanwhile { number });
    found.filter(|_| !divided)
}

fn one(
    review: &Review,
    refusals: &mut Refusals,
    number: u32,
    becomes: Standing,
    decision: u32,
    form: Option<Box<(Form, Form)>>,
) -> Vec<Step> {
    let Some(commitment) = open(review, refusals, number) else { return Vec::new() };
    let was = commitment.standing;
    // What a person entered or changed is in force already: to accept it would say nothing.
    let same = was == becomes || becomes == Standing::Accepted && was.is_in_force();
    refusals.check(form.is_some() || !same, Refusal::StandsAlready { number, standing: was.word() });
    let was = (was, commitment.decision);
    vec![Step::Moved { number, was, becomes: (becomes, Some(decision)), form }]
}

fn change(review: &Review, refusals: &mut Refusals, number: u32, form: Form, decision: u32) -> Vec<Step> {
    let Some(commitment) = open(review, refusals, number) else { return Vec::new() };
    let form = entered(form, Some(&commitment.form));
    refusals.check(commitment.form != form, Refusal::NothingChanged);
    // What a person added stays added however often it is changed.
    let becomes = if commitment.confidence.is_none() { Standing::Added } else { Standing::Changed };
    let both = Box::new((commitment.form.clone(), form));
    one(review, refusals, number, becomes, decision, Some(both))
}

/// One source holds: what stands so already is passed over, unless nothing is left to decide.
fn reconcile(
    review: &Review,
    refusals: &mut Refusals,
    (accepted, changed, rejected): (&[u32], Vec<(u32, Form)>, &[u32]),
    decision: u32,
) -> Vec<Step> {
    let standing = |number: &u32| review.commitments.get(number).map(|c| c.standing);
    let mut steps = Vec::new();
    for number in accepted.iter().filter(|n| !standing(n).is_some_and(Standing::is_in_force)) {
        steps.extend(one(review, refusals, *number, Standing::Accepted, decision, None));
    }
    for (number, form) in changed {
        refusals.check_form(&form);
        steps.extend(change(review, refusals, number, form, decision));
    }
    for number in rejected.iter().filter(|n| standing(n).is_none_or(Standing::is_listed)) {
        steps.extend(one(review, refusals, *number, Standing::Rejected(RejectReason::Duplicate), decision, None));
    }
    if let Some(&number) = accepted.first().filter(|_| steps.is_empty()) {
        let word = standing(&number).map_or("accepted", Standing::word);
        refusals.check(false, Refusal::StandsAlready { number, standing: word });
    }
    steps
}

/// Units that a person wrote are a person's: they no longer stand where the compiler read others. Units that a person
/// took over from a row go on naming it.
fn entered(mut form: Form, before: Option<&Form>) -> Form {
    let same = before.is_some_and(|b| b.owners.lead == form.owners.lead && b.owners.support == form.owners.support);
    form.owners = match before {
        Some(before) if same => before.owners.clone(),
        _ if form.owners.row.is_some() => form.owners,
        _ => {
            let nobody = form.owners.lead.is_empty() && form.owners.support.is_empty();
            let rule = (!nobody).then_some(OwnerRule::Entered);
            Owners { rule, note: None, span: None, ..form.owners }
        }
    };
    form
}

fn split(
    review: &Review,
    refusals: &mut Refusals,
    number: u32,
    parts: Vec<(Form, Option<Range>)>,
    decision: u32,
) -> Vec<Step> {
    refusals.check(PARTS.contains(&parts.len()), Refusal::WrongNumberOfParts { got: parts.len() });
    for (form, _) in &parts {
        refusals.check_form(form);
    }
    let Some(whole) = open(review, refusals, number) else { return Vec::new() };
    let mut steps = one(review, refusals, number, Standing::Divided, decision, None);
    for (part, (form, span)) in (1..).zip(parts) {
        let span = span.unwrap_or(whole.span);
        let inside = whole.span.0 <= span.0 && span.0 < span.1 && span.1 <= whole.span.1;
        refusals.check(inside, Refusal::SpanOutside { start: span.0, end: span.1 });
        let commitment = Commitment {
            number: review.commitments_made + part,
            clause: whole.clause,
            span,
            form: entered(form, Some(&whole.form)),
            standing: Standing::Added,
            confidence: None,
            doubted: false,
            split_from: Some(number),
            decision: Some(decision),
        };
        steps.push(Step::Made { commitment: Box::new(commitment) });
    }
    steps
}

fn add(review: &Review, refusals: &mut Refusals, clause: u32, span: Range, form: Form, decision: u32) -> Vec<Step> {
    let Some(whole) = review.clauses.get(&clause) else {
        refusals.check(false, Refusal::NoSuchClause { clause });
        return Vec::new();
    };
    let inside = whole.0 <= span.0 && span.0 < span.1 && span.1 <= whole.1;
    refusals.check(inside, Refusal::SpanOutside { start: span.0, end: span.1 });
    let commitment = Commitment {
        number: review.commitments_made + 1,
        clause,
        span,
        form: entered(form, None),
        standing: Standing::Added,
        confidence: None,
        doubted: false,
        split_from: None,
        decision: Some(decision),
    };
    vec![Step::Made { commitment: Box::new(commitment) }]
}

fn accept_in_bulk(review: &Review, refusals: &mut Refusals, numbers: &[u32], decision: u32) -> Vec<Step> {
    let now = bulk_of(review);
    refusals.check(!now.is_empty(), Refusal::NothingToAccept);
    let outdated = Refusal::PreviewOutdated { seen: numbers.len(), now: now.len() };
    refusals.check(now.is_empty() || now == numbers, outdated);
    let accepted = |number| Step::Moved {
        number,
        was: (Standing::Proposed, review.commitments.get(&number).and_then(|c| c.decision)),
        becomes: (Standing::Accepted, Some(decision)),
        form: None,
    };
    now.into_iter().map(accepted).collect()
}

fn assign(review: &Review, refusals: &mut Refusals, leads: BTreeMap<u32, Vec<String>>, decision: u32) -> Vec<Step> {
    refusals.check(!leads.is_empty(), Refusal::NothingChanged);
    let mut steps = Vec::new();
    for (number, lead) in leads {
        let Some(commitment) = open(review, refusals, number) else { continue };
        let was = commitment.standing;
        refusals.check(was.is_listed(), Refusal::StandsAlready { number, standing: was.word() });
        let mut owners = Owners { lead, ..commitment.form.owners.clone() };
        owners.support.retain(|unit| !owners.lead.contains(unit));
        let wanted = Form { owners, ..commitment.form.clone() };
        let form = entered(wanted, Some(&commitment.form));
        refusals.check(form != commitment.form && !form.owners.lead.is_empty(), Refusal::NothingChanged);
        // Who answers is settled; whether it is a promise at all stays as undecided as it was.
        let becomes = if was == Standing::Accepted { Standing::Changed } else { was };
        let form = Some(Box::new((commitment.form.clone(), form)));
        steps.push(Step::Moved { number, was: (was, commitment.decision), becomes: (becomes, Some(decision)), form });
    }
    steps
}

fn undo(review: &Review, refusals: &mut Refusals, actor: AccountId, decision: u32) -> Vec<Step> {
    let Some(past) = review.past.get(&decision) else {
        refusals.check(false, Refusal::NoSuchDecision { decision });
        return Vec::new();
    };
    let final_ = past.undone || past.event.verb == Verb::Undone;
    refusals.check(!final_, Refusal::CannotBeUndone { decision });
    refusals.check(past.by == actor, Refusal::NotYours);
    for step in &past.event.steps {
        let now = review.commitments.get(&step.number());
        let last = now.and_then(|c| c.decision);
        if let Some(last) = last.filter(|last| *last != decision) {
            refusals.check(past.undone, Refusal::DecidedSince { decision: last });
        }
    }
    past.event.steps.iter().rev().map(Step::inverse).collect()
}
