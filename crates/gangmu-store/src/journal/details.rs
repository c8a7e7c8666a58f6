//! The values behind the digests of an entry (明细): what stood before and after, as the bytes that were digested.
//!
//! They stand beside the chain and not in it, so that personal data can be erased while the chain stays valid. A value
//! is believed as far as its digest agrees ([`agrees`]).

use super::{Entry, Hash, Object, digest};
use crate::{
    db::Tx,
    dialect::{List, in_keys},
    fault::Fault,
    params,
    statement::Engine,
    value::Row,
};
use std::collections::BTreeMap;

/// The longest value that is kept; of a longer one the digest alone stays.
pub const LONGEST: usize = 256 * 1024;

crate::statements! {
    ADD = "INSERT INTO journal_details (seq, before, after, leaves) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT seq, before, after, leaves, erased FROM journal_details WHERE seq = $1";
    ERASE = "UPDATE journal_details SET before = NULL, after = NULL, erased = TRUE
      WHERE seq IN (SELECT seq FROM journal WHERE object_kind = $1 AND object_id = $2 AND salted = TRUE)";
}

/// What is kept beside an entry (明细).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// The object before, in the bytes of its digest.
    pub before: Option<String>,
    /// The object after.
    pub after: Option<String>,
    /// Keys and digests of the rows of an operation on many, in their order.
    pub leaves: Vec<(String, Hash)>,
    /// Were the values erased because they held personal data?
    pub erased: bool,
}

impl Details {
    /// Is there nothing to keep?
    pub fn is_empty(&self) -> bool {
        self.before.is_none() && self.after.is_none() && self.leaves.is_empty()
    }
}

/// Does a value stand behind that digest (明细核对)?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// It is what was digested.
    Agrees,
    /// It is something else: the value was altered beside the chain.
    Differs,
    /// The value, or the salt that its digest needs, is not there: never kept, or erased.
    Gone,
}

/// Does the value stand behind the digest?
pub fn agrees(digest: Option<&Hash>, value: Option<&str>, salted: bool, salt: Option<&Hash>) -> Agreement {
    let made = match (value, salted, salt) {
        (None, ..) | (Some(_), true, None) => return Agreement::Gone,
        (Some(value), true, Some(salt)) => digest::salted_text(salt, value),
        (Some(value), false, _) => digest::plain_text(value),
    };
    if digest == Some(&made) { Agreement::Agrees } else { Agreement::Differs }
}

/// Keeps the details of an entry.
pub fn add(tx: &mut Tx<'_>, seq: i64, details: &Details) -> Result<(), Fault> {
    let kept = |value: &Option<String>| value.clone().filter(|value| value.len() <= LONGEST);
    let (before, after) = (kept(&details.before), kept(&details.after));
    let leaves = Some(packed(&details.leaves)).filter(|bytes| !bytes.is_empty());
    if before.is_some() || after.is_some() || leaves.is_some() {
        tx.execute(ADD, params![seq, before, after, leaves])?;
    }
    Ok(())
}

/// The details of an entry, as far as they are there.
pub fn find(tx: &mut Tx<'_>, seq: i64) -> Result<Details, Fault> {
    Ok(tx.maybe(FIND, params![seq], details)?.map(|found| found.1).unwrap_or_default())
}

/// The details of those entries, without the rows of operations on many.
pub fn of(tx: &mut Tx<'_>, seqs: &[i64]) -> Result<BTreeMap<i64, Details>, Fault> {
    let list = of_list(tx.engine(), seqs);
    Ok(tx.query(&list, list.params(), details)?.into_iter().collect())
}

fn of_list(engine: Engine, seqs: &[i64]) -> List {
    List::new("SELECT seq, before, after, NULL, erased FROM journal_details")
        .and(&format!("seq {}", in_keys(engine, "$#")), [serde_json::json!(seqs).into()])
}

/// Every text that the lists of this module can take.
pub(crate) fn lists(engine: Engine) -> Vec<(&'static str, List)> {
    vec![("journal::details::of", of_list(engine, &[1]))]
}

/// Erases what stands behind the salted entries of an object, and its salt with it: nobody can read or test any more
/// what they said, and the chain stays valid. Was there anything?
pub fn erase(tx: &mut Tx<'_>, object: &Object) -> Result<bool, Fault> {
    let details = tx.execute(ERASE, params![&object.kind, &object.id])? > 0;
    Ok(digest::erase_salt(tx, object)? || details)
}

/// What an entry says of its object, and what stands behind it.
pub fn agreement(tx: &mut Tx<'_>, entry: &Entry, details: &Details) -> Result<(Agreement, Agreement), Fault> {
    let salt = if entry.salted { digest::found(tx, &entry.object)? } else { None };
    let of = |digest: &Option<Hash>, value: &Option<String>| {
        agrees(digest.as_ref(), value.as_deref(), entry.salted, salt.as_ref())
    };
    Ok((of(&entry.before, &details.before), of(&entry.after, &details.after)))
}

fn details(row: &Row<'_>) -> Result<(i64, Details), Fault> {
    let leaves = row.get::<Option<Vec<u8>>>(3)?.map(|bytes| unpacked(&bytes)).unwrap_or_default();
    Ok((row.get(0)?, Details { before: row.get(1)?, after: row.get(2)?, leaves, erased: row.get(4)? }))
}

/// For each row: the length of its key in one byte, the key, the digest.
fn packed(leaves: &[(String, Hash)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(leaves.len() * 48);
    for (key, hash) in leaves {
        let key: &[u8] = key.as_bytes();
        let length = u8::try_from(key.len()).unwrap_or(u8::MAX);
        bytes.push(length);
        bytes.extend_from_slice(&key[..usize::from(length)]);
        bytes.extend_from_slice(hash);
    }
    bytes
}

fn unpacked(mut bytes: &[u8]) -> Vec<(String, Hash)> {
    let mut leaves = Vec::new();
    while let Some((length, rest)) = bytes.split_first() {
        let Some((key, rest)) = rest.split_at_checked(usize::from(*length)) else { break };
        let Some((hash, rest)) = rest.split_first_chunk::<32>() else { break };
        leaves.push((String::from_utf8_lossy(key).into_owned(), *hash));
        bytes = rest;
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_kept() {
        let leaves = vec![("000001".to_owned(), [1; 32]), ("二".to_owned(), [2; 32]), (String::new(), [3; 32])];
        assert_eq!(unpacked(&packed(&leaves)), leaves);
        assert_eq!(unpacked(&[]), []);
    }

    #[test]
    fn a_value_agrees_with_its_own_digest_only() {
        let digest = digest::plain_text("{}");
        assert_eq!(agrees(Some(&digest), Some("{}"), false, None), Agreement::Agrees);
        assert_eq!(agrees(Some(&digest), Some("{ }"), false, None), Agreement::Differs);
        assert_eq!(agrees(Some(&digest), None, false, None), Agreement::Gone);
        let salted = digest::salted_text(&[7; 32], "{}");
        assert_eq!(agrees(Some(&salted), Some("{}"), true, Some(&[7; 32])), Agreement::Agrees);
        assert_eq!(agrees(Some(&salted), Some("{}"), true, Some(&[8; 32])), Agreement::Differs);
        assert_eq!(agrees(Some(&salted), Some("{}"), true, None), Agreement::Gone);
    }
}
