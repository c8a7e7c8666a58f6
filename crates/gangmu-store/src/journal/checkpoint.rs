//! Signed checkpoints of the chain (检查点): the head at an instant, so that a chain that is rewritten later is noticed.
//!
//! In a file and in mail a checkpoint is one line, which `gangmu-verifier` reads as well:
//!
//! ```text
//! checkpoint SEQ HASH at MICROSECONDS key KEY signature SIGNATURE
//! ```
//!
//! signed with Ed25519 up to the blank before `signature`.

use super::{
    Hash, Head,
    canonical::{hex, hex_of},
    export::signed,
};
use crate::{db::Tx, fault::Fault, params, value::Row};
use jiff::Timestamp;

/// A signed head (检查点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The head.
    pub head: Head,
    /// When it was signed.
    pub at: Timestamp,
    /// The public key that signed it.
    pub key: Hash,
    /// The signature.
    pub signature: [u8; 64],
}

impl Checkpoint {
    /// What is signed.
    pub fn words(head: Head, at: Timestamp, key: &Hash) -> String {
        format!("checkpoint {} {} at {} key {}", head.seq, hex(&head.hash), at.as_microsecond(), hex(key))
    }

    /// Its line, with LF.
    pub fn line(&self) -> String {
        signed(&Self::words(self.head, self.at, &self.key), &self.signature)
    }

    /// The checkpoint of a line; none where it is written otherwise. Whether the signature holds is not looked at.
    pub fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let ["checkpoint", seq, hash, "at", at, "key", key, "signature", signature] = words[..] else { return None };
        let read = Self {
            head: Head { seq: seq.parse().ok()?, hash: unhex(hash)? },
            at: Timestamp::from_microsecond(at.parse().ok()?).ok()?,
            key: unhex(key)?,
            signature: unhex(signature)?,
        };
        (read.line().strip_suffix('\n') == Some(line)).then_some(read)
    }
}

crate::statements! {
    ADD = "INSERT INTO journal_checkpoints (seq, hash, at, key, signature) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (seq) DO NOTHING";
    AFTER = "SELECT seq, hash, at, key, signature FROM journal_checkpoints WHERE seq > $1 ORDER BY seq LIMIT $2";
    NEWEST = "SELECT seq, hash, at, key, signature FROM journal_checkpoints ORDER BY seq DESC LIMIT $1";
    BEFORE = "SELECT seq, hash, at, key, signature FROM journal_checkpoints WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
}

/// Stores a checkpoint; one that covers the same entry already stays.
pub fn add(tx: &mut Tx<'_>, checkpoint: &Checkpoint) -> Result<(), Fault> {
    let Checkpoint { head, at, key, signature } = checkpoint;
    tx.execute(ADD, params![head.seq, head.hash, *at, *key, signature.to_vec()]).map(drop)
}

/// The checkpoints behind that entry, oldest first.
pub fn after(tx: &mut Tx<'_>, seq: i64, limit: i64) -> Result<Vec<Checkpoint>, Fault> {
    tx.query(AFTER, params![seq, limit], checkpoint)
}

/// The newest checkpoints, newest first.
pub fn newest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Checkpoint>, Fault> {
    tx.query(NEWEST, params![limit], checkpoint)
}

/// The newest checkpoints of entries before that one, newest first.
pub fn before(tx: &mut Tx<'_>, seq: i64, limit: i64) -> Result<Vec<Checkpoint>, Fault> {
    tx.query(BEFORE, params![seq, limit], checkpoint)
}

fn checkpoint(row: &Row<'_>) -> Result<Checkpoint, Fault> {
    let signature: Vec<u8> = row.get(4)?;
    // One of another length can't hold, and neither can zeros.
    let signature = signature.try_into().unwrap_or([0; 64]);
    Ok(Checkpoint { head: Head { seq: row.get(0)?, hash: row.get(1)? }, at: row.get(2)?, key: row.get(3)?, signature })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    (hex_of(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written_and_no_other_way() {
        let head = Head { seq: 12, hash: [5; 32] };
        let at = Timestamp::from_microsecond(1_719_709_200_000_000).unwrap();
        let written = Checkpoint { head, at, key: [7; 32], signature: [9; 64] };
        let line = written.line();
        assert_eq!(Checkpoint::read(line.trim_end()).as_ref(), Some(&written));
        for wrong in [line.clone(), line.replace("12", "012"), line.replace("05", "0F"), String::new()] {
            assert_eq!(Checkpoint::read(&wrong), None, "{wrong}");
        }
    }
}
