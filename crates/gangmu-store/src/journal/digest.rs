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
    plain_text(&canonical(object))
}

/// The digest of an object that is written in its canonical bytes already.
pub fn plain_text(canonical: &str) -> Hash {
    Sha256::digest(canonical).into()
}

/// The digest of an object with personal data, under its salt.
pub fn salted(salt: &Hash, object: &impl Serialize) -> Hash {
    salted_text(salt, &canonical(object))
}

/// The salted digest of an object that is written in its canonical bytes already.
pub fn salted_text(salt: &Hash, canonical: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(canonical).finalize().into()
}

/// The object's salt, where it has one.
pub fn found(tx: &mut Tx<'_>, object: &Object) -> Result<Option<Hash>, Fault> {
    tx.maybe(FIND_SALT, params![&object.kind, &object.id], |row| row.get(0))
}

/// The object's salt; where it has none yet it gets one out of `fresh`, of its own, so that many objects of one
/// operation don't share theirs.
pub fn salt(tx: &mut Tx<'_>, object: &Object, fresh: Hash) -> Result<Hash, Fault> {
    if let Some(salt) = found(tx, object)? {
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

/// The bytes that a digest sees: JSON with sorted keys and without blanks, a marker in the place of each secret.
pub fn canonical(object: &impl Serialize) -> String {
    // Through `Value`, whose maps are sorted by key.
    let mut value = serde_json::to_value(object).expect("objects of the store have text keys, so JSON can write them");
    hide(&mut value);
    value.to_string()
}

/// What stands in the place of a secret.
const HIDDEN: &str = "•••";

/// Rows leave their secrets out by themselves; should one forget it, none gets into the journal all the same.
fn hide(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| {
            match name.as_str() {
                "password" | "token" | "secret" if value.is_string() => *value = HIDDEN.into(),
                _ => hide(value),
            };
        }),
        serde_json::Value::Array(values) => values.iter_mut().for_each(hide),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_gets_into_a_digest_or_a_detail() {
        let row = serde_json::json!({"b": 1, "a": {"password": "$argon2id$…", "token": 3}, "list": [{"secret": "x"}]});
        assert_eq!(canonical(&row), r#"{"a":{"password":"•••","token":3},"b":1,"list":[{"secret":"•••"}]}"#);
    }
}
