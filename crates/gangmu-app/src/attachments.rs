//! Attachments (附件): files that belong to an object, kept once under the hash of their bytes.
//!
//! A file arrives as an upload, is examined by the reader of documents, kept, and then attached by an operation whose
//! journal entry carries the hash of the bytes. Any noun can have attachments: it needs a line in `place`.
//!
//! Reading order: `incoming` takes the bytes, at once or as an `upload` in pieces; `add` makes an attachment of them;
//! `list` and `read` show it, `link` and `public` give it to others; `change` removes, restores, renames and publishes; `collect` deletes what nothing refers
//! to any more; `usage` says how much there is; `verify` hashes everything anew.

pub mod add;
pub mod change;
pub mod collect;
pub mod incoming;
pub mod link;
pub mod list;
pub mod public;
pub mod read;
pub mod upload;
pub mod usage;
pub mod verify;
pub mod version;
pub mod views;

mod name;
mod place;
mod refusal;

pub use gangmu_documents::media::Shown;
pub use gangmu_store::journal::Object;
pub use place::Place;
pub use refusal::AttachmentRefusal;

use crate::{app::App, failure::Failure};
use gangmu_store::{Fault, blobs::Blobs, journal::Hash};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::sync::Semaphore;

/// The action of who adds, renames, removes and restores.
const ADD: &str = "attachments.add";
/// The action of who reads.
const READ: &str = "attachments.read";
/// The action of who opens a file to the public.
const PUBLISH: &str = "attachments.publish";

/// Files that are examined at the same time; each is held in memory as a whole.
const EXAMINED_AT_ONCE: usize = 3;

/// How much may be attached (附件限额).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file: u64,
    /// Files of one object.
    pub files: u32,
    /// Bytes of all files of one organisation.
    pub organisation: u64,
    /// Bytes of all files.
    pub installation: u64,
    /// How long a removed file can be had back.
    pub regret: SignedDuration,
    /// How long what nothing refers to stays before it is deleted, at each of the two steps.
    pub grace: SignedDuration,
    /// How long an upload may take, with all its interruptions.
    pub upload: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 100 << 20,
            files: 200,
            organisation: 10 << 30,
            installation: 50 << 30,
            regret: SignedDuration::from_hours(30 * 24),
            grace: SignedDuration::from_hours(24),
            upload: SignedDuration::from_hours(48),
        }
    }
}

/// What all operations on attachments share.
pub(crate) struct Ground {
    /// How much may be attached.
    pub limits: Limits,
    /// What signs links.
    pub key: [u8; 32],
    turns: Semaphore,
    /// Bytes of uploads that no row knows, and since when they were seen so.
    strays: Mutex<BTreeMap<String, Timestamp>>,
}

impl Ground {
    /// The ground under these limits.
    pub fn new(limits: Limits, key: [u8; 32]) -> Self {
        Self { limits, key, turns: Semaphore::new(EXAMINED_AT_ONCE), strays: Mutex::default() }
    }
}

/// How much may be attached in this installation.
pub fn limits(app: &App) -> Limits {
    app.attachments.limits
}

/// Works on the files, on a thread where waiting for the disk disturbs nobody.
pub(crate) async fn on_disk<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&dyn Blobs) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Failure> {
    let blobs = Arc::clone(&app.blobs);
    let done = tokio::task::spawn_blocking(move || work(&*blobs)).await;
    Ok(done.unwrap_or_else(|error| Err(Fault::Panicked(error.to_string())))?)
}

/// A fresh name for an upload.
fn fresh_name(app: &App) -> String {
    hex(&app.random.bytes32()[..16])
}

/// The bytes behind a hash in hexadecimal.
fn bytes_of(hash: &str) -> Hash {
    let digit = |at: usize| hash.get(at * 2..at * 2 + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    std::array::from_fn(|at| digit(at).unwrap_or(0))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
