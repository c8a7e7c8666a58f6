//! Clauses (条款): the units of the outline with their paths. They tile the text.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::ground::Ground;
use super::outline::{MarkKind, Unit, UnitKind};
use crate::compiled::{Clause, Heading};
use gangmu_kernel::numerals;

/// Makes clauses of the units.
pub(crate) fn clauses(ground: &Ground<'_>, headings: &[Heading], units: &[Unit]) -> Vec<Clause> {
    let parts = parts_count(units);
    let mut paths = Paths { parts, ..Paths::default() };
    let mut out = Vec::with_capacity(units.len());
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (index, unit) in units.iter().enumerate() {
        let start = unit.start.min(ground.len());
        let end = units.get(index + 1).map_or(ground.len(), |u| u.start.min(ground.len()));
        let base = paths.next(&unit.kind);
        let count = seen.entry(base.clone()).or_insert(0);
        *count += 1;
        let path = if *count == 1 { base } else { format!("{base}#{count}") };
        out.push(Clause {
            id: format!("c{}", index + 1),
            path,
            start,
            end,
            heading: unit.heading.and_then(|h| headings.get(h)).map(|h| h.id.clone()),
            sha256: digest(ground.text(start, end)),
        });
    }
    out
}

/// SHA-256 in lower-case hexadecimal.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Do chapters begin anew in the parts, so that a part's number enters the path?
fn parts_count(units: &[Unit]) -> bool {
    let (mut last, mut part) = (0, false);
    for unit in units {
        match &unit.kind {
            UnitKind::Numbered(MarkKind::Part, _) => part = true,
            UnitKind::Numbered(MarkKind::Chapter, value) => {
                let value = value.last().copied().unwrap_or(0);
                if part && value <= last {
                    return true;
                }
                (last, part) = (value, false);
            }
            _ => {}
        }
    }
    false
}

/// The open segments of the path.
#[derive(Default)]
struct Paths {
    parts: bool,
    open: Vec<(u8, String)>,
}

impl Paths {
    /// The path of the next unit.
    fn next(&mut self, kind: &UnitKind) -> String {
        match kind {
            UnitKind::Head => return "0.title".to_owned(),
            UnitKind::Contents => return "0.toc".to_owned(),
            UnitKind::Preface => return "0".to_owned(),
            UnitKind::Tail => {
                self.open.clear();
                return "tail".to_owned();
            }
            UnitKind::AfterBox => self.open.retain(|(r, _)| *r < 7),
            UnitKind::Numbered(MarkKind::Decimal, value) => {
                self.open.clear();
                for (depth, part) in value.iter().enumerate() {
                    self.open.push((depth.min(4) as u8, part.to_string()));
                }
            }
            UnitKind::Numbered(kind, value) => self.push(*kind, value.last().copied().unwrap_or(0)),
        }
        let segments: Vec<&str> = self.open.iter().map(|(_, s)| s.as_str()).filter(|s| !s.is_empty()).collect();
        if segments.is_empty() { "0".to_owned() } else { segments.join(".") }
    }

    fn push(&mut self, kind: MarkKind, value: u32) {
        let in_box = self.open.last().is_some_and(|(r, _)| *r >= 7);
        let (rank, segment) = match kind {
            MarkKind::Part => (0, if self.parts { value.to_string() } else { format!("第{}篇", han(value)) }),
            MarkKind::Chapter => (1, value.to_string()),
            MarkKind::Section => (2, value.to_string()),
            MarkKind::Item => (3, han(value)),
            MarkKind::Subitem => (4, han(value)),
            MarkKind::Point => (if in_box { 9 } else { 5 }, value.to_string()),
            MarkKind::Subpoint => (if in_box { 10 } else { 6 }, value.to_string()),
            MarkKind::Box => (7, format!("专栏{value}")),
            MarkKind::Entry => (8, format!("{value:02}")),
            MarkKind::Decimal => return,
        };
        self.open.retain(|(r, _)| *r < rank);
        // A part whose chapters run through stands alone: its chapters do not carry it.
        if kind == MarkKind::Chapter && !self.parts {
            self.open.clear();
        }
        self.open.push((rank, segment));
    }
}

/// A number of a heading as paths write it: 12 → 十二.
fn han(value: u32) -> String {
    numerals::to_chinese(value.into()).unwrap_or_else(|| value.to_string())
}
