//! Lets surplus backups go (清理旧备份), by the rule of the configuration.

use super::retention::surplus;
use crate::{
    app::App,
    failure::Failure,
    jobs::{self, Job, JobError},
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_store::{Fault, backup::rows, journal::Object};

/// Does the job: the files first, then the records; what a stop in between leaves is done by the next one.
pub(super) async fn job(app: App, job: Job) -> Result<(), JobError> {
    let Some(backups) = app.backups() else { return Err(JobError::permanent("backup-no-vault", "")) };
    let kept = app.database().read::<_, Fault>(rows::kept).await.map_err(Failure::from)?;
    let dated: Vec<_> = kept.iter().map(|row| (row.name.clone(), row.made_at)).collect();
    let gone = surplus(&dated, backups.keep);
    for name in &gone {
        let removed = backups.vault.remove(name).await;
        removed.map_err(|reason| JobError::passing(reason.code, super::detail(&reason.fields)))?;
    }
    let system = Session::system();
    let pruned = operate(&app, &system, Operation::under("backup.prune", "backup.make"), move |work| {
        for name in &gone {
            rows::remove(work.tx, name, work.now)?;
        }
        jobs::finish(work, &job)?;
        let digest = work.digest(&gone);
        Ok(Done::recorded((), Record::on(Object::new("backup", gone.len())).after(digest)))
    });
    Ok(pruned.await?)
}
