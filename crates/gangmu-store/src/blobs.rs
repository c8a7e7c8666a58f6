//! The files beside the database (文件库): each stands once, under the SHA-256 of its bytes.
//!
//! *In:* bytes as a stream. *Out:* the same bytes. *Never:* knows what a file is for; that stands in the database.
//!
//! A file arrives in `uploads/<name>`, as often interrupted as its connection; when it is whole it is brought to the
//! disk and renamed to `blobs/ab/cd/<sha256>`, so that a file under its hash is always complete. What nobody refers to
//! any more is first set aside in `aside/<sha256>.<tag>` by the transaction that forgets its row, and deleted when that
//! has been committed; should it fail, the file is set back. The tag is fresh each time, so that whoever deletes late
//! never deletes what was set aside anew. Several processes on one PostgreSQL need this folder on storage
//! that they share.

use crate::fault::Fault;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The bytes of a file, to be read from any place on.
pub trait Content: Read + Seek + Send {}

impl<T: Read + Seek + Send> Content for T {}

/// An upload that more bytes may be added to.
pub enum Append {
    /// At the place that was named; nobody else writes as long as this value lives.
    Open(Box<dyn Arriving>),
    /// The upload ends elsewhere: here.
    Elsewhere(u64),
    /// Somebody else writes it at this moment.
    Busy,
    /// There is no such upload.
    Absent,
}

/// Bytes on their way into an upload.
pub trait Arriving: Write + Send {}

impl<T: Write + Send> Arriving for T {}

/// Keeps files by the hash of their bytes (文件库). The binary wires a folder.
pub trait Blobs: Send + Sync {
    /// Begins an upload of that name, empty.
    fn begin(&self, upload: &str) -> Result<(), Fault>;
    /// How many bytes of an upload have arrived; `None` where there is none of that name.
    fn arrived(&self, upload: &str) -> Result<Option<u64>, Fault>;
    /// Opens an upload to add bytes at that place, which must be its end.
    fn append(&self, upload: &str, at: u64) -> Result<Append, Fault>;
    /// What has arrived of an upload.
    fn upload(&self, upload: &str) -> Result<Option<Box<dyn Content>>, Fault>;
    /// Brings a whole upload to the disk and keeps it under its hash, which the caller has computed.
    fn keep(&self, upload: &str, sha256: &str) -> Result<(), Fault>;
    /// Drops an upload; none of that name is fine.
    fn drop_upload(&self, upload: &str) -> Result<(), Fault>;
    /// The names of all uploads.
    fn uploads(&self) -> Result<Vec<String>, Fault>;

    /// The file of that hash.
    fn open(&self, sha256: &str) -> Result<Option<Box<dyn Content>>, Fault>;
    /// How many bytes the file of that hash has.
    fn size(&self, sha256: &str) -> Result<Option<u64>, Fault>;
    /// The hashes of all files, sorted.
    fn list(&self) -> Result<Vec<String>, Fault>;

    /// Sets a file aside under a fresh tag, out of everybody's sight; none of that hash is fine.
    fn set_aside(&self, file: &Aside) -> Result<(), Fault>;
    /// Sets it back, unless the same bytes have come again meanwhile.
    fn set_back(&self, file: &Aside) -> Result<(), Fault>;
    /// The files that are set aside.
    fn aside(&self) -> Result<Vec<Aside>, Fault>;
    /// Deletes a file that was set aside.
    fn delete(&self, file: &Aside) -> Result<(), Fault>;
}

/// A file that is set aside (待删文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The hash of its bytes.
    pub sha256: String,
    /// Under which tag.
    pub tag: String,
}

/// A folder of files (文件夹存储).
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder, made where it is not there yet.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self, Fault> {
        let root = root.into();
        for part in ["blobs", "uploads", "aside"] {
            let path = root.join(part);
            std::fs::create_dir_all(&path).map_err(|error| fault("making", &path, error))?;
        }
        Ok(Self { root })
    }

    /// The folder as it is, to look into: nothing is made.
    pub fn as_it_is(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn path_of_upload(&self, upload: &str) -> Result<PathBuf, Fault> {
        Ok(self.root.join("uploads").join(plain(upload)?))
    }

    fn path_of(&self, sha256: &str) -> Result<PathBuf, Fault> {
        let name = hash(sha256)?;
        Ok(self.root.join("blobs").join(&name[..2]).join(&name[2..4]).join(name))
    }

    fn path_aside(&self, file: &Aside) -> Result<PathBuf, Fault> {
        Ok(self.root.join("aside").join(format!("{}.{}", hash(&file.sha256)?, plain(&file.tag)?)))
    }
}

impl Blobs for Folder {
    fn begin(&self, upload: &str) -> Result<(), Fault> {
        let path = self.path_of_upload(upload)?;
        let made = OpenOptions::new().write(true).create_new(true).open(&path);
        made.map(drop).map_err(|error| fault("making", &path, error))
    }

    fn arrived(&self, upload: &str) -> Result<Option<u64>, Fault> {
        length(&self.path_of_upload(upload)?)
    }

    fn append(&self, upload: &str, at: u64) -> Result<Append, Fault> {
        let path = self.path_of_upload(upload)?;
        let failed = |error| fault("writing", &path, error);
        let file = match OpenOptions::new().append(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Append::Absent),
            Err(error) => return Err(failed(error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Append::Busy),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let length = file.metadata().map_err(failed)?.len();
        Ok(if length == at { Append::Open(Box::new(file)) } else { Append::Elsewhere(length) })
    }

    fn upload(&self, upload: &str) -> Result<Option<Box<dyn Content>>, Fault> {
        opened(&self.path_of_upload(upload)?)
    }

    fn keep(&self, upload: &str, sha256: &str) -> Result<(), Fault> {
        let (from, to) = (self.path_of_upload(upload)?, self.path_of(sha256)?);
        let failed = |error| fault("keeping", &to, error);
        let folder = to.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder).map_err(failed)?;
        OpenOptions::new().append(true).open(&from).and_then(|file| file.sync_all()).map_err(failed)?;
        std::fs::rename(&from, &to).map_err(failed)?;
        // The name is on the disk only when its folder is, and the folder when the one above it is.
        for above in folder.ancestors().take(3) {
            synced(above).map_err(failed)?;
        }
        Ok(())
    }

    fn drop_upload(&self, upload: &str) -> Result<(), Fault> {
        removed(&self.path_of_upload(upload)?)
    }

    fn uploads(&self) -> Result<Vec<String>, Fault> {
        names(&self.root.join("uploads"))
    }

    fn open(&self, sha256: &str) -> Result<Option<Box<dyn Content>>, Fault> {
        opened(&self.path_of(sha256)?)
    }

    fn size(&self, sha256: &str) -> Result<Option<u64>, Fault> {
        length(&self.path_of(sha256)?)
    }

    fn list(&self) -> Result<Vec<String>, Fault> {
        let top = self.root.join("blobs");
        let mut found = Vec::new();
        for first in names(&top)? {
            for second in names(&top.join(&first))? {
                found.extend(names(&top.join(&first).join(&second))?);
            }
        }
        found.retain(|name| hash(name).is_ok());
        found.sort();
        Ok(found)
    }

    fn set_aside(&self, file: &Aside) -> Result<(), Fault> {
        moved(&self.path_of(&file.sha256)?, &self.path_aside(file)?)
    }

    fn set_back(&self, file: &Aside) -> Result<(), Fault> {
        let to = self.path_of(&file.sha256)?;
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(|error| fault("making", folder, error))?;
        }
        let from = self.path_aside(file)?;
        match std::fs::hard_link(&from, &to) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                present::<()>(Err(error), "setting back", &from).map(drop)
            }
            _ => removed(&from),
        }
    }

    fn aside(&self) -> Result<Vec<Aside>, Fault> {
        let parts = |name: String| {
            let (sha256, tag) = name.split_once('.')?;
            Some(Aside { sha256: sha256.to_owned(), tag: tag.to_owned() })
        };
        Ok(names(&self.root.join("aside"))?.into_iter().filter_map(parts).collect())
    }

    fn delete(&self, file: &Aside) -> Result<(), Fault> {
        removed(&self.path_aside(file)?)
    }
}

/// A name that can lead nowhere else: letters and digits.
fn plain(name: &str) -> Result<&str, Fault> {
    let fine = (1..=64).contains(&name.len()) && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if fine { Ok(name) } else { Err(fault("naming", Path::new(name), io::ErrorKind::InvalidInput.into())) }
}

fn hash(name: &str) -> Result<&str, Fault> {
    let fine = name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if fine { Ok(name) } else { Err(fault("naming", Path::new(name), io::ErrorKind::InvalidInput.into())) }
}

fn fault(doing: &str, path: &Path, error: io::Error) -> Fault {
    Fault::File { doing: format!("{doing} {}", path.display()), source: Arc::new(error) }
}

/// The value, or none where there is no such file.
fn present<T>(found: io::Result<T>, doing: &str, path: &Path) -> Result<Option<T>, Fault> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault(doing, path, error)),
    }
}

fn length(path: &Path) -> Result<Option<u64>, Fault> {
    Ok(present(std::fs::metadata(path), "looking at", path)?.map(|found| found.len()))
}

fn opened(path: &Path) -> Result<Option<Box<dyn Content>>, Fault> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where kept files are opened")]
    let file = present(File::open(path), "opening", path)?;
    Ok(file.map(|file| Box::new(file) as Box<dyn Content>))
}

fn removed(path: &Path) -> Result<(), Fault> {
    present(std::fs::remove_file(path), "deleting", path).map(drop)
}

fn moved(from: &Path, to: &Path) -> Result<(), Fault> {
    present(std::fs::rename(from, to), "moving", from).map(drop)
}

fn names(folder: &Path) -> Result<Vec<String>, Fault> {
    let Some(entries) = present(std::fs::read_dir(folder), "listing", folder)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries {
        found.push(entry.map_err(|error| fault("listing", folder, error))?.file_name().to_string_lossy().into_owned());
    }
    found.sort();
    Ok(found)
}

fn synced(folder: &Path) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a folder is opened to bring it to the disk")]
    File::open(folder)?.sync_all()
}
