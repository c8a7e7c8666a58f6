//! Importing a plan (导入规划): read → compile → write → visible in one short step.
//!
//! Everything is written invisible, some hundred rows at a time between other people's writes. The last transaction
//! passes the one door: it turns the edition visible and journals it. What an interrupted import left behind is swept
//! at the next start.
//!
//! Several files are a folder: each is recognised, and where somebody is to be asked what they are, the import waits with
//! its files until it is told (归类), whatever happens to the program meanwhile.

mod failure;
mod joining;
mod prepare;
mod progress;
mod refusal;
mod sort;
mod write;

pub(crate) use sort::expire;
pub(crate) use write::owner;

pub use progress::{progress, recent};
pub use refusal::ImportRefusal;
pub use sort::{give_up, go_on};

use crate::{
    app::App,
    failure::Failure,
    operate::{authorise, housekeep, housekeep_for},
    packs,
    plan::views::ImportProgress,
    session::Session,
    terms::Terms,
};
use failure::Stopped;
pub use gangmu_join::Role;
use gangmu_kernel::refusal::Reasons;
use gangmu_store::plan::{
    editions,
    imports::{self, FailureRow},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The action of the access matrix.
const ACTION: &str = "plan.import";

/// Files that one import takes.
const FILES: usize = 20;

/// A file as it was handed in.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is to be imported (导入内容).
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The outline and its annexes, in any order.
    pub files: Vec<UploadedFile>,
    /// Key of the plan whose next edition it is, or of a new plan; none to find one.
    pub plan: Option<String>,
    /// Title; none for the text's own.
    pub title: Option<String>,
    /// Is somebody there to be asked what the files are? What is not recognised is asked in any case.
    pub ask: bool,
    /// What each file is for, as somebody said; none to recognise it.
    pub roles: Option<Vec<Role>>,
}

/// Begins an import and goes on in the background; the key of the import, whose progress is told by [`progress()`].
pub async fn begin(app: &App, session: &Session, upload: Upload) -> Result<i64, Failure> {
    let id = register(app, session, &upload).await?;
    // The request ends here; what goes on in the background is under no terms of its own.
    let (app, session) = (app.clone(), session.on(Terms::default()));
    tokio::spawn(async move { finish(&app, &session, id, upload).await });
    Ok(id)
}

/// Imports and waits for the end: for the command line, the demo and tests.
pub async fn import(app: &App, session: &Session, upload: Upload) -> Result<ImportProgress, Failure> {
    let id = register(app, session, &upload).await?;
    finish(app, session, id, upload).await;
    progress(app, session, id).await
}

/// Ends what was running when the program stopped, and sweeps what it left behind: once, at the start.
pub async fn recover(app: &App) -> Result<usize, Failure> {
    housekeep(app, |tx| {
        let why = FailureRow { code: "plan-import-interrupted".to_owned(), fields: Default::default() };
        let interrupted = imports::interrupt(tx, &why)?;
        let swept = editions::sweep(tx)?;
        if interrupted > 0 || swept > 0 {
            tracing::warn!(interrupted, swept, "imports were interrupted by the last stop");
        }
        Ok(swept)
    })
    .await
}

async fn register(app: &App, session: &Session, upload: &Upload) -> Result<i64, Failure> {
    authorise(app, session, ACTION)?;
    let mut refusals = Vec::new();
    if upload.files.is_empty() {
        refusals.push(ImportRefusal::NoFiles);
    }
    if upload.files.len() > FILES {
        refusals.push(ImportRefusal::TooManyFiles { limit: FILES });
    }
    let empty = upload.files.iter().filter(|f| f.bytes.is_empty());
    refusals.extend(empty.map(|f| ImportRefusal::EmptyFile { file: f.name.clone() }));
    refusals.extend(repeated(&upload.files).map(|file| ImportRefusal::SameName { file }));
    if let Some(key) = upload.plan.as_deref().filter(|key| !is_key(key)) {
        refusals.push(ImportRefusal::BadKey { key: key.to_owned() });
    }
    if upload.title.as_deref().is_some_and(|t| t.trim().is_empty() || t.chars().count() > 200) {
        refusals.push(ImportRefusal::BadTitle);
    }
    if let Some(reasons) = Reasons::of(&refusals) {
        return Err(reasons.into());
    }
    let names: Vec<String> = upload.files.iter().map(|f| f.name.clone()).collect();
    let (now, by, key) = (app.now(), session.by(), upload.plan.clone());
    let scope = app.access().scope(ACTION, session);
    let acts_for = session.actor.organisation;
    housekeep_for(app, session, move |tx| {
        let owner = write::owner(tx, &scope, acts_for)?;
        if owner.is_none() && !scope.everything {
            return Err(Failure::refused(ImportRefusal::NoOrganisation));
        }
        Ok(imports::begin(tx, &names, key.as_deref(), now, (by.account, &by.name), owner)?)
    })
    .await
}

/// Names that more than one of the files has, each once.
fn repeated(files: &[UploadedFile]) -> impl Iterator<Item = String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    files.iter().for_each(|file| *times.entry(&file.name).or_default() += 1);
    times.into_iter().filter(|(_, times)| *times > 1).map(|(name, _)| name.to_owned())
}

/// Lower-case letters, digits and dashes, as addresses show them.
fn is_key(key: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&key.len()) && key.chars().all(allowed) && !key.starts_with('-')
}

/// Runs the import to its end, and records which end it was.
async fn finish(app: &App, session: &Session, id: i64, upload: Upload) {
    let ended = match run(app, session, id, upload).await {
        Ok(()) => return,
        Err(stopped) => stopped,
    };
    let failures = ended.rows();
    if let Stopped::Fault(fault) = &ended {
        tracing::error!(import.id = id, fault = %fault, source = ?std::error::Error::source(fault), "an import failed");
    }
    let (step, plan, edition) = match ended {
        Stopped::Known { plan, edition } => ("known", Some(plan), Some(edition)),
        _ => ("failed", None, None),
    };
    let end = housekeep(app, move |tx| imports::finish(tx, id, step, &failures, plan.as_deref(), edition)).await;
    if let Err(failure) = end {
        tracing::error!(import.id = id, failure = %failure, "the end of an import can't be recorded");
    }
}

async fn run(app: &App, session: &Session, id: i64, upload: Upload) -> Result<(), Stopped> {
    let digests: Vec<String> = upload.files.iter().map(|f| sha256(&f.bytes)).collect();
    if let Some(known) = write::known(app, session, digests).await? {
        return Err(known);
    }
    let mut sources = Vec::new();
    for file in &upload.files {
        let source = app.reader.read(file.bytes.clone(), &file.name).await;
        sources.push(source.map_err(|why| Stopped::unreadable(&file.name, &why))?);
    }
    housekeep(app, move |tx| imports::advance(tx, id, "compile", 0, 0)).await?;
    let names = app.db.read(packs::names).await.map_err(Failure::Fault)?;
    let Upload { files, plan, title, ask, roles } = upload;
    let compiled = tokio::task::spawn_blocking(move || (prepare::compile_all(files, sources, &names), names));
    let (files, names) = compiled.await.map_err(|_| Stopped::Panicked)?;
    let files = match roles {
        Some(roles) => sort::said(files, &roles),
        None if files.len() > 1 && (ask || sort::is_open(&files)) => {
            return Ok(sort::wait(app, id, title, files).await?);
        }
        None => files,
    };
    let prepared = tokio::task::spawn_blocking(move || prepare::prepare(files, &names, title));
    let prepared = prepared.await.map_err(|_| Stopped::Panicked)?;
    if prepared.merged.text.trim().is_empty() {
        return Err(Stopped::Refused(ImportRefusal::NoText));
    }
    write::write(app, session, id, plan, prepared).await
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
