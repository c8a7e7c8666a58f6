//! `/account/posts`: one's own posts and deputies, and in which post one acts.

use super::{DeputyForm, key, refused};
use crate::{
    failure::Stop,
    pages::{Page, Toast},
    samples,
    visit::{Visit, done, inside, today},
    web::Web,
};
use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    plan::views::ReasonView,
    posts::{self, OwnPosts},
};
use serde::{Deserialize, Serialize};

/// Where to go when a post is chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    next: String,
}

/// `/account/posts`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(next): Query<Next>) -> Result<Response, Stop> {
    page(&web, &visit, next.next, Vec::new()).await
}

async fn page(web: &Web, visit: &Visit, next: String, refusals: Vec<ReasonView>) -> Result<Response, Stop> {
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let own = posts::own(&web.app, &visit.session).await?;
    let deputising = visit.session.principal.is_some();
    let next = inside(&next).unwrap_or_default().to_owned();
    let page = OwnPostsPage { own, deputising, next, today: today(web), refusals };
    visit.page_with(web, None, status, &page).await
}

/// The post that was chosen.
#[derive(Debug, Deserialize)]
pub struct Choice {
    post: String,
    #[serde(default)]
    next: String,
}

/// From here on acts in that post.
pub async fn choose(State(web): State<Web>, visit: Visit, Form(choice): Form<Choice>) -> Result<Response, Stop> {
    let session = posts::choose(&web.app, &visit.session, key(&choice.post)?).await?;
    let parts: Vec<String> = [session.organisation, session.post].into_iter().flatten().collect();
    let toast = Toast { key: "toast-post-chosen".to_owned(), subject: parts.join(" "), undo: None };
    Ok(done(&web, inside(&choice.next).unwrap_or("/"), Some(&toast)))
}

/// Appoints a deputy for one's own post.
pub async fn appoint(
    State(web): State<Web>,
    visit: Visit,
    Path(post): Path<String>,
    Form(form): Form<DeputyForm>,
) -> Result<Response, Stop> {
    let post = key(&post)?;
    let appointed = match form.read() {
        Ok(new) => posts::appoint(&web.app, &visit.session, post, new).await,
        Err(failure) => Err(failure),
    };
    match appointed {
        Ok(_) => {
            let toast = Toast { key: "toast-deputy-appointed".to_owned(), subject: form.login, undo: None };
            Ok(done(&web, "/account/posts", Some(&toast)))
        }
        Err(failure) => page(&web, &visit, String::new(), refused(failure)?).await,
    }
}

/// Where to go when an appointment has ended.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// Ends an appointment before its last day.
pub async fn dismiss(
    State(web): State<Web>,
    visit: Visit,
    Path(deputy): Path<String>,
    Form(back): Form<Back>,
) -> Result<Response, Stop> {
    posts::dismiss(&web.app, &visit.session, key(&deputy)?).await?;
    let toast = Toast { key: "toast-deputy-dismissed".to_owned(), subject: String::new(), undo: None };
    Ok(done(&web, inside(&back.back).unwrap_or("/account/posts"), Some(&toast)))
}

/// One's own posts and deputies.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPostsPage {
    /// They.
    pub own: OwnPosts,
    /// One acts for somebody else now.
    pub deputising: bool,
    /// Where to go when a post is chosen.
    pub next: String,
    /// Today, as a form wants it.
    pub today: String,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for OwnPostsPage {
    const TEMPLATE: &'static str = "posts/own.html";

    fn samples() -> Vec<Self> {
        let own = samples::own_posts();
        let none = OwnPosts { open: Vec::new(), posts: Vec::new() };
        let page = |own, deputising, refusals| Self {
            own,
            deputising,
            next: "/plans".to_owned(),
            today: "2024-06-30".to_owned(),
            refusals,
        };
        vec![page(own.clone(), false, Vec::new()), page(own, true, samples::reasons()), page(none, false, Vec::new())]
    }
}
