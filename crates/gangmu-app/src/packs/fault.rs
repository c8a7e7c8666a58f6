//! What is wrong with a pack (数据包差错): file, line, code and facts; all of it at once.

use gangmu_kernel::refusal::{Reason, Refusal};
use std::{collections::BTreeMap, fmt};

/// Something wrong with a pack (数据包差错).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    /// The file, relative to the folder of packs.
    pub file: String,
    /// The line, counted from 1, where the fault has one.
    pub line: Option<usize>,
    /// The code of its sentence.
    pub code: &'static str,
    /// The facts of its sentence.
    pub fields: BTreeMap<&'static str, String>,
}

impl PackFault {
    pub(super) fn new(file: &str, line: Option<usize>, code: &'static str) -> Self {
        Self { file: file.to_owned(), line, code, fields: BTreeMap::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.insert(name, value.into());
        self
    }

    /// A fault that the kernel found, at that line.
    pub(super) fn of(file: &str, line: Option<usize>, reason: &Reason) -> Self {
        Self { file: file.to_owned(), line, code: reason.code, fields: reason.fields.clone() }
    }
}

impl Refusal for PackFault {
    fn code(&self) -> &'static str {
        self.code
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        let mut fields = self.fields.clone();
        fields.insert("file", self.file.clone());
        if let Some(line) = self.line {
            fields.insert("line", line.to_string());
        }
        fields
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.code)?;
        for (name, value) in &self.fields {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}
