//! The life of an edition (版本与公开): where it stands, approval, publication, withdrawal.

use super::{
    about::About,
    caller::Caller,
    commitments::Record,
    input::{Asked, Body, Named, Nothing},
    plans::{Edition, Which},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, http::HeaderMap, response::Response};
use gangmu_app::{
    Session, look,
    plan::{approve, edition, publish, version, withdraw},
    terms::Tx,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an edition stands, and what may be done with it (版本与公开).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EditionLife {
    /// The edition (版本).
    pub edition: Edition,
    /// Steps with the caller's permission (可办事项).
    pub actions: Vec<Action>,
    /// What publication would show (公开预览).
    pub publication: Publication,
    /// Who decided proposals, masked (审校人).
    pub reviewers: Vec<String>,
    /// Who approved, masked (审定人).
    pub approver: Option<String>,
    /// What happened, newest first (经过).
    pub history: Vec<Record>,
}

/// A step with its permission (可办事项).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Action {
    /// `approve`, `publish` or `withdraw` (做什么).
    pub verb: String,
    /// May the caller do it now (是否可以)?
    pub allowed: bool,
    /// It is the next lawful step (是否下一步).
    pub next: bool,
    /// Codes of what speaks against it (不可以的理由).
    pub reasons: Vec<String>,
}

/// What publication would show (公开预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Publication {
    /// Characters of text (字数).
    pub chars: u32,
    /// Commitments in force (事项数).
    pub commitments: u32,
    /// Of these, with a confirmed owner (责任已写明的事项数).
    pub owners: u32,
    /// Not shown: undecided, doubted, rejected (不公开的事项数).
    pub hidden: u32,
}

/// Shows where an edition stands.
pub const SHOW: About = About::gives::<EditionLife>("editions.show").asked::<Which>().tagged();

/// `GET /api/v1/plans/{key}/edition`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    // The version is read first: a change in between makes it too old, never too new.
    let plan = key.clone();
    let of = move |tx: &mut Tx<'_>| version::of_edition(tx, &plan, which.edition);
    let version = look(&web.app, &caller.session, "plan.read", of).await?;
    let view = edition::edition(&web.app, &caller.session, &key, which.edition).await?;
    let action = |action: gangmu_app::plan::views::ActionView| Action {
        verb: action.verb.to_owned(),
        allowed: action.permission.allowed,
        next: action.next,
        reasons: action.permission.reasons.into_iter().map(|reason| reason.code).collect(),
    };
    let preview = view.preview;
    let life = EditionLife {
        edition: view.edition.into(),
        actions: view.actions.into_iter().map(action).collect(),
        publication: Publication {
            chars: preview.chars,
            commitments: preview.commitments,
            owners: preview.owners,
            hidden: preview.hidden,
        },
        reviewers: view.reviewers,
        approver: view.approver,
        history: view.history.into_iter().map(Record::from).collect(),
    };
    reply::versioned(&life, &version, &headers)
}

/// The caller's session on the version of the edition that was seen.
fn on(caller: &Caller, digest: [u8; 32], key: &str, edition: Option<u32>) -> Result<Session, Halt> {
    let key = key.to_owned();
    caller.once_on(digest, move |tx| version::of_edition(tx, &key, edition))
}

const fn step(id: &'static str) -> About {
    About::step(id).asked::<Which>().held()
}

/// Approves the edition.
pub const APPROVE: About = step("editions.approve");

/// `POST …/edition/approve`.
pub async fn approve(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &key, which.edition)?;
    reply::done(approve::approve(&web.app, &session, &key, which.edition).await)
}

/// Publishes the edition.
pub const PUBLISH: About = step("editions.publish");

/// `POST …/edition/publish`.
pub async fn publish(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &key, which.edition)?;
    reply::done(publish::publish(&web.app, &session, &key, which.edition).await)
}

/// Why an edition is withdrawn (撤下).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The reason (理由).
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

/// Withdraws the edition from the public.
pub const WITHDRAW: About = step("editions.withdraw").takes::<Withdrawal>();

/// `POST …/edition/withdraw`.
pub async fn withdraw(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Withdrawal>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, &key, which.edition)?;
    reply::done(withdraw::withdraw(&web.app, &session, &key, which.edition, &body.value.reason).await)
}
