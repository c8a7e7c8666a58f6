//! The thin layer over both databases (数据库): connections, statements, one writer and many readers.
//!
//! *In:* statements as text with `$1 …`, values. *Out:* rows. *Never:* knows a table.
//!
//! A closure given to [`Db::write`] runs on the writer's thread between other writes and must not wait for anything:
//! no network, password hashing, rendering or files inside it. It has been committed when the answer arrives. Work
//! whose caller has gone away is still done. PostgreSQL is reached without TLS; an address that demands it
//! (`sslmode=require`) is refused, so put the server on the same machine or behind a tunnel.

use crate::{
    fault::Fault,
    scope::Scope,
    slow::{Slow, SlowStatement},
    statement::{Engine, Statement},
    value::{Row, Value},
    writer::{self, Job, Link, Ran},
};
use postgres::{fallible_iterator::FallibleIterator, types::ToSql};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://…`.
    Postgres(String),
}

impl Location {
    /// Reads `postgres://…` or `postgresql://…` as an address, anything else as a file's path.
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(text.strip_prefix("sqlite:").unwrap_or(text).into())
        }
    }
}

/// How much may run and wait at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections that read.
    pub readers: usize,
    /// Writes that may wait, and reads that may wait; beyond it the answer is [`Fault::Busy`].
    pub queue: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { readers: 4, queue: 1024 }
    }
}

/// From how long on a statement is slow, unless it is set.
const SLOW: Duration = Duration::from_millis(200);

pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres { client: Box<postgres::Client>, prepared: HashMap<String, postgres::Statement> },
}

/// The transaction that a closure works in.
pub struct Tx<'a>(pub(crate) &'a mut Connection, pub(crate) &'a Slow, pub(crate) Scope);

impl Tx<'_> {
    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.0 {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres { .. } => Engine::Postgres,
        }
    }

    /// All rows of the answer, each read by the closure.
    pub fn query<T>(
        &mut self,
        sql: impl Statement,
        params: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let sql = sql.text(self.engine());
        let mut found = Vec::new();
        self.1.watch(sql, || match self.0 {
            Connection::Sqlite(connection) => {
                let mut statement = bound(connection, sql, params)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().map_err(|e| of_sqlite(sql, e))? {
                    found.push(read(&Row::Sqlite(row))?);
                }
                Ok(())
            }
            Connection::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                for row in client.query(&statement, &sent(params)).map_err(|e| of_postgres(sql, e))? {
                    found.push(read(&Row::Postgres(&row))?);
                }
                Ok(())
            }
        })?;
        Ok(found)
    }

    /// Gives every row of the answer to the closure as it arrives, so that an answer of any length needs little memory.
    pub fn each<E: From<Fault>>(
        &mut self,
        sql: impl Statement,
        params: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = sql.text(self.engine());
        match self.0 {
            Connection::Sqlite(connection) => {
                let mut statement = bound(connection, sql, params)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().map_err(|e| of_sqlite(sql, e))? {
                    read(&Row::Sqlite(row))?;
                }
            }
            Connection::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                let mut rows = client.query_raw(&statement, sent(params)).map_err(|e| of_postgres(sql, e))?;
                while let Some(row) = rows.next().map_err(|e| of_postgres(sql, e))? {
                    read(&Row::Postgres(&row))?;
                }
            }
        }
        Ok(())
    }

    /// Adds rows of many to a table, the fast way of each database, and says how many there were. The closure gives
    /// row after row, each with a value for every column named.
    pub fn fill<E: From<Fault>>(
        &mut self,
        table: &str,
        columns: &[&str],
        mut next: impl FnMut() -> Result<Option<Vec<Value>>, E>,
    ) -> Result<u64, E> {
        let names = columns.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        let mut filled = 0;
        match self.0 {
            Connection::Sqlite(connection) => {
                let places = (1..=columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
                let sql = format!("INSERT INTO {} ({names}) VALUES ({places})", quoted(table));
                while let Some(row) = next()? {
                    let mut statement = bound(connection, &sql, &row)?;
                    statement.raw_execute().map_err(|e| of_sqlite(&sql, e))?;
                    filled += 1;
                }
            }
            Connection::Postgres { client, prepared } => {
                let wanted = format!("SELECT {names} FROM {}", quoted(table));
                let types = prepare(client, prepared, &wanted)?;
                let types: Vec<_> = types.columns().iter().map(|column| column.type_().clone()).collect();
                let sql = format!("COPY {} ({names}) FROM STDIN (FORMAT binary)", quoted(table));
                let writer = client.copy_in(&sql).map_err(|e| of_postgres(&sql, e))?;
                let mut writer = postgres::binary_copy::BinaryCopyInWriter::new(writer, &types);
                while let Some(row) = next()? {
                    writer.write(&sent(&row)).map_err(|e| of_postgres(&sql, e))?;
                    filled += 1;
                }
                writer.finish().map_err(|e| of_postgres(&sql, e))?;
            }
        }
        Ok(filled)
    }

    /// The first row of the answer, if there is one.
    pub fn maybe<T>(
        &mut self,
        sql: impl Statement,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.query(sql, params, read)?.into_iter().next())
    }

    /// The first row of an answer that must have one.
    pub fn one<T>(
        &mut self,
        sql: impl Statement,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let text = sql.text(self.engine());
        self.maybe(text, params, read)?.ok_or_else(|| Fault::NoRow { sql: text.to_owned() })
    }

    /// Runs a statement without answer; the number of rows it touched.
    pub fn execute(&mut self, sql: impl Statement, params: &[Value]) -> Result<u64, Fault> {
        let sql = sql.text(self.engine());
        self.1.watch(sql, || match self.0 {
            Connection::Sqlite(connection) => {
                let mut statement = bound(connection, sql, params)?;
                statement.raw_execute().map(|n| n as u64).map_err(|e| of_sqlite(sql, e))
            }
            Connection::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                client.execute(&statement, &sent(params)).map_err(|e| of_postgres(sql, e))
            }
        })
    }

    /// Runs statements without parameters: the steps of a transaction, the scripts of migrations.
    pub fn command(&mut self, script: &str) -> Result<(), Fault> {
        match self.0 {
            Connection::Sqlite(connection) => connection.execute_batch(script).map_err(|e| Arc::new(e) as _),
            Connection::Postgres { client, .. } => client.batch_execute(script).map_err(|e| Arc::new(e) as _),
        }
        .map_err(|source| Fault::Command { command: script.lines().next().unwrap_or_default().to_owned(), source })
    }

    /// Prepares a statement without running it, so that a test can try every text.
    pub fn prepare(&mut self, sql: impl Statement) -> Result<(), Fault> {
        let sql = sql.text(self.engine());
        match self.0 {
            Connection::Sqlite(connection) => connection.prepare(sql).map(drop).map_err(|e| of_sqlite(sql, e)),
            Connection::Postgres { client, .. } => client.prepare(sql).map(drop).map_err(|e| of_postgres(sql, e)),
        }
    }
}

/// A name of the schema as a statement writes it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Prepares (or finds) the statement and binds each parameter by the number in its name, as PostgreSQL does.
fn bound<'c>(
    connection: &'c rusqlite::Connection,
    sql: &str,
    params: &[Value],
) -> Result<rusqlite::CachedStatement<'c>, Fault> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| of_sqlite(sql, e))?;
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name[1..].parse::<usize>().ok()).unwrap_or(index);
        let value = params.get(number.wrapping_sub(1));
        let value =
            value.ok_or_else(|| of_sqlite(sql, rusqlite::Error::InvalidParameterCount(params.len(), number)))?;
        statement.raw_bind_parameter(index, value).map_err(|e| of_sqlite(sql, e))?;
    }
    Ok(statement)
}

fn prepare(
    client: &mut postgres::Client,
    prepared: &mut HashMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement, Fault> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql).map_err(|e| of_postgres(sql, e))?;
    prepared.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn sent(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as _).collect()
}

fn of_sqlite(sql: &str, error: rusqlite::Error) -> Fault {
    const UNIQUE: [i32; 2] = [rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE, rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY];
    let duplicate = error.sqlite_error().is_some_and(|e| UNIQUE.contains(&e.extended_code));
    Fault::Statement { sql: sql.to_owned(), duplicate, source: Arc::new(error) }
}

fn of_postgres(sql: &str, error: postgres::Error) -> Fault {
    let duplicate = error.code() == Some(&postgres::error::SqlState::UNIQUE_VIOLATION);
    Fault::Statement { sql: sql.to_owned(), duplicate, source: Arc::new(error) }
}

/// The database: one writer that groups commits, many readers. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    engine: Engine,
    queues: RwLock<Option<Queues>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    commits: Arc<AtomicU64>,
    slow: Arc<Slow>,
}

struct Queues {
    writes: mpsc::SyncSender<Job>,
    reads: mpsc::SyncSender<Job>,
}

impl Db {
    /// Opens the database, making the SQLite file where there is none; the schema is the business of `migrate`.
    pub fn open(location: &Location, limits: Limits) -> Result<Self, Fault> {
        let engine = match location {
            Location::Sqlite(_) => Engine::Sqlite,
            Location::Postgres(_) => Engine::Postgres,
        };
        let commits = Arc::new(AtomicU64::new(0));
        let slow = Arc::new(Slow::new(SLOW));
        let (writes, waiting_writes) = mpsc::sync_channel(limits.queue);
        let (reads, waiting_reads) = mpsc::sync_channel(limits.queue);
        let mut threads = vec![writer::start(Link::new(location, true, &slow), waiting_writes, commits.clone())?];
        let waiting_reads = Arc::new(Mutex::new(waiting_reads));
        for _ in 0..limits.readers.max(1) {
            threads.push(writer::start_reader(Link::new(location, false, &slow), waiting_reads.clone())?);
        }
        let queues = RwLock::new(Some(Queues { writes, reads }));
        Ok(Self(Arc::new(Inner { engine, queues, threads: Mutex::new(threads), commits, slow })))
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// How many transactions of the writer were committed so far; many writes share one.
    pub fn commits(&self) -> u64 {
        self.0.commits.load(Ordering::Relaxed)
    }

    /// The statements that were slow since the start, the one that took most time together first.
    pub fn slow(&self) -> Vec<SlowStatement> {
        self.0.slow.all()
    }

    /// From how long on a statement is slow.
    pub fn slow_limit(&self) -> Duration {
        self.0.slow.limit()
    }

    /// Sets from how long on a statement is slow.
    pub fn set_slow_limit(&self, limit: Duration) {
        self.0.slow.set_limit(limit);
    }

    /// Runs the closure in the writer's transaction; answers when it is durable. An error undoes what it wrote.
    pub async fn write<T, E>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.queue(|queues| &queues.writes, work).await
    }

    /// Runs the closure on a reader; all its queries see the same moment.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.queue(|queues| &queues.reads, work).await
    }

    async fn queue<T, E>(
        &self,
        which: impl Fn(&Queues) -> &mpsc::SyncSender<Job>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let job: Job = Box::new(move |tx| {
            let done = match tx {
                Ok(tx) => {
                    // The transaction may be shared: nothing of the work before reaches this one.
                    tx.within(Scope::everything());
                    catch_unwind(AssertUnwindSafe(|| work(tx)))
                        .unwrap_or_else(|panic| Err(Fault::Panicked(writer::words(&*panic)).into()))
                }
                Err(fault) => Err(fault.into()),
            };
            let keep = done.is_ok();
            // The caller may have gone away; its work is done all the same.
            let answer = move |fault: Option<Fault>| drop(answer.send(fault.map_or(done, |fault| Err(fault.into()))));
            Ran { keep, answer: Box::new(answer) }
        });
        let sent = match &*self.0.queues.read().unwrap_or_else(PoisonError::into_inner) {
            Some(queues) => which(queues).try_send(job),
            None => return Err(Fault::Stopped.into()),
        };
        match sent {
            Ok(()) => answered.await.unwrap_or_else(|_| Err(Fault::Stopped.into())),
            Err(mpsc::TrySendError::Full(_)) => Err(Fault::Busy.into()),
            Err(mpsc::TrySendError::Disconnected(_)) => Err(Fault::Stopped.into()),
        }
    }

    /// Finishes the waiting work and closes all connections. Later work is answered with [`Fault::Stopped`].
    pub async fn close(&self) {
        drop(self.0.queues.write().unwrap_or_else(PoisonError::into_inner).take());
        let threads = std::mem::take(&mut *self.0.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let joined = tokio::task::spawn_blocking(move || threads.into_iter().for_each(|thread| drop(thread.join())));
        drop(joined.await);
    }
}
