//! How large the database and the files beside it are (数据量).

use crate::{db::Tx, fault::Fault, params};

/// How large the database and the files beside it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Bytes of the database on disk, with its indexes.
    pub database: i64,
    /// Entries of the journal.
    pub entries: i64,
    /// Files that are kept beside the database.
    pub files: i64,
    /// Their bytes.
    pub file_bytes: i64,
}

crate::statements! {
    DATABASE = {
      sqlite: "SELECT p.page_count * s.page_size FROM pragma_page_count() p, pragma_page_size() s",
      postgres: "SELECT pg_database_size(current_database())" };
    ENTRIES = "SELECT seq FROM journal_head WHERE one = 1";
    FILES = "SELECT count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM blobs";
}

/// How large the database is now.
pub fn sizes(tx: &mut Tx<'_>) -> Result<Sizes, Fault> {
    let database = tx.one(DATABASE, params![], |row| row.get(0))?;
    let entries = tx.one(ENTRIES, params![], |row| row.get(0))?;
    let (files, file_bytes) = tx.one(FILES, params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Sizes { database, entries, files, file_bytes })
}
