//! Databases of the test's own on a PostgreSQL server.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests find their server and say what they skip")]

/// A database on the test server, dropped at the end.
pub struct Postgres {
    server: String,
    name: String,
}

impl Postgres {
    /// A fresh one for that test; none where no server is named.
    pub fn fresh(test: &str) -> Option<Self> {
        Self::made(test, "")
    }

    /// As [`Self::fresh`], made with these options.
    pub fn made(test: &str, options: &str) -> Option<Self> {
        let Ok(server) = std::env::var("GANGMU_TEST_POSTGRES") else {
            println!("skipped on PostgreSQL: GANGMU_TEST_POSTGRES names no server (postgres://user@host/database)");
            return None;
        };
        let name = format!("gangmu_{test}_{}", std::process::id());
        let made = Self { server, name };
        let name = &made.name;
        made.tell(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        made.tell(&format!("CREATE DATABASE {name} {options}"));
        Some(made)
    }

    /// Runs a command on the server.
    pub fn tell(&self, command: &str) {
        let mut client = postgres::Client::connect(&self.server, postgres::NoTls).unwrap();
        client.batch_execute(command).unwrap();
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server.rsplit_once('/').unwrap().0, self.name)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.tell(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}
