//! The posts of a person, for whoever gives posts.

use super::{
    DeputyForm,
    conflict::{self, Attempt},
    day, key, refused,
};
use crate::{
    accounts::refused_person,
    failure::Stop,
    pages::Toast,
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use axum_extra::extract::Form;
use gangmu_app::{
    Failure,
    posts::{self, NewPost, version},
    terms::Terms,
};
use serde::Deserialize;

/// What the form of a post sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PostForm {
    title: String,
    organisation: String,
    from: String,
    until: String,
    roles: Vec<String>,
    root: String,
    /// The version of the post that the form shows.
    seen: String,
}

impl PostForm {
    fn root(&self) -> Option<String> {
        Some(self.root.clone()).filter(|root| !root.is_empty())
    }

    fn read(&self) -> Result<NewPost, Failure> {
        Ok(NewPost {
            title: self.title.clone(),
            organisation: self.organisation.clone(),
            from: day(&self.from)?,
            until: day(&self.until)?,
            roles: self.roles.clone(),
            root: self.root(),
        })
    }
}

/// Gives a person one more post.
pub async fn add(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(form): Form<PostForm>,
) -> Result<Response, Stop> {
    let added = match form.read() {
        Ok(new) => posts::add(&web.app, &visit.session, &login, new).await.map(drop),
        Err(failure) => Err(failure),
    };
    finish(&web, &visit, login, "toast-post-added", added).await
}

/// Gives a post these roles; somebody who was faster is not overwritten unseen.
pub async fn set_roles(
    State(web): State<Web>,
    visit: Visit,
    Path((login, post)): Path<(String, String)>,
    Form(form): Form<PostForm>,
) -> Result<Response, Stop> {
    let (post, root) = (key(&post)?, form.root());
    let of = login.clone();
    let seen = Terms::default().held(vec![form.seen.clone()], move |tx| version::of(tx, &of, post));
    let session = visit.session.on(seen);
    match posts::set_roles(&web.app, &session, &login, post, form.roles.clone(), root).await {
        Err(Failure::Outdated { .. }) => {
            let attempt = Attempt { login: &login, post, seen: &form.seen, roles: &form.roles, root: &form.root };
            conflict::show(&web, &visit, attempt).await
        }
        set => finish(&web, &visit, login, "toast-roles", set).await,
    }
}

/// What the form that ends a post sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    until: String,
    reason: String,
}

/// Ends a post.
pub async fn end(
    State(web): State<Web>,
    visit: Visit,
    Path((login, post)): Path<(String, String)>,
    Form(form): Form<EndForm>,
) -> Result<Response, Stop> {
    let post = key(&post)?;
    let ended = match day(&form.until) {
        Ok(until) => {
            let until = until.unwrap_or(web.app.today());
            posts::end(&web.app, &visit.session, &login, post, until, &form.reason).await
        }
        Err(failure) => Err(failure),
    };
    finish(&web, &visit, login, "toast-post-ended", ended).await
}

/// Appoints a deputy for somebody's post.
pub async fn appoint_for(
    State(web): State<Web>,
    visit: Visit,
    Path((login, post)): Path<(String, String)>,
    Form(form): Form<DeputyForm>,
) -> Result<Response, Stop> {
    let post = key(&post)?;
    let appointed = match form.read() {
        Ok(new) => posts::appoint(&web.app, &visit.session, post, new).await.map(drop),
        Err(failure) => Err(failure),
    };
    finish(&web, &visit, login, "toast-deputy-appointed", appointed).await
}

async fn finish(
    web: &Web,
    visit: &Visit,
    login: String,
    toast: &str,
    done_: Result<(), Failure>,
) -> Result<Response, Stop> {
    match done_ {
        Ok(()) => {
            let toast = Toast { key: toast.to_owned(), subject: login.clone(), undo: None };
            Ok(done(web, &format!("/accounts/{}", address_segment(&login)), Some(&toast)))
        }
        Err(failure) => refused_person(web, visit, &login, refused(failure)?).await,
    }
}
