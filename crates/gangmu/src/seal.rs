//! The key that signs the journal (签名密钥): a secret file that is made at the first start, for its owner's eyes only.

use crate::{
    console::{Console, Stop},
    files,
    random::SystemRandom,
};
use gangmu_app::{ports::Random, seal::Seal};
use gangmu_store::journal::canonical::hex;
use std::{
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// Reads the key that signs the journal, or makes one where there is none.
pub fn open(path: &Path, console: &Console) -> Result<Seal, Stop> {
    Ok(Seal::of(&secret(path, "journal-key", console)?))
}

/// The secret of a file, or one made where there is none; what fails is said in the words that begin with `words`.
pub fn secret(path: &Path, words: &str, console: &Console) -> Result<[u8; 32], Stop> {
    let stop = |key: &str, problem: String| {
        console.stop(&format!("{words}-{key}"), &[("file", path.display().to_string()), ("problem", problem)])
    };
    match read_secret(path) {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => Err(stop("bad", String::new())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match make(path) {
            Ok(secret) => Ok(secret),
            // Another process made it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                read_secret(path).ok().flatten().ok_or_else(|| stop("bad", String::new()))
            }
            Err(error) => Err(stop("unwritable", error.to_string())),
        },
        Err(error) => Err(stop("unreadable", error.to_string())),
    }
}

/// The key of a file; `Ok(None)` where the file holds none.
pub fn read(path: &Path) -> io::Result<Option<Seal>> {
    Ok(read_secret(path)?.map(|secret| Seal::of(&secret)))
}

fn read_secret(path: &Path) -> io::Result<Option<[u8; 32]>> {
    let text = files::text(path)?;
    Ok(gangmu_verifier::hex(text.trim_end()))
}

/// May others than its owner read the file?
pub fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

fn make(path: &Path) -> io::Result<[u8; 32]> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::folder(folder)?;
    }
    let secret = SystemRandom.bytes32();
    // Written beside its place and then linked into it, so that no other process ever reads half a key.
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let written = (|| {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(format!("{}\n", hex(&secret)).as_bytes())?;
        file.sync_all()?;
        std::fs::hard_link(&beside, path)
    })();
    drop(std::fs::remove_file(&beside));
    written.map(|()| secret)
}
