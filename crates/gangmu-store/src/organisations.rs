//! Organisations (单位) as rows: a dated tree; the code is the identity, a span is how it was called and where it stood.

use crate::{db::Tx, fault::Fault, params, scope::below, value::Row};
use gangmu_kernel::ids::OrganisationId;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An organisation during a span of validity (单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationRow {
    /// Its code, stable over renamings.
    pub code: String,
    /// Its full name.
    pub label: String,
    /// The name used in plans.
    pub short: Option<String>,
    /// Its kind, a word of the pack format.
    pub kind: String,
    /// The code above.
    pub parent: Option<String>,
    /// The code of its area.
    pub area: Option<String>,
    /// Further spellings.
    pub aliases: Vec<String>,
    /// First day; none means no limit.
    pub from: Option<Date>,
    /// Last day; none means no limit.
    pub until: Option<Date>,
    /// Where the row comes from.
    pub source: String,
}

impl OrganisationRow {
    /// The name that pages show: the short one where there is one.
    pub fn shown(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }
}

macro_rules! spans {
    ($rest:expr) => {
        concat!(
            "SELECT o.id, o.code, s.label, s.short, s.kind, s.parent, s.area, s.aliases, s.valid_from, s.valid_to,
              s.source
            FROM organisation_spans s JOIN organisations o ON o.id = s.organisation ",
            $rest
        )
    };
}

crate::statements! {
    ALL = (spans!("ORDER BY s.position"));
    WITHIN = {
      sqlite: spans!(concat!("WHERE $1 = TRUE OR o.id IN ", below!(sqlite "$2"), " ORDER BY s.position")),
      postgres: spans!(concat!("WHERE $1 = TRUE OR o.id IN ", below!(postgres "$2"), " ORDER BY s.position")) };
    NEWEST = (spans!("WHERE s.organisation = $1 ORDER BY s.valid_to DESC NULLS FIRST, s.position LIMIT 1"));
    CODES = "SELECT code, id FROM organisations";
    CLEAR_SPANS = "DELETE FROM organisation_spans WHERE origin = 'pack'";
    KEPT = "SELECT s.position, o.code FROM organisation_spans s JOIN organisations o ON o.id = s.organisation";
    NEXT_POSITION = "SELECT COALESCE(max(position), -1) + 1 FROM organisation_spans";
    KEEP = "UPDATE organisation_spans SET origin = 'roster' WHERE organisation = $1";
    CORRECT = "UPDATE organisation_spans SET label = $2, short = $3, kind = $4, parent = $5, area = $6, aliases = $7,
        valid_from = $8, valid_to = $9, source = $10, origin = 'roster'
      WHERE position = (SELECT position FROM organisation_spans WHERE organisation = $1
        ORDER BY valid_to DESC NULLS FIRST, position LIMIT 1)";
    ADD = "INSERT INTO organisations (pack, code) VALUES ($1, $2) RETURNING id";
    ADD_SPAN = "INSERT INTO organisation_spans (position, organisation, label, short, kind, parent, area, aliases,
        valid_from, valid_to, source, origin)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}

fn organisation(row: &Row<'_>) -> Result<(OrganisationId, OrganisationRow), Fault> {
    let aliases: String = row.get(7)?;
    let organisation = OrganisationRow {
        code: row.get(1)?,
        label: row.get(2)?,
        short: row.get(3)?,
        kind: row.get(4)?,
        parent: row.get(5)?,
        area: row.get(6)?,
        aliases: aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        from: row.get(8)?,
        until: row.get(9)?,
        source: row.get(10)?,
    };
    Ok((row.get(0)?, organisation))
}

/// All organisations with their keys, parents first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<(OrganisationId, OrganisationRow)>, Fault> {
    tx.query(ALL, params![], organisation)
}

/// The organisations within the scope with their keys, parents first.
pub fn within(tx: &mut Tx<'_>) -> Result<Vec<(OrganisationId, OrganisationRow)>, Fault> {
    let [everything, roots, _] = tx.scope().params();
    tx.query(WITHIN, params![everything, roots], organisation)
}

/// The newest span of an organisation: the one that ends last.
pub fn newest(tx: &mut Tx<'_>, id: OrganisationId) -> Result<Option<OrganisationRow>, Fault> {
    Ok(tx.maybe(NEWEST, params![id], organisation)?.map(|(_, row)| row))
}

/// The keys by code, of all organisations that there ever were.
pub fn keys(tx: &mut Tx<'_>) -> Result<BTreeMap<String, OrganisationId>, Fault> {
    Ok(tx.query(CODES, params![], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Puts these spans of a pack in the place of those it had. An organisation keeps its key for ever, also when no span
/// names it any more, because accounts and old records point to it. What a roster said of an organisation stays.
pub fn replace(tx: &mut Tx<'_>, pack: &str, organisations: &[OrganisationRow]) -> Result<(), Fault> {
    let mut keys = keys(tx)?;
    tx.execute(CLEAR_SPANS, params![])?;
    let kept = tx.query(KEPT, params![], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
    let (taken, said): (BTreeSet<i64>, BTreeSet<String>) = kept.into_iter().unzip();
    let mut free = (0..).filter(|position| !taken.contains(position));
    for row in organisations.iter().filter(|row| !said.contains(&row.code)) {
        let id = match keys.get(&row.code) {
            Some(id) => *id,
            None => tx.one(ADD, params![pack, &row.code], |found| found.get::<OrganisationId>(0))?,
        };
        keys.insert(row.code.clone(), id);
        add_span(tx, free.next().unwrap_or_default(), id, row, "pack")?;
    }
    Ok(())
}

/// Adds an organisation that a roster names, after all others.
pub fn add(tx: &mut Tx<'_>, pack: &str, row: &OrganisationRow) -> Result<OrganisationId, Fault> {
    let id = match keys(tx)?.get(&row.code) {
        Some(id) => *id,
        None => tx.one(ADD, params![pack, &row.code], |found| found.get::<OrganisationId>(0))?,
    };
    let position = tx.one(NEXT_POSITION, params![], |row| row.get::<i64>(0))?;
    add_span(tx, position, id, row, "roster")?;
    Ok(id)
}

/// Corrects the newest span of an organisation by what a roster says; from now on no pack replaces it.
pub fn correct(tx: &mut Tx<'_>, id: OrganisationId, row: &OrganisationRow) -> Result<(), Fault> {
    let values = params![
        id,
        &row.label,
        row.short.as_ref(),
        &row.kind,
        row.parent.as_ref(),
        row.area.as_ref(),
        row.aliases.join("|"),
        row.from,
        row.until,
        &row.source,
    ];
    tx.execute(CORRECT, values)?;
    tx.execute(KEEP, params![id]).map(drop)
}

fn add_span(
    tx: &mut Tx<'_>,
    position: i64,
    id: OrganisationId,
    row: &OrganisationRow,
    origin: &str,
) -> Result<(), Fault> {
    let span = params![
        position,
        id,
        &row.label,
        row.short.as_ref(),
        &row.kind,
        row.parent.as_ref(),
        row.area.as_ref(),
        row.aliases.join("|"),
        row.from,
        row.until,
        &row.source,
        origin,
    ];
    tx.execute(ADD_SPAN, span).map(drop)
}
