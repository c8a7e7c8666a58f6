//! The folder of backups as the application sees it (备份存放处).

use super::{Saved, VaultFault, rehearse, save};
use gangmu_app::ports::{Keeping, Rehearsed, Vault, VaultBytes, VaultFile};
use gangmu_kernel::refusal::Reason;
use gangmu_store::Location;
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};
use tokio::sync::{mpsc, oneshot};

/// The ending of every backup's name.
const ENDING: &str = ".gangmu";

/// A folder with backups, and what they are made of.
#[derive(Clone)]
pub struct Shelf {
    /// The folder.
    pub folder: PathBuf,
    /// The database.
    pub location: Location,
    /// The data folder.
    pub data: PathBuf,
    /// The configuration without secrets.
    pub configuration: String,
}

impl Shelf {
    fn file(&self, name: &str) -> PathBuf {
        // A name is a name, never a way out of the folder.
        self.folder.join(Path::new(name).file_name().unwrap_or_default())
    }

    /// The newest file by its name, which tells its instant.
    pub fn newest(&self) -> Option<PathBuf> {
        let files = files(&self.folder).ok()?;
        files.into_iter().map(|file| file.name).max().map(|name| self.file(&name))
    }
}

/// The backups in a folder; none where there is no folder yet.
pub fn files(folder: &Path) -> Result<Vec<VaultFile>, VaultFault> {
    let at = VaultFault::at(folder);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(&at)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let about = entry.metadata().map_err(&at)?;
        if name.ends_with(ENDING) && about.is_file() {
            found.push(VaultFile { name, bytes: about.len() });
        }
    }
    found.sort_by(|a, b| b.name.cmp(&a.name));
    Ok(found)
}

/// Files and disks block, and so do the drivers: each piece of work has a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, VaultFault> + Send + 'static) -> Result<T, Reason> {
    let (tell, told) = oneshot::channel();
    let begun = std::thread::Builder::new().name("gangmu-vault".to_owned()).spawn(move || {
        // Whoever asked may have gone away; the work is done all the same.
        drop(tell.send(work()));
    });
    let stopped =
        |problem: String| Reason { code: "backup-stream-failed", fields: BTreeMap::from([("problem", problem)]) };
    begun.map_err(|error| stopped(error.to_string()))?;
    match told.await {
        Ok(done) => done.map_err(|fault| fault.reason()),
        Err(_) => Err(stopped("the work ended by a panic".to_owned())),
    }
}

impl Vault for Shelf {
    fn folder(&self) -> String {
        self.folder.display().to_string()
    }

    fn files(&self) -> Keeping<'_, Vec<VaultFile>> {
        let folder = self.folder.clone();
        Box::pin(apart(move || files(&folder)))
    }

    fn save<'a>(&'a self, name: &'a str, now: Timestamp) -> Keeping<'a, Saved> {
        let (shelf, to) = (self.clone(), self.file(name));
        Box::pin(apart(move || {
            crate::files::folder(&shelf.folder).map_err(VaultFault::at(&shelf.folder))?;
            super::sweep(&shelf.folder, "part-");
            let others = vec![(super::CONFIGURATION.to_owned(), shelf.configuration.into_bytes())];
            save(&shelf.location, &shelf.data, others, &to, now)
        }))
    }

    fn rehearse<'a>(&'a self, name: &'a str) -> Keeping<'a, Rehearsed> {
        let (data, file) = (self.data.clone(), self.file(name));
        Box::pin(apart(move || rehearse(&file, &data)))
    }

    fn remove<'a>(&'a self, name: &'a str) -> Keeping<'a, ()> {
        let file = self.file(name);
        Box::pin(apart(move || match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(VaultFault::at(&file)(error)),
            _ => Ok(()),
        }))
    }

    fn read<'a>(&'a self, name: &'a str) -> Keeping<'a, VaultBytes> {
        let file = self.file(name);
        Box::pin(apart(move || {
            let at = VaultFault::at(&file);
            #[expect(clippy::disallowed_methods, reason = "this is the place where backups are opened")]
            let mut opened = File::open(&file).map_err(&at)?;
            let length = opened.metadata().map_err(&at)?.len();
            let (give, pieces) = mpsc::channel(4);
            let pump = move || {
                let mut piece = vec![0; 1 << 16];
                loop {
                    let read = opened.read(&mut piece);
                    let last = !matches!(read, Ok(count) if count > 0);
                    let given = match read {
                        Ok(0) => break,
                        Ok(count) => give.blocking_send(Ok(piece[..count].to_vec())),
                        Err(error) => give.blocking_send(Err(error)),
                    };
                    // Whoever read has gone away, or there is no more.
                    if given.is_err() || last {
                        break;
                    }
                }
            };
            std::thread::Builder::new().name("gangmu-vault".to_owned()).spawn(pump).map_err(&at)?;
            Ok(VaultBytes { length, pieces })
        }))
    }
}
