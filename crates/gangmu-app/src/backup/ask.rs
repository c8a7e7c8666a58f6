//! Asks for a backup or a rehearsal now (立即备份、演练): a job is handed in, and the page shows when it is done.

use super::{MAKE, REHEARSE};
use crate::{
    app::App,
    failure::Failure,
    jobs::{self, NewJob},
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::refusals;
use gangmu_store::{backup::rows, journal::Object};

refusals! {
    /// Why a backup or a rehearsal is not begun (备份不能开始).
    #[derive(Clone)]
    pub enum AskRefusal {
        /// One is under way.
        #[error("one is under way")]
        UnderWay {} = "backup-under-way",
        /// This program has no folder for backups.
        #[error("there is no folder for backups")]
        NoVault {} = "backup-no-vault",
        /// There is no backup to rehearse.
        #[error("there is no backup")]
        NothingKept {} = "backup-nothing-kept",
    }
}

/// Asks for a backup now.
pub async fn ask_backup(app: &App, session: &Session) -> Result<(), Failure> {
    ask(app, session, Operation::under("backup.ask", "backup.make"), MAKE, None).await
}

/// Asks for a rehearsal of that backup, or of the newest, now.
pub async fn ask_rehearsal(app: &App, session: &Session, name: Option<String>) -> Result<(), Failure> {
    ask(app, session, Operation::under("backup.ask_rehearsal", "backup.rehearse"), REHEARSE, name).await
}

async fn ask(
    app: &App,
    session: &Session,
    operation: Operation,
    kind: &'static str,
    name: Option<String>,
) -> Result<(), Failure> {
    crate::operate::authorise(app, session, operation.action)?;
    if app.backups().is_none() {
        return Err(Failure::refused(AskRefusal::NoVault {}));
    }
    operate(app, session, operation, move |work| {
        if rows::is_under_way(work.tx, kind)? {
            return Err(Failure::refused(AskRefusal::UnderWay {}));
        }
        if kind == REHEARSE {
            let kept = rows::kept(work.tx)?;
            match &name {
                Some(name) if !kept.iter().any(|row| row.name == *name) => return Err(Failure::Absent("backup")),
                None if kept.is_empty() => return Err(Failure::refused(AskRefusal::NothingKept {})),
                _ => {}
            }
        }
        let by = work.session.by();
        let payload = serde_json::json!({ "name": name, "account": by.account.0, "account_name": by.name });
        jobs::enqueue(work, NewJob { kind, key: None, payload, run_at: None })?;
        Ok(Done::recorded((), Record::on(Object::new("backup", name.as_deref().unwrap_or("newest")))))
    })
    .await
}
