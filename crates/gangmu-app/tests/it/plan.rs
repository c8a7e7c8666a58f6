//! A plan runs from its file to the public page, told by the people who do it.

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
    Upload { files, plan: None, title: None }
}

async fn imported(district: &TestDistrict) -> ImportProgress {
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
async fn accept_all(app: &App, session: &Session) {
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
                gangmu_store::plan::imports::begin(tx, &["半部.txt".into()], None, now, by, "某人").map(drop)
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

#[test]
fn two_people_approve_and_a_leader_publishes_and_withdraws() {
    each_database(async |district| {
        imported(&district).await;
        let app = &district.app;
        let early = approve(app, &district.reviewer(), "145", None).await.unwrap_err();
        assert_eq!(codes(&early), ["plan-edition-undecided", "plan-edition-nothing-in-force"]);
        accept_all(app, &district.planner()).await;
        let by_planner = approve(app, &district.planner(), "145", None).await.unwrap_err();
        assert!(matches!(by_planner, Failure::Forbidden(_)));
        let unapproved = publish(app, &district.leader(), "145", None).await.unwrap_err();
        assert_eq!(codes(&unapproved), ["plan-edition-not-approved"]);
        approve(app, &district.second_leader(), "145", None).await.unwrap();
        let frozen = decide(app, &district.planner(), desk(), Command::Accept { number: 1 }).await.unwrap_err();
        assert!(codes(&frozen).contains(&"plan-decide-frozen"));
        assert!(matches!(public(app, "145", None).await.unwrap_err(), Failure::Absent("plan")));
        let own = publish(app, &district.second_leader(), "145", None).await.unwrap_err();
        assert_eq!(codes(&own), ["plan-edition-approved-by-you"]);
        let view = edition(app, &district.leader(), "145", None).await.unwrap();
        let may: Vec<_> = view.actions.iter().map(|a| (a.verb, a.permission.allowed)).collect();
        assert_eq!(may, [("approve", false), ("publish", true), ("withdraw", false)]);
        publish(app, &district.leader(), "145", None).await.unwrap();
        assert_eq!(public_list(app).await.unwrap().len(), 1);
        let silent = withdraw(app, &district.leader(), "145", None, " ").await.unwrap_err();
        assert_eq!(codes(&silent), ["plan-edition-reason-needed"]);
        withdraw(app, &district.leader(), "145", None, "附表有误").await.unwrap();
        assert!(public(app, "145", None).await.is_err());
        publish(app, &district.leader(), "145", None).await.unwrap();
        let view = edition(app, &district.supervisor(), "145", None).await.unwrap();
        let verbs: Vec<_> = view.history.iter().map(|h| h.verb).filter(|v| *v != "accepted").collect();
        assert_eq!(verbs, ["published", "withdrawn", "published", "approved", "imported"]);
        assert_eq!(view.reviewers, ["林*"]);
    });
}

#[test]
fn who_decided_does_not_approve() {
    each_database(async |district| {
        imported(&district).await;
        accept_all(&district.app, &district.reviewer()).await;
        let own = approve(&district.app, &district.reviewer(), "145", None).await.unwrap_err();
        assert_eq!(codes(&own), ["plan-edition-decided-by-you"]);
        approve(&district.app, &district.second_leader(), "145", None).await.unwrap();
    });
}

#[test]
fn the_public_reads_the_text_and_what_was_accepted_and_nothing_else() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let page = register(app, &planner, "145", RegisterFilter::default()).await.unwrap();
        let rejected = page.rows.iter().find(|r| r.commitment.form.text.contains("节水")).unwrap().commitment.clone();
        let reject = Command::Reject { number: rejected.number, reason: RejectReason::Background, note: String::new() };
        decide(app, &planner, desk(), reject).await.unwrap();
        accept_all(app, &planner).await;
        approve(app, &district.reviewer(), "145", None).await.unwrap();
        publish(app, &district.leader(), "145", None).await.unwrap();
        let view = public(app, "145", None).await.unwrap();
        assert_eq!(
            view.chapters.len(),
            view.chapters.iter().map(|c| &c.path).collect::<std::collections::BTreeSet<_>>().len()
        );
        let shown = format!("{view:?}");
        assert!(shown.contains("鼓励企业开展节水改造。"), "the text is whole");
        let promised: Vec<_> = view.chapters.iter().flat_map(|c| &c.clauses).flat_map(|c| &c.commitments).collect();
        assert!(promised.iter().any(|c| c.lead == ["区水务局"]));
        assert!(promised.iter().all(|c| !c.text.contains("节水")));
        assert!(view.chapters.iter().all(|c| !c.title.contains("规划纲要")), "the plan's title is no chapter");
        for word in ["confidence", "certainty", "doubt", "rule", "sure"] {
            assert!(!serde_json::to_string(&view).unwrap().contains(&format!("\"{word}")), "{word}");
        }
        let other = view.chapters.iter().find(|c| !c.current).unwrap().path.clone();
        let second = public(app, "145", Some(&other)).await.unwrap();
        assert_ne!(second.etag, view.etag);
        assert_eq!(public(app, "145", None).await.unwrap(), view, "it can be kept as long as it is public");
    });
}

#[test]
fn the_register_is_filtered_turned_and_sent_round_as_a_file() {
    each_database(async |district| {
        imported(&district).await;
        let (app, liaison) = (&district.app, district.liaison());
        let all = register(app, &liaison, "145", RegisterFilter::default()).await.unwrap();
        assert_eq!(all.matching as usize, all.rows.len());
        let starts: Vec<_> = all.rows.iter().map(|r| r.commitment.start).collect();
        assert!(starts.is_sorted());
        let water = RegisterFilter { lead: Some("区水务局".into()), ..RegisterFilter::default() };
        let water = register(app, &liaison, "145", water).await.unwrap();
        assert!(water.matching > 0 && water.matching < all.matching);
        assert!(water.facets.leads.iter().any(|f| f.chosen && f.value == "区水务局"));
        let chapter = all.facets.chapters[0].value.clone();
        let of_chapter =
            RegisterFilter { chapter: Some(chapter), hide: Some("degree".into()), ..RegisterFilter::default() };
        let of_chapter = register(app, &liaison, "145", of_chapter).await.unwrap();
        assert_eq!(of_chapter.matching, all.facets.chapters[0].count);
        assert!(of_chapter.columns.iter().any(|c| c.name == "degree" && !c.shown));
        let middle = &all.rows[all.rows.len() / 2].commitment;
        let behind =
            RegisterFilter { after: Some(format!("{}.{}", middle.start, middle.number)), ..RegisterFilter::default() };
        let behind = register(app, &liaison, "145", behind).await.unwrap();
        assert_eq!(behind.rows.first().map(|r| r.ordinal), all.rows.get(all.rows.len() / 2 + 1).map(|r| r.ordinal));
        assert!(behind.page.previous.is_some());
        let words = Box::new(|key: &str| format!("<{key}>"));
        let file = export_register(app, &liaison, "145", RegisterFilter::default(), words).await.unwrap();
        assert!(file.bytes.starts_with(b"PK") && file.name.ends_with(".xlsx"));
        let read_back = gangmu_documents::read(&file.bytes, &file.name, &gangmu_documents::Limits::default()).unwrap();
        for word in ["<register-column-lead>", "区水务局", "<register-unreviewed>", "1.1.一 ¶1 句 2"] {
            assert!(read_back.text.contains(word), "{word}");
        }
    });
}

#[test]
fn several_files_become_one_edition_with_the_annex_behind() {
    each_database(async |district| {
        let annex = "指标\t单位\t2020年\t2025年\t属性\n森林覆盖率\t%\t40\t42\t约束性\n";
        let mut files = upload("附表.txt", annex).files;
        files.extend(upload("纲要.txt", TEXT).files);
        let done = import(&district.app, &district.planner(), Upload { files, ..Upload::default() }).await.unwrap();
        assert_eq!(done.step, "done");
        let plans = list(&district.app, &district.planner()).await.unwrap();
        let documents = &plans.plans[0].current.documents;
        assert_eq!(
            documents.iter().map(|d| (d.name.as_str(), d.annex)).collect::<Vec<_>>(),
            [("纲要.txt", false), ("附表.txt", true)]
        );
        let page = read(&district.app, &district.planner(), reading(Some("附1"))).await.unwrap();
        assert_eq!(page.section.title, "附表");
    });
}

#[test]
fn words_are_found_where_they_stand() {
    each_database(async |district| {
        imported(&district).await;
        let app = &district.app;
        let search =
            async |query: &str| gangmu_app::search::search(app, &district.leader(), query, None, 1).await.unwrap();
        let found = search("泵站改造").await;
        assert!(found.hits.iter().any(|h| h.kind == "clause" && h.reference == "1.1.一"));
        let hit = &found.hits[0];
        assert!(hit.excerpt.iter().any(|p| p.hit), "{hit:?}");
        assert_eq!(search("纲要").await.hits[0].kind, "plan");
        assert_eq!(search("火星基地").await.hits, []);
        assert_eq!(search("").await.found, 0);
        for typed in ["1.1.一", "1.1.1", "1.1.1 ¶1 句 2"] {
            let first = &search(typed).await.hits[0];
            assert_eq!((first.kind, first.reference.as_str()), ("clause", "1.1.一"), "{typed}");
        }
        for hit in found.hits.iter().filter(|h| h.kind == "clause") {
            let text: String = hit.excerpt.iter().map(|p| p.text.as_str()).collect();
            assert!(!text.starts_with(['，', '：', '、', '。', '）']), "{text}");
            assert!(text.ends_with("……") || text.trim_end().ends_with(['。', '）']), "{text}");
        }
        let only = gangmu_app::search::search(app, &district.leader(), "改造", Some("commitment"), 1).await.unwrap();
        assert!(!only.hits.is_empty() && only.hits.iter().all(|h| h.kind == "commitment"));
        let refused = gangmu_app::search::search(app, &Session::public(), "改造", None, 1).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
    });
}

#[test]
fn home_shows_each_person_what_waits() {
    each_database(async |district| {
        imported(&district).await;
        let app = &district.app;
        let kinds = async |session: Session| {
            let view = gangmu_app::home::home(app, &session).await.unwrap();
            let mine: Vec<_> = view.waiting.iter().map(|w| w.kind).collect();
            (mine, view.waiting_for.iter().map(|w| w.kind).collect::<Vec<_>>())
        };
        assert_eq!(kinds(district.planner()).await, (vec!["review"], vec![]));
        assert_eq!(kinds(district.leader()).await, (vec![], vec!["review"]));
        accept_all(app, &district.planner()).await;
        assert_eq!(kinds(district.reviewer()).await.0, ["approve"]);
        let reviewer = gangmu_app::home::home(app, &district.reviewer()).await.unwrap();
        let all = register(app, &district.planner(), "145", RegisterFilter::default()).await.unwrap();
        assert_eq!(reviewer.waiting[0].count, all.matching, "all are decided");
        let in_force = &all.facets.standings[0];
        assert_eq!((in_force.value.as_str(), in_force.count), ("in_force", all.matching));
        let counting = RegisterFilter {
            standing: Some("in_force".into()),
            hide: Some("degree".into()),
            ..RegisterFilter::default()
        };
        let counting = register(app, &district.planner(), "145", counting).await.unwrap();
        assert!(counting.facets.kinds.iter().all(|f| f.address.contains("standing=in_force&hide=degree")));
        assert_eq!(counting.matching, all.matching);
        approve(app, &district.reviewer(), "145", None).await.unwrap();
        assert_eq!(kinds(district.leader()).await.0, ["publish"]);
        assert_eq!(kinds(district.planner()).await, (vec![], vec!["publish"]));
        let liaison = gangmu_app::home::home(app, &district.liaison()).await.unwrap();
        assert!(liaison.commitments_found > 0, "the unit of the liaison officer is named");
        assert!(liaison.commitments.iter().all(|c| c.commitment.form.owners.lead == ["区水务局"] && c.plan.is_none()));
        let own = &liaison.registers[0];
        assert_eq!((own.address.as_str(), own.edition), ("/plans/145/register?lead=区水务局", 1));
        let led = RegisterFilter { lead: Some("区水务局".into()), ..RegisterFilter::default() };
        assert_eq!(own.count, register(app, &district.liaison(), "145", led).await.unwrap().matching);
        assert_eq!(liaison.changes[1].record.count, all.matching, "the import tells how many proposals it read");
        assert_eq!(liaison.changes.iter().map(|c| c.record.verb).collect::<Vec<_>>(), ["approved", "imported"]);
        let mine = gangmu_app::home::home(app, &district.administrator()).await.unwrap();
        assert!(mine.plans.is_empty(), "who keeps accounts reads no plans");
        let scan = Upload {
            files: vec![UploadedFile { name: "扫描.docx".into(), bytes: vec![0x50, 0x4b, 3, 4, 0] }],
            ..Upload::default()
        };
        import(app, &district.planner(), scan).await.unwrap();
        let failed = gangmu_app::home::home(app, &district.planner()).await.unwrap().waiting;
        assert_eq!(failed.iter().map(|w| (w.kind, w.count)).collect::<Vec<_>>(), [("import_failed", 1)]);
        let other = TEXT.replace("第十四个五年", "第十五个五年");
        import(app, &district.planner(), upload("另一部.txt", &other)).await.unwrap();
        let liaison = gangmu_app::home::home(app, &district.liaison()).await.unwrap();
        assert!(liaison.commitments.iter().all(|c| c.plan.as_ref().is_some_and(|p| p.contains("个五年"))));
        assert_eq!(liaison.registers.iter().map(|r| &r.plan).collect::<std::collections::BTreeSet<_>>().len(), 2);
    });
}

#[test]
fn every_act_is_in_the_journal_and_replaying_the_decisions_gives_the_rows() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let view = review(app, &planner, "145", None, Some("1.1.一"), None).await.unwrap();
        let (one, two) = (view.proposals[0].commitment.clone(), view.proposals[1].commitment.clone());
        decide(app, &planner, desk(), Command::Accept { number: one.number }).await.unwrap();
        let form = Box::new(Form { text: "改".into(), ..two.form.clone() });
        decide(app, &planner, desk(), Command::Change { number: two.number, form }).await.unwrap();
        undo_last(app, &planner, desk()).await.unwrap();
        let entries = app
            .database()
            .read::<_, gangmu_store::Fault>(|tx| gangmu_store::journal::after(tx, 0, 1000))
            .await
            .unwrap();
        let names: Vec<_> =
            entries.iter().map(|e| e.entry.operation.as_str()).filter(|n| n.starts_with("plan.")).collect();
        assert_eq!(names, ["plan.import", "plan.accept", "plan.change", "plan.undo"]);
        let import = entries.iter().find(|e| e.entry.operation == "plan.import").unwrap();
        assert!(import.entry.many.as_ref().unwrap().count > 5);
        let accept = entries.iter().find(|e| e.entry.operation == "plan.accept").unwrap();
        let seq = |name: &str| entries.iter().find(|e| e.entry.operation == name).map(|e| e.seq);
        let history = edition(app, &district.supervisor(), "145", None).await.unwrap().history;
        let of = |verb: &str| history.iter().find(|h| h.verb == verb).and_then(|h| h.journal);
        for (verb, name) in [
            ("imported", "plan.import"),
            ("accepted", "plan.accept"),
            ("changed", "plan.change"),
            ("undone", "plan.undo"),
        ] {
            assert!(of(verb).is_some() && of(verb) == seq(name), "{verb}");
        }
        assert_eq!(accept.entry.clauses[0].path, "1.1.一");
        let same = app
            .database()
            .read::<_, gangmu_store::Fault>(|tx| {
                let plan = editions::plan_of_key(tx, "145")?.expect("it was imported");
                let edition = editions::of_plan(tx, plan.id)?.remove(0).id;
                let rows = commitments::of_clauses(tx, edition, 0, u32::MAX)?;
                let mut state = gangmu_plan::review::Review::default();
                for row in &rows {
                    let mut first = row.commitment.clone();
                    let proposal = row.proposal.as_ref().expect("nothing was added");
                    first.form = proposal.form.clone();
                    first.standing = gangmu_plan::review::Standing::Proposed;
                    first.decision = None;
                    state.commitments.insert(first.number, first);
                }
                for (by, event) in decisions::all(tx, edition)? {
                    state = gangmu_plan::review::evolve(state, by, &event);
                }
                Ok(rows.into_iter().all(|row| state.commitments[&row.commitment.number] == row.commitment))
            })
            .await
            .unwrap();
        assert!(same);
    });
}

#[test]
fn a_doubt_is_settled_in_words_by_a_person() {
    each_database(async |district| {
        imported(&district).await;
        let (app, planner) = (&district.app, district.planner());
        let doubted = RegisterFilter { doubt: Some(true), ..RegisterFilter::default() };
        let page = register(app, &planner, "145", doubted.clone()).await.unwrap();
        let Some(doubt) = page.rows.first().and_then(|r| r.commitment.doubts.first()).cloned() else {
            assert_eq!(page.edition.doubts, 0, "doubts there are touch commitments of this text");
            return;
        };
        let silent = settle(app, &planner, desk(), doubt.number, " ").await.unwrap_err();
        assert_eq!(codes(&silent), ["plan-decide-words-needed"]);
        settle(app, &planner, desk(), doubt.number, "按三条计").await.unwrap();
        let after = register(app, &planner, "145", doubted).await.unwrap();
        assert!(after.matching < page.matching);
        assert_eq!(after.edition.doubts, page.edition.doubts - 1);
    });
}

#[test]
fn every_sentence_of_a_real_outline_is_read_on_some_page_and_every_commitment_has_one() {
    let Some(corpus) = gangmu_testkit::corpus() else { return };
    #[expect(clippy::disallowed_methods, reason = "the test reads outside data")]
    let Ok(bytes) = std::fs::read(corpus.join("plans/huadu-145/outline.txt")) else {
        println!("skipped: the folder of outside data holds no outline");
        return;
    };
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        let files = vec![UploadedFile { name: "outline.txt".into(), bytes: bytes.clone() }];
        let done = import(app, &planner, Upload { files, plan: Some("145".into()), title: None }).await.unwrap();
        assert_eq!(done.step, "done");
        let (compiled, firsts) = app
            .database()
            .read::<_, gangmu_store::Fault>(|tx| {
                let plan = editions::plan_of_key(tx, "145")?.expect("it was imported");
                let edition = editions::of_plan(tx, plan.id)?.remove(0).id;
                let compiled = editions::compiled(tx, edition)?.expect("the compiled plan is kept");
                let mut places = gangmu_store::plan::clauses::places(tx, edition)?;
                places.dedup_by_key(|place| place.section);
                Ok((compiled, places.into_iter().map(|place| place.path).collect::<Vec<_>>()))
            })
            .await
            .unwrap();
        let compiled: gangmu_plan::compiled::CompiledPlan = serde_json::from_str(&compiled).unwrap();
        let mut shown = std::collections::BTreeSet::new();
        for path in &firsts {
            let page = read(app, &planner, reading(Some(path))).await.unwrap();
            for sentence in page.section.clauses.iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.sentences) {
                shown.insert((sentence.start, sentence.end));
            }
        }
        let missing = compiled.sentences.iter().filter(|s| !shown.contains(&(s.start, s.end))).count();
        assert_eq!(missing, 0, "of {} sentences", compiled.sentences.len());
        let all = register(app, &planner, "145", RegisterFilter::default()).await.unwrap();
        assert!(all.matching > 1_000, "{}", all.matching);
        assert!(all.rows.iter().all(|row| row.commitment.reference.contains('¶')));
    });
}

#[test]
fn what_stands_before_the_first_chapter_is_read_too() {
    let front = "示例市国民经济和社会发展第十四个五年规划纲要\n\
        （2021年2月经示例市人民代表大会批准）\n\
        目录\n\
        第一章　把水管好\n\
        第二章　把路修好\n\
        前言\n\
        本纲要讲清今后五年怎么做。\n";
    let text = TEXT.replacen("示例市国民经济和社会发展第十四个五年规划纲要\n", front, 1);
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        import(app, &planner, upload("纲要.txt", &text)).await.unwrap();
        let places = app
            .database()
            .read::<_, gangmu_store::Fault>(|tx| {
                let plan = editions::plan_of_key(tx, "145")?.expect("it was imported");
                let edition = editions::of_plan(tx, plan.id)?.remove(0).id;
                gangmu_store::plan::clauses::places(tx, edition)
            })
            .await
            .unwrap();
        let mut shown = String::new();
        for place in &places {
            let page = read(app, &planner, reading(Some(&place.path))).await.unwrap();
            shown.push_str(&serde_json::to_string(&page.section).unwrap());
        }
        assert!(shown.contains("人民代表大会批准"), "{places:?}");
        assert!(shown.contains("本纲要讲清今后五年怎么做。"));
        assert_eq!(shown.matches("第二章　把路修好").count(), 1, "the table of contents is read as it stands");
    });
}
