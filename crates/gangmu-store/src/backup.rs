//! Backups (备份): the whole database as one file that either engine can be made from again.
//!
//! The file is a zip package: one member of JSON lines for each table, the attachments under their hashes, the
//! configuration without secrets, and a manifest with the number of rows and the SHA-256 of each member. Its comment
//! is a seal over every byte before it ([`archive`]). Values are written in the plain form that both engines share
//! ([`plain`]); which table has which columns is asked of the database itself ([`catalog`]), so that no table has to be
//! named here in order to be in.
//!
//! *In:* a database's location, streams. *Out:* streams, a database's location. *Never:* opens or moves a file, decides
//! who may.

pub mod archive;
pub mod catalog;
pub mod plain;
pub mod refused;
pub mod rows;

mod check;
mod make;
mod restore;

pub use archive::Archive;
pub use check::check;
pub use make::{Making, make};
pub use refused::{Refused, Stopped};
pub use restore::{Restored, is_empty, restore};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// The form of the file; a later form gets the next number.
pub const FORMAT: &str = "gangmu.backup/1";

/// Tables whose rows are never in a backup, each with the reason. They exist in the restored database, empty.
///
/// What is left out is what a thief of the file could enter the house with, or what has no meaning in another house.
pub const LEFT_OUT: [(&str, &str); 3] = [
    ("sessions", "whoever is logged in here is not logged in there"),
    ("login_failures", "lists what people typed by mistake, passwords in the wrong field among it"),
    ("uploads", "files on their way up, half of which is not here yet"),
];

/// What a backup says of itself (备份清单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub format: String,
    /// The version of the program that made it.
    pub program: String,
    /// The number of the schema's newest step.
    pub schema: i64,
    /// The instant that it shows.
    pub made_at: Timestamp,
    /// The database that it was made of: `sqlite` or `postgres`.
    pub engine: String,
    /// The end of the journal's chain.
    pub journal: JournalHead,
    /// The tables, in the order of their names.
    pub tables: Vec<TableEntry>,
    /// Tables whose rows were left out.
    pub left_out: Vec<String>,
    /// Tables that are computed from the others and made anew.
    pub derived: Vec<String>,
    /// The attachments.
    pub blobs: BlobsEntry,
    /// Other members with their SHA-256.
    pub others: Vec<OtherEntry>,
}

impl Manifest {
    /// How many rows there are in all tables together.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// The end of the journal's chain, in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    /// Number of the newest entry.
    pub seq: i64,
    /// Its hash in hexadecimal digits.
    pub hash: String,
}

/// A table in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// The columns in the order of the values of a row.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the member in hexadecimal digits.
    pub sha256: String,
}

impl TableEntry {
    /// The member that holds the rows.
    pub fn member(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }
}

/// The attachments in a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobsEntry {
    /// How many.
    pub count: u64,
    /// How many bytes together.
    pub bytes: u64,
    /// SHA-256 over their names in order, each with a line feed; each name is the SHA-256 of its bytes.
    pub sha256: String,
    /// Names of attachments whose bytes were no longer those of their name: they could not be saved.
    pub damaged: Vec<String>,
}

/// Another member in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEntry {
    /// The member.
    pub member: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// Where attachments are taken from (附件来源): the binary opens the files.
pub trait Blobs {
    /// The names of all attachments.
    fn list(&mut self) -> io::Result<Vec<String>>;

    /// The bytes of one; none where it has been removed meanwhile, which happens only to what nothing refers to.
    fn open(&mut self, blob: &str) -> io::Result<Option<Box<dyn Read>>>;
}

/// Where attachments are put (附件去处).
pub trait Shelf {
    /// Keeps the bytes under that name.
    fn place(&mut self, blob: &str, bytes: &mut dyn Read) -> io::Result<()>;
}

/// Is that the name of an attachment: 64 lower-case hexadecimal digits?
pub fn is_blob_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
