//! `gangmu backup FILE`: saves database, attachments and configuration in one file, while others go on working (备份);
//! `gangmu backup rehearse [FILE]`: proves that such a file can be restored (恢复演练).

use super::wait;
use crate::{
    clock::SystemClock,
    config::Config,
    console::{Console, Outcome},
    vault::{self, Saved},
    wiring,
};
use gangmu_app::{
    backup::{list::size, make::record_console},
    ports::Clock,
};
use gangmu_store::migrate::MIGRATIONS;
use std::{path::Path, sync::Arc};

pub fn run(config: &Config, to: Option<&Path>, console: &Console) -> Outcome {
    let Some(to) = to else { return Ok(()) };
    let others = vec![(vault::CONFIGURATION.to_owned(), config.without_secrets().into_bytes())];
    let saved = vault::save(&config.database(), &config.data, others, to, SystemClock.now());
    let saved = saved.map_err(|fault| console.refused(&fault.reason()))?;
    let manifest = &saved.manifest;
    let fields = [
        ("file", to.display().to_string()),
        ("size", size(saved.bytes)),
        ("tables", manifest.tables.len().to_string()),
        ("rows", manifest.rows().to_string()),
        ("blobs", manifest.blobs.count.to_string()),
        ("journal", manifest.journal.seq.to_string()),
        ("schema", manifest.schema.to_string()),
    ];
    let mut lines = vec![console.say("backup-made", &fields)];
    lines.push(console.say("backup-left-out", &[("tables", manifest.left_out.join(" "))]));
    for blob in &manifest.blobs.damaged {
        lines.push(console.say("backup-damaged-blob", &[("blob", blob.clone())]));
    }
    lines.push(console.say("backup-keep-safe", &[("seal", saved.seal.clone())]));
    console.print(&(lines.join("\n") + "\n"))?;
    journal(config, to, &saved, console)
}

/// Whoever takes a copy of everything leaves an entry in the journal. A database that waits for its upgrade has no
/// room for one of today's form and gets none.
fn journal(config: &Config, to: &Path, saved: &Saved, console: &Console) -> Outcome {
    if saved.manifest.schema != MIGRATIONS.len() as i64 {
        return Ok(());
    }
    let db = wiring::database(config, console)?;
    wait(
        async {
            let app = wiring::app(config, db.clone(), Arc::new(SystemClock), console).await?;
            let file = to.display().to_string();
            let recorded = record_console(&app, &wiring::console_session(), &file, saved).await;
            db.close().await;
            recorded.map_err(|failure| console.failed(&failure))
        },
        console,
    )?
}

pub fn rehearse(config: &Config, file: Option<&Path>, json: bool, console: &Console) -> Outcome {
    let shelf = wiring::shelf(config);
    let Some(file) = file.map(Path::to_owned).or_else(|| shelf.newest()) else {
        return Err(console.stop("backup-none-in", &[("folder", shelf.folder.display().to_string())]));
    };
    let data = if config.data.exists() { config.data.clone() } else { std::env::temp_dir() };
    let found = vault::rehearse(&file, &data).map_err(|fault| console.refused(&fault.reason()))?;
    let restored = &found.restored;
    if json {
        let report = serde_json::json!({
            "format": "gangmu.rehearsal/1", "file": file.display().to_string(), "rows": restored.rows,
            "blobs": restored.blobs, "journal": found.journal, "from_schema": restored.from, "to_schema": restored.to,
            "took_ms": found.took_ms,
        });
        return console.print(&format!("{report}\n"));
    }
    let fields = [
        ("file", file.display().to_string()),
        ("rows", restored.rows.to_string()),
        ("blobs", restored.blobs.to_string()),
        ("journal", restored.journal.to_string()),
        ("seconds", found.took_ms.div_ceil(1000).max(1).to_string()),
    ];
    console.print(&(console.say("rehearsal-good", &fields) + "\n"))
}
