//! Why an operation did not happen (未能办理): not allowed, refused by the rules, absent, unreadable, or a fault.

use crate::{access::Forbidden, terms::Answer};
use gangmu_documents::Unreadable;
use gangmu_kernel::refusal::{Reasons, Refusal};
use gangmu_store::Fault;

/// Why an operation or a look did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The person may not do this at all.
    #[error(transparent)]
    Forbidden(Forbidden),
    /// The rules say no: all reasons at once.
    #[error("refused: {0}")]
    Refused(Reasons),
    /// There is no such thing, or the person may not know of it.
    #[error("there is no such {0}")]
    Absent(&'static str),
    /// What it was asked on is no longer what was seen.
    #[error("the version is {current} now")]
    Outdated {
        /// The version that holds now.
        current: String,
    },
    /// It was done before, under the same idempotency key.
    #[error("this request was answered before")]
    Answered(Answer),
    /// The document can't be read.
    #[error("the document can't be read")]
    Unreadable(#[source] Unreadable),
    /// The world failed.
    #[error("the store failed")]
    Fault(#[source] Fault),
}

impl Failure {
    /// A refusal for one reason.
    pub fn refused(refusal: impl Refusal) -> Self {
        Self::Refused(Reasons::from(refusal))
    }

    /// The reasons of a refusal; none of any other failure.
    pub fn reasons(&self) -> Option<&Reasons> {
        match self {
            Self::Refused(reasons) => Some(reasons),
            _ => None,
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Reasons> for Failure {
    fn from(reasons: Reasons) -> Self {
        Self::Refused(reasons)
    }
}

impl From<Forbidden> for Failure {
    fn from(forbidden: Forbidden) -> Self {
        Self::Forbidden(forbidden)
    }
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}
