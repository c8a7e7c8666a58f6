//! The stand-alone verifier of journal exports (独立核验): nothing altered, dropped, put in between or reordered.
//!
//! *In:* an export as a stream, and what an outsider has kept. *Out:* the head it proves, or where it breaks. *Never:*
//! shares a line with the program that wrote it, so that no mistake hides in both. Every line of an export ends in LF:
//!
//! ```text
//! gangmu.journal/1 from FIRST after HASH     the number of the first entry, and the hash before it
//! HASH CANONICAL                             one for each entry; `\` is written `\\` and LF `\n`
//! head entries N last HASH sum HASH key KEY signature SIGNATURE
//! ```
//!
//! An entry's hash is the SHA-256 of the hash before it and its canonical bytes: fields `name SP length LF value LF`,
//! `version` and `seq` first. `sum` is the SHA-256 of all bytes before the head line; the Ed25519 signature is over the
//! head line up to the blank before `signature`. Numbers are the shortest, hexadecimal digits lower-case, and nothing
//! follows the head line: there is one way only to write an export.

mod proof;
pub use proof::Proof;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};

/// A SHA-256, or a public key.
pub type Hash = [u8; 32];

/// The longest line that is read.
const LONGEST: u64 = 64 << 20;

/// What an export is held against.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The key that must have signed it.
    pub key: Option<Hash>,
    /// Numbers and hashes of entries that somebody outside has kept (已留存的链头).
    pub known: Vec<(u64, Hash)>,
    /// A value that one of its entries is to prove.
    pub proof: Option<Proof>,
}

/// What a whole export proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// The number of its first entry.
    pub first: u64,
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last one; of the one before the first where there is none.
    pub last: Hash,
    /// The key that signed it.
    pub key: Hash,
}

/// Where an export breaks, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// The line, 1 first.
    pub line: u64,
    /// The entry that stands there or should; none where it is no entry's line.
    pub entry: Option<u64>,
    /// How.
    pub what: What,
}

/// How an export breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The line is not written in the form, or nothing should follow.
    Form,
    /// The entry or its hash is not what was recorded.
    Altered,
    /// That number stands in the place of this entry: something was dropped, put in or reordered.
    Sequence(u64),
    /// The file ends before its head line.
    NoHead,
    /// The head line speaks of that many entries, or of another last hash.
    Count(u64),
    /// The bytes before the head line are not those that were signed.
    Sum,
    /// The signature is not that of the key over this head line.
    Signature,
    /// Somebody else signed it.
    Signer,
    /// An entry that was kept as known is another one, or missing.
    Known,
    /// The proof does not lead to what the entry says.
    Proof,
}

/// Verifies an export. Its length costs time, not memory.
pub fn verify(mut input: impl BufRead, asked: &Asked) -> io::Result<Result<Verified, Break>> {
    let (mut line, mut number, mut sum) = (Vec::new(), 1, Sha256::new());
    next(&mut input, &mut line)?;
    let Some((first, mut last)) = header(&line) else { return Ok(broken(1, None, What::Form)) };
    let (mut entry, mut proved, mut canonical) = (first, asked.proof.is_none(), Vec::new());
    loop {
        sum.update(&line);
        number += 1;
        next(&mut input, &mut line)?;
        if line.is_empty() {
            return Ok(broken(number, Some(entry), What::NoHead));
        }
        if line.starts_with(b"head ") {
            break;
        }
        let read = unescape(&line, &mut canonical).and_then(|hash| Some((hash, seq(&canonical)?)));
        let known = |hash: &Hash| !asked.known.iter().any(|(seq, kept)| *seq == entry && kept != hash);
        let proof = asked.proof.as_ref().filter(|proof| proof.entry == entry);
        let what = match read {
            None => What::Form,
            Some((_, seq)) if seq != entry => What::Sequence(seq),
            Some((hash, _)) if hash != sha256(&[&last, &canonical]) => What::Altered,
            Some((hash, _)) if !known(&hash) => What::Known,
            Some(_) if proof.is_some_and(|proof| !proof.leads_to(&canonical)) => What::Proof,
            Some((hash, _)) => {
                proved |= proof.is_some();
                (last, entry) = (hash, entry + 1);
                continue;
            }
        };
        return Ok(broken(number, Some(entry), what));
    }
    let key = match head(&line, (entry - first, &last, &sum.finalize().into())) {
        Ok(key) => key,
        Err(what) => return Ok(broken(number, matches!(what, What::Count(_)).then_some(entry), what)),
    };
    next(&mut input, &mut line)?;
    let ends = (entry - 1, last);
    Ok(match () {
        () if !line.is_empty() => broken(number + 1, None, What::Form),
        () if asked.key.is_some_and(|wanted| wanted != key) => broken(number, None, What::Signer),
        () if asked.known.iter().any(|kept| kept.0 >= ends.0 && *kept != ends) => {
            broken(number, Some(entry), What::Known)
        }
        () if !proved => broken(number, asked.proof.as_ref().map(|proof| proof.entry), What::Proof),
        () => Ok(Verified { first, entries: entry - first, last, key }),
    })
}

fn broken<T>(line: u64, entry: Option<u64>, what: What) -> Result<T, Break> {
    Err(Break { line, entry, what })
}

/// The entry that a line of a checkpoint file keeps (检查点), and the key that signed it:
/// `checkpoint SEQ HASH at MICROSECONDS key KEY signature SIGNATURE`, signed up to the blank before `signature`.
pub fn checkpoint(line: &str) -> Option<((u64, Hash), Hash)> {
    let ["checkpoint", seq, hash, "at", _, "key", key, "signature", _] = words(line)[..] else { return None };
    let key = hex(key)?;
    signed(line, &key)?.then_some(((digits(seq)?, hex(hash)?), key))
}

/// Reads the next line with its LF; nothing at the end.
fn next(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<()> {
    line.clear();
    input.by_ref().take(LONGEST).read_until(b'\n', line).map(drop)
}

/// The number of the first entry and the hash before it; before the first of all there is nothing.
fn header(line: &[u8]) -> Option<(u64, Hash)> {
    let ["gangmu.journal/1", "from", first, "after", hash] = words(text(line)?)[..] else { return None };
    let (first, hash) = (digits(first)?, hex(hash)?);
    (first > 0 && (first == 1) == (hash == [0; 32])).then_some((first, hash))
}

/// The hash of an entry's line; its canonical bytes are left in `canonical`.
fn unescape(line: &[u8], canonical: &mut Vec<u8>) -> Option<Hash> {
    let (hash, mut rest) = line.strip_suffix(b"\n")?.split_at_checked(65)?;
    canonical.clear();
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        canonical.extend_from_slice(&rest[..at]);
        canonical.push(if rest.get(at + 1)? == &b'n' { b'\n' } else { *rest.get(at + 1).filter(|b| **b == b'\\')? });
        rest = &rest[at + 2..];
    }
    canonical.extend_from_slice(rest);
    hex(std::str::from_utf8(hash).ok()?.strip_suffix(' ')?)
}

/// The number that the canonical bytes carry, where all of them are fields.
fn seq(canonical: &[u8]) -> Option<u64> {
    let [version, form, rest] = field(canonical)?;
    let [name, seq, mut rest] = field(rest)?;
    while !rest.is_empty() {
        rest = field(rest)?[2];
    }
    let (b"version", b"1" | b"2", b"seq") = (version, form, name) else { return None };
    digits(std::str::from_utf8(seq).ok()?)
}

/// The first field of canonical bytes: its name, its value, and the bytes after it.
fn field(bytes: &[u8]) -> Option<[&[u8]; 3]> {
    let (line, _) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n')?);
    let (name, length) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let (value, after) = bytes[line.len() + 1..].split_at_checked(usize::try_from(digits(length)?).ok()?)?;
    Some([name.as_bytes(), value, after.strip_prefix(b"\n")?])
}

/// Checks the head line against the number of entries, the last hash and the sum; the key that signed it.
fn head(line: &[u8], (entries, end, sum): (u64, &Hash, &Hash)) -> Result<Hash, What> {
    let line = text(line).ok_or(What::Form)?;
    let ["head", "entries", count, "last", last, "sum", stated, "key", key, "signature", _] = words(line)[..] else {
        return Err(What::Form);
    };
    let (count, last, stated, key) = (digits(count), hex::<32>(last), hex::<32>(stated), hex(key));
    let (count, key) = (count.ok_or(What::Form)?, key.ok_or(What::Form)?);
    match () {
        () if !signed(line, &key).ok_or(What::Form)? => Err(What::Signature),
        () if count != entries || last.as_ref() != Some(end) => Err(What::Count(count)),
        () if stated.as_ref() != Some(sum) => Err(What::Sum),
        () => Ok(key),
    }
}

/// Does the signature at the end of the line hold for what stands before it? `None` where there is none.
fn signed(line: &str, key: &Hash) -> Option<bool> {
    let (message, signature) = line.rsplit_once(" signature ")?;
    let (signature, key) = (Signature::from_bytes(&hex(signature)?), VerifyingKey::from_bytes(key));
    Some(key.is_ok_and(|key| key.verify_strict(message.as_bytes(), &signature).is_ok()))
}

fn text(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line.strip_suffix(b"\n")?).ok()
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

fn sha256(parts: &[&[u8]]) -> Hash {
    parts.iter().fold(Sha256::new(), |sha, part| sha.chain_update(part)).finalize().into()
}

/// A number in its shortest decimal digits.
pub fn digits(text: &str) -> Option<u64> {
    let shortest = text == "0" || !text.starts_with(['0', '+']);
    shortest.then(|| text.parse().ok()).flatten()
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    const DIGITS: &[u8] = b"0123456789abcdef";
    let digit = |byte: &u8| DIGITS.iter().position(|digit| digit == byte).map(|at| at as u8);
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = digit(&pair[0])? << 4 | digit(pair.get(1)?)?;
    }
    (text.len() == 2 * N).then_some(bytes)
}
