//! Packs (数据包): the data that makes this program the program of one district.
//!
//! A pack is read and checked as a whole ([`read()`]): all that is wrong with it is told at once, with file and line. Then
//! it is loaded ([`load()`]): its files go into the database, its areas and organisations become rows. No pack is named
//! in the program.

mod accounts;
mod fault;
pub mod load;
mod manifest;
mod read;
mod tables;

pub use accounts::{DemoAccount, DemoAccounts};
pub use fault::PackFault;
pub use load::{Loaded, load};
pub use manifest::{Demo, Manifest, Notice, PlanEntry};
pub use read::{Pack, available, read};
pub use tables::Functions;
pub(crate) use tables::KINDS;

use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::calendar::WorkCalendar;
use gangmu_plan::compile::names::{KnownArea, KnownOrganisation, Names};
use gangmu_store::{Fault, Tx, areas, organisations, packs as rows};
use std::collections::BTreeMap;

/// The zone of the days that pages and mails speak of (时区); official China has one.
pub const ZONE: &str = "Asia/Shanghai";

/// The manifest of the district's pack (辖区); `None` before one was loaded. Its label stands on every page.
pub async fn district(app: &App, session: &Session) -> Result<Option<Manifest>, Failure> {
    look(app, session, "public.read", |tx| Ok(manifest(tx)?)).await
}

/// The manifest of the district's pack, inside a transaction.
pub fn manifest(tx: &mut Tx<'_>) -> Result<Option<Manifest>, Fault> {
    for pack in rows::all(tx)? {
        let path = format!("{}/{}", pack.id, read::MANIFEST);
        let text = rows::file(tx, &pack.id, &path)?.and_then(|bytes| String::from_utf8(bytes).ok());
        // A pack is checked before it is loaded, so what does not parse is of a later program.
        if let Some(manifest) = text.and_then(|text| manifest::parse(&path, &text).ok()) {
            return Ok(Some(manifest));
        }
    }
    Ok(None)
}

/// The names of organisations and areas for the compiler (名录), inside a transaction. Former names are aliases.
pub fn names(tx: &mut Tx<'_>) -> Result<Names, Fault> {
    let mut organisations: BTreeMap<String, KnownOrganisation> = BTreeMap::new();
    for (_, row) in organisations::all(tx)? {
        let known = organisations.entry(row.code.clone()).or_insert_with(|| KnownOrganisation {
            id: row.code.clone(),
            name: row.label.clone(),
            aliases: Vec::new(),
        });
        let spellings = std::iter::once(row.label).chain(row.short).chain(row.aliases);
        for spelling in spellings {
            if spelling != known.name && !known.aliases.contains(&spelling) {
                known.aliases.push(spelling);
            }
        }
    }
    let mut areas: BTreeMap<String, KnownArea> = BTreeMap::new();
    for row in areas::all(tx)? {
        let known = areas.entry(row.code.clone()).or_insert_with(|| KnownArea {
            code: row.code.clone(),
            name: row.label.clone(),
            aliases: Vec::new(),
        });
        if row.label != known.name && !known.aliases.contains(&row.label) {
            known.aliases.push(row.label);
        }
    }
    Ok(Names { organisations: organisations.into_values().collect(), areas: areas.into_values().collect() })
}

/// What the organisations are there for (职责), inside a transaction; nothing where the pack does not say it.
pub fn functions(tx: &mut Tx<'_>) -> Result<Vec<Functions>, Fault> {
    let codes = organisations::keys(tx)?.into_keys().collect();
    let mut found = Vec::new();
    for pack in rows::all(tx)? {
        let path = format!("{}/{}", pack.id, read::FUNCTIONS);
        if let Some(text) = rows::file(tx, &pack.id, &path)?.and_then(|bytes| String::from_utf8(bytes).ok()) {
            // A pack is checked before it is loaded; a roster may have changed the organisations since.
            found.extend(tables::functions(&path, &text, &codes, &mut Vec::new()));
        }
    }
    Ok(found)
}

/// Codes and full names of the organisations as far as this person may do that action, parents first.
pub async fn organisations_within(
    app: &App,
    session: &Session,
    action: &str,
) -> Result<Vec<(String, String)>, Failure> {
    look(app, session, action, |tx| {
        let mut found: Vec<(String, String)> = Vec::new();
        for (_, row) in organisations::within(tx)? {
            match found.iter_mut().find(|known| known.0 == row.code) {
                Some(known) if row.until.is_none() => known.1 = row.label,
                Some(_) => {}
                None => found.push((row.code, row.label)),
            }
        }
        Ok(found)
    })
    .await
}

/// Codes and names of the areas that organisations belong to, as far as this person may do that action in whole areas.
pub async fn areas_within(app: &App, session: &Session, action: &str) -> Result<Vec<(String, String)>, Failure> {
    look(app, session, action, |tx| Ok(areas::of_units(tx)?.into_iter().map(|area| (area.code, area.label)).collect()))
        .await
}

/// The working calendar (工作日历) of the loaded pack, inside a transaction; no year is announced before one was loaded.
pub fn calendar(tx: &mut Tx<'_>) -> Result<WorkCalendar, Fault> {
    let mut calendar = WorkCalendar::new();
    for pack in rows::all(tx)? {
        for (path, bytes) in rows::files(tx, &pack.id)? {
            let year = read::calendar_year(&path);
            if let (Some(year), Ok(text)) = (year, std::str::from_utf8(&bytes))
                && let Err(faults) = calendar.read_year(year, text)
            {
                tracing::warn!(file = %path, faults = faults.len(), "a stored calendar can't be read");
            }
        }
    }
    Ok(calendar)
}
