//! `gangmu demo`: loads the demonstration district into an empty data folder and serves it (示范区).
//!
//! Loading again changes nothing. The clock shows the demonstration's day; it never goes back behind what was done.

use super::{serve, wait};
use crate::{
    clock::ShiftedClock,
    config::Config,
    console::{Console, Outcome, Stop, moment},
    files, logs,
    packs::Embedded,
    random::SystemRandom,
    wiring,
};
use gangmu_app::{
    App, Session,
    accounts::list::list,
    demo::{self, Shown},
    packs::{self, Loaded, Pack},
    plan::import::UploadedFile,
};
use gangmu_store::{Db, Fault, journal};
use gangmu_web::web::Settings;
use jiff::Timestamp;
use std::{path::Path, sync::Arc};

pub fn run(config: &Config, load_only: bool, plan: Option<&Path>, console: &Console) -> Outcome {
    logs::start(config);
    let pack = demo::choose(&Embedded, None).map_err(|failure| console.failed(&failure))?;
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
    wiring::migrated(db, console).await?;
    let start = start(db, &pack, console).await?;
    let app = wiring::app(config, db.clone(), Arc::new(ShiftedClock::starting_at(start)), console).await?;
    let session = Session::console(&console.say("demo-actor", &[]));
    refuse_other(&app, &session, config, console).await?;
    let shown = demo::load(&app, &session, pack, own).await.map_err(|failure| console.failed(&failure))?;
    tell(&shown, start, console)?;
    if load_only {
        return Ok(());
    }
    let settings = Settings {
        https: config.https,
        demonstration: true,
        demo_accounts: shown.demonstration.people,
        random: Arc::new(SystemRandom),
        quotas: config.quotas,
    };
    serve::serve(app, settings, config, console).await
}

/// A folder with people and without a district was begun for something else.
async fn refuse_other(app: &App, session: &Session, config: &Config, console: &Console) -> Outcome {
    let failed = |failure| console.failed(&failure);
    let people = list(app, session, None, 1).await.map_err(failed)?;
    let district = packs::district(app, session).await.map_err(failed)?;
    if district.is_none() && !people.is_empty() {
        return Err(console.stop("demo-other", &[("folder", config.data.display().to_string())]));
    }
    Ok(())
}

/// The demonstration's day, or the instant of the last entry of the journal where that is later.
async fn start(db: &Db, pack: &Pack, console: &Console) -> Result<Timestamp, Stop> {
    let shown = pack.manifest.demo.as_ref().map(|demo| demo.starts_at);
    let last = db.read(|tx| {
        let head = journal::head(tx)?;
        Ok::<_, Fault>(journal::after(tx, head.seq - 1, 1)?.into_iter().next())
    });
    let last = last.await.map_err(|fault| console.database(&fault))?;
    let last = last.map(|recorded| recorded.entry.at);
    Ok(shown.into_iter().chain(last).max().unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Says what was loaded, which day it is there, and who may log in.
fn tell(shown: &Shown, start: Timestamp, console: &Console) -> Outcome {
    let pack = &shown.demonstration.pack;
    let mut lines = vec![match (shown.demonstration.loaded, &shown.import) {
        (Loaded::Same, None) => console.say("demo-already", &[]),
        _ => console.say("demo-loaded", &[("label", pack.manifest.label.clone())]),
    }];
    if let Some(import) = &shown.import {
        if !import.failures.is_empty() {
            let said = |why: &gangmu_app::plan::views::ReasonView| console.reason(&why.code, &why.fields);
            return Err(Stop(import.failures.iter().map(said).collect()));
        }
        let address = import.address.clone().unwrap_or_default();
        let fields = [("title", import.files.join(" ")), ("address", address)];
        lines.push(console.say("demo-plan", &fields));
    }
    lines.push(console.say("demo-date", &[("date", moment(start))]));
    lines.push(console.say("demo-accounts", &[("password", shown.demonstration.password.clone())]));
    for account in pack.accounts.iter().flat_map(|accounts| &accounts.accounts) {
        let post = account.post.as_deref().unwrap_or_default();
        lines.push(format!("  {:<18} {}  {post}", account.login, account.name));
    }
    console.print(&(lines.join("\n") + "\n"))
}
