//! The one place where this program opens files that a person named (文件).

use crate::console::{Console, Stop};
use gangmu_app::ports::CheckpointFile;
use gangmu_documents::{Limits, Size, Unreadable};
use std::{
    fs::{DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

/// The bytes of a file that a person named, up to the limit for documents.
pub fn read(path: &Path, console: &Console) -> Result<Vec<u8>, Stop> {
    let limit = Limits::default().bytes;
    let name = shown(path);
    let mut bytes = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "this is the place where files are opened")]
    let file = std::fs::File::open(path);
    let done = file.and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    done.map_err(|error| console.stop(key(&error), &[("file", name.clone()), ("problem", error.to_string())]))?;
    if bytes.len() as u64 > limit {
        return Err(console.unreadable(&name, &Unreadable::TooLarge { what: Size::Bytes, limit }));
    }
    Ok(bytes)
}

/// Opens a file that a person named, to be read as a stream.
pub fn open(path: &Path, console: &Console) -> Result<File, Stop> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where files are opened")]
    let file = File::open(path);
    file.map_err(|error| console.stop(key(&error), &[("file", shown(path)), ("problem", error.to_string())]))
}

/// Makes a file that a person named, to be written as a stream.
pub fn create(path: &Path, console: &Console) -> Result<File, Stop> {
    File::create(path).map_err(|error| {
        console.stop("command-file-unwritable", &[("file", shown(path)), ("problem", error.to_string())])
    })
}

/// Writes a file as a whole: beside its place first, then in one step into it, so that no half of it is ever seen.
pub fn write(path: &Path, bytes: &[u8], console: &Console) -> Result<(), Stop> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    #[expect(clippy::disallowed_methods, reason = "this is the place where files are written")]
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        drop(std::fs::remove_file(&beside));
        console.stop("command-file-unwritable", &[("file", shown(path)), ("problem", error.to_string())])
    })
}

/// The file that checkpoints of the journal are appended to.
#[derive(Debug, Clone)]
pub struct Checkpoints(pub PathBuf);

impl CheckpointFile for Checkpoints {
    fn read(&self) -> io::Result<String> {
        match text(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            read => read,
        }
    }

    fn append(&self, lines: &str) -> io::Result<()> {
        let mut file = File::options().append(true).create(true).open(&self.0)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    }
}

/// Makes a folder where there is none, for the program's own user alone: personal data and keys lie in it.
pub fn folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// The text of a small file; nothing else is done with it.
pub fn text(path: &Path) -> io::Result<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where files are opened")]
    std::fs::read_to_string(path)
}

/// All files below a folder with their paths relative to it, parts joined by `/`.
pub fn below(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The bytes of a file of a pack; none if it can't be read.
pub fn bytes(path: &Path) -> Option<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where files are opened")]
    std::fs::read(path).ok()
}

/// The file's name as messages show it.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn key(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "command-file-missing",
        io::ErrorKind::PermissionDenied => "command-file-denied",
        _ => "command-file-failed",
    }
}
