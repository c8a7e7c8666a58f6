//! What becomes of an edition once it is reviewed: approval, publication, reading, the register, the journal.

use super::*;

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
        let mine = gangmu_app::home::home(app, &district.system()).await.unwrap();
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
        let done =
            import(app, &planner, Upload { files, plan: Some("145".into()), ..Upload::default() }).await.unwrap();
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
