//! Search (搜索): one table of words over editions, clauses and commitments, in the database's own index.
//!
//! Both databases are given the same words, cut by [`terms`]: SQLite in FTS5, PostgreSQL as a `tsvector` of the
//! configuration `simple`. The key of a row says what it stands for: `key / 4` is the key of the object, `key % 4` its
//! kind.

pub mod rebuild;
pub mod terms;

use crate::{db::Tx, fault::Fault, params, scope::plan_within, statement::Engine};
use gangmu_kernel::ids::EditionId;

/// Editions in a key's range.
const NUMBERS: i64 = 1_000_000;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A clause.
    Clause,
    /// A commitment.
    Commitment,
    /// An edition by its title.
    Edition,
}

impl Kind {
    fn code(self) -> i64 {
        match self {
            Self::Edition => 0,
            Self::Clause => 1,
            Self::Commitment => 2,
        }
    }
}

/// The key of a row: editions stand in the range of their own clauses, under number 0.
fn key(kind: Kind, id: i64) -> i64 {
    let id = if kind == Kind::Edition { id * NUMBERS } else { id };
    id * 4 + kind.code()
}

/// The range of all keys that belong to an edition.
pub(crate) fn keys_of(edition: EditionId) -> (i64, i64) {
    (edition.0 * NUMBERS * 4, (edition.0 + 1) * NUMBERS * 4 - 1)
}

macro_rules! add {
    ($into:literal, $source:literal, $words:literal) => {
        concat!($into, " SELECT CAST(value->>'key' AS BIGINT), ", $words, " FROM ", $source)
    };
}

crate::statements! {
    ADD = {
      sqlite: add!("INSERT INTO search_words (rowid, words)", "json_each($1) AS rows", "value->>'words'"),
      postgres: add!("INSERT INTO search_words (id, words)", "jsonb_array_elements($1) AS rows(value)",
        "array_to_tsvector(string_to_array(value->>'words', ' '))") };
    REMOVE = { sqlite: "DELETE FROM search_words WHERE rowid = $1",
      postgres: "DELETE FROM search_words WHERE id = $1" };
    FIND = {
      sqlite: concat!("SELECT rowid FROM search_words WHERE search_words MATCH $1
          AND rowid / 4000000 NOT IN (SELECT id FROM editions WHERE visible = FALSE)
          AND ($3 = TRUE OR rowid / 4000000 IN (SELECT e.id FROM editions e WHERE ",
        plan_within!(sqlite "e.plan" "$3" "$4" "$5"), ")) ORDER BY rowid DESC LIMIT $2"),
      // Without the barrier PostgreSQL walks the keys backwards and tests row after row instead of asking the index.
      postgres: concat!("WITH found AS MATERIALIZED
          (SELECT id FROM search_words WHERE words @@ CAST(CAST($1 AS TEXT) AS tsquery))
        SELECT id FROM found WHERE id / 4000000 NOT IN (SELECT id FROM editions WHERE visible = FALSE)
          AND ($3 = TRUE OR id / 4000000 IN (SELECT e.id FROM editions e WHERE ",
        plan_within!(postgres "e.plan" "$3" "$4" "$5"), ")) ORDER BY id DESC LIMIT $2") };
}

/// What is to be found: its kind, its key, its words joined by blanks.
pub type Words = (Kind, i64, String);

/// Makes objects findable: a batch. The words come from [`terms::of`].
pub fn add(tx: &mut Tx<'_>, rows: &[Words]) -> Result<(), Fault> {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| !row.2.is_empty())
        .map(|(kind, id, words)| serde_json::json!({ "key": key(*kind, *id), "words": words }))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    tx.execute(ADD, params![serde_json::Value::Array(rows)]).map(drop)
}

/// Makes an object findable by other words than before; by none where there are none.
pub fn replace(tx: &mut Tx<'_>, kind: Kind, id: i64, words: &str) -> Result<(), Fault> {
    tx.execute(REMOVE, params![key(kind, id)])?;
    add(tx, &[(kind, id, words.to_owned())])
}

/// The newest objects within the scope that hold all these words, at most so many; none of an edition that is still being written.
///
/// The statement divides a key by `4 * NUMBERS`: that is its edition.
pub fn find(tx: &mut Tx<'_>, words: &[String], limit: u32) -> Result<Vec<(Kind, i64)>, Fault> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let all = match tx.engine() {
        Engine::Sqlite => words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" AND "),
        Engine::Postgres => words.iter().map(|w| format!("'{w}'")).collect::<Vec<_>>().join(" & "),
    };
    let params = tx.scoped(params![all, limit]);
    tx.query(FIND, &params, |row| {
        let key: i64 = row.get(0)?;
        Ok(match key % 4 {
            0 => (Kind::Edition, key / 4 / NUMBERS),
            1 => (Kind::Clause, key / 4),
            _ => (Kind::Commitment, key / 4),
        })
    })
}
