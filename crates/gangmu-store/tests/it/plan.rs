//! An edition is staged, shown, decided on, searched and swept, the same on both databases.

use crate::databases::{self, Fresh};
use gangmu_kernel::ids::{AccountId, EditionId};
use gangmu_plan::{
    compiled::{Degree, Notice, NoticeKind, Origin},
    proposal::{CommitmentKind, Form, OwnerRule, Owners, Proposal},
    review::{self, Command, Commitment, Past, RejectReason, Review, Standing},
};
use gangmu_store::{
    Db, Fault, Limits, migrate,
    plan::{
        clause_id,
        clauses::{self, ClauseRow, HeadingRow, Marks},
        commitment_id,
        commitments::{self, CommitmentRow, Scope},
        decisions,
        editions::{self, DocumentRow, EventRow, NewEdition},
        imports::{self, WaitingFile},
        notices,
        register::{self, Filter, Page},
    },
    search::{self, terms},
};
use jiff::Timestamp;
use rust_decimal::Decimal;

const LI: AccountId = AccountId(7);

async fn open(fresh: &Fresh) -> Db {
    let db = Db::open(&fresh.location, Limits::default()).unwrap();
    migrate(&db).await.unwrap();
    db
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_719_700_000 + second).unwrap()
}

fn form(text: &str, lead: Option<&str>) -> Form {
    Form {
        kind: CommitmentKind::Task,
        text: text.into(),
        degree: Some(Degree::Advance),
        owners: Owners {
            lead: lead.map(str::to_owned).into_iter().collect(),
            support: Vec::new(),
            rule: lead.map(|_| OwnerRule::NextBracket),
            note: None,
            span: None,
            row: None,
        },
        deadline: None,
        goal: None,
        attribute: None,
    }
}

/// Two clauses with `count` commitments, every third owned and every second sure.
fn rows(edition: EditionId, count: u32) -> Vec<CommitmentRow> {
    let row = |number: u32| {
        let form = form(&format!("改造第{number}处泵站"), number.is_multiple_of(3).then_some("水务局"));
        let confidence = Decimal::new(if number.is_multiple_of(2) { 97 } else { 70 }, 2);
        let clause = if number <= count / 2 { 1 } else { 2 };
        let span = (number * 10, number * 10 + 8);
        let origin = Origin { rule: "task".into(), confidence, signs: Vec::new() };
        let proposal = Proposal {
            form: form.clone(),
            clause: format!("c{clause}"),
            path: format!("1.{clause}"),
            start: span.0,
            end: span.1,
            degree_word: None,
            origin,
            doubts: if number == 1 { vec![0] } else { Vec::new() },
        };
        let commitment = Commitment {
            number,
            clause,
            span,
            form,
            standing: Standing::Proposed,
            confidence: Some(confidence),
            doubted: number == 1,
            split_from: None,
            decision: None,
        };
        let id = commitment_id(edition, number);
        CommitmentRow { id, edition, chapter: 0, commitment, proposal: Some(proposal) }
    };
    (1..=count).map(row).collect()
}

fn clause(edition: EditionId, number: u32, text: &str) -> ClauseRow {
    ClauseRow {
        id: clause_id(edition, number),
        edition,
        number,
        path: format!("1.{number}"),
        span: ((number - 1) * 500, number * 500),
        heading: Some(0),
        chapter: 0,
        section: 0,
        text: text.into(),
        sha256: "ab".into(),
        marks: Marks::default(),
    }
}

/// Stages an edition of plan `145` without showing it.
fn staged(tx: &mut gangmu_store::Tx<'_>, count: u32) -> Result<EditionId, Fault> {
    let plan = editions::make_plan(tx, "145", "示例规划", at(0), (None, LI))?;
    let new = NewEdition {
        plan,
        title: "示例规划纲要".into(),
        at: at(0),
        account: LI,
        account_name: "李*".into(),
        chars: 1000,
        clauses: 2,
        compiler: "c 1".into(),
        lexicon: "l 1".into(),
        proposals: count,
    };
    let edition = editions::stage(tx, &new)?;
    let document = DocumentRow {
        position: 0,
        name: "纲要.txt".into(),
        kind: "txt".into(),
        sha256: "f00".into(),
        size: 3,
        span_start: 0,
        span_end: 1000,
    };
    editions::add_document(tx, edition, &document, b"abc")?;
    editions::add_text(tx, edition, "全文", "{}")?;
    let heading = HeadingRow {
        position: 0,
        level: "chapter".into(),
        mark: Some("第一章".into()),
        title: "把水管好".into(),
        span_start: 0,
        span_end: 8,
        parent: None,
        clause: 1,
        path: "1".into(),
    };
    clauses::add_headings(tx, edition, &[heading])?;
    let (one, two) = (clause(edition, 1, "推进泵站改造。"), clause(edition, 2, "井盖要修好。"));
    clauses::add(tx, edition, &[one.clone(), two.clone()])?;
    commitments::add(tx, edition, &rows(edition, count))?;
    let origin = Origin { rule: "r".into(), confidence: Decimal::ONE, signs: Vec::new() };
    let notice = Notice {
        kind: NoticeKind::Ambiguous,
        message: "哪一处".into(),
        spans: vec![(10, 12)],
        fields: Default::default(),
        origin,
    };
    notices::add(tx, edition, &[notices::NoticeRow { number: 1, clause: 1, chapter: 0, notice, settled: None }])?;
    let words = [one, two].map(|c| (search::Kind::Clause, c.id.0, terms::of(&c.text)));
    search::add(tx, &words)?;
    search::add(tx, &[(search::Kind::Edition, edition.0, terms::of("示例规划纲要"))])?;
    Ok(edition)
}

fn loaded(tx: &mut gangmu_store::Tx<'_>, edition: EditionId, numbers: &[u32]) -> Result<Review, Fault> {
    let head = editions::find(tx, edition)?.expect("the edition is visible");
    let rows = commitments::by_numbers(tx, edition, numbers)?;
    Ok(Review {
        decisions: head.decisions,
        commitments_made: head.commitments_made,
        commitments: rows.into_iter().map(|r| (r.commitment.number, r.commitment)).collect(),
        ..Review::default()
    })
}

fn decided(tx: &mut gangmu_store::Tx<'_>, edition: EditionId, review: Review, command: Command) -> Result<u32, Fault> {
    let event = review::decide(&review, LI, command).expect("nothing speaks against it");
    let next = review::evolve(review, LI, &event);
    let now: Vec<_> = next.commitments.values().cloned().collect();
    commitments::apply(tx, edition, &event.steps, &now)?;
    decisions::append(tx, edition, &event, at(9), (LI, "李*"), None, 7)?;
    editions::count_decision(tx, edition, next.decisions, next.commitments_made)?;
    Ok(event.decision)
}

#[test]
fn an_edition_is_seen_only_when_it_is_shown_and_what_is_left_over_is_swept() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let first = staged(tx, 12)?;
            assert_eq!(editions::find(tx, first)?, None);
            assert_eq!(editions::plans(tx)?, []);
            let second = staged(tx, 6)?;
            assert_eq!(search::find(tx, &terms::of_query("井盖"), 10)?, [], "what is unseen is not found");
            assert_eq!(editions::show(tx, first)?, Some(1));
            let one = search::find(tx, &terms::of_query("井盖"), 1)?;
            assert_eq!(one, [(search::Kind::Clause, clause_id(first, 2).0)], "what is unseen takes no one's place");
            assert_eq!(editions::show(tx, first)?, None, "it is shown once");
            assert_eq!(editions::sweep(tx)?, 1);
            assert_eq!(commitments::by_numbers(tx, second, &[1])?, []);
            assert_eq!(editions::with_document(tx, "f00")?, [first]);
            assert_eq!(editions::file(tx, "f00")?.as_deref(), Some(&b"abc"[..]));
            let found = search::find(tx, &terms::of_query("井盖"), 10)?;
            assert_eq!(found, [(search::Kind::Clause, clause_id(first, 2).0)], "swept words are found no more");
            let again = staged(tx, 3)?;
            assert_eq!(editions::show(tx, again)?, Some(2));
            assert_eq!(editions::plans(tx)?.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn what_is_written_is_read_back_the_same() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 12)?;
            editions::show(tx, edition)?;
            assert_eq!(commitments::of_clauses(tx, edition, 1, 2)?, rows(edition, 12));
            assert_eq!(clauses::by_path(tx, edition, "1.2")?, Some(clause(edition, 2, "井盖要修好。")));
            assert_eq!(clauses::at(tx, edition, 700)?.map(|c| c.number), Some(2));
            assert_eq!(clauses::headings(tx, edition)?[0].mark.as_deref(), Some("第一章"));
            assert_eq!(notices::of_clause(tx, edition, 1)?[0].notice.message, "哪一处");
            let tally = commitments::tally(tx, edition)?;
            assert_eq!((tally[0].listed, tally[0].listed_owned, tally[0].proposed), (6, 2, 6));
            let (mine, found) = commitments::of_unit(tx, &["水务局".into(), "区水务局".into()], 2)?;
            assert_eq!((mine.len(), found), (2, 4));
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn decisions_fold_into_rows_and_undoing_restores_them() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 12)?;
            editions::show(tx, edition)?;
            let before = commitments::of_clauses(tx, edition, 1, 2)?;
            let state = loaded(tx, edition, &[3])?;
            let changed = Command::Change { number: 3, form: Box::new(form("改过", Some("住建局"))) };
            decided(tx, edition, state, changed)?;
            let state = loaded(tx, edition, &[5])?;
            decided(
                tx,
                edition,
                state,
                Command::Reject { number: 5, reason: RejectReason::Duplicate, note: "".into() },
            )?;
            let mut state = loaded(tx, edition, &[])?;
            let bulk = commitments::bulk_of(tx, edition, Scope::Chapter(0))?;
            assert_eq!(commitments::count_bulk(tx, edition, 1, 0)?, (3, bulk.len() as u32));
            let numbers: Vec<_> = bulk.iter().map(|r| r.commitment.number).collect();
            state.commitments = bulk.into_iter().map(|r| (r.commitment.number, r.commitment)).collect();
            decided(tx, edition, state, Command::AcceptInBulk { numbers })?;
            let state = loaded(tx, edition, &[1])?;
            let parts = vec![(form("甲", None), None), (form("乙", None), None)];
            decided(tx, edition, state, Command::Split { number: 1, parts })?;
            let standings = commitments::standings(tx, edition)?;
            let count = |word: &str| standings.get(word).map_or(0, |n| n.0);
            assert_eq!(
                [count("changed"), count("rejected"), count("accepted"), count("added"), count("divided")],
                [1, 1, 6, 2, 1]
            );
            assert_eq!(commitments::by_numbers(tx, edition, &[13])?[0].commitment.split_from, Some(1));
            let (_, found) = commitments::of_unit(tx, &["住建局".into()], 5)?;
            assert_eq!(found, 1);
            assert_eq!(decisions::of_clause(tx, edition, 1, 9)?.len(), 4);
            assert_eq!(decisions::deciders(tx, edition)?, [(LI, "李*".to_owned())]);
            for number in (1..=4).rev() {
                let last = decisions::last_of(tx, edition, LI)?.expect("a decision is left");
                assert_eq!(last.number, number);
                let (by, event, undone) = decisions::find(tx, edition, number)?.expect("it was appended");
                let numbers: Vec<_> = event.steps.iter().map(|s| s.number()).collect();
                let mut state = loaded(tx, edition, &numbers)?;
                state.past.insert(number, Past { by, event, undone });
                decided(tx, edition, state, Command::Undo { decision: number })?;
            }
            assert_eq!(commitments::of_clauses(tx, edition, 1, 2)?, before);
            assert_eq!(decisions::last_of(tx, edition, LI)?, None);
            assert_eq!(decisions::deciders(tx, edition)?, []);
            assert_eq!(decisions::all(tx, edition)?.len(), 8);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn the_register_is_filtered_and_turned_page_by_page_in_both_directions() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 12)?;
            editions::show(tx, edition)?;
            let numbers = |rows: Vec<CommitmentRow>| rows.iter().map(|r| r.commitment.number).collect::<Vec<_>>();
            let all = Filter::default();
            assert_eq!(numbers(register::page(tx, edition, &all, Page::First, 5)?), [1, 2, 3, 4, 5]);
            assert_eq!(numbers(register::page(tx, edition, &all, Page::After(50, 5), 5)?), [6, 7, 8, 9, 10]);
            assert_eq!(numbers(register::page(tx, edition, &all, Page::Before(60, 6), 3)?), [3, 4, 5]);
            let owned = Filter { lead: Some("水务局".into()), certainty: Some("sure".into()), ..Filter::default() };
            assert_eq!(numbers(register::page(tx, edition, &owned, Page::First, 9)?), [6, 12]);
            assert_eq!(register::count(tx, edition, &owned)?, 2);
            let nobody = Filter { lead: Some("-".into()), ..Filter::default() };
            assert_eq!(register::count(tx, edition, &nobody)?, 8);
            let in_force = Filter { standing: Some("in_force".into()), ..Filter::default() };
            assert_eq!(register::count(tx, edition, &in_force)?, 0);
            let offered = register::offered(tx, edition)?;
            assert_eq!(offered.kinds, [("task".to_owned(), 12)]);
            assert_eq!(offered.leads, [("水务局".to_owned(), 4)]);
            assert_eq!((offered.chapters, offered.doubted), (vec![(0, 12)], 1));
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn a_settled_doubt_leaves_the_commitments_that_no_other_doubt_touches() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 4)?;
            editions::show(tx, edition)?;
            assert!(commitments::by_numbers(tx, edition, &[1])?[0].commitment.doubted);
            notices::settle(tx, edition, 1, "指东坑", at(3), (LI, "李*"))?;
            assert!(!commitments::by_numbers(tx, edition, &[1])?[0].commitment.doubted);
            assert_eq!(notices::count(tx, edition)?, 0);
            assert_eq!(notices::by_numbers(tx, edition, &[1])?[0].settled.as_deref(), Some("指东坑"));
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn all_words_must_be_found_and_newer_comes_first() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 2)?;
            editions::show(tx, edition)?;
            let mut find = |query: &str| search::find(tx, &terms::of_query(query), 10);
            assert_eq!(find("泵站 改造")?, [(search::Kind::Clause, clause_id(edition, 1).0)]);
            assert_eq!(find("泵站 井盖")?, []);
            assert_eq!(find("规划")?, [(search::Kind::Edition, edition.0)]);
            assert_eq!(find("'\" OR *")?, [], "signs of the query language are no words");
            let commitment = commitment_id(edition, 1).0;
            search::replace(tx, search::Kind::Commitment, commitment, &terms::of("泵站"))?;
            assert_eq!(search::find(tx, &["泵站".into()], 10)?.len(), 2);
            search::replace(tx, search::Kind::Commitment, commitment, &terms::of("别的"))?;
            assert_eq!(search::find(tx, &["泵站".into()], 10)?.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn an_import_that_waited_too_long_ends_without_its_files_and_others_go_on_waiting() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let names = ["纲要.txt".to_owned(), "食堂.txt".to_owned()];
            let begin = |tx: &mut _, second| imports::begin(tx, &names, None, at(second), (LI, "李*"), None);
            let (old, fresh, running) = (begin(tx, 0)?, begin(tx, 10)?, begin(tx, 0)?);
            let file =
                WaitingFile {
                    position: 0, name: "纲要.txt".into(), size: 2, role: "outline".into(), why: "{}".into()
                };
            for id in [old, fresh] {
                imports::wait(tx, id, None, &[(file.clone(), b"ab".to_vec())])?;
            }
            let why = imports::FailureRow { code: "plan-import-waited-too-long".into(), fields: Default::default() };
            assert_eq!(imports::expire(tx, at(10), &why)?, 1);
            assert_eq!(imports::expire(tx, at(10), &why)?, 0, "once is enough");
            let mut of = |id| imports::find(tx, id).map(|row| row.expect("it was begun"));
            assert_eq!((of(old)?.step.as_str(), of(old)?.failures), ("failed", vec![why]));
            assert_eq!((of(fresh)?.step.as_str(), of(running)?.step.as_str()), ("sort", "read"));
            assert_eq!((imports::waiting(tx, old)?.len(), imports::waiting(tx, fresh)?.len()), (0, 1));
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn an_import_tells_how_far_it_is_and_one_that_was_interrupted_says_so() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = imports::begin(tx, &["纲要.txt".into()], None, at(0), (LI, "李*"), None)?;
            imports::advance(tx, id, "write", 300, 1800)?;
            let row = imports::find(tx, id)?.expect("it was begun");
            assert_eq!((row.step.as_str(), row.done, row.total), ("write", 300, 1800));
            let why = imports::FailureRow { code: "plan-import-interrupted".into(), fields: Default::default() };
            assert_eq!(imports::interrupt(tx, &why)?, 1);
            assert_eq!(imports::recent(tx, 5)?[0].failures, [why]);
            let edition = staged(tx, 1)?;
            editions::show(tx, edition)?;
            let event = EventRow {
                verb: "imported".into(),
                at: at(1),
                account: LI,
                account_name: "李*".into(),
                note: String::new(),
                touched: 12,
                journal: Some(3),
            };
            editions::add_event(tx, edition, &event)?;
            assert_eq!(editions::events(tx, edition)?, [event]);
            Ok(())
        })
        .await
        .unwrap();
    });
}

/// A command out of a number: whatever it is, it is decided or refused.
fn some_command(dice: u64, last: u32, tx: &mut gangmu_store::Tx<'_>, edition: EditionId) -> Result<Command, Fault> {
    let number = 1 + (dice / 16 % 14) as u32;
    Ok(match dice % 8 {
        0 => Command::Accept { number },
        1 => Command::Change { number, form: Box::new(form(&format!("改{}", dice % 5), Some("住建局"))) },
        2 => Command::Reject { number, reason: RejectReason::Misread, note: String::new() },
        3 => Command::Split { number, parts: vec![(form("甲", None), None), (form("乙", Some("水务局")), None)] },
        4 => Command::Doubt { number, note: String::new() },
        5 => {
            let bulk = commitments::bulk_of(tx, edition, Scope::Clause(1 + (dice / 64 % 2) as u32))?;
            Command::AcceptInBulk { numbers: bulk.iter().map(|r| r.commitment.number).collect() }
        }
        6 => Command::Add { clause: 1, span: (10, 20), form: Box::new(form("补", None)) },
        _ => Command::Undo { decision: last.saturating_sub((dice / 32 % 3) as u32) },
    })
}

#[test]
fn whatever_is_decided_the_rows_are_what_the_events_say() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let edition = staged(tx, 12)?;
            editions::show(tx, edition)?;
            let all = |tx: &mut gangmu_store::Tx<'_>| commitments::of_clauses(tx, edition, 0, u32::MAX);
            let first: Vec<Commitment> = all(tx)?.into_iter().map(|r| r.commitment).collect();
            let (mut dice, mut taken) = (7_u64, 0);
            for _ in 0..120 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let last = editions::find(tx, edition)?.expect("it is visible").decisions;
                let command = some_command(dice >> 33, last, tx, edition)?;
                let mut state = loaded(tx, edition, &[])?;
                state.commitments = match &command {
                    Command::AcceptInBulk { numbers } => commitments::by_numbers(tx, edition, numbers)?,
                    _ => all(tx)?,
                }
                .into_iter()
                .map(|r| (r.commitment.number, r.commitment))
                .collect();
                state.clauses.insert(1, (0, 500));
                if let Command::Undo { decision } = command
                    && let Some((by, event, undone)) = decisions::find(tx, edition, decision)?
                {
                    state.past.insert(decision, Past { by, event, undone });
                }
                if review::decide(&state, LI, command.clone()).is_ok() {
                    decided(tx, edition, state, command)?;
                    taken += 1;
                }
            }
            assert!(taken > 30, "{taken} of the commands were taken");
            let mut replayed =
                Review { commitments: first.into_iter().map(|c| (c.number, c)).collect(), ..Review::default() };
            for (by, event) in decisions::all(tx, edition)? {
                replayed = review::evolve(replayed, by, &event);
            }
            let mut rows: Vec<Commitment> = all(tx)?.into_iter().map(|r| r.commitment).collect();
            rows.sort_by_key(|c| c.number);
            assert_eq!(rows, replayed.commitments.into_values().collect::<Vec<_>>());
            Ok(())
        })
        .await
        .unwrap();
    });
}
