//! Loading a demonstration (演示): a pack with its people, so that somebody can look around within minutes.

use crate::{
    accounts::{
        add::{NewAccount, add},
        session_of,
    },
    app::App,
    failure::Failure,
    packs::{self, Loaded, Pack},
    plan::{
        import::{Upload, UploadedFile, import},
        views::ImportProgress,
    },
    ports::PackFiles,
    session::Session,
};
use gangmu_kernel::refusal::{Reasons, Refusal};
use gangmu_store::{Fault, accounts as rows, journal::canonical::hex, plan::editions};
use sha2::{Digest, Sha256};

/// What a demonstration needs and its pack lacks (没有演示内容).
#[derive(Debug)]
struct NothingToShow;

impl Refusal for NothingToShow {
    fn code(&self) -> &'static str {
        "packs.demo.nothing_to_show"
    }
}

/// A demonstration that is ready (演示数据).
#[derive(Debug)]
pub struct Demonstration {
    /// Its pack.
    pub pack: Pack,
    /// Was the pack new here?
    pub loaded: Loaded,
    /// Its people: login and words of roles.
    pub people: Vec<(String, Vec<String>)>,
    /// Their common password.
    pub password: String,
    /// The session of the first planner among them, in whose name the plan is imported.
    pub planner: Session,
}

/// A demonstration that was loaded with its plan.
#[derive(Debug)]
pub struct Shown {
    /// The pack and its people.
    pub demonstration: Demonstration,
    /// How the import of the plan ended; none where the same file was imported before.
    pub import: Option<ImportProgress>,
}

/// Reads the pack to be shown: that of this id, or the first that has a demonstration.
pub fn choose(files: &dyn PackFiles, id: Option<&str>) -> Result<Pack, Failure> {
    let ids = id.map_or_else(|| packs::available(files), |id| vec![id.to_owned()]);
    let mut faults = Vec::new();
    for id in ids {
        match packs::read(files, &id) {
            Ok(pack) if pack.manifest.demo.is_some() && pack.accounts.is_some() => return Ok(pack),
            Ok(_) => {}
            Err(found) => faults.extend(found),
        }
    }
    Err(Reasons::of(&faults).map_or_else(|| Failure::refused(NothingToShow), Failure::from))
}

/// Loads the pack, its people and its plan, or another text in the place of the plan; doing it again changes nothing.
pub async fn load(app: &App, console: &Session, pack: Pack, other: Option<UploadedFile>) -> Result<Shown, Failure> {
    let demonstration = prepare(app, console, pack).await?;
    let pack = &demonstration.pack;
    let upload = match other {
        Some(file) => Upload { files: vec![file], ..Upload::default() },
        None => {
            let plan = pack.manifest.plan.as_ref().ok_or_else(|| Failure::refused(NothingToShow))?;
            let bytes = pack.file(&plan.file).ok_or_else(|| Failure::refused(NothingToShow))?.to_vec();
            let name = plan.file.rsplit('/').next().unwrap_or(&plan.file).to_owned();
            let files = vec![UploadedFile { name, bytes }];
            Upload { files, plan: Some(plan.key.clone()), title: Some(plan.title.clone()), ..Upload::default() }
        }
    };
    let digest = hex(&Sha256::digest(&upload.files[0].bytes).into());
    if !app.db.read::<_, Fault>(move |tx| editions::with_document(tx, &digest)).await?.is_empty() {
        return Ok(Shown { demonstration, import: None });
    }
    let import = import(app, &demonstration.planner, upload).await?;
    Ok(Shown { demonstration, import: Some(import) })
}

/// Loads the pack and adds its people where they are not there yet; doing it again changes nothing.
pub async fn prepare(app: &App, console: &Session, pack: Pack) -> Result<Demonstration, Failure> {
    let Some(accounts) = pack.accounts.clone() else { return Err(Failure::refused(NothingToShow)) };
    let loaded = packs::load(app, console, pack.clone()).await?;
    let mut people = Vec::new();
    for person in accounts.accounts {
        people.push((person.login.clone(), person.roles.clone()));
        let login = person.login.clone();
        if app.db.read::<_, Fault>(move |tx| rows::by_login(tx, &login)).await?.is_some() {
            continue;
        }
        let new = NewAccount {
            login: person.login,
            name: person.name,
            post: person.post,
            organisation: person.organisation,
            roles: person.roles,
            password: Some(accounts.password.clone()),
            keep_password: true,
        };
        add(app, console, new).await?;
    }
    let planner = people.iter().find(|(_, roles)| roles.iter().any(|role| role == "planner"));
    let Some((login, _)) = planner.cloned() else { return Err(Failure::refused(NothingToShow)) };
    let day = app.today();
    let planner = app.db.read::<_, Fault>(move |tx| match rows::by_login(tx, &login)? {
        Some(row) => Ok(Some(session_of(tx, &row, day)?)),
        None => Ok(None),
    });
    let planner = planner.await?.ok_or(Failure::Absent("account"))?;
    Ok(Demonstration { pack, loaded, people, password: accounts.password, planner })
}
