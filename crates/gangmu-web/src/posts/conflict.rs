//! Two people at the roles of one post (同时编辑): the second sees what the first did, beside what he or she was about to
//! do, and goes on or takes it.

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    signs::address_segment,
    visit::Visit,
    web::Web,
};
use axum::{http::StatusCode, response::Response};
use gangmu_app::posts::{
    PostView,
    changes::{PostChanged, PostSaid, since},
};
use gangmu_kernel::ids::PostId;
use serde::Serialize;

/// What somebody was about to do.
pub struct Attempt<'a> {
    /// The person's login.
    pub login: &'a str,
    /// The post.
    pub post: PostId,
    /// The version that was seen.
    pub seen: &'a str,
    /// The roles that it was to have.
    pub roles: &'a [String],
    /// The code of the organisation as far down from which they were to reach; empty for the whole installation.
    pub root: &'a str,
}

/// The page of an attempt on what is no longer what was seen.
pub async fn show(web: &Web, visit: &Visit, attempt: Attempt<'_>) -> Result<Response, Stop> {
    let since = since(&web.app, &visit.session, attempt.login, attempt.post, attempt.seen).await?;
    let address = format!("/accounts/{}", address_segment(attempt.login));
    let units = crate::accounts::bounds(web, visit, "accounts.roles").await?;
    let page = PostConflictPage {
        root_name: units.into_iter().find(|unit| unit.id == attempt.root).map(|unit| unit.name),
        login: attempt.login.to_owned(),
        again: format!("{address}/posts/{}", attempt.post),
        theirs: address,
        changes: since.changes,
        now: since.now,
        roles: attempt.roles.to_vec(),
        root: attempt.root.to_owned(),
    };
    visit.page_with(web, Some(Noun::Administration), StatusCode::CONFLICT, &page).await
}

/// What happened to a post meanwhile, beside one's own.
#[derive(Debug, Clone, Serialize)]
pub struct PostConflictPage {
    /// The person's login.
    pub login: String,
    /// The post as it is now.
    pub now: PostView,
    /// What happened since, oldest first.
    pub changes: Vec<PostChanged>,
    /// The roles that one was about to give.
    pub roles: Vec<String>,
    /// How far they were to reach: the code, and the name.
    pub root: String,
    /// The name of that organisation.
    pub root_name: Option<String>,
    /// Where one's own is sent again.
    pub again: String,
    /// Where one looks at what stands now.
    pub theirs: String,
}

impl Page for PostConflictPage {
    const TEMPLATE: &'static str = "posts/conflict.html";

    fn samples() -> Vec<Self> {
        let said = |roles: &[&str], root: Option<&str>| PostSaid {
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            root: root.map(str::to_owned),
            until: root.map(|_| "2024-12-31".to_owned()),
        };
        let change = PostChanged {
            at: "2024-06-30T01:20:00Z".parse().unwrap_or_default(),
            who: "安*".to_owned(),
            operation: "posts.set_roles".to_owned(),
            before: said(&["planner"], None),
            after: said(&["planner", "reviewer"], Some("示例局")),
        };
        let now = samples::own_posts().posts.remove(0);
        let full = Self {
            login: "guihua-01".to_owned(),
            now,
            changes: vec![change],
            roles: vec!["liaison".to_owned()],
            root: "1".to_owned(),
            root_name: Some("示例局".to_owned()),
            again: "/accounts/guihua-01/posts/post_1".to_owned(),
            theirs: "/accounts/guihua-01".to_owned(),
        };
        let bare =
            Self { changes: Vec::new(), roles: Vec::new(), root: String::new(), root_name: None, ..full.clone() };
        vec![full, bare]
    }
}
