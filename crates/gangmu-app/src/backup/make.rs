//! Makes a backup (备份): the file first, then the record of it.

use super::{PRUNE, REHEARSE, detail, kept, name_at, tell};
use crate::{
    app::App,
    jobs::{self, Job, JobError, NewJob},
    messages::Kind,
    operate::{Done, Operation, Record, operate},
    ports::Saved,
    session::Session,
};
use gangmu_kernel::{ids::AccountId, refusal::Reason};
use gangmu_store::{
    backup::rows::{self, BackupRow},
    journal::Object,
};
use jiff::{SignedDuration, Timestamp};

/// Does the job of making one. What fails is recorded as well, and tried again.
pub(super) async fn job(app: App, job: Job) -> Result<(), JobError> {
    let Some(backups) = app.backups() else { return Err(JobError::permanent("backup-no-vault", "")) };
    let now = app.now();
    let name = name_at(now);
    let asked = job.payload["account_name"].as_str().map(str::to_owned);
    let by = (AccountId(job.payload["account"].as_i64().unwrap_or(0)), asked.clone());
    match backups.vault.save(&name, now).await {
        Ok(saved) => {
            let row = made(name, if asked.is_some() { "asked" } else { "scheduled" }, now, by, &saved);
            record(&app, &Session::system(), row, Some(job)).await.map_err(JobError::from)
        }
        Err(reason) => {
            failed(&app, name, now, by, &reason, job.id).await?;
            Err(JobError::passing(reason.code, detail(&reason.fields)))
        }
    }
}

fn made(name: String, origin: &str, now: Timestamp, by: (AccountId, Option<String>), saved: &Saved) -> BackupRow {
    let manifest = &saved.manifest;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    BackupRow {
        name,
        origin: origin.to_owned(),
        state: "kept".to_owned(),
        made_at: now,
        account: by.0,
        account_name: by.1.unwrap_or_default(),
        bytes: count(saved.bytes),
        seal: Some(saved.seal.clone()),
        rows: count(manifest.rows()),
        blobs: count(manifest.blobs.count),
        damaged: manifest.blobs.damaged.len() as i64,
        journal_seq: manifest.journal.seq,
        failure: None,
        removed_at: None,
        rehearsed_at: None,
        rehearsal: None,
    }
}

/// Records a backup, lets the surplus ones go, and rehearses it where that is due.
async fn record(app: &App, session: &Session, row: BackupRow, job: Option<Job>) -> Result<(), crate::Failure> {
    let days = app.backups().map_or(0, |backups| backups.rehearse_days);
    operate(app, session, Operation::new("backup.make"), move |work| {
        let digest = work.digest(&serde_json::json!({ "name": row.name, "seal": row.seal }));
        rows::add(work.tx, &row)?;
        let Some(job) = job else {
            return Ok(Done::recorded((), Record::on(Object::new("backup", &row.name)).after(digest)));
        };
        jobs::finish(work, &job)?;
        let next = |kind, payload| NewJob { kind, key: None, payload, run_at: None };
        jobs::enqueue(work, next(PRUNE, serde_json::json!({})))?;
        let rest = SignedDuration::from_hours(24 * i64::from(days));
        let last = rows::last_rehearsed(work.tx)?;
        // An hour is given, so that a timer that fires each day at the same minute is not always a moment too early.
        let due = last.is_none_or(|last| work.now.duration_since(last) + SignedDuration::from_hours(1) >= rest);
        if days > 0 && due {
            jobs::enqueue(work, next(REHEARSE, serde_json::json!({ "name": row.name })))?;
        }
        Ok(Done::recorded((), Record::on(Object::new("backup", &row.name)).after(digest)))
    })
    .await
}

/// Records a backup that somebody made at the console, outside the folder of backups.
pub async fn record_console(app: &App, session: &Session, file: &str, saved: &Saved) -> Result<(), crate::Failure> {
    let digest = serde_json::json!({ "name": file, "seal": saved.seal });
    operate(app, session, Operation::new("backup.make"), move |work| {
        let after = work.digest(&digest);
        Ok(Done::recorded((), Record::on(Object::new("backup", "console")).after(after)))
    })
    .await
}

async fn failed(
    app: &App,
    name: String,
    now: Timestamp,
    by: (AccountId, Option<String>),
    reason: &Reason,
    job: i64,
) -> Result<(), crate::Failure> {
    let row = BackupRow {
        name,
        origin: if by.1.is_some() { "asked" } else { "scheduled" }.to_owned(),
        state: "failed".to_owned(),
        made_at: now,
        account: by.0,
        account_name: by.1.unwrap_or_default(),
        bytes: 0,
        seal: None,
        rows: 0,
        blobs: 0,
        damaged: 0,
        journal_seq: 0,
        failure: Some(kept(reason)),
        removed_at: None,
        rehearsed_at: None,
        rehearsal: None,
    };
    operate(app, &Session::system(), Operation::under("backup.failed", "backup.make"), move |work| {
        // A second attempt within the same second has the same name.
        if rows::find(work.tx, &row.name)?.is_some() {
            return Ok(Done::nothing(()));
        }
        rows::add(work.tx, &row)?;
        // Further attempts of the same job tell nothing new.
        tell(work, Kind::BackupFailed, &row.name, format!("backup-failed:{job}"))?;
        let digest = work.digest(&serde_json::json!({ "name": row.name, "failure": row.failure }));
        Ok(Done::recorded((), Record::on(Object::new("backup", &row.name)).after(digest)))
    })
    .await
}
