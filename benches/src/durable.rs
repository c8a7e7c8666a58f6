//! Durable writes: through HTTP and the one door, beside the raw limit of the same database in the same run.
//!
//! One write gives an account another role: session and secret of the form checked, authorised, the account loaded and
//! saved, salted digests, the journal's entry, all answered after the commit. *Through* is what many connections get
//! done; *writer* is the same rows written by as many tasks without HTTP; *raw* is one thread that runs the same
//! statements without queue, savepoints or answers, committing as many at a time as the writer just did on average.

use crate::{
    client::{Request, Visitor, load},
    house::{House, databases},
    measure::{median, percentile},
};
use gangmu_app::{
    Session,
    accounts::add::{NewAccount, add},
};
use gangmu_kernel::ids::AccountId;
use gangmu_store::{
    Alone, Fault, Tx, accounts,
    journal::{self, Beside, By, Entry, Object, digest},
};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 64;
/// So many that no write is overtaken by the next one on the same account, however long it waits.
const ACCOUNTS: usize = 4096;
const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;
const HTTP: &str = "bench";
const BARE: &str = "bare";
const ROLES: [&str; 2] = ["liaison", "supervisor"];

/// Account and role of a write: all accounts in turn, each time with the other role. What is written without HTTP has
/// accounts of its own, because giving a role that is held already writes nothing.
fn write(whose: &str, number: usize) -> (String, &'static str) {
    (format!("{whose}-{}", number % ACCOUNTS), ROLES[(number / ACCOUNTS + 1) % 2])
}

/// Prints writes a second and their ratio.
pub fn run() {
    println!(
        "{:12}{:>12}{:>10}{:>10}{:>11}{:>12}{:>12}{:>8}{:>8}",
        "database", "through /s", "p50 ms", "p99 ms", "to commit", "writer /s", "raw /s", "ratio", "aim"
    );
    for fresh in databases() {
        let house = House::on(fresh);
        let (visitor, _) = house.person("security");
        prepare(&house);
        let (mut next, mut times) = (0, Vec::new());
        let (mut ours, mut writer, mut limits, mut batch) = (Vec::new(), Vec::new(), Vec::new(), 1);
        for _ in 0..ROUNDS {
            let before = house.app.database().commits();
            let (done, rate) = through(&house, &visitor, &mut next, &mut times);
            batch = done.div_ceil((house.app.database().commits() - before).max(1) as usize);
            ours.push(rate);
            writer.push(house.wait(by_tasks(&house)));
            limits.push(raw(&house, batch).expect("the database takes raw writes"));
        }
        let at = |percent| percentile(times.clone(), percent).as_secs_f64() * 1000.0;
        let (p50, p99, rate, limit) = (at(50), at(99), median(ours), median(limits));
        println!(
            "{:12}{rate:>12.0}{p50:>10.1}{p99:>10.1}{batch:>11}{:>12.0}{limit:>12.0}{:>8.2}{:>8}",
            house.database(),
            median(writer),
            rate / limit,
            "0.50"
        );
    }
}

/// Adds the accounts, many to a commit.
fn prepare(house: &House) {
    let one = |whose: &str, number: usize| {
        let new = NewAccount {
            login: write(whose, number).0,
            name: "测量".to_owned(),
            roles: vec![ROLES[0].to_owned()],
            password: Some("Ce-liang-2024".to_owned()),
            keep_password: true,
            ..NewAccount::default()
        };
        let (app, session) = (house.app.clone(), Session::console("测量"));
        async move { add(&app, &session, new).await.expect("the console may add accounts") }
    };
    house.wait(async {
        let numbers: Vec<usize> = (0..ACCOUNTS).collect();
        for some in numbers.chunks(CONNECTIONS) {
            let tasks: Vec<_> = some.iter().flat_map(|n| [one(HTTP, *n), one(BARE, *n)]).map(tokio::spawn).collect();
            for task in tasks {
                task.await.expect("an account is added");
            }
        }
    });
}

/// Number and rate of the writes that came through HTTP; each has its entry in the journal, or the bench ends.
fn through(house: &House, visitor: &Visitor, next: &mut usize, times: &mut Vec<Duration>) -> (usize, f64) {
    let requests = (*next..*next + 60_000).map(|number| {
        let (account, role) = write(HTTP, number);
        Request::post(format!("/accounts/{account}"), format!("roles={role}"))
    });
    let before = entries(house);
    let load = load(house.address, visitor, CONNECTIONS, requests.collect(), ROUND);
    let done = load.times.len();
    assert_eq!(entries(house) - before, done as i64, "every answered write stands in the journal");
    *next += done;
    let rate = load.rate();
    times.extend(load.times);
    (done, rate)
}

fn entries(house: &House) -> i64 {
    house.wait(house.app.database().read::<_, Fault>(|tx| Ok(journal::head(tx)?.seq))).expect("the journal has a head")
}

/// The same rows by as many tasks through the writer, without HTTP.
async fn by_tasks(house: &House) -> f64 {
    let begin = Instant::now();
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|task| {
            let db = house.app.database().clone();
            tokio::spawn(async move {
                let mut done = 0;
                while begin.elapsed() < ROUND {
                    db.write::<_, Fault>(move |tx| one_write(tx, task + done * CONNECTIONS)).await?;
                    done += 1;
                }
                Ok::<_, Fault>(done)
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.expect("a task ends").expect("the writer takes writes");
    }
    done as f64 / begin.elapsed().as_secs_f64()
}

/// Writes a second on one thread, committing so many at a time.
fn raw(house: &House, batch: usize) -> Result<f64, Fault> {
    let mut alone = Alone::open(&house.fresh.location)?;
    let (begin, mut done) = (Instant::now(), 0);
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

/// The statements of one write, as the operation runs them.
fn one_write(tx: &mut Tx<'_>, number: usize) -> Result<(), Fault> {
    let (login, role) = write(BARE, number);
    let before = accounts::by_login(tx, &login)?.ok_or(Fault::NoRow { sql: login })?;
    let after = accounts::AccountRow { roles: vec![role.to_owned()], ..before.clone() };
    let object = Object::new("account", after.id);
    let salt = digest::salt(tx, &object, [7; 32])?;
    let digest_before = digest::salted(&salt, &before);
    let salt = digest::salt(tx, &object, [7; 32])?;
    let digest_after = digest::salted(&salt, &after);
    accounts::save(tx, &after)?;
    let entry = Entry {
        at: jiff::Timestamp::now(),
        by: By { account: AccountId(1), name: "测量".into(), post: None, organisation: None, behalf: None },
        operation: "accounts.set_roles".into(),
        object,
        before: Some(digest_before),
        after: Some(digest_after),
        salted: true,
        reason: None,
        clauses: Vec::new(),
        many: None,
        beside: Beside::default(),
    };
    journal::append(tx, &entry, [7; 32]).map(drop)
}
