//! Outside numbers of commitments (外部编号), brought in bulk: begin a batch, add rows to it some hundred at a time, show it
//! at once or drop it.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    plans::{PagingIn, Which},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use gangmu_app::{
    plan::references::{self, KIND},
    staging::{self, BatchRow},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An outside number of a commitment (外部编号).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Number of the commitment within the edition (事项序号).
    #[schema(minimum = 1)]
    pub commitment: u32,
    /// The other system (外部系统).
    #[schema(min_length = 1, max_length = 40)]
    pub system: String,
    /// Its key there (外部编号).
    #[schema(min_length = 1, max_length = 100)]
    pub key: String,
}

/// A batch of rows (批次).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Batch {
    /// Its number (批次编号).
    pub id: i64,
    /// `open`, `shown` or `dropped` (状态).
    pub state: String,
    /// How many rows it has (条数).
    pub rows: i64,
    /// When it was begun (开始时间).
    #[schema(value_type = String, format = DateTime)]
    pub begun_at: Timestamp,
}

impl From<&BatchRow> for Batch {
    fn from(row: &BatchRow) -> Self {
        Self { id: row.id, state: row.state.clone(), rows: row.rows, begun_at: row.begun_at }
    }
}

/// Lists the outside numbers that are shown.
pub const LIST: About = About::pages::<Reference>("references.list").asked::<PagingIn>();

/// `GET /api/v1/plans/{key}/references`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Named(key): Named<String>,
    Asked(paging): Asked<PagingIn>,
) -> Result<Response, Halt> {
    let limit = reply::limit(paging.limit)?;
    let after = match reply::opened(paging.after.as_deref())? {
        None => (0, 0),
        Some(key) => key
            .split_once('.')
            .and_then(|(batch, position)| Some((batch.parse().ok()?, position.parse().ok()?)))
            .ok_or_else(|| reply::misfit("?after", "a value that an earlier page gave as next"))?,
    };
    let (rows, next) = references::page(&web.app, &caller.session, &key, paging.edition, after, limit).await?;
    let row = |r: references::Reference| Reference { commitment: r.commitment, system: r.system, key: r.key };
    let next = next.map(|(batch, position)| format!("{batch}.{position}"));
    reply::page(&uri, rows.into_iter().map(row).collect(), next)
}

/// The batch that was begun (已开始的批次).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BatchBegun {
    /// Its number (批次编号).
    pub id: i64,
}

/// Begins a batch.
pub const BEGIN: About = About::gives::<BatchBegun>("references.begin").asked::<Which>().status(StatusCode::CREATED);

/// `POST /api/v1/plans/{key}/references/batches`.
pub async fn begin(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let place = references::place(&web.app, &caller.session, &key, which.edition).await?;
    let answer = move |id: &i64| {
        let asked = which.edition.map_or_else(String::new, |edition| format!("?edition={edition}"));
        reply::made(&BatchBegun { id: *id }, format!("/api/v1/plans/{key}/references/batches/{id}{asked}"))
    };
    let session = caller.session.on(caller.terms(body.digest, answer.clone())?);
    let id = staging::begin(&web.app, &session, KIND, place).await?;
    Ok(reply::answered(answer(&id), false))
}

/// Shows how far a batch is.
pub const SHOW: About = About::gives::<Batch>("references.batch").asked::<Which>();

/// `GET /api/v1/plans/{key}/references/batches/{id}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    Named((key, id)): Named<(String, i64)>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let place = references::place(&web.app, &caller.session, &key, which.edition).await?;
    reply::json(&Batch::from(&staging::find(&web.app, &caller.session, KIND, place, id).await?))
}

/// Rows for a batch (批次的内容).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct References {
    /// The rows: all of them are kept, or none (各条).
    #[schema(min_items = 1, max_items = 500)]
    rows: Vec<Reference>,
}

/// Adds rows to a batch.
pub const ADD: About = About::gives::<Batch>("references.add").asked::<Which>().takes::<References>();

/// `POST /api/v1/plans/{key}/references/batches/{id}/rows`.
pub async fn add(
    State(web): State<Web>,
    caller: Caller,
    Named((key, id)): Named<(String, i64)>,
    Asked(which): Asked<Which>,
    body: Body<References>,
) -> Result<Response, Halt> {
    let place = references::place(&web.app, &caller.session, &key, which.edition).await?;
    let answer = |row: &BatchRow| reply::answer(StatusCode::OK, &Batch::from(row));
    let session = caller.session.on(caller.terms(body.digest, answer)?);
    let row = |r: Reference| {
        let value = serde_json::json!({ "commitment": r.commitment, "system": r.system, "key": r.key });
        (r.commitment.to_string(), value)
    };
    let rows = body.value.rows.into_iter().map(row).collect();
    let batch = staging::add(&web.app, &session, KIND, place, id, rows).await?;
    Ok(reply::answered(answer(&batch), false))
}

const fn step(id: &'static str) -> About {
    About::step(id).asked::<Which>()
}

/// Shows all rows of a batch at once.
pub const TURN: About = step("references.show");

/// `POST /api/v1/plans/{key}/references/batches/{id}/show`.
pub async fn turn(
    State(web): State<Web>,
    caller: Caller,
    Named((key, id)): Named<(String, i64)>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let place = references::place(&web.app, &caller.session, &key, which.edition).await?;
    reply::done(staging::show(&web.app, &caller.once(body.digest)?, KIND, place, id).await)
}

/// Drops a batch.
pub const DROP: About = step("references.drop");

/// `POST /api/v1/plans/{key}/references/batches/{id}/drop`.
pub async fn discard(
    State(web): State<Web>,
    caller: Caller,
    Named((key, id)): Named<(String, i64)>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let place = references::place(&web.app, &caller.session, &key, which.edition).await?;
    reply::done(staging::discard(&web.app, &caller.once(body.digest)?, KIND, place, id).await)
}
