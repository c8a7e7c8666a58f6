//! Rehearses a restore (恢复演练): the backup becomes a database beside the house, is compared, and goes again.

use super::{kept, tell};
use crate::{
    app::App,
    failure::Failure,
    jobs::{self, Job, JobError},
    messages::Kind,
    operate::{Done, Operation, Record, Work, operate},
    ports::Rehearsed,
    session::Session,
};
use gangmu_kernel::refusal::Reason;
use gangmu_store::{
    Fault,
    backup::rows,
    journal::{self, Object, canonical::hex},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a rehearsal found (演练报告).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Could the backup be restored, with every row and every checksum right?
    pub good: bool,
    /// Why not: the code of its sentence.
    pub code: Option<String>,
    /// And its facts.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Rows that were restored and read back.
    pub rows: u64,
    /// Attachments whose bytes were compared.
    pub blobs: u64,
    /// Entries of the journal that were verified.
    pub journal: i64,
    /// Is the restored journal the beginning of the journal of this house?
    pub same_journal: bool,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Does the job. That a backup can't be restored is what a rehearsal is for: it is recorded, and the job is done.
pub(super) async fn job(app: App, job: Job) -> Result<(), JobError> {
    let Some(backups) = app.backups() else { return Err(JobError::permanent("backup-no-vault", "")) };
    let name = match job.payload["name"].as_str() {
        Some(name) => name.to_owned(),
        None => {
            let kept = app.database().read::<_, Fault>(rows::kept).await.map_err(Failure::from)?;
            let newest = kept.into_iter().next().map(|row| row.name);
            newest.ok_or_else(|| JobError::permanent("backup-nothing-kept", ""))?
        }
    };
    let found = backups.vault.rehearse(&name).await;
    let system = Session::system();
    let recorded = operate(&app, &system, Operation::new("backup.rehearse"), move |work| {
        let report = report(work, found)?;
        let kept = serde_json::to_value(&report).unwrap_or_default();
        rows::rehearsed(work.tx, &name, work.now, &kept)?;
        jobs::finish(work, &job)?;
        if !report.good {
            tell(work, Kind::RehearsalFailed, &name, format!("rehearsal-failed:{}", job.id))?;
        }
        let digest = work.digest(&kept);
        Ok(Done::recorded((), Record::on(Object::new("backup", &name)).after(digest)))
    });
    Ok(recorded.await?)
}

fn report(work: &mut Work<'_, '_>, found: Result<Rehearsed, Reason>) -> Result<Report, Failure> {
    let rehearsed = match found {
        Ok(rehearsed) => rehearsed,
        Err(reason) => {
            let fields = serde_json::from_value(kept(&reason)["fields"].clone()).unwrap_or_default();
            let code = Some(reason.code.to_owned());
            return Ok(Report {
                good: false,
                code,
                fields,
                rows: 0,
                blobs: 0,
                journal: 0,
                same_journal: false,
                took_ms: 0,
            });
        }
    };
    // The entry at which the backup's journal ends stands in this house's journal too, under the same hash.
    let seq = rehearsed.journal.seq;
    let here = journal::after(work.tx, seq - 1, 1)?.into_iter().find(|recorded| recorded.seq == seq);
    let same_journal = seq == 0 || here.is_some_and(|recorded| hex(&recorded.hash) == rehearsed.journal.hash);
    Ok(Report {
        good: same_journal,
        code: (!same_journal).then(|| "backup-other-journal".to_owned()),
        fields: BTreeMap::from([("seq".to_owned(), seq.to_string())]),
        rows: rehearsed.restored.rows,
        blobs: rehearsed.restored.blobs,
        journal: rehearsed.restored.journal,
        same_journal,
        took_ms: rehearsed.took_ms,
    })
}
