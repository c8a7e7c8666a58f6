//! Samples of every view: a small plan in our own words, in which every mark of the reader occurs.
//!
//! Tests render them in every language; the look of a page is judged on them.

mod attachments;
mod comparison;
mod joined;
mod pages;

pub use attachments::*;
pub use comparison::*;
pub use joined::*;
pub use pages::*;

use gangmu_app::plan::views::*;
use gangmu_plan::{
    compiled::{Attribute, Comparator, Degree, NoticeKind},
    proposal::{Certainty, CommitmentKind, Form, Goal, Owners},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// An instant.
pub fn instant() -> Timestamp {
    Timestamp::from_second(1_719_709_500).expect("a second of the year 2024 is an instant")
}

/// A plan.
pub fn plan() -> PlanHead {
    PlanHead { key: "145".into(), title: "示例区发展规划".into(), address: "/plans/145".into() }
}

/// Reasons that a decision is refused for.
pub fn reasons() -> Vec<ReasonView> {
    vec![
        ReasonView { code: "plan.edition.decided_by_you".into(), fields: BTreeMap::new() },
        ReasonView { code: "plan.edition.undecided".into(), fields: BTreeMap::from([("count".into(), "3".into())]) },
    ]
}

/// A permission that is refused.
pub fn forbidden() -> Permission {
    Permission { allowed: false, reasons: reasons() }
}

fn allowed() -> Permission {
    Permission { allowed: true, reasons: Vec::new() }
}

fn counts() -> StandingCounts {
    StandingCounts {
        total: 694,
        proposed: 282,
        accepted: 371,
        changed: 29,
        added: 2,
        doubted: 4,
        rejected: 12,
        divided: 6,
        decided: 412,
    }
}

/// An edition.
pub fn edition_head(stage: StageWord) -> EditionHead {
    EditionHead {
        id: 1,
        number: 1,
        title: "示例区发展规划".into(),
        stage,
        documents: vec![DocumentView {
            name: "示例区发展规划.docx".into(),
            kind: "docx".into(),
            sha256: "9f2c".repeat(16),
            bytes: 183_220,
            annex: false,
        }],
        imported_at: instant(),
        imported_by: "林*".into(),
        chars: 52_014,
        clauses: 412,
        compiler: "0.1.0".into(),
        lexicon: "2024-06".into(),
        counts: counts(),
        doubts: 33,
        address: "/plans/145?edition=1".into(),
        register_address: "/plans/145/register?edition=1".into(),
        review_address: "/plans/145/review?edition=1".into(),
        edition_address: "/plans/145/edition?edition=1".into(),
        joined_address: Some("/plans/145/joined".into()),
    }
}

/// Coverage.
pub fn coverage(percent: &str) -> CoverageView {
    let part = |name, connected| CoveragePart {
        name,
        connected,
        have: 496,
        of: 694,
        percent: connected.then(|| percent.to_owned()),
    };
    CoverageView {
        proposed: true,
        have: 496,
        of: 694,
        percent: Some(percent.to_owned()),
        parts: vec![part("owner", true), part("measure", true), part("cadence", false), part("evidence", false)],
    }
}

fn node(path: &str, level: &str, number: &str, title: &str, children: Vec<OutlineNode>) -> OutlineNode {
    OutlineNode {
        path: path.into(),
        level: level.into(),
        number: Some(number.into()),
        title: title.into(),
        address: format!("/plans/145/{path}"),
        current: path == "5.2.二",
        open: matches!(path, "5" | "5.2" | "5.2.二"),
        commitments: 14,
        doubts: 1,
        pending: 6,
        coverage: coverage("62.5"),
        children,
    }
}

fn outline() -> Vec<OutlineNode> {
    let items = vec![
        node("5.2.一", "item", "一、", "把路修到门口", Vec::new()),
        node("5.2.二", "item", "二、", "让水管更新", Vec::new()),
        node("5.2.三", "item", "三、", "让路灯更亮", Vec::new()),
    ];
    let sections = vec![
        node("5.1", "section", "第一节", "理顺空间布局", Vec::new()),
        node("5.2", "section", "第二节", "完善城市基础设施", items),
        node("5.3", "section", "第三节", "推进城市更新", Vec::new()),
    ];
    vec![
        node("1", "chapter", "第一章", "发展基础和形势", Vec::new()),
        node("2", "chapter", "第二章", "总体要求和主要目标", Vec::new()),
        node("3", "chapter", "第三章", "提升产业能级", Vec::new()),
        node("4", "chapter", "第四章", "激发创新活力", Vec::new()),
        node("5", "chapter", "第五章", "建设宜居之城", sections),
        node("6", "chapter", "第六章", "促进城乡融合", Vec::new()),
        node("7", "chapter", "第七章", "守护绿水青山", Vec::new()),
    ]
}

fn text(text: &str) -> PieceView {
    PieceView { text: text.into(), ..PieceView::default() }
}

fn degree(word: &str, degree: Degree) -> PieceView {
    PieceView { degree: Some(degree), ..text(word) }
}

fn sentence(paragraph: u32, number: u32, start: u32, pieces: Vec<PieceView>) -> SentenceView {
    let chars: u32 = pieces.iter().map(|p| u32::try_from(p.text.chars().count()).unwrap_or(0)).sum();
    SentenceView {
        number,
        reference: format!("5.2.二 ¶{paragraph} 句 {number}"),
        address: format!("/plans/145/5.2.二?paragraph={paragraph}&sentence={number}"),
        start,
        end: start + chars,
        selected: paragraph == 1 && number == 1,
        commitments: vec![4],
        pieces,
    }
}

fn mark(kind: &'static str, count: u32, doubt: Option<NoticeKind>, sentence: u32) -> MarginMark {
    MarginMark {
        kind,
        count,
        doubt,
        proposed: true,
        address: format!("/plans/145/5.2.二?paragraph=1&sentence={sentence}"),
        sentence,
    }
}

fn paragraph(number: u32, sentences: Vec<SentenceView>, marks: Vec<MarginMark>) -> ParagraphView {
    ParagraphView { number, form: "text", sentences, marks }
}

/// The clause that most samples show.
pub fn clause() -> ClauseView {
    let first = vec![
        sentence(
            1,
            1,
            0,
            vec![
                PieceView { lead: true, ..text("更新老旧水管。") },
                degree("加快推进", Degree::Advance),
                text("城区二十三条背街小巷的水管更新，同步修好阀门和水表，把漏水的地方一处一处找出来。"),
            ],
        ),
        sentence(
            1,
            2,
            49,
            vec![
                degree("争取", Degree::Strive),
                text("把北部四个村的供水泵站纳入全市统一维护，做到停水有通知、抢修有时限、用户有回访。"),
            ],
        ),
        sentence(
            1,
            3,
            91,
            vec![
                text("按照先急后缓的次序，"),
                degree("建成", Degree::Achieve),
                text("东片、西片和中片三套供水系统，"),
                PieceView { doubt: Some(NoticeKind::NameVariant), ..text("中部片区供水系统") },
                text("与主干管连通。"),
            ],
        ),
    ];
    let second = vec![
        sentence(
            2,
            1,
            140,
            vec![
                PieceView { lead: true, ..text("管好用水总量。") },
                degree("确保", Degree::Must),
                text("到 2025 年全区用水总量控制在"),
                PieceView { quantity: Some("target"), ..text("3.2 亿立方米") },
                text("以内，再生水利用率达到"),
                PieceView { quantity: Some("target"), ..text("25%") },
                text("以上。"),
            ],
        ),
        sentence(
            2,
            2,
            190,
            vec![
                degree("支持", Degree::Support),
                text("企业和学校改装节水器具，"),
                degree("探索", Degree::Explore),
                text("合同节水的办法，"),
                PieceView { doubt: Some(NoticeKind::Ambiguous), ..text("扩大受益范围") },
                text("。"),
            ],
        ),
    ];
    let third = vec![sentence(3, 1, 230, vec![text("（牵头单位：示例水务局；配合单位：示例住建局、各镇街）")])];
    ClauseView {
        id: 31,
        path: "5.2.二".into(),
        address: "/plans/145/5.2.二".into(),
        headings: vec![HeadingView {
            level: "item".into(), number: Some("二、".into()), title: "让水管更新".into()
        }],
        paragraphs: vec![
            paragraph(
                1,
                first,
                vec![
                    mark("project", 2, None, 1),
                    mark("task", 1, None, 2),
                    mark("project", 3, None, 3),
                    mark("doubt", 1, Some(NoticeKind::NameVariant), 3),
                ],
            ),
            paragraph(
                2,
                second,
                vec![
                    mark("target", 2, None, 1),
                    mark("policy", 1, None, 2),
                    mark("doubt", 1, Some(NoticeKind::Ambiguous), 2),
                ],
            ),
            paragraph(3, third, vec![mark("responsibility", 1, None, 1)]),
        ],
        selected: true,
        complete: false,
        commitments: 7,
    }
}

fn next_clause() -> ClauseView {
    let row = |number, line: &str| ParagraphView {
        number,
        form: "row",
        sentences: vec![sentence(number, 1, 300 + number * 40, vec![text(line)])],
        marks: Vec::new(),
    };
    ClauseView {
        id: 32,
        path: "5.2.三".into(),
        address: "/plans/145/5.2.三".into(),
        headings: vec![
            HeadingView { level: "item".into(), number: Some("三、".into()), title: "让路灯更亮".into() },
            HeadingView { level: "box".into(), number: Some("专栏 3".into()), title: "照明改造项目".into() },
        ],
        paragraphs: vec![row(1, "1\t南街照明改造\t2022—2024"), row(2, "2\t北村照明改造\t2023—2025")],
        selected: false,
        complete: true,
        commitments: 2,
    }
}

/// A commitment.
pub fn commitment(standing: StandingWord) -> CommitmentView {
    CommitmentView {
        id: 4,
        number: 4,
        address: "/plans/145/5.2.二?paragraph=2&sentence=1".into(),
        reference: "5.2.二 ¶2 句 1".into(),
        standing,
        form: Form {
            kind: CommitmentKind::Target,
            text: "到 2025 年全区用水总量控制在 3.2 亿立方米以内".into(),
            degree: Some(Degree::Must),
            owners: Owners {
                lead: vec!["示例水务局".into()],
                support: vec!["示例住建局".into(), "各镇街".into()],
                ..Owners::default()
            },
            deadline: Some("2025".into()),
            goal: Some(Goal {
                value: "3.2".parse().ok(),
                unit: Some("亿立方米".into()),
                comparator: Some(Comparator::Le),
                period: Some("2025".into()),
                ..Goal::default()
            }),
            attribute: Some(Attribute::Binding),
        },
        goal: Some(goal()),
        rule: Some("target.within".into()),
        confidence: Some("0.62".into()),
        certainty: Some(Certainty::Unsure),
        cells: 3,
        doubts: vec![doubt()],
        start: 140,
        end: 189,
        annex: None,
        reject_reason: (standing == StandingWord::Rejected).then_some(1),
        split_from: None,
        version: "1.0".to_owned(),
    }
}

fn goal() -> GoalView {
    GoalView {
        comparator: "≤",
        value: "3.2".into(),
        unit: Some("亿立方米".into()),
        direction: None,
        period: Some("2025".into()),
        baseline: None,
        line: "≤3.2亿立方米".into(),
    }
}

fn project() -> CommitmentView {
    let mut view = commitment(StandingWord::Accepted);
    view.number = 5;
    view.form = Form {
        kind: CommitmentKind::Project,
        text: "背街小巷水管更新".into(),
        degree: Some(Degree::Advance),
        owners: Owners::default(),
        deadline: None,
        goal: None,
        attribute: None,
    };
    view.goal = None;
    view.doubts.clear();
    view.certainty = Some(Certainty::Sure);
    view.confidence = Some("0.97".into());
    view.cells = 5;
    view.start = 0;
    view.end = 48;
    view.reference = "5.2.二 ¶1 句 1".into();
    view
}

fn doubt() -> DoubtView {
    DoubtView {
        number: 7,
        kind: NoticeKind::NameVariant,
        message: "“中片供水系统”与“中部片区供水系统”是否同一对象，请判断。".into(),
        fields: BTreeMap::from([("first".into(), "中片供水系统".into()), ("second".into(), "中部片区供水系统".into())]),
        spans: vec![(112, 120)],
        quote: "中部片区供水系统".into(),
        address: "/plans/145/5.2.二?paragraph=1&sentence=3".into(),
        reference: "5.2.二 ¶1 句 3".into(),
        settled: None,
    }
}

fn record() -> Vec<RecordView> {
    let line = |verb, who: &str, undone| RecordView {
        at: instant(),
        who: who.into(),
        verb,
        numbers: vec![3],
        count: 1,
        note: (verb == "changed").then(|| "名称里去掉“大力”".to_owned()),
        journal: Some(48_213),
        undone,
    };
    vec![line("changed", "陈*", false), line("accepted", "陈*", true), line("imported", "", false)]
}

fn crumbs() -> Vec<Crumb> {
    let crumb = |text: &str, path: &str| Crumb { text: text.into(), address: format!("/plans/145/{path}") };
    vec![
        crumb("纲要", ""),
        crumb("第五章", "5"),
        crumb("第二节 完善城市基础设施", "5.2"),
        crumb("二、让水管更新", "5.2.二"),
    ]
}
