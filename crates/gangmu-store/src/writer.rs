//! The threads that own the connections (写入线程、读取线程): group commit, and readers.
//!
//! The writer takes the first waiting job, begins a transaction, and keeps taking jobs without waiting until the queue
//! is empty or the batch is full; each runs in its own savepoint; only after the commit is anybody answered. No timer
//! is needed: the next batch gathers while one commits.

use crate::{
    db::{Connection, Location, Tx},
    fault::Fault,
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
}

impl Link {
    pub(crate) fn new(location: &Location, writes: bool) -> Self {
        Self { location: location.clone(), writes, connection: None }
    }

    fn open(&self) -> Result<Connection, Fault> {
        match &self.location {
            Location::Sqlite(path) => sqlite(path, self.writes).map_err(|e| Fault::Open(Arc::new(e))),
            Location::Postgres(address) => postgres(address).map_err(|e| Fault::Open(Arc::new(e))),
        }
    }

    fn begin(&mut self) -> Result<Tx<'_>, Fault> {
        if let Some(Connection::Postgres { client, .. }) = &self.connection
            && client.is_closed()
        {
            self.connection = None;
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        let mut tx = Tx(self.connection.insert(connection));
        tx.command(match (tx.engine(), self.writes) {
            (Engine::Sqlite, true) => "BEGIN IMMEDIATE",
            (Engine::Sqlite, false) | (Engine::Postgres, true) => "BEGIN",
            (Engine::Postgres, false) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        Ok(tx)
    }
}

fn sqlite(path: &std::path::Path, writes: bool) -> rusqlite::Result<Connection> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(512);
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

/// Runs the first job and all that wait behind it in one transaction; was it committed?
fn batch(link: &mut Link, first: Job, jobs: &mpsc::Receiver<Job>) -> bool {
    let mut answers = Vec::new();
    let fault = match link.begin() {
        Ok(mut tx) => {
            // Beyond 64 savepoints PostgreSQL's cache of subtransactions overflows.
            let full = if tx.engine() == Engine::Sqlite { 256 } else { 64 };
            let mut next = Some(first);
            let mut broken = None;
            while let Some(job) = next.take() {
                match in_savepoint(&mut tx, job) {
                    Ok(answer) => answers.push(answer),
                    Err((answer, fault)) => {
                        answers.push(answer);
                        broken = Some(fault);
                    }
                }
                if broken.is_none() && answers.len() < full {
                    next = jobs.try_recv().ok();
                }
            }
            broken.or_else(|| tx.command("COMMIT").err())
        }
        Err(fault) => {
            answers.push(first(Err(fault.clone())).answer);
            Some(fault)
        }
    };
    if fault.is_some() {
        // Closing the connection undoes whatever the transaction had done; the next batch opens a new one.
        link.connection = None;
    }
    answers.into_iter().for_each(|answer| answer(fault.clone()));
    fault.is_none()
}

type Answer = Box<dyn FnOnce(Option<Fault>) + Send>;

/// Runs one job so that its failure undoes its own work only. An `Err` says that the whole transaction is lost.
fn in_savepoint(tx: &mut Tx<'_>, job: Job) -> Result<Answer, (Answer, Fault)> {
    if let Err(fault) = tx.command("SAVEPOINT job") {
        return Err((job(Err(fault.clone())).answer, fault));
    }
    let Ran { keep, answer } = job(Ok(tx));
    let ended = if keep {
        tx.command("RELEASE SAVEPOINT job")
    } else {
        tx.command("ROLLBACK TO SAVEPOINT job").and_then(|()| tx.command("RELEASE SAVEPOINT job"))
    };
    match ended {
        Ok(()) => Ok(answer),
        Err(fault) => Err((answer, fault)),
    }
}

/// Starts a reader; it opens its connection with its first job.
pub(crate) fn start_reader(mut link: Link, jobs: Arc<Mutex<mpsc::Receiver<Job>>>) -> Result<JoinHandle<()>, Fault> {
    let work = move || {
        loop {
            let Ok(job) = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv() else { return };
            let (answer, fault) = match link.begin() {
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

/// One connection on the calling thread, without queue, savepoints or company: to measure the raw limit by.
pub struct Alone(Link);

impl Alone {
    /// Connects.
    pub fn open(location: &Location) -> Result<Self, Fault> {
        let mut link = Link::new(location, true);
        link.connection = Some(link.open()?);
        Ok(Self(link))
    }

    /// Runs the work in one transaction and commits it; an error loses the connection and with it the work.
    pub fn transaction(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut tx = self.0.begin()?;
        let done = work(&mut tx).and_then(|()| tx.command("COMMIT"));
        if done.is_err() {
            self.0.connection = None;
        }
        done
    }
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}
