use super::*;
use crate::{
    proposal::{OwnerRule, Owners, propose},
    sample,
};
use proptest::prelude::*;

const LI: AccountId = AccountId(1);
const CHEN: AccountId = AccountId(2);

/// The sample under review, whole.
fn review() -> Review {
    let plan = sample::plan();
    let mut review = Review::default();
    for (number, p) in (1..).zip(propose(&plan)) {
        let clause = plan.clauses.iter().position(|c| c.id == p.clause).unwrap() as u32 + 1;
        let confidence = Some(p.origin.confidence);
        let span = (p.start, p.end);
        let commitment = Commitment {
            number,
            clause,
            span,
            form: p.form,
            standing: Standing::Proposed,
            confidence,
            doubted: !p.doubts.is_empty(),
            split_from: None,
            decision: None,
        };
        review.commitments.insert(number, commitment);
        review.commitments_made = number;
    }
    review.clauses = (1..).zip(plan.clauses.iter().map(|c| (c.start, c.end))).collect();
    review
}

fn taken(review: Review, by: AccountId, command: Command) -> Review {
    let event = decide(&review, by, command).expect("nothing speaks against it");
    evolve(review, by, &event)
}

fn form(text: &str) -> Form {
    Form { text: text.into(), ..review().commitments[&1].form.clone() }
}

#[test]
fn accepting_changing_and_rejecting_are_told_apart() {
    let review = taken(review(), LI, Command::Accept { number: 1 });
    let review = taken(review, LI, Command::Change { number: 2, form: Box::new(form("改过")) });
    let review = taken(review, LI, Command::Reject { number: 3, reason: RejectReason::Misread, note: String::new() });
    let standing = |n| review.commitments[&n].standing;
    assert_eq!(standing(1), Standing::Accepted);
    assert_eq!(standing(2), Standing::Changed);
    assert_eq!(standing(3), Standing::Rejected(RejectReason::Misread));
    assert_eq!(review.commitments[&2].form.text, "改过");
    assert_eq!(review.decisions, 3);
}

#[test]
fn an_assigned_unit_answers_and_the_rest_stays_as_undecided_as_it_was() {
    let lead = |unit: &str| vec![unit.to_owned()];
    let review = taken(review(), LI, Command::Accept { number: 1 });
    let leads = [(1, lead("区水务局")), (2, lead("区教育局"))].into();
    let review = taken(review, LI, Command::Assign { leads });
    let of = |number: u32| (review.commitments[&number].standing, &review.commitments[&number].form.owners);
    assert_eq!((of(1).0, of(2).0), (Standing::Changed, Standing::Proposed));
    assert_eq!((&of(2).1.lead, of(2).1.rule), (&lead("区教育局"), Some(OwnerRule::Entered)));
    let again = Command::Assign { leads: [(2, lead("区教育局"))].into() };
    assert_eq!(decide(&review, LI, again).unwrap_err(), [Refusal::NothingChanged]);
    let undone = taken(review, LI, Command::Undo { decision: 2 });
    assert_eq!(undone.commitments[&1].standing, Standing::Accepted);
    assert_eq!(undone.commitments[&2], self::review().commitments[&2]);
}

#[test]
fn nobody_is_assigned_to_what_was_rejected() {
    let rejected = Command::Reject { number: 1, reason: RejectReason::Background, note: String::new() };
    let review = taken(review(), LI, rejected);
    let refused = decide(&review, LI, Command::Assign { leads: [(1, vec!["区水务局".into()])].into() }).unwrap_err();
    assert_eq!(refused, [Refusal::StandsAlready { number: 1, standing: "rejected" }]);
}

#[test]
fn a_split_divides_the_whole_and_numbers_its_parts_anew() {
    let whole = review().commitments[&1].clone();
    let parts = vec![(form("甲"), None), (form("乙"), Some((whole.span.0 + 1, whole.span.1)))];
    let review = taken(review(), LI, Command::Split { number: 1, parts });
    assert_eq!(review.commitments[&1].standing, Standing::Divided);
    let made: Vec<_> = review.commitments.values().filter(|c| c.split_from == Some(1)).collect();
    assert_eq!(
        made.iter().map(|c| (c.number, c.standing)).collect::<Vec<_>>(),
        [(8, Standing::Added), (9, Standing::Added)]
    );
    assert_eq!(decide(&review, LI, Command::Accept { number: 1 }), Err(vec![Refusal::Divided { number: 1 }]));
}

#[test]
fn every_reason_is_told_at_once() {
    let mut frozen = review();
    frozen.frozen = true;
    let parts = vec![(form(" "), Some((0, 1)))];
    let refusals = decide(&frozen, LI, Command::Split { number: 1, parts }).unwrap_err();
    assert_eq!(
        refusals,
        [
            Refusal::Frozen,
            Refusal::WrongNumberOfParts { got: 1 },
            Refusal::EmptyText,
            Refusal::SpanOutside { start: 0, end: 1 },
        ]
    );
}

#[test]
fn the_reason_other_needs_words() {
    let command = Command::Reject { number: 1, reason: RejectReason::Other, note: "  ".into() };
    assert_eq!(decide(&review(), LI, command), Err(vec![Refusal::WordsNeeded]));
}

#[test]
fn only_sure_and_undecided_ones_are_accepted_in_bulk_and_only_as_previewed() {
    let sure = bulk_of(&review());
    assert!(!sure.is_empty() && sure.len() < review().commitments.len());
    let seen_one = Command::AcceptInBulk { numbers: vec![sure[0]] };
    let outdated = Refusal::PreviewOutdated { seen: 1, now: sure.len() };
    assert_eq!(decide(&review(), LI, seen_one), Err(vec![outdated]));
    let done = taken(review(), LI, Command::AcceptInBulk { numbers: sure.clone() });
    assert!(sure.iter().all(|n| done.commitments[n].standing == Standing::Accepted));
    let again = Command::AcceptInBulk { numbers: sure };
    assert_eq!(decide(&done, LI, again), Err(vec![Refusal::NothingToAccept]));
}

#[test]
fn one_undoes_ones_own_last_decision_and_nobody_elses() {
    let review = taken(review(), LI, Command::Accept { number: 1 });
    assert_eq!(decide(&review, CHEN, Command::Undo { decision: 1 }), Err(vec![Refusal::NotYours]));
    let changed = taken(review.clone(), CHEN, Command::Change { number: 1, form: Box::new(form("改")) });
    assert_eq!(decide(&changed, LI, Command::Undo { decision: 1 }), Err(vec![Refusal::DecidedSince { decision: 2 }]));
    let back = taken(changed, CHEN, Command::Undo { decision: 2 });
    assert_eq!(back.commitments, review.commitments);
    let back = taken(back, LI, Command::Undo { decision: 1 });
    assert_eq!(back.commitments, self::review().commitments);
    assert_eq!(decide(&back, LI, Command::Undo { decision: 1 }), Err(vec![Refusal::CannotBeUndone { decision: 1 }]));
}

#[test]
fn units_that_a_person_wrote_are_a_persons_and_others_keep_their_source() {
    let before = review().commitments[&1].form.clone();
    assert_eq!(before.owners.rule, Some(OwnerRule::NextBracket));
    let with = |lead: &str| {
        let owners = Owners { lead: vec![lead.into()], ..Owners::default() };
        Box::new(Form { owners, ..before.clone() })
    };
    let changed = taken(review(), LI, Command::Change { number: 1, form: with("住建局") });
    let owners = &changed.commitments[&1].form.owners;
    assert_eq!((owners.rule, owners.span), (Some(OwnerRule::Entered), None));
    // A form that comes back without rule and span says nothing new about the units.
    let owners = Owners { rule: None, span: None, ..before.owners.clone() };
    let same = Box::new(Form { owners, text: "改".into(), ..before.clone() });
    let changed = taken(review(), LI, Command::Change { number: 1, form: same });
    assert_eq!(changed.commitments[&1].form.owners, before.owners);
}

#[test]
fn what_somebody_decided_since_the_page_was_made_is_not_overwritten() {
    let mut review = taken(review(), LI, Command::Accept { number: 1 });
    review.seen = Some(0);
    let reject = Command::Reject { number: 1, reason: RejectReason::Duplicate, note: String::new() };
    assert_eq!(decide(&review, CHEN, reject.clone()), Err(vec![Refusal::DecidedMeanwhile { number: 1 }]));
    review.seen = Some(1);
    assert!(decide(&review, CHEN, reject).is_ok());
}

#[test]
fn an_event_survives_its_way_through_the_database() {
    let parts = vec![(form("甲"), None), (form("乙"), None)];
    let event = decide(&review(), LI, Command::Split { number: 1, parts }).unwrap();
    let text = serde_json::to_string(&event).unwrap();
    assert_eq!(serde_json::from_str::<ReviewEvent>(&text).unwrap(), event);
}

fn commands() -> impl Strategy<Value = (AccountId, Command)> {
    let number = 0u32..12;
    let command = prop_oneof![
        number.clone().prop_map(|number| Command::Accept { number }),
        (number.clone(), "[甲乙 ]{0,2}").prop_map(|(number, t)| Command::Change { number, form: Box::new(form(&t)) }),
        (number.clone(), prop::collection::vec("[甲乙]{0,2}", 0..4)).prop_map(|(number, texts)| Command::Split {
            number,
            parts: texts.iter().map(|t| (form(t), None)).collect(),
        }),
        (number.clone(), 1u8..5, "[因 ]{0,2}").prop_map(|(number, reason, note)| Command::Reject {
            number,
            reason: RejectReason::of_number(reason).unwrap(),
            note,
        }),
        (0u32..5, 0u32..80, 0u32..80).prop_map(|(clause, a, b)| Command::Add {
            clause,
            span: (a, b),
            form: Box::new(form("补")),
        }),
        (number.clone(), "[疑]{0,1}").prop_map(|(number, note)| Command::Doubt { number, note }),
        Just(Command::AcceptInBulk { numbers: bulk_of(&review()) }),
        (number.clone(), "[甲乙]{0,1}局")
            .prop_map(|(number, unit)| Command::Assign { leads: [(number, vec![unit])].into() }),
        (1u32..12).prop_map(|decision| Command::Undo { decision }),
    ];
    ((1i64..3).prop_map(AccountId), command)
}

/// What stood before each step is what the state holds.
fn fits(review: &Review, event: &ReviewEvent) -> bool {
    event.steps.iter().all(|step| match step {
        Step::Moved { number, was, form, .. } => review
            .commitments
            .get(number)
            .is_some_and(|c| (c.standing, c.decision) == *was && form.as_ref().is_none_or(|f| f.0 == c.form)),
        Step::Made { commitment } => !review.commitments.contains_key(&commitment.number),
        Step::Unmade { commitment } => review.commitments.get(&commitment.number) == Some(commitment),
    })
}

proptest! {
    #[test]
    fn any_sequence_evolves_consistently_and_undoing_everything_restores_the_beginning(
        sequence in prop::collection::vec(commands(), 0..24)
    ) {
        let mut state = review();
        let mut replayed = review();
        for (by, command) in sequence {
            if let Ok(event) = decide(&state, by, command) {
                prop_assert_eq!(event.decision, state.decisions + 1);
                prop_assert!(fits(&state, &event));
                state = evolve(state, by, &event);
                let stored: ReviewEvent = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
                replayed = evolve(replayed, by, &stored);
            }
        }
        prop_assert_eq!(&state, &replayed);
        for decision in (1..=state.decisions).rev() {
            let by = state.past[&decision].by;
            if let Ok(event) = decide(&state, by, Command::Undo { decision }) {
                prop_assert!(fits(&state, &event));
                state = evolve(state, by, &event);
            }
        }
        prop_assert_eq!(state.commitments, review().commitments);
    }

    #[test]
    fn what_is_frozen_refuses_everything((by, command) in commands()) {
        let mut state = review();
        state.frozen = true;
        let refusals = decide(&state, by, command).unwrap_err();
        prop_assert!(refusals.contains(&Refusal::Frozen));
    }
}
