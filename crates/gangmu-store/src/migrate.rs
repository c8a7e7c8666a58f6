//! Brings the schema up (迁移): forward only, each step in a transaction with its hash recorded.

use crate::{
    db::{Db, Tx},
    fault::Fault,
    params,
    statement::Engine,
};
use sha2::{Digest, Sha256};

/// One step of the schema, as text for each database.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number, 1 first, without gaps.
    pub number: i64,
    /// Its name.
    pub name: &'static str,
    /// The script for SQLite.
    pub sqlite: &'static str,
    /// The script for PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal $file:literal),* $(,)?) => {
        /// Every step, in order. A published script never changes: write the next one.
        pub const MIGRATIONS: &[Migration] = &[$(Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../migrations/postgres/", $file)),
        }),*];
    };
}

migrations! {
    1 "ground" "0001_ground.sql",
    2 "plan" "0002_plan.sql",
    3 "tallies" "0003_tallies.sql",
    4 "entries" "0004_entries.sql",
    5 "administrators" "0005_administrators.sql",
    6 "jobs" "0006_jobs.sql",
    7 "own" "0007_own.sql",
    8 "attachments" "0008_attachments.sql",
    9 "roster" "0009_roster.sql",
    10 "journal" "0010_journal.sql",
    11 "api" "0011_api.sql",
    12 "posts" "0012_posts.sql",
    13 "staging" "0013_staging.sql",
    14 "backups" "0014_backups.sql",
    15 "messages" "0015_messages.sql",
    16 "personal" "0016_personal.sql",
    17 "token_posts" "0017_token_posts.sql",
    18 "areas" "0018_areas.sql",
    19 "beside" "0019_beside.sql",
    20 "token_parents" "0020_token_parents.sql",
    21 "indicators" "0021_indicators.sql",
    22 "joins" "0022_joins.sql",
}

crate::statements! {
    APPLIED = "SELECT number, hash FROM schema_migrations ORDER BY number";
    RECORD = "INSERT INTO schema_migrations (number, name, hash) VALUES ($1, $2, $3)";
}

/// What a run of the migrations did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The schema's number before.
    pub from: i64,
    /// The schema's number now.
    pub to: i64,
}

/// Applies the steps that are missing. Refuses a schema whose recorded steps differ from this program's.
pub async fn migrate(db: &Db) -> Result<Migrated, Fault> {
    migrate_with(db, MIGRATIONS).await
}

/// As [`migrate`], with the steps given: for tests of the refusals.
pub async fn migrate_with(db: &Db, steps: &'static [Migration]) -> Result<Migrated, Fault> {
    let from = db.write(move |tx| begin(tx, steps)).await?;
    for step in &steps[usize::try_from(from).unwrap_or(0)..] {
        db.write(move |tx| apply(tx, step)).await?;
    }
    Ok(Migrated { from, to: steps.len() as i64 })
}

/// Applies, within this transaction, the steps that are missing up to that number: for a database in the making.
pub fn migrate_in(tx: &mut Tx<'_>, to: i64) -> Result<Migrated, Fault> {
    let from = begin(tx, MIGRATIONS)?;
    for step in MIGRATIONS.iter().filter(|step| step.number > from && step.number <= to) {
        apply(tx, step)?;
    }
    Ok(Migrated { from, to: version(tx)?.unwrap_or(0) })
}

/// The number of the newest step that this database has; `None` where no step was ever applied.
pub fn version(tx: &mut Tx<'_>) -> Result<Option<i64>, Fault> {
    let numbers = tx.query(APPLIED, params![], |row| row.get::<i64>(0))?;
    Ok(numbers.last().copied())
}

fn begin(tx: &mut Tx<'_>, steps: &[Migration]) -> Result<i64, Fault> {
    tx.command(match tx.engine() {
        Engine::Sqlite => {
            "CREATE TABLE IF NOT EXISTS schema_migrations
               (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL) STRICT"
        }
        // The lock keeps two processes from migrating at once.
        Engine::Postgres => {
            "SELECT pg_advisory_xact_lock(7310579);
             CREATE TABLE IF NOT EXISTS schema_migrations
               (number BIGINT PRIMARY KEY, name TEXT NOT NULL, hash BYTEA NOT NULL)"
        }
    })?;
    let applied = tx.query(APPLIED, params![], |row| Ok((row.get::<i64>(0)?, row.get::<[u8; 32]>(1)?)))?;
    if let Some((schema, _)) = applied.last().filter(|_| applied.len() > steps.len()) {
        return Err(Fault::Newer { schema: *schema, ours: steps.len() as i64 });
    }
    for (place, (number, hash)) in applied.iter().enumerate() {
        let problem = match steps.get(place) {
            None => continue,
            Some(step) if step.number != *number => "is not the next one in the order of this program",
            Some(step) if hash_of(step, tx.engine()) != *hash => "differs from the script it was made with",
            Some(_) => continue,
        };
        return Err(Fault::Migration { number: *number, problem: problem.to_owned() });
    }
    Ok(applied.len() as i64)
}

fn apply(tx: &mut Tx<'_>, step: &Migration) -> Result<(), Fault> {
    // Another process may have applied it since this one looked.
    if tx.engine() == Engine::Postgres {
        tx.command("SELECT pg_advisory_xact_lock(7310579)")?;
    }
    if version(tx)?.unwrap_or(0) >= step.number {
        return Ok(());
    }
    tx.command(script(step, tx.engine()))?;
    let hash = hash_of(step, tx.engine());
    tx.execute(RECORD, params![step.number, step.name, hash])?;
    tracing::info!(migration.number = step.number, migration.name = step.name, "migration applied");
    Ok(())
}

fn script(step: &Migration, engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => step.sqlite,
        Engine::Postgres => step.postgres,
    }
}

fn hash_of(step: &Migration, engine: Engine) -> [u8; 32] {
    Sha256::digest(script(step, engine).as_bytes()).into()
}
