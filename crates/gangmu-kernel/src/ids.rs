//! Typed identifiers (标识): a key of the database that can't be mistaken for another one.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A text that is no identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}_<number>, got {got:?}")]
pub struct BadId {
    /// The prefix that was expected.
    pub expected: &'static str,
    /// The text that was given.
    pub got: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The prefix in text form.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(|n| n.parse().ok())
                    .map(Self)
                    .ok_or_else(|| BadId { expected: $prefix, got: text.to_owned() })
            }
        }
    )*};
}

ids! {
    /// A person who can log in (账号).
    AccountId = "account";
    /// A file of an object (附件).
    AttachmentId = "attachment";
    /// A clause of an edition (条款).
    ClauseId = "clause";
    /// A commitment of an edition (承诺事项), proposed or accepted.
    CommitmentId = "commitment";
    /// An edition of a plan (规划文本版本).
    EditionId = "edition";
    /// An indicator (指标), whatever its version.
    IndicatorId = "indicator";
    /// A message to a person (消息).
    MessageId = "message";
    /// A notice of the compiler (疑点).
    NoticeId = "notice";
    /// An organisation (单位).
    OrganisationId = "organisation";
    /// A plan (规划).
    PlanId = "plan";
    /// A post that a person holds (任职).
    PostId = "post";
    /// A deputy's appointment to a post (代办).
    DeputyId = "deputy";
}

#[cfg(test)]
mod tests;
