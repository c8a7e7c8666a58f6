//! Proving a long journal: five million entries in thirty seconds, by the stand-alone verifier and in the database.
//!
//! Hashing is the floor: the same bytes through SHA-256 alone, in the same run. `GANGMU_BENCH_ENTRIES` asks for another
//! number of entries; the limit goes with it. The folder for temporary files must hold a kilobyte for each entry.

use crate::measure::ratio;
use gangmu_app::{
    App, Session, Wiring,
    accounts::passwords::Cost,
    attachments,
    journal::{export, verify},
    seal::Seal,
};
use gangmu_kernel::{ClauseRef, ids::AccountId};
use gangmu_store::{
    Alone, Db, Fault, Limits,
    blobs::Folder,
    journal::{Beside, By, Entry, Head, Object, VERSION, canonical, digest, link},
    migrate, params,
};
use gangmu_testkit::{HandClock, InProcess, Kept, Seeded, databases::Fresh};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufReader, Read, Write},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

const ENTRIES: i64 = 5_000_000;
/// For that many.
const LIMIT: Duration = Duration::from_secs(30);

/// Prints the times of both verifications beside the limit and beside plain hashing.
pub fn run() {
    let asked = std::env::var("GANGMU_BENCH_ENTRIES").ok().and_then(|text| text.parse().ok());
    let entries = asked.unwrap_or(ENTRIES);
    let limit = LIMIT.mul_f64(entries as f64 / ENTRIES as f64);
    let fresh = Fresh::sqlite();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be started");
    let app = runtime.block_on(open(&fresh));
    fill(&fresh, entries).expect("the database takes entries");
    let file = fresh.folder().join("journal.txt");
    let (written, bytes) = timed(|| runtime.block_on(write(&app, &file)));
    let line = |what: &str, time: Duration, floor: Duration| {
        println!(
            "{what:28}{:>9.1} s{:>9.1} s{:>12.0}{:>13}",
            time.as_secs_f64(),
            limit.as_secs_f64(),
            entries as f64 / time.as_secs_f64(),
            ratio(time, floor)
        );
    };
    println!("{entries} entries, {} MB as an export, written in {:.1} s", bytes >> 20, written.as_secs_f64());
    println!("{:28}{:>11}{:>11}{:>12}{:>13}", "", "time", "limit", "entries/s", "of SHA-256");
    let (hashing, ()) = timed(|| hash(&file));
    line("SHA-256 of the same bytes", hashing, hashing);
    let (alone, verified) = timed(|| {
        let input = BufReader::with_capacity(1 << 20, File::open(&file).expect("the export can be opened"));
        gangmu_verifier::verify(input, &gangmu_verifier::Asked::default())
    });
    let verified = verified.expect("the export can be read").expect("the export is whole");
    assert_eq!(verified.entries, entries as u64 + 1, "the export has its own entry too");
    line("gangmu-verifier, an export", alone, hashing);
    let (inside, whole) = timed(|| runtime.block_on(verify(&app, &Session::console("bench"), Vec::new())));
    assert_eq!(whole.expect("the journal can be read").expect("the journal is whole").entries, entries + 1);
    line("gangmu journal verify, SQLite", inside, hashing);
    runtime.block_on(app.database().close());
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = Instant::now();
    let done = work();
    (begin.elapsed(), done)
}

async fn open(fresh: &Fresh) -> App {
    let db = Db::open(&fresh.location, Limits::default()).expect("a fresh database opens");
    migrate(&db).await.expect("a fresh database takes all migrations");
    App::new(Wiring {
        db,
        clock: Arc::new(HandClock::at("2025-06-30T09:00:00+08:00")),
        random: Arc::new(Seeded::new(42)),
        reader: Arc::new(InProcess),
        blobs: Arc::new(Folder::at(fresh.folder().join("files")).expect("a temporary folder takes folders")),
        attachments: attachments::Limits::default(),
        link_key: [9; 32],
        cost: Cost::Cheap,
        seal: Seal::of(&[7; 32]),
        checkpoints: Arc::new(Kept::default()),
    })
}

/// Entries as the desk of a planner makes them.
fn entry(seq: i64) -> Entry {
    Entry {
        at: Timestamp::from_microsecond(1_719_709_200_000_000 + seq * 1000).expect("an instant of this century"),
        by: By {
            account: AccountId(3 + seq % 40),
            name: "林知行".to_owned(),
            post: Some("规划科科长".to_owned()),
            organisation: Some("发展和改革局".to_owned()),
            behalf: None,
        },
        operation: "plan.accept".to_owned(),
        object: Object::new("edition", format!("edition_{}", seq % 100)),
        before: Some([(seq % 251) as u8; 32]),
        after: Some([(seq % 241) as u8; 32]),
        salted: false,
        reason: (seq % 4 == 0).then(|| REASON.to_owned()),
        clauses: vec![ClauseRef::clause("145", "12.3.一")],
        many: None,
        beside: Beside {
            who: Some([(seq % 40) as u8; 32]),
            why: (seq % 4 == 0).then(|| digest::salted_text(&SALT, REASON)),
        },
    }
}

/// What every fourth entry has as its reason, and its salt.
const REASON: &str = "核对原文后采纳";
const SALT: [u8; 32] = [5; 32];

/// Writes the chain row by row, without indexes while it is written: they are nothing that a verification reads.
fn fill(fresh: &Fresh, entries: i64) -> Result<(), Fault> {
    const ADD: &str = "INSERT INTO journal (seq, version, at, actor, actor_name, organisation, operation,
        object_kind, object_id, before, after, salted, clauses, hash, who, why)
      VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    const GIVE: &str = "INSERT INTO journal_reasons (seq, reason, salt) VALUES ($1, $2, $3)";
    let mut alone = Alone::open(&fresh.location)?;
    alone.transaction(|tx| {
        tx.command(
            "DROP INDEX journal_by_object; DROP INDEX journal_by_operation; DROP INDEX journal_by_actor;
             DROP INDEX journal_by_time",
        )
    })?;
    let mut head = Head::START;
    while head.seq < entries {
        let until = (head.seq + 50_000).min(entries);
        alone.transaction(|tx| {
            for seq in head.seq + 1..=until {
                let e = entry(seq);
                let hash = link(&head.hash, &canonical::bytes(VERSION, seq, &e));
                let clauses = serde_json::to_value(&e.clauses).expect("clauses have text keys");
                let by = e.by;
                let params = params![
                    seq,
                    VERSION,
                    e.at,
                    by.account,
                    by.organisation,
                    e.operation,
                    e.object.kind,
                    e.object.id,
                    e.before,
                    e.after,
                    e.salted,
                    clauses,
                    hash,
                    e.beside.who,
                    e.beside.why,
                ];
                tx.execute(ADD, params)?;
                if let Some(reason) = e.reason {
                    tx.execute(GIVE, params![seq, reason, SALT])?;
                }
                head = Head { seq, hash };
            }
            tx.execute("UPDATE journal_head SET seq = $1, hash = $2 WHERE one = 1", params![head.seq, head.hash])
                .map(drop)
        })?;
    }
    Ok(())
}

/// Writes the export; its size.
async fn write(app: &App, file: &Path) -> u64 {
    let mut out = File::create(file).expect("the export can be written");
    let exporting = export(app, &Session::console("bench"), 1, None).await;
    let mut exporting = exporting.expect("the console may export");
    let mut bytes = 0;
    while let Some(piece) = exporting.next().await.expect("the journal can be read") {
        out.write_all(&piece).expect("the export can be written");
        bytes += piece.len() as u64;
    }
    bytes
}

/// The bytes through SHA-256 alone.
fn hash(file: &Path) {
    let mut input = File::open(file).expect("the export can be opened");
    let (mut sha, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match input.read(&mut piece).expect("the export can be read") {
            0 => break,
            read => sha.update(&piece[..read]),
        }
    }
    assert_ne!(<[u8; 32]>::from(sha.finalize()), [0; 32]);
}
