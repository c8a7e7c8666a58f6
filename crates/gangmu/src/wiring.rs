//! Puts the parts together (接线): the database with its schema, the clock, randomness, the reader of documents.

use crate::{
    config::{BackupSettings, Config},
    console::{Console, Stop, chain},
    files,
    random::SystemRandom,
    reader::ChildReader,
    seal,
    vault::shelf::Shelf,
};
use gangmu_app::{App, Session, Wiring, accounts::passwords::Cost, backup::Backups, ports::Clock};
use gangmu_store::{Db, Limits, Location, blobs::Folder, migrate};
use std::{path::Path, sync::Arc};

/// Opens the database, making the data folder where it is needed.
pub fn database(config: &Config, console: &Console) -> Result<Db, Stop> {
    folder(&config.data, console)?;
    let location = config.database();
    if let Location::Sqlite(path) = &location
        && let Some(of) = path.parent()
    {
        folder(of, console)?;
    }
    Db::open(&location, Limits::default()).map_err(|fault| console.database(&fault))
}

fn folder(path: &Path, console: &Console) -> Result<(), Stop> {
    files::folder(path).map_err(|error| {
        let folder = path.display().to_string();
        console.stop("serve-data-failed", &[("folder", folder), ("problem", error.to_string())])
    })
}

/// Brings the database up to date.
pub async fn migrated(db: &Db, console: &Console) -> Result<(), Stop> {
    let done = migrate(db).await;
    done.map(drop).map_err(|fault| console.database(&fault))
}

/// The application over a database that is brought up to date first.
pub async fn app(config: &Config, db: Db, clock: Arc<dyn Clock>, console: &Console) -> Result<App, Stop> {
    migrated(&db, console).await?;
    unmigrated(config, db, clock, console)
}

/// The application over a database that is taken as it is.
pub fn unmigrated(config: &Config, db: Db, clock: Arc<dyn Clock>, console: &Console) -> Result<App, Stop> {
    let seal = seal::open(&config.journal_key(), console)?;
    let reader =
        ChildReader::new().map_err(|error| console.stop("command-runtime", &[("problem", error.to_string())]))?;
    let (random, reader, blobs) = (Arc::new(SystemRandom), Arc::new(reader), Arc::new(files(config, console)?));
    let checkpoints = Arc::new(files::Checkpoints(config.checkpoints()));
    let (attachments, link_key) = (config.attachments, seal::secret(&config.link_key(), "links-key", console)?);
    Ok(App::new(Wiring {
        db,
        clock,
        random,
        reader,
        blobs,
        attachments,
        link_key,
        cost: Cost::Full,
        seal,
        checkpoints,
    }))
}

/// The files beside the database: in the data folder, which several processes on one PostgreSQL must share.
pub fn files(config: &Config, console: &Console) -> Result<Folder, Stop> {
    Folder::at(config.data.join("files")).map_err(|fault| {
        let folder = config.data.display().to_string();
        console.stop("serve-data-failed", &[("folder", folder), ("problem", chain(&fault))])
    })
}

/// How this house is backed up, as the configuration says.
pub fn backups(config: &Config) -> Backups {
    let BackupSettings { at, keep, rehearse_days, .. } = config.backups;
    Backups { vault: Arc::new(shelf(config)), at, keep, rehearse_days }
}

/// The folder of backups.
pub fn shelf(config: &Config) -> Shelf {
    Shelf {
        folder: config.backups.folder.clone().unwrap_or_else(|| config.data.join("backups")),
        location: config.database(),
        data: config.data.clone(),
        configuration: config.without_secrets(),
    }
}

/// The session of whoever sits at this machine's console; the journal shows this name.
pub fn console_session() -> Session {
    Session::console("console")
}
