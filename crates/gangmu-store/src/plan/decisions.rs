//! Decisions on commitments (决定) as rows: only ever appended to.

use super::{json, read_json};
use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{AccountId, EditionId};
use gangmu_plan::review::ReviewEvent;
use jiff::Timestamp;

/// A decision without its steps (决定), for records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Counted from 1 within the edition.
    pub number: u32,
    /// Word of what was decided.
    pub verb: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// Words that came with it.
    pub note: String,
    /// How many commitments it touched.
    pub touched: u32,
    /// It was undone.
    pub undone: bool,
    /// Number of its journal entry.
    pub journal: Option<i64>,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT d.number, d.verb, d.at, d.account, d.account_name, d.note, d.touched, EXISTS (SELECT 1
              FROM decisions u WHERE u.edition = d.edition AND u.undoes = d.number), d.journal FROM decisions d ",
            $rest
        )
    };
}

macro_rules! add_steps {
    ($source:literal) => {
        concat!(
            "INSERT INTO decision_steps (edition, decision, number)
            SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST(value AS BIGINT) FROM ",
            $source
        )
    };
}

crate::statements! {
    ADD = "INSERT INTO decisions (edition, number, verb, at, account, account_name, note, undoes, touched, body,
        journal, behalf)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ADD_STEPS = { sqlite: add_steps!("json_each($3) AS rows"),
      postgres: add_steps!("jsonb_array_elements_text($3) AS rows(value)") };
    FIND = "SELECT d.account, d.body, EXISTS (SELECT 1 FROM decisions u
        WHERE u.edition = d.edition AND u.undoes = d.number)
      FROM decisions d WHERE d.edition = $1 AND d.number = $2";
    RECENT = (columns!("WHERE d.edition = $1 ORDER BY d.number DESC LIMIT $2"));
    OF_CLAUSES = (columns!("WHERE d.edition = $1 AND d.number IN (SELECT s.decision FROM decision_steps s
        JOIN commitments c ON c.edition = s.edition AND c.number = s.number
        WHERE s.edition = $1 AND c.clause = $2) ORDER BY d.number DESC LIMIT $3"));
    OF_COMMITMENT = (columns!("WHERE d.edition = $1 AND d.number > $3 AND d.number IN (SELECT s.decision
        FROM decision_steps s WHERE s.edition = $1 AND s.number = $2) ORDER BY d.number LIMIT $4"));
    STEPS = "SELECT number FROM decision_steps WHERE edition = $1 AND decision = $2 ORDER BY number LIMIT $3";
    LAST_OF = (columns!("WHERE d.edition = $1 AND d.account = $2 AND d.verb <> 'undone'
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.edition = d.edition AND u.undoes = d.number)
      ORDER BY d.number DESC LIMIT 1"));
    DECIDERS = "SELECT d.account, d.account_name FROM decisions d WHERE d.edition = $1 AND d.verb <> 'undone'
        AND d.number NOT IN (SELECT u.undoes FROM decisions u WHERE u.edition = $1 AND u.undoes IS NOT NULL)
      GROUP BY d.account, d.account_name ORDER BY d.account";
    PRINCIPALS = "SELECT DISTINCT d.behalf FROM decisions d WHERE d.edition = $1 AND d.verb <> 'undone'
        AND d.behalf IS NOT NULL
        AND d.number NOT IN (SELECT u.undoes FROM decisions u WHERE u.edition = $1 AND u.undoes IS NOT NULL)
      ORDER BY d.behalf";
    ALL = "SELECT d.account, d.body FROM decisions d WHERE d.edition = $1 ORDER BY d.number";
}

fn decision(row: &Row<'_>) -> Result<DecisionRow, Fault> {
    Ok(DecisionRow {
        number: row.get(0)?,
        verb: row.get(1)?,
        at: row.get(2)?,
        account: row.get(3)?,
        account_name: row.get(4)?,
        note: row.get(5)?,
        touched: row.get(6)?,
        undone: row.get(7)?,
        journal: row.get(8)?,
    })
}

/// Appends a decision; `by` is who took it, `behalf` for whom as a deputy, `journal` the number of its journal entry.
pub fn append(
    tx: &mut Tx<'_>,
    edition: EditionId,
    event: &ReviewEvent,
    at: Timestamp,
    by: (AccountId, &str),
    behalf: Option<AccountId>,
    journal: i64,
) -> Result<(), Fault> {
    let touched = u32::try_from(event.steps.len()).unwrap_or(u32::MAX);
    let params = params![
        edition,
        event.decision,
        event.verb.word(),
        at,
        by.0,
        by.1,
        &event.note,
        event.undoes,
        touched,
        json(event),
        journal,
        behalf,
    ];
    tx.execute(ADD, params)?;
    let numbers: Vec<u32> = event.steps.iter().map(|s| s.number()).collect();
    tx.execute(ADD_STEPS, params![edition, event.decision, serde_json::json!(numbers)]).map(drop)
}

/// A decision with who took it, and whether it was undone.
pub fn find(tx: &mut Tx<'_>, edition: EditionId, number: u32) -> Result<Option<(AccountId, ReviewEvent, bool)>, Fault> {
    tx.maybe(FIND, params![edition, number], |row| Ok((row.get(0)?, read_json(row, 1, "a decision")?, row.get(2)?)))
}

/// All decisions of an edition in order, for replaying.
pub fn all(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<(AccountId, ReviewEvent)>, Fault> {
    tx.query(ALL, params![edition], |row| Ok((row.get(0)?, read_json(row, 1, "a decision")?)))
}

/// The newest decisions of an edition.
pub fn recent(tx: &mut Tx<'_>, edition: EditionId, limit: u32) -> Result<Vec<DecisionRow>, Fault> {
    tx.query(RECENT, params![edition, limit], decision)
}

/// The newest decisions on the commitments of a clause.
pub fn of_clause(tx: &mut Tx<'_>, edition: EditionId, clause: u32, limit: u32) -> Result<Vec<DecisionRow>, Fault> {
    tx.query(OF_CLAUSES, params![edition, clause, limit], decision)
}

/// The decisions on a commitment after that one, oldest first.
pub fn of_commitment(
    tx: &mut Tx<'_>,
    edition: EditionId,
    number: u32,
    after: u32,
    limit: u32,
) -> Result<Vec<DecisionRow>, Fault> {
    tx.query(OF_COMMITMENT, params![edition, number, after, limit], decision)
}

/// Numbers of the first commitments that a decision touched.
pub fn touched(tx: &mut Tx<'_>, edition: EditionId, decision: u32, limit: u32) -> Result<Vec<u32>, Fault> {
    tx.query(STEPS, params![edition, decision, limit], |row| row.get(0))
}

/// The last decision of a person that was not undone.
pub fn last_of(tx: &mut Tx<'_>, edition: EditionId, account: AccountId) -> Result<Option<DecisionRow>, Fault> {
    tx.maybe(LAST_OF, params![edition, account], decision)
}

/// Who took decisions that were not undone.
pub fn deciders(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<(AccountId, String)>, Fault> {
    tx.query(DECIDERS, params![edition], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// For whom deputies took decisions that were not undone.
pub fn principals(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<AccountId>, Fault> {
    tx.query(PRINCIPALS, params![edition], |row| row.get(0))
}
