use super::{merge::*, *};
use crate::{compiled::NoticeKind, sample};
use gangmu_kernel::ids::AccountId;

const REVIEWER: AccountId = AccountId(1);
const APPROVER: AccountId = AccountId(2);
const LEADER: AccountId = AccountId(3);

fn situation(actor: AccountId) -> Situation {
    let deciders = [REVIEWER].into();
    Situation { actor, leads: actor == LEADER, deciders, undecided: 0, in_force: 7, published: None }
}

fn new() -> Edition {
    Edition { stage: Stage::InReview, approver: None }
}

fn after(edition: &Edition, command: Command, actor: AccountId) -> Edition {
    let event = decide(edition, &command, &situation(actor)).expect("nothing speaks against it");
    evolve(edition.clone(), &event)
}

#[test]
fn an_edition_is_approved_published_withdrawn_and_published_again() {
    let approved = after(&new(), Command::Approve, APPROVER);
    assert_eq!((approved.stage, approved.approver), (Stage::Approved, Some(APPROVER)));
    let published = after(&approved, Command::Publish, LEADER);
    let withdrawn = after(&published, Command::Withdraw { reason: "有误".into() }, LEADER);
    assert_eq!(withdrawn.stage, Stage::Withdrawn);
    assert_eq!(after(&withdrawn, Command::Publish, LEADER).stage, Stage::Published);
}

#[test]
fn who_decided_does_not_approve_and_all_reasons_are_told_at_once() {
    let asked = Situation { undecided: 3, in_force: 0, ..situation(REVIEWER) };
    let refusals = decide(&new(), &Command::Approve, &asked).unwrap_err();
    assert_eq!(refusals, [Refusal::DecidedByYou, Refusal::Undecided { count: 3 }, Refusal::NothingInForce]);
}

#[test]
fn publication_is_a_leaders_decision_and_never_the_approvers() {
    let by_leader = Edition { stage: Stage::Approved, approver: Some(LEADER) };
    let refused = |edition: &Edition, s: &Situation| decide(edition, &Command::Publish, s).unwrap_err();
    assert_eq!(refused(&by_leader, &situation(LEADER)), [Refusal::ApprovedByYou]);
    assert_eq!(refused(&by_leader, &situation(REVIEWER)), [Refusal::NotALeader]);
    assert_eq!(
        refused(&new(), &Situation { published: Some(1), ..situation(LEADER) }),
        [Refusal::NotApproved { stage: Stage::InReview }, Refusal::AnotherIsPublic { edition: 1 }]
    );
}

#[test]
fn a_withdrawal_gives_its_reason() {
    let published = Edition { stage: Stage::Published, approver: Some(APPROVER) };
    let refusals = decide(&published, &Command::Withdraw { reason: " ".into() }, &situation(LEADER)).unwrap_err();
    assert_eq!(refusals, [Refusal::ReasonNeeded]);
}

fn annex(target: i64) -> Document {
    let mut plan = sample::plan();
    plan.targets.clear();
    plan.tasks.clear();
    plan.projects.clear();
    plan.mechanisms.clear();
    plan.indicators[0].name = "1. 森林 覆盖率（%）".into();
    plan.indicators[0].target.value = Some(target.into());
    Document { name: "附表1.xlsx".into(), text: sample::TEXT.into(), plan }
}

fn outline() -> Document {
    let mut plan = sample::plan();
    plan.indicators[0].attribute = None;
    Document { name: "纲要.txt".into(), text: sample::TEXT.into(), plan }
}

#[test]
fn an_annex_stands_behind_the_outline_and_clauses_go_on_tiling_the_text() {
    let merged = merge(outline(), vec![annex(42)]);
    let ends: Vec<_> = merged.plan.clauses.iter().map(|c| (c.start, c.end)).collect();
    assert!(ends.windows(2).all(|w| w[0].1 == w[1].0), "{ends:?}");
    assert_eq!(ends.last().unwrap().1 as usize, merged.text.chars().count());
    assert_eq!(merged.parts.len(), 2);
    let paths: Vec<_> = merged.plan.clauses.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(paths, ["1", "1.一", "1.二", "附1.1", "附1.1.一", "附1.1.二"]);
    let text: Vec<char> = merged.text.chars().collect();
    let bracket = merged.plan.responsibilities.last().unwrap();
    assert_eq!(text[bracket.start as usize..bracket.end as usize].iter().collect::<String>(), bracket.text);
}

#[test]
fn an_indicator_of_the_annex_that_agrees_becomes_a_second_source_and_fills_gaps() {
    let merged = merge(outline(), vec![annex(42)]);
    assert_eq!(merged.plan.indicators.len(), 1);
    assert_eq!(merged.plan.indicators[0].rows.len(), 2);
    assert!(merged.plan.indicators[0].attribute.is_some());
}

#[test]
fn an_indicator_of_the_annex_that_disagrees_stays_with_a_doubt_on_both() {
    let merged = merge(outline(), vec![annex(43)]);
    assert_eq!(merged.plan.indicators.len(), 2);
    let notice = merged.plan.notices.iter().find(|n| n.kind == NoticeKind::Contradiction).unwrap();
    assert_eq!((notice.spans.len(), notice.fields["first"].as_str()), (2, "42%"));
    let doubted = crate::proposal::propose(&merged.plan).iter().filter(|p| !p.doubts.is_empty()).count();
    assert!(doubted >= 2);
}
