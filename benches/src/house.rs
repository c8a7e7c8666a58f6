//! The whole program in this process, as it is shipped: database, application, pages on loopback, the demonstration's
//! people.

use crate::client::Visitor;
use gangmu_app::{
    App, Session, Wiring,
    accounts::{login::login, passwords::Cost},
    attachments,
    demo::{self, Demonstration},
    plan::import::{Upload, UploadedFile, import},
    ports::Clock,
    seal::Seal,
};
use gangmu_store::{Db, Limits, Location, blobs::Folder, migrate};
use gangmu_testkit::{InProcess, Kept, Seeded, databases::Fresh};
use gangmu_web::{Settings, Web, api::limits::Quotas, router};
use std::{collections::BTreeMap, future::Future, net::SocketAddr, path::Path, sync::Arc};
use tokio::runtime::Runtime;

/// The program with its threads; it ends with this value.
pub struct House {
    pub app: App,
    pub address: SocketAddr,
    pub demonstration: Demonstration,
    pub fresh: Fresh,
    runtime: Runtime,
}

struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

/// Fresh databases: SQLite, and PostgreSQL where a server is named.
pub fn databases() -> Vec<Fresh> {
    let mut found = vec![Fresh::sqlite()];
    match std::env::var("GANGMU_BENCH_POSTGRES") {
        Ok(server) => found.push(Fresh::on_server(&server)),
        Err(_) => println!("GANGMU_BENCH_POSTGRES names no server: PostgreSQL is skipped"),
    }
    found
}

impl House {
    /// Opens a house on a fresh database.
    pub fn on(fresh: Fresh) -> Self {
        let runtime = Runtime::new().expect("a runtime can be started");
        let (app, address, demonstration) = runtime.block_on(open(&fresh));
        Self { app, address, demonstration, fresh, runtime }
    }

    /// The database's name, for tables.
    pub fn database(&self) -> &'static str {
        match self.fresh.location {
            Location::Sqlite(_) => "SQLite",
            Location::Postgres(_) => "PostgreSQL",
        }
    }

    /// Waits for something that the program does.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// The first person with that role, logged in.
    pub fn person(&self, role: &str) -> (Visitor, Session) {
        let mut people = self.demonstration.people.iter();
        let (who, _) =
            people.find(|(_, roles)| roles.iter().any(|r| r == role)).expect("the demonstration has all roles");
        let entered = self.wait(login(&self.app, who, &self.demonstration.password)).expect("the person can log in");
        let csrf = entered.session.csrf().expect("who is logged in has a secret").to_owned();
        (Visitor { cookie: format!("gangmu_session={}", entered.token), csrf }, entered.session)
    }

    /// Imports a text as the plan of that key.
    pub fn import(&self, key: &str, text: String) {
        let file = UploadedFile { name: format!("{key}.txt"), bytes: text.into_bytes() };
        let (plan, title) = (Some(key.to_owned()), Some(format!("示例规划 {key}")));
        let upload = Upload { files: vec![file], plan, title, ..Upload::default() };
        let ended = self.wait(import(&self.app, &self.demonstration.planner, upload)).expect("the planner may import");
        assert!(ended.failures.is_empty(), "the import failed: {:?}", ended.failures);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.runtime.block_on(self.app.database().close());
    }
}

async fn open(fresh: &Fresh) -> (App, SocketAddr, Demonstration) {
    let db = Db::open(&fresh.location, Limits::default()).expect("a fresh database opens");
    migrate(&db).await.expect("a fresh database takes all migrations");
    let random = Arc::new(Seeded::new(42));
    // No bench measures the hashing of passwords.
    let (reader, cost) = (Arc::new(InProcess), Cost::Cheap);
    let blobs = Arc::new(Folder::at(fresh.folder().join("files")).expect("a temporary folder takes folders"));
    let app = App::new(Wiring {
        db,
        clock: Arc::new(RealClock),
        random: random.clone(),
        reader,
        blobs,
        attachments: attachments::Limits::default(),
        link_key: [9; 32],
        cost,
        seal: Seal::of(&[7; 32]),
        checkpoints: Arc::new(Kept::default()),
    });
    let pack = demo::choose(&packs(), None).expect("one pack has a demonstration");
    let demonstration = demo::prepare(&app, &Session::console("bench"), pack).await.expect("the pack can be loaded");
    let settings =
        Settings { https: false, demonstration: false, demo_accounts: Vec::new(), random, quotas: Quotas::default() };
    let web = Web::new(app.clone(), settings).expect("the pages can be read");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    tokio::spawn(async { axum::serve(listener, router(web)).await });
    (app, address, demonstration)
}

/// The files of the repository's packs.
pub fn packs() -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![(Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs"), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the packs can be listed").flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                found.insert(name, std::fs::read(entry.path()).expect("the packs can be read"));
            }
        }
    }
    found
}
