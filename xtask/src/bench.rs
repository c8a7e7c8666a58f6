//! `cargo xtask bench`: measurements that print our figure, the limit or peer of the same run, and the ratio.

use crate::{
    check::commit,
    install::postgres_programs,
    postgres::Server,
    shell::{Outcome, cargo, run as run_to_end, target},
};
use std::{env, process::Command};

/// The variable that names the PostgreSQL server of the benches.
const SERVER: &str = "GANGMU_BENCH_POSTGRES";

/// Builds the program and the benches in release and runs those named, or all; on PostgreSQL too where it is installed
/// or a server is named.
pub fn run(arguments: &[String]) -> Outcome {
    println!("commit {}", commit());
    run_to_end(&mut cargo(&["build", "--release", "--quiet", "--package", "gangmu", "--package", "gangmu-bench"]))?;
    let ours =
        if env::var_os(SERVER).is_none() && postgres_programs().is_some() { Some(Server::durable()?) } else { None };
    let mut benches = Command::new(target().join("release/gangmu-bench"));
    if let Some(server) = &ours {
        benches.env(SERVER, &server.url);
    }
    run_to_end(benches.args(arguments))
}
