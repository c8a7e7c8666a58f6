//! Faults as rows (故障): what failed, under the number that the page told.

use crate::{db::Tx, fault::Fault, params, value::Row};
use jiff::Timestamp;

/// A fault (故障).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FaultRow {
    /// The number that the page told.
    pub number: String,
    /// When.
    pub at: Timestamp,
    /// Where: method and route, or the kind of a job.
    pub place: String,
    /// What failed; bounded, without personal data.
    pub message: String,
}

crate::statements! {
    ADD = "INSERT INTO faults (number, at, place, message) VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO NOTHING";
    BOUND = "DELETE FROM faults WHERE id <= (SELECT max(id) FROM faults) - $1";
    FIND = "SELECT number, at, place, message FROM faults WHERE number = $1";
    RECENT = "SELECT number, at, place, message FROM faults ORDER BY id DESC LIMIT $1";
}

/// Adds a fault and forgets all but so many of the newest.
pub fn add(tx: &mut Tx<'_>, row: &FaultRow, keep: u32) -> Result<(), Fault> {
    tx.execute(ADD, params![&row.number, row.at, &row.place, &row.message])?;
    tx.execute(BOUND, params![keep]).map(drop)
}

fn fault(row: &Row<'_>) -> Result<FaultRow, Fault> {
    Ok(FaultRow { number: row.get(0)?, at: row.get(1)?, place: row.get(2)?, message: row.get(3)? })
}

/// The fault of that number.
pub fn find(tx: &mut Tx<'_>, number: &str) -> Result<Option<FaultRow>, Fault> {
    tx.maybe(FIND, params![number], fault)
}

/// The newest faults.
pub fn recent(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<FaultRow>, Fault> {
    tx.query(RECENT, params![limit], fault)
}
