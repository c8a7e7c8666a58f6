//! The living plan as rows (规划): plans, editions with their text, commitments with every decision, imports.
//!
//! Keys of clauses and commitments are minted from the edition's key and their number in it, so that both can be written
//! in batches and found without a second question.

pub mod clauses;
pub mod commitments;
pub mod decisions;
pub mod editions;
pub mod imports;
pub mod joins;
pub mod notices;
pub mod register;

use gangmu_kernel::ids::{ClauseId, CommitmentId, EditionId};

/// Numbers that an edition can give to its clauses and to its commitments.
const NUMBERS: i64 = 1_000_000;

/// The key of a clause of an edition.
pub fn clause_id(edition: EditionId, number: u32) -> ClauseId {
    ClauseId(edition.0 * NUMBERS + i64::from(number))
}

/// The key of a commitment of an edition.
pub fn commitment_id(edition: EditionId, number: u32) -> CommitmentId {
    CommitmentId(edition.0 * NUMBERS + i64::from(number))
}

/// The edition and the number behind the key of a clause or a commitment.
pub fn parts_of(key: i64) -> (EditionId, u32) {
    (EditionId(key / NUMBERS), u32::try_from(key % NUMBERS).unwrap_or(0))
}

/// JSON that this program wrote itself, read back; what it can't read is told as a fault of that column.
fn read_json<T: serde::de::DeserializeOwned>(
    row: &crate::value::Row<'_>,
    column: usize,
    wanted: &'static str,
) -> Result<T, crate::fault::Fault> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|e| crate::fault::Fault::Column { column, wanted, got: e.to_string() })
}

/// JSON of a value whose maps have text keys.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("rows of the store have text keys, so JSON can write them")
}
