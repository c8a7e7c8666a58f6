//! The catalogue of indicators (指标目录): filters, search, keyset pages; the state lives in the address.

use super::{
    READ, district,
    present::{address, latest, target},
    views::{CatalogueFilter, CatalogueView, Choice, IndicatorLine},
};
use crate::{
    app::App,
    failure::Failure,
    operate::look,
    plan::{permission::by_role, segment},
    session::Session,
};
use gangmu_store::{
    Tx,
    indicators::{
        definitions::{self as rows, Filter, IndicatorRow, Page},
        targets,
    },
};
use jiff::civil::Date;

/// Rows of a page.
const PAGE: u32 = 50;

/// A page of the catalogue.
pub async fn list(
    app: &App,
    session: &Session,
    filter: CatalogueFilter,
    limit: Option<u32>,
) -> Result<CatalogueView, Failure> {
    let (today, define) = (app.today(), by_role(app, session, super::DEFINE));
    let size = limit.unwrap_or(PAGE);
    look(app, session, READ, move |tx| {
        let wanted = filter_of(&filter);
        let page = match (filter.after, filter.before) {
            (Some(after), _) => Page::After(after),
            (None, Some(before)) => Page::Before(before),
            (None, None) => Page::First,
        };
        let mut found = rows::page(tx, &wanted, page, size + 1)?;
        let more = found.len() > size as usize;
        match page {
            Page::Before(_) if more => drop(found.remove(0)),
            _ => found.truncate(size as usize),
        }
        let (before, behind) = match page {
            Page::First => (false, more),
            Page::After(_) => (true, more),
            Page::Before(_) => (more, true),
        };
        let offered = rows::offered(tx)?;
        let first = found.first().filter(|_| before).map(|row| row.id.0);
        let last = found.last().filter(|_| behind).map(|row| row.id.0);
        let at = |name: &str, key: i64| with(&filter, Some((name, Some(key.to_string()))), false);
        Ok(CatalogueView {
            matching: rows::count(tx, &wanted)?,
            all: offered.all,
            categories: choices("category", offered.categories, &filter.category, &filter),
            legals: choices("legal", offered.legals, &filter.legal, &filter),
            units: choices("unit", offered.units, &filter.unit, &filter),
            open_address: {
                let open = (filter.open != Some(true)).then(|| "true".to_owned());
                with(&filter, Some(("open", open)), false)
            },
            clear_address: (wanted != Filter::default()).then(|| "/indicators".to_owned()),
            previous: first.map(|key| at("before", key)),
            next: last.map(|key| at("after", key)),
            after: last,
            export_address: with(&filter, None, true),
            rows: lines(tx, &found, today)?,
            define,
            filter,
        })
    })
    .await
}

/// The filter as rows are asked for.
pub(super) fn filter_of(filter: &CatalogueFilter) -> Filter {
    let word = |value: &Option<String>| value.clone().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    Filter {
        category: word(&filter.category),
        legal: word(&filter.legal),
        unit: word(&filter.unit),
        name: word(&filter.q),
        open: filter.open == Some(true),
    }
}

/// Rows with the targets that hold for the district.
pub(super) fn lines(tx: &mut Tx<'_>, found: &[IndicatorRow], today: Date) -> Result<Vec<IndicatorLine>, Failure> {
    let area = district(tx)?.map_or(0, |place| place.code);
    let keys: Vec<_> = found.iter().map(|row| row.id).collect();
    let promised = targets::of_many(tx, &keys, area)?;
    let line = |row: &IndicatorRow| {
        let own: Vec<_> = promised.iter().filter(|one| one.indicator == row.id).cloned().collect();
        IndicatorLine {
            id: row.id.0,
            address: address(row.id),
            target: latest(&own, area, today).map(|one| target(one, &row.definition, true)),
            definition: row.definition.clone(),
        }
    };
    Ok(found.iter().map(line).collect())
}

fn choices(
    name: &'static str,
    counted: Vec<(String, u32)>,
    chosen: &Option<String>,
    filter: &CatalogueFilter,
) -> Vec<Choice> {
    let choice = |(value, count): (String, u32)| {
        let chosen = chosen.as_deref() == Some(value.as_str());
        let address = with(filter, Some((name, (!chosen).then(|| value.clone()))), false);
        Choice { value, count, chosen, address }
    };
    counted.into_iter().filter(|(value, _)| !value.is_empty()).map(choice).collect()
}

/// The address of the same catalogue with something changed; pages start anew.
fn with(filter: &CatalogueFilter, change: Option<(&str, Option<String>)>, file: bool) -> String {
    let open = filter.open.filter(|open| *open).map(|_| "true".to_owned());
    let all = [
        ("category", &filter.category),
        ("legal", &filter.legal),
        ("unit", &filter.unit),
        ("q", &filter.q),
        ("open", &open),
    ];
    let mut kept: Vec<(&str, String)> = Vec::new();
    for (name, value) in all {
        let value = match &change {
            Some((changed, to)) if *changed == name => to.clone(),
            _ => value.clone(),
        };
        kept.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value)));
    }
    if let Some((name @ ("after" | "before"), Some(key))) = change {
        kept.push((name, key));
    }
    let mut out = if file { "/indicators.xlsx".to_owned() } else { "/indicators".to_owned() };
    for (at, (name, value)) in kept.iter().enumerate() {
        out.push_str(&format!("{}{name}={}", if at == 0 { '?' } else { '&' }, segment(value)));
    }
    out
}
