//! What can be wrong with a dated tree: all of it is found at once.

use super::{DatedTree, Node};
use crate::refusals;
use jiff::civil::Date;
use std::collections::BTreeSet;

refusals! {
    /// Something wrong with a dated tree (树的差错).
    #[derive(Clone)]
    pub enum TreeFault {
        /// The ladder does not declare the level (层级未声明).
        #[error("{code}: level {level:?} is not declared")]
        UnknownLevel { code: String, level: String } = "tree-unknown-level",
        /// The last day lies before the first (有效期颠倒).
        #[error("{code}: ends before it begins")]
        EndsBeforeItBegins { code: String } = "tree-ends-before-it-begins",
        /// Two rows of one code hold on the same day (代码重复).
        #[error("{code}: two rows hold on the same day")]
        OverlappingRows { code: String } = "tree-overlapping-rows",
        /// No row has the parent's code (上级不存在).
        #[error("{code}: no parent {parent:?}")]
        UnknownParent { code: String, parent: String } = "tree-unknown-parent",
        /// The parent does not hold on all days of the node (上级有效期不足).
        #[error("{code}: parent {parent} does not hold on all its days")]
        ParentNotThere { code: String, parent: String } = "tree-parent-not-there",
        /// The node's level is not below its parent's (层级倒置).
        #[error("{code}: level is not below that of {parent}")]
        LevelNotBelowParent { code: String, parent: String } = "tree-level-not-below-parent",
        /// Going up from the node leads back to it, on whatever days (循环).
        #[error("{code}: is above itself")]
        Cycle { code: String } = "tree-cycle",
        /// A change names a code without rows (沿革涉及未知代码).
        #[error("change on {on}: no node {code}")]
        UnknownInChange { on: Date, code: String } = "tree-unknown-in-change",
        /// A change lacks the old or the new (沿革不完整).
        #[error("change on {on}: nothing before or nothing after")]
        EmptyChange { on: Date } = "tree-empty-change",
        /// A change's new node does not hold on its day, or its old node not on the day before (沿革与有效期不符).
        #[error("change on {on}: {code} does not hold when it should")]
        ChangeDisagrees { on: Date, code: String } = "tree-change-disagrees",
    }
}

/// All faults of a tree, node by node, then change by change.
pub(super) fn find<T>(tree: &DatedTree<T>) -> Vec<TreeFault> {
    let mut faults = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        node_faults(tree, at, node, &mut faults);
        if let Some(parent) = &node.parent {
            parent_faults(tree, node, parent, &mut faults);
        }
    }
    cycle_faults(tree, &mut faults);
    change_faults(tree, &mut faults);
    faults
}

fn node_faults<T>(tree: &DatedTree<T>, at: usize, node: &Node<T>, faults: &mut Vec<TreeFault>) {
    let code = node.code.clone();
    if !tree.ladder.0.is_empty() && tree.ladder.rank(&node.level).is_none() {
        faults.push(TreeFault::UnknownLevel { code: code.clone(), level: node.level.clone() });
    }
    if node.validity.first() > node.validity.last() {
        faults.push(TreeFault::EndsBeforeItBegins { code: code.clone() });
    }
    let earlier = tree.by_code[&node.code].iter().take_while(|&&other| other < at);
    if earlier.into_iter().any(|&other| tree.nodes[other].validity.overlaps(node.validity)) {
        faults.push(TreeFault::OverlappingRows { code });
    }
}

fn parent_faults<T>(tree: &DatedTree<T>, node: &Node<T>, parent: &str, faults: &mut Vec<TreeFault>) {
    let (code, parent_code) = (node.code.clone(), parent.to_owned());
    let rows: Vec<&Node<T>> = tree.rows_of(parent).collect();
    if rows.is_empty() {
        faults.push(TreeFault::UnknownParent { code, parent: parent_code });
        return;
    }
    if !covered(node, &rows) {
        faults.push(TreeFault::ParentNotThere { code: code.clone(), parent: parent_code.clone() });
    }
    let not_below = rows.iter().filter(|row| row.validity.overlaps(node.validity)).any(|row| {
        match (tree.ladder.rank(&row.level), tree.ladder.rank(&node.level)) {
            (Some(above), Some(below)) => below <= above,
            _ => false,
        }
    });
    if not_below {
        faults.push(TreeFault::LevelNotBelowParent { code, parent: parent_code });
    }
}

/// Do the parent's rows together hold on all days of the node?
fn covered<T>(node: &Node<T>, rows: &[&Node<T>]) -> bool {
    let mut spans: Vec<_> = rows.iter().map(|row| (row.validity.first(), row.validity.last())).collect();
    spans.sort_unstable();
    let mut day = node.validity.first();
    for (first, last) in spans {
        if first <= day && day <= last {
            if last >= node.validity.last() {
                return true;
            }
            day = last.saturating_add(jiff::Span::new().days(1));
        }
    }
    false
}

/// Circles, whatever the days: going up by any row must end.
fn cycle_faults<T>(tree: &DatedTree<T>, faults: &mut Vec<TreeFault>) {
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    for node in &tree.nodes {
        if settled.contains(node.code.as_str()) {
            continue;
        }
        let mut way: Vec<(&str, usize)> = vec![(&node.code, 0)];
        let mut on_way: BTreeSet<&str> = BTreeSet::from([node.code.as_str()]);
        while let Some((code, next)) = way.last_mut() {
            let parents: Vec<&str> = tree.rows_of(code).filter_map(|n| n.parent.as_deref()).collect();
            let Some(&parent) = parents.get(*next) else {
                settled.insert(code);
                on_way.remove(*code);
                way.pop();
                continue;
            };
            *next += 1;
            if on_way.contains(parent) {
                faults.push(TreeFault::Cycle { code: parent.to_owned() });
            } else if !settled.contains(parent) {
                on_way.insert(parent);
                way.push((parent, 0));
            }
        }
    }
}

fn change_faults<T>(tree: &DatedTree<T>, faults: &mut Vec<TreeFault>) {
    for change in &tree.changes {
        let on = change.on;
        if change.from.is_empty() || change.into.is_empty() {
            faults.push(TreeFault::EmptyChange { on });
        }
        let day_before = on.yesterday().unwrap_or(on);
        let sides = change.from.iter().map(|c| (c, day_before)).chain(change.into.iter().map(|c| (c, on)));
        for (code, day) in sides {
            if tree.rows_of(code).next().is_none() {
                faults.push(TreeFault::UnknownInChange { on, code: code.clone() });
            } else if tree.get(code, day).is_none() {
                faults.push(TreeFault::ChangeDisagrees { on, code: code.clone() });
            }
        }
    }
}
