//! What the chain holds digests of alone because it is about people (链外文字): the name and post of who acted, and the
//! reason that was given.
//!
//! A name stands once with its post, under the digest that all its entries carry; it is salted with the salt of the
//! account, and of the account for which a deputy acted. A reason has a salt of its own. Whatever is erased here leaves
//! the chain valid, and nobody can test any more what stood there. What stands here is believed as far as its digest
//! agrees ([`altered`]).

use super::{Entry, Hash, Object, digest};
use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AccountId;
use sha2::{Digest as _, Sha256};

crate::statements! {
    ADD_PERSON = "INSERT INTO journal_people (digest, account, behalf, name, post) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (digest) DO NOTHING";
    ADD_REASON = "INSERT INTO journal_reasons (seq, reason, salt) VALUES ($1, $2, $3)";
    PEOPLE = "SELECT digest, account, behalf, name, post FROM journal_people ORDER BY digest";
    FIRST_BY = "SELECT min(seq) FROM journal WHERE actor = $1 AND who = $2";
    REASONS = "SELECT r.seq, r.reason, r.salt, j.why FROM journal_reasons r LEFT JOIN journal j ON j.seq = r.seq
      WHERE r.seq > $1 ORDER BY r.seq LIMIT 1000";
    REASON = "SELECT reason, salt FROM journal_reasons WHERE seq = $1";
    FORGET_PEOPLE = "DELETE FROM journal_people WHERE account = $1 OR behalf = $1";
    FORGET_REASONS = "DELETE FROM journal_reasons
      WHERE seq IN (SELECT seq FROM journal WHERE object_kind = $1 AND object_id = $2)";
    FORGET_NAMED = "DELETE FROM journal_reasons WHERE replace(reason, $1, '') <> reason";
}

/// The digests in the place of what stands beside the chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// Of the name and post of who acted.
    pub who: Option<Hash>,
    /// Of the reason that was given.
    pub why: Option<Hash>,
}

/// The bytes that the digest of who acted sees.
fn person(name: &str, post: Option<&str>) -> String {
    digest::canonical(&serde_json::json!({ "name": name, "post": post }))
}

/// The object whose salt hides the names of that account.
fn account(id: AccountId) -> Object {
    Object::new("account", id)
}

/// The salt of a name: that of the account, and where somebody acted for another that of both.
fn joined(salt: Hash, other: Option<Hash>) -> Hash {
    match other {
        None => salt,
        Some(other) => Sha256::new().chain_update(salt).chain_update(other).finalize().into(),
    }
}

/// Puts what an entry says of people beside the chain; the digests that stand for it. `fresh` is new for each operation.
pub(super) fn keep(tx: &mut Tx<'_>, seq: i64, entry: &Entry, fresh: Hash) -> Result<Beside, Fault> {
    let by = &entry.by;
    let salt = digest::salt(tx, &account(by.account), fresh)?;
    let other = by.behalf.map(|behalf| digest::salt(tx, &account(behalf), fresh)).transpose()?;
    let who = digest::salted_text(&joined(salt, other), &person(&by.name, by.post.as_deref()));
    tx.execute(ADD_PERSON, params![who, by.account, by.behalf, &by.name, by.post.as_ref()])?;
    let why = match &entry.reason {
        None => None,
        Some(reason) => {
            let salt: Hash = Sha256::new().chain_update(fresh).chain_update("reason").finalize().into();
            tx.execute(ADD_REASON, params![seq, reason, salt])?;
            Some(digest::salted_text(&salt, reason))
        }
    };
    Ok(Beside { who: Some(who), why })
}

/// The salt and bytes of who acted, as far as they are there: for a proof.
pub fn who(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<(Hash, String)>, Fault> {
    let by = &entry.by;
    let Some(salt) = digest::found(tx, &account(by.account))? else { return Ok(None) };
    let other = match by.behalf {
        None => None,
        Some(behalf) => match digest::found(tx, &account(behalf))? {
            None => return Ok(None),
            found => found,
        },
    };
    Ok(Some((joined(salt, other), person(&by.name, by.post.as_deref()))).filter(|_| !by.name.is_empty()))
}

/// The salt and bytes of the reason, as far as they are there: for a proof.
pub fn why(tx: &mut Tx<'_>, seq: i64) -> Result<Option<(Hash, String)>, Fault> {
    tx.maybe(REASON, params![seq], |row| Ok((row.get(1)?, row.get(0)?)))
}

/// An entry of which a name or a reason was altered beside the chain; none where all that is there agrees.
pub fn altered(tx: &mut Tx<'_>) -> Result<Option<i64>, Fault> {
    type Kept = (Hash, AccountId, Option<AccountId>, String, Option<String>);
    let people: Vec<Kept> =
        tx.query(PEOPLE, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    for (kept, of, behalf, name, post) in people {
        let other = behalf.map(|behalf| digest::found(tx, &account(behalf))).transpose()?.flatten();
        let salt = digest::found(tx, &account(of))?.map(|salt| joined(salt, other));
        if salt.map(|salt| digest::salted_text(&salt, &person(&name, post.as_deref()))) != Some(kept) {
            return tx.one(FIRST_BY, params![of, kept], |row| Ok(row.get::<Option<i64>>(0)?.or(Some(0))));
        }
    }
    let mut at = 0;
    loop {
        type Given = (i64, String, Hash, Option<Hash>);
        let given: Vec<Given> =
            tx.query(REASONS, params![at], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let Some(last) = given.last() else { return Ok(None) };
        at = last.0;
        let wrong = |(_, reason, salt, why): &&Given| *why != Some(digest::salted_text(salt, reason));
        if let Some((seq, ..)) = given.iter().find(wrong) {
            return Ok(Some(*seq));
        }
    }
}

/// Forgets a person: every name under which the account acted or somebody acted for it, the reasons given for what was
/// done to the account or one of these objects.
pub fn forget(tx: &mut Tx<'_>, person: AccountId, objects: &[Object]) -> Result<(), Fault> {
    tx.execute(FORGET_PEOPLE, params![person])?;
    for object in std::iter::once(&account(person)).chain(objects) {
        tx.execute(FORGET_REASONS, params![&object.kind, &object.id])?;
    }
    Ok(())
}

/// Forgets every reason in which that name stands.
pub fn forget_named(tx: &mut Tx<'_>, name: &str) -> Result<(), Fault> {
    tx.execute(FORGET_NAMED, params![name]).map(drop)
}
