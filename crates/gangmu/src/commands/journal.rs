//! `gangmu journal …`: exporting the journal and proving that it is whole (操作日志).
//!
//! Exit code 0 says that what was asked for holds; 1 that the journal is broken, with one line that names the place; 2
//! that nothing can be said.

use super::wait;
use crate::{
    cli::Journal,
    clock::SystemClock,
    config::Config,
    console::{Console, Outcome, Stop, chain, end},
    files, wiring,
};
use gangmu_app::{App, journal};
use gangmu_store::{
    Fault, Location,
    journal::{Hash, Head, canonical::hex},
    migrate::MIGRATIONS,
};
use gangmu_verifier::{Asked, Proof, What};
use gangmu_web::locale::Language;
use serde_json::json;
use std::{fs, io, path::Path, process::ExitCode, sync::Arc};

/// Where a journal is broken: the code of its words, their fields.
struct Broken {
    code: &'static str,
    fields: Vec<(&'static str, String)>,
}

/// What a verification gives: what to print, or where it breaks.
type Found = Result<serde_json::Value, Broken>;

pub fn run(asked: Journal, config: Option<&Path>, language: Option<Language>) -> ExitCode {
    let console = match Console::new(language.unwrap_or_default()) {
        Ok(console) => console,
        Err(stop) => return end(Err::<(), _>(stop)),
    };
    if let Journal::Verify { file: Some(file), json, key, heads, proof } = &asked {
        let found = of_file(file, key.as_deref(), heads, proof.as_deref(), &console);
        return told(found, *json, &console);
    }
    let config = Config::load(config);
    let config = config.map_err(|faults| Stop(faults.iter().map(|fault| fault.said(&console)).collect()));
    let (config, console) = match config.and_then(|config| {
        let console = Console::new(language.unwrap_or(config.language))?;
        Ok((config, console))
    }) {
        Ok(both) => both,
        Err(stop) => return end(Err::<(), _>(stop)),
    };
    match asked {
        Journal::Verify { json, heads, .. } => told(of_database(&config, &heads, &console), json, &console),
        Journal::Export { file, from } => end(export(&config, &file, from, &console)),
        Journal::Checkpoint => end(checkpoint(&config, &console)),
        Journal::Prove { seq, side, output } => end(prove(&config, seq, &side, &output, &console)),
    }
}

/// Says what was found; the exit code says it too.
fn told(found: Result<Found, Stop>, as_json: bool, console: &Console) -> ExitCode {
    let (value, broken) = match found {
        Err(stop) => return end(Err::<(), _>(stop)),
        Ok(Ok(value)) => (value, None),
        Ok(Err(Broken { code, fields })) => {
            let said = console.say(&format!("journal-break-{code}"), &fields);
            let place: serde_json::Map<String, serde_json::Value> = fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.parse::<i64>().map_or(json!(value), |n| json!(n))))
                .collect();
            (
                json!({"format": "gangmu.verdict/1", "whole": false, "break": {"code": code, "message": &said, "place": place}}),
                Some(said),
            )
        }
    };
    let text = |key: &str| value[key].as_str().map_or_else(|| value[key].to_string(), str::to_owned);
    let said = match (&broken, as_json) {
        (_, true) => format!("{value}\n"),
        (Some(_), false) => String::new(),
        (None, false) => {
            let fields = [
                ("entries", text("entries")),
                ("seq", value["head"]["seq"].to_string()),
                ("hash", value["head"]["hash"].as_str().unwrap_or_default().to_owned()),
            ];
            console.say("journal-whole", &fields) + "\n"
        }
    };
    if let Err(stop) = console.print(&said) {
        return end(Err::<(), _>(stop));
    }
    match broken {
        None => ExitCode::SUCCESS,
        Some(said) => {
            end(Err::<(), _>(Stop(vec![said])));
            ExitCode::FAILURE
        }
    }
}

fn whole(entries: u64, head: Head) -> serde_json::Value {
    let head = json!({"seq": head.seq, "hash": hex(&head.hash)});
    json!({"format": "gangmu.verdict/1", "whole": true, "entries": entries, "head": head})
}

/// Numbers and hashes that a person kept.
fn kept(heads: &[String], console: &Console) -> Result<Vec<(u64, Hash)>, Stop> {
    let read = |text: &String| {
        let (seq, hash) = text.split_once(':')?;
        Some((gangmu_verifier::digits(seq)?, gangmu_verifier::hex(hash)?))
    };
    heads
        .iter()
        .map(|text| read(text).ok_or_else(|| console.stop("journal-bad-head", &[("head", text.clone())])))
        .collect()
}

/// Verifies an export with the stand-alone verifier.
fn of_file(
    file: &Path,
    key: Option<&str>,
    heads: &[String],
    proof: Option<&Path>,
    console: &Console,
) -> Result<Found, Stop> {
    let bad_key = |key: &str| console.stop("journal-bad-key", &[("key", key.to_owned())]);
    let key = key.map(|key| gangmu_verifier::hex(key).ok_or_else(|| bad_key(key))).transpose()?;
    let bad_proof = |path: &Path| console.stop("journal-bad-proof", &[("file", path.display().to_string())]);
    let proof = proof.map(|path| {
        let text = String::from_utf8_lossy(&files::read(path, console)?).into_owned();
        Proof::read(&text).ok_or_else(|| bad_proof(path))
    });
    let proof = proof.transpose()?;
    let asked = Asked { key, known: kept(heads, console)?, proof };
    let opened = files::open(file, console)?;
    let found = gangmu_verifier::verify(io::BufReader::with_capacity(1 << 20, opened), &asked);
    let found = found.map_err(|error| {
        console.stop("command-file-failed", &[("file", file.display().to_string()), ("problem", error.to_string())])
    })?;
    Ok(match found {
        Ok(verified) => {
            let seq = i64::try_from(verified.first + verified.entries).unwrap_or(i64::MAX) - 1;
            let mut value = whole(verified.entries, Head { seq, hash: verified.last });
            value["first"] = json!(verified.first);
            value["key"] = json!(hex(&verified.key));
            Ok(value)
        }
        Err(broken) => {
            let mut fields = vec![("line", broken.line.to_string())];
            fields.extend(broken.entry.map(|entry| ("entry", entry.to_string())));
            let code = match broken.what {
                What::Form => "form",
                What::Altered => "line-altered",
                What::Sequence(found) => {
                    fields.push(("found", found.to_string()));
                    "sequence"
                }
                What::NoHead => "no-head",
                What::Count(count) => {
                    fields.push(("count", count.to_string()));
                    "count"
                }
                What::Sum => "sum",
                What::Signature => "signature",
                What::Signer => "signer",
                What::Known => "known",
                What::Proof => "proof",
            };
            Err(Broken { code, fields })
        }
    })
}

/// Verifies the chain in the database and all its checkpoints, without changing anything.
fn of_database(config: &Config, heads: &[String], console: &Console) -> Result<Found, Stop> {
    let head = |(seq, hash): (u64, Hash)| Head { seq: i64::try_from(seq).unwrap_or(i64::MAX), hash };
    let kept = kept(heads, console)?.into_iter().map(head).collect();
    opened(config, console, async |app| {
        let found = journal::verify(app, &wiring::console_session(), kept).await;
        Ok(match found.map_err(|failure| console.failed(&failure))? {
            Err(broken) => Err(of_broken(&broken)),
            Ok(found) => {
                let mut value = whole(u64::try_from(found.entries).unwrap_or(0), found.head);
                let newest = found.newest.map(|checkpoint| {
                    json!({"seq": checkpoint.head.seq, "at": checkpoint.at.to_string(), "key": hex(&checkpoint.key)})
                });
                let strangers: Vec<String> = found.strangers.iter().map(hex).collect();
                value["checkpoints"] = json!({
                    "stored": found.stored, "file": found.filed, "newest": newest, "other_keys": strangers,
                });
                value["key"] = json!(hex(&app.seal().public()));
                Ok(value)
            }
        })
    })
}

/// The code of its words and their fields.
fn of_broken(broken: &journal::Broken) -> Broken {
    let (code, fields) = broken.said();
    Broken { code, fields }
}

fn checkpoint(config: &Config, console: &Console) -> Outcome {
    let signed = opened(config, console, async |app| {
        journal::checkpoint(app, &wiring::console_session()).await.map_err(|failure| console.failed(&failure))
    })?;
    console.print(&signed.line())
}

fn prove(config: &Config, seq: i64, side: &str, output: &Path, console: &Console) -> Outcome {
    let proof = opened(config, console, async |app| {
        let proof = journal::prove(app, &wiring::console_session(), seq, journal::Side::of(side)).await;
        proof.map_err(|failure| console.failed(&failure))
    })?;
    files::write(output, proof.as_bytes(), console)?;
    console.print(&(console.say("journal-proved", &[("file", output.display().to_string())]) + "\n"))
}

/// Writes an export: beside its place first, then in one step into it.
fn export(config: &Config, file: &Path, from: i64, console: &Console) -> Outcome {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let unwritable = |error: &io::Error| {
        let fields = [("file", file.display().to_string()), ("problem", error.to_string())];
        console.stop("command-file-unwritable", &fields)
    };
    let end = opened(config, console, async |app| {
        let failed = |failure| console.failed(&failure);
        let mut exporting = journal::export(app, &wiring::console_session(), from, None).await.map_err(failed)?;
        let mut out = files::create(part, console)?;
        while let Some(piece) = exporting.next().await.map_err(failed)? {
            io::Write::write_all(&mut out, &piece).map_err(|error| unwritable(&error))?;
        }
        out.sync_all().and_then(|()| fs::rename(part, file)).map_err(|error| unwritable(&error))?;
        Ok(exporting.end())
    });
    if end.is_err() {
        // Half an export is no use to anybody; where there is none, there is nothing to remove.
        drop(fs::remove_file(part));
    }
    let fields = [("file", file.display().to_string()), ("from", from.to_string()), ("end", end?.to_string())];
    console.print(&(console.say("journal-exported", &fields) + "\n"))
}

/// Runs work on a database that is there and up to date, and changes no schema.
fn opened<T>(config: &Config, console: &Console, work: impl AsyncFnOnce(&App) -> Result<T, Stop>) -> Result<T, Stop> {
    if matches!(config.database(), Location::Sqlite(path) if !path.exists()) {
        return Err(console.stop("journal-no-database", &[("folder", config.data.display().to_string())]));
    }
    let db = wiring::database(config, console)?;
    let done = async {
        let version = db.read::<_, Fault>(gangmu_store::migrate::version).await;
        let version = version.map_err(|fault| console.stop("command-database", &[("problem", chain(&fault))]))?;
        if version != Some(MIGRATIONS.len() as i64) {
            let fields = [("version", version.unwrap_or(0).to_string()), ("wanted", MIGRATIONS.len().to_string())];
            return Err(console.stop("command-schema-old", &fields));
        }
        let app = wiring::unmigrated(config, db.clone(), Arc::new(SystemClock), console)?;
        work(&app).await
    };
    wait(
        async {
            let done = done.await;
            db.close().await;
            done
        },
        console,
    )?
}
