//! The threads that own the connections (写入线程、读取线程): group commit, and readers.
//!
//! The writer takes the first waiting job, begins a transaction, and keeps taking jobs without waiting until the queue
//! is empty or the batch is full; each runs in its own savepoint; only after the commit is anybody answered. No timer
//! is needed: the next batch gathers while one commits.

use crate::{
    db::{Connection, Location, Tx},
    fault::Fault,
    scope::Scope,
    slow::Slow,
    statement::Engine,
};
use std::{
    any::Any,
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

/// Work with its answer: it is given the transaction, or the reason why there is none.
pub(crate) type Job = Box<dyn FnOnce(Result<&mut Tx<'_>, Fault>) -> Ran + Send>;

/// A job that has run.
pub(crate) struct Ran {
    /// Is what it wrote to be kept?
    pub keep: bool,
    /// Tells the caller, with the fault of the commit if there was one.
    pub answer: Box<dyn FnOnce(Option<Fault>) + Send>,
}

/// A connection that is opened anew after it was lost.
pub(crate) struct Link {
    location: Location,
    writes: bool,
    connection: Option<Connection>,
    slow: Arc<Slow>,
}

impl Link {
    pub(crate) fn new(location: &Location, writes: bool, slow: &Arc<Slow>) -> Self {
        Self { location: location.clone(), writes, connection: None, slow: slow.clone() }
    }

    fn open(&self) -> Result<Connection, Fault> {
        match &self.location {
            Location::Sqlite(path) => sqlite(path, self.writes).map_err(|e| Fault::Open(Arc::new(e))),
            Location::Postgres(address) => postgres(address).map_err(|e| Fault::Open(Arc::new(e))),
        }
    }

    /// Begins a transaction, with what is to be sent in the same message.
    fn begin(&mut self, and: &str) -> Result<Tx<'_>, Fault> {
        if let Some(Connection::Postgres { client, .. }) = &self.connection
            && client.is_closed()
        {
            self.connection = None;
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        let mut tx = Tx(self.connection.insert(connection), &self.slow, Scope::everything());
        let begin = match (tx.engine(), self.writes) {
            (Engine::Sqlite, true) => "BEGIN IMMEDIATE",
            (Engine::Sqlite, false) | (Engine::Postgres, true) => "BEGIN",
            (Engine::Postgres, false) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        tx.command(&format!("{begin}{and}"))?;
        Ok(tx)
    }
}

fn sqlite(path: &std::path::Path, writes: bool) -> rusqlite::Result<Connection> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(512);
    // Without it SQLite looks into bound values while it plans, and so plans a kept statement anew for each value.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let rest = if writes { "" } else { "PRAGMA query_only = ON;" };
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; {rest}"
    ))?;
    Ok(Connection::Sqlite(connection))
}

fn postgres(address: &str) -> Result<Connection, postgres::Error> {
    let mut config: postgres::Config = address.parse()?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(10));
    }
    let client = config.application_name("gangmu").connect(postgres::NoTls)?;
    Ok(Connection::Postgres { client: Box::new(client), prepared: HashMap::new() })
}

/// Starts the writer; it has opened its connection when this returns.
pub(crate) fn start(
    mut link: Link,
    jobs: mpsc::Receiver<Job>,
    commits: Arc<AtomicU64>,
) -> Result<JoinHandle<()>, Fault> {
    let (opened, open) = mpsc::channel();
    let thread = Builder::new().name("gangmu-writer".into()).spawn(move || {
        match link.open() {
            Ok(connection) => link.connection = Some(connection),
            Err(fault) => return drop(opened.send(Err(fault))),
        }
        drop(opened.send(Ok(())));
        while let Ok(first) = jobs.recv() {
            if batch(&mut link, first, &jobs) {
                commits.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    let thread = thread.map_err(|e| Fault::Open(Arc::new(e)))?;
    open.recv().map_err(|e| Fault::Open(Arc::new(e)))??;
    Ok(thread)
}

type Answer = Box<dyn FnOnce(Option<Fault>) + Send>;

/// Runs the first job and all that wait behind it in one transaction; was it committed?
fn batch(link: &mut Link, first: Job, jobs: &mpsc::Receiver<Job>) -> bool {
    let mut tx = match link.begin("; SAVEPOINT job") {
        Ok(tx) => tx,
        Err(fault) => {
            (first(Err(fault.clone())).answer)(Some(fault));
            link.connection = None;
            return false;
        }
    };
    // Beyond 64 savepoints PostgreSQL's cache of subtransactions overflows.
    let full = if tx.engine() == Engine::Sqlite { 256 } else { 64 };
    let mut answers: Vec<(Answer, Option<Fault>)> = Vec::new();
    let (mut next, mut lost) = (Some(first), None);
    while let Some(job) = next.take() {
        let Ran { keep, answer } = job(Ok(&mut tx));
        next = (answers.len() + 1 < full).then(|| jobs.try_recv().ok()).flatten();
        match settle(&mut tx, keep, if next.is_some() { "SAVEPOINT job" } else { "COMMIT" }) {
            Ok(fault) => answers.push((answer, fault)),
            Err(fault) => {
                answers.push((answer, None));
                answers.extend(next.take().map(|job| (job(Err(fault.clone())).answer, None)));
                lost = Some(fault);
            }
        }
    }
    if lost.is_some() {
        // Closing the connection undoes whatever the transaction had done; the next batch opens a new one.
        link.connection = None;
    }
    answers.into_iter().for_each(|(answer, fault)| answer(lost.clone().or(fault)));
    lost.is_none()
}

/// Keeps or undoes what one job wrote, and goes on to the next savepoint or to the commit, in one message. `Ok` may
/// carry the fault of this job alone; `Err` says that the whole transaction is lost.
fn settle(tx: &mut Tx<'_>, keep: bool, then: &str) -> Result<Option<Fault>, Fault> {
    let undo = format!("ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job; {then}");
    if !keep {
        return tx.command(&undo).map(|()| None);
    }
    let Err(fault) = tx.command(&format!("RELEASE SAVEPOINT job; {then}")) else { return Ok(None) };
    // A job that hid a failed statement spoils PostgreSQL's transaction as far back as its savepoint. Where it was the
    // commit that failed there is no savepoint any more, and this fails as well.
    tx.command(&undo).map(|()| Some(fault.clone())).map_err(|_| fault)
}

/// Starts a reader; it opens its connection with its first job.
pub(crate) fn start_reader(mut link: Link, jobs: Arc<Mutex<mpsc::Receiver<Job>>>) -> Result<JoinHandle<()>, Fault> {
    let work = move || {
        loop {
            let Ok(job) = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv() else { return };
            let (answer, fault) = match link.begin("") {
                Ok(mut tx) => (job(Ok(&mut tx)).answer, tx.command("ROLLBACK").err()),
                Err(fault) => (job(Err(fault.clone())).answer, Some(fault)),
            };
            if fault.is_some() {
                link.connection = None;
            }
            answer(fault);
        }
    };
    Builder::new().name("gangmu-reader".into()).spawn(work).map_err(|e| Fault::Open(Arc::new(e)))
}

/// One connection on the calling thread, without queue, savepoints or company: for work that takes long and for
/// measuring the raw limit. Not to be called on a thread of an asynchronous runtime.
pub struct Alone(Link);

impl Alone {
    /// Connects in order to write.
    pub fn open(location: &Location) -> Result<Self, Fault> {
        Self::connect(location, true)
    }

    /// Connects in order to read: all that one transaction sees is of the same moment.
    pub fn reading(location: &Location) -> Result<Self, Fault> {
        Self::connect(location, false)
    }

    fn connect(location: &Location, writes: bool) -> Result<Self, Fault> {
        let mut link = Link::new(location, writes, &Arc::new(Slow::new(Duration::MAX)));
        link.connection = Some(link.open()?);
        Ok(Self(link))
    }

    /// Runs the work in one transaction and commits it; an error loses the connection and with it the work.
    pub fn transaction<T, E: From<Fault>>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut tx = self.0.begin("")?;
        let done = work(&mut tx).and_then(|value| Ok(tx.command("COMMIT").map(|()| value)?));
        if done.is_err() {
            self.0.connection = None;
        }
        done
    }

    /// Writes everything into the database's own file and closes it, so that the file can be moved.
    pub fn settle(mut self) -> Result<(), Fault> {
        match self.0.connection.take() {
            Some(mut connection @ Connection::Sqlite(_)) => {
                Tx(&mut connection, &self.0.slow, Scope::everything()).command("PRAGMA journal_mode = DELETE")
            }
            _ => Ok(()),
        }
    }
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}
