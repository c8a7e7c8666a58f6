//! Refusals (拒绝): when the rules say no, all the reasons at once, as codes with fields.
//!
//! The kernel and the engines hold no sentences; the words live in `locales/<lang>/<noun>.ftl` under the code.

use std::{collections::BTreeMap, fmt};

/// A reason why the rules say no (拒绝理由): a code and the facts that its sentence needs.
pub trait Refusal: fmt::Debug {
    /// The key of its sentence, such as `period-unreadable`.
    fn code(&self) -> &'static str;

    /// The named facts of its sentence.
    fn fields(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}

/// Declares an enum of refusals (拒绝理由): each variant with its fields, its words for logs and its code.
#[macro_export]
macro_rules! refusals {
    (
        $(#[$of_enum:meta])* $visible:vis enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident { $($field:ident: $type:ty),* $(,)? } = $code:literal),* $(,)?
        }
    ) => {
        $(#[$of_enum])*
        #[derive(Debug, PartialEq, Eq, thiserror::Error)]
        $visible enum $name {
            $($(#[$of_variant])* $variant { $(#[doc = concat!("`", stringify!($field), "` of the sentence.")] $field: $type),* }),*
        }

        impl $crate::refusal::Refusal for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),* }
            }

            fn fields(&self) -> std::collections::BTreeMap<&'static str, String> {
                match self {
                    $(Self::$variant { $($field),* } => [$((stringify!($field), $field.to_string())),*].into()),*
                }
            }
        }
    };
}

/// A reason in the form that crosses layers: code and fields, whatever enum it was (拒绝理由).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// The key of its sentence.
    pub code: &'static str,
    /// The named facts of its sentence.
    pub fields: BTreeMap<&'static str, String>,
}

impl<R: Refusal> From<&R> for Reason {
    fn from(refusal: &R) -> Self {
        Self { code: refusal.code(), fields: refusal.fields() }
    }
}

/// All reasons of one refusal (拒绝理由清单), at least one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Reasons(Vec<Reason>);

impl Reasons {
    /// All reasons of a list; none where the list is empty, because then nothing was refused.
    pub fn of<R: Refusal>(refusals: &[R]) -> Option<Self> {
        Self::gather(refusals.iter().map(Reason::from).collect())
    }

    /// Reasons of several kinds in one; none where the list is empty.
    pub fn gather(reasons: Vec<Reason>) -> Option<Self> {
        (!reasons.is_empty()).then_some(Self(reasons))
    }

    /// The reasons in the order in which they were found.
    pub fn as_slice(&self) -> &[Reason] {
        &self.0
    }

    /// Is there a reason of this code among them?
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|reason| reason.code == code)
    }
}

impl<R: Refusal> From<R> for Reasons {
    fn from(refusal: R) -> Self {
        Self(vec![Reason::from(&refusal)])
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            f.write_str(reason.code)?;
            for (name, value) in &reason.fields {
                write!(f, " {name}={value:?}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Reasons {}

#[cfg(test)]
mod tests;
