//! Rights (权限): the matrix, who holds what, and why somebody may or may not do something.

use super::{
    about::{About, Given},
    caller::Caller,
    commitments::XLSX,
    input::Asked,
    problem::Halt,
    reply,
};
use crate::{rights as pages, web::Web};
use axum::{extract::State, http::Uri, response::Response};
use gangmu_app::rights::{self, Explained, HeldView, PostExplained, RoleExplained};
use gangmu_kernel::masking;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A row of the access matrix (权限表的一行).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActionRight {
    /// The action, as a word that never changes (权限代码).
    pub action: String,
    /// In words (权限).
    pub words: String,
    /// `yes`, `tree`, `own` or `whole` by role: how far it reaches; who may not stands not in it (各角色的范围).
    pub roles: BTreeMap<String, String>,
}

/// Lists the access matrix.
pub const MATRIX: About = About::pages::<ActionRight>("rights.matrix").asked::<super::plans::Paging>();

/// `GET /api/v1/rights`.
pub async fn matrix(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let view = rights::rights(&web.app, &caller.session).await?;
    let row = |row: rights::ActionRights| {
        let cells = view.roles.iter().zip(&row.cells).filter(|(_, cell)| **cell != "-");
        ActionRight {
            words: pages::label(&web.pages.words, caller.language, &row.action),
            roles: cells.map(|(role, cell)| ((*role).to_owned(), (*cell).to_owned())).collect(),
            action: row.action,
        }
    };
    let all = view.actions.into_iter().map(row).collect();
    let (rows, next) = reply::cut(all, limit, after.as_deref(), |row: &ActionRight| row.action.clone());
    reply::page(&uri, rows, next)
}

/// A role that somebody holds (持有的角色).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleHeld {
    /// Word of the role (角色).
    pub role: String,
    /// The login (账号).
    pub login: String,
    /// The name, masked (姓名).
    pub name: String,
    /// Nobody can log in with it (是否停用).
    pub disabled: bool,
    /// What the post is called (职务).
    pub title: Option<String>,
    /// The organisation of the post (单位).
    pub organisation: Option<String>,
    /// The organisation as far down from which the role reaches; null for the whole installation (权限范围).
    pub root: Option<String>,
}

impl From<HeldView> for RoleHeld {
    fn from(held: HeldView) -> Self {
        let name = masking::name(&held.name);
        let HeldView { role, login, disabled, title, organisation, root, .. } = held;
        Self { role, login, name, disabled, title, organisation, root }
    }
}

/// Lists who holds which role today.
pub const HELD: About = About::pages::<RoleHeld>("rights.held").asked::<super::plans::Paging>();

/// `GET /api/v1/rights/held`.
pub async fn held(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let all = rights::rights(&web.app, &caller.session).await?.held;
    // Who holds a role in two posts stands twice, one row behind the other.
    let all: Vec<(usize, HeldView)> = all.into_iter().enumerate().collect();
    let (rows, next) =
        reply::cut(all, limit, after.as_deref(), |(at, held)| format!("{at} {} {}", held.role, held.login));
    reply::page(&uri, rows.into_iter().map(|(_, held)| RoleHeld::from(held)).collect(), next)
}

/// What is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AskedWhy {
    /// The login (账号).
    login: String,
    /// The action (权限代码).
    action: String,
    /// Key of a plan (规划代号).
    plan: Option<String>,
}

/// Why somebody may do something, or not (为什么).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RightExplained {
    /// The login (账号).
    pub login: String,
    /// The name, masked (姓名).
    pub name: String,
    /// The action (权限代码).
    pub action: String,
    /// May the person, in one of the posts (是否可以)?
    pub allowed: bool,
    /// The matrix has this action (权限表里有没有).
    pub listed: bool,
    /// It is for everybody, also without login (是否向公众开放).
    pub public: bool,
    /// Words of the roles that may (可以的角色).
    pub needed: Vec<String>,
    /// Key of the plan that was asked about (规划代号).
    pub plan: Option<String>,
    /// The organisation that the plan belongs to (规划所属单位).
    pub owner: Option<String>,
    /// Nobody can log in with the account (是否停用).
    pub disabled: bool,
    /// The password of the first day must be changed before (是否待改密码).
    pub must_change: bool,
    /// Every post in which the person may act today (今天可用的任职).
    pub posts: Vec<RightInPost>,
}

/// What a post has to do with it (任职与权限).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RightInPost {
    /// What it is called (职务).
    pub title: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// Whose it is, masked, where the person deputises it (被代办人).
    pub holder: Option<String>,
    /// May the person in this post (是否可以)?
    pub allowed: bool,
    /// Its roles (角色).
    pub roles: Vec<RightByRole>,
}

/// What a role has to do with it (角色与权限).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RightByRole {
    /// Its word (角色).
    pub role: String,
    /// The cell of the matrix (权限表的单元).
    pub cell: String,
    /// The organisation as far down from which it was granted; null for the whole installation (权限范围).
    pub root: Option<String>,
    /// Does the plan lie within; null where none was named (是否在范围内)?
    pub within: Option<bool>,
}

impl From<RoleExplained> for RightByRole {
    fn from(role: RoleExplained) -> Self {
        Self { role: role.role.to_owned(), cell: role.cell.to_owned(), root: role.root, within: role.within }
    }
}

impl From<PostExplained> for RightInPost {
    fn from(post: PostExplained) -> Self {
        Self {
            title: post.title,
            organisation: post.organisation,
            holder: post.holder.as_deref().map(masking::name),
            allowed: post.allowed,
            roles: post.roles.into_iter().map(RightByRole::from).collect(),
        }
    }
}

impl From<Explained> for RightExplained {
    fn from(explained: Explained) -> Self {
        Self {
            name: masking::name(&explained.name),
            login: explained.login,
            action: explained.action,
            allowed: explained.allowed,
            listed: explained.listed,
            public: explained.public,
            needed: explained.needed.into_iter().map(str::to_owned).collect(),
            plan: explained.plan,
            owner: explained.owner,
            disabled: explained.disabled,
            must_change: explained.must_change,
            posts: explained.posts.into_iter().map(RightInPost::from).collect(),
        }
    }
}

/// Explains why somebody may do something, or not.
pub const WHY: About = About::gives::<RightExplained>("rights.why").asked::<AskedWhy>();

/// `GET /api/v1/rights/why`.
pub async fn why(State(web): State<Web>, caller: Caller, Asked(asked): Asked<AskedWhy>) -> Result<Response, Halt> {
    let AskedWhy { login, action, plan } = asked;
    let explained = rights::explain(&web.app, &caller.session, &login, &action, plan.as_deref()).await?;
    reply::json(&RightExplained::from(explained))
}

/// Gives matrix and holders as an Excel file.
pub const FILE: About = About::new("rights.file", Given::File(XLSX));

/// `GET /api/v1/rights.xlsx`.
pub async fn file(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    Ok(pages::exported(&web, &caller.session, caller.language).await?)
}
