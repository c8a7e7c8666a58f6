//! The compiler's doubts (疑点) as rows.

use super::{json, read_json};
use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::EditionId;
use gangmu_plan::compiled::Notice;

/// A doubt (疑点).
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRow {
    /// Counted from 1 within the edition.
    pub number: u32,
    /// Number of the clause of its first span.
    pub clause: u32,
    /// Position of the chapter's heading.
    pub chapter: i64,
    /// What the compiler says.
    pub notice: Notice,
    /// The words with which a person settled it.
    pub settled: Option<String>,
}

macro_rules! add {
    ($source:literal) => {
        concat!(
            "INSERT INTO notices (edition, number, kind, clause, chapter, span_start, body)
            SELECT CAST($2 AS BIGINT), CAST(value->>'number' AS BIGINT), value->>'kind',
              CAST(value->>'clause' AS BIGINT), CAST(value->>'chapter' AS BIGINT), CAST(value->>'start' AS BIGINT),
              value->>'body' FROM ",
            $source
        )
    };
}

crate::statements! {
    ADD = { sqlite: add!("json_each($1) AS rows"), postgres: add!("jsonb_array_elements($1) AS rows(value)") };
    OF_CLAUSE = "SELECT number, clause, chapter, body, settled FROM notices WHERE edition = $1 AND clause = $2
      ORDER BY span_start, number";
    OF_CLAUSES = "SELECT number, clause, chapter, body, settled FROM notices WHERE edition = $1 AND clause BETWEEN $2 AND $3
      ORDER BY span_start, number";
    BY_NUMBERS = { sqlite: "SELECT number, clause, chapter, body, settled FROM notices WHERE edition = $1
        AND number IN (SELECT value FROM json_each($2)) ORDER BY number",
      postgres: "SELECT number, clause, chapter, body, settled FROM notices WHERE edition = $1
        AND number IN (SELECT jsonb_array_elements_text($2)::bigint) ORDER BY number" };
    BY_CLAUSE = "SELECT clause, count(*) FROM notices WHERE edition = $1 AND settled IS NULL
      GROUP BY clause ORDER BY clause";
    COUNT = "SELECT count(*) FROM notices WHERE edition = $1 AND settled IS NULL";
    SETTLE = "UPDATE notices SET settled = $3, settled_at = $4, account = $5, account_name = $6
      WHERE edition = $1 AND number = $2";
    CLEAR = "UPDATE commitments SET doubted = FALSE
      WHERE edition = $1 AND number IN (SELECT d.number FROM commitment_doubts d WHERE d.edition = $1 AND d.notice = $2)
        AND NOT EXISTS (SELECT 1 FROM commitment_doubts o
          JOIN notices n ON n.edition = o.edition AND n.number = o.notice
          WHERE o.edition = $1 AND o.number = commitments.number AND n.settled IS NULL)";
}

fn notice(row: &Row<'_>) -> Result<NoticeRow, Fault> {
    Ok(NoticeRow {
        number: row.get(0)?,
        clause: row.get(1)?,
        chapter: row.get(2)?,
        notice: read_json(row, 3, "a notice")?,
        settled: row.get(4)?,
    })
}

/// Adds doubts of an edition: a batch.
pub fn add(tx: &mut Tx<'_>, edition: EditionId, notices: &[NoticeRow]) -> Result<(), Fault> {
    let rows: Vec<_> = notices
        .iter()
        .map(|n| {
            let kind = serde_json::to_value(n.notice.kind).unwrap_or_default();
            let start = n.notice.spans.first().map_or(0, |s| s.0);
            serde_json::json!({
                "number": n.number, "kind": kind, "clause": n.clause, "chapter": n.chapter, "start": start,
                "body": json(&n.notice),
            })
        })
        .collect();
    tx.execute(ADD, params![serde_json::Value::Array(rows), edition]).map(drop)
}

/// The doubts that begin in a clause.
pub fn of_clause(tx: &mut Tx<'_>, edition: EditionId, clause: u32) -> Result<Vec<NoticeRow>, Fault> {
    tx.query(OF_CLAUSE, params![edition, clause], notice)
}

/// The doubts that begin in the clauses from `first` to `last`.
pub fn of_clauses(tx: &mut Tx<'_>, edition: EditionId, first: u32, last: u32) -> Result<Vec<NoticeRow>, Fault> {
    tx.query(OF_CLAUSES, params![edition, first, last], notice)
}

/// The doubts of those numbers.
pub fn by_numbers(tx: &mut Tx<'_>, edition: EditionId, numbers: &[u32]) -> Result<Vec<NoticeRow>, Fault> {
    tx.query(BY_NUMBERS, params![edition, serde_json::json!(numbers)], notice)
}

/// How many open doubts begin in each clause.
pub fn by_clause(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<(u32, u32)>, Fault> {
    tx.query(BY_CLAUSE, params![edition], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many open doubts an edition has.
pub fn count(tx: &mut Tx<'_>, edition: EditionId) -> Result<u32, Fault> {
    tx.one(COUNT, params![edition], |row| row.get(0))
}

/// A person settles a doubt with these words; commitments that no other doubt touches are doubted no more.
pub fn settle(
    tx: &mut Tx<'_>,
    edition: EditionId,
    number: u32,
    words: &str,
    at: jiff::Timestamp,
    by: (gangmu_kernel::ids::AccountId, &str),
) -> Result<(), Fault> {
    tx.execute(SETTLE, params![edition, number, words, at, by.0, by.1])?;
    tx.execute(CLEAR, params![edition, number]).map(drop)
}
