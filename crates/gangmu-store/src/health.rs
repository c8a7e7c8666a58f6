//! How the database itself is (数据库状况): what it is, what its own checks find, its clock, what waits for too long.

use crate::{db::Tx, fault::Fault, params, statement::Engine};
use jiff::Timestamp;

/// What the database says of itself (数据库自述).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// How it keeps texts: `UTF-8` of SQLite, `UTF8` of PostgreSQL.
    pub encoding: String,
    /// By which rules it sorts texts; none where it has no such rules.
    pub collation: Option<String>,
    /// The version of the database program.
    pub version: String,
    /// The clock of its machine; none where that is this machine.
    pub clock: Option<Timestamp>,
}

/// Jobs of a kind that should have been done (逾期作业).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// Their kind.
    pub kind: String,
    /// How many.
    pub jobs: i64,
    /// When the first of them was due.
    pub since: Timestamp,
}

crate::statements! {
    ABOUT = {
      sqlite: "SELECT encoding, NULL, sqlite_version(), NULL FROM pragma_encoding",
      postgres: "SELECT pg_encoding_to_char(encoding)::text, datcollate::text, current_setting('server_version'),
          CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)
        FROM pg_database WHERE datname = current_database()" };
    // SQLite looks through all its pages. PostgreSQL does so as it reads, and keeps the count.
    DAMAGE = {
      sqlite: "SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok' LIMIT 5",
      postgres: "SELECT 'index ' || indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
        UNION ALL SELECT checksum_failures || ' failed checksums' FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0" };
    TOUCH = "UPDATE schema_migrations SET name = name WHERE number = 0";
    OVERDUE = "SELECT kind, count(*), min(run_at) FROM jobs j WHERE state = 'waiting' AND run_at < $1
        AND NOT EXISTS (SELECT 1 FROM paused_queues p WHERE p.kind = j.kind)
      GROUP BY kind ORDER BY 3, 1";
}

/// The oldest PostgreSQL that the statements are written for.
pub const OLDEST_POSTGRES: u32 = 15;

impl About {
    /// Does it keep every character that people write?
    pub fn is_utf8(&self) -> bool {
        ["UTF8", "UTF-8"].contains(&self.encoding.as_str())
    }

    /// The number in front of the version.
    pub fn major(&self) -> Option<u32> {
        self.version.split(['.', ' ']).next()?.parse().ok()
    }

    /// Is it a database program that this program is written for? SQLite is a part of the program.
    pub fn is_supported(&self, engine: Engine) -> bool {
        engine == Engine::Sqlite || self.major().is_none_or(|major| major >= OLDEST_POSTGRES)
    }
}

/// What the database says of itself.
pub fn about(tx: &mut Tx<'_>) -> Result<About, Fault> {
    tx.one(ABOUT, params![], |row| {
        Ok(About { encoding: row.get(0)?, collation: row.get(1)?, version: row.get(2)?, clock: row.get(3)? })
    })
}

/// What the database's own check finds wrong, in its words; nothing where all is well.
pub fn damage(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    tx.query(DAMAGE, params![], |row| row.get(0))
}

/// Writes what changes nothing: whether the database can be written.
pub fn touch(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.execute(TOUCH, params![]).map(drop)
}

/// Jobs that were due before that instant and still wait, in queues that go on; the longest wait first.
pub fn overdue(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<Overdue>, Fault> {
    tx.query(OVERDUE, params![before], |row| Ok(Overdue { kind: row.get(0)?, jobs: row.get(1)?, since: row.get(2)? }))
}
