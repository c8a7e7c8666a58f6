//! How many durable writes a second go through the one writer, beside the raw limit of the same database.
//!
//! ```text
//! cargo run --release -p gangmu-store --example durable_writes -- [FILE or postgres://…] [rounds]
//! ```
//!
//! One write is a row, its update and its journal entry. *Through* sends them from 64 tasks at once through `Db`, each
//! answered after its commit. *Raw* is one thread that runs the same statements without queue, savepoints or answers,
//! committing as many at a time as the writer just did on average. Both run in each round, because disks are noisy; the
//! medians and their ratio are printed.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement prints and looks at the clock")]

use gangmu_kernel::ids::AccountId;
use gangmu_store::{
    Alone, Db, Fault, Limits, Location, Tx,
    journal::{self, By, Entry, Object},
    migrate, params,
};
use std::time::{Duration, Instant};

const TASKS: usize = 64;
const ROUND: Duration = Duration::from_secs(2);

fn one_write(tx: &mut Tx<'_>, number: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO login_failures (login, failures, last_at) VALUES ($1, $2, $3)
      ON CONFLICT (login) DO UPDATE SET failures = login_failures.failures + 1, last_at = excluded.last_at";
    let login = format!("bench-{}", number % 50_000);
    tx.execute(sql, params![&login, 1, number])?;
    tx.execute("UPDATE login_failures SET locked_until = $2 WHERE login = $1", params![&login, number])?;
    let entry = Entry {
        at: jiff::Timestamp::from_microsecond(1_719_709_200_000_000 + number).unwrap_or_default(),
        by: By { account: AccountId(1), name: "测量".into(), post: None, organisation: None },
        operation: "bench.write".into(),
        object: Object::new("bench", number),
        before: None,
        after: Some([7; 32]),
        salted: false,
        reason: None,
        clauses: Vec::new(),
        many: None,
    };
    journal::append(tx, &entry).map(drop)
}

/// Writes a second through the writer, and how many shared a commit on average.
async fn through(db: &Db) -> Result<(f64, usize), Fault> {
    let (begin, commits) = (Instant::now(), db.commits());
    let tasks: Vec<_> = (0..TASKS as i64)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut done = 0_i64;
                while begin.elapsed() < ROUND {
                    db.write::<_, Fault>(move |tx| one_write(tx, task + done * TASKS as i64)).await?;
                    done += 1;
                }
                Ok::<_, Fault>(done)
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.map_err(|e| Fault::Panicked(e.to_string()))??;
    }
    let commits = (db.commits() - commits).max(1);
    Ok((done as f64 / begin.elapsed().as_secs_f64(), (done as u64).div_ceil(commits) as usize))
}

/// Writes a second on one thread, committing so many at a time.
fn raw(location: &Location, batch: usize) -> Result<f64, Fault> {
    let mut alone = Alone::open(location)?;
    let (begin, mut done) = (Instant::now(), 0_i64);
    while begin.elapsed() < ROUND {
        alone.transaction(|tx| {
            for _ in 0..batch {
                one_write(tx, done)?;
                done += 1;
            }
            Ok(())
        })?;
    }
    Ok(done as f64 / begin.elapsed().as_secs_f64())
}

fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let location =
        arguments.next().map_or_else(|| Location::Sqlite("durable-writes.sqlite".into()), |a| Location::parse(&a));
    let rounds: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5);
    let runtime = tokio::runtime::Runtime::new().map_err(|e| Fault::Panicked(e.to_string()))?;
    let db = Db::open(&location, Limits::default())?;
    runtime.block_on(migrate(&db))?;
    let (mut ours, mut limits) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        let (rate, batch) = runtime.block_on(through(&db))?;
        let limit = raw(&location, batch)?;
        println!("round {round}: through {rate:>7.0}/s, {batch:>3} to a commit; raw {limit:>7.0}/s");
        ours.push(rate);
        limits.push(limit);
    }
    runtime.block_on(db.close());
    let (ours, limit) = (median(ours), median(limits));
    println!("median: through {ours:.0}/s, raw {limit:.0}/s, ratio {:.2} (at least 0.50 is asked)", ours / limit);
    Ok(())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
