//! Search (搜索): plans, clauses and commitments.

use super::{about::About, caller::Caller, commitments::Standing, input::Asked, problem::Halt, reply};
use crate::web::Web;
use axum::{extract::State, http::Uri, response::Response};
use gangmu_app::{plan::views::HitView, search::search};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Words, or the number of a clause (查找的词).
    q: String,
    /// Only that kind (类型).
    #[param(inline)]
    kind: Option<HitKind>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

/// What can be found (查找结果类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HitKind {
    Plan,
    Clause,
    Commitment,
}

impl HitKind {
    fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Clause => "clause",
            Self::Commitment => "commitment",
        }
    }
}

/// A hit (查找结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// What was found (类型).
    pub kind: HitKind,
    /// Title of the plan (规划名称).
    pub plan: String,
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// Path of the clause, or key of the plan (出处).
    pub reference: String,
    /// The page that shows it (页面地址).
    pub page: String,
    /// The words around the first hit (上下文).
    pub excerpt: String,
    /// Where a commitment stands (事项状态).
    pub standing: Option<Standing>,
}

impl From<HitView> for Hit {
    fn from(view: HitView) -> Self {
        Self {
            kind: match view.kind {
                "plan" => HitKind::Plan,
                "clause" => HitKind::Clause,
                _ => HitKind::Commitment,
            },
            plan: view.plan,
            edition: view.edition,
            reference: view.reference,
            page: view.address,
            excerpt: view.excerpt.into_iter().map(|piece| piece.text).collect(),
            standing: view.standing.map(Standing::from),
        }
    }
}

/// Finds.
pub const FIND: About = About::pages::<Hit>("search.find").asked::<Wanted>();

/// `GET /api/v1/search`.
pub async fn find(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Halt> {
    let page = reply::opened_number(wanted.after.as_deref())?.max(1);
    let kind = wanted.kind.map(HitKind::word);
    let view = search(&web.app, &caller.session, &wanted.q, kind, page).await?;
    let next = view.next.is_some().then(|| (page + 1).to_string());
    reply::page(&uri, view.hits.into_iter().map(Hit::from).collect(), next)
}
