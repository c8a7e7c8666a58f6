//! `gangmu demo`: loads the demonstration district into an empty data folder and serves it (示范区).
//!
//! Loading again changes nothing. The clock shows the demonstration's day; it never goes back behind what was done.

use super::{serve, wait};
use crate::{
    clock::ShiftedClock,
    config::Config,
    console::{Console, Outcome, Stop, chain},
    files, logs,
    packs::Embedded,
    random::SystemRandom,
    wiring,
};
use gangmu_app::{
    App, Session,
    accounts::{
        add::{NewAccount, add},
        list::list,
    },
    packs::{self, DemoAccounts, Loaded, Pack},
    plan::import::{Upload, UploadedFile, import},
};
use gangmu_store::{Db, journal};
use gangmu_web::web::Settings;
use jiff::Timestamp;
use std::{collections::BTreeSet, path::Path, sync::Arc};

/// How many accounts a demonstration has at most.
const ACCOUNTS: u32 = 500;

pub fn run(config: &Config, load_only: bool, plan: Option<&Path>, console: &Console) -> Outcome {
    logs::start(config);
    let pack = pack(console)?;
    let own = plan.map(|path| Ok(UploadedFile { name: files::name(path), bytes: files::read(path, console)? }));
    let own = own.transpose()?;
    let db = wiring::database(config, console)?;
    wait(
        async {
            let done = demonstrate(&db, config, pack, own, load_only, console).await;
            db.close().await;
            done
        },
        console,
    )?
}

async fn demonstrate(
    db: &Db,
    config: &Config,
    pack: Pack,
    own: Option<UploadedFile>,
    load_only: bool,
    console: &Console,
) -> Outcome {
    gangmu_store::migrate(db).await.map_err(|fault| console.stop("command-database", &[("problem", chain(&fault))]))?;
    let start = start(db, &pack, console).await?;
    let app = wiring::app(db.clone(), Arc::new(ShiftedClock::starting_at(start)), console).await?;
    let accounts = pack.accounts.clone();
    load(&app, config, pack, own, console).await?;
    let mut lines = vec![console.say("demo-date", &[("date", day(start))])];
    if let Some(accounts) = &accounts {
        lines.push(console.say("demo-accounts", &[("password", accounts.password.clone())]));
        lines.extend(accounts.accounts.iter().map(|account| {
            let post = account.post.as_deref().unwrap_or_default();
            format!("  {:<18} {}  {post}", account.login, account.name)
        }));
    }
    console.print(&(lines.join("\n") + "\n"))?;
    if load_only {
        return Ok(());
    }
    serve::serve(app, settings(config, accounts.as_ref()), config, console).await
}

fn settings(config: &Config, accounts: Option<&DemoAccounts>) -> Settings {
    let named = accounts.iter().flat_map(|accounts| &accounts.accounts);
    Settings {
        https: config.https,
        demonstration: true,
        demo_accounts: named.map(|account| (account.login.clone(), account.roles.clone())).collect(),
        random: Arc::new(SystemRandom),
    }
}

/// The first pack that says what a demonstration of it shows.
fn pack(console: &Console) -> Result<Pack, Stop> {
    for id in packs::available(&Embedded) {
        let pack = packs::read(&Embedded, &id).map_err(|faults| console.bad_pack(&faults))?;
        if pack.manifest.demo.is_some() {
            return Ok(pack);
        }
    }
    Err(console.stop("demo-no-pack", &[]))
}

/// The demonstration's day, or the instant of the last entry of the journal where that is later.
async fn start(db: &Db, pack: &Pack, console: &Console) -> Result<Timestamp, Stop> {
    let shown = pack.manifest.demo.as_ref().map(|demo| demo.starts_at);
    let last = db
        .read(|tx| {
            let head = journal::head(tx)?;
            Ok::<_, gangmu_store::Fault>(journal::after(tx, head.seq - 1, 1)?.into_iter().next())
        })
        .await
        .map_err(|fault| console.stop("command-database", &[("problem", chain(&fault))]))?;
    let last = last.map(|recorded| recorded.entry.at);
    Ok(shown.into_iter().chain(last).max().unwrap_or(Timestamp::UNIX_EPOCH))
}

fn day(start: Timestamp) -> String {
    let shown = start.in_tz("Asia/Shanghai").map(|there| there.strftime("%Y-%m-%d %H:%M %:z").to_string());
    shown.unwrap_or_else(|_| start.to_string())
}

/// Loads the pack, its people and its plan, each only where it is missing.
async fn load(app: &App, config: &Config, pack: Pack, own: Option<UploadedFile>, console: &Console) -> Outcome {
    let session = Session::console(&console.say("demo-actor", &[]));
    let failed = |failure| console.failed(&failure);
    let known = list(app, &session, None, ACCOUNTS).await.map_err(failed)?;
    let district = packs::district(app, &session).await.map_err(failed)?;
    if district.is_none() && !known.is_empty() {
        return Err(console.stop("demo-other", &[("folder", config.data.display().to_string())]));
    }
    let (label, accounts, upload) = (pack.manifest.label.clone(), pack.accounts.clone(), upload(&pack, own));
    let loaded = packs::load(app, &session, pack).await.map_err(failed)?;
    let said = match loaded {
        Loaded::Same => console.say("demo-already", &[]),
        Loaded::New | Loaded::Changed => console.say("demo-loaded", &[("label", label)]),
    };
    console.print(&(said + "\n"))?;
    let known: BTreeSet<String> = known.into_iter().map(|account| account.login).collect();
    if let Some(accounts) = accounts {
        add_people(app, &session, accounts, &known).await.map_err(failed)?;
    }
    match upload {
        Some(upload) => bring(app, &session, upload, console).await,
        None => Ok(()),
    }
}

async fn add_people(
    app: &App,
    session: &Session,
    accounts: DemoAccounts,
    known: &BTreeSet<String>,
) -> Result<(), gangmu_app::Failure> {
    for account in accounts.accounts.into_iter().filter(|account| !known.contains(&account.login)) {
        let new = NewAccount {
            login: account.login,
            name: account.name,
            post: account.post,
            organisation: account.organisation,
            roles: account.roles,
            password: Some(accounts.password.clone()),
            keep_password: true,
        };
        add(app, session, new).await?;
    }
    Ok(())
}

/// The plan to import: the person's own file, or the pack's text under its key and title.
fn upload(pack: &Pack, own: Option<UploadedFile>) -> Option<Upload> {
    if let Some(file) = own {
        return Some(Upload { files: vec![file], plan: None, title: None });
    }
    let plan = pack.manifest.plan.as_ref()?;
    let name = plan.file.rsplit('/').next().unwrap_or(&plan.file).to_owned();
    let bytes = pack.file(&plan.file)?.to_vec();
    Some(Upload {
        files: vec![UploadedFile { name, bytes }],
        plan: Some(plan.key.clone()),
        title: Some(plan.title.clone()),
    })
}

async fn bring(app: &App, session: &Session, upload: Upload, console: &Console) -> Outcome {
    let title = upload.title.clone().unwrap_or_else(|| upload.files[0].name.clone());
    let ended = import(app, session, upload).await.map_err(|failure| console.failed(&failure))?;
    if !ended.failures.is_empty() {
        return Err(Stop(ended.failures.iter().map(|why| console.reason(&why.code, &why.fields)).collect()));
    }
    let fields = [("title", title), ("address", ended.address.unwrap_or_default())];
    console.print(&(console.say("demo-plan", &fields) + "\n"))
}
