//! The test's district (测试区): the whole application over a fresh database.

use crate::{
    databases::Fresh,
    example_pack,
    ports::{HandClock, InProcess, Kept, Seeded},
};
use gangmu_app::{
    App, Session, Wiring,
    accounts::{
        add::{NewAccount, add},
        login::login,
        passwords::Cost,
    },
    attachments,
    jobs::{Registry, run_due},
    packs,
    ports::{Clock, Random},
    seal::Seal,
};
use gangmu_store::{
    Db, Engine, Limits, Location,
    attachments::AttachmentRow,
    blobs::Folder,
    journal::{self, Object, Recorded},
    migrate,
};
use jiff::SignedDuration;
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// The password of all actors.
pub const PASSWORD: &str = "Ce-shi-2024";

/// Login, name, post, organisation, roles.
const ACTORS: [(&str, &str, &str, &str, &[&str]); 10] = [
    ("planner", "林规", "规划科科长", "o-reform", &["planner"]),
    ("second-planner", "陆图", "规划科科员", "o-reform", &["planner"]),
    ("reviewer", "沈审", "副局长", "o-reform", &["reviewer"]),
    ("liaison", "连络", "联络员", "o-water", &["liaison"]),
    ("leader", "凌领", "分管区长", "o-district", &["leader"]),
    ("second-leader", "栗导", "副区长", "o-district", &["leader", "reviewer"]),
    ("supervisor", "简督", "财经委委员", "o-congress", &["supervisor"]),
    ("system", "习统", "系统管理员", "o-reform", &["system"]),
    ("security", "安全", "安全管理员", "o-reform", &["security"]),
    ("auditor", "申记", "审计管理员", "o-reform", &["audit"]),
];

/// A district with its application, its clock and its people.
pub struct TestDistrict {
    /// The application.
    pub app: App,
    /// Its clock, standing at 2024-06-30 09:00 +08:00 until it is moved.
    pub clock: Arc<HandClock>,
    /// Its file of checkpoints.
    pub checkpoints: Kept,
    random: Arc<Seeded>,
    sessions: BTreeMap<&'static str, Session>,
    fresh: Fresh,
}

impl TestDistrict {
    /// A district on that fresh database.
    pub async fn on(fresh: Fresh) -> Self {
        let mut district = Self::empty(fresh).await;
        district.settle().await;
        district
    }

    /// A district without pack and people, as on the first day.
    pub async fn empty(fresh: Fresh) -> Self {
        let clock = Arc::new(HandClock::at("2024-06-30T09:00:00+08:00"));
        let random = Arc::new(Seeded::new(42));
        let checkpoints = Kept::default();
        let app = started(&fresh, clock.clone(), random.clone(), &checkpoints).await;
        Self { app, clock, checkpoints, random, sessions: BTreeMap::new(), fresh }
    }

    async fn settle(&mut self) {
        let console = Session::console("测试");
        let pack = packs::read(&example_pack(), "shili").expect("the example pack is right");
        packs::load(&self.app, &console, pack).await.expect("the example pack can be loaded");
        for (who, name, post, organisation, roles) in ACTORS {
            let new = NewAccount {
                login: who.to_owned(),
                name: name.to_owned(),
                post: Some(post.to_owned()),
                organisation: Some(organisation.to_owned()),
                roles: roles.iter().map(|role| (*role).to_owned()).collect(),
                password: Some(PASSWORD.to_owned()),
                keep_password: true,
            };
            add(&self.app, &console, new).await.expect("an actor can be added");
            let entered = login(&self.app, who, PASSWORD).await.expect("an actor can log in");
            self.sessions.insert(who, entered.session);
        }
    }

    /// The session of an actor, logged in at the start.
    pub fn actor(&self, who: &str) -> Session {
        self.sessions.get(who).unwrap_or_else(|| panic!("no actor is called {who}")).clone()
    }

    /// Imports plans and decides proposals.
    pub fn planner(&self) -> Session {
        self.actor("planner")
    }

    /// Another one, for four-eyes rules.
    pub fn second_planner(&self) -> Session {
        self.actor("second-planner")
    }

    /// Decides proposals and approves editions.
    pub fn reviewer(&self) -> Session {
        self.actor("reviewer")
    }

    /// Answers for the tasks of a unit.
    pub fn liaison(&self) -> Session {
        self.actor("liaison")
    }

    /// Publishes and withdraws.
    pub fn leader(&self) -> Session {
        self.actor("leader")
    }

    /// A leader who is a reviewer as well, for the rules that forbid both on one edition.
    pub fn second_leader(&self) -> Session {
        self.actor("second-leader")
    }

    /// Reads everything.
    pub fn supervisor(&self) -> Session {
        self.actor("supervisor")
    }

    /// Keeps the program and adds accounts.
    pub fn system(&self) -> Session {
        self.actor("system")
    }

    /// Gives roles, locks and resets.
    pub fn security(&self) -> Session {
        self.actor("security")
    }

    /// Reads the journal and who holds what.
    pub fn auditor(&self) -> Session {
        self.actor("auditor")
    }

    /// Which database this district stands on.
    pub fn engine(&self) -> Engine {
        self.fresh.engine()
    }

    /// The files beside the database, as the application has them.
    pub fn files(&self) -> Folder {
        files(self.fresh.folder())
    }

    /// The folder that they lie in.
    pub fn files_folder(&self) -> std::path::PathBuf {
        self.fresh.folder().join("files")
    }

    /// The attachments of an object.
    pub async fn attached(&self, object: &Object) -> Vec<AttachmentRow> {
        let object = object.clone();
        let rows = self.app.database().read(move |tx| gangmu_store::attachments::of(tx, &object));
        rows.await.expect("rows can be read")
    }

    /// The first entries of the journal.
    pub async fn entries(&self) -> Vec<Recorded> {
        let entries = self.app.database().read(|tx| journal::after(tx, 0, 10_000));
        entries.await.expect("the journal can be read")
    }

    /// Where that database is.
    pub fn location(&self) -> &gangmu_store::Location {
        &self.fresh.location
    }

    /// Moves the clock.
    pub fn wait(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// Does all jobs that are due, also those that come up meanwhile; how many that were.
    pub async fn work(&self, registry: &Registry) -> usize {
        let mut all = 0;
        loop {
            match run_due(&self.app, registry, "test").await.expect("the jobs of a test can be claimed") {
                0 => return all,
                done => all += done,
            }
        }
    }

    /// Closes the application and starts it again on the same database, as after a restart of the program.
    pub async fn restart(&mut self) {
        self.app.database().close().await;
        self.app = started(&self.fresh, self.clock.clone(), self.random.clone(), &self.checkpoints).await;
    }
}

async fn started(fresh: &Fresh, clock: Arc<HandClock>, random: Arc<Seeded>, checkpoints: &Kept) -> App {
    wired(&fresh.location, fresh.folder(), clock, random, checkpoints).await
}

/// The application over a database that other processes may use as well: for tests that kill processes.
pub async fn application(location: &Location, folder: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> App {
    wired(location, folder, clock, random, &Kept::default()).await
}

async fn wired(
    location: &Location,
    folder: &Path,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    checkpoints: &Kept,
) -> App {
    let limits = Limits { readers: 2, queue: 1024 };
    let db = Db::open(location, limits).expect("the database of a test opens");
    migrate(&db).await.expect("a fresh database takes all migrations");
    let (seal, checkpoints) = (Seal::of(&[7; 32]), Arc::new(checkpoints.clone()));
    App::new(Wiring {
        db,
        clock,
        random,
        reader: Arc::new(InProcess),
        blobs: Arc::new(files(folder)),
        attachments: attachments::Limits { file: 4 << 20, organisation: 10 << 20, ..attachments::Limits::default() },
        link_key: [9; 32],
        cost: Cost::Cheap,
        seal,
        checkpoints,
    })
}

/// The files beside that database.
fn files(folder: &Path) -> Folder {
    Folder::at(folder.join("files")).expect("a temporary folder takes folders")
}

/// Runs the test on a district over each database: SQLite always, PostgreSQL where a test server is named.
pub fn each_database(test: impl AsyncFn(TestDistrict)) {
    let runtime = tokio::runtime::Runtime::new().expect("a test starts its runtime");
    runtime.block_on(async { test(TestDistrict::on(Fresh::sqlite()).await).await });
    if let Some(fresh) = Fresh::postgres() {
        runtime.block_on(async { test(TestDistrict::on(fresh).await).await });
    }
}
