//! A place for backups in memory (测试备份柜): real backups of the district's database, whose bytes a test can hurt.

use gangmu_app::ports::{Keeping, Rehearsed, Saved, Vault, VaultBytes, VaultFile};
use gangmu_kernel::refusal::{Reason, Refusal};
use gangmu_store::{
    Location,
    backup::{self, Archive, Blobs, Making, Shelf, Stopped},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read},
    sync::{Arc, Mutex, MutexGuard},
};

/// Backups in memory.
#[derive(Clone)]
pub struct MemoryVault {
    location: Location,
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    full: Arc<Mutex<bool>>,
}

struct Empty;

impl Blobs for Empty {
    fn list(&mut self) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }

    fn open(&mut self, _: &str) -> io::Result<Option<Box<dyn Read>>> {
        Ok(None)
    }
}

impl Shelf for Empty {
    fn place(&mut self, _: &str, _: &mut dyn Read) -> io::Result<()> {
        Ok(())
    }
}

impl MemoryVault {
    /// Of that database.
    pub fn of(location: &Location) -> Self {
        Self { location: location.clone(), files: Arc::default(), full: Arc::default() }
    }

    /// The files, for a test to look at and to hurt.
    pub fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().expect("no test panics while it holds the files")
    }

    /// Lets the disk be full from now on, or no longer.
    pub fn fill(&self, full: bool) {
        *self.full.lock().expect("no test panics while it holds the disk") = full;
    }
}

fn reason(stopped: &Stopped) -> Reason {
    match stopped {
        Stopped::Refused(refused) => Reason { code: refused.code(), fields: refused.fields() },
        other => Reason { code: "backup-stream-failed", fields: [("problem", other.to_string())].into() },
    }
}

/// The drivers block, so they work on a thread of their own.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, Stopped> + Send) -> Result<T, Reason> {
    std::thread::scope(|scope| scope.spawn(work).join().expect("the work ends")).map_err(|stopped| reason(&stopped))
}

impl Vault for MemoryVault {
    fn folder(&self) -> String {
        "memory".to_owned()
    }

    fn files(&self) -> Keeping<'_, Vec<VaultFile>> {
        let file = |(name, bytes): (&String, &Vec<u8>)| VaultFile { name: name.clone(), bytes: bytes.len() as u64 };
        let found = Self::files(self).iter().map(file).collect();
        Box::pin(async { Ok(found) })
    }

    fn save<'a>(&'a self, name: &'a str, now: Timestamp) -> Keeping<'a, Saved> {
        let full = *self.full.lock().expect("no test panics while it holds the disk");
        let made = apart(|| {
            if full {
                return Err(io::Error::other("No space left on device").into());
            }
            let making = Making { program: "test", now, blobs: &mut Empty, others: Vec::new() };
            backup::make(&self.location, Cursor::new(Vec::new()), making)
        });
        Box::pin(async move {
            let (manifest, seal, file) = made?;
            let bytes = file.into_inner();
            let saved = Saved { manifest, seal, bytes: bytes.len() as u64 };
            Self::files(self).insert(name.to_owned(), bytes);
            Ok(saved)
        })
    }

    fn rehearse<'a>(&'a self, name: &'a str) -> Keeping<'a, Rehearsed> {
        let bytes = Self::files(self).get(name).cloned().unwrap_or_default();
        let rehearsed = apart(|| {
            let mut archive = Archive::open(Cursor::new(bytes))?;
            let manifest = backup::check(&mut archive, "test")?;
            let into = crate::databases::Fresh::sqlite();
            let restored = backup::restore(&mut archive, &manifest, &into.location, &mut Empty)?;
            Ok(Rehearsed { restored, journal: manifest.journal, took_ms: 1500 })
        });
        Box::pin(async { rehearsed })
    }

    fn remove<'a>(&'a self, name: &'a str) -> Keeping<'a, ()> {
        Self::files(self).remove(name);
        Box::pin(async { Ok(()) })
    }

    fn read<'a>(&'a self, name: &'a str) -> Keeping<'a, VaultBytes> {
        let bytes = Self::files(self).get(name).cloned().unwrap_or_default();
        Box::pin(async move {
            let (give, pieces) = tokio::sync::mpsc::channel(4);
            let length = bytes.len() as u64;
            tokio::spawn(async move {
                for piece in bytes.chunks(1000) {
                    if give.send(Ok(piece.to_vec())).await.is_err() {
                        break;
                    }
                }
            });
            Ok(VaultBytes { length, pieces })
        })
    }
}
