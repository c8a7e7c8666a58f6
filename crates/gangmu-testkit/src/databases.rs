//! Fresh databases for tests (测试数据库): SQLite always, PostgreSQL where `GANGMU_TEST_POSTGRES` names a server.

use gangmu_store::{Engine, Location};
use std::sync::atomic::{AtomicU32, Ordering};

/// A fresh, empty database that disappears with this value.
pub struct Fresh {
    /// Where it is.
    pub location: Location,
    folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl Fresh {
    /// Which kind it is.
    pub fn engine(&self) -> Engine {
        match self.location {
            Location::Sqlite(_) => Engine::Sqlite,
            Location::Postgres(_) => Engine::Postgres,
        }
    }

    /// A folder of its own, for files that a test needs.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A fresh SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a test needs a temporary folder");
        let location = Location::Sqlite(folder.path().join("gangmu.sqlite"));
        Self { location, folder, server: None }
    }

    /// A fresh database on the test server; `None`, said in words, where no server is named.
    pub fn postgres() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "tests find their server through the environment")]
        let Ok(server) = std::env::var("GANGMU_TEST_POSTGRES") else {
            println!("skipped on PostgreSQL: GANGMU_TEST_POSTGRES names no server (postgres://user@host/database)");
            return None;
        };
        Some(Self::on_server(&server))
    }

    /// A fresh database on that PostgreSQL server.
    pub fn on_server(server: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gangmu_test_{}_{number}", std::process::id());
        administer(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        administer(server, &format!("CREATE DATABASE {name}"));
        let (before, options) = server.split_once('?').unwrap_or((server, ""));
        let host = before.rfind('/').map_or(before, |slash| &before[..slash]);
        let options = if options.is_empty() { String::new() } else { format!("?{options}") };
        let location = Location::Postgres(format!("{host}/{name}{options}"));
        let folder = tempfile::tempdir().expect("a test needs a temporary folder");
        Self { location, folder, server: Some((server.to_owned(), name)) }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            administer(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs one command on the server, on a thread of its own because the driver blocks.
fn administer(server: &str, command: &str) {
    std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            let mut client = postgres::Client::connect(server, postgres::NoTls).expect("the test server answers");
            client.batch_execute(command).expect("the test server makes and drops databases");
        });
        work.join().expect("the test server does what tests ask");
    });
}

/// Runs the test on a fresh database of each kind.
pub fn each(test: impl AsyncFn(&Fresh)) {
    let runtime = tokio::runtime::Runtime::new().expect("a test starts its runtime");
    let sqlite = Fresh::sqlite();
    runtime.block_on(test(&sqlite));
    drop(sqlite);
    if let Some(postgres) = Fresh::postgres() {
        runtime.block_on(test(&postgres));
    }
}
