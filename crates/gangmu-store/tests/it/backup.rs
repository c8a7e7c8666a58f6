//! Backups: nothing is lost on the way through either engine, and a damaged file makes nothing.

mod damage;
mod random;
mod upgrade;

use crate::databases::{self, Fresh};
use gangmu_store::{
    Db, Fault, Limits, Location,
    backup::{self, Archive, Blobs, Making, Manifest, Refused, Restored, Shelf, Stopped, archive::Writer},
    journal::{
        Head,
        verify::{Verdict, verify},
    },
    migrate, params,
    search::{self, Kind, terms},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read, Write},
};

/// Attachments in memory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Held(pub BTreeMap<String, Vec<u8>>);

impl Held {
    fn of(contents: &[&[u8]]) -> Self {
        let name = |bytes: &[u8]| backup::plain::hex(&Sha256::digest(bytes));
        Self(contents.iter().map(|bytes| (name(bytes), bytes.to_vec())).collect())
    }
}

impl Blobs for Held {
    fn list(&mut self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&mut self, blob: &str) -> io::Result<Option<Box<dyn Read>>> {
        Ok(self.0.get(blob).map(|bytes| Box::new(Cursor::new(bytes.clone())) as Box<dyn Read>))
    }
}

impl Shelf for Held {
    fn place(&mut self, blob: &str, bytes: &mut dyn Read) -> io::Result<()> {
        let mut held = Vec::new();
        bytes.read_to_end(&mut held)?;
        self.0.insert(blob.to_owned(), held);
        Ok(())
    }
}

/// The drivers block, so they work on a thread of their own.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

pub fn now() -> Timestamp {
    Timestamp::from_second(1_719_709_200).unwrap()
}

/// A backup with these attachments: the manifest and the file.
pub fn made(from: &Location, mut blobs: Held) -> Result<(Manifest, Vec<u8>), Stopped> {
    apart(|| {
        let others = vec![("configuration.toml".to_owned(), b"language = \"zh-CN\"\n".to_vec())];
        let making = Making { program: "0.1.0", now: now(), blobs: &mut blobs, others };
        backup::make(from, Cursor::new(Vec::new()), making).map(|(manifest, _, file)| (manifest, file.into_inner()))
    })
}

/// Restores a file: what was restored, and the attachments.
pub fn restored(file: &[u8], into: &Location) -> Result<(Restored, Held), Stopped> {
    apart(|| {
        let mut archive = Archive::open(Cursor::new(file))?;
        let manifest = backup::check(&mut archive, "0.1.0")?;
        let mut shelf = Held::default();
        backup::restore(&mut archive, &manifest, into, &mut shelf).map(|restored| (restored, shelf))
    })
}

pub async fn open(fresh: &Fresh) -> Db {
    let db = Db::open(&fresh.location, Limits::default()).unwrap();
    migrate(&db).await.unwrap();
    db
}

/// One fresh database of each engine that is there.
pub fn engines() -> Vec<Fresh> {
    [Some(Fresh::sqlite()), Fresh::postgres()].into_iter().flatten().collect()
}

fn refused(stopped: Stopped) -> Refused {
    match stopped {
        Stopped::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_row_survives_the_way_through_both_engines_and_the_chain_stays_whole() {
    for seed in 1..=2 {
        for start in engines() {
            let filled = apart(|| random::fill(&start, seed));
            let blobs = Held::of(&[b"", b"one", &vec![7; 300_000]]);
            let (first, mut file) = made(&start.location, blobs.clone()).unwrap();
            assert_eq!(first.tables.iter().filter(|t| t.rows == 0).map(|t| &t.name).collect::<Vec<_>>(), [""; 0]);
            assert_eq!(first.rows(), filled, "every row that was put in is in");
            for step in engines().into_iter().chain([Fresh::sqlite()]) {
                let (done, shelf) = restored(&file, &step.location).unwrap();
                assert_eq!((done.rows, done.journal), (filled, first.journal.seq));
                assert_eq!(shelf, blobs, "attachments");
                let (again, next) = made(&step.location, shelf).unwrap();
                for (was, is) in first.tables.iter().zip(&again.tables) {
                    assert_eq!(was, is, "seed {seed}, {:?} → {:?}", start.engine(), step.engine());
                }
                assert_eq!((&first.journal, &first.blobs), (&again.journal, &again.blobs));
                file = next;
            }
        }
    }
}

#[test]
fn a_backup_shows_one_moment_while_others_go_on_writing() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let rows = |from: i64, to: i64| {
            let db = db.clone();
            async move {
                db.write::<_, Fault>(move |tx| {
                    for n in from..to {
                        tx.execute(
                            "INSERT INTO journal_salts (object_kind, object_id, salt) VALUES ($1, $2, $3)",
                            params!["a", n.to_string(), vec![0u8; 4]],
                        )?;
                    }
                    Ok(())
                })
                .await
                .unwrap();
            }
        };
        rows(0, 3000).await;
        // The file is written slowly, and after its first piece somebody else has written: on a thread of its own.
        struct Slow<'a>(Cursor<Vec<u8>>, Option<Box<dyn FnOnce() + Send + 'a>>);
        impl Read for Slow<'_> {
            fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
                self.0.read(bytes)
            }
        }
        impl io::Seek for Slow<'_> {
            fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
                self.0.seek(to)
            }
        }
        impl Write for Slow<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                if let Some(meanwhile) = self.1.take() {
                    meanwhile();
                }
                self.0.write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let handle = tokio::runtime::Handle::current();
        let meanwhile = || handle.block_on(rows(3000, 3100));
        let slow = Slow(Cursor::new(Vec::new()), Some(Box::new(meanwhile)));
        let (manifest, file) = std::thread::scope(|scope| {
            let location = &fresh.location;
            let work = scope.spawn(move || {
                let mut blobs = Held::default();
                let making = Making { program: "0.1.0", now: now(), blobs: &mut blobs, others: vec![] };
                let (manifest, _, slow) = backup::make(location, slow, making).unwrap();
                (manifest, slow.0.into_inner())
            });
            work.join().unwrap()
        });
        let salts = manifest.tables.iter().find(|table| table.name == "journal_salts").unwrap();
        assert_eq!(salts.rows, 3000, "the hundred of meanwhile are not in");
        restored(&file, &Fresh::sqlite().location).unwrap();
    });
}

#[test]
fn a_database_that_holds_something_is_never_written_over() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let (_, file) = made(&fresh.location, Held::default()).unwrap();
        let before = made(&fresh.location, Held::default()).unwrap().0;
        assert_eq!(refused(restored(&file, &fresh.location).unwrap_err()), Refused::NotEmpty {});
        assert_eq!(made(&fresh.location, Held::default()).unwrap().0, before);
        db.close().await;
    });
}

#[test]
fn an_empty_database_has_nothing_to_save() {
    for fresh in engines() {
        assert_eq!(refused(made(&fresh.location, Held::default()).unwrap_err()), Refused::NoSchema {});
    }
}

#[test]
fn sessions_and_failed_logins_stay_behind_and_the_search_is_made_anew() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            tx.execute(
                "INSERT INTO login_failures (login, failures, last_at) VALUES ($1, 3, 0)",
                params!["secret-typed-as-login"],
            )?;
            tx.execute("INSERT INTO plans (id, key, title, created_at) VALUES (1, 'p', 't', 0)", params![])?;
            tx.execute(
                "INSERT INTO editions (id, plan, number, title, visible, stage, imported_at, account, account_name,
                   chars, clauses, compiler, lexicon, decisions, commitments_made)
                 VALUES (1, 1, 1, $1, TRUE, 'draft', 0, 1, 'n', 1, 1, 'c', 'l', 0, 0)",
                params!["滨江区规划纲要"],
            )?;
            search::add(tx, &[(Kind::Edition, 1, terms::of("滨江区规划纲要"))])
        })
        .await
        .unwrap();
        db.close().await;
        let (manifest, file) = made(&fresh.location, Held::default()).unwrap();
        assert!(!String::from_utf8_lossy(&unpacked(&file)).contains("secret-typed-as-login"));
        assert_eq!(manifest.left_out, ["login_failures", "sessions", "uploads"]);
        assert_eq!(manifest.derived, ["search_words"]);
        for into in engines() {
            restored(&file, &into.location).unwrap();
            let db = open(&into).await;
            let found = db.read::<_, Fault>(|tx| {
                assert!(matches!(verify(tx, Head::START)?, Verdict::Whole { .. }));
                assert_eq!(tx.one("SELECT count(*) FROM login_failures", &[], |r| r.get::<i64>(0))?, 0);
                search::find(tx, &terms::of_query("规划"), 10)
            });
            assert_eq!(found.await.unwrap(), [(Kind::Edition, 1)]);
            db.close().await;
        }
    });
}

#[test]
fn after_a_restore_new_rows_get_new_numbers() {
    let start = Fresh::sqlite();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let add = async |db: &Db, key: &'static str| {
            let sql = "INSERT INTO plans (key, title, created_at) VALUES ($1, 't', 0) RETURNING id";
            db.write::<_, Fault>(move |tx| tx.one(sql, params![key], |row| row.get::<i64>(0))).await.unwrap()
        };
        let db = open(&start).await;
        let last = [add(&db, "a").await, add(&db, "b").await][1];
        let (_, file) = made(&start.location, Held::default()).unwrap();
        for into in engines() {
            restored(&file, &into.location).unwrap();
            let db = open(&into).await;
            assert_eq!(add(&db, "c").await, last + 1);
            db.close().await;
        }
    });
}

/// All members one after the other, unpacked.
fn unpacked(file: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut all = Vec::new();
    for index in 0..zip.len() {
        zip.by_index(index).unwrap().read_to_end(&mut all).unwrap();
    }
    all
}

/// A file made of these members and this manifest, sealed: somebody took pains.
pub fn forged(members: &[(String, Vec<u8>)], manifest: &Manifest) -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.member(name, true).unwrap().write_all(bytes).unwrap();
    }
    writer.seal(manifest).unwrap().1.into_inner()
}
