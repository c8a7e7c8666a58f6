//! Bulk input (批量录入): rows come some hundred at a time into a batch that nobody sees; one short operation shows all of them,
//! or the batch is dropped. Other people's writes get their turn between; a crash leaves an unseen batch, which is swept.
//!
//! What the rows are is the business of a [`Kind`]: its action, and how its rows are checked before they are kept.

use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, authorise, housekeep, housekeep_for, look, operate},
    session::Session,
};
use gangmu_kernel::refusal::{Reasons, Refusal};
pub use gangmu_store::staging::BatchRow;
use gangmu_store::{Tx, journal::Object, staging as rows};
use jiff::SignedDuration;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// An open batch that nobody has written to for so long is dropped.
pub const ABANDONED: SignedDuration = SignedDuration::from_hours(24);

/// Checks rows of a place before they are kept; every row that does not fit, with the reason.
pub type Check = fn(&mut Tx<'_>, &str, &[(String, Json)]) -> Result<Vec<StagingRefusal>, Failure>;

/// What the rows of a batch are (批次类型).
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// The word in tables.
    pub word: &'static str,
    /// The action of the access matrix.
    pub action: &'static str,
    /// Checks rows.
    pub check: Check,
}

/// Why rows or a batch are not taken (批次方面的拒绝理由).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StagingRefusal {
    /// More rows than come at once.
    TooMany {
        /// Rows allowed.
        most: usize,
    },
    /// No rows at all.
    Empty,
    /// The batch was shown or dropped.
    Closed {
        /// Where it stands.
        state: String,
    },
    /// A row does not fit.
    Row {
        /// Its place in what was sent, from 1.
        row: usize,
        /// What is wrong: the key of its words.
        problem: &'static str,
    },
}

impl Refusal for StagingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "staging-too-many",
            Self::Empty => "staging-empty",
            Self::Closed { .. } => "staging-closed",
            Self::Row { problem, .. } => problem,
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::TooMany { most } => BTreeMap::from([("most", most.to_string())]),
            Self::Closed { state } => BTreeMap::from([("state", state.clone())]),
            Self::Row { row, .. } => BTreeMap::from([("row", row.to_string())]),
            Self::Empty => BTreeMap::new(),
        }
    }
}

/// The batch as an object of the journal.
fn object(id: i64) -> Object {
    Object::new("batch", id)
}

/// Begins a batch for that place.
pub async fn begin(app: &App, session: &Session, kind: Kind, place: String) -> Result<i64, Failure> {
    authorise(app, session, kind.action)?;
    let (now, by) = (app.now(), session.by());
    housekeep_for(app, session, move |tx| Ok(rows::begin(tx, kind.word, &place, (by.account, &by.name), now)?)).await
}

/// The batch of that key, for who brings it.
fn own(tx: &mut Tx<'_>, session: &Session, kind: Kind, place: &str, id: i64) -> Result<BatchRow, Failure> {
    let mine = |row: &BatchRow| row.account == session.actor.account && row.kind == kind.word && row.place == place;
    rows::find(tx, id)?.filter(mine).ok_or(Failure::Absent("batch"))
}

/// Adds rows to an open batch, all or none of them; the batch as it is then.
pub async fn add(
    app: &App,
    session: &Session,
    kind: Kind,
    place: String,
    id: i64,
    more: Vec<(String, Json)>,
) -> Result<BatchRow, Failure> {
    authorise(app, session, kind.action)?;
    let mut refusals = Vec::new();
    if more.is_empty() {
        refusals.push(StagingRefusal::Empty);
    }
    if more.len() > rows::STEP {
        refusals.push(StagingRefusal::TooMany { most: rows::STEP });
    }
    if let Some(reasons) = Reasons::of(&refusals) {
        return Err(reasons.into());
    }
    let (now, asks) = (app.now(), session.clone());
    housekeep_for(app, session, move |tx| {
        let batch = own(tx, &asks, kind, &place, id)?;
        let mut refusals = (kind.check)(tx, &place, &more)?;
        if batch.state != "open" {
            refusals.push(StagingRefusal::Closed { state: batch.state.clone() });
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        Ok(rows::add(tx, &batch, &more, now)?)
    })
    .await
}

/// How far a batch is.
pub async fn find(app: &App, session: &Session, kind: Kind, place: String, id: i64) -> Result<BatchRow, Failure> {
    let asks = session.clone();
    look(app, session, kind.action, move |tx| own(tx, &asks, kind, &place, id)).await
}

/// Shows all rows of the batch at once: one row of the batch changes, however many rows it has.
pub async fn show(app: &App, session: &Session, kind: Kind, place: String, id: i64) -> Result<(), Failure> {
    let operation = Operation { name: "staging.show", action: kind.action };
    operate(app, session, operation, move |work| {
        let batch = own(work.tx, work.session, kind, &place, id)?;
        if batch.rows == 0 {
            return Err(Failure::refused(StagingRefusal::Empty));
        }
        if !rows::show(work.tx, id, work.now)? {
            return Err(Failure::refused(StagingRefusal::Closed { state: batch.state }));
        }
        // The digest grew with the rows, so that the entry covers each of them and still costs nothing now.
        let after = work.digest(&(kind.word, &place, batch.rows, batch.digest));
        Ok(Done::recorded((), Record::on(object(id)).after(after)))
    })
    .await
}

/// Drops a batch, shown or not; its rows go in small steps behind this.
pub async fn discard(app: &App, session: &Session, kind: Kind, place: String, id: i64) -> Result<(), Failure> {
    let dropped = operate(app, session, Operation { name: "staging.drop", action: kind.action }, move |work| {
        let batch = own(work.tx, work.session, kind, &place, id)?;
        if !rows::drop_batch(work.tx, id, &batch.state, work.now)? || batch.state == "dropped" {
            return Ok(Done::nothing(()));
        }
        let before = work.digest(&(kind.word, &place, batch.rows, batch.digest));
        Ok(Done::recorded((), Record::on(object(id)).before(before)))
    });
    dropped.await?;
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(failure) = sweep(&app).await {
            tracing::warn!(%failure, "a dropped batch is left for the next start");
        }
    });
    Ok(())
}

/// Removes what was dropped, step by step.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    while housekeep(app, rows::sweep).await? {}
    Ok(())
}

/// Drops what was abandoned and removes what was dropped: once, at the start.
pub async fn recover(app: &App) -> Result<(), Failure> {
    let now = app.now();
    let abandoned = housekeep(app, move |tx| rows::abandon(tx, now - ABANDONED, now)).await?;
    if abandoned > 0 {
        tracing::warn!(abandoned, "batches that nobody went on with were dropped");
    }
    sweep(app).await
}
