//! Samples of what joining a folder gave.

use super::{edition_head, plan};
use gangmu_app::plan::views::{
    ConflictSide, ConflictView, DifferenceView, GoalView, JoinedFile, JoinedRow, JoinedView, OpenClause, Permission,
    ReasonView, StageWord, StandingWord,
};
use gangmu_join::{Place, Role};

fn clause(path: &str) -> OpenClause {
    OpenClause { path: path.into(), address: format!("/plans/145/{path}") }
}

fn place(file: &str, sheet: Option<&str>, row: u32) -> Place {
    Place { file: file.into(), sheet: sheet.map(Into::into), table: sheet.is_none().then_some(1), row }
}

/// Why a file is what it is.
pub fn why(code: &str) -> ReasonView {
    let fields = [("table", "分工表"), ("rows", "42"), ("chars", "52000"), ("headings", "41")];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    ReasonView { code: format!("sorted-{code}"), fields }
}

/// A code by which a file of that use is known.
pub fn why_of(role: Role) -> ReasonView {
    why(match role {
        Role::Outline | Role::Aside => "text",
        Role::Annex => "indicators",
        Role::Assignments => "division",
        Role::Projects => "projects",
        Role::Plan => "plan",
        Role::Unknown => "nothing",
    })
}

fn side(place: Option<Place>, value: &str, standing: StandingWord) -> ConflictSide {
    let goal = GoalView {
        comparator: "≥",
        value: value.into(),
        unit: Some("%".into()),
        direction: None,
        period: Some("2025".into()),
        baseline: None,
        line: format!("≥{value}%"),
    };
    ConflictSide {
        clause: Some(clause("5.1")),
        place,
        said: Some("污水集中收集率".into()),
        goal: Some(goal),
        standing: Some(standing),
        review: Some("/plans/145/review/5.1?c=3".into()),
    }
}

fn row(number: u32, state: &'static str, flags: Vec<&'static str>) -> JoinedRow {
    let known = state != "unmatched";
    JoinedRow {
        number,
        state,
        place: place("任务分工表.xlsx", Some("分工表"), number + 3),
        task: "更换老旧供水管网120公里，同步改造泵站".into(),
        clauses: if known { vec![clause("5.2.二")] } else { Vec::new() },
        lead: vec!["区水务局".into()],
        support: vec!["区住房城乡建设局".into(), "各镇街".into()],
        deadline: Some("2025-12".into()),
        flags,
        confidence: "0.86".into(),
        commitments: u32::from(known) * 2,
        undecided: u32::from(known),
        review: known.then(|| "/plans/145/review/5.2.二?c=4".into()),
    }
}

/// A folder with files of every use, contradictions and rows of every state.
pub fn joined() -> JoinedView {
    let roles = Role::CHOICES.into_iter().chain([Role::Unknown]);
    let files = roles.map(|role| JoinedFile {
        name: format!("{}.xlsx", role.word()),
        role: role.word(),
        by_hand: role == Role::Plan,
        why: why_of(role),
        unread: if role == Role::Annex { vec![why("unread")] } else { Vec::new() },
    });
    let differences = ["target", "baseline", "change", "unit", "attribute", "period"].map(|kind| DifferenceView {
        kind,
        first: "95%".into(),
        second: "93%".into(),
    });
    let lead = vec![DifferenceView { kind: "lead", first: "区水务局".into(), second: "区城管局".into() }];
    let sides = vec![
        side(None, "95", StandingWord::Proposed),
        side(Some(place("指标附表.xlsx", Some("附表1"), 7)), "93", StandingWord::Rejected),
    ];
    let conflict = |number, lead, differences: Vec<DifferenceView>, holds, decidable| ConflictView {
        number,
        subject: if lead { "5.2.二".into() } else { "污水集中收集率".into() },
        lead,
        differences,
        sides: sides.clone(),
        decidable,
        holds,
    };
    let flags = vec!["two_leads", "no_lead", "lead_inferred", "lead_also_support", "unknown_unit"];
    let times =
        vec!["deadline_before_plan", "deadline_after_plan", "deadline_unclear", "figure_differs", "name_differs"];
    let clauses = vec!["ambiguous_clause", "clause_ref_mismatch", "duplicate_row", "other"];
    JoinedView {
        plan: plan(),
        edition: edition_head(StageWord::InReview),
        files: files.collect(),
        conflicts: vec![
            conflict(1, false, differences.to_vec(), None, true),
            conflict(2, true, lead.clone(), Some(1), true),
            conflict(3, true, lead, None, false),
        ],
        undecided: 2,
        states: vec![("unmatched", 1), ("unclear", 1), ("flagged", 2), ("beside", 1), ("attached", 1)],
        state: None,
        commitment: None,
        rows: vec![
            row(1, "attached", Vec::new()),
            row(2, "flagged", flags),
            row(3, "flagged", times),
            row(4, "unclear", clauses),
            row(5, "beside", Vec::new()),
            row(6, "unmatched", vec!["no_clause"]),
        ],
        next: Some(6),
        open: vec![clause("5.3"), clause("5.4.一")],
        review: Permission { allowed: true, reasons: Vec::new() },
        revision: 7,
        address: "/plans/145/joined".into(),
    }
}
