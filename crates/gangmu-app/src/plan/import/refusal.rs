//! Why an upload is not taken (导入拒绝理由).

use gangmu_kernel::refusal::Refusal;
use std::collections::BTreeMap;

/// An obstacle to an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefusal {
    /// No file was handed in.
    NoFiles,
    /// More files than one import takes.
    TooManyFiles {
        /// Files allowed.
        limit: usize,
    },
    /// A file without bytes.
    EmptyFile {
        /// Its name.
        file: String,
    },
    /// Two files have one name, so nobody could tell which of them a place means.
    SameName {
        /// The name.
        file: String,
    },
    /// The key of the plan is none.
    BadKey {
        /// The key.
        key: String,
    },
    /// The key can't be had: it belongs to a plan of somebody else.
    KeyTaken {
        /// The key.
        key: String,
    },
    /// The title is empty or too long.
    BadTitle,
    /// The files hold no text.
    NoText,
    /// The import waits for nobody: it went on, ended or was given up.
    NotWaiting,
    /// None of the files is said to be the outline, or more than one.
    OneOutline {
        /// How many are.
        outlines: usize,
    },
    /// It is not said of each file what it is.
    UnknownFile {
        /// The file.
        file: String,
    },
    /// There is no organisation within reach to which the plan could belong.
    NoOrganisation,
}

impl Refusal for ImportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoFiles => "plan-import-no-files",
            Self::TooManyFiles { .. } => "plan-import-too-many-files",
            Self::EmptyFile { .. } => "plan-import-empty-file",
            Self::SameName { .. } => "plan-import-same-name",
            Self::BadKey { .. } => "plan-import-bad-key",
            Self::KeyTaken { .. } => "plan-import-key-taken",
            Self::BadTitle => "plan-import-bad-title",
            Self::NoText => "plan-import-no-text",
            Self::NotWaiting => "plan-import-not-waiting",
            Self::OneOutline { .. } => "plan-import-one-outline",
            Self::UnknownFile { .. } => "plan-import-unknown-file",
            Self::NoOrganisation => "plan-import-no-organisation",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::TooManyFiles { limit } => BTreeMap::from([("limit", limit.to_string())]),
            Self::OneOutline { outlines } => BTreeMap::from([("outlines", outlines.to_string())]),
            Self::EmptyFile { file } | Self::UnknownFile { file } | Self::SameName { file } => {
                BTreeMap::from([("file", file.clone())])
            }
            Self::BadKey { key } | Self::KeyTaken { key } => BTreeMap::from([("key", key.clone())]),
            _ => BTreeMap::new(),
        }
    }
}
