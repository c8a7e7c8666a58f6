//! Posts and deputies (任职与代办), for those who give posts. One's own stand on one's own pages: no token may what belongs
//! to the person alone.

use super::{
    about::About,
    caller::Caller,
    input::{Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use gangmu_app::{
    Failure, Session,
    plan::changes::{ChangedView, FieldChange},
    posts::{
        self, DeputyView, NewDeputy, NewPost, OpenPost, PostView,
        changes::{self, PostChanged, PostSaid},
        version,
    },
    terms::Answer,
};
use gangmu_kernel::{
    ids::{DeputyId, PostId},
    masking,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The posts of a person (任职情况).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonPosts {
    /// What the person types (账号).
    pub login: String,
    /// The person's name, masked (姓名).
    pub name: String,
    /// The posts in the order in which they were entered (任职).
    pub posts: Vec<Post>,
    /// Posts of others that the person deputises today (代办).
    pub deputises: Vec<Deputised>,
}

/// A post that a person holds (任职).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Post {
    /// Its number (编号).
    pub id: i64,
    /// What it is called (职务).
    pub title: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// First day (首日).
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Last day (末日).
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// `held`, `coming` or `over` (状态).
    pub state: String,
    /// Words of its roles (角色).
    pub roles: Vec<String>,
    /// Code of the organisation as far down from which they reach; null for the whole installation (权限范围的单位代码).
    pub root: Option<String>,
    /// Who was appointed to it, newest first (代办人).
    pub deputies: Vec<Deputy>,
}

/// A deputy's appointment (代办).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Deputy {
    /// Its number (编号).
    pub id: i64,
    /// The deputy's login (账号).
    pub login: String,
    /// The deputy's name, masked (姓名).
    pub name: String,
    /// First day (首日).
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day (末日).
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// Why (理由).
    pub reason: String,
    /// Who appointed, masked (指定人).
    pub appointed_by: String,
    /// `held`, `coming` or `over` (状态).
    pub state: String,
}

/// A post of another that a person deputises (代办的任职).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Deputised {
    /// Number of the post (任职编号).
    pub post: i64,
    /// What it is called (职务).
    pub title: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// Whose it is, masked (被代办人).
    pub holder: Option<String>,
    /// Last day (末日).
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

impl From<PostView> for Post {
    fn from(view: PostView) -> Self {
        Self {
            id: view.id.0,
            title: view.title,
            organisation: view.organisation,
            from: view.from,
            until: view.until,
            state: view.state.to_owned(),
            roles: view.roles,
            root: view.root,
            deputies: view.deputies.into_iter().map(Deputy::from).collect(),
        }
    }
}

impl From<DeputyView> for Deputy {
    fn from(view: DeputyView) -> Self {
        Self {
            id: view.id.0,
            login: view.login,
            name: masking::name(&view.name),
            from: view.from,
            until: view.until,
            reason: view.reason,
            appointed_by: masking::name(&view.appointed_by),
            state: view.state.to_owned(),
        }
    }
}

impl From<OpenPost> for Deputised {
    fn from(open: OpenPost) -> Self {
        Self {
            post: open.post.id.0,
            title: open.post.title,
            organisation: open.post.organisation,
            holder: open.holder.as_deref().map(masking::name),
            until: open.until,
        }
    }
}

/// Lists the posts of a person.
pub const LIST: About = About::gives::<PersonPosts>("posts.list");

/// `GET /api/v1/accounts/{login}/posts`.
pub async fn list(State(web): State<Web>, caller: Caller, Named(login): Named<String>) -> Result<Response, Halt> {
    let person = posts::of_person(&web.app, &caller.session, &login).await?;
    reply::json(&PersonPosts {
        login: person.login,
        name: masking::name(&person.name),
        posts: person.posts.into_iter().map(Post::from).collect(),
        deputises: person.deputises.into_iter().map(Deputised::from).collect(),
    })
}

/// Shows a post with its version.
pub const SHOW: About = About::gives::<Post>("posts.show").tagged();

/// `GET /api/v1/accounts/{login}/posts/{id}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named((login, id)): Named<(String, i64)>,
) -> Result<Response, Halt> {
    let person = posts::of_person(&web.app, &caller.session, &login).await?;
    let view = person.posts.into_iter().find(|post| post.id.0 == id).ok_or(Halt::Absent)?;
    let version = view.version.clone();
    reply::versioned(&Post::from(view), &version, &headers)
}

/// A post to be given (新任职).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostToGive {
    /// What it is called (职务).
    #[schema(min_length = 1, max_length = 40)]
    title: String,
    /// Code of the organisation (单位代码).
    organisation: String,
    /// First day; from now on where none is given (首日).
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day; without end where none is given (末日).
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// Words of its roles (角色).
    #[serde(default)]
    roles: Vec<String>,
    /// Code of the organisation as far down from which they reach; null for the whole installation (权限范围的单位代码).
    root: Option<String>,
}

/// What was made (新内容的编号).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Numbered {
    /// Its number (编号).
    pub id: i64,
}

fn address(login: &str, post: i64) -> String {
    format!("/api/v1/accounts/{}/posts/{post}", crate::signs::address_segment(login))
}

/// Gives a person one more post.
pub const ADD: About = About::gives::<Numbered>("posts.add").takes::<PostToGive>().status(StatusCode::CREATED);

/// `POST /api/v1/accounts/{login}/posts`.
pub async fn add(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<PostToGive>,
) -> Result<Response, Halt> {
    let person = login.clone();
    let answer = move |post: &PostId| reply::made(&Numbered { id: post.0 }, address(&person, post.0));
    let session = caller.session.on(caller.terms(body.digest, answer.clone())?);
    let PostToGive { title, organisation, from, until, roles, root } = body.value;
    let new = NewPost { title, organisation, from, until, roles, root };
    let id = posts::add(&web.app, &session, &login, new).await?;
    Ok(reply::answered(answer(&id), false))
}

/// The caller's session on the version of the post that was seen.
fn on(caller: &Caller, digest: [u8; 32], login: &str, post: PostId) -> Result<Session, Halt> {
    let login = login.to_owned();
    caller.once_on(digest, move |tx| version::of(tx, &login, post))
}

/// What came of a step; where somebody was faster, with what he did.
async fn stepped(
    web: &Web,
    caller: &Caller,
    login: &str,
    post: PostId,
    result: Result<(), Failure>,
) -> Result<Response, Halt> {
    let Err(Failure::Outdated { current }) = result else { return reply::done(result) };
    // Who may change a post and not read it is told that it changed, not how.
    let since = changes::since(&web.app, &caller.session, login, post, caller.seen()).await;
    let changes = since.map_or_else(|_| Vec::new(), |since| since.changes.into_iter().map(changed).collect());
    Err(Halt::Outdated { version: current, changes })
}

fn changed(change: PostChanged) -> ChangedView {
    let PostChanged { at, who, operation, before, after } = change;
    let field = |name, old: Option<String>, new: Option<String>| FieldChange { name, old, new };
    let roles = |said: &PostSaid| Some(said.roles.join(",")).filter(|roles| !roles.is_empty());
    let all = [
        field("roles", roles(&before), roles(&after)),
        field("root", before.root, after.root),
        field("until", before.until, after.until),
    ];
    ChangedView {
        at,
        who,
        verb: if operation == "posts.end" { "ended" } else { "set_roles" },
        note: None,
        fields: all.into_iter().filter(|field| field.old != field.new).collect(),
    }
}

/// The roles of a post, and how far they reach (任职的角色).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostRoles {
    /// Words of roles; they take the place of those that it had (角色).
    roles: Vec<String>,
    /// Code of the organisation as far down from which they reach; null for the whole installation (权限范围的单位代码).
    root: Option<String>,
}

/// Gives a post its roles.
pub const ROLES: About = About::step("posts.set_roles").held().takes::<PostRoles>();

/// `PUT /api/v1/accounts/{login}/posts/{id}/roles`.
pub async fn roles(
    State(web): State<Web>,
    caller: Caller,
    Named((login, id)): Named<(String, i64)>,
    body: Body<PostRoles>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &login, PostId(id))?;
    let PostRoles { roles, root } = body.value;
    let set = posts::set_roles(&web.app, &session, &login, PostId(id), roles, root).await;
    stepped(&web, &caller, &login, PostId(id), set).await
}

/// The end of a post (任职结束).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostEnd {
    /// Last day; today where none is given (末日，不写为今天).
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// Why (理由).
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Ends a post.
pub const END: About = About::step("posts.end").held().takes::<PostEnd>();

/// `POST /api/v1/accounts/{login}/posts/{id}/end`.
pub async fn end(
    State(web): State<Web>,
    caller: Caller,
    Named((login, id)): Named<(String, i64)>,
    body: Body<PostEnd>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &login, PostId(id))?;
    let until = body.value.until.unwrap_or(web.app.today());
    let reason = reply::short("/reason", body.value.reason, 200)?;
    let ended = posts::end(&web.app, &session, &login, PostId(id), until, &reason).await;
    stepped(&web, &caller, &login, PostId(id), ended).await
}

/// A deputy to be appointed (新代办).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeputyToAppoint {
    /// The deputy's login (账号).
    login: String,
    /// First day (首日).
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day (末日).
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why (理由).
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Appoints a deputy for a post.
pub const APPOINT: About =
    About::gives::<Numbered>("posts.appoint_deputy").takes::<DeputyToAppoint>().status(StatusCode::CREATED);

/// `POST /api/v1/accounts/{login}/posts/{id}/deputies`.
pub async fn appoint(
    State(web): State<Web>,
    caller: Caller,
    Named((login, id)): Named<(String, i64)>,
    body: Body<DeputyToAppoint>,
) -> Result<Response, Halt> {
    let person = posts::of_person(&web.app, &caller.session, &login).await?;
    if !person.posts.iter().any(|post| post.id.0 == id) {
        return Err(Halt::Absent);
    }
    let answer = move |deputy: &DeputyId| -> Answer { reply::made(&Numbered { id: deputy.0 }, address(&login, id)) };
    let session = caller.session.on(caller.terms(body.digest, answer.clone())?);
    let DeputyToAppoint { login, from, until, reason } = body.value;
    let deputy = posts::appoint(&web.app, &session, PostId(id), NewDeputy { login, from, until, reason }).await?;
    Ok(reply::answered(answer(&deputy), false))
}

/// Ends a deputy's appointment before its last day.
pub const DISMISS: About = About::step("posts.dismiss_deputy");

/// `POST /api/v1/deputies/{id}/end`.
pub async fn dismiss(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(posts::dismiss(&web.app, &caller.once(body.digest)?, DeputyId(id)).await)
}
