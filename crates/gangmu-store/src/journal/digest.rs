//! Digests of objects before and after (摘要), salted where they hold personal data.
//!
//! An object is written as JSON with sorted keys and without blanks; the digest is the SHA-256 of these bytes, behind
//! the object's salt where it has one. Without the salt nobody can test a guess against a salted digest.

use super::{Hash, Object};
use crate::{db::Tx, fault::Fault, params};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

crate::statements! {
    FIND_SALT = "SELECT salt FROM journal_salts WHERE object_kind = $1 AND object_id = $2";
    ADD_SALT = "INSERT INTO journal_salts (object_kind, object_id, salt) VALUES ($1, $2, $3)";
    ERASE_SALT = "DELETE FROM journal_salts WHERE object_kind = $1 AND object_id = $2";
}

/// The digest of an object without personal data.
pub fn plain(object: &impl Serialize) -> Hash {
    Sha256::digest(canonical(object)).into()
}

/// The digest of an object with personal data, under its salt.
pub fn salted(salt: &Hash, object: &impl Serialize) -> Hash {
    Sha256::new().chain_update(salt).chain_update(canonical(object)).finalize().into()
}

/// The object's salt; where it has none yet it gets one out of `fresh`, of its own, so that many objects of one
/// operation don't share theirs.
pub fn salt(tx: &mut Tx<'_>, object: &Object, fresh: Hash) -> Result<Hash, Fault> {
    if let Some(salt) = tx.maybe(FIND_SALT, params![&object.kind, &object.id], |row| row.get(0))? {
        return Ok(salt);
    }
    let own = Sha256::new().chain_update(fresh).chain_update(&object.kind).chain_update([0]).chain_update(&object.id);
    let own: Hash = own.finalize().into();
    tx.execute(ADD_SALT, params![&object.kind, &object.id, own])?;
    Ok(own)
}

/// Forgets the object's salt: its digests can no longer be tested, and the chain stays valid. Was there one?
pub fn erase_salt(tx: &mut Tx<'_>, object: &Object) -> Result<bool, Fault> {
    Ok(tx.execute(ERASE_SALT, params![&object.kind, &object.id])? > 0)
}

fn canonical(object: &impl Serialize) -> Vec<u8> {
    // Through `Value`, whose maps are sorted by key.
    let value = serde_json::to_value(object).expect("objects of the store have text keys, so JSON can write them");
    value.to_string().into_bytes()
}
