//! One's own tokens (我的访问令牌): made, shown once, revoked.

use crate::{
    failure::{Stop, reasons},
    pages::{Page, Toast},
    samples,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Form;
use gangmu_app::{
    Failure,
    plan::views::ReasonView,
    posts::{self, OpenPost},
    tokens::{
        self, NewToken,
        list::{TokenView, list},
        revoke as revoking,
    },
};
use gangmu_kernel::ids::PostId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Days that the form offers.
const DAYS: [i64; 4] = [30, 90, 180, 365];

/// `/account/tokens`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = page(&web, &visit, Entered::default()).await?;
    visit.page(&web, None, &page).await
}

async fn page(web: &Web, visit: &Visit, entered: Entered) -> Result<TokensPage, Stop> {
    let words = &web.pages.words;
    let line = |action: &str| {
        let key = format!("action-{}", action.replace(['.', '_'], "-"));
        let said = if words.has(visit.language, &key) { words.say_with(visit.language, &key, &[]).ok() } else { None };
        said.unwrap_or_else(|| action.to_owned())
    };
    let choice = |action: String| ActionChoice {
        label: line(&action),
        chosen: entered.actions.contains(&action),
        reading: tokens::is_reading(&action),
        action,
    };
    let row = |token: TokenView| TokenLine {
        scope: token.scope.iter().map(|action| line(action)).collect(),
        revoke_address: ["active", "ended"]
            .contains(&token.state)
            .then(|| format!("/account/tokens/{}/revoke", token.id)),
        token,
    };
    let own = posts::own(&web.app, &visit.session).await?;
    let mut actions = BTreeSet::new();
    for open in &own.open {
        actions.extend(tokens::grantable_in(&web.app, &visit.session, Some(open.post.id)).await?);
    }
    Ok(TokensPage {
        tokens: list(&web.app, &visit.session).await?.into_iter().map(row).collect(),
        actions: actions.into_iter().map(choice).collect(),
        posts: own.open.into_iter().map(|open| PostChoice::of(open, &entered.post)).collect(),
        days: DAYS.to_vec(),
        name: entered.name,
        scope: if entered.scope.is_empty() { "read".to_owned() } else { entered.scope },
        chosen_days: entered.days.unwrap_or(DAYS[1]),
        once: None,
        refusals: Vec::new(),
    })
}

/// What the form of a new token sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Entered {
    name: String,
    scope: String,
    days: Option<i64>,
    actions: Vec<String>,
    post: String,
}

/// `POST /account/tokens`.
pub async fn issue(State(web): State<Web>, visit: Visit, Form(entered): Form<Entered>) -> Result<Response, Stop> {
    // What is no key of a post names none, and is refused as such.
    let post = (!entered.post.is_empty()).then(|| entered.post.parse().unwrap_or(PostId(0)));
    let grantable = tokens::grantable_in(&web.app, &visit.session, post).await?;
    let scope = match entered.scope.as_str() {
        "read" => grantable.into_iter().filter(|action| tokens::is_reading(action)).collect(),
        "all" => grantable,
        _ => entered.actions.clone(),
    };
    let new = NewToken { name: entered.name.clone(), scope, days: entered.days.unwrap_or_default(), post };
    match tokens::issue(&web.app, &visit.session, new).await {
        Ok(issued) => {
            let once = OnceToken { name: entered.name, token: issued.token };
            let page = TokensPage { once: Some(once), ..page(&web, &visit, Entered::default()).await? };
            visit.page(&web, None, &page).await
        }
        Err(Failure::Refused(refused)) => {
            let page = TokensPage { refusals: reasons(&refused), ..page(&web, &visit, entered).await? };
            visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /account/tokens/{id}/revoke`.
pub async fn revoke(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let named = list(&web.app, &visit.session).await?.into_iter().find(|token| token.id == id);
    revoking::revoke(&web.app, &visit.session, id).await?;
    let subject = named.map_or_else(|| id.to_string(), |token| token.name);
    let toast = Toast { key: "toast-token-revoked".to_owned(), subject, undo: None };
    Ok(done(&web, "/account/tokens", Some(&toast)))
}

/// The tokens of a person, and the form of a new one.
#[derive(Debug, Clone, Serialize)]
pub struct TokensPage {
    /// The tokens, newest first.
    pub tokens: Vec<TokenLine>,
    /// What may be given to a token.
    pub actions: Vec<ActionChoice>,
    /// The posts in which it may act.
    pub posts: Vec<PostChoice>,
    /// Days that may be chosen.
    pub days: Vec<i64>,
    /// The name that was entered.
    pub name: String,
    /// `read`, `all`, `chosen`.
    pub scope: String,
    /// The days that were chosen.
    pub chosen_days: i64,
    /// The token that was just made.
    pub once: Option<OnceToken>,
    /// Why none was made.
    pub refusals: Vec<ReasonView>,
}

/// A token in the list.
#[derive(Debug, Clone, Serialize)]
pub struct TokenLine {
    /// The token.
    #[serde(flatten)]
    pub token: TokenView,
    /// What it may, in words.
    #[serde(rename = "may")]
    pub scope: Vec<String>,
    /// Where it is revoked, while it is in force.
    pub revoke_address: Option<String>,
}

/// Something that may be given to a token.
#[derive(Debug, Clone, Serialize)]
pub struct ActionChoice {
    /// The action.
    pub action: String,
    /// In words.
    pub label: String,
    /// It was ticked.
    pub chosen: bool,
    /// It only reads.
    pub reading: bool,
}

/// A post in which a token may act.
#[derive(Debug, Clone, Serialize)]
pub struct PostChoice {
    /// Its key.
    pub post: String,
    /// What it is called, with its organisation.
    pub label: String,
    /// Whose it is, where one deputises it.
    pub holder: Option<String>,
    /// It was chosen.
    pub chosen: bool,
}

impl PostChoice {
    fn of(open: OpenPost, entered: &str) -> Self {
        let post = open.post.id.to_string();
        let parts: Vec<String> = [open.post.organisation, open.post.title].into_iter().flatten().collect();
        let chosen = if entered.is_empty() { open.current } else { entered == post };
        Self { label: parts.join(" · "), holder: open.holder, chosen, post }
    }
}

/// A token shown once.
#[derive(Debug, Clone, Serialize)]
pub struct OnceToken {
    /// Its name.
    pub name: String,
    /// The token.
    pub token: String,
}

impl Page for TokensPage {
    const TEMPLATE: &'static str = "tokens/own.html";

    fn samples() -> Vec<Self> {
        let at = |text: &str| text.parse().unwrap_or_default();
        let token = |id: i64, state: &'static str| TokenView {
            id,
            name: "统计系统对接".to_owned(),
            scope: vec!["plan.read".to_owned()],
            created_at: at("2024-06-01T01:00:00Z"),
            expires_at: at("2024-12-01T01:00:00Z"),
            used_at: (id == 1).then(|| at("2024-06-29T01:00:00Z")),
            state,
            post: (id > 1).then(|| "示例局 · 规划科科长".to_owned()),
        };
        let post = |id: i64, holder: Option<&str>| PostChoice {
            post: format!("post_{id}"),
            label: "示例局 · 规划科科长".to_owned(),
            holder: holder.map(str::to_owned),
            chosen: id == 1,
        };
        let line = |id: i64, state: &'static str| TokenLine {
            token: token(id, state),
            scope: vec!["读规划".to_owned()],
            revoke_address: (state == "active").then(|| format!("/account/tokens/{id}/revoke")),
        };
        let choice = |action: &str, reading: bool| ActionChoice {
            action: action.to_owned(),
            label: action.to_owned(),
            chosen: reading,
            reading,
        };
        let full = Self {
            tokens: vec![line(1, "active"), line(2, "expired"), line(3, "revoked"), line(4, "ended")],
            posts: vec![post(1, None), post(2, Some("陈某"))],
            actions: vec![choice("plan.read", true), choice("plan.review", false)],
            days: DAYS.to_vec(),
            name: String::new(),
            scope: "read".to_owned(),
            chosen_days: 90,
            once: Some(OnceToken {
                name: "统计系统对接".to_owned(), token: format!("gangmu_{}", "0a".repeat(32))
            }),
            refusals: Vec::new(),
        };
        let refused = Self {
            tokens: Vec::new(),
            posts: vec![post(1, None)],
            scope: "chosen".to_owned(),
            once: None,
            refusals: samples::reasons(),
            ..full.clone()
        };
        vec![full, refused]
    }
}
