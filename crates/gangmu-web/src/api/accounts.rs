//! Accounts (账号), for those who manage them.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use gangmu_app::{
    Session,
    accounts::{
        add::{self as adding, Added},
        disable as switching,
        list::{self as listing, AccountView},
        reset_password, set_roles, version,
    },
    look, packs,
};
use gangmu_kernel::masking;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An account (账号).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// What the person types (账号).
    pub login: String,
    /// The person's name, masked (姓名，脱敏).
    pub name: String,
    /// The person's post (职务).
    pub post: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// Words of its roles (角色).
    pub roles: Vec<String>,
    /// Nobody can log in with it (是否停用).
    pub disabled: bool,
    /// The person must choose a new password first (是否待改密码).
    pub must_change: bool,
    /// Until when its login is closed after failed attempts (锁定至).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locked_until: Option<Timestamp>,
    /// When it was made (建立时间).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl From<AccountView> for Account {
    fn from(view: AccountView) -> Self {
        Self {
            login: view.login,
            name: masking::name(&view.name),
            post: view.post,
            organisation: view.organisation,
            roles: view.roles,
            disabled: view.disabled,
            must_change: view.must_change,
            locked_until: view.locked_until,
            created_at: view.created_at,
        }
    }
}

/// Lists accounts.
pub const LIST: About = About::pages::<Account>("accounts.list").asked::<super::plans::Paging>();

/// `GET /api/v1/accounts`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let mut found = listing::list(&web.app, &caller.session, after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|account| account.login.clone());
    reply::page(&uri, found.into_iter().map(Account::from).collect(), next)
}

/// Shows an account with its version.
pub const SHOW: About = About::gives::<Account>("accounts.show").tagged();

/// `GET /api/v1/accounts/{login}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named(login): Named<String>,
) -> Result<Response, Halt> {
    let view = listing::find(&web.app, &caller.session, &login).await?;
    let version = view.version.clone();
    reply::versioned(&Account::from(view), &version, &headers)
}

/// An account to be added (新建账号).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What the person will type: letters, digits, dots, dashes, underscores (账号).
    #[schema(min_length = 2, max_length = 32)]
    login: String,
    /// The person's name (姓名).
    #[schema(min_length = 1, max_length = 40)]
    name: String,
    /// The person's post (职务).
    post: Option<String>,
    /// Code of the organisation (单位代码).
    organisation: Option<String>,
    /// Words of roles; none where somebody else gives them (角色).
    #[serde(default)]
    roles: Vec<String>,
}

/// The account that was added (已新增的账号).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AddedAccount {
    /// What the person types (账号).
    pub login: String,
    /// The password of the first day, shown this once; null when the same request is answered again (首日密码).
    pub first_password: Option<String>,
}

/// Adds an account.
pub const ADD: About = About::gives::<AddedAccount>("accounts.add").takes::<NewAccount>().status(StatusCode::CREATED);

/// `POST /api/v1/accounts`.
pub async fn add(State(web): State<Web>, caller: Caller, body: Body<NewAccount>) -> Result<Response, Halt> {
    let new = body.value;
    let login = new.login.trim().to_lowercase();
    let answer = move |password: Option<String>| {
        let location = format!("/api/v1/accounts/{}", crate::signs::address_segment(&login));
        reply::made(&AddedAccount { login: login.clone(), first_password: password }, location)
    };
    let kept = answer.clone();
    // The operation gives its key back; the password is no part of what is kept.
    let terms = caller.terms(body.digest, move |_: &gangmu_kernel::ids::AccountId| kept(None))?;
    let new = adding::NewAccount {
        login: new.login,
        name: new.name,
        post: new.post,
        organisation: new.organisation,
        roles: new.roles,
        ..adding::NewAccount::default()
    };
    let Added { first_password, .. } = adding::add(&web.app, &caller.session.on(terms), new).await?;
    Ok(reply::answered(answer(first_password), false))
}

/// The caller's session on the version of the account that was seen.
fn on(caller: &Caller, digest: [u8; 32], login: &str) -> Result<Session, Halt> {
    let login = login.to_owned();
    caller.once_on(digest, move |tx| version::of(tx, &login))
}

/// The roles of an account (角色).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Words of roles; they take the place of those that it had (角色).
    roles: Vec<String>,
}

const fn step(id: &'static str) -> About {
    About::step(id).held()
}

/// Gives an account its roles.
pub const ROLES: About = step("accounts.set_roles").takes::<Roles>();

/// `PUT /api/v1/accounts/{login}/roles`.
pub async fn roles(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<Roles>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &login)?;
    reply::done(set_roles::set_roles(&web.app, &session, &login, body.value.roles).await)
}

/// SwitchReason an account is disabled or enabled (停用或启用).
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchReason {
    /// The reason (理由).
    #[schema(max_length = 200)]
    reason: Option<String>,
}

impl SwitchReason {
    fn said(self) -> Result<Option<String>, Halt> {
        let reason = self.reason.filter(|reason| !reason.trim().is_empty());
        reason.map(|reason| reply::short("/reason", reason, 200)).transpose()
    }
}

/// Disables an account.
pub const DISABLE: About = step("accounts.disable").may_take::<SwitchReason>();

/// `POST /api/v1/accounts/{login}/disable`.
pub async fn disable(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<SwitchReason>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &login)?;
    reply::done(switching::disable(&web.app, &session, &login, body.value.said()?).await)
}

/// Enables an account again.
pub const ENABLE: About = step("accounts.enable").may_take::<SwitchReason>();

/// `POST /api/v1/accounts/{login}/enable`.
pub async fn enable(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<SwitchReason>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &login)?;
    reply::done(switching::enable(&web.app, &session, &login, body.value.said()?).await)
}

/// A password of the first day (首日密码).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FirstPassword {
    /// Shown this once; null when the same request is answered again (首日密码).
    pub first_password: Option<String>,
}

/// Resets a password.
pub const RESET: About = About::gives::<FirstPassword>("accounts.reset_password").held();

/// `POST /api/v1/accounts/{login}/reset`.
pub async fn reset(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let answer = |password: Option<String>| reply::answer(StatusCode::OK, &FirstPassword { first_password: password });
    let held = login.clone();
    let terms = caller.terms_on(body.digest, move |(): &()| answer(None), move |tx| version::of(tx, &held))?;
    let password = reset_password::reset_password(&web.app, &caller.session.on(terms), &login).await?;
    Ok(reply::answered(answer(Some(password)), false))
}

/// An organisation (单位).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Organisation {
    /// Its code (单位代码).
    pub code: String,
    /// Its name (名称).
    pub name: String,
}

/// Which organisations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Rows of the page (每页条数).
    limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

/// Lists the organisations.
pub const ORGANISATIONS: About = About::pages::<Organisation>("organisations.list").asked::<Units>();

/// `GET /api/v1/organisations`.
pub async fn organisations(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(units): Asked<Units>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(units.limit)?, reply::opened(units.after.as_deref())?);
    let names = look(&web.app, &caller.session, "packs.read", |tx| Ok(packs::names(tx)?)).await?;
    let mut all: Vec<Organisation> =
        names.organisations.into_iter().map(|unit| Organisation { code: unit.id, name: unit.name }).collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let mut shown: Vec<Organisation> = all.into_iter().filter(|u| after.as_ref().is_none_or(|a| u.code > *a)).collect();
    let more = shown.len() > limit as usize;
    shown.truncate(limit as usize);
    let next = shown.last().filter(|_| more).map(|unit| unit.code.clone());
    reply::page(&uri, shown, next)
}
