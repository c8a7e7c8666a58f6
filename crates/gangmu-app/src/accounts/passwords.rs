//! Passwords (密码): their rules in one list, and hashing with argon2id on threads of its own, two at a time.
//!
//! The rules are those of NIST SP 800-63B and of the usual practice under GB/T 22239: length counts, composition does
//! not, and what everybody tries first is refused.

use super::AccountRefusal;
use crate::{failure::Failure, ports::Random};
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use gangmu_store::Fault;
use std::{collections::BTreeSet, sync::Arc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many characters a password needs.
pub const LEAST: usize = 10;
/// How many characters a password may have.
pub const MOST: usize = 128;
/// How many different characters a password needs.
const DIFFERENT: usize = 4;
/// How many passwords, the present one among them, are not taken again.
pub const NOT_AGAIN: usize = 5;
/// Former passwords that are kept for that, beside the present one.
pub(super) const KEPT: i64 = NOT_AGAIN as i64 - 1;
/// What stands in the place of a hash where an account has no password yet.
pub const NONE: &str = "none";

/// Words and passwords that are tried first, one a line, in small letters.
const COMMON: &str = include_str!("common.txt");

/// A rule of passwords (密码规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It has at least so many characters.
    Least(usize),
    /// It has at most so many characters.
    Most(usize),
    /// It has at least so many different characters.
    Different(usize),
    /// It holds neither the login nor the name of its person.
    NotOwn,
    /// It is none of those that are tried first.
    NotCommon,
    /// It is none of the last so many of this account.
    NotAgain(usize),
}

/// All rules, as the form shows them and as [`faults`] and the change of a password hold them.
pub const RULES: [Rule; 6] = [
    Rule::Least(LEAST),
    Rule::Most(MOST),
    Rule::Different(DIFFERENT),
    Rule::NotOwn,
    Rule::NotCommon,
    Rule::NotAgain(NOT_AGAIN),
];

impl Rule {
    /// The word of its sentence, and the number in it.
    pub fn said(self) -> (&'static str, usize) {
        match self {
            Self::Least(n) => ("least", n),
            Self::Most(n) => ("most", n),
            Self::Different(n) => ("different", n),
            Self::NotOwn => ("not-own", 0),
            Self::NotCommon => ("not-common", 0),
            Self::NotAgain(n) => ("not-again", n),
        }
    }

    /// Everything in a password that breaks this rule; what was used before only hashes can tell.
    fn broken(self, password: &str, whose: Whose<'_>) -> Vec<AccountRefusal> {
        let count = password.chars().count();
        let folded = password.to_lowercase();
        let holds = |text: &str, least: usize| text.chars().count() >= least && folded.contains(&text.to_lowercase());
        match self {
            Self::Least(least) if count < least => vec![AccountRefusal::PasswordTooShort { least }],
            Self::Most(most) if count > most => vec![AccountRefusal::PasswordTooLong { most }],
            Self::Different(least) if password.chars().collect::<BTreeSet<_>>().len() < least => {
                vec![AccountRefusal::PasswordTooPlain]
            }
            Self::NotOwn => {
                let login = holds(whose.login, 1).then_some(AccountRefusal::PasswordHoldsLogin);
                let name = holds(whose.name.trim(), 2).then_some(AccountRefusal::PasswordHoldsName);
                login.into_iter().chain(name).collect()
            }
            Self::NotCommon if is_common(&folded) => vec![AccountRefusal::PasswordCommon],
            _ => Vec::new(),
        }
    }
}

/// Whose password it is to be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Whose<'a> {
    /// The login.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
}

/// Everything in a password that speaks against it.
pub fn faults(password: &str, whose: Whose<'_>) -> Vec<AccountRefusal> {
    RULES.into_iter().flat_map(|rule| rule.broken(password, whose)).collect()
}

/// Is it tried first: in the list, a word of the list with figures and signs around, a sequence, a repetition?
fn is_common(folded: &str) -> bool {
    let listed = |text: &str| !text.is_empty() && COMMON.lines().any(|line| line == text);
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let around = folded.chars().filter(|c| !c.is_alphabetic()).count();
    let letters: Vec<char> = folded.chars().collect();
    listed(folded) || (listed(core) && around <= 8) || is_sequence(&letters) || is_repetition(&letters)
}

/// Each character follows the one before it, up or down, the zero after the nine as on keys.
fn is_sequence(letters: &[char]) -> bool {
    let step = |pair: &[char]| match (pair[0], pair[1]) {
        ('9', '0') => 1,
        ('0', '9') => -1,
        (a, b) => i64::from(u32::from(b)) - i64::from(u32::from(a)),
    };
    let steps: BTreeSet<i64> = letters.windows(2).map(step).collect();
    steps.len() == 1 && steps.iter().all(|step| step.abs() == 1)
}

/// A piece of two to four characters, over and over; a single one is too plain anyway.
fn is_repetition(letters: &[char]) -> bool {
    (2..=4).any(|size| letters.len() > size * 2 && letters.iter().zip(&letters[size..]).all(|(a, b)| a == b))
}

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

    /// Is that the password of this hash? Of no account, or one without a password, it never is, and takes as long to
    /// say.
    pub(crate) async fn verify(&self, _turn: &Turn, hash: Option<String>, password: String) -> Result<bool, Failure> {
        let hash = hash.filter(|hash| hash != NONE);
        let (argon, known) = (self.argon.clone(), hash.is_some());
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let verify = move || {
            let long = password.chars().count() > MOST;
            !long && argon.verify_password(password.as_bytes(), hash.as_str()).is_ok()
        };
        let right = tokio::task::spawn_blocking(verify).await.map_err(|e| Fault::Panicked(e.to_string()))?;
        Ok(right && known)
    }

    /// Is that the password of one of these hashes?
    pub(crate) async fn is_one_of(&self, turn: &Turn, hashes: Vec<String>, password: &str) -> Result<bool, Failure> {
        for hash in hashes {
            if self.verify(turn, Some(hash), password.to_owned()).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn phc(argon: &Argon2<'_>, password: &str, salt: &[u8]) -> String {
    argon
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("sixteen bytes of salt and a text below four gigabytes can be hashed")
        .to_string()
}

/// Thirty-two signs that nobody mixes up when reading them out, so that a byte's five low bits choose evenly.
pub(crate) const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A password for the first day: three groups of letters and digits.
pub fn first_day(random: &dyn Random) -> String {
    groups(random, 3)
}

/// So many groups of four random signs, with dashes between.
pub(crate) fn groups(random: &dyn Random, count: usize) -> String {
    let mut bytes = vec![0; count * 4];
    random.fill(&mut bytes);
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangmu_kernel::refusal::Refusal;

    fn codes(password: &str) -> Vec<&'static str> {
        let whose = Whose { login: "guihua", name: "林规划" };
        faults(password, whose).iter().map(Refusal::code).collect()
    }

    #[test]
    fn a_sentence_or_chance_is_a_password() {
        for good in ["Ce-shi-2024", "k7pm-2xqd-w9ra", "我每天早上七点半坐公交上班", "correct horse battery"]
        {
            assert_eq!(codes(good), [""; 0], "{good}");
        }
    }

    #[test]
    fn what_is_tried_first_is_no_password() {
        let common = [
            "Password2024!",
            "administrator",
            "1234567890",
            "0987654321",
            "abcdefghijkl",
            "qwertyuiop123",
            "123123123123",
            "Admin@123456",
            "woaini1314520",
            "!!changeme!!",
            "1q2w3e4r5t6y",
            "abcabcabcabc",
        ];
        for bad in common {
            assert!(codes(bad).contains(&"accounts.password.common"), "{bad}: {:?}", codes(bad));
        }
    }

    #[test]
    fn a_password_holds_neither_login_nor_name() {
        assert_eq!(codes("my-GUIHUA-pw"), ["accounts.password.holds_login"]);
        assert_eq!(codes("林规划的密码是这一个"), ["accounts.password.holds_name"]);
        assert_eq!(codes("short"), ["accounts.password.too_short"]);
        assert_eq!(codes(&"long-word".repeat(20)), ["accounts.password.too_long"]);
    }
}
