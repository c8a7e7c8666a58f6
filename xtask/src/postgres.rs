//! A PostgreSQL server of the tests' own, on loopback, in a temporary folder.

use crate::{
    install::postgres_programs,
    shell::{Outcome, is_root, output, run},
};
use std::{net::TcpListener, path::PathBuf, process::Command};

/// A running server; it stops and its folder goes when this is dropped.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    /// Address for clients.
    pub url: String,
}

impl Server {
    /// Starts a server on a free port, without the durability that tests need not wait for.
    pub fn start() -> Outcome<Self> {
        Self::with("off")
    }

    /// Starts a server that keeps what it has answered, for measurements.
    pub fn durable() -> Outcome<Self> {
        Self::with("on")
    }

    fn with(fsync: &str) -> Outcome<Self> {
        let programs = postgres_programs().ok_or("PostgreSQL's server programs can't be found")?;
        let folder = std::env::temp_dir().join(format!("gangmu-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        // PostgreSQL refuses to run as root: there it runs as the user its package made.
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let data = folder.join("data");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .map_err(|e| format!("no free port: {e}"))?
            .port();
        output(
            as_server_user(&programs.join("initdb"))
                .args(["--auth=trust", "--username=postgres", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync", "-D"])
                .arg(&data),
        )?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync={fsync} -c max_connections=200",
            folder.display()
        );
        run(as_server_user(&programs.join("pg_ctl"))
            .args(["start", "--silent", "--wait", "-D"])
            .arg(&data)
            .arg("-l")
            .arg(folder.join("log"))
            .arg("-o")
            .arg(options))?;
        Ok(Self { programs, folder, url: format!("postgres://postgres@127.0.0.1:{port}/postgres") })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = run(as_server_user(&self.programs.join("pg_ctl"))
            .args(["stop", "--silent", "--mode=immediate", "-D"])
            .arg(self.folder.join("data")));
        if let Err(message) = stopped {
            eprintln!("{message}");
        }
        let _ = std::fs::remove_dir_all(&self.folder); // A temporary folder that stays behind harms nobody.
    }
}

fn as_server_user(program: &PathBuf) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
        command
    } else {
        Command::new(program)
    }
}
