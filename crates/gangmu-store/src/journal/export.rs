//! The journal as a file for outsiders (日志导出), form `gangmu.journal/1`: every byte of it is covered.
//!
//! Each line ends in LF; there is one way only to write an export.
//!
//! ```text
//! gangmu.journal/1 from FIRST after HASH     the number of the first entry, and the hash before it
//! HASH CANONICAL                             one for each entry; `\` is written `\\` and LF `\n`
//! head entries N last HASH sum HASH key KEY signature SIGNATURE
//! ```
//!
//! `sum` is the SHA-256 of all bytes before the head line; the Ed25519 signature is over the head line up to the blank
//! before `signature`. The crate `gangmu-verifier` reads this form and shares no code with what writes it.

use super::{
    Hash, Head, Recorded,
    canonical::{self, hex, hex_of},
};
use sha2::{Digest as _, Sha256};

/// An export being written: pieces in their order, then the words to be signed.
#[derive(Debug, Clone)]
pub struct Export {
    entries: u64,
    last: Hash,
    sum: Sha256,
}

impl Export {
    /// Begins behind that head ([`Head::START`] for all entries); the first line.
    pub fn begin(after: Head) -> (Self, Vec<u8>) {
        let line = format!("gangmu.journal/1 from {} after {}\n", after.seq + 1, hex(&after.hash)).into_bytes();
        (Self { entries: 0, last: after.hash, sum: Sha256::new_with_prefix(&line) }, line)
    }

    /// The lines of the entries that come next.
    pub fn add(&mut self, entries: &[Recorded]) -> Vec<u8> {
        let mut lines = Vec::with_capacity(entries.len() * 512);
        for recorded in entries {
            lines.extend_from_slice(hex(&recorded.hash).as_bytes());
            lines.push(b' ');
            escape(&canonical::bytes(recorded.version, recorded.seq, &recorded.entry), &mut lines);
            lines.push(b'\n');
        }
        self.entries += entries.len() as u64;
        self.last = entries.last().map_or(self.last, |recorded| recorded.hash);
        self.sum.update(&lines);
        lines
    }

    /// What is signed at the end, under that public key; [`signed`] makes the last line of it.
    pub fn head(self, key: &Hash) -> String {
        let sum = hex(&self.sum.finalize().into());
        format!("head entries {} last {} sum {sum} key {}", self.entries, hex(&self.last), hex(key))
    }
}

/// The line of words with their signature.
pub fn signed(words: &str, signature: &[u8; 64]) -> String {
    format!("{words} signature {}\n", hex_of(signature))
}

/// Writes bytes so that they fit in a line.
pub fn escape(bytes: &[u8], line: &mut Vec<u8>) {
    for byte in bytes {
        match byte {
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\\' => line.extend_from_slice(b"\\\\"),
            byte => line.push(*byte),
        }
    }
}
