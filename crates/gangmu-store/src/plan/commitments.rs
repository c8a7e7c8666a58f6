//! Commitments (承诺事项) as rows: the fold of the decisions on each.

use super::{commitment_id, json, read_json};
use crate::{db::Tx, fault::Fault, params, scope::plan_within, value::Row};
use gangmu_kernel::ids::{CommitmentId, EditionId};
use gangmu_plan::{
    proposal::{Certainty, Form, Proposal},
    register::degree_word,
    review::{Commitment, Standing, Step},
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A commitment with what the compiler proposed (承诺事项).
#[derive(Debug, Clone, PartialEq)]
pub struct CommitmentRow {
    /// Its key in the database.
    pub id: CommitmentId,
    /// Its edition.
    pub edition: EditionId,
    /// Position of the chapter's heading.
    pub chapter: i64,
    /// The commitment itself.
    pub commitment: Commitment,
    /// What the compiler proposed; none for what a person entered. Its doubts are numbers of notices, less one.
    pub proposal: Option<Proposal>,
}

/// Counts of a clause's commitments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TallyRow {
    /// Number of the clause.
    pub clause: u32,
    /// Neither rejected nor divided.
    pub listed: u32,
    /// Of these, with a lead unit.
    pub listed_owned: u32,
    /// In force.
    pub in_force: u32,
    /// Of these, with a lead unit.
    pub in_force_owned: u32,
    /// Undecided.
    pub proposed: u32,
    /// All, rejected and divided ones included.
    pub all: u32,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, edition, chapter, number, clause, span_start, span_end, standing, reject_reason, confidence,
              split_from, decision, form, proposal, doubted FROM commitments ",
            $rest
        )
    };
}
pub(super) use columns;

macro_rules! add {
    ($source:literal) => {
        concat!(
            "INSERT INTO commitments (id, edition, number, clause, chapter, span_start, span_end, kind, degree, standing,
              listed, reject_reason, confidence, certainty, owned, doubted, form, proposal, split_from, decision)
            SELECT CAST(value->>'id' AS BIGINT), CAST($2 AS BIGINT), CAST(value->>'number' AS BIGINT),
              CAST(value->>'clause' AS BIGINT), CAST(value->>'chapter' AS BIGINT), CAST(value->>'start' AS BIGINT),
              CAST(value->>'end' AS BIGINT), value->>'kind', value->>'degree', value->>'standing', TRUE, NULL,
              value->>'confidence', value->>'certainty', CAST(value->>'owned' AS BOOLEAN),
              CAST(value->>'doubted' AS BOOLEAN), value->>'form', value->>'proposal',
              CAST(value->>'split_from' AS BIGINT), CAST(value->>'decision' AS BIGINT) FROM ",
            $source
        )
    };
}

macro_rules! add_doubts {
    ($source:literal) => {
        concat!(
            "INSERT INTO commitment_doubts (edition, notice, number)
            SELECT CAST($2 AS BIGINT), CAST(value->>'notice' AS BIGINT), CAST(value->>'number' AS BIGINT) FROM ",
            $source
        )
    };
}

macro_rules! add_units {
    ($source:literal) => {
        concat!(
            "INSERT INTO commitment_units (edition, number, duty, unit)
            SELECT CAST($2 AS BIGINT), CAST(value->>'number' AS BIGINT), value->>'duty', value->>'unit' FROM ",
            $source,
            " WHERE TRUE ON CONFLICT (edition, number, duty, unit) DO NOTHING"
        )
    };
}

macro_rules! of_units {
    ($engine:ident $names:literal) => {
        concat!(
            "SELECT DISTINCT c.edition, c.number FROM commitment_units u JOIN editions e ON e.id = u.edition
              JOIN commitments c ON c.edition = u.edition AND c.number = u.number
            WHERE e.visible = TRUE AND c.listed = TRUE AND u.unit ",
            $names,
            " AND ",
            plan_within!($engine "e.plan" "$3" "$4" "$5"),
            " ORDER BY c.edition DESC, c.number LIMIT $2"
        )
    };
}

macro_rules! leads_of_units {
    ($engine:ident $names:literal) => {
        concat!(
            "SELECT u.edition, u.unit, count(*) FROM commitment_units u JOIN editions e ON e.id = u.edition
              JOIN commitments c ON c.edition = u.edition AND c.number = u.number
            WHERE e.visible = TRUE AND c.listed = TRUE AND u.duty = 'lead' AND u.unit ",
            $names,
            " AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4"),
            " GROUP BY u.edition, u.unit ORDER BY u.edition DESC, count(*) DESC, u.unit"
        )
    };
}

macro_rules! count_of_units {
    ($engine:ident $names:literal) => {
        concat!(
            "SELECT count(DISTINCT c.id) FROM commitment_units u JOIN editions e ON e.id = u.edition
              JOIN commitments c ON c.edition = u.edition AND c.number = u.number
            WHERE e.visible = TRUE AND c.listed = TRUE AND u.unit ",
            $names,
            " AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4")
        )
    };
}

macro_rules! owned {
    ($engine:ident) => {
        concat!(
            "SELECT c.standing, c.reject_reason, c.form FROM commitments c JOIN editions e ON e.id = c.edition
            WHERE e.visible = TRUE AND c.listed = TRUE AND c.owned = TRUE AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4"),
            " ORDER BY c.edition DESC, c.number LIMIT $1"
        )
    };
}

crate::statements! {
    OWNED = { sqlite: owned!(sqlite), postgres: owned!(postgres) };
    ADD = { sqlite: add!("json_each($1) AS rows"), postgres: add!("jsonb_array_elements($1) AS rows(value)") };
    ADD_UNITS = { sqlite: add_units!("json_each($1) AS rows"),
      postgres: add_units!("jsonb_array_elements($1) AS rows(value)") };
    ADD_DOUBTS = { sqlite: add_doubts!("json_each($1) AS rows"),
      postgres: add_doubts!("jsonb_array_elements($1) AS rows(value)") };
    DROP_UNITS = "DELETE FROM commitment_units WHERE edition = $1 AND number = $2";
    BY_NUMBERS = { sqlite: columns!("WHERE edition = $1 AND number IN (SELECT value FROM json_each($2))
        ORDER BY number"),
      postgres: columns!("WHERE edition = $1 AND number IN (SELECT jsonb_array_elements_text($2)::bigint)
        ORDER BY number") };
    BY_IDS = { sqlite: columns!("WHERE id IN (SELECT value FROM json_each($1)) ORDER BY id"),
      postgres: columns!("WHERE id IN (SELECT jsonb_array_elements_text($1)::bigint) ORDER BY id") };
    OF_CLAUSE = (columns!("WHERE edition = $1 AND clause = $2 ORDER BY span_start, number"));
    OF_CLAUSES = (columns!("WHERE edition = $1 AND clause BETWEEN $2 AND $3 ORDER BY span_start, number"));
    OF_CHAPTER = (columns!("WHERE edition = $1 AND chapter = $2 ORDER BY span_start, number"));
    BULK_OF_CLAUSE = (columns!("WHERE edition = $1 AND clause = $2 AND standing = 'proposed' AND certainty = 'sure' AND doubted = FALSE
      ORDER BY number"));
    BULK_OF_CHAPTER = (columns!("WHERE edition = $1 AND chapter = $2 AND standing = 'proposed' AND certainty = 'sure' AND doubted = FALSE
      ORDER BY number"));
    COUNT_BULK = "SELECT count(*) FILTER (WHERE clause = $2), count(*) FROM commitments
      WHERE edition = $1 AND chapter = $3 AND standing = 'proposed' AND certainty = 'sure' AND doubted = FALSE";
    OF_UNITS = { sqlite: of_units!(sqlite "IN (SELECT value FROM json_each($1))"),
      postgres: of_units!(postgres "IN (SELECT jsonb_array_elements_text($1))") };
    COUNT_OF_UNITS = { sqlite: count_of_units!(sqlite "IN (SELECT value FROM json_each($1))"),
      postgres: count_of_units!(postgres "IN (SELECT jsonb_array_elements_text($1))") };
    LEADS_OF_UNITS = { sqlite: leads_of_units!(sqlite "IN (SELECT value FROM json_each($1))"),
      postgres: leads_of_units!(postgres "IN (SELECT jsonb_array_elements_text($1))") };
    TALLY = "SELECT clause, count(*) FILTER (WHERE listed = TRUE),
        count(*) FILTER (WHERE listed = TRUE AND owned = TRUE),
        count(*) FILTER (WHERE standing IN ('accepted', 'changed', 'added')),
        count(*) FILTER (WHERE standing IN ('accepted', 'changed', 'added') AND owned = TRUE),
        count(*) FILTER (WHERE standing = 'proposed'), count(*)
      FROM commitments WHERE edition = $1 GROUP BY clause ORDER BY clause";
    STANDINGS = "SELECT standing, count(*), count(*) FILTER (WHERE owned = TRUE) FROM commitments WHERE edition = $1
      GROUP BY standing";
    KINDS_IN_FORCE = "SELECT kind, count(*) FROM commitments
      WHERE edition = $1 AND standing IN ('accepted', 'changed', 'added') GROUP BY kind ORDER BY kind";
    SAVE = "UPDATE commitments SET kind = $3, degree = $4, standing = $5, listed = $6, reject_reason = $7, owned = $8,
        form = $9, decision = $10
      WHERE edition = $1 AND number = $2";
    MOVE_MANY = {
      sqlite: "UPDATE commitments SET standing = $3, listed = $4, reject_reason = $5, decision = $6
        WHERE edition = $1 AND number IN (SELECT value FROM json_each($2))",
      postgres: "UPDATE commitments SET standing = $3, listed = $4, reject_reason = $5, decision = $6
        WHERE edition = $1 AND number IN (SELECT jsonb_array_elements_text($2)::bigint)" };
    REMOVE = "DELETE FROM commitments WHERE edition = $1 AND number = $2";
    NEXT_PENDING = "SELECT clause FROM commitments WHERE edition = $1 AND standing = 'proposed' AND clause > $2
      ORDER BY clause LIMIT 1";
}

/// Reads a row of the columns above.
pub(super) fn commitment(row: &Row<'_>) -> Result<CommitmentRow, Fault> {
    let number = row.get(3)?;
    let (standing, reason): (String, Option<u32>) = (row.get(7)?, row.get(8)?);
    let reason = reason.and_then(|r| u8::try_from(r).ok());
    let confidence: Option<String> = row.get(9)?;
    let proposal: Option<String> = row.get(13)?;
    let unread = |wanted, got: String| Fault::Column { column: 7, wanted, got };
    Ok(CommitmentRow {
        id: row.get(0)?,
        edition: row.get(1)?,
        chapter: row.get(2)?,
        commitment: Commitment {
            number,
            clause: row.get(4)?,
            span: (row.get(5)?, row.get(6)?),
            form: read_json(row, 12, "a commitment's form")?,
            standing: Standing::of_word(&standing, reason).ok_or_else(|| unread("a standing", standing))?,
            confidence: confidence.map(|c| c.parse().map_err(|_| unread("a confidence", c))).transpose()?,
            doubted: row.get(14)?,
            split_from: row.get(10)?,
            decision: row.get(11)?,
        },
        proposal: match proposal {
            Some(_) => Some(read_json(row, 13, "a proposal")?),
            None => None,
        },
    })
}

fn reason_of(standing: Standing) -> Option<i64> {
    match standing {
        Standing::Rejected(reason) => Some(i64::from(reason.number())),
        _ => None,
    }
}

fn certainty_of(confidence: Option<Decimal>) -> &'static str {
    confidence.map_or("-", |c| Certainty::of(c).word())
}

fn degree_of(form: &Form) -> &'static str {
    form.degree.map_or("-", degree_word)
}

/// Adds commitments of an edition, undecided or just entered: a batch. Each comes with its chapter.
pub fn add(tx: &mut Tx<'_>, edition: EditionId, rows: &[CommitmentRow]) -> Result<(), Fault> {
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            let (c, form) = (&row.commitment, &row.commitment.form);
            serde_json::json!({
                "id": commitment_id(edition, c.number).0, "number": c.number, "clause": c.clause,
                "chapter": row.chapter, "start": c.span.0, "end": c.span.1, "kind": form.kind.word(),
                "degree": degree_of(form), "standing": c.standing.word(),
                "confidence": c.confidence.map(|c| c.to_string()), "certainty": certainty_of(c.confidence),
                "owned": !form.owners.lead.is_empty(),
                "doubted": c.doubted, "form": json(form),
                "proposal": row.proposal.as_ref().map(json), "split_from": c.split_from, "decision": c.decision,
            })
        })
        .collect();
    tx.execute(ADD, params![serde_json::Value::Array(values), edition])?;
    let doubts: Vec<_> = rows
        .iter()
        .filter_map(|row| row.proposal.as_ref().map(|p| (row.commitment.number, &p.doubts)))
        .flat_map(|(number, doubts)| {
            doubts.iter().map(move |doubt| serde_json::json!({ "number": number, "notice": doubt + 1 }))
        })
        .collect();
    if !doubts.is_empty() {
        tx.execute(ADD_DOUBTS, params![serde_json::Value::Array(doubts), edition])?;
    }
    let units = rows.iter().flat_map(|row| units(row.commitment.number, &row.commitment.form)).collect();
    add_units(tx, edition, units)
}

fn units(number: u32, form: &Form) -> Vec<serde_json::Value> {
    let lead = form.owners.lead.iter().map(|unit| ("lead", unit));
    let support = form.owners.support.iter().map(|unit| ("support", unit));
    let unit = |(duty, unit)| serde_json::json!({ "number": number, "duty": duty, "unit": unit });
    lead.chain(support).map(unit).collect()
}

fn add_units(tx: &mut Tx<'_>, edition: EditionId, units: Vec<serde_json::Value>) -> Result<(), Fault> {
    if units.is_empty() {
        return Ok(());
    }
    tx.execute(ADD_UNITS, params![serde_json::Value::Array(units), edition]).map(drop)
}

/// The commitments of those numbers.
pub fn by_numbers(tx: &mut Tx<'_>, edition: EditionId, numbers: &[u32]) -> Result<Vec<CommitmentRow>, Fault> {
    tx.query(BY_NUMBERS, params![edition, serde_json::json!(numbers)], commitment)
}

/// The commitments of those keys.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<CommitmentRow>, Fault> {
    tx.query(BY_IDS, params![serde_json::json!(ids)], commitment)
}

/// The commitments of a clause in text order.
pub fn of_clause(tx: &mut Tx<'_>, edition: EditionId, clause: u32) -> Result<Vec<CommitmentRow>, Fault> {
    tx.query(OF_CLAUSE, params![edition, clause], commitment)
}

/// The commitments of the clauses from `first` to `last` in text order.
pub fn of_clauses(tx: &mut Tx<'_>, edition: EditionId, first: u32, last: u32) -> Result<Vec<CommitmentRow>, Fault> {
    tx.query(OF_CLAUSES, params![edition, first, last], commitment)
}

/// The commitments of a chapter in text order.
pub fn of_chapter(tx: &mut Tx<'_>, edition: EditionId, chapter: i64) -> Result<Vec<CommitmentRow>, Fault> {
    tx.query(OF_CHAPTER, params![edition, chapter], commitment)
}

/// Where a bulk acceptance reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The clause of that number.
    Clause(u32),
    /// The chapter at that heading.
    Chapter(i64),
}

/// The undecided 有把握 proposals of a clause or chapter, by number.
pub fn bulk_of(tx: &mut Tx<'_>, edition: EditionId, scope: Scope) -> Result<Vec<CommitmentRow>, Fault> {
    match scope {
        Scope::Clause(clause) => tx.query(BULK_OF_CLAUSE, params![edition, clause], commitment),
        Scope::Chapter(chapter) => tx.query(BULK_OF_CHAPTER, params![edition, chapter], commitment),
    }
}

/// How many a bulk acceptance would take: of the clause, of the chapter.
pub fn count_bulk(tx: &mut Tx<'_>, edition: EditionId, clause: u32, chapter: i64) -> Result<(u32, u32), Fault> {
    tx.one(COUNT_BULK, params![edition, clause, chapter], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The first commitments that name a unit by any of its names as lead or supporter, and how many do.
pub fn of_unit(tx: &mut Tx<'_>, names: &[String], limit: u32) -> Result<(Vec<CommitmentRow>, u32), Fault> {
    let names = serde_json::json!(names);
    let (some, all) = (tx.scoped(params![names.clone(), limit]), tx.scoped(params![names]));
    let keys: Vec<i64> = tx.query(OF_UNITS, &some, |row| Ok(commitment_id(row.get(0)?, row.get(1)?).0))?;
    let found = tx.one(COUNT_OF_UNITS, &all, |row| row.get(0))?;
    Ok((by_ids(tx, &keys)?, found))
}

/// How many commitments of each edition a unit leads under each of its names, newest edition first.
pub fn leads_of_unit(tx: &mut Tx<'_>, names: &[String]) -> Result<Vec<(EditionId, String, u32)>, Fault> {
    let params = tx.scoped(params![serde_json::json!(names)]);
    tx.query(LEADS_OF_UNITS, &params, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// What the commitments say that somebody leads, with where they stand: newest edition first.
pub fn owned(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(Standing, Form)>, Fault> {
    let params = tx.scoped(params![limit]);
    tx.query(OWNED, &params, |row| {
        let (standing, reason): (String, Option<u32>) = (row.get(0)?, row.get(1)?);
        let reason = reason.and_then(|r| u8::try_from(r).ok());
        let unread = |got| Fault::Column { column: 0, wanted: "a standing", got };
        let standing = Standing::of_word(&standing, reason).ok_or_else(|| unread(standing))?;
        Ok((standing, read_json(row, 2, "a commitment's form")?))
    })
}

/// Counts by clause, for outlines and coverage.
pub fn tally(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<TallyRow>, Fault> {
    tx.query(TALLY, params![edition], |row| {
        Ok(TallyRow {
            clause: row.get(0)?,
            listed: row.get(1)?,
            listed_owned: row.get(2)?,
            in_force: row.get(3)?,
            in_force_owned: row.get(4)?,
            proposed: row.get(5)?,
            all: row.get(6)?,
        })
    })
}

/// Counts by word of standing: all, and those with a lead unit.
pub fn standings(tx: &mut Tx<'_>, edition: EditionId) -> Result<BTreeMap<String, (u32, u32)>, Fault> {
    let rows = tx.query(STANDINGS, params![edition], |row| {
        Ok((row.get::<String>(0)?, (row.get::<u32>(1)?, row.get::<u32>(2)?)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Counts of the commitments in force by word of kind.
pub fn kinds_in_force(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<(String, u32)>, Fault> {
    tx.query(KINDS_IN_FORCE, params![edition], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The first clause after that one with an undecided proposal.
pub fn next_pending(tx: &mut Tx<'_>, edition: EditionId, after: u32) -> Result<Option<u32>, Fault> {
    tx.maybe(NEXT_PENDING, params![edition, after], |row| row.get(0))
}

/// Writes the steps of a decision into the rows. `chapter` is where new commitments stand.
pub fn apply(tx: &mut Tx<'_>, edition: EditionId, steps: &[Step], now: &[Commitment]) -> Result<(), Fault> {
    // Steps that only move many commitments to the same standing become one statement.
    let mut moved: BTreeMap<String, (Standing, Option<u32>, Vec<u32>)> = BTreeMap::new();
    for step in steps {
        match step {
            Step::Moved { number, becomes, form: None, .. } => {
                let key = format!("{} {:?} {:?}", becomes.0.word(), reason_of(becomes.0), becomes.1);
                moved.entry(key).or_insert((becomes.0, becomes.1, Vec::new())).2.push(*number);
            }
            Step::Moved { number, .. } => {
                if let Some(commitment) = now.iter().find(|c| c.number == *number) {
                    save(tx, edition, commitment)?;
                }
            }
            Step::Made { commitment } => make(tx, edition, commitment)?,
            Step::Unmade { commitment } => {
                tx.execute(DROP_UNITS, params![edition, commitment.number])?;
                tx.execute(REMOVE, params![edition, commitment.number])?;
            }
        }
    }
    for (standing, decision, numbers) in moved.into_values() {
        let numbers = serde_json::json!(numbers);
        let params = params![edition, numbers, standing.word(), standing.is_listed(), reason_of(standing), decision];
        tx.execute(MOVE_MANY, params)?;
    }
    Ok(())
}

fn make(tx: &mut Tx<'_>, edition: EditionId, commitment: &Commitment) -> Result<(), Fault> {
    let chapter = super::clauses::by_number(tx, edition, commitment.clause)?.map_or(-1, |c| c.chapter);
    let id = commitment_id(edition, commitment.number);
    add(tx, edition, &[CommitmentRow { id, edition, chapter, commitment: commitment.clone(), proposal: None }])
}

fn save(tx: &mut Tx<'_>, edition: EditionId, c: &Commitment) -> Result<(), Fault> {
    let params = params![
        edition,
        c.number,
        c.form.kind.word(),
        degree_of(&c.form),
        c.standing.word(),
        c.standing.is_listed(),
        reason_of(c.standing),
        !c.form.owners.lead.is_empty(),
        json(&c.form),
        c.decision,
    ];
    tx.execute(SAVE, params)?;
    tx.execute(DROP_UNITS, params![edition, c.number])?;
    add_units(tx, edition, units(c.number, &c.form))
}
