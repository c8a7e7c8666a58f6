//! Merkle trees over the digests of rows (默克尔树), so that one row can be proved against an entry of many.
//!
//! A leaf is `SHA-256(0x00 ‖ digest)`, an inner node `SHA-256(0x01 ‖ left ‖ right)`; a node without a partner moves up
//! unchanged. The two prefixes keep an inner node from passing as a leaf.

use super::Hash;
use sha2::{Digest as _, Sha256};

/// The root over the digests in their order; zeros over none.
pub fn root(digests: &[Hash]) -> Hash {
    let mut level: Vec<Hash> = digests.iter().map(leaf).collect();
    while level.len() > 1 {
        level = above(&level);
    }
    level.first().copied().unwrap_or_default()
}

/// A neighbour on the way from a row to the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The neighbour stands to the left.
    Left(Hash),
    /// The neighbour stands to the right.
    Right(Hash),
}

/// The way from the row at that place to the root; `None` where there is no such row.
pub fn proof(digests: &[Hash], place: usize) -> Option<Vec<Step>> {
    digests.get(place)?;
    let mut level: Vec<Hash> = digests.iter().map(leaf).collect();
    let (mut at, mut steps) = (place, Vec::new());
    while level.len() > 1 {
        match level.get(at ^ 1) {
            Some(right) if at % 2 == 0 => steps.push(Step::Right(*right)),
            Some(left) => steps.push(Step::Left(*left)),
            None => {}
        }
        level = above(&level);
        at /= 2;
    }
    Some(steps)
}

/// Does the way lead from that digest to the root?
pub fn proves(digest: &Hash, steps: &[Step], root: &Hash) -> bool {
    let reached = steps.iter().fold(leaf(digest), |node, step| match step {
        Step::Left(left) => inner(left, &node),
        Step::Right(right) => inner(&node, right),
    });
    reached == *root
}

fn above(level: &[Hash]) -> Vec<Hash> {
    level
        .chunks(2)
        .map(|pair| match pair {
            [left, right] => inner(left, right),
            rest => rest[0],
        })
        .collect()
}

fn leaf(digest: &Hash) -> Hash {
    Sha256::new().chain_update([0]).chain_update(digest).finalize().into()
}

fn inner(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}
