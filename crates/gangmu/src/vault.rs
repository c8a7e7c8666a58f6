//! The files of backups and attachments (备份文件): written beside their place first, tested, then moved into it.

pub mod shelf;

use crate::{clock::SystemClock, files};
pub use gangmu_app::ports::Saved;
use gangmu_app::ports::{Clock, Rehearsed};
use gangmu_kernel::refusal::{Reason, Refusal};
use gangmu_store::{
    Location,
    backup::{self, Archive, Blobs, Making, Manifest, Restored, Shelf, Stopped, is_blob_name},
};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Read, Write},
    path::{Path, PathBuf},
};

/// Why a backup was not written or not restored.
#[derive(Debug, thiserror::Error)]
pub enum VaultFault {
    /// For a reason of the backup or the database.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// There is a file of that name already.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The target holds something.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file or folder can't be used.
    #[error("{}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        #[source]
        problem: io::Error,
    },
}

impl VaultFault {
    fn at(file: &Path) -> impl Fn(io::Error) -> Self + use<> {
        let file = file.to_owned();
        move |problem| Self::File { file: file.clone(), problem }
    }

    /// The reason with its fields, for words.
    pub fn reason(&self) -> Reason {
        let of =
            |code, fields: &[(&'static str, String)]| Reason { code, fields: BTreeMap::from_iter(fields.to_vec()) };
        match self {
            Self::Stopped(Stopped::Refused(refused)) => Reason { code: refused.code(), fields: refused.fields() },
            Self::Stopped(Stopped::Fault(fault)) => {
                of("backup-database-failed", &[("problem", crate::console::chain(fault))])
            }
            Self::Stopped(Stopped::Stream(error)) => of("backup-stream-failed", &[("problem", error.to_string())]),
            Self::Exists(file) => of("backup-exists", &[("file", file.display().to_string())]),
            Self::NotEmpty(file) => of("backup-target-not-empty", &[("file", file.display().to_string())]),
            Self::File { file, problem } => {
                of("backup-file-failed", &[("file", file.display().to_string()), ("problem", problem.to_string())])
            }
        }
    }
}

/// Writes a backup under that name, never over another file: beside its place first, then read back as a whole, then
/// in one step into it. A file under the final name is therefore complete, whatever happens meanwhile.
pub fn save(
    location: &Location,
    data: &Path,
    others: Vec<(String, Vec<u8>)>,
    to: &Path,
    now: Timestamp,
) -> Result<Saved, VaultFault> {
    let at = VaultFault::at(to);
    if to.exists() {
        return Err(VaultFault::Exists(to.to_owned()));
    }
    if let Location::Sqlite(path) = location
        && !path.exists()
    {
        return Err(Stopped::from(backup::Refused::NoSchema {}).into());
    }
    let part = beside(to, &format!("part-{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    private(&mut options);
    let file = options.open(&part).map_err(&at)?;
    let sweep = Sweep(&part);
    let making = Making { program: env!("CARGO_PKG_VERSION"), now, blobs: &mut DataBlobs::below(data), others };
    let (_, seal, file) = backup::make(location, file, making)?;
    file.sync_all().map_err(&at)?;
    drop(file);
    // What was written is worth what can be read back.
    let mut archive = open(&part)?;
    let manifest = backup::check(&mut archive, env!("CARGO_PKG_VERSION"))?;
    let bytes = fs::metadata(&part).map_err(&at)?.len();
    // A link, unlike a rename, never replaces what somebody else has put there meanwhile.
    match fs::hard_link(&part, to) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(VaultFault::Exists(to.to_owned())),
        Err(_) => fs::rename(&part, to).map_err(&at)?,
    }
    drop(sweep);
    sync_folder(to).map_err(&at)?;
    Ok(Saved { manifest, seal, bytes })
}

/// A backup holds personal data: nobody but the program's own user reads the file.
fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

/// Opens a backup and tests its seal.
pub fn open(file: &Path) -> Result<Archive<BufReader<File>>, VaultFault> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where backups are opened")]
    let opened = File::open(file).map_err(VaultFault::at(file))?;
    Ok(Archive::open(BufReader::with_capacity(1 << 16, opened))?)
}

/// Restores a backup into a database in the data folder, which is removed again, and says what was found.
///
/// The attachments are compared with their names and not kept.
pub fn rehearse(file: &Path, data: &Path) -> Result<Rehearsed, VaultFault> {
    let begun = SystemClock.now();
    let (mut archive, manifest) = checked(file)?;
    sweep(data, "rehearsal-");
    let folder = data.join(format!("rehearsal-{}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    files::folder(&folder).map_err(VaultFault::at(&folder))?;
    let gone = SweepFolder(&folder);
    let into = Location::Sqlite(folder.join("gangmu.db"));
    let restored = backup::restore(&mut archive, &manifest, &into, &mut Nowhere)?;
    drop(gone);
    let took = SystemClock.now().duration_since(begun).as_millis();
    Ok(Rehearsed { restored, journal: manifest.journal, took_ms: u64::try_from(took).unwrap_or(0) })
}

/// Removes what programs that were killed have left in a folder: names that end in the number of a process which is
/// no more.
fn sweep(folder: &Path, word: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.rsplit_once(word).map(|(_, number)| number.to_owned());
        let Some(process) = process.filter(|number| number.parse::<u32>().is_ok()) else { continue };
        if Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists() {
            let path = entry.path();
            drop(if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) });
        }
    }
}

/// Removes a folder with all that is in it when it goes out of scope.
struct SweepFolder<'p>(&'p Path);

impl Drop for SweepFolder<'_> {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(self.0));
    }
}

/// Attachments of a rehearsal: their bytes were compared with their names before.
struct Nowhere;

impl Shelf for Nowhere {
    fn place(&mut self, _: &str, _: &mut dyn Read) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a backup and reads every byte of it; what it says of itself.
pub fn checked(file: &Path) -> Result<(Archive<BufReader<File>>, Manifest), VaultFault> {
    let mut archive = open(file)?;
    let manifest = backup::check(&mut archive, env!("CARGO_PKG_VERSION"))?;
    Ok((archive, manifest))
}

/// Makes the database of a backup in an empty place and puts the attachments into the data folder.
///
/// On SQLite the database is made in a file beside its place and moved into it at the end, so that it is there as a
/// whole or not at all; on PostgreSQL one transaction does the same.
pub fn restore(file: &Path, into: &Location, data: &Path) -> Result<Restored, VaultFault> {
    let (mut archive, manifest) = checked(file)?;
    let mut shelf = DataBlobs::below(data);
    let Location::Sqlite(path) = into else {
        // Asked before the attachments are placed; the restore itself asks once more.
        if !backup::is_empty(into).map_err(Stopped::from)? {
            return Err(Stopped::from(backup::Refused::NotEmpty {}).into());
        }
        let restored = backup::restore(&mut archive, &manifest, into, &mut shelf)?;
        leave_configuration(&mut archive, &manifest, data)?;
        return Ok(restored);
    };
    let at = VaultFault::at(path);
    if let Some(folder) = path.parent() {
        files::folder(folder).map_err(&at)?;
    }
    let holds = |file: &Path| fs::metadata(file).is_ok_and(|found| found.len() > 0);
    if holds(&beside(path, "-wal")) || holds(path) && !backup::is_empty(into).map_err(Stopped::from)? {
        return Err(VaultFault::NotEmpty(path.clone()));
    }
    let part = beside(path, "restoring");
    let sweeps = ["", "-wal", "-shm", "-journal"].map(|end| beside(&part, end));
    sweeps.iter().for_each(|file| drop(fs::remove_file(file)));
    let _sweep = sweeps.each_ref().map(|file| Sweep(file));
    let restored = backup::restore(&mut archive, &manifest, &Location::Sqlite(part.clone()), &mut shelf)?;
    leave_configuration(&mut archive, &manifest, data)?;
    #[expect(clippy::disallowed_methods, reason = "the file is opened to be made durable")]
    File::open(&part).and_then(|file| file.sync_all()).map_err(&at)?;
    ["-wal", "-shm"].iter().for_each(|end| drop(fs::remove_file(beside(path, end))));
    fs::rename(&part, path).map_err(&at)?;
    sync_folder(path).map_err(&at)?;
    Ok(restored)
}

/// The member with the configuration.
pub const CONFIGURATION: &str = "configuration.toml";

/// Puts the configuration of the old house into the data folder, for a person to compare; nothing reads it.
fn leave_configuration(
    archive: &mut Archive<BufReader<File>>,
    manifest: &Manifest,
    data: &Path,
) -> Result<(), VaultFault> {
    if !manifest.others.iter().any(|other| other.member == CONFIGURATION) {
        return Ok(());
    }
    let mut bytes = Vec::new();
    archive.member(CONFIGURATION)?.read_to_end(&mut bytes).map_err(Stopped::from)?;
    let to = data.join("configuration-of-the-backup.toml");
    files::folder(data).map_err(VaultFault::at(data))?;
    let at = VaultFault::at(&to);
    File::create(&to).and_then(|mut file| file.write_all(&bytes)).map_err(at)
}

/// The path with that ending: `-wal` follows the name directly, a word after a dot.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    if !end.is_empty() && !end.starts_with('-') {
        name.push(".");
    }
    name.push(end);
    PathBuf::from(name)
}

/// Makes a name in a folder durable.
fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[expect(clippy::disallowed_methods, reason = "the folder is opened to be made durable")]
    File::open(folder)?.sync_all()
}

/// Removes a file when it goes out of scope.
struct Sweep<'p>(&'p Path);

impl Drop for Sweep<'_> {
    fn drop(&mut self) {
        drop(fs::remove_file(self.0));
    }
}

/// The attachments of a data folder: `files/blobs/ab/cd/<sha256>`, and `files/aside/<sha256>` for what was set aside
/// to be deleted and may be taken back.
#[derive(Debug)]
pub struct DataBlobs(PathBuf);

impl DataBlobs {
    /// Of that data folder.
    pub fn below(data: &Path) -> Self {
        Self(data.join("files"))
    }

    fn path(&self, blob: &str) -> PathBuf {
        self.0.join("blobs").join(&blob[..2]).join(&blob[2..4]).join(blob)
    }
}

impl Blobs for DataBlobs {
    fn list(&mut self) -> io::Result<Vec<String>> {
        let mut blobs = BTreeSet::new();
        for folder in ["blobs", "aside"] {
            let found = match files::below(&self.0.join(folder)) {
                Ok(found) => found,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let names = found.iter().filter_map(|path| path.rsplit('/').next());
            blobs.extend(names.filter(|name| is_blob_name(name)).map(str::to_owned));
        }
        Ok(blobs.into_iter().collect())
    }

    fn open(&mut self, blob: &str) -> io::Result<Option<Box<dyn Read>>> {
        for path in [self.path(blob), self.0.join("aside").join(blob), self.path(blob)] {
            #[expect(clippy::disallowed_methods, reason = "this is where attachments are opened for a backup")]
            match File::open(path) {
                Ok(file) => return Ok(Some(Box::new(BufReader::with_capacity(1 << 16, file)))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

impl Shelf for DataBlobs {
    fn place(&mut self, blob: &str, bytes: &mut dyn Read) -> io::Result<()> {
        let path = self.path(blob);
        let folder = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        let part = beside(&path, &format!("part-{}", std::process::id()));
        let _sweep = Sweep(&part);
        let mut file = File::create(&part)?;
        io::copy(bytes, &mut file)?;
        file.sync_all()?;
        fs::rename(&part, &path)
    }
}
