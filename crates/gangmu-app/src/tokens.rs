//! Tokens that act for a person (访问令牌): made by the person for a program, with a part of what the person may, until a
//! day; the journal names the token beside the person.

pub mod admit;
pub mod issue;
pub mod list;
pub mod revoke;

pub use issue::{Issued, NewToken, grantable_in, issue};

use crate::{access::Access, operate::Operation, session::Session};
use gangmu_kernel::refusal::Refusal;
use gangmu_store::journal::Object;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The action of the access matrix.
pub(crate) const ACTION: &str = "tokens.own";
/// The action of a token that makes others, no wider than itself.
pub(crate) const PASS_ON: &str = "tokens.pass_on";

/// By which right this session keeps tokens: a person's own, or that of a token which may make others.
pub(crate) fn action(session: &Session) -> &'static str {
    if session.through.is_some() { PASS_ON } else { ACTION }
}

/// The operation of that name, under the right by which this session keeps tokens.
pub(crate) fn operation(name: &'static str, session: &Session) -> Operation {
    Operation::under(name, action(session))
}

/// Days that a token may last.
pub const LONGEST: i64 = 366;
/// Tokens in force that a person may have.
pub const MOST: usize = 20;
/// What every token begins with, so that a scanner finds one that lies about.
pub const SIGN: &str = "gangmu_";

/// The token as an object of the journal.
pub(crate) fn object(id: i64) -> Object {
    Object::new("token", id)
}

/// Through which token a person acts (经由令牌).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// Its key.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// The actions that it may.
    pub scope: BTreeSet<String>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Does this action only read?
pub fn is_reading(action: &str) -> bool {
    let verb = action.split_once('.').map_or(action, |(_, verb)| verb);
    ["read", "list", "export", "search"].iter().any(|word| verb == *word || verb.ends_with(&format!("_{word}")))
}

/// What belongs to the person alone, so that no token may it: the account itself, and other tokens.
const ALONE: [&str; 3] = ["accounts.login", "accounts.own", "tokens.own"];

/// The actions that a person may give to a token: what the person may, without what belongs to the person alone. A token
/// that makes others gives no more than it has, and not the right to go on making some.
pub fn grantable(access: &Access, session: &Session) -> Vec<String> {
    access
        .rows()
        .map(|(action, _)| action)
        .filter(|action| !ALONE.contains(action) && session.may(access, action))
        .filter(|action| session.through.is_none() || *action != PASS_ON)
        .map(str::to_owned)
        .collect()
}

/// Why a token can't be made (令牌方面的拒绝理由).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The name is empty or longer than allowed.
    BadName,
    /// It may nothing.
    EmptyScope,
    /// The person may not do this, so the token may not either.
    BeyondOwner {
        /// The action.
        action: String,
    },
    /// It would end in the past, or later than allowed.
    BadExpiry {
        /// Days allowed.
        most: i64,
    },
    /// It would outlive the token through which it is made.
    Outlives,
    /// The person may not act in this post today.
    NoSuchPost,
    /// The person has as many as allowed.
    TooMany {
        /// How many.
        most: usize,
    },
}

impl Refusal for TokenRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::BadName => "tokens-issue-bad-name",
            Self::EmptyScope => "tokens-issue-empty-scope",
            Self::BeyondOwner { .. } => "tokens-issue-beyond-owner",
            Self::BadExpiry { .. } => "tokens-issue-bad-expiry",
            Self::Outlives => "tokens-issue-outlives",
            Self::NoSuchPost => "tokens-issue-no-such-post",
            Self::TooMany { .. } => "tokens-issue-too-many",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::BeyondOwner { action } => BTreeMap::from([("action", action.clone())]),
            Self::BadExpiry { most } => BTreeMap::from([("most", most.to_string())]),
            Self::TooMany { most } => BTreeMap::from([("most", most.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}
