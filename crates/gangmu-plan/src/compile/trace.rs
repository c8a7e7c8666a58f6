//! The trace (痕迹): what the passes looked at and turned away, for those who ask why.

use gangmu_kernel::source::Span;
use serde::{Deserialize, Serialize};

/// A candidate that a rule looked at and left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// What it would have been: `outline`, `quantity`, `target`, `indicator`, `task`, `project`, `mechanism`,
    /// `responsibility`, `cited`, `organisation` or `notice`.
    pub category: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The rule that came near.
    pub rule: String,
    /// The sign or rule that turned it away.
    pub rejected_by: String,
}

/// Collects near misses where somebody asked for them; otherwise it costs nothing.
#[derive(Debug, Default)]
pub struct Trace {
    on: bool,
    misses: Vec<NearMiss>,
}

impl Trace {
    /// A trace that keeps nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// A trace that keeps what the passes turn away.
    pub fn on() -> Self {
        Self { on: true, misses: Vec::new() }
    }

    /// Keeps a candidate that was turned away.
    pub fn miss(&mut self, category: &str, span: Span, rule: &str, rejected_by: &str) {
        if self.on {
            self.misses.push(NearMiss {
                category: category.to_owned(),
                start: span.start,
                end: span.end,
                rule: rule.to_owned(),
                rejected_by: rejected_by.to_owned(),
            });
        }
    }

    /// What was kept.
    pub fn into_misses(self) -> Vec<NearMiss> {
        self.misses
    }
}
