//! Nothing that is referred to is ever lost, and what nothing refers to goes in the end: whatever order the steps of
//! several people and several cleaners come in, with stops in the middle.

use crate::databases::Fresh;
use gangmu_kernel::ids::{AccountId, AttachmentId};
use gangmu_store::{
    Db, Fault, Limits,
    attachments::{self, AttachmentRow, kept},
    blobs::{Append, Aside, Blobs as _, Folder},
    journal::Object,
    migrate,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeSet, io::Write as _};

const GRACE: SignedDuration = SignedDuration::from_hours(24);
const REGRET: SignedDuration = SignedDuration::from_hours(72);
/// So few contents that the same bytes come again and again.
const CONTENTS: usize = 3;

fn hash(content: usize) -> String {
    Sha256::digest(format!("content {content}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How far somebody is who attaches a file.
#[derive(Debug, Clone, Copy)]
enum Attaching {
    Idle,
    Claimed(usize),
    Kept(usize),
}

/// How far a cleaner is; every step is one transaction or one act on a file.
#[derive(Debug, Clone, Default)]
struct Cleaner {
    step: u8,
    now: Option<Timestamp>,
    aside: Vec<Aside>,
    known: bool,
    condemned: Vec<String>,
    taken: Option<Aside>,
}

struct World {
    db: Db,
    files: Folder,
    now: Timestamp,
    people: [Attaching; 2],
    cleaners: [Cleaner; 2],
    live: Vec<AttachmentId>,
    removed: Vec<AttachmentId>,
    next: u32,
}

impl World {
    fn fresh(&mut self) -> String {
        self.next += 1;
        format!("t{}", self.next)
    }

    async fn attach(&mut self, person: usize, content: usize) {
        let (now, sha256) = (self.now, hash(content));
        self.people[person] = match self.people[person] {
            Attaching::Idle => {
                self.db.write(move |tx| kept::claim(tx, &sha256, 9, now)).await.unwrap();
                Attaching::Claimed(content)
            }
            Attaching::Claimed(content) => {
                let upload = self.fresh();
                self.files.begin(&upload).unwrap();
                let Append::Open(mut file) = self.files.append(&upload, 0).unwrap() else { panic!("a fresh upload") };
                write!(file, "content {content}").unwrap();
                self.files.keep(&upload, &hash(content)).unwrap();
                Attaching::Kept(content)
            }
            Attaching::Kept(content) => {
                let sha256 = hash(content);
                let attached = self.db.write(move |tx| refer(tx, &sha256, now)).await;
                // Whoever waited too long is refused, and has lost nothing that was promised.
                self.live.extend(attached.ok());
                Attaching::Idle
            }
        };
    }

    async fn remove(&mut self, which: usize) {
        if self.live.is_empty() {
            return;
        }
        let (id, now) = (self.live.remove(which % self.live.len()), self.now);
        self.db.write(move |tx| attachments::remove(tx, id, now, AccountId(1), "林规")).await.unwrap();
        self.removed.push(id);
    }

    async fn restore(&mut self, which: usize) {
        if self.removed.is_empty() {
            return;
        }
        let (id, now) = (self.removed.remove(which % self.removed.len()), self.now);
        let restored = self.db.write(move |tx| {
            let Some(original) = kept::file(tx, id, "original")? else { return Ok::<_, Fault>(false) };
            Ok(kept::hold(tx, &original, now)? && attachments::restore(tx, id)?)
        });
        if restored.await.unwrap() {
            self.live.push(id);
        }
    }

    /// One step of a cleaner, as `collect` of the application takes them.
    async fn clean(&mut self, which: usize, stops: bool) {
        let mut cleaner = std::mem::take(&mut self.cleaners[which]);
        let tag = self.fresh();
        let (db, files) = (&self.db, &self.files);
        let began = *cleaner.now.get_or_insert(self.now);
        match cleaner.step {
            0 => (cleaner.aside, cleaner.step) = (files.aside().unwrap(), 1),
            1 => match cleaner.aside.last().cloned() {
                Some(file) => {
                    cleaner.known = db.read(move |tx| kept::is_known(tx, &file.sha256)).await.unwrap();
                    cleaner.step = 2;
                }
                None => cleaner.step = 3,
            },
            2 => {
                if let Some(file) = cleaner.aside.pop() {
                    if cleaner.known { files.set_back(&file) } else { files.delete(&file) }.unwrap();
                }
                cleaner.step = 1;
            }
            3 => {
                let adopted = files.list().unwrap();
                db.write(move |tx| adopted.iter().try_for_each(|hash| kept::adopt(tx, hash, 9, began))).await.unwrap();
                cleaner.step = 4;
            }
            4 => {
                let condemn = move |tx: &mut gangmu_store::Tx<'_>| {
                    kept::expire(tx, began - REGRET, began)?;
                    kept::condemn(tx, began, began - GRACE)
                };
                db.write(condemn).await.unwrap();
                cleaner.condemned = db.read(move |tx| kept::condemned(tx, began - GRACE, 9)).await.unwrap();
                cleaner.step = 5;
            }
            5 => match cleaner.condemned.pop() {
                Some(sha256) => {
                    let (aside, files) = (Aside { sha256: sha256.clone(), tag }, files.clone());
                    let moved = aside.clone();
                    let taken = db.write(move |tx| {
                        let taken = kept::take(tx, &sha256, began - GRACE)?;
                        if taken {
                            files.set_aside(&moved)?;
                        }
                        // A stop after the renaming and before the commit.
                        if stops { Err(Fault::Stopped) } else { Ok(taken) }
                    });
                    match taken.await {
                        Ok(true) => (cleaner.taken, cleaner.step) = (Some(aside), 6),
                        Ok(false) => {}
                        Err(_) => cleaner = Cleaner::default(),
                    }
                }
                None => cleaner = Cleaner::default(),
            },
            _ => {
                if let Some(file) = cleaner.taken.take() {
                    files.delete(&file).unwrap();
                }
                cleaner.step = 5;
            }
        }
        // A stop between two steps: the next cleaner begins anew.
        self.cleaners[which] = if stops { Cleaner::default() } else { cleaner };
    }

    /// Every file that an attachment refers to is there, or set aside and still known, so that it comes back.
    async fn judge(&self) {
        let referred = self.db.read(|tx| kept::referred(tx, "", 100)).await.unwrap();
        let aside: BTreeSet<String> = self.files.aside().unwrap().into_iter().map(|file| file.sha256).collect();
        for file in referred {
            let there = self.files.size(&file.sha256).unwrap().is_some();
            assert!(there || aside.contains(&file.sha256), "{} is referred to and lost", file.sha256);
        }
    }

    /// Lets a cleaner run to its end.
    async fn clean_up(&mut self) {
        self.cleaners = Default::default();
        loop {
            self.clean(0, false).await;
            if self.cleaners[0].now.is_none() {
                break;
            }
        }
    }
}

fn refer(tx: &mut gangmu_store::Tx<'_>, sha256: &str, now: Timestamp) -> Result<AttachmentId, Fault> {
    let row = AttachmentRow {
        id: AttachmentId(0),
        object_kind: "edition".into(),
        object_id: "edition_1".into(),
        name: "材料.txt".into(),
        kind: "text".into(),
        media_type: "text/plain".into(),
        size: 9,
        sha256: sha256.into(),
        width: None,
        height: None,
        origin: "upload".into(),
        public: false,
        added_at: now,
        account: AccountId(1),
        account_name: "林规".into(),
        organisation: None,
        removed_at: None,
        remover: None,
        remover_name: None,
    };
    let id = attachments::add(tx, &row)?;
    if kept::refer(tx, id, "original", sha256, now)? { Ok(id) } else { Err(Fault::Stopped) }
}

async fn history(fresh: &Fresh, steps: &[(u8, u8, bool)]) {
    let db = Db::open(&fresh.location, Limits { readers: 1, queue: 64 }).unwrap();
    migrate(&db).await.unwrap();
    let files = Folder::at(fresh.folder().join("files")).unwrap();
    let now = "2024-06-30T09:00:00+08:00".parse().unwrap();
    let people = [Attaching::Idle; 2];
    let (live, removed) = (Vec::new(), Vec::new());
    let mut world = World { db, files, now, people, cleaners: Default::default(), live, removed, next: 0 };
    for (act, which, stops) in steps {
        let which = usize::from(*which);
        match act {
            0..6 => world.attach(which % 2, which % CONTENTS).await,
            6..8 => world.remove(which).await,
            8..10 => world.restore(which).await,
            10..20 => world.clean(which % 2, *stops).await,
            _ => world.now += SignedDuration::from_hours(i64::try_from(which).unwrap() % 40),
        }
        world.judge().await;
    }
    // In the end: what is referred to is there, and nothing else is.
    for _ in 0..4 {
        world.now += REGRET;
        world.clean_up().await;
    }
    let referred = world.db.read(|tx| kept::referred(tx, "", 100)).await.unwrap();
    let referred: Vec<String> = referred.into_iter().map(|file| file.sha256).collect();
    assert_eq!(world.files.list().unwrap(), referred);
    assert_eq!(world.files.aside().unwrap(), Vec::new());
    let live = world.db.read(|tx| attachments::of(tx, &Object::new("edition", "edition_1"))).await.unwrap();
    let live: BTreeSet<String> = live.into_iter().map(|row| row.sha256).collect();
    assert_eq!(live.into_iter().collect::<Vec<_>>(), referred);
    world.db.close().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_referred_to_is_lost_and_nothing_else_stays(
        steps in proptest::collection::vec((0..24_u8, 0..40_u8, proptest::bool::weighted(0.15)), 20..160)
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let fresh = Fresh::sqlite();
        runtime.block_on(history(&fresh, &steps));
    }
}

fn cases() -> u32 {
    if std::env::var_os("GANGMU_TEST_FULL").is_some() { 2_000 } else { 24 }
}

#[test]
fn the_same_holds_on_postgresql() {
    let Some(fresh) = Fresh::postgres() else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // A fixed long history: every act comes often, the clock moves, cleaners stop in the middle.
    let mut seed = 20_240_630_u64;
    let mut number = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from((seed >> 33) % below).unwrap()
    };
    let steps: Vec<(u8, u8, bool)> = (0..400).map(|_| (number(24), number(40), number(8) == 0)).collect();
    runtime.block_on(history(&fresh, &steps));
}

#[test]
fn a_name_never_leads_out_of_the_folder() {
    let fresh = Fresh::sqlite();
    let files = Folder::at(fresh.folder().join("files")).unwrap();
    for name in ["../escape", "a/b", "", ".", "A", "a.b"] {
        assert!(files.begin(name).is_err(), "an upload called {name:?}");
        assert!(files.open(name).is_err(), "a file called {name:?}");
    }
}

#[test]
fn an_upload_is_written_by_one_at_a_time_and_only_at_its_end() {
    let fresh = Fresh::sqlite();
    let files = Folder::at(fresh.folder().join("files")).unwrap();
    assert!(matches!(files.append("none", 0).unwrap(), Append::Absent));
    files.begin("one").unwrap();
    let Append::Open(mut file) = files.append("one", 0).unwrap() else { panic!("it is empty") };
    assert!(matches!(files.append("one", 0).unwrap(), Append::Busy));
    file.write_all(b"abc").unwrap();
    drop(file);
    assert!(matches!(files.append("one", 0).unwrap(), Append::Elsewhere(3)));
    assert!(matches!(files.append("one", 3).unwrap(), Append::Open(_)));
    assert_eq!(files.arrived("one").unwrap(), Some(3));
}
