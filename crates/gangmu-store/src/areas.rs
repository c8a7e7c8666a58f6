//! Areas (区域) as rows: a dated tree in the order of its pack.

use crate::{
    db::Tx,
    fault::Fault,
    params,
    scope::{inside, last},
    value::Row,
};
use jiff::civil::Date;
use serde::Serialize;

/// An area during a span of validity (区域).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaRow {
    /// Its code: 6, 12 or 15 digits.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its level, a word of the pack's ladder or what lies above it.
    pub level: String,
    /// The code above.
    pub parent: Option<String>,
    /// First day; none means no limit.
    pub from: Option<Date>,
    /// Last day; none means no limit.
    pub until: Option<Date>,
    /// Where the row comes from.
    pub source: String,
}

macro_rules! columns {
    ($rest:expr) => {
        concat!("SELECT a.code, a.label, a.level, a.parent, a.valid_from, a.valid_to, a.source FROM areas a ", $rest)
    };
}

macro_rules! of_units {
    ($engine:ident) => {
        columns!(concat!(
            "WHERE ($1 = TRUE OR a.code IN ", inside!($engine "$2"), ") AND ", last!("areas" "code" "a"),
            " AND EXISTS (SELECT 1 FROM organisation_spans s WHERE s.area = a.code) ORDER BY a.position"
        ))
    };
}

crate::statements! {
    ALL = (columns!("ORDER BY a.position"));
    NEWEST = (columns!("WHERE a.code = $1 ORDER BY a.valid_to DESC NULLS FIRST, a.position LIMIT 1"));
    OF_UNITS = { sqlite: of_units!(sqlite), postgres: of_units!(postgres) };
    CLEAR = "DELETE FROM areas";
    ADD = "INSERT INTO areas (position, pack, code, label, level, parent, valid_from, valid_to, source)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

fn area(row: &Row<'_>) -> Result<AreaRow, Fault> {
    Ok(AreaRow {
        code: row.get(0)?,
        label: row.get(1)?,
        level: row.get(2)?,
        parent: row.get(3)?,
        from: row.get(4)?,
        until: row.get(5)?,
        source: row.get(6)?,
    })
}

/// All areas, parents first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<AreaRow>, Fault> {
    tx.query(ALL, params![], area)
}

/// The newest span of an area: the one that ends last.
pub fn newest(tx: &mut Tx<'_>, code: &str) -> Result<Option<AreaRow>, Fault> {
    tx.maybe(NEWEST, params![code], area)
}

/// The areas that organisations belong to, as far as the scope reaches areas as such, parents first.
pub fn of_units(tx: &mut Tx<'_>) -> Result<Vec<AreaRow>, Fault> {
    let [everything, bounds, _] = tx.scope().params();
    tx.query(OF_UNITS, params![everything, bounds], area)
}

/// Puts these areas of that pack in the place of all there were.
pub fn replace(tx: &mut Tx<'_>, pack: &str, areas: &[AreaRow]) -> Result<(), Fault> {
    tx.execute(CLEAR, params![])?;
    for (position, area) in areas.iter().enumerate() {
        let parent = area.parent.as_ref();
        let row = params![
            position as i64,
            pack,
            &area.code,
            &area.label,
            &area.level,
            parent,
            area.from,
            area.until,
            &area.source,
        ];
        tx.execute(ADD, row)?;
    }
    Ok(())
}
