//! Headings and clauses (目录、条款) as rows.

use super::{clause_id, json, read_json};
use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{ClauseId, EditionId};
use gangmu_plan::compiled::{Degree, QuantityRole, Range, Responsibility, SentencePlace};
use serde::{Deserialize, Serialize};

/// A heading (标题).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRow {
    /// Its place in the outline, from 0.
    pub position: u32,
    /// Word of its level.
    pub level: String,
    /// Number as written.
    pub mark: Option<String>,
    /// Title.
    pub title: String,
    /// First code point.
    pub span_start: u32,
    /// One past the last.
    pub span_end: u32,
    /// Position of the heading above.
    pub parent: Option<u32>,
    /// Number of the clause in which it stands.
    pub clause: u32,
    /// Path of that clause.
    pub path: String,
}

/// What is marked in the text of a clause, apart from its commitments and doubts (标记).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// Its sentences.
    pub sentences: Vec<SentencePlace>,
    /// Degree words.
    pub degrees: Vec<(Range, Degree)>,
    /// Quantities that are targets or deliverables.
    pub quantities: Vec<(Range, QuantityRole)>,
    /// Responsibilities as written.
    pub responsibilities: Vec<Responsibility>,
}

/// A clause (条款).
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseRow {
    /// Its key in the database.
    pub id: ClauseId,
    /// Its edition.
    pub edition: EditionId,
    /// Counted from 1 within the edition, in text order.
    pub number: u32,
    /// Path.
    pub path: String,
    /// Where it stands.
    pub span: Range,
    /// Position of its heading.
    pub heading: Option<u32>,
    /// Position of the chapter's heading; −1 before the first.
    pub chapter: i64,
    /// Position of the heading of what is read as one page; −1 before the first.
    pub section: i64,
    /// Its text.
    pub text: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// What is marked in it.
    pub marks: Marks,
}

/// A clause without its text, for outlines and neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClausePlaceRow {
    /// Counted from 1 within the edition.
    pub number: u32,
    /// Path.
    pub path: String,
    /// Where it stands.
    pub span: Range,
    /// Position of its heading.
    pub heading: Option<u32>,
    /// Position of the chapter's heading.
    pub chapter: i64,
    /// Position of the heading of its page.
    pub section: i64,
}

macro_rules! add_clauses {
    ($source:literal) => {
        concat!(
            "INSERT INTO clauses (id, edition, number, path, span_start, span_end, heading, chapter, section, text,
              sha256, marks)
            SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'edition' AS BIGINT), CAST(value->>'number' AS BIGINT),
              value->>'path', CAST(value->>'start' AS BIGINT), CAST(value->>'end' AS BIGINT),
              CAST(value->>'heading' AS BIGINT), CAST(value->>'chapter' AS BIGINT),
              CAST(value->>'section' AS BIGINT), value->>'text', value->>'sha256', value->>'marks' FROM ",
            $source
        )
    };
}

macro_rules! add_headings {
    ($source:literal) => {
        concat!(
            "INSERT INTO headings (edition, position, level, mark, title, span_start, span_end, parent, clause, path)
            SELECT CAST($2 AS BIGINT), CAST(value->>'position' AS BIGINT), value->>'level', value->>'mark',
              value->>'title', CAST(value->>'span_start' AS BIGINT), CAST(value->>'span_end' AS BIGINT),
              CAST(value->>'parent' AS BIGINT), CAST(value->>'clause' AS BIGINT), value->>'path' FROM ",
            $source
        )
    };
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, edition, number, path, span_start, span_end, heading, chapter, section, text, sha256, marks
            FROM clauses ",
            $rest
        )
    };
}

macro_rules! of_paths {
    ($engine:ident $paths:literal) => {
        concat!(
            "SELECT c.id, c.edition, c.path, c.text FROM clauses c JOIN editions e ON e.id = c.edition
            WHERE c.path IN (",
            $paths,
            ") AND e.visible = TRUE AND ",
            crate::scope::plan_within!($engine "e.plan" "$3" "$4" "$5"),
            " ORDER BY c.edition DESC LIMIT $2"
        )
    };
}

crate::statements! {
    ADD_CLAUSES = { sqlite: add_clauses!("json_each($1) AS rows"),
      postgres: add_clauses!("jsonb_array_elements($1) AS rows(value)") };
    ADD_HEADINGS = { sqlite: add_headings!("json_each($1) AS rows"),
      postgres: add_headings!("jsonb_array_elements($1) AS rows(value)") };
    HEADINGS = "SELECT position, level, mark, title, span_start, span_end, parent, clause, path FROM headings
      WHERE edition = $1 ORDER BY position";
    PLACES = "SELECT number, path, span_start, span_end, heading, chapter, section FROM clauses
      WHERE edition = $1 ORDER BY number";
    BY_PATH = (columns!("WHERE edition = $1 AND path = $2"));
    BY_NUMBER = (columns!("WHERE edition = $1 AND number = $2"));
    OF_SECTION = (columns!("WHERE edition = $1 AND section = $2 ORDER BY number"));
    OF_CHAPTER = (columns!("WHERE edition = $1 AND chapter = $2 ORDER BY number"));
    AT = (columns!("WHERE edition = $1 AND span_start <= $2 ORDER BY span_start DESC LIMIT 1"));
    BY_IDS = { sqlite: columns!("WHERE id IN (SELECT value FROM json_each($1))"),
      postgres: columns!("WHERE id IN (SELECT jsonb_array_elements_text($1)::bigint)") };
    TEXTS = { sqlite: "SELECT id, edition, path, text FROM clauses WHERE id IN (SELECT value FROM json_each($1))",
      postgres: "SELECT id, edition, path, text FROM clauses
        WHERE id IN (SELECT jsonb_array_elements_text($1)::bigint)" };
    OF_PATHS = { sqlite: of_paths!(sqlite "SELECT value FROM json_each($1)"),
      postgres: of_paths!(postgres "SELECT jsonb_array_elements_text($1)") };
    OTHER_EDITIONS = "SELECT c.edition, c.sha256 FROM clauses c JOIN editions e ON e.id = c.edition
      WHERE c.path = $2 AND e.plan = $1 AND e.visible = TRUE ORDER BY c.edition DESC";
}

fn clause(row: &Row<'_>) -> Result<ClauseRow, Fault> {
    Ok(ClauseRow {
        id: row.get(0)?,
        edition: row.get(1)?,
        number: row.get(2)?,
        path: row.get(3)?,
        span: (row.get(4)?, row.get(5)?),
        heading: row.get(6)?,
        chapter: row.get(7)?,
        section: row.get(8)?,
        text: row.get(9)?,
        sha256: row.get(10)?,
        marks: read_json(row, 11, "marks of a clause")?,
    })
}

/// Adds clauses of an edition: a batch.
pub fn add(tx: &mut Tx<'_>, edition: EditionId, clauses: &[ClauseRow]) -> Result<(), Fault> {
    let rows: Vec<_> = clauses
        .iter()
        .map(|c| {
            serde_json::json!({
                "id": clause_id(edition, c.number).0, "edition": edition.0, "number": c.number, "path": c.path,
                "start": c.span.0, "end": c.span.1, "heading": c.heading, "chapter": c.chapter, "section": c.section,
                "text": c.text, "sha256": c.sha256, "marks": json(&c.marks),
            })
        })
        .collect();
    tx.execute(ADD_CLAUSES, params![serde_json::Value::Array(rows)]).map(drop)
}

/// Adds headings of an edition.
pub fn add_headings(tx: &mut Tx<'_>, edition: EditionId, headings: &[HeadingRow]) -> Result<(), Fault> {
    let rows = serde_json::to_value(headings).expect("headings have text keys, so JSON can write them");
    tx.execute(ADD_HEADINGS, params![rows, edition]).map(drop)
}

/// The outline of an edition.
pub fn headings(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<HeadingRow>, Fault> {
    tx.query(HEADINGS, params![edition], |row| {
        Ok(HeadingRow {
            position: row.get(0)?,
            level: row.get(1)?,
            mark: row.get(2)?,
            title: row.get(3)?,
            span_start: row.get(4)?,
            span_end: row.get(5)?,
            parent: row.get(6)?,
            clause: row.get(7)?,
            path: row.get(8)?,
        })
    })
}

/// All clauses of an edition without their text, in text order.
pub fn places(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<ClausePlaceRow>, Fault> {
    tx.query(PLACES, params![edition], |row| {
        Ok(ClausePlaceRow {
            number: row.get(0)?,
            path: row.get(1)?,
            span: (row.get(2)?, row.get(3)?),
            heading: row.get(4)?,
            chapter: row.get(5)?,
            section: row.get(6)?,
        })
    })
}

/// The clause of that path.
pub fn by_path(tx: &mut Tx<'_>, edition: EditionId, path: &str) -> Result<Option<ClauseRow>, Fault> {
    tx.maybe(BY_PATH, params![edition, path], clause)
}

/// The clause of that number.
pub fn by_number(tx: &mut Tx<'_>, edition: EditionId, number: u32) -> Result<Option<ClauseRow>, Fault> {
    tx.maybe(BY_NUMBER, params![edition, number], clause)
}

/// The clause that holds a code point.
pub fn at(tx: &mut Tx<'_>, edition: EditionId, offset: u32) -> Result<Option<ClauseRow>, Fault> {
    tx.maybe(AT, params![edition, offset], clause)
}

/// The clauses that are read as one page.
pub fn of_section(tx: &mut Tx<'_>, edition: EditionId, section: i64) -> Result<Vec<ClauseRow>, Fault> {
    tx.query(OF_SECTION, params![edition, section], clause)
}

/// The clauses of a chapter.
pub fn of_chapter(tx: &mut Tx<'_>, edition: EditionId, chapter: i64) -> Result<Vec<ClauseRow>, Fault> {
    tx.query(OF_CHAPTER, params![edition, chapter], clause)
}

/// The clauses of those keys.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<ClauseRow>, Fault> {
    tx.query(BY_IDS, params![serde_json::json!(ids)], clause)
}

/// A clause as far as the search looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseText {
    /// Its key in the database.
    pub id: ClauseId,
    /// Its edition.
    pub edition: EditionId,
    /// Path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The texts of the clauses of those keys.
pub fn texts(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<ClauseText>, Fault> {
    tx.query(TEXTS, params![serde_json::json!(ids)], |row| {
        Ok(ClauseText { id: row.get(0)?, edition: row.get(1)?, path: row.get(2)?, text: row.get(3)? })
    })
}

/// The clauses of those paths in all visible editions, newest first.
pub fn of_paths(tx: &mut Tx<'_>, paths: &[String], limit: u32) -> Result<Vec<ClauseText>, Fault> {
    let params = tx.scoped(params![serde_json::json!(paths), limit]);
    tx.query(OF_PATHS, &params, |row| {
        Ok(ClauseText { id: row.get(0)?, edition: row.get(1)?, path: row.get(2)?, text: row.get(3)? })
    })
}

/// The same path in all visible editions of a plan, with the digest of its text, newest first.
pub fn in_editions(
    tx: &mut Tx<'_>,
    plan: gangmu_kernel::ids::PlanId,
    path: &str,
) -> Result<Vec<(EditionId, String)>, Fault> {
    tx.query(OTHER_EDITIONS, params![plan, path], |row| Ok((row.get(0)?, row.get(1)?)))
}
