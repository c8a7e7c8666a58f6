//! Signing checkpoints of the journal (签发检查点): into the database, and out of it into a file on another medium.

use crate::{
    app::App,
    failure::Failure,
    jobs::{Job, JobError, Registry, Schedule},
    operate::{Done, Operation, Record, housekeep, look, operate},
    session::Session,
};
pub use gangmu_store::journal::checkpoint::Checkpoint;
use gangmu_store::{
    Fault,
    journal::{self, Head, Object, checkpoint as rows},
};
use jiff::SignedDuration;
use std::io;

const KIND: &str = "journal.checkpoint";

/// A checkpoint is due after so many entries, or after so long where there is any new one.
const ENTRIES: i64 = 1000;
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The timer that signs what is due.
pub(crate) fn register(registry: Registry) -> Registry {
    registry.on(KIND, sign_due).timer("journal-checkpoint", KIND, Schedule::minutes(10))
}

async fn sign_due(app: App, _: Job) -> Result<(), JobError> {
    let found = app.db.read::<_, Fault>(|tx| Ok((journal::head(tx)?, rows::newest(tx, 1)?)));
    let (head, newest) = found.await.map_err(Failure::from)?;
    let due = match newest.first() {
        None => head.seq > 0,
        Some(last) => {
            let new = head.seq - last.head.seq;
            new >= ENTRIES || new > 0 && app.now().duration_since(last.at) >= LONGEST
        }
    };
    if due {
        sign(&app, head).await?;
    }
    // What an earlier attempt did not get into the file gets there now.
    copy_out(&app).await.map_err(|error| JobError::passing("jobs-checkpoint-file", error))
}

/// Signs a checkpoint now, for somebody who asks for it; it covers the entry that says so.
pub async fn checkpoint(app: &App, session: &Session) -> Result<Checkpoint, Failure> {
    operate(app, session, Operation::under("journal.checkpoint", "journal.export"), |_| {
        Ok(Done::recorded((), Record::on(Object::new("journal", "whole"))))
    })
    .await?;
    let head = app.db.read::<_, Fault>(journal::head).await?;
    let signed = sign(app, head).await?;
    if let Err(error) = copy_out(app).await {
        tracing::error!(problem = %error, "a checkpoint could not be written into its file; the timer tries again");
        return Err(Failure::refused(super::JournalRefusal::FileUnwritable { problem: error.to_string() }));
    }
    Ok(signed)
}

/// The newest checkpoints, newest first.
pub async fn newest(app: &App, session: &Session) -> Result<Vec<Checkpoint>, Failure> {
    look(app, session, "journal.read", |tx| Ok(rows::newest(tx, 5)?)).await
}

async fn sign(app: &App, head: Head) -> Result<Checkpoint, Failure> {
    let (at, key) = (app.now(), app.seal().public());
    // As the database keeps it: to the microsecond.
    let at = jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    let signature = app.seal().sign(&Checkpoint::words(head, at, &key));
    let signed = Checkpoint { head, at, key, signature };
    let row = signed.clone();
    housekeep(app, move |tx| rows::add(tx, &row)).await?;
    Ok(signed)
}

/// Appends to the file what the database has signed since its last line.
async fn copy_out(app: &App) -> io::Result<()> {
    let file = app.checkpoints.clone();
    let text = tokio::task::spawn_blocking(move || file.read()).await.map_err(io::Error::other)??;
    let last = text.lines().filter_map(Checkpoint::read).map(|line| line.head.seq).max().unwrap_or(0);
    let missing =
        app.db.read(move |tx| rows::after(tx, last, 10_000)).await.map_err(|fault: Fault| io::Error::other(fault))?;
    let lines: String = missing.iter().map(Checkpoint::line).collect();
    if lines.is_empty() {
        return Ok(());
    }
    // A line that was torn when the machine stopped must not take the next one with it.
    let lines = if text.is_empty() || text.ends_with('\n') { lines } else { format!("\n{lines}") };
    let file = app.checkpoints.clone();
    tokio::task::spawn_blocking(move || file.append(&lines)).await.map_err(io::Error::other)?
}
