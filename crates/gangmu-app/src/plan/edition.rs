//! The life of an edition (版本与公开): where it stands, who may take the next step, and the step itself.

use super::{
    open::{Opened, coverage, stage_of},
    permission::permission,
    present,
    tell::{Happened, tell},
    views::{ActionView, EditionView, PublicationPreview, RecordView, StepView},
};
use crate::{
    access::Role,
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, look, operate},
    session::Session,
};
use gangmu_kernel::{ids::AccountId, masking, refusal::Reasons};
use gangmu_plan::edition::{self, Command, Edition, Event, Refusal, Situation, Stage};
use gangmu_store::{
    Fault, Tx,
    journal::Object,
    plan::{
        commitments, decisions,
        editions::{self, EventRow},
        notices,
    },
};
use std::collections::BTreeSet;

/// Lines of the history.
const HISTORY: u32 = 40;

/// Takes a step in the life of an edition.
pub(super) async fn step(
    app: &App,
    session: &Session,
    operation: Operation,
    plan: &str,
    number: Option<u32>,
    command: Command,
) -> Result<(), Failure> {
    let plan = plan.to_owned();
    operate(app, session, operation, move |work| {
        let opened = Opened::at(work.tx, &plan, number)?;
        let situation = situation(work.tx, &opened, work.session)?;
        let event = edition::decide(&state(&opened, work.session), &command, &situation)
            .map_err(|refusals| Reasons::of(&refusals).map_or(Failure::Absent("edition"), Failure::from))?;
        save(work, &opened, &event)
    })
    .await
}

/// The edition for this person: who stood behind the approval is its approver too.
fn state(opened: &Opened, session: &Session) -> Edition {
    let row = &opened.edition;
    let mine = [Some(session.actor.account), session.behalf()];
    let approved_by_me = [row.approver, row.approver_behalf].iter().any(|one| one.is_some() && mine.contains(one));
    let approver = if approved_by_me { Some(session.actor.account) } else { row.approver };
    Edition { stage: opened.stage(), approver }
}

fn situation(tx: &mut Tx<'_>, opened: &Opened, session: &Session) -> Result<Situation, Fault> {
    let id = opened.edition.id;
    let words = commitments::standings(tx, id)?;
    let of = |word: &str| words.get(word).map_or(0, |n| n.0);
    let mut deciders: BTreeSet<AccountId> = decisions::deciders(tx, id)?.into_iter().map(|d| d.0).collect();
    deciders.extend(decisions::principals(tx, id)?);
    let actor = session.actor.account;
    // What was decided in the name of somebody was decided by both, the deputy and the holder of the post.
    if session.behalf().is_some_and(|behalf| deciders.contains(&behalf)) {
        deciders.insert(actor);
    }
    let public = opened.editions.iter().find(|e| e.id != id && stage_of(e) == Stage::Published);
    Ok(Situation {
        actor,
        leads: session.roles.contains(&Role::Leader),
        deciders: deciders.into_iter().collect(),
        undecided: of("proposed"),
        in_force: of("accepted") + of("changed") + of("added"),
        published: public.map(|e| u32::try_from(e.number).unwrap_or(0)),
    })
}

fn save(work: &mut Work<'_, '_>, opened: &Opened, event: &Event) -> Result<Done<()>, Failure> {
    let (id, by, now) = (opened.edition.id, work.session.by(), work.now);
    let (verb, note) = match event {
        Event::Approved { .. } => {
            editions::approve(work.tx, id, (by.account, &by.name), work.session.behalf(), now)?;
            ("approved", String::new())
        }
        Event::Published { .. } => {
            editions::publish(work.tx, id, now)?;
            ("published", String::new())
        }
        Event::Withdrawn { reason, .. } => {
            editions::withdraw(work.tx, id)?;
            ("withdrawn", reason.clone())
        }
    };
    let row = EventRow {
        verb: verb.to_owned(),
        at: now,
        account: by.account,
        account_name: by.name,
        note,
        touched: 0,
        journal: Some(work.entry()?),
    };
    editions::add_event(work.tx, id, &row)?;
    let happened = match event {
        Event::Approved { .. } => Happened::Approved,
        Event::Published { .. } => Happened::Published,
        Event::Withdrawn { reason, .. } => Happened::Withdrawn(reason),
    };
    tell(work, opened, &happened)?;
    let after = editions::find(work.tx, id)?.ok_or(Failure::Absent("edition"))?;
    let record = Record::on(Object::new("edition", id)).changed(&opened.edition, &after);
    Ok(Done::recorded((), record.reason(Some(row.note).filter(|note| !note.is_empty()))))
}

/// Where the edition stands, and who may take which step.
pub async fn edition(app: &App, session: &Session, plan: &str, number: Option<u32>) -> Result<EditionView, Failure> {
    let plan = plan.to_owned();
    let (app_, asks) = (app.clone(), session.clone());
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, number)?;
        let situation = situation(tx, &opened, &asks)?;
        let words = commitments::standings(tx, opened.edition.id)?;
        let owners: u32 = ["accepted", "changed", "added"].iter().filter_map(|w| words.get(*w)).map(|n| n.1).sum();
        let head = opened.head(tx)?;
        let hidden = head.counts.proposed + head.counts.doubted + head.counts.rejected;
        let preview = PublicationPreview {
            chars: opened.edition.chars,
            commitments: situation.in_force,
            owners,
            hidden,
            doubts: notices::count(tx, opened.edition.id)?,
        };
        let public = opened.stage() == Stage::Published;
        Ok(EditionView {
            plan: opened.plan_head(),
            coverage: coverage(opened.stage(), &words),
            steps: steps(opened.stage()),
            actions: actions(&app_, &asks, &state(&opened, &asks), &situation),
            preview,
            history: history(tx, &opened)?,
            reviewers: reviewers(tx, &opened)?,
            approver: opened.edition.approver_name.as_deref().map(masking::name),
            public_address: public.then(|| opened.address.public(None)),
            revision: i64::from(opened.edition.decisions),
            edition: head,
        })
    })
    .await
}

fn steps(stage: Stage) -> Vec<StepView> {
    let here = match stage {
        Stage::InReview => 0,
        Stage::Approved | Stage::Withdrawn => 1,
        Stage::Published => 2,
    };
    let state = |at: usize| match at {
        at if at < here => "done",
        at if at == here => "here",
        _ => "open",
    };
    ["in_review", "approved", "published"]
        .iter()
        .enumerate()
        .map(|(at, name)| StepView { name, state: state(at) })
        .collect()
}

/// What may be done with the edition now, by this person.
pub(crate) fn actions(app: &App, session: &Session, state: &Edition, situation: &Situation) -> Vec<ActionView> {
    let action = |verb: &'static str, name: &str, next: bool, refusals: Vec<Refusal>| {
        let permission = permission(app, session, name, &refusals);
        ActionView { verb, permission, next }
    };
    let is = |stage: Stage| state.stage == stage;
    vec![
        action("approve", "plan.approve", is(Stage::InReview), edition::against_approval(state, situation)),
        action(
            "publish",
            "plan.publish",
            is(Stage::Approved) || is(Stage::Withdrawn),
            edition::against_publication(state, situation),
        ),
        action("withdraw", "plan.withdraw", is(Stage::Published), edition::against_withdrawal(state, situation)),
    ]
}

/// Permission of one step, for other pages.
pub(super) fn may(
    tx: &mut Tx<'_>,
    app: &App,
    session: &Session,
    opened: &Opened,
    verb: &str,
) -> Result<super::views::Permission, Fault> {
    let situation = situation(tx, opened, session)?;
    let found = actions(app, session, &state(opened, session), &situation).into_iter().find(|a| a.verb == verb);
    Ok(found.map_or_else(|| permission::<Refusal>(app, session, "plan.none", &[]), |a| a.permission))
}

fn reviewers(tx: &mut Tx<'_>, opened: &Opened) -> Result<Vec<String>, Fault> {
    let deciders = decisions::deciders(tx, opened.edition.id)?;
    Ok(deciders.into_iter().map(|(_, name)| masking::name(&name)).collect())
}

/// What happened to the edition and the newest decisions, newest first.
fn history(tx: &mut Tx<'_>, opened: &Opened) -> Result<Vec<RecordView>, Fault> {
    let id = opened.edition.id;
    let mut lines: Vec<RecordView> = editions::events(tx, id)?.iter().map(present::event).collect();
    for row in decisions::recent(tx, id, HISTORY)? {
        lines.push(present::record(tx, id, &row)?);
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(lines)
}
