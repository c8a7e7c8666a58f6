//! What joining a folder gave (归并结果) as rows: files, rows of a division of work, contradictions, clauses without a
//! row. What a row holds is the application's; here it is text.

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::EditionId;
use std::collections::BTreeMap;

/// A row of a part of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRow {
    /// `file`, `row`, `conflict`, `open`.
    pub part: String,
    /// Its number within the part, from 1.
    pub number: u32,
    /// How it is listed.
    pub state: String,
    /// What it says, as JSON.
    pub body: String,
}

crate::statements! {
    ADD = {
      sqlite: "INSERT INTO edition_joins (edition, part, number, state, body)
        SELECT CAST($2 AS BIGINT), value->>'part', CAST(value->>'number' AS BIGINT), value->>'state', value->>'body'
        FROM json_each($1) AS rows",
      postgres: "INSERT INTO edition_joins (edition, part, number, state, body)
        SELECT CAST($2 AS BIGINT), value->>'part', CAST(value->>'number' AS BIGINT), value->>'state', value->>'body'
        FROM jsonb_array_elements($1) AS rows(value)" };
    PART = "SELECT part, number, state, body FROM edition_joins
      WHERE edition = $1 AND part = $2 AND number > $3 ORDER BY number LIMIT $4";
    PART_IN = "SELECT part, number, state, body FROM edition_joins
      WHERE edition = $1 AND part = $2 AND state = $5 AND number > $3 ORDER BY number LIMIT $4";
    ONE = "SELECT part, number, state, body FROM edition_joins WHERE edition = $1 AND part = $2 AND number = $3";
    COUNTS = "SELECT part, state, count(*) FROM edition_joins WHERE edition = $1 GROUP BY part, state";
}

fn join(row: &Row<'_>) -> Result<JoinRow, Fault> {
    Ok(JoinRow { part: row.get(0)?, number: row.get(1)?, state: row.get(2)?, body: row.get(3)? })
}

/// Adds rows of an edition: a batch.
pub fn add(tx: &mut Tx<'_>, edition: EditionId, rows: &[JoinRow]) -> Result<(), Fault> {
    let value = |row: &JoinRow| serde_json::json!({ "part": row.part, "number": row.number, "state": row.state, "body": row.body });
    let values = rows.iter().map(value).collect();
    tx.execute(ADD, params![serde_json::Value::Array(values), edition]).map(drop)
}

/// A page of a part, behind that number; of one state where one is named.
pub fn part(
    tx: &mut Tx<'_>,
    edition: EditionId,
    part: &str,
    state: Option<&str>,
    after: u32,
    limit: u32,
) -> Result<Vec<JoinRow>, Fault> {
    match state {
        None => tx.query(PART, params![edition, part, after, limit], join),
        Some(state) => tx.query(PART_IN, params![edition, part, after, limit, state], join),
    }
}

/// The row of that number.
pub fn one(tx: &mut Tx<'_>, edition: EditionId, part: &str, number: u32) -> Result<Option<JoinRow>, Fault> {
    tx.maybe(ONE, params![edition, part, number], join)
}

/// How many rows each part has in each state; empty for an edition that was not joined.
pub fn counts(tx: &mut Tx<'_>, edition: EditionId) -> Result<BTreeMap<(String, String), u32>, Fault> {
    let rows = tx.query(COUNTS, params![edition], |row| {
        Ok(((row.get::<String>(0)?, row.get::<String>(1)?), row.get::<u32>(2)?))
    })?;
    Ok(rows.into_iter().collect())
}
