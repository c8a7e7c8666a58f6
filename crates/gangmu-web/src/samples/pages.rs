//! One sample or two of each page.

use super::*;
use gangmu_app::posts::{DeputyView, OpenPost, OwnPosts, PostView};
use gangmu_join::Role;
use gangmu_kernel::ids::{DeputyId, PostId};
use jiff::civil::date;

/// Posts of one person: held with a deputy, over, and one that the person deputises.
pub fn own_posts() -> OwnPosts {
    let deputy = |id, state| DeputyView {
        id: DeputyId(id),
        login: "guihua-02".into(),
        name: "陈某".into(),
        from: date(2024, 7, 1),
        until: date(2024, 7, 14),
        reason: "外出学习".into(),
        appointed_by: "林某".into(),
        state,
    };
    let post = |id, state, roles: &[&str], deputies| PostView {
        id: PostId(id),
        title: Some("规划科科长".into()),
        organisation: Some("示例局".into()),
        from: (state != "held").then(|| date(2021, 1, 1)),
        until: (state == "over").then(|| date(2023, 12, 31)),
        state,
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        root: (id == 1).then(|| "1".into()),
        root_name: (id == 1).then(|| "示例局".into()),
        root_area: false,
        deputies,
        version: "0f".repeat(8),
    };
    let held = post(1, "held", &["planner", "reviewer"], vec![deputy(1, "held"), deputy(2, "over")]);
    let mut plain = post(3, "held", &[], Vec::new());
    plain.title = None;
    let other = PostView { until: Some(date(2025, 1, 1)), ..post(4, "held", &["leader"], Vec::new()) };
    let open = |post: &PostView, holder: Option<&str>, current| OpenPost {
        post: post.clone(),
        holder: holder.map(str::to_owned),
        until: holder.map(|_| date(2024, 7, 14)),
        current,
        deputy: holder.map(|_| DeputyId(9)),
    };
    OwnPosts {
        open: vec![open(&held, None, true), open(&plain, None, false), open(&other, Some("何某"), false)],
        posts: vec![held, post(2, "over", &["planner"], vec![deputy(3, "coming")]), plain],
    }
}

/// The reader with a sentence chosen.
pub fn reader() -> ReaderView {
    let edition = edition_head(StageWord::InReview);
    let version = |number, same, current| VersionView {
        edition: number,
        title: "示例区发展规划".into(),
        stage: StageWord::InReview,
        address: format!("/plans/145/5.2.二?edition={number}"),
        same,
        current,
    };
    ReaderView {
        plan: plan(),
        versions: vec![edition.clone()],
        edition,
        coverage: coverage("71.4"),
        outline: outline(),
        breadcrumb: crumbs(),
        section: SectionView {
            path: "5.2".into(),
            number: Some("第二节".into()),
            title: "完善城市基础设施".into(),
            clauses: vec![clause(), next_clause()],
            previous: Some(Crumb { text: "第一节 理顺空间布局".into(), address: "/plans/145/5.1".into() }),
            next: Some(Crumb { text: "第三节 推进城市更新".into(), address: "/plans/145/5.3".into() }),
        },
        panel: PanelView {
            reference: "5.2.二 ¶1 句 1".into(),
            address: "/plans/145/5.2.二?paragraph=1&sentence=1".into(),
            sentence: true,
            clause_address: "/plans/145/5.2.二".into(),
            kinds: vec![KindCount { kind: CommitmentKind::Project, count: 2 }],
            degree: Some(Degree::Advance),
            commitments: vec![commitment(StandingWord::Proposed), project()],
            responsibilities: vec![ResponsibilityView {
                text: "（牵头单位：示例水务局；配合单位：示例住建局、各镇街）".into(),
                lead: vec!["示例水务局".into()],
                support: vec!["示例住建局".into(), "各镇街".into()],
                deadline: Some("2025".into()),
                note: Some("first_named_leads".into()),
                address: "/plans/145/5.2.二?paragraph=3&sentence=1".into(),
            }],
            doubts: vec![doubt()],
            indicators: vec![gangmu_app::indicators::views::NamedIndicator {
                name: "全区用水总量".into(),
                address: "/indicators/7".into(),
            }],
            versions: vec![version(2, false, true), version(1, true, false)],
            record: record(),
        },
        print_address: "/plans/145/5.2.二?edition=1".into(),
        review: allowed(),
        review_address: "/plans/145/review/5.2.二".into(),
    }
}

/// The register.
pub fn register() -> RegisterView {
    let facet = |value: &str, count, chosen| Facet {
        value: value.into(),
        label: None,
        count,
        chosen,
        address: format!("/plans/145/register?edition=1&kind={value}"),
    };
    let named = |label: &str| Facet { label: Some(label.into()), ..facet(label, 9, false) };
    let columns =
        ["ordinal", "clause", "content", "kind", "degree", "lead", "support", "deadline", "goal", "source", "standing"];
    let standings = [StandingWord::Proposed, StandingWord::Accepted, StandingWord::Changed, StandingWord::Doubted];
    let mut rows: Vec<RegisterLine> = standings
        .into_iter()
        .zip(1..)
        .map(|(standing, ordinal)| RegisterLine {
            ordinal,
            commitment: commitment(standing),
            chapter: "第五章 建设宜居之城".into(),
        })
        .collect();
    rows.extend((5..24).map(|ordinal| RegisterLine {
        ordinal,
        commitment: project(),
        chapter: "第五章 建设宜居之城".into(),
    }));
    RegisterView {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        rows,
        filter: RegisterFilter::default(),
        matching: 694,
        facets: Facets {
            kinds: vec![facet("task", 301, false), facet("project", 120, false), facet("indicator", 31, false)],
            degrees: vec![facet("must", 12, false), facet("explore", 9, false)],
            standings: vec![facet("proposed", 282, false), facet("in_force", 402, false)],
            certainties: vec![facet("sure", 400, false), facet("unsure", 90, false)],
            chapters: vec![named("第五章 建设宜居之城")],
            leads: vec![named("示例水务局"), facet("-", 44, false)],
            doubted: 33,
        },
        columns: columns
            .map(|name| ColumnView {
                name,
                shown: name != "support",
                address: format!("/plans/145/register?edition=1&hide={name}"),
            })
            .into(),
        page: PageView { previous: None, next: Some("/plans/145/register?edition=1&after=100".into()), shown: 23 },
        export_address: "/plans/145/register.xlsx?edition=1".into(),
    }
}

/// The review desk.
pub fn review() -> ReviewView {
    let mut clause = clause();
    for (paragraph, knots) in clause.paragraphs.iter_mut().zip([[1, 2, 3], [4, 5, 0], [0, 0, 0]]) {
        for (sentence, knot) in paragraph.sentences.iter_mut().zip(knots) {
            for piece in &mut sentence.pieces {
                piece.knot = (knot > 0 && !piece.lead).then_some(knot);
                piece.current = knot == 4 && !piece.lead;
            }
        }
    }
    let proposal = |knot, commitment: CommitmentView, current| ProposalView {
        knot,
        commitment,
        signs: vec![
            SignView { name: "unit_known".into(), delta: "+0.31".into(), lowers: false },
            SignView { name: "no_deadline".into(), delta: "−0.09".into(), lowers: true },
        ],
        recommended: "split",
        parts: vec![commitment_form("用水总量"), commitment_form("再生水利用率")],
        current,
        address: format!("/plans/145/review/5.2.二?at={knot}"),
    };
    let at = |mut view: CommitmentView, start| {
        view.start = start;
        view.end = start + 20;
        view
    };
    let mut rejected = at(commitment(StandingWord::Rejected), 91);
    rejected.doubts.clear();
    let next = NextClause {
        path: "5.2.三".into(),
        title: "让路灯更亮".into(),
        pending: 9,
        doubts: 1,
        address: "/plans/145/review/5.2.三".into(),
    };
    ReviewView {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        outline: outline(),
        breadcrumb: crumbs(),
        clause,
        proposals: vec![
            proposal(1, at(project(), 0), false),
            proposal(2, at(project(), 49), false),
            proposal(3, rejected, false),
            proposal(4, commitment(StandingWord::Proposed), true),
            proposal(5, at(commitment(StandingWord::Proposed), 190), false),
        ],
        current: Some(3),
        doubts: vec![doubt()],
        chapter: ChapterProgress { title: "第五章".into(), path: "5".into(), decided: 41, of: 96 },
        bulk: BulkView {
            clause: 1,
            chapter: 12,
            clause_address: "/plans/145/review/bulk?path=5.2.二".into(),
            chapter_address: "/plans/145/review/bulk?path=5&scope=chapter".into(),
            ownerless: 7,
            assign_address: "/plans/145/review/owners?path=5.2.二".into(),
        },
        previous: Some(next.clone()),
        next: Some(next.clone()),
        next_doubt: Some(next.clone()),
        next_pending: Some(next),
        undo: record().into_iter().next(),
        decide: allowed(),
        approve: forbidden(),
        record: record(),
        revision: 12,
    }
}

fn commitment_form(text: &str) -> Form {
    Form { text: text.into(), ..commitment(StandingWord::Proposed).form }
}

/// A preview of a bulk acceptance.
pub fn bulk() -> BulkPreview {
    BulkPreview {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        path: "5.2.二".into(),
        scope: "clause",
        commitments: vec![project(), project()],
        seal: "a1b2c3".into(),
        accept: allowed(),
        back: "/plans/145/review/5.2.二".into(),
    }
}

fn owner(name: &str, confidence: &str, cells: u8, words: &[(&str, bool, u32)]) -> OwnerView {
    let word = |(text, own, decisions): &(&str, bool, u32)| WordView {
        text: (*text).into(),
        own: *own,
        decisions: *decisions,
    };
    OwnerView {
        department: format!("o-{cells}"),
        name: name.into(),
        example: true,
        confidence: confidence.into(),
        certainty: if cells == 4 { Certainty::Likely } else { Certainty::Unsure },
        cells,
        words: words.iter().map(word).collect(),
    }
}

/// Who could lead.
pub fn owners() -> OwnersView {
    let first = owner("示例水务局", "0.84", 4, &[("污水处理设施", true, 0), ("碧道", false, 3)]);
    let second = owner("示例住建局", "0.09", 1, &[("设施", true, 2)]);
    OwnersView { ranked: vec![first, second], silence: None }
}

/// Nobody that could be trusted to lead.
pub fn owners_silent() -> OwnersView {
    OwnersView { silence: Some("undecided"), ..owners() }
}

/// What an assignment of a chapter would do.
pub fn assign() -> AssignPreview {
    let row = |owner: &OwnerView| AssignRow { commitment: project(), owner: owner.clone() };
    AssignPreview {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        path: "5.2.二".into(),
        chapter: "第五章 示例".into(),
        rows: owners().ranked.iter().map(row).collect(),
        silent: vec![project()],
        seal: "a1b2c3".into(),
        assign: allowed(),
        back: "/plans/145/review/5.2.二".into(),
    }
}

/// An edition in review.
pub fn edition() -> EditionView {
    EditionView {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        coverage: coverage("71.4"),
        steps: vec![
            StepView { name: "in_review", state: "here" },
            StepView { name: "approved", state: "open" },
            StepView { name: "published", state: "open" },
        ],
        actions: vec![
            ActionView { verb: "approve", permission: forbidden(), next: true },
            ActionView { verb: "publish", permission: forbidden(), next: false },
            ActionView { verb: "withdraw", permission: forbidden(), next: false },
        ],
        preview: PublicationPreview { chars: 52_014, commitments: 402, owners: 371, hidden: 282, doubts: 33 },
        history: record(),
        reviewers: vec!["陈*".into(), "林*".into()],
        approver: None,
        public_address: None,
        revision: 12,
    }
}

/// An edition that is public.
pub fn published() -> EditionView {
    let mut view = edition();
    view.edition = edition_head(StageWord::Published);
    view.steps = ["in_review", "approved", "published"].map(|name| StepView { name, state: "done" }).into();
    view.actions = vec![
        ActionView { verb: "publish", permission: allowed(), next: true },
        ActionView { verb: "withdraw", permission: allowed(), next: false },
    ];
    view.approver = Some("何*".into());
    view.public_address = Some("/public/145".into());
    view.history.clear();
    view
}

fn card() -> PlanCard {
    PlanCard {
        plan: plan(),
        current: edition_head(StageWord::InReview),
        coverage: coverage("71.4"),
        editions: vec![edition_head(StageWord::InReview), edition_head(StageWord::Withdrawn)],
        public_address: Some("/public/145".into()),
    }
}

/// The list of plans.
pub fn plans() -> PlansView {
    PlansView { plans: vec![card()], imports: vec![import("failed"), import("write")], import: allowed() }
}

/// An import at a step.
pub fn import(step: &'static str) -> ImportProgress {
    let states = match step {
        "write" => ["done", "done", "here", "open"],
        "done" | "known" => ["done"; 4],
        _ => ["here", "open", "open", "open"],
    };
    let folder = step == "sort";
    let roles = if folder { Role::CHOICES.into_iter().chain([Role::Unknown]).collect() } else { Vec::new() };
    let mut steps: Vec<StepView> = ["read", "compile", "write", "done"]
        .into_iter()
        .zip(states)
        .map(|(name, state)| StepView { name, state })
        .collect();
    if folder {
        steps.insert(1, StepView { name: "sort", state: "here" });
    }
    ImportProgress {
        id: 7,
        files: vec!["示例区发展规划.docx".into()],
        step,
        sorting: (0..)
            .zip(roles)
            .map(|(position, role): (u32, Role)| SortedFileView {
                position,
                name: format!("{}.xlsx", role.word()),
                bytes: 48_000,
                role: role.word(),
                why: super::why_of(role),
            })
            .collect(),
        joined: (step == "done").then(|| "/plans/145/joined".into()),
        steps,
        done: 412,
        of: 694,
        failures: if step == "failed" {
            vec![ReasonView {
                code: "documents.read.scanned_pdf".into(),
                fields: BTreeMap::from([("pages".into(), "68".into())]),
            }]
        } else {
            Vec::new()
        },
        plan: Some("145".into()),
        address: Some("/plans/145?edition=1".into()),
        progress_address: "/imports/7".into(),
        running: step == "write",
        started_at: instant(),
        by: "林*".into(),
    }
}

/// Home.
pub fn home() -> HomeView {
    let waiting = |kind, count| WaitingView {
        kind,
        title: "示例区发展规划".into(),
        address: "/plans/145/review".into(),
        count,
        since: instant(),
        reasons: reasons(),
    };
    HomeView {
        waiting: vec![
            waiting("review", 282),
            waiting("approve", 412),
            waiting("publish", 402),
            waiting("import_failed", 1),
            waiting("import_running", 120),
        ],
        waiting_for: vec![waiting("approve", 412)],
        commitments: vec![
            UnitCommitment { commitment: commitment(StandingWord::Accepted), plan: None },
            UnitCommitment { commitment: project(), plan: Some("示例区发展规划".into()) },
        ],
        commitments_found: 47,
        registers: vec![UnitRegister {
            plan: "示例区发展规划".into(),
            edition: 1,
            unit: "区水务局".into(),
            count: 40,
            address: "/plans/145/register?lead=区水务局".into(),
        }],
        changes: record()
            .into_iter()
            .map(|record| ChangeView {
                plan: "示例区发展规划".into(),
                edition: 1,
                address: "/plans/145?edition=1".into(),
                record,
            })
            .collect(),
        plans: vec![card()],
    }
}

/// Search.
pub fn search() -> SearchView {
    let hit = |kind, commitment| HitView {
        kind,
        commitment,
        plan: "示例区发展规划".into(),
        edition: 1,
        reference: "5.2.二 ¶2 句 1".into(),
        address: "/plans/145/5.2.二?paragraph=2&sentence=1".into(),
        excerpt: vec![
            text("到 2025 年全区"),
            PieceView { hit: true, ..text("用水总量") },
            text("控制在 3.2 亿立方米以内"),
        ],
        standing: commitment.map(|_| StandingWord::Accepted),
    };
    let facet = |value: &str, count, chosen| Facet {
        value: value.into(),
        label: None,
        count,
        chosen,
        address: format!("/search?q=用水&kind={value}"),
    };
    SearchView {
        query: "用水".into(),
        found: 3,
        more: true,
        hits: vec![hit("plan", None), hit("clause", None), hit("commitment", Some(CommitmentKind::Target))],
        kinds: vec![facet("plan", 1, false), facet("clause", 1, true), facet("commitment", 1, false)],
        next: Some("/search?q=用水&after=20".into()),
    }
}

/// The public page with a chapter.
pub fn public() -> PublicView {
    let promise = PublicCommitment {
        kind: CommitmentKind::Target,
        text: "到 2025 年全区用水总量控制在 3.2 亿立方米以内".into(),
        degree: Some(Degree::Must),
        attribute: Some(Attribute::Binding),
        goal: Some(goal()),
        lead: vec!["示例水务局".into()],
        support: vec!["各镇街".into()],
        deadline: Some("2025".into()),
    };
    let paragraphs = clause()
        .paragraphs
        .iter()
        .map(|p| p.sentences.iter().flat_map(|s| &s.pieces).map(|piece| piece.text.as_str()).collect())
        .collect();
    let chapter = |path: &str, number: &str, title: &str, current| PublicChapter {
        path: path.into(),
        number: Some(number.into()),
        title: title.into(),
        address: format!("/public/145/{path}"),
        current,
        commitments: 14,
        clauses: Vec::new(),
    };
    let mut chapters = vec![
        chapter("4", "第四章", "激发创新活力", false),
        chapter("5", "第五章", "建设宜居之城", true),
        chapter("6", "第六章", "促进城乡融合", false),
    ];
    chapters[1].clauses = vec![PublicClause {
        path: "5.2.二".into(),
        headings: vec![
            HeadingView {
                level: "chapter".into(), number: Some("第五章".into()), title: "建设宜居之城".into()
            },
            HeadingView { level: "item".into(), number: Some("二、".into()), title: "让水管更新".into() },
        ],
        paragraphs,
        commitments: vec![
            promise.clone(),
            PublicCommitment { goal: None, attribute: None, lead: Vec::new(), ..promise },
        ],
    }];
    PublicView {
        key: "145".into(),
        title: "示例区发展规划".into(),
        edition: 1,
        published_at: instant(),
        chapters,
        etag: "a1b2".into(),
        kinds: CommitmentKind::ALL.into_iter().map(|kind| KindCount { kind, count: 12 }).collect(),
    }
}

/// A plan that is public.
pub fn public_plan() -> gangmu_app::plan::public::PublicPlan {
    gangmu_app::plan::public::PublicPlan {
        title: "示例区发展规划".into(),
        address: "/public/145".into(),
        published_at: instant(),
    }
}
