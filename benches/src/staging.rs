//! Bulk input beside other people's writes: a million rows go into a batch, five hundred to a job, while others write
//! durably through the same writer. Their p99 stands beside the limit and beside the p99 without the load.

use crate::{house::databases, measure::percentile};
use gangmu_kernel::ids::AccountId;
use gangmu_store::{
    Db, Fault, Limits,
    journal::{self, Beside, By, Entry, Object},
    migrate, staging,
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

/// Rows that are staged.
const ROWS: usize = 1_000_000;
/// Writers beside it.
const OTHERS: usize = 8;
/// How long is measured without the load.
const ALONE: Duration = Duration::from_secs(10);

/// Prints the times of other writes without and with the load.
pub fn run() {
    println!(
        "{:12}{:>10}{:>10}{:>12}{:>12}{:>12}{:>10}{:>10}{:>10}",
        "database", "rows", "rows/s", "p99 alone", "p50 with", "p99 with", "limit", "flip", "others"
    );
    for fresh in databases() {
        let runtime = Runtime::new().expect("a runtime can be started");
        runtime.block_on(async {
            let db = Db::open(&fresh.location, Limits::default()).expect("a fresh database opens");
            migrate(&db).await.expect("a fresh database takes all migrations");
            let alone = others(&db, async {
                tokio::time::sleep(ALONE).await;
            })
            .await;
            let begin = Instant::now();
            let (flip, took) =
                (Arc::new(std::sync::Mutex::new(Duration::ZERO)), Arc::new(std::sync::Mutex::new(Duration::ZERO)));
            let load = {
                let (db, flip, took) = (db.clone(), flip.clone(), took.clone());
                async move {
                    let id = staged(&db).await;
                    *took.lock().expect("nobody panics") = begin.elapsed();
                    let turn = Instant::now();
                    let now = jiff::Timestamp::now();
                    let shown = db.write::<_, Fault>(move |tx| staging::show(tx, id, now)).await;
                    assert!(shown.expect("the writer takes the flip"), "the batch was open");
                    *flip.lock().expect("nobody panics") = turn.elapsed();
                }
            };
            let with = others(&db, load).await;
            let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
            let took = *took.lock().expect("nobody panics");
            println!(
                "{:12}{ROWS:>10}{:>10.0}{:>12}{:>12}{:>12}{:>10}{:>10}{:>10}",
                match db.engine() {
                    gangmu_store::Engine::Sqlite => "SQLite",
                    gangmu_store::Engine::Postgres => "PostgreSQL",
                },
                ROWS as f64 / took.as_secs_f64(),
                ms(percentile(alone, 99)),
                ms(percentile(with.clone(), 50)),
                ms(percentile(with.clone(), 99)),
                "400 ms",
                ms(*flip.lock().expect("nobody panics")),
                with.len(),
            );
            db.close().await;
        });
    }
}

/// Stages all rows, a job after the other; the batch.
async fn staged(db: &Db) -> i64 {
    let now = jiff::Timestamp::now();
    let begun = db.write::<_, Fault>(move |tx| staging::begin(tx, "bench", "1", (AccountId(1), "测量"), now)).await;
    let id = begun.expect("a batch begins");
    for step in 0..ROWS / staging::STEP {
        let rows: Vec<_> = (0..staging::STEP)
            .map(|n| {
                let n = step * staging::STEP + n;
                (n.to_string(), json!({ "commitment": n % 1421, "system": "项目库", "key": format!("P-{n}") }))
            })
            .collect();
        let added = db.write::<_, Fault>(move |tx| {
            let batch = staging::find(tx, id)?.ok_or(Fault::NoRow { sql: "the batch".to_owned() })?;
            staging::add(tx, &batch, &rows, jiff::Timestamp::now())
        });
        added.await.expect("the writer takes rows");
    }
    id
}

/// The times of other people's durable writes while that goes on: each appends an entry to the journal.
async fn others(db: &Db, work: impl Future<Output = ()>) -> Vec<Duration> {
    let over = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = (0..OTHERS)
        .map(|_| {
            let (db, over) = (db.clone(), over.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    let begin = Instant::now();
                    let written = db.write::<_, Fault>(|tx| journal::append(tx, &entry(), [7; 32]).map(drop)).await;
                    written.expect("the writer takes an entry");
                    times.push(begin.elapsed());
                }
                times
            })
        })
        .collect();
    work.await;
    over.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a task ends"));
    }
    times
}

fn entry() -> Entry {
    Entry {
        at: jiff::Timestamp::now(),
        by: By { account: AccountId(1), name: "测量".into(), post: None, organisation: None, behalf: None },
        operation: "bench.write".into(),
        object: Object::new("bench", 1),
        before: None,
        after: None,
        salted: false,
        reason: None,
        clauses: Vec::new(),
        many: None,
        beside: Beside::default(),
    }
}
