//! Indicators as rows (指标): definitions with every version, the commitments of plans that name them, their targets.

pub mod clauses;
pub mod definitions;
pub mod targets;

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
