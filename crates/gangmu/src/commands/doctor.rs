//! `gangmu doctor`: checks what the program needs to run (体检).

use super::wait;
use crate::{
    config::{Config, ConfigFault},
    console::{Console, Stop, chain},
    packs::Embedded,
    reader::ChildReader,
    seal,
};
use gangmu_app::{packs::available, ports::DocumentReader};
use gangmu_documents::Unreadable;
use gangmu_store::{Db, Engine, Limits, Location, journal::canonical::hex, migrate::MIGRATIONS};
use gangmu_web::locale;
use serde::Serialize;
use std::process::ExitCode;

/// What was checked, and what came out.
#[derive(Debug, Serialize)]
struct Check {
    /// `config`, `data`, `journal_key`, `database`, `schema`, `reader`, `embedded`, `version`.
    check: &'static str,
    ok: bool,
    result: String,
}

impl Check {
    fn fine(check: &'static str, result: String) -> Self {
        Self { check, ok: true, result }
    }

    fn bad(check: &'static str, result: String) -> Self {
        Self { check, ok: false, result }
    }
}

/// Checks everything; the exit code says whether a check failed.
pub fn run(config: Result<Config, Vec<ConfigFault>>, json: bool, console: &Console) -> Result<ExitCode, Stop> {
    let mut checks = vec![Check::fine("version", env!("CARGO_PKG_VERSION").to_owned())];
    checks.push(embedded(console));
    checks.push(reader(console)?);
    match &config {
        Ok(config) => {
            checks.push(Check::fine("config", console.say("doctor-ok", &[])));
            checks.push(data(config, console));
            checks.push(seal(config, console));
            checks.extend(database(config, console)?);
        }
        Err(faults) => checks.extend(faults.iter().map(|fault| Check::bad("config", fault.said(console)))),
    }
    if json {
        let text = serde_json::to_string(&checks)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        console.print(&(text + "\n"))?;
        return Ok(code(&checks));
    }
    let line = |check: &Check| {
        let mark = console.say(if check.ok { "doctor-ok" } else { "doctor-bad" }, &[]);
        let name = console.say(&format!("doctor-{}", check.check), &[]);
        format!("{mark}  {}", console.about(&name, &check.result))
    };
    console.print(&(checks.iter().map(line).collect::<Vec<_>>().join("\n") + "\n"))?;
    Ok(code(&checks))
}

fn code(checks: &[Check]) -> ExitCode {
    if checks.iter().all(|check| check.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn embedded(console: &Console) -> Check {
    let words: usize = locale::Language::ALL.iter().map(|language| locale::files(*language).len()).sum();
    let packs = available(&Embedded).len();
    let fields = [("packs", packs.to_string()), ("words", words.to_string())];
    let result = console.say("doctor-embedded-count", &fields);
    Check { check: "embedded", ok: packs > 0 && words > 0, result }
}

/// Lets the child read a page and a package that is cut off.
fn reader(console: &Console) -> Result<Check, crate::console::Stop> {
    let fails = |problem: String| Check::bad("reader", console.say("doctor-reader-fails", &[("problem", problem)]));
    let reader = match ChildReader::new() {
        Ok(reader) => reader,
        Err(error) => return Ok(fails(error.to_string())),
    };
    let answers = async {
        let page = reader.read(b"<html><body>1</body></html>".to_vec(), "a.html").await;
        let broken = reader.read(b"PK\x03\x04".to_vec(), "a.docx").await;
        (page, broken)
    };
    Ok(match wait(answers, console)? {
        (Ok(page), Err(Unreadable::BrokenZip { .. })) if page.text == "1\n" => {
            Check::fine("reader", console.say("doctor-reader-works", &[]))
        }
        (Err(why), _) | (Ok(_), Err(why)) => fails(why.to_string()),
        (Ok(page), Ok(_)) => fails(page.text),
    })
}

fn data(config: &Config, console: &Console) -> Check {
    let folder = config.data.display().to_string();
    if !config.data.exists() {
        return Check::fine("data", console.say("doctor-data-missing", &[("folder", folder)]));
    }
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    #[expect(clippy::disallowed_methods, reason = "whether files can be written is told by writing one")]
    let written = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Check::fine("data", console.say("doctor-writable", &[("folder", folder)])),
        Err(error) => {
            let fields = [("folder", folder), ("problem", error.to_string())];
            Check::bad("data", console.say("doctor-not-writable", &fields))
        }
    }
}

/// Looks at the key that signs the journal, without making one.
fn seal(config: &Config, console: &Console) -> Check {
    let path = config.journal_key();
    let file = path.display().to_string();
    if !path.exists() {
        return Check::fine("journal_key", console.say("doctor-key-none", &[("file", file)]));
    }
    let fields = |problem: String| [("file", file.clone()), ("problem", problem)];
    match seal::read(&path) {
        Err(error) => Check::bad("journal_key", console.say("journal-key-unreadable", &fields(error.to_string()))),
        Ok(None) => Check::bad("journal_key", console.say("journal-key-bad", &fields(String::new()))),
        Ok(Some(_)) if seal::is_open_to_others(&path) => {
            Check::bad("journal_key", console.say("doctor-key-open", &[("file", file)]))
        }
        Ok(Some(seal)) => {
            let key = hex(&seal.public());
            Check::fine("journal_key", console.say("doctor-key-public", &[("key", key)]))
        }
    }
}

/// Looks at the database without making or changing one.
fn database(config: &Config, console: &Console) -> Result<Vec<Check>, crate::console::Stop> {
    let location = config.database();
    if matches!(&location, Location::Sqlite(path) if !path.exists()) {
        return Ok(vec![Check::fine("schema", console.say("doctor-schema-none", &[]))]);
    }
    let looked = async {
        let db = Db::open(&location, Limits { readers: 1, ..Limits::default() })?;
        let engine = db.engine();
        let version = db.read(gangmu_store::migrate::version).await;
        db.close().await;
        Ok::<_, gangmu_store::Fault>((engine, version))
    };
    Ok(match wait(looked, console)? {
        Err(fault) => vec![Check::bad("database", chain(&fault))],
        Ok((engine, version)) => {
            let name = match engine {
                Engine::Sqlite => "SQLite",
                Engine::Postgres => "PostgreSQL",
            };
            let connected = Check::fine("database", console.say("doctor-connected", &[("engine", name.to_owned())]));
            vec![connected, schema(version.ok().flatten(), console)]
        }
    })
}

fn schema(version: Option<i64>, console: &Console) -> Check {
    let wanted = MIGRATIONS.len() as i64;
    match version {
        None => Check::fine("schema", console.say("doctor-schema-none", &[])),
        Some(version) if version == wanted => {
            Check::fine("schema", console.say("doctor-schema-current", &[("version", version.to_string())]))
        }
        Some(version) => {
            let fields = [("version", version.to_string()), ("wanted", wanted.to_string())];
            Check::bad("schema", console.say("doctor-schema-old", &fields))
        }
    }
}
