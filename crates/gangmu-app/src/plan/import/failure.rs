//! How an import ends other than well (导入中止).

use super::ImportRefusal;
use crate::failure::Failure;
use gangmu_documents::Unreadable;
use gangmu_kernel::{ids::EditionId, refusal::Refusal};
use gangmu_store::{Fault, plan::imports::FailureRow};
use std::collections::BTreeMap;

/// Why an import stopped.
#[derive(Debug)]
pub(super) enum Stopped {
    /// An edition with the same files is there already.
    Known {
        /// The plan's key.
        plan: String,
        /// The edition.
        edition: EditionId,
    },
    /// A file can't be read.
    Unreadable(FailureRow),
    /// The rules say no.
    Refused(ImportRefusal),
    /// The compiler gave up; it must not.
    Panicked,
    /// The world failed.
    Fault(Fault),
    /// Any other refusal of the door.
    Failure(Failure),
}

impl Stopped {
    /// The file of that name can't be read.
    pub fn unreadable(file: &str, why: &Unreadable) -> Self {
        let mut fields: BTreeMap<String, String> =
            why.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        fields.insert("file".to_owned(), file.to_owned());
        Self::Unreadable(FailureRow { code: why.code().to_owned(), fields })
    }

    /// As the import's row keeps it.
    pub fn rows(&self) -> Vec<FailureRow> {
        let plain = |code: &str| FailureRow { code: code.to_owned(), fields: BTreeMap::new() };
        match self {
            Self::Known { .. } => Vec::new(),
            Self::Unreadable(row) => vec![row.clone()],
            Self::Refused(refusal) => {
                let fields = refusal.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                vec![FailureRow { code: refusal.code().to_owned(), fields }]
            }
            Self::Panicked => vec![plain("plan-import-compiler-stopped")],
            Self::Fault(_) => vec![plain("plan-import-store-failed")],
            Self::Failure(failure) => match failure.reasons() {
                Some(reasons) => reasons.as_slice().iter().map(|reason| plain(reason.code)).collect(),
                None => vec![plain("plan-import-store-failed")],
            },
        }
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Fault(fault) => Self::Fault(fault),
            other => Self::Failure(other),
        }
    }
}
