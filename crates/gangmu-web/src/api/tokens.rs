//! Access tokens (访问令牌): a token that may make others makes them no wider, no longer than itself and in the same post;
//! with it they all end.

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
    http::{StatusCode, Uri},
    response::Response,
};
use gangmu_app::tokens::{
    self, NewToken,
    list::{TokenView, list as listed},
    revoke as revoking,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An access token (访问令牌).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccessToken {
    /// Its number (编号).
    pub id: i64,
    /// What its maker calls it (名称).
    pub name: String,
    /// The actions that it may (权限).
    pub scope: Vec<String>,
    /// When it was made (建立时间).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it ends (到期时间).
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// When it was last used (最近使用).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub used_at: Option<Timestamp>,
    /// `active`, `ended` with its post, `expired`, `revoked` (状态).
    pub state: String,
}

impl From<TokenView> for AccessToken {
    fn from(view: TokenView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            scope: view.scope,
            created_at: view.created_at,
            expires_at: view.expires_at,
            used_at: view.used_at,
            state: view.state.to_owned(),
        }
    }
}

/// Lists the tokens that were made through this one, newest first.
pub const LIST: About = About::pages::<AccessToken>("tokens.list").asked::<super::plans::Paging>();

/// `GET /api/v1/tokens`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let all = listed(&web.app, &caller.session).await?;
    let (rows, next) = reply::cut(all, limit, after.as_deref(), |token: &TokenView| token.id.to_string());
    reply::page(&uri, rows.into_iter().map(AccessToken::from).collect(), next)
}

/// A token to be made (新建令牌).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenToMake {
    /// What to call it (名称).
    #[schema(min_length = 1, max_length = 40)]
    name: String,
    /// The actions that it may, all of which this token may (权限).
    #[schema(min_items = 1, max_items = 200)]
    scope: Vec<String>,
    /// Days until it ends, no longer than this token (天数).
    #[schema(minimum = 1, maximum = 366)]
    days: i64,
}

/// The token that was made (已建令牌).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MadeToken {
    /// Its number (编号).
    pub id: i64,
    /// The token itself, shown this once; null when the same request is answered again (令牌).
    pub token: Option<String>,
    /// When it ends (到期时间).
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// Makes a token that may a part of what this one may.
pub const ISSUE: About = About::gives::<MadeToken>("tokens.issue").takes::<TokenToMake>().status(StatusCode::CREATED);

/// `POST /api/v1/tokens`.
pub async fn issue(State(web): State<Web>, caller: Caller, body: Body<TokenToMake>) -> Result<Response, Halt> {
    let answer = |id: i64, expires_at: Timestamp, token: Option<String>| {
        reply::answer(StatusCode::CREATED, &MadeToken { id, token, expires_at })
    };
    // The token itself is no part of what is kept.
    let terms = caller.terms(body.digest, move |made: &(i64, Timestamp)| answer(made.0, made.1, None))?;
    let TokenToMake { name, scope, days } = body.value;
    let new = NewToken { name, scope, days, post: None };
    let issued = tokens::issue(&web.app, &caller.session.on(terms), new).await?;
    Ok(reply::answered(answer(issued.id, issued.expires_at, Some(issued.token)), false))
}

/// Revokes a token that was made through this one: it opens nothing any more.
pub const REVOKE: About = About::step("tokens.revoke");

/// `POST /api/v1/tokens/{id}/revoke`.
pub async fn revoke(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(revoking::revoke(&web.app, &caller.once(body.digest)?, id).await)
}
