//! The caller and what waits for the owner of the token (我的工作).

use super::{about::About, caller::Caller, commitments::Record, problem::Halt, reply};
use crate::web::Web;
use axum::{extract::State, response::Response};
use gangmu_app::{
    home,
    plan::views::{ChangeView, WaitingView},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Who calls, and what the token may (调用者).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    /// What the person types to log in (账号).
    pub login: String,
    /// The person's name (姓名).
    pub name: String,
    /// The post in which the token acts (职务).
    pub post: Option<String>,
    /// Number of that post (任职编号).
    pub post_id: Option<i64>,
    /// Whose post it is, masked, where the person acts as a deputy (被代办人).
    pub deputy_for: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// Words of the person's roles (角色).
    pub roles: Vec<String>,
    /// What the owner calls the token (令牌名称).
    pub token: String,
    /// The actions that the token may (令牌权限).
    pub scope: Vec<String>,
}

/// Says who calls.
pub const ME: About = About::gives::<Me>("home.me");

/// `GET /api/v1/me`.
pub async fn me(caller: Caller) -> Result<Response, Halt> {
    let session = &caller.session;
    let through = session.through.as_ref().ok_or(Halt::NotLoggedIn)?;
    reply::json(&Me {
        login: session.login.clone(),
        name: session.actor.name.clone(),
        post: session.post.clone(),
        post_id: session.acting.map(|post| post.0),
        deputy_for: session.principal.as_ref().map(|principal| gangmu_kernel::masking::name(&principal.name)),
        organisation: session.organisation.clone(),
        roles: session.roles.iter().map(|role| role.word().to_owned()).collect(),
        token: through.name.clone(),
        scope: through.scope.iter().cloned().collect(),
    })
}

/// What waits (我的工作).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Work {
    /// What waits for the person (等我办).
    pub waiting: Vec<Waiting>,
    /// What the person waits for (我在等).
    pub waiting_for: Vec<Waiting>,
    /// Changes to the plans, newest first (规划的变动).
    pub changes: Vec<PlanChange>,
}

/// Something that waits (待办).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Waiting {
    /// `review`, `approve`, `publish`, `import_failed` or `import_running` (类型).
    pub kind: String,
    /// Title of the plan or file (名称).
    pub title: String,
    /// The page where it is done (页面地址).
    pub page: String,
    /// How much there is to do (数量).
    pub count: u32,
    /// Since when (何时起).
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
}

/// A change to a plan (规划的变动).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanChange {
    /// Title of the plan (规划名称).
    pub plan: String,
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// What happened (记录).
    pub record: Record,
}

/// Shows what waits.
pub const WORK: About = About::gives::<Work>("home.work");

/// `GET /api/v1/home`.
pub async fn work(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let view = home::home(&web.app, &caller.session).await?;
    let waiting = |w: WaitingView| Waiting {
        kind: w.kind.to_owned(),
        title: w.title,
        page: w.address,
        count: w.count,
        since: w.since,
    };
    let change = |c: ChangeView| PlanChange { plan: c.plan, edition: c.edition, record: c.record.into() };
    reply::json(&Work {
        waiting: view.waiting.into_iter().map(waiting).collect(),
        waiting_for: view.waiting_for.into_iter().map(waiting).collect(),
        changes: view.changes.into_iter().map(change).collect(),
    })
}
