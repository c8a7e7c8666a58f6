//! What the binary wires in and tests replace (端口): the clock, randomness, the reader of documents, the files
//! beside the database, the place of backups.

use gangmu_documents::{
    Unreadable,
    media::{Examined, Unfit},
};
use gangmu_kernel::{SourceText, refusal::Reason};
use gangmu_store::backup::{JournalHead, Manifest, Restored};
pub use gangmu_store::blobs::Blobs;
use jiff::Timestamp;
use std::{collections::BTreeMap, future::Future, pin::Pin};

/// Tells the time (时钟).
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes (随机源) fit for secrets.
pub trait Random: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// Thirty-two random bytes.
    fn bytes32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

/// A document being read.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<SourceText, Unreadable>> + Send + 'a>>;

/// A file being examined.
pub type Examining<'a> = Pin<Box<dyn Future<Output = Result<Examined, Unfit>> + Send + 'a>>;

/// Makes text out of the bytes of a document (文件读取). The binary does it in a child process with limits.
pub trait DocumentReader: Send + Sync {
    /// Reads a document; `name` is the file's name as it was handed in.
    fn read<'a>(&'a self, bytes: Vec<u8>, name: &'a str) -> Reading<'a>;

    /// Looks at what a file really is before it is attached; of a picture it makes copies that hold nothing but points.
    fn examine<'a>(&'a self, bytes: Vec<u8>, name: &'a str, declared: &'a str) -> Examining<'a>;
}

/// The file that checkpoints of the journal are appended to (检查点文件), best on another medium than the database.
pub trait CheckpointFile: Send + Sync {
    /// All that it holds; nothing where there is no file yet.
    fn read(&self) -> std::io::Result<String>;

    /// Appends lines; they are on the medium when this returns.
    fn append(&self, lines: &str) -> std::io::Result<()>;
}

/// Work on the files of backups, under way.
pub type Keeping<'a, T> = Pin<Box<dyn Future<Output = Result<T, Reason>> + Send + 'a>>;

/// The place where backups are kept (备份存放处). Whatever fails there is a reason with words.
pub trait Vault: Send + Sync {
    /// Where it is, for people.
    fn folder(&self) -> String;

    /// The backups that are there.
    fn files(&self) -> Keeping<'_, Vec<VaultFile>>;

    /// Makes a backup under that name and reads it back.
    fn save<'a>(&'a self, name: &'a str, now: Timestamp) -> Keeping<'a, Saved>;

    /// Restores a backup into a database that is removed again.
    fn rehearse<'a>(&'a self, name: &'a str) -> Keeping<'a, Rehearsed>;

    /// Removes a backup; one that is not there is removed already.
    fn remove<'a>(&'a self, name: &'a str) -> Keeping<'a, ()>;

    /// The bytes of a backup.
    fn read<'a>(&'a self, name: &'a str) -> Keeping<'a, VaultBytes>;
}

/// A file where backups are kept (备份文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultFile {
    /// Its name.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
}

/// A backup that was written and read back (已存备份).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The SHA-256 of its seal.
    pub seal: String,
    /// How many bytes.
    pub bytes: u64,
}

/// A rehearsal that went well (恢复演练).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    /// What was restored.
    pub restored: Restored,
    /// The end of the journal in it.
    pub journal: JournalHead,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// The bytes of a file, piece by piece (文件内容).
#[derive(Debug)]
pub struct VaultBytes {
    /// How many.
    pub length: u64,
    /// The pieces.
    pub pieces: tokio::sync::mpsc::Receiver<std::io::Result<Vec<u8>>>,
}

/// The files of packs (数据包文件): embedded in the binary, or a folder that it was shown.
pub trait PackFiles: Send + Sync {
    /// The paths of all files, with `/`, relative to the folder of packs: `calendars/2024.csv`.
    fn list(&self) -> Vec<String>;

    /// The bytes of a file; `None` where there is none of that path.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// Files held in memory: what tests and embedded packs are made of.
impl PackFiles for std::collections::BTreeMap<String, Vec<u8>> {
    fn list(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}

/// A message on its way into words (消息).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its kind.
    pub kind: String,
    /// What fills the words of its kind.
    pub fields: BTreeMap<String, String>,
    /// The page that it leads to, without the host.
    pub address: String,
}

/// A letter in words (信件文字).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Puts messages into words (措辞), in the language of whoever reads them.
pub trait Phrasing: Send + Sync {
    /// A letter of one message.
    fn message(&self, language: &str, told: &Told) -> Written;

    /// A letter of many.
    fn digest(&self, language: &str, told: &[Told]) -> Written;
}

/// A letter to be sent (信件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same letter has the same id, also when it is sent again.
    pub id: String,
}

/// A letter was not taken (未送达).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// What the server said, without addresses of people.
    pub detail: String,
    /// Is every further attempt in vain?
    pub permanent: bool,
}

/// A letter on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), Undelivered>> + Send + 'a>>;

/// Hands letters to a mail server (邮件服务).
pub trait Mailer: Send + Sync {
    /// Hands a letter over.
    fn send(&self, letter: Letter) -> Sending<'_>;
}
