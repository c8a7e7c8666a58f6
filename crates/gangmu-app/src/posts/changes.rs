//! What became of a post meanwhile (期间的改动), for somebody who was changing it at the same time.

use super::{PostView, list, object};
use crate::{accounts::find, app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::{
    ids::{OrganisationId, PostId},
    masking,
};
use gangmu_store::{
    Bound, Fault, Tx,
    journal::{self, Filter, details},
    posts as rows,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

/// What changes a post itself; who deputises it is another matter.
const CHANGES: [&str; 2] = ["posts.set_roles", "posts.end"];

/// Entries that are looked at.
const TOLD: i64 = 20;

/// A change of a post (改动).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostChanged {
    /// When.
    pub at: Timestamp,
    /// Who, masked.
    pub who: String,
    /// The operation, as in the journal.
    pub operation: String,
    /// The post before.
    pub before: PostSaid,
    /// The post after.
    pub after: PostSaid,
}

/// What a post said (任职内容).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostSaid {
    /// Words of its roles.
    pub roles: Vec<String>,
    /// The name of the organisation or area as far down from which they reach; none for the whole installation.
    pub root: Option<String>,
    /// The last day.
    pub until: Option<String>,
}

/// What became of a post since a version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostChanges {
    /// As it is now.
    pub now: PostView,
    /// What happened since, oldest first.
    pub changes: Vec<PostChanged>,
}

/// What happened to a post since that version.
pub async fn since(
    app: &App,
    session: &Session,
    login: &str,
    post: PostId,
    seen: &str,
) -> Result<PostChanges, Failure> {
    let (login, seen, day) = (login.to_owned(), seen.to_owned(), app.today());
    look(app, session, "accounts.read", move |tx| {
        let person = find(tx, &login)?;
        let row = rows::find(tx, post)?.filter(|row| row.account == person.id).ok_or(Failure::Absent("post"))?;
        let (kind, id) = (object(post).kind, object(post).id);
        let filter = Filter { kind: Some(kind), object: Some(id), ..Filter::default() };
        let entries = journal::page(tx, &filter, TOLD)?;
        let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
        let kept = details::of(tx, &seqs)?;
        let (mut changes, mut complete) = (Vec::new(), false);
        // Newest first, back to the change that was made on what was seen.
        for entry in entries.into_iter().filter(|entry| CHANGES.contains(&entry.entry.operation.as_str())) {
            let Some(details) = kept.get(&entry.seq) else { continue };
            let (Some(before), Some(after)) = (&details.before, &details.after) else { continue };
            complete = super::version::of_text(before) == seen;
            changes.push(PostChanged {
                at: entry.entry.at,
                who: masking::name(&entry.entry.by.name),
                operation: entry.entry.operation,
                before: said(tx, before)?,
                after: said(tx, after)?,
            });
            if complete {
                break;
            }
        }
        // What was seen stands in no entry: then the last change is all that can be told for sure.
        if !complete {
            changes.truncate(1);
        }
        changes.reverse();
        Ok(PostChanges { now: list::view(tx, row, day)?, changes })
    })
    .await
}

/// What a post said, out of its form in the journal.
fn said(tx: &mut Tx<'_>, text: &str) -> Result<PostSaid, Fault> {
    let post: Json = serde_json::from_str(text).unwrap_or_default();
    let listed = |list: &Json| list.as_array().cloned().unwrap_or_default();
    let organisation = listed(&post["reach"]["organisation"]).first().and_then(Json::as_i64);
    let area = listed(&post["reach"]["area"]).first().and_then(|code| code.as_str().map(str::to_owned));
    let bound = organisation.map(|id| Bound::Organisation(OrganisationId(id))).or(area.map(Bound::Area));
    let root = super::bound_name(tx, bound.as_ref())?;
    let roles = listed(&post["roles"]).iter().filter_map(|role| role.as_str().map(str::to_owned)).collect();
    Ok(PostSaid { roles, root, until: post["until"].as_str().map(str::to_owned) })
}
