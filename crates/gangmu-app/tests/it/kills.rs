//! Processes that do jobs and are killed without warning: nothing is lost, nothing is done twice.
//!
//! The test starts this same test program again as a child that does jobs; the child's clock runs two hundred times as
//! fast, so that a lease of minutes runs out within a second. After so many finished jobs a child is killed with the
//! signal that no process can answer, and another takes its place.

use gangmu_app::{
    App, Done, Failure, Operation, Record, Session,
    jobs::{Job, NewJob, Policy, Registry, Schedule, enqueue, finish, run},
    journal, operate,
    ports::{Clock, Random},
};
use gangmu_store::{
    Engine, Fault, Location,
    journal::{Filter, Object},
    params,
};
use gangmu_testkit::{Seeded, application, databases::Fresh};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};
use tokio::task::JoinSet;

/// Where a child finds its database, its name and the origin of its clock.
const CHILD: &str = "GANGMU_TEST_CHILD";

/// Jobs that are handed in each round: half with their effect in the database, half outside of it.
const JOBS: usize = 20;

/// A clock that runs two hundred times as fast as that of the machine, alike in every process.
struct Fast {
    origin: i64,
}

impl Clock for Fast {
    #[expect(clippy::disallowed_methods, reason = "processes share no clock but the machine's")]
    fn now(&self) -> Timestamp {
        let real = Timestamp::now().as_microsecond() - self.origin;
        Timestamp::from_microsecond(1_719_709_200_000_000 + real * 200).unwrap()
    }
}

const EFFECT: Operation = Operation::under("test.effect", "plan.import");

/// The effect is a row and an entry of the journal, in the transaction that ends the job.
async fn near(app: App, job: Job) -> Result<(), Failure> {
    let id = job.id;
    operate(&app, &Session::system(), EFFECT, move |work| {
        finish(work, &job)?;
        work.tx.execute("INSERT INTO near_effects (job, key) VALUES ($1, $2)", params![job.id, job.key.as_ref()])?;
        Ok(Done::recorded((), Record::on(Object::new("job", job.id))))
    })
    .await?;
    println!("done {id}");
    Ok(())
}

/// The effect is outside: it is there before the job ends, as a mail is.
async fn far(app: App, job: Job) -> Result<(), Failure> {
    let id = job.id;
    app.database()
        .write::<_, Fault>(move |tx| tx.execute("INSERT INTO far_effects (job) VALUES ($1)", params![id]))
        .await?;
    println!("done {id}");
    Ok(())
}

fn registry() -> Registry {
    let policy =
        Policy { attempts: 10_000, first: SignedDuration::from_secs(10), longest: SignedDuration::from_secs(60) };
    Registry::new().on_with("test.near", policy, near).on_with("test.far", policy, far).timer(
        "test-timer",
        "test.near",
        Schedule::minutes(1),
    )
}

/// The child: does jobs until it is killed. Run without the variable it has nothing to do and passes.
#[test]
fn a_child_does_jobs_until_it_is_killed() {
    #[expect(clippy::disallowed_methods, reason = "a child is told its work through the environment")]
    let Ok(told) = std::env::var(CHILD) else { return };
    let parts: Vec<&str> = told.split('|').collect();
    let [location, folder, owner, origin] = parts.as_slice() else { panic!("a child is told four things: {told}") };
    let clock = Arc::new(Fast { origin: origin.parse().unwrap() });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let app = application(
            &Location::parse(location),
            Path::new(folder),
            clock,
            Arc::new(Seeded::new(u64::from(std::process::id()))),
        )
        .await;
        run::recover(&app).await.unwrap();
        let (registry, mut doing) = (registry(), JoinSet::new());
        loop {
            for job in run::claim(&app, &registry, owner, 8 - u32::try_from(doing.len()).unwrap()).await.unwrap() {
                let (app, registry) = (app.clone(), registry.clone());
                doing.spawn(async move { run::perform(&app, &registry, job).await });
            }
            drop(tokio::time::timeout(Duration::from_millis(20), doing.join_next()).await);
            run::renew(&app, owner).await.unwrap();
        }
    });
}

/// A child with the thread that listens to it.
struct Worker(Child);

impl Worker {
    fn start(location: &str, folder: &Path, name: usize, origin: i64, said: &mpsc::Sender<usize>) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::a_child_does_jobs_until_it_is_killed", "--nocapture"])
            .env(CHILD, format!("{location}|{}|worker-{name}|{origin}", folder.display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, said) = (child.stdout.take().unwrap(), said.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if line.contains("done ") && said.send(name).is_err() {
                    return;
                }
            }
        });
        Self(child)
    }

    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

async fn hand_in(app: &App, round: usize) {
    operate(app, &Session::console("测试"), Operation::new("plan.import"), move |work| {
        for number in 0..JOBS {
            let kind = if number % 2 == 0 { "test.near" } else { "test.far" };
            let key = Some(format!("{round}-{number}"));
            enqueue(work, NewJob { kind, key, payload: serde_json::json!({}), run_at: None })?;
        }
        Ok(Done::recorded((), Record::on(Object::new("plan", "plan_1"))))
    })
    .await
    .unwrap();
}

/// How many of the jobs that were handed in wait or run; a timer may make a new one at any moment.
async fn open(app: &App) -> i64 {
    let sql = "SELECT count(*) FROM jobs WHERE timer IS NULL AND state IN ('waiting', 'running')";
    app.database().read::<_, Fault>(move |tx| tx.one(sql, params![], |row| row.get(0))).await.unwrap()
}

/// Rounds of handing in, waiting for so many finished jobs, and killing one of so many workers.
async fn survive(fresh: &Fresh, workers: usize, rounds: usize) {
    let location = match &fresh.location {
        Location::Sqlite(path) => path.display().to_string(),
        Location::Postgres(address) => address.clone(),
    };
    #[expect(clippy::disallowed_methods, reason = "the clocks of all processes begin now")]
    let origin = Timestamp::now().as_microsecond();
    let dice = Arc::new(Seeded::new(7));
    let app = application(&fresh.location, fresh.folder(), Arc::new(Fast { origin }), dice.clone()).await;
    let made = app.database().write::<_, Fault>(|tx| {
        tx.command(
            "CREATE TABLE near_effects (job BIGINT NOT NULL, key TEXT); CREATE TABLE far_effects (job BIGINT NOT NULL)",
        )
    });
    made.await.unwrap();
    let (said, hears) = mpsc::channel();
    let mut names = 0..;
    let mut start = || Worker::start(&location, fresh.folder(), names.next().unwrap(), origin, &said);
    let mut running: Vec<Worker> = (0..workers).map(|_| start()).collect();
    for round in 0..rounds {
        hand_in(&app, round).await;
        let mut die = [0; 2];
        dice.fill(&mut die);
        for _ in 0..usize::from(die[0]) % JOBS {
            hears.recv_timeout(Duration::from_secs(60)).expect("the workers go on");
        }
        let victim = usize::from(die[1]) % workers;
        running[victim].kill();
        running[victim] = start();
    }
    // Jobs of the killed come back when their leases run out.
    let mut left = open(&app).await;
    for _ in 0..600 {
        if left == 0 {
            break;
        }
        tokio::time::timeout(Duration::from_millis(100), std::future::pending::<()>()).await.unwrap_err();
        left = open(&app).await;
    }
    assert!(left == 0, "{left} jobs are left open");
    running.iter_mut().for_each(Worker::kill);
    drop(running);
    judge(&app, rounds).await;
}

async fn judge(app: &App, rounds: usize) {
    let counted = |sql: &'static str| async move {
        let rows = app
            .database()
            .read::<_, Fault>(move |tx| tx.query(sql, params![], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?))));
        rows.await.unwrap().into_iter().collect::<BTreeMap<i64, i64>>()
    };
    // A server may commit what a killed process had sent a moment ago: effects are counted after what is done, and what
    // must agree is counted in one statement.
    let handed = counted("SELECT id, 1 FROM jobs WHERE kind = 'test.near' AND timer IS NULL").await;
    let fired = counted("SELECT id, 1 FROM jobs WHERE timer IS NOT NULL AND state = 'done'").await;
    let near = counted("SELECT job, count(*) FROM near_effects GROUP BY job").await;
    let far = counted("SELECT job, count(*) FROM far_effects GROUP BY job").await;
    let keys = counted("SELECT count(DISTINCT key), count(*) FROM near_effects").await;
    assert_eq!(handed.len(), rounds * JOBS / 2);
    let lost: Vec<_> = handed.keys().chain(fired.keys()).filter(|id| !near.contains_key(id)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let doubled: Vec<_> = near.iter().filter(|(_, times)| **times != 1).collect();
    assert!(doubled.is_empty(), "done twice: {doubled:?}");
    assert!(keys.iter().all(|(keys, effects)| keys == effects), "each occurrence of the timer was fired for once");
    assert_eq!(far.len(), rounds * JOBS / 2, "what lies outside the database was done at least once");
    assert!(!fired.is_empty(), "the timer fired");
    let supervisor = Session::console("测试");
    let whole = journal::verify(app, &supervisor, Vec::new()).await.unwrap();
    assert!(whole.is_ok(), "{whole:?}");
    let filter = Filter { operation: Some("test.effect".to_owned()), ..Filter::default() };
    let newest = journal::read(app, &supervisor, filter, 1).await.unwrap();
    assert_eq!(newest.len(), 1);
    println!(
        "{rounds} kills: {} jobs and {} firings done once, {} outside at least once ({} times)",
        handed.len(),
        fired.len(),
        far.len(),
        far.values().sum::<i64>()
    );
}

fn rounds(ordinary: usize) -> usize {
    if std::env::var_os("GANGMU_TEST_FULL").is_some() { 200 } else { ordinary }
}

#[test]
fn two_processes_on_one_database_lose_and_double_nothing_when_one_is_killed() {
    let Some(fresh) = Fresh::postgres() else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(survive(&fresh, 2, rounds(15)));
    assert_eq!(fresh.engine(), Engine::Postgres);
}

#[test]
fn a_process_alone_loses_and_doubles_nothing_when_it_is_killed_and_started_again() {
    let fresh = Fresh::sqlite();
    tokio::runtime::Runtime::new().unwrap().block_on(survive(&fresh, 1, rounds(15)));
}
