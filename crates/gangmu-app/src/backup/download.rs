//! Hands out the file of a backup (下载备份), which is journaled: it holds everything.

use super::ask::AskRefusal;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    ports::VaultBytes,
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{backup::rows, journal::Object};

/// The bytes of that backup, piece by piece.
pub async fn download(app: &App, session: &Session, name: String) -> Result<VaultBytes, Failure> {
    crate::operate::authorise(app, session, "backup.download")?;
    let backups = app.backups().ok_or_else(|| Failure::refused(AskRefusal::NoVault {}))?;
    let asked = name.clone();
    operate(app, session, Operation::new("backup.download"), move |work| {
        let row = rows::find(work.tx, &asked)?.filter(|row| row.state == "kept").ok_or(Failure::Absent("backup"))?;
        let digest = work.digest(&serde_json::json!({ "name": row.name, "seal": row.seal }));
        Ok(Done::recorded((), Record::on(Object::new("backup", &row.name)).after(digest)))
    })
    .await?;
    let bytes = backups.vault.read(&name).await;
    bytes.map_err(|reason| Reasons::gather(vec![reason]).map_or(Failure::Absent("backup"), Failure::Refused))
}
