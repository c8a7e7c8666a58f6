//! The installation's signature (签名): what it signs was said by whoever held its key, and by nobody else.
//!
//! Ed25519. The binary reads the secret from a file and wires the seal in; the public half is for everybody.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;

/// A key that signs (签名密钥). It is never printed.
#[derive(Clone)]
pub struct Seal(SigningKey);

impl Seal {
    /// Of its secret.
    pub fn of(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public key, by which anybody can check the signatures.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The signature over these words.
    pub fn sign(&self, words: &str) -> [u8; 64] {
        self.0.sign(words.as_bytes()).to_bytes()
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Seal").field(&gangmu_store::journal::canonical::hex(&self.public())).finish()
    }
}

/// Does the signature hold for these words under that public key?
pub fn holds(key: &[u8; 32], words: &str, signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_bytes(key);
    key.is_ok_and(|key| key.verify_strict(words.as_bytes(), &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_words_under_its_key_only() {
        let (seal, other) = (Seal::of(&[7; 32]), Seal::of(&[8; 32]));
        let signature = seal.sign("纲目");
        assert!(holds(&seal.public(), "纲目", &signature));
        assert!(!holds(&other.public(), "纲目", &signature));
        assert!(!holds(&seal.public(), "纲目 ", &signature));
        assert!(!format!("{seal:?}").contains(&"07".repeat(32)), "the secret is not printed");
    }
}
