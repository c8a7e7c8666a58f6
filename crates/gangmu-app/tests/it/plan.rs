//! A plan runs from its file to the public page, told by the people who do it.

mod life;

use gangmu_app::{
    App, Failure, Session,
    plan::{
        accept_in_bulk::{self, Reach, accept_in_bulk},
        approve::approve,
        decide::{Desk, decide, undo_last},
        edition::edition,
        export_register::export_register,
        find_clause::find_clause,
        import::{self, Upload, UploadedFile, import},
        list::list,
        public::{public, public_list},
        publish::publish,
        read::{Reading, read},
        register::register,
        review::review,
        settle::settle,
        views::{ImportProgress, RegisterFilter, StageWord, StandingWord},
        withdraw::withdraw,
    },
};
use gangmu_plan::{
    proposal::{CommitmentKind, Form, Owners},
    review::{Command, RejectReason},
};
use gangmu_store::plan::{commitments, decisions, editions};
use gangmu_testkit::{TestDistrict, each_database};

/// A small plan in words of our own.
const TEXT: &str = "示例市国民经济和社会发展第十四个五年规划纲要\n\
    \n\
    第一章　把水管好\n\
    到2025年，污水集中收集率达到95%以上。\n\
    第一节　修好管网\n\
    一、改造老旧管网\n\
    加快推进东坑泵站改造工程。完成西坑污水处理厂扩建工程。（牵头单位：区水务局；配合单位：住房城乡建设局）\n\
    鼓励企业开展节水改造。\n\
    二、管好排水口\n\
    建立排水口巡查机制。力争新建改造排水管网120公里。\n\
    第二章　把路修好\n\
    一、打通断头路\n\
    确保完成八大工程，包括东街、西街、南街三条道路建设。探索开展道路养护改革。\n";

fn upload(name: &str, text: &str) -> Upload {
    let files = vec![UploadedFile { name: name.into(), bytes: text.as_bytes().to_vec() }];
    Upload { files, ..Upload::default() }
}

pub(crate) async fn imported(district: &TestDistrict) -> ImportProgress {
    let done = import(&district.app, &district.planner(), upload("纲要.txt", TEXT)).await.unwrap();
    assert_eq!((done.step, done.failures.as_slice()), ("done", &[][..]));
    done
}

fn desk() -> Desk {
    Desk { plan: "145".into(), edition: None, seen: None }
}

fn reading(path: Option<&str>) -> Reading {
    Reading { plan: "145".into(), path: path.map(str::to_owned), ..Reading::default() }
}

fn codes(failure: &Failure) -> Vec<&'static str> {
    failure.reasons().map(|r| r.as_slice().iter().map(|r| r.code).collect()).unwrap_or_default()
}

/// Accepts every proposal one by one, as a person would who reads all.
pub(crate) async fn accept_all(app: &App, session: &Session) {
    loop {
        let filter = RegisterFilter { standing: Some("proposed".into()), ..RegisterFilter::default() };
        let page = register(app, session, "145", filter).await.unwrap();
        if page.rows.is_empty() {
            return;
        }
        for row in page.rows {
            decide(app, session, desk(), Command::Accept { number: row.commitment.number }).await.unwrap();
        }
    }
}

#[test]
fn a_plan_is_read_with_its_commitments_right_after_the_upload() {
    each_database(async |district| {
        let done = imported(&district).await;
        assert_eq!((done.plan.as_deref(), done.address.as_deref()), (Some("145"), Some("/plans/145")));
        assert!(done.steps.iter().all(|s| s.state == "done"));
        let plans = list(&district.app, &district.liaison()).await.unwrap();
        assert_eq!(plans.plans[0].current.stage, StageWord::InReview);
        assert!(!plans.import.allowed && plans.imports.is_empty());
        let page = read(&district.app, &district.liaison(), reading(Some("1.1.一"))).await.unwrap();
        let text: String = page
            .section
            .clauses
            .iter()
            .flat_map(|c| &c.paragraphs)
            .flat_map(|p| &p.sentences)
            .flat_map(|s| &s.pieces)
            .map(|p| p.text.as_str())
            .collect();
        for line in TEXT.lines().filter(|l| l.contains('。') && !l.contains("八大")) {
            assert!(text.contains(line.trim()), "{line} in {text}");
        }
        let clause = page.section.clauses.iter().find(|c| c.selected).unwrap();
        assert_eq!(clause.path, "1.1.一");
        assert!(clause.paragraphs[0].marks.iter().any(|m| m.kind == "project" && m.proposed));
        assert!(page.panel.commitments.iter().any(|c| c.form.owners.lead == ["区水务局"]));
        assert_eq!(page.panel.responsibilities.len(), 1);
        assert!(page.coverage.proposed && page.coverage.of > 5);
        assert_eq!(page.coverage.parts.iter().filter(|p| p.connected).count(), 1);
        assert!(!page.review.allowed);
        let chapter = &page.outline.iter().find(|n| n.open).unwrap();
        assert!(chapter.commitments >= clause.commitments);
    });
}

#[test]
fn a_sentence_has_its_own_address_and_panel() {
    each_database(async |district| {
        imported(&district).await;
        let app = &district.app;
        let whole = read(app, &district.leader(), reading(Some("1.1.一"))).await.unwrap();
        let place = Reading { paragraph: Some(2), sentence: Some(1), ..reading(Some("1.1.一")) };
        let one = read(app, &district.leader(), place).await.unwrap();
        assert_eq!(one.panel.reference, "1.1.一 ¶2 句 1");
        assert!(one.panel.sentence && one.panel.commitments.len() < whole.panel.commitments.len());
        assert!(one.panel.commitments.iter().all(|c| c.form.text.contains("节水")));
        let found = find_clause(app, &district.leader(), "145", None, "1.1.1 ¶2 句 1", false).await.unwrap();
        assert_eq!(found, one.panel.address);
        let absent = find_clause(app, &district.leader(), "145", None, "9.9", false).await.unwrap_err();
        assert!(matches!(absent, Failure::Absent("clause")));
    });
}

#[test]
fn the_same_file_is_recognised_and_a_changed_one_is_the_next_edition() {
    each_database(async |district| {
        imported(&district).await;
        let again = import(&district.app, &district.planner(), upload("另一个名字.txt", TEXT)).await.unwrap();
        assert_eq!((again.step, again.address.as_deref()), ("known", Some("/plans/145")));
        let changed = TEXT.replace("95%", "96%");
        let next = import(&district.app, &district.planner(), upload("纲要.txt", &changed)).await.unwrap();
        assert_eq!(next.step, "done");
        let plans = list(&district.app, &district.planner()).await.unwrap();
        assert_eq!(plans.plans.len(), 1);
        assert_eq!(plans.plans[0].editions.iter().map(|e| e.number).collect::<Vec<_>>(), [2, 1]);
        let first = Reading { edition: Some(1), ..reading(Some("1.1.一")) };
        let page = read(&district.app, &district.planner(), first).await.unwrap();
        assert_eq!(page.panel.versions.iter().map(|v| (v.edition, v.same)).collect::<Vec<_>>(), [(2, true), (1, true)]);
        assert!(page.panel.address.contains("edition=1"));
    });
}

#[test]
fn the_same_file_brought_twice_at_once_becomes_one_edition() {
    each_database(async |district| {
        let (app, one, two) = (&district.app, district.planner(), district.second_planner());
        let (a, b) = tokio::join!(import(app, &one, upload("甲.txt", TEXT)), import(app, &two, upload("乙.txt", TEXT)));
        let mut steps = [a.unwrap().step, b.unwrap().step];
        steps.sort_unstable();
        assert_eq!(steps, ["done", "known"]);
        let plans = list(app, &one).await.unwrap().plans;
        assert_eq!((plans.len(), plans[0].editions.len()), (1, 1));
    });
}

#[test]
fn what_is_no_plan_is_told_and_leaves_nothing_behind() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        let scan = Upload {
            files: vec![UploadedFile { name: "扫描.docx".into(), bytes: vec![0x50, 0x4b, 3, 4, 0] }],
            ..Upload::default()
        };
        let failed = import(app, &planner, scan).await.unwrap();
        assert_eq!(failed.step, "failed");
        assert_eq!(failed.failures[0].fields["file"], "扫描.docx");
        let empty = import(app, &planner, upload("空.txt", "")).await.unwrap_err();
        assert_eq!(codes(&empty), ["plan-import-empty-file"]);
        let none = import(app, &planner, Upload { plan: Some("A B".into()), ..Upload::default() }).await.unwrap_err();
        assert_eq!(codes(&none), ["plan-import-no-files", "plan-import-bad-key"]);
        let forbidden = import(app, &district.leader(), upload("纲要.txt", TEXT)).await.unwrap_err();
        assert!(matches!(forbidden, Failure::Forbidden(_)));
        assert_eq!(list(app, &planner).await.unwrap().plans, []);
        assert_eq!(list(app, &planner).await.unwrap().imports.len(), 1);
    });
}

#[test]
fn an_import_that_a_stop_interrupted_is_swept_at_the_next_start() {
    each_database(async |mut district| {
        imported(&district).await;
        // As a kill would leave it: an edition that never turned visible, a job that never ended.
        district
            .app
            .database()
            .write::<_, gangmu_store::Fault>(|tx| {
                let plan = editions::plan_of_key(tx, "145")?.expect("it was imported");
                let now = jiff::Timestamp::UNIX_EPOCH;
                let by = gangmu_kernel::ids::AccountId(1);
                let new = editions::NewEdition {
                    plan: plan.id,
                    title: "半部".into(),
                    at: now,
                    account: by,
                    account_name: "某人".into(),
                    chars: 1,
                    clauses: 0,
                    compiler: "c".into(),
                    lexicon: "l".into(),
                    proposals: 0,
                };
                editions::stage(tx, &new)?;
                gangmu_store::plan::imports::begin(tx, &["半部.txt".into()], None, now, (by, "某人"), None).map(drop)
            })
            .await
            .unwrap();
        district.restart().await;
        assert_eq!(import::recover(&district.app).await.unwrap(), 1);
        let plans = list(&district.app, &district.planner()).await.unwrap();
        assert_eq!(plans.plans[0].editions.len(), 1);
        assert_eq!(plans.imports[0].failures[0].code, "plan-import-interrupted");
        assert_eq!(import::recover(&district.app).await.unwrap(), 0);
    });
}

#[test]
fn proposals_are_decided_beside_the_text_and_the_last_decision_is_undone() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let before = review(app, &planner, "145", None, Some("1.1.一"), None).await.unwrap();
        assert!(before.decide.allowed && before.proposals.len() >= 3);
        assert!(
            before
                .clause
                .paragraphs
                .iter()
                .flat_map(|p| &p.sentences)
                .flat_map(|s| &s.pieces)
                .any(|p| p.knot.is_some())
        );
        let first = before.proposals[0].commitment.clone();
        decide(app, &planner, desk(), Command::Accept { number: first.number }).await.unwrap();
        let second = before.proposals[1].commitment.clone();
        let form = Form { text: "改过的话".into(), ..second.form.clone() };
        decide(app, &planner, desk(), Command::Change { number: second.number, form: Box::new(form) }).await.unwrap();
        let third = before.proposals[2].commitment.number;
        let reject = Command::Reject { number: third, reason: RejectReason::Other, note: String::new() };
        assert_eq!(codes(&decide(app, &planner, desk(), reject).await.unwrap_err()), ["plan-decide-words-needed"]);
        let after = review(app, &planner, "145", None, Some("1.1.一"), None).await.unwrap();
        let standings: Vec<_> = after.proposals.iter().take(3).map(|p| p.commitment.standing).collect();
        assert_eq!(standings, [StandingWord::Accepted, StandingWord::Changed, StandingWord::Proposed]);
        assert_eq!(after.current, Some(2), "the next undecided one is open");
        assert_eq!(after.record.iter().map(|r| r.verb).collect::<Vec<_>>(), ["changed", "accepted"]);
        assert_eq!(after.undo.as_ref().map(|r| r.verb), Some("changed"));
        let colleague = undo_last(app, &district.second_planner(), desk()).await.unwrap_err();
        assert_eq!(codes(&colleague), ["plan-decide-no-such-decision"]);
        undo_last(app, &planner, desk()).await.unwrap();
        undo_last(app, &planner, desk()).await.unwrap();
        let back = review(app, &planner, "145", None, Some("1.1.一"), None).await.unwrap();
        let forms = |view: &gangmu_app::plan::views::ReviewView| {
            view.proposals.iter().map(|p| p.commitment.clone()).collect::<Vec<_>>()
        };
        assert_eq!(forms(&back), forms(&before));
        let stale = Desk { seen: Some(0), ..desk() };
        decide(app, &planner, desk(), Command::Accept { number: third }).await.unwrap();
        let note = "再看".to_owned();
        let late = decide(app, &planner, stale, Command::Doubt { number: third, note }).await.unwrap_err();
        assert_eq!(codes(&late), ["plan-decide-decided-meanwhile"]);
    });
}

#[test]
fn a_missed_promise_is_added_and_one_that_is_two_is_split() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let view = review(app, &planner, "145", None, Some("1.1.二"), None).await.unwrap();
        let sentence = view.clause.paragraphs[0].sentences[0].clone();
        let form = Form {
            kind: CommitmentKind::Task,
            text: "每月巡查一次".into(),
            degree: None,
            owners: Owners::default(),
            deadline: None,
            goal: None,
            attribute: None,
        };
        let clause = gangmu_store::plan::parts_of(view.clause.id).1;
        let add = Command::Add { clause, span: (sentence.start, sentence.end), form: Box::new(form.clone()) };
        let added = decide(app, &planner, desk(), add).await.unwrap();
        let outside = Command::Add { clause, span: (0, 3), form: Box::new(form.clone()) };
        assert_eq!(codes(&decide(app, &planner, desk(), outside).await.unwrap_err()), ["plan-decide-span-outside"]);
        let parts = vec![(form.clone(), None), (Form { text: "每季评估一次".into(), ..form }, None)];
        decide(app, &planner, desk(), Command::Split { number: added.numbers[0], parts }).await.unwrap();
        let after = review(app, &planner, "145", None, Some("1.1.二"), None).await.unwrap();
        let added: Vec<_> = after.proposals.iter().filter(|p| p.commitment.split_from.is_some()).collect();
        assert_eq!(added.len(), 2);
        assert!(
            added.iter().all(|p| p.commitment.standing == StandingWord::Added && p.commitment.confidence.is_none())
        );
        let found = gangmu_app::search::search(app, &planner, "每季评估", None, 1).await.unwrap();
        assert!(found.hits.iter().any(|h| h.kind == "commitment"), "what was entered is found");
    });
}

#[test]
fn what_was_previewed_is_what_is_accepted_in_bulk() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let seen = accept_in_bulk::preview(app, &planner, "145", None, "1.1.一", Reach::Chapter).await.unwrap();
        assert!(seen.commitments.iter().all(|c| c.certainty.map(|w| w.word()) == Some("sure") && c.doubts.is_empty()));
        if seen.commitments.is_empty() {
            assert_eq!(seen.accept.reasons[0].code, "plan-decide-nothing-to-accept");
            return;
        }
        let count = seen.commitments.len();
        let first = seen.commitments[0].number;
        decide(app, &district.second_planner(), desk(), Command::Accept { number: first }).await.unwrap();
        let late = accept_in_bulk(app, &planner, desk(), "1.1.一", Reach::Chapter, &seen.seal, count).await;
        let expected = if count == 1 { "plan-decide-nothing-to-accept" } else { "plan-decide-preview-outdated" };
        assert_eq!(codes(&late.unwrap_err()), [expected]);
        let again = accept_in_bulk::preview(app, &planner, "145", None, "1.1.一", Reach::Chapter).await.unwrap();
        if count > 1 {
            let done =
                accept_in_bulk(app, &planner, desk(), "1.1.一", Reach::Chapter, &again.seal, count - 1).await.unwrap();
            assert_eq!(done.numbers.len(), count - 1);
            undo_last(app, &planner, desk()).await.unwrap();
            let third = accept_in_bulk::preview(app, &planner, "145", None, "1.1.一", Reach::Chapter).await.unwrap();
            assert_eq!(third.seal, again.seal, "undoing brings back exactly the same list");
        }
    });
}
