//! `/plans/145/compare`: two editions side by side (版本对比).

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
    compare::compare,
    views::{ComparedLine, ComparisonView},
};
use serde::{Deserialize, Serialize};

/// The kinds of lines, in the order of the chips.
const KINDS: [&str; 8] = ["changed", "moved", "split", "merged", "added", "dropped", "ambiguous", "same"];

/// Which editions, and which lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    old: Option<u32>,
    new: Option<u32>,
    kind: Option<String>,
}

/// `/plans/{key}/compare`.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Stop> {
    let view = compare(&web.app, &visit.session, &key, asked.old, asked.new).await?;
    visit.page(&web, Some(Noun::Plans), &ComparePage::new(view, asked.kind.as_deref())).await
}

/// A kind of change with the number of its lines.
#[derive(Debug, Clone, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: &'static str,
    /// Lines of it.
    pub count: usize,
    /// The page with these lines alone.
    pub address: String,
    /// Is it shown alone?
    pub chosen: bool,
}

/// Two editions side by side.
#[derive(Debug, Clone, Serialize)]
pub struct ComparePage {
    /// The editions, and the lines that are shown.
    pub view: ComparisonView,
    /// All kinds that occur.
    pub kinds: Vec<KindCount>,
    /// The page with everything that changed.
    pub all: String,
    /// Is one kind shown alone?
    pub filtered: bool,
    /// Where the choice of editions goes.
    pub address: String,
}

impl ComparePage {
    /// The page of a view: everything that changed, or one kind alone.
    pub fn new(mut view: ComparisonView, kind: Option<&str>) -> Self {
        let address = format!("/plans/{}/compare", address_segment(&view.plan.key));
        let sides = view.old.as_ref().map(|old| format!("?old={}&new={}", old.number, view.new.number));
        let all = format!("{address}{}", sides.unwrap_or_default());
        let chosen = KINDS.into_iter().find(|known| kind == Some(known));
        let count = |kind: &'static str| KindCount {
            kind,
            count: view.lines.iter().filter(|line| line.kind == kind).count(),
            address: format!("{all}&kind={kind}"),
            chosen: chosen == Some(kind),
        };
        let kinds: Vec<KindCount> = KINDS.into_iter().map(count).filter(|kind| kind.count > 0).collect();
        let shown = |line: &ComparedLine| chosen.map_or(line.kind != "same", |kind| line.kind == kind);
        view.lines.retain(shown);
        Self { view, kinds, all, filtered: chosen.is_some(), address }
    }
}

impl Page for ComparePage {
    const TEMPLATE: &'static str = "plan/compare.html";

    fn samples() -> Vec<Self> {
        let mut single = samples::comparison();
        single.old = None;
        single.lines.clear();
        let mut same = samples::comparison();
        same.lines.retain(|line| line.kind == "same");
        vec![
            Self::new(samples::comparison(), None),
            Self::new(samples::comparison(), Some("changed")),
            Self::new(same, None),
            Self::new(single, None),
        ]
    }
}
