//! References to the plan's text (条款引用).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A sentence, paragraph or clause of a plan (条款引用), as people write it: `12.3.一 ¶1 句 2`.
///
/// The path is resolved through the edition in force; storage keeps the opaque clause id beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClauseRef {
    /// The plan's short key in addresses, such as `145`.
    pub plan: String,
    /// The clause's path, such as `12.3.一`.
    pub path: String,
    /// The paragraph in the clause, counted from 1.
    pub paragraph: Option<u32>,
    /// The sentence in the paragraph, counted from 1.
    pub sentence: Option<u32>,
}

impl ClauseRef {
    /// A reference to a whole clause.
    pub fn clause(plan: impl Into<String>, path: impl Into<String>) -> Self {
        Self { plan: plan.into(), path: path.into(), paragraph: None, sentence: None }
    }
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(n) = self.paragraph {
            write!(f, " ¶{n}")?;
        }
        if let Some(m) = self.sentence {
            write!(f, " 句 {m}")?;
        }
        Ok(())
    }
}

/// A text that is no clause reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no clause reference; write for example 12.3.一 ¶1 句 2")]
pub struct BadClauseRef(pub String);

/// The place of a sentence in a plan, without the plan's key: what `ClauseRef::from_str` needs beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClausePlace {
    /// The clause's path.
    pub path: String,
    /// The paragraph, counted from 1.
    pub paragraph: Option<u32>,
    /// The sentence, counted from 1.
    pub sentence: Option<u32>,
}

impl ClausePlace {
    /// The reference in the plan of that key.
    pub fn of_plan(self, plan: impl Into<String>) -> ClauseRef {
        ClauseRef { plan: plan.into(), path: self.path, paragraph: self.paragraph, sentence: self.sentence }
    }
}

impl FromStr for ClausePlace {
    type Err = BadClauseRef;

    fn from_str(text: &str) -> Result<Self, BadClauseRef> {
        let bad = || BadClauseRef(text.to_owned());
        let (head, sentence) = match text.split_once('句') {
            Some((head, n)) => (head, Some(n.trim().parse().map_err(|_| bad())?)),
            None => (text, None),
        };
        let (path, paragraph) = match head.split_once('¶') {
            Some((path, n)) => (path, Some(n.trim().parse().map_err(|_| bad())?)),
            None => (head, None),
        };
        let path = path.trim();
        if path.is_empty() || path.contains(char::is_whitespace) || sentence.is_some() && paragraph.is_none() {
            return Err(bad());
        }
        Ok(Self { path: path.to_owned(), paragraph, sentence })
    }
}

#[cfg(test)]
mod tests;
