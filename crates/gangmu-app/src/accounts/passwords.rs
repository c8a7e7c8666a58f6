//! Passwords (密码): their rules, and hashing with argon2id on threads of its own, two at a time.

use super::AccountRefusal;
use crate::{failure::Failure, ports::Random};
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use gangmu_store::Fault;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many characters a password needs.
pub const LEAST: usize = 10;
/// How many characters a password may have.
pub const MOST: usize = 128;

/// What hashing a password costs whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// For real use: 19 MiB, two passes.
    Full,
    /// For tests that log in hundreds of times.
    Cheap,
}

/// The hasher of passwords.
pub struct Passwords {
    argon: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Verified against where there is no account, so that this takes as long.
    nobody: String,
}

/// The right to verify a password now; held until the outcome is written, so that guesses can't race the lock.
pub(crate) struct Turn(#[allow(dead_code)] OwnedSemaphorePermit);

impl Passwords {
    /// A hasher of that cost.
    pub fn new(cost: Cost) -> Self {
        let params = match cost {
            Cost::Full => Params::DEFAULT,
            Cost::Cheap => Params::new(Params::MIN_M_COST, 1, 1, None).expect("the smallest cost is a cost"),
        };
        let argon = Argon2::from(params);
        let nobody = phc(&argon, "nobody's password", &[0; 16]);
        Self { argon, turns: Arc::new(Semaphore::new(2)), nobody }
    }

    /// Waits until fewer than two passwords are being hashed.
    pub(crate) async fn turn(&self) -> Turn {
        Turn(self.turns.clone().acquire_owned().await.expect("the semaphore is never closed"))
    }

    /// The hash of a password, in PHC form.
    pub async fn hash(&self, random: &dyn Random, password: String) -> Result<String, Failure> {
        let turn = self.turn().await;
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let argon = self.argon.clone();
        let hashed = tokio::task::spawn_blocking(move || phc(&argon, &password, &salt)).await;
        drop(turn);
        hashed.map_err(|e| Fault::Panicked(e.to_string()).into())
    }

    /// Is that the password of this hash? Of no account it never is, and takes as long to say.
    pub(crate) async fn verify(&self, _turn: &Turn, hash: Option<String>, password: String) -> Result<bool, Failure> {
        let (argon, known) = (self.argon.clone(), hash.is_some());
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let verify = move || {
            let long = password.chars().count() > MOST;
            !long && argon.verify_password(password.as_bytes(), hash.as_str()).is_ok()
        };
        let right = tokio::task::spawn_blocking(verify).await.map_err(|e| Fault::Panicked(e.to_string()))?;
        Ok(right && known)
    }
}

fn phc(argon: &Argon2<'_>, password: &str, salt: &[u8]) -> String {
    argon
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("sixteen bytes of salt and a text below four gigabytes can be hashed")
        .to_string()
}

/// Everything that speaks against a password.
pub fn faults(password: &str, login: &str) -> Vec<AccountRefusal> {
    let count = password.chars().count();
    let different = password.chars().collect::<std::collections::BTreeSet<_>>().len();
    let mut faults = Vec::new();
    if count < LEAST {
        faults.push(AccountRefusal::PasswordTooShort { least: LEAST });
    }
    if count > MOST {
        faults.push(AccountRefusal::PasswordTooLong { most: MOST });
    }
    if different < 4 {
        faults.push(AccountRefusal::PasswordTooPlain);
    }
    if !login.is_empty() && password.to_lowercase().contains(login) {
        faults.push(AccountRefusal::PasswordHoldsLogin);
    }
    faults
}

/// A password for the first day: three groups of letters and digits that nobody mixes up when reading them out.
pub fn first_day(random: &dyn Random) -> String {
    // Thirty-two signs, so that a byte's five low bits choose evenly.
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 12];
    random.fill(&mut bytes);
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
