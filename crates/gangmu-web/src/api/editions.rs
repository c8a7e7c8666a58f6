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
    plan::{approve, compare, edition, publish, version, views::ClauseSide, withdraw},
    terms::Tx,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

/// Which editions.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Sides {
    /// Number of the older edition; without it the one before the newer (旧版序号，不写为新版的上一版).
    pub old: Option<u32>,
    /// Number of the newer edition; without it the newest (新版序号，不写为最新一版).
    pub new: Option<u32>,
}

/// Two editions clause by clause (版本对比).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Comparison {
    /// Number of the older edition; null where there is none (旧版序号).
    pub old: Option<u32>,
    /// Number of the newer edition (新版序号).
    pub new: u32,
    /// What became of each clause, in the order of the old text (逐条变化).
    pub lines: Vec<ComparedClause>,
}

/// What became of a clause (条款变化).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedClause {
    /// `same`, `moved`, `changed`, `split`, `merged`, `added`, `dropped`, `ambiguous` (变化类型).
    pub kind: String,
    /// A changed clause that also stands elsewhere (是否同时移位).
    pub moved: bool,
    /// Paths in the older edition (旧版条款).
    pub old: Vec<String>,
    /// Paths in the newer edition; of an ambiguous one the candidates (新版条款).
    pub new: Vec<String>,
    /// Figures that changed (数字变动).
    pub figures: Vec<ComparedFigure>,
}

/// A changed figure; null where it came or went (数字变动).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedFigure {
    /// As the older edition writes it (旧版写法).
    pub old: Option<String>,
    /// As the newer edition writes it (新版写法).
    pub new: Option<String>,
}

/// Compares two editions.
pub const COMPARE: About = About::gives::<Comparison>("editions.compare").asked::<Sides>();

/// `GET /api/v1/plans/{key}/comparison`.
pub async fn compare(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(sides): Asked<Sides>,
) -> Result<Response, Halt> {
    let view = compare::compare(&web.app, &caller.session, &key, sides.old, sides.new).await?;
    let paths = |side: Vec<ClauseSide>| side.into_iter().map(|clause| clause.path).collect();
    let lines = view.lines.into_iter().map(|line| ComparedClause {
        kind: line.kind.to_owned(),
        moved: line.moved,
        old: paths(line.old),
        new: paths(line.new),
        figures: line.figures.into_iter().map(|f| ComparedFigure { old: f.old, new: f.new }).collect(),
    });
    let old = view.old.map(|edition| edition.number);
    reply::json(&Comparison { old, new: view.new.number, lines: lines.collect() })
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
