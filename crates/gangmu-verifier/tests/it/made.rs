//! Exports made by the description of their form, with no line of the program that writes them.

use ed25519_dalek::{Signer, SigningKey};
use gangmu_verifier::{Asked, Break, Hash, Verified, verify};
use sha2::{Digest, Sha256};
use std::fmt::Write;

pub fn seal() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub fn shown(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

pub fn sha(parts: &[&[u8]]) -> Hash {
    Sha256::digest(parts.concat()).into()
}

/// Canonical bytes of an entry much as the program has them.
pub fn canonical(seq: u64) -> String {
    let root = shown(&[seq as u8; 32]);
    let (reason, seq_text) = (format!("核对原文\n后采纳 \\ {seq}"), seq.to_string());
    let fields = [
        ("version", "1"),
        ("seq", &seq_text),
        ("at", "1719709200000000"),
        ("actor", "3"),
        ("actor_name", "林知行"),
        ("post", "规划科科长"),
        ("operation", "plan.accept"),
        ("object_kind", "edition"),
        ("object_id", "edition_7"),
        ("after", &root),
        ("salted", "0"),
        ("reason", &reason),
        ("clause", "plan 3\n145\npath 8\n12.3.一\n"),
    ];
    fields.iter().map(|(name, value)| format!("{name} {}\n{value}\n", value.len())).collect()
}

pub fn line(hash: &Hash, canonical: &str) -> String {
    format!("{} {}\n", shown(hash), canonical.replace('\\', "\\\\").replace('\n', "\\n"))
}

/// The lines of an export of entries with these canonical bytes, without its head; the last hash.
pub fn lines(after: (u64, Hash), canonicals: &[String]) -> (Vec<String>, Hash) {
    let mut last = after.1;
    let mut lines = vec![format!("gangmu.journal/1 from {} after {}\n", after.0 + 1, shown(&last))];
    for canonical in canonicals {
        last = sha(&[&last, canonical.as_bytes()]);
        lines.push(line(&last, canonical));
    }
    (lines, last)
}

/// The head line that closes these lines.
pub fn head(lines: &[String], entries: u64, last: &Hash) -> String {
    let sum = shown(&sha(&[lines.concat().as_bytes()]));
    let key = shown(&seal().verifying_key().to_bytes());
    let words = format!("head entries {entries} last {} sum {sum} key {key}", shown(last));
    format!("{words} signature {}\n", shown(&seal().sign(words.as_bytes()).to_bytes()))
}

/// A whole export of so many entries, in lines.
pub fn export(entries: u64) -> Vec<String> {
    let canonicals: Vec<String> = (1..=entries).map(canonical).collect();
    let (mut all, last) = lines((0, [0; 32]), &canonicals);
    all.push(head(&all, entries, &last));
    all
}

pub fn found(bytes: impl AsRef<[u8]>) -> Result<Verified, Break> {
    found_with(bytes, &Asked::default())
}

pub fn found_with(bytes: impl AsRef<[u8]>, asked: &Asked) -> Result<Verified, Break> {
    verify(bytes.as_ref(), asked).unwrap()
}
