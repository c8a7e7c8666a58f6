//! Signing checkpoints of the journal (签发检查点): into the database, and out of it into a file on another medium and
//! by mail to the audit administrators, so that nobody who owns this machine can take all of them back.

use crate::{
    access::Role,
    app::{App, day_of, minute_of},
    failure::Failure,
    jobs::{Job, JobError, Registry, Schedule},
    messages::{self, Kind, Message, To},
    operate::{Done, Operation, Record, Work, housekeep, look, operate},
    session::Session,
};
pub use gangmu_store::journal::checkpoint::Checkpoint;
use gangmu_store::{
    Fault,
    journal::{self, Head, Object, checkpoint as rows},
};
use jiff::SignedDuration;
use std::{collections::BTreeMap, io};

const KIND: &str = "journal.checkpoint";
const TELL: Operation = Operation::under("journal.tell", "messages.deliver");

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
        // One a day is enough to keep: it covers all that came before.
        let today = day_of(app.now());
        let tells = newest.first().is_none_or(|last| day_of(last.at) < today);
        sign(&app, head, tells).await?;
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
    let signed = sign(app, head, true).await?;
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

/// A page of checkpoints of entries before that one, newest first.
pub async fn page(app: &App, session: &Session, before: Option<i64>, limit: u32) -> Result<Vec<Checkpoint>, Failure> {
    let before = before.unwrap_or(i64::MAX);
    look(app, session, "journal.read", move |tx| Ok(rows::before(tx, before, i64::from(limit))?)).await
}

async fn sign(app: &App, head: Head, tells: bool) -> Result<Checkpoint, Failure> {
    let (at, key) = (app.now(), app.seal().public());
    // As the database keeps it: to the microsecond.
    let at = jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    let signature = app.seal().sign(&Checkpoint::words(head, at, &key));
    let signed = Checkpoint { head, at, key, signature };
    let row = signed.clone();
    if !tells {
        housekeep(app, move |tx| rows::add(tx, &row)).await?;
        return Ok(signed);
    }
    operate(app, &Session::system(), TELL, move |work| {
        rows::add(work.tx, &row)?;
        tell(work, &row)?;
        Ok(Done::recorded((), Record::on(Object::new("journal", "whole"))))
    })
    .await?;
    Ok(signed)
}

/// Gives the line to all audit administrators, to be kept where nobody of this house can change it.
fn tell(work: &mut Work<'_, '_>, signed: &Checkpoint) -> Result<(), Failure> {
    let entry = signed.head.seq.to_string();
    let key = format!("journal-checkpoint:{entry}");
    let fields = [("entry", entry), ("at", minute_of(signed.at)), ("line", signed.line().trim_end().to_owned())];
    let fields: BTreeMap<_, _> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let message = Message { kind: Kind::JournalCheckpoint, fields, address: "/journal".to_owned(), key };
    messages::send(work, &[To::Role(Role::Audit, None)], &message)
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
