//! `/plans/145/review/5.2.二`: people decide what the compiler proposes (审校台).

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    signs::address_segment,
    visit::Visit,
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use gangmu_app::plan::{
    owners::suggest,
    review::review,
    views::{OwnersView, ProposalView, ReasonView, ReviewView},
};
use gangmu_plan::proposal::CommitmentKind;
use serde::{Deserialize, Serialize};

/// Which edition, and which commitment is open.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    edition: Option<u32>,
    c: Option<u32>,
}

/// `/plans/{key}/review`: at the first clause with something undecided.
pub async fn first(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Stop> {
    let view = review(&web.app, &visit.session, &key, asked.edition, None, asked.c).await?;
    visit.page(&web, Some(Noun::Plans), &ReviewPage::suggesting(&web, &visit, view).await?).await
}

/// `/plans/{key}/review/{path}`.
pub async fn at(
    State(web): State<Web>,
    visit: Visit,
    Path((key, path)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Stop> {
    let view = review(&web.app, &visit.session, &key, asked.edition, Some(&path), asked.c).await?;
    visit.page(&web, Some(Noun::Plans), &ReviewPage::suggesting(&web, &visit, view).await?).await
}

/// The review desk at one clause.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// The clause and its proposals.
    pub view: ReviewView,
    /// The open proposal.
    pub open: Option<ProposalView>,
    /// Who could lead the open proposal, where nobody does.
    pub owners: Option<OwnersView>,
    /// Why the last decision was refused.
    pub refusals: Vec<ReasonView>,
    /// All proposals of the edition, decided or not.
    pub all: u32,
    /// Width of what was decided unchanged.
    pub decided_permille: u32,
    /// Width of what was decided with changes.
    pub changed_permille: u32,
    /// Kinds to choose from.
    pub kinds: Vec<&'static str>,
    /// Degrees to choose from.
    pub degrees: [&'static str; 6],
    /// Comparators to choose from.
    pub comparators: [&'static str; 7],
    /// Value of the open goal.
    pub goal_value: String,
    /// Lower end of the open goal.
    pub goal_low: String,
    /// Upper end of the open goal.
    pub goal_high: String,
    /// Unit of the open goal.
    pub goal_unit: String,
    /// Text of a refused addition.
    pub add_text: Option<String>,
    /// Where decisions go.
    pub decide_address: String,
    /// Where additions go.
    pub add_address: String,
    /// Where settled doubts go.
    pub settle_address: String,
    /// Where undoing goes.
    pub undo_address: String,
}

impl ReviewPage {
    /// The page of a view, with who could lead where the text names nobody.
    pub async fn suggesting(web: &Web, visit: &Visit, view: ReviewView) -> Result<Self, Stop> {
        let mut page = Self::new(view);
        let open = page.open.as_ref().map(|open| &open.commitment);
        if let Some(open) = open.filter(|open| page.view.decide.allowed && open.form.owners.lead.is_empty()) {
            let (key, edition) = (&page.view.plan.key, page.view.edition.number);
            page.owners = Some(suggest(&web.app, &visit.session, key, Some(edition), open.number).await?);
        }
        Ok(page)
    }

    /// The page of a view.
    pub fn new(view: ReviewView) -> Self {
        let open = view.current.and_then(|index| view.proposals.get(index)).cloned();
        let goal = open.as_ref().and_then(|p| p.commitment.form.goal.clone()).unwrap_or_default();
        let text = |value: Option<rust_decimal::Decimal>| value.map(|v| v.to_string()).unwrap_or_default();
        let counts = &view.edition.counts;
        let all = (counts.proposed + counts.decided).max(1);
        let changed = counts.changed + counts.added;
        let base = format!("/plans/{}/review", address_segment(&view.plan.key));
        let query = format!("?edition={}", view.edition.number);
        Self {
            owners: None,
            refusals: Vec::new(),
            all,
            decided_permille: counts.decided.saturating_sub(changed) * 1000 / all,
            changed_permille: changed * 1000 / all,
            kinds: CommitmentKind::ALL.iter().map(|kind| kind.word()).collect(),
            degrees: ["must", "achieve", "advance", "support", "strive", "explore"],
            comparators: ["eq", "ge", "gt", "le", "lt", "about", "up_to_rank"],
            goal_value: text(goal.value),
            goal_low: text(goal.low),
            goal_high: text(goal.high),
            goal_unit: goal.unit.unwrap_or_default(),
            add_text: None,
            decide_address: format!("{base}/decide{query}"),
            add_address: format!("{base}/add{query}"),
            settle_address: format!("{base}/settle{query}"),
            undo_address: format!("{base}/undo{query}"),
            open,
            view,
        }
    }
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "plan/review.html";

    fn samples() -> Vec<Self> {
        let mut refused = Self::new(samples::review());
        refused.refusals = samples::reasons();
        let mut watching = samples::review();
        watching.decide = samples::forbidden();
        watching.next_pending = None;
        let mut empty = samples::review();
        empty.proposals.clear();
        empty.current = None;
        let mut suggesting = Self::new(samples::review());
        suggesting.owners = Some(samples::owners());
        let mut silent = Self::new(samples::review());
        silent.owners = Some(samples::owners_silent());
        vec![Self::new(samples::review()), refused, Self::new(watching), Self::new(empty), suggesting, silent]
    }
}
