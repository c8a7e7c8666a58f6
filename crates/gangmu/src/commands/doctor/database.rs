//! The database and the clock (数据库、时钟): reached, whole, written to, and of this program's schema.

use super::finding::{Facts, Finding};
use crate::{
    clock::SystemClock,
    config::Config,
    console::{chain, moment},
    files,
    random::SystemRandom,
};
use gangmu_app::{
    Role,
    journal::{Broken, Glance, glance},
    packs::ZONE,
    ports::{Clock, Random},
};
use gangmu_store::{
    Db, Engine, Fault, Limits, Location, Tx, accounts,
    attachments::kept::{self, Referred},
    backup::rows::{self, BackupRow},
    health::{self, About, OLDEST_POSTGRES, Overdue},
    jobs::listing::{self, Count, Paused},
    journal::{self, Filter, Recorded, canonical::hex},
    migrate::{self, MIGRATIONS},
    sizes::{Sizes, sizes},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// Attached files that are looked at; of more than these each run looks at others.
const FILES: u32 = 20_000;

/// Jobs that are late by less than this are on their way.
const LATE: SignedDuration = SignedDuration::from_hours(1);

/// Records of backups that are looked at.
const BACKUPS: u32 = 100;

/// What two clocks may differ by before somebody should look, and before times can't be trusted.
const SKEW: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(10), SignedDuration::from_mins(5));

/// The program was written in this year; a clock before it stands.
const WRITTEN: &str = "2026-01-01T00:00:00Z";

/// What one look gives.
pub enum Seen {
    /// There is no database yet.
    None,
    /// It can't be reached or read.
    Fault(Fault),
    /// It is there.
    There(Box<Database>),
}

/// A database that is there.
pub struct Database {
    engine: Engine,
    now: Timestamp,
    about: About,
    damage: Vec<String>,
    /// Why its tables can't be read.
    unreadable: Option<Fault>,
    /// Why it can't be written.
    unwritable: Option<Fault>,
    schema: Result<i64, Fault>,
    /// The tables, where the schema is this program's.
    inside: Option<Inside>,
}

/// What stands in the tables.
pub struct Inside {
    /// How large it is.
    pub sizes: Sizes,
    /// The first entry of the journal.
    pub first: Option<Recorded>,
    /// The newest.
    pub last: Option<Recorded>,
    /// The end of the journal, or where it breaks; the problem where the checkpoint file can't be read.
    pub journal: Result<Result<Glance, Broken>, String>,
    /// How many jobs are in which state.
    pub jobs: Vec<Count>,
    /// Those that should have been done.
    pub overdue: Vec<Overdue>,
    /// Paused queues.
    pub paused: Vec<Paused>,
    /// The records of backups, newest first.
    pub backups: Vec<BackupRow>,
    /// When somebody last made one at the console.
    pub console_backup: Option<Timestamp>,
    /// Has an audit administrator an address for mail?
    pub auditors_have_mail: bool,
    /// Attached files to be looked for.
    pub files: Vec<Referred>,
    /// How many there are in all.
    pub all_files: i64,
}

impl Seen {
    /// What stands in the tables, where that can be read.
    pub fn inside(&self) -> Option<&Inside> {
        match self {
            Self::There(database) => database.inside.as_ref(),
            _ => None,
        }
    }

    /// The finding of a check whose facts stand in the tables, where those can't be read.
    pub fn without(&self, check: &'static str) -> Finding {
        match self {
            Self::None => Finding::ok(check, "doctor-nothing-yet", vec![]),
            _ => Finding::skipped(check, "doctor-not-looked-at"),
        }
    }
}

impl Inside {
    /// The backups that are kept, newest first.
    pub fn kept(&self) -> impl Iterator<Item = &BackupRow> {
        self.backups.iter().filter(|row| row.state == "kept")
    }

    /// When something was last done here. The waiting of jobs and the age of backups are counted up to then: where
    /// nothing was done since, nothing is lost.
    pub fn until(&self, now: Timestamp) -> Timestamp {
        self.last.as_ref().map_or(now, |last| last.entry.at.min(now))
    }
}

/// Looks into the database without making or changing one.
pub async fn look(config: &Config) -> Seen {
    let location = config.database();
    if matches!(&location, Location::Sqlite(path) if !path.exists()) {
        return Seen::None;
    }
    let db = match Db::open(&location, Limits { readers: 1, ..Limits::default() }) {
        Ok(db) => db,
        Err(fault) => return Seen::Fault(fault),
    };
    let seen = looked(&db, config).await;
    db.close().await;
    seen.map_or_else(Seen::Fault, |database| Seen::There(Box::new(database)))
}

async fn looked(db: &Db, config: &Config) -> Result<Database, Fault> {
    let checkpoints = match files::text(&config.checkpoints()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| error.to_string()),
    };
    let start = hex(&SystemRandom.bytes32());
    let about = db.read(health::about).await?;
    // What is damaged enough can't even be checked.
    let damage = db.read(health::damage).await.unwrap_or_else(|fault: Fault| vec![chain(&fault)]);
    let now = SystemClock.now();
    let schema = db.read::<_, Fault>(migrate::version).await.map(|version| version.unwrap_or(0));
    let unwritable = if matches!(schema, Ok(1..)) { db.write(health::touch).await.err() } else { None };
    let inside = match schema {
        Ok(version) if version == MIGRATIONS.len() as i64 => {
            Some(db.read(move |tx| tables(tx, checkpoints, &start, now)).await)
        }
        _ => None,
    };
    let (inside, unreadable) = match inside.transpose() {
        Ok(inside) => (inside, None),
        Err(fault) => (None, Some(fault)),
    };
    Ok(Database { engine: db.engine(), now, about, damage, unreadable, unwritable, schema, inside })
}

fn tables(tx: &mut Tx<'_>, checkpoints: Result<String, String>, start: &str, now: Timestamp) -> Result<Inside, Fault> {
    let head = journal::head(tx)?;
    let at = |tx: &mut Tx<'_>, seq: i64| Ok::<_, Fault>(journal::after(tx, seq - 1, 1)?.into_iter().next());
    let (first, last) = (at(tx, 1)?, at(tx, head.seq)?);
    let until = last.as_ref().map_or(now, |last| last.entry.at.min(now));
    let by_hand = Filter {
        operation: Some("backup.make".to_owned()),
        kind: Some("backup".to_owned()),
        object: Some("console".to_owned()),
        ..Filter::default()
    };
    let mut files = kept::referred(tx, start, FILES)?;
    let rest = FILES.saturating_sub(u32::try_from(files.len()).unwrap_or(FILES));
    files.extend(kept::referred(tx, "", rest)?.into_iter().take_while(|file| file.sha256.as_str() <= start));
    Ok(Inside {
        sizes: sizes(tx)?,
        first,
        last,
        journal: match checkpoints {
            Ok(text) => Ok(glance(tx, &text)?),
            Err(problem) => Err(problem),
        },
        jobs: listing::counts(tx)?,
        overdue: health::overdue(tx, until.checked_sub(LATE).unwrap_or(until))?,
        paused: listing::paused(tx)?,
        backups: rows::list(tx, BACKUPS)?,
        console_backup: journal::page(tx, &by_hand, 1)?.first().map(|recorded| recorded.entry.at),
        auditors_have_mail: auditors_have_mail(tx, now)?,
        files,
        all_files: kept::in_use(tx)?.files,
    })
}

fn auditors_have_mail(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, Fault> {
    let today = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC).to_datetime(now).date();
    // Checkpoints go to those alone who hold the role everywhere.
    for (account, reach) in accounts::holders(tx, Role::Audit.word(), today)? {
        if reach.everything && accounts::contacts::find(tx, account)?.email.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The clock, against the journal, the database's machine and the year.
pub fn clock(seen: &Seen) -> Vec<Finding> {
    let now = SystemClock.now();
    if WRITTEN.parse::<Timestamp>().is_ok_and(|written| now < written) {
        return vec![Finding::failed("clock", "doctor-clock-stands", vec![("now", moment(now))])];
    }
    let mut findings = Vec::new();
    let last = seen.inside().and_then(|inside| inside.last.as_ref());
    if let Some(last) = last.filter(|last| last.entry.at.duration_since(now) > SKEW.0) {
        let facts = vec![("now", moment(now)), ("last", moment(last.entry.at)), ("entry", last.seq.to_string())];
        findings.push(Finding::failed("clock", "doctor-clock-behind", facts));
    }
    if let Seen::There(database) = seen
        && let Some(theirs) = database.about.clock
    {
        findings.extend(skew(database.now, theirs));
    }
    if findings.is_empty() {
        findings.push(Finding::ok("clock", "doctor-clock-right", vec![("now", moment(now))]));
    }
    findings
}

/// What two clocks differ by.
fn skew(ours: Timestamp, theirs: Timestamp) -> Option<Finding> {
    let by = ours.duration_since(theirs).abs();
    let facts = vec![("ours", moment(ours)), ("theirs", moment(theirs)), ("seconds", by.as_secs().to_string())];
    match by {
        by if by > SKEW.1 => Some(Finding::failed("clock", "doctor-clock-differs", facts)),
        by if by > SKEW.0 => Some(Finding::warning("clock", "doctor-clock-differs", facts)),
        _ => None,
    }
}

/// The database itself and its schema.
pub fn all(seen: &Seen) -> Vec<Finding> {
    let database = match seen {
        Seen::None => {
            return vec![Finding::ok("database", "doctor-database-none", vec![]), schema(&Ok(0))];
        }
        Seen::Fault(fault) => {
            let facts = vec![("problem", chain(fault))];
            return vec![
                Finding::failed("database", "doctor-database-unreachable", facts),
                Finding::skipped("schema", "doctor-not-looked-at"),
            ];
        }
        Seen::There(database) => database,
    };
    let mut findings = itself(database);
    findings.push(schema(&database.schema));
    findings
}

fn itself(database: &Database) -> Vec<Finding> {
    let about = &database.about;
    let name = match database.engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let facts = |more: Facts| [vec![("engine", name.to_owned()), ("version", about.version.clone())], more].concat();
    let mut found = Vec::new();
    let mut fail = |key, more| found.push(Finding::failed("database", key, facts(more)));
    if !about.is_utf8() {
        fail("doctor-database-encoding", vec![("encoding", about.encoding.clone())]);
    }
    if !about.is_supported(database.engine) {
        fail("doctor-database-old", vec![("oldest", OLDEST_POSTGRES.to_string())]);
    }
    if !database.damage.is_empty() {
        fail("doctor-database-damaged", vec![("problem", database.damage.join("; "))]);
    }
    if let Some(fault) = &database.unreadable {
        fail("doctor-database-unreadable", vec![("problem", chain(fault))]);
    }
    if let Some(fault) = &database.unwritable {
        fail("doctor-database-unwritable", vec![("problem", chain(fault))]);
    }
    if found.is_empty() {
        let collation = about.collation.clone().unwrap_or_default();
        let key = if database.engine == Engine::Sqlite { "doctor-database-sqlite" } else { "doctor-database-postgres" };
        let more = vec![("encoding", about.encoding.clone()), ("collation", collation)];
        found.push(Finding::ok("database", key, facts(more)));
    }
    found
}

fn schema(version: &Result<i64, Fault>) -> Finding {
    let wanted = MIGRATIONS.len() as i64;
    let facts = |version: &i64| vec![("version", version.to_string()), ("wanted", wanted.to_string())];
    match version {
        Err(_) | Ok(0) => Finding::ok("schema", "doctor-schema-none", vec![]),
        Ok(version) if *version == wanted => Finding::ok("schema", "doctor-schema-current", facts(version)),
        Ok(version) if *version > wanted => Finding::failed("schema", "doctor-schema-newer", facts(version)),
        Ok(version) => Finding::warning("schema", "doctor-schema-old", facts(version)),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::finding::State, *};

    #[test]
    fn clocks_may_differ_by_seconds_and_not_by_hours() {
        let ours: Timestamp = "2026-06-30T01:00:00Z".parse().unwrap();
        let found = |seconds: i64| skew(ours, ours + SignedDuration::from_secs(seconds)).map(|found| found.state);
        assert_eq!((found(3), found(-3)), (None, None));
        assert_eq!((found(60), found(-60)), (Some(State::Warning), Some(State::Warning)));
        assert_eq!(found(-8 * 3600), Some(State::Failed), "a machine that takes its own time for Greenwich's");
    }
}
