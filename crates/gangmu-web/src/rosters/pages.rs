//! What the pages of rosters show.

use crate::{pages::Page, samples};
use gangmu_app::{
    plan::views::ReasonView,
    rosters::{Change, Column, Fault, Finding, Listed, Preview, Slip, Sort, Standing, Tally, requests::Asked},
};
use serde::Serialize;

/// `/rosters`.
#[derive(Debug, Clone, Serialize)]
pub struct RostersPage {
    /// The last rosters, the newest first.
    pub rosters: Vec<Listed>,
    /// Bytes that an upload may have.
    pub limit: u64,
    /// Why the last one was refused.
    pub refusals: Vec<ReasonView>,
}

/// `/rosters/7`.
#[derive(Debug, Clone, Serialize)]
pub struct RosterPage {
    /// The roster.
    pub roster: Listed,
    /// Rows by what they mean.
    pub groups: Vec<Group>,
    /// Cells that something is wrong with.
    pub faults: Vec<Fault>,
    /// Rows that something is wrong with.
    pub refused: usize,
    /// Rows that would do something.
    pub sound: usize,
    /// A column is missing, so nothing can be applied.
    pub blind: bool,
    /// Says what would be done.
    pub fingerprint: String,
    /// People who wait for a code.
    pub waiting: usize,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

/// Rows of one standing.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// What they mean.
    pub standing: Standing,
    /// They.
    pub rows: Vec<Finding>,
}

impl RosterPage {
    /// The page of a preview.
    pub fn new(preview: Preview, refusals: Vec<ReasonView>) -> Self {
        let all = [Standing::New, Standing::Changed, Standing::Refused, Standing::Twice, Standing::Same];
        let (refused, changed) = (preview.count(Standing::Refused), preview.count(Standing::Changed));
        let sound = preview.count(Standing::New) + changed;
        let groups = all.map(|standing| Group {
            standing,
            rows: preview.findings.iter().filter(|finding| finding.standing == standing).cloned().collect(),
        });
        Self {
            blind: preview.faults.iter().any(|fault| fault.code == "rosters.cell.no_column"),
            groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
            roster: preview.roster,
            faults: preview.faults,
            refused,
            sound,
            fingerprint: preview.fingerprint,
            waiting: preview.waiting,
            refusals,
        }
    }
}

/// Slips, told once.
#[derive(Debug, Clone, Serialize)]
pub struct SlipsPage {
    /// Of which roster.
    pub roster: i64,
    /// They.
    pub slips: Vec<Slip>,
}

/// `/role-requests`.
#[derive(Debug, Clone, Serialize)]
pub struct RequestsPage {
    /// What is asked for, person by person.
    pub asked: Vec<Asked>,
    /// Why the last answer was refused.
    pub refusals: Vec<ReasonView>,
}

fn listed(state: &str) -> Listed {
    Listed {
        id: 7,
        file: "名册.xlsx".to_owned(),
        state: state.to_owned(),
        begun_at: "2024-06-30T01:00:00Z".to_owned(),
        by: "习统".to_owned(),
        tally: Tally { people_new: 500, left_out: 2, ..Tally::default() },
    }
}

fn finding(standing: Standing) -> Finding {
    Finding {
        place: "人员!5".to_owned(),
        sort: Sort::People,
        key: "lin-01".to_owned(),
        name: "林*".to_owned(),
        standing,
        changes: vec![Change {
            column: Column::IdNumber,
            before: String::new(),
            after: "110101********001X".to_owned(),
        }],
        roles: vec!["planner".to_owned()],
    }
}

impl Page for RostersPage {
    const TEMPLATE: &'static str = "rosters/list.html";

    fn samples() -> Vec<Self> {
        let rosters = ["draft", "applied", "dropped"].map(listed).into();
        vec![
            Self { rosters, limit: 100 << 20, refusals: Vec::new() },
            Self { rosters: Vec::new(), limit: 100 << 20, refusals: samples::reasons() },
        ]
    }
}

impl Page for RosterPage {
    const TEMPLATE: &'static str = "rosters/roster.html";

    fn samples() -> Vec<Self> {
        let fault = |code: &'static str, column, fields: &[(&str, &str)]| Fault {
            cell: "人员!C17".to_owned(),
            column,
            written: "没有的局".to_owned(),
            code,
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        };
        let all = [Standing::New, Standing::Changed, Standing::Same, Standing::Twice, Standing::Refused];
        let preview = Preview {
            roster: listed("draft"),
            findings: all.map(finding).into(),
            faults: vec![
                fault("rosters.cell.unknown_organisation", Column::Organisation, &[]),
                fault("rosters.cell.refused_organisation", Column::Organisation, &[("place", "组织!A2")]),
                fault("rosters.cell.too_long", Column::Post, &[("most", "60")]),
            ],
            fingerprint: "00ff".to_owned(),
            waiting: 0,
        };
        let blind = Preview {
            findings: vec![finding(Standing::Refused)],
            faults: vec![fault("rosters.cell.no_column", Column::Login, &[])],
            ..preview.clone()
        };
        let sound = Preview { findings: vec![finding(Standing::New)], faults: Vec::new(), ..preview.clone() };
        let same = Preview { findings: vec![finding(Standing::Same)], faults: Vec::new(), ..preview.clone() };
        let over = |state, waiting| Preview {
            roster: listed(state),
            findings: Vec::new(),
            faults: Vec::new(),
            waiting,
            ..preview.clone()
        };
        let (applied, come, dropped) = (over("applied", 500), over("applied", 0), over("dropped", 0));
        [preview, blind, sound, same, applied, come, dropped]
            .map(|preview| Self::new(preview, Vec::new()))
            .into_iter()
            .collect()
    }
}

impl Page for SlipsPage {
    const TEMPLATE: &'static str = "rosters/slips.html";

    fn samples() -> Vec<Self> {
        let slip = |unit: Option<&str>| Slip {
            unit: unit.map(str::to_owned),
            name: "林某".to_owned(),
            login: "lin-01".to_owned(),
            code: "abcd-efgh-2345-6789-abcd-efgh-2345".to_owned(),
            until: jiff::Timestamp::UNIX_EPOCH,
        };
        vec![Self { roster: 7, slips: vec![slip(Some("示例局")), slip(None)] }]
    }
}

impl Page for RequestsPage {
    const TEMPLATE: &'static str = "rosters/requests.html";

    fn samples() -> Vec<Self> {
        let asked = |meetings: &[&str]| Asked {
            account: 7,
            login: "lin-01".to_owned(),
            name: "林*".to_owned(),
            unit: Some("示例局".to_owned()),
            post: None,
            held: vec!["liaison".to_owned()],
            roles: vec!["planner".to_owned()],
            meetings: meetings.iter().map(|pair| (*pair).to_owned()).collect(),
        };
        vec![
            Self { asked: vec![asked(&[]), asked(&["planner,system"])], refusals: Vec::new() },
            Self { asked: Vec::new(), refusals: samples::reasons() },
        ]
    }
}
