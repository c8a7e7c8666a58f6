//! The commitments of plans that name an indicator (指标出处) as rows.

use crate::{db::Tx, fault::Fault, params, scope::plan_within, value::Row};
use gangmu_kernel::ids::{EditionId, IndicatorId};
use serde::Serialize;

/// A commitment that names an indicator (指标出处).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClauseRow {
    /// The edition.
    pub edition: EditionId,
    /// Number of the commitment in it.
    pub commitment: u32,
    /// Number of its clause.
    pub clause: u32,
    /// The indicator.
    pub indicator: IndicatorId,
}

macro_rules! of_indicator {
    ($engine:ident) => {
        concat!(
            "SELECT c.edition, c.commitment, c.clause, c.indicator FROM indicator_clauses c
              JOIN editions e ON e.id = c.edition WHERE c.indicator = $1 AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4"),
            " ORDER BY c.edition DESC, c.commitment"
        )
    };
}

crate::statements! {
    ADD = "INSERT INTO indicator_clauses (edition, commitment, clause, indicator) VALUES ($1, $2, $3, $4)";
    OF_INDICATOR = { sqlite: of_indicator!(sqlite), postgres: of_indicator!(postgres) };
    OF_EDITION = "SELECT edition, commitment, clause, indicator FROM indicator_clauses WHERE edition = $1
      ORDER BY commitment";
    OF_CLAUSE = "SELECT c.commitment, c.indicator, i.name FROM indicator_clauses c JOIN indicators i ON i.id = c.indicator
      WHERE c.edition = $1 AND c.clause = $2 ORDER BY c.commitment";
}

fn clause(row: &Row<'_>) -> Result<ClauseRow, Fault> {
    Ok(ClauseRow { edition: row.get(0)?, commitment: row.get(1)?, clause: row.get(2)?, indicator: row.get(3)? })
}

/// Notes that a commitment names an indicator.
pub fn add(tx: &mut Tx<'_>, row: ClauseRow) -> Result<(), Fault> {
    tx.execute(ADD, params![row.edition, row.commitment, row.clause, row.indicator])?;
    Ok(())
}

/// The commitments that name an indicator, of plans within the scope, newest edition first.
pub fn of_indicator(tx: &mut Tx<'_>, indicator: IndicatorId) -> Result<Vec<ClauseRow>, Fault> {
    let params = tx.scoped(params![indicator]);
    tx.query(OF_INDICATOR, &params, clause)
}

/// The commitments of an edition that name an indicator.
pub fn of_edition(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<ClauseRow>, Fault> {
    tx.query(OF_EDITION, params![edition], clause)
}

/// The indicators that a clause names: number of the commitment, key and name.
pub fn of_clause(tx: &mut Tx<'_>, edition: EditionId, clause: u32) -> Result<Vec<(u32, IndicatorId, String)>, Fault> {
    tx.query(OF_CLAUSE, params![edition, clause], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
