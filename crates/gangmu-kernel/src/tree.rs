//! Dated trees with declared levels (带有效期的树, D10): areas and organisations, as they stood on any day.
//!
//! A code may have several rows, one after the other in time: a node that was renamed or moved keeps its code.

mod faults;

pub use faults::TreeFault;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The declared levels of a tree, highest first (层级), such as 区–镇街–村居–网格.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladder(Vec<String>);

impl Ladder {
    /// The ladder of those levels, highest first; an empty ladder leaves levels unchecked.
    pub fn new<L: Into<String>>(levels: impl IntoIterator<Item = L>) -> Self {
        Self(levels.into_iter().map(Into::into).collect())
    }

    /// 省–市–区–镇街–村居–网格 with the identifiers that packs use.
    pub fn of_district() -> Self {
        Self::new(["province", "city", "district", "town", "community", "grid"])
    }

    /// The place of a level, 0 the highest.
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.0.iter().position(|l| l == level)
    }

    /// The levels, highest first.
    pub fn levels(&self) -> &[String] {
        &self.0
    }
}

/// The days on which something holds (有效期); both ends belong to it, an open end has no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Validity {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Validity {
    /// Does it hold on that day?
    pub fn holds_on(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// Is there a day on which both hold?
    pub fn overlaps(self, other: Self) -> bool {
        self.first() <= other.last() && other.first() <= self.last()
    }

    fn first(self) -> Date {
        self.from.unwrap_or(Date::MIN)
    }

    fn last(self) -> Date {
        self.until.unwrap_or(Date::MAX)
    }
}

/// A node of a dated tree (节点) with what the tree carries for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node<T> {
    /// The key that stays when the name changes.
    pub code: String,
    /// The name in those days.
    pub label: String,
    /// A level of the ladder; empty where the tree has none.
    pub level: String,
    /// The code of the node above.
    pub parent: Option<String>,
    /// The days on which this row holds.
    pub validity: Validity,
    /// What else is known of the node.
    pub item: T,
}

/// What happened to nodes (沿革).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Several became one (合并).
    Merge,
    /// One became several (分设).
    Split,
    /// One went on under another code (更名改码).
    Recode,
}

/// A merge, split or recoding on a day (沿革事件): the old end on the day before, the new begin on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The first day of the new state.
    pub on: Date,
    /// What happened.
    pub kind: ChangeKind,
    /// The codes that end or give.
    pub from: Vec<String>,
    /// The codes that begin or take.
    pub into: Vec<String>,
}

/// A tree that can be asked as of any day (带有效期的树).
#[derive(Debug, Clone)]
pub struct DatedTree<T> {
    ladder: Ladder,
    nodes: Vec<Node<T>>,
    changes: Vec<Change>,
    by_code: BTreeMap<String, Vec<usize>>,
    by_parent: BTreeMap<String, Vec<usize>>,
}

impl<T> DatedTree<T> {
    /// Builds the tree, or lists everything that is wrong with it.
    pub fn new(ladder: Ladder, nodes: Vec<Node<T>>, changes: Vec<Change>) -> Result<Self, Vec<TreeFault>> {
        let mut by_code: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_parent: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            by_code.entry(node.code.clone()).or_default().push(at);
            if let Some(parent) = &node.parent {
                by_parent.entry(parent.clone()).or_default().push(at);
            }
        }
        let tree = Self { ladder, nodes, changes, by_code, by_parent };
        let faults = faults::find(&tree);
        if faults.is_empty() { Ok(tree) } else { Err(faults) }
    }

    /// The declared levels.
    pub fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// All rows in the order in which they were given.
    pub fn nodes(&self) -> &[Node<T>] {
        &self.nodes
    }

    /// The merges, splits and recodings.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The node of that code as it stood on that day.
    pub fn get(&self, code: &str, day: Date) -> Option<&Node<T>> {
        self.rows_of(code).find(|n| n.validity.holds_on(day))
    }

    fn rows_of(&self, code: &str) -> impl Iterator<Item = &Node<T>> {
        self.by_code.get(code).into_iter().flatten().map(|&at| &self.nodes[at])
    }

    /// The node above on that day.
    pub fn parent(&self, code: &str, day: Date) -> Option<&Node<T>> {
        self.get(self.get(code, day)?.parent.as_deref()?, day)
    }

    /// The nodes right below on that day, in the order in which they were given.
    pub fn children(&self, code: &str, day: Date) -> Vec<&Node<T>> {
        let rows = self.by_parent.get(code).into_iter().flatten().map(|&at| &self.nodes[at]);
        rows.filter(|n| n.validity.holds_on(day)).collect()
    }

    /// The nodes above on that day, nearest first.
    pub fn ancestors(&self, code: &str, day: Date) -> Vec<&Node<T>> {
        std::iter::successors(self.parent(code, day), |node| self.parent(&node.code, day)).collect()
    }

    /// The node and all below it on that day, each before its children; empty where the node is not there that day.
    pub fn subtree(&self, code: &str, day: Date) -> Vec<&Node<T>> {
        let mut found = Vec::new();
        let mut open: Vec<&Node<T>> = self.get(code, day).into_iter().collect();
        while let Some(node) = open.pop() {
            found.push(node);
            open.extend(self.children(&node.code, day).into_iter().rev());
        }
        found
    }

    /// Is the node the other one or somewhere below it on that day?
    pub fn is_within(&self, code: &str, whole: &str, day: Date) -> bool {
        match self.get(code, day) {
            Some(_) if code == whole => true,
            Some(_) => self.ancestors(code, day).iter().any(|n| n.code == whole),
            None => false,
        }
    }

    /// The nodes without one above on that day.
    pub fn roots(&self, day: Date) -> Vec<&Node<T>> {
        self.nodes.iter().filter(|n| n.parent.is_none() && n.validity.holds_on(day)).collect()
    }

    /// The nodes of a level on that day.
    pub fn at_level(&self, level: &str, day: Date) -> Vec<&Node<T>> {
        self.nodes.iter().filter(|n| n.level == level && n.validity.holds_on(day)).collect()
    }

    /// What the node is on that later day (现状): itself, or what it was merged, split or recoded into.
    pub fn successors(&self, code: &str, day: Date) -> Vec<&Node<T>> {
        self.follow(code, day, true)
    }

    /// What the node was on that earlier day (前身): itself, or what it was made of.
    pub fn predecessors(&self, code: &str, day: Date) -> Vec<&Node<T>> {
        self.follow(code, day, false)
    }

    /// Follows changes forward or backward until nodes are found that hold on the day.
    fn follow(&self, code: &str, day: Date, forward: bool) -> Vec<&Node<T>> {
        let mut found = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![code];
        while let Some(code) = open.pop() {
            if !seen.insert(code) {
                continue;
            }
            if let Some(node) = self.get(code, day) {
                found.insert(node.code.as_str(), node);
                continue;
            }
            for change in &self.changes {
                let (old, new) = if forward { (&change.from, &change.into) } else { (&change.into, &change.from) };
                let in_reach = if forward { change.on <= day } else { change.on > day };
                if in_reach && old.iter().any(|c| c == code) {
                    open.extend(new.iter().map(String::as_str));
                }
            }
        }
        found.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
