//! Definitions of indicators (指标定义) as rows: the newest version of each for lists, and every version there was.

use super::{json, read_json};
use crate::{
    db::Tx,
    dialect::List,
    fault::Fault,
    params,
    scope::{Scope, below},
    statement::Engine,
    value::{Row, Value},
};
use gangmu_indicators::{
    definition::{Definition, folded},
    measure::LegalKind,
};
use gangmu_kernel::ids::{AccountId, IndicatorId, OrganisationId};
use jiff::Timestamp;
use serde::Serialize;

/// An indicator with its newest definition (指标).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorRow {
    /// Its key.
    pub id: IndicatorId,
    /// For which organisation it was defined.
    pub organisation: Option<OrganisationId>,
    /// The organisation that answers for it, where it is known.
    pub lead: Option<OrganisationId>,
    /// The number of its newest version.
    pub version: u32,
    /// The definition.
    pub definition: Definition,
}

/// A version of a definition (定义版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: u32,
    /// The definition.
    pub definition: Definition,
    /// Why it was changed.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// Under which entry of the journal it stands.
    pub journal: i64,
}

/// Does the indicator lie within the scope in these parameters? It is of those for whom it was defined and of those who
/// answer for it; the bounds are named twice.
macro_rules! indicator_within {
    ($engine:ident $all:literal $roots:literal $own:literal) => {
        concat!(
            "(", $all, " = TRUE OR i.organisation IN ", below!($engine $roots), " OR i.lead IN ", below!($engine $roots),
            " OR i.account = ", $own, ")"
        )
    };
}

macro_rules! columns {
    ($rest:expr) => {
        concat!("SELECT i.id, i.organisation, i.lead, i.version, i.body FROM indicators i ", $rest)
    };
}

crate::statements! {
    FIND = {
      sqlite: columns!(concat!("WHERE i.id = $1 AND ", indicator_within!(sqlite "$2" "$3" "$4"))),
      postgres: columns!(concat!("WHERE i.id = $1 AND ", indicator_within!(postgres "$2" "$3" "$4"))) };
    NAMED = (columns!("WHERE COALESCE(i.organisation, 0) = $1 AND i.folded = $2"));
    ADD = "INSERT INTO indicators (folded, organisation, account, lead, version, name, category, unit, legal, body)
      VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9) RETURNING id";
    CHANGE = "UPDATE indicators SET folded = $2, lead = $3, version = $4, name = $5, category = $6, unit = $7, legal = $8,
      body = $9 WHERE id = $1";
    ADD_VERSION = "INSERT INTO indicator_versions (indicator, number, body, reason, at, account, account_name, journal)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    VERSIONS = "SELECT number, body, reason, at, account, account_name, journal FROM indicator_versions
      WHERE indicator = $1 ORDER BY number DESC";
}

fn indicator(row: &Row<'_>) -> Result<IndicatorRow, Fault> {
    Ok(IndicatorRow {
        id: row.get(0)?,
        organisation: row.get(1)?,
        lead: row.get(2)?,
        version: row.get(3)?,
        definition: read_json(row, 4, "a definition")?,
    })
}

/// The indicator of that key, within the scope.
pub fn find(tx: &mut Tx<'_>, id: IndicatorId) -> Result<Option<IndicatorRow>, Fault> {
    let params = tx.scoped(params![id]);
    tx.maybe(FIND, &params, indicator)
}

/// The indicator that was defined for that organisation under that name.
pub fn named(tx: &mut Tx<'_>, organisation: Option<OrganisationId>, name: &str) -> Result<Option<IndicatorRow>, Fault> {
    tx.maybe(NAMED, params![organisation.map_or(0, |id| id.0), folded(name)], indicator)
}

fn word(legal: Option<LegalKind>) -> &'static str {
    legal.map_or("-", LegalKind::word)
}

/// Adds an indicator with its first definition.
pub fn add(
    tx: &mut Tx<'_>,
    organisation: Option<OrganisationId>,
    lead: Option<OrganisationId>,
    account: AccountId,
    definition: &Definition,
) -> Result<IndicatorRow, Fault> {
    let d = definition;
    let params = params![
        folded(&d.name),
        organisation,
        account,
        lead,
        &d.name,
        &d.category,
        d.unit.as_deref().unwrap_or_default(),
        word(d.legal),
        json(d),
    ];
    let id = tx.one(ADD, params, |row| row.get(0))?;
    Ok(IndicatorRow { id, organisation, lead, version: 1, definition: d.clone() })
}

/// Puts another definition in force; the version is its number.
pub fn change(tx: &mut Tx<'_>, row: &IndicatorRow) -> Result<(), Fault> {
    let d = &row.definition;
    let params = params![
        row.id,
        folded(&d.name),
        row.lead,
        row.version,
        &d.name,
        &d.category,
        d.unit.as_deref().unwrap_or_default(),
        word(d.legal),
        json(d),
    ];
    tx.execute(CHANGE, params)?;
    Ok(())
}

/// Keeps a version.
pub fn add_version(tx: &mut Tx<'_>, id: IndicatorId, version: &VersionRow) -> Result<(), Fault> {
    let v = version;
    let body = json(&v.definition);
    let params = params![id, v.number, body, &v.reason, v.at, v.account, &v.account_name, v.journal];
    tx.execute(ADD_VERSION, params)?;
    Ok(())
}

/// Every version, newest first.
pub fn versions(tx: &mut Tx<'_>, id: IndicatorId) -> Result<Vec<VersionRow>, Fault> {
    tx.query(VERSIONS, params![id], |row| {
        Ok(VersionRow {
            number: row.get(0)?,
            definition: read_json(row, 1, "a definition")?,
            reason: row.get(2)?,
            at: row.get(3)?,
            account: row.get(4)?,
            account_name: row.get(5)?,
            journal: row.get(6)?,
        })
    })
}

/// What the catalogue is asked for (筛选).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A category.
    pub category: Option<String>,
    /// Word of a legal kind; `-` for none.
    pub legal: Option<String>,
    /// A unit of measure.
    pub unit: Option<String>,
    /// A piece of the name.
    pub name: Option<String>,
    /// With a target that has no value yet.
    pub open: bool,
}

/// Which page: after or before an indicator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// From the beginning.
    #[default]
    First,
    /// Behind that one.
    After(i64),
    /// Before that one.
    Before(i64),
}

const COUNT: &str = "SELECT count(*) FROM indicators i ";
const CATEGORIES: &str = "SELECT i.category, count(*) FROM indicators i ";
const LEGALS: &str = "SELECT i.legal, count(*) FROM indicators i ";
const UNITS: &str = "SELECT i.unit, count(*) FROM indicators i ";

fn scoped(head: &str, engine: Engine, scope: &Scope) -> List {
    let list = List::new(head);
    // The parameters in the order in which the condition names them.
    let [all, bounds, own] = scope.params();
    let values: [Value; 6] = [all, bounds.clone(), bounds.clone(), bounds.clone(), bounds, own];
    match (scope.everything, engine) {
        (true, _) => list,
        (false, Engine::Sqlite) => list.and(indicator_within!(sqlite "$#" "$#" "$#"), values),
        (false, Engine::Postgres) => list.and(indicator_within!(postgres "$#" "$#" "$#"), values),
    }
}

fn filtered(head: &str, engine: Engine, scope: &Scope, filter: &Filter) -> List {
    let list = scoped(head, engine, scope)
        .and_if("i.category = $#", filter.category.as_deref())
        .and_if("i.legal = $#", filter.legal.as_deref())
        .and_if("i.unit = $#", filter.unit.as_deref());
    let list = match filter.name.as_deref() {
        None => list,
        Some(name) => {
            let sign = |text: &str| text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            list.and("i.name LIKE $# ESCAPE '\\'", [format!("%{}%", sign(name)).into()])
        }
    };
    match filter.open {
        false => list,
        true => list.and(
            "EXISTS (SELECT 1 FROM indicator_targets t WHERE t.indicator = i.id AND t.state = 'effective'
              AND t.open = TRUE AND NOT EXISTS (SELECT 1 FROM indicator_targets n WHERE n.indicator = t.indicator
                AND n.area = t.area AND n.period = t.period AND n.state = 'effective'
                AND (n.effective_from > t.effective_from
                  OR n.effective_from = t.effective_from AND n.number > t.number)))",
            [],
        ),
    }
}

fn page_list(engine: Engine, scope: &Scope, filter: &Filter, page: Page, limit: u32) -> List {
    let list = filtered(columns!(""), engine, scope, filter);
    match page {
        Page::First => list.end("ORDER BY i.id LIMIT $#", [limit.into()]),
        Page::After(id) => list.and("i.id > $#", [id.into()]).end("ORDER BY i.id LIMIT $#", [limit.into()]),
        Page::Before(id) => list.and("i.id < $#", [id.into()]).end("ORDER BY i.id DESC LIMIT $#", [limit.into()]),
    }
}

/// A page of the catalogue within the scope, in the order in which the indicators were defined.
pub fn page(tx: &mut Tx<'_>, filter: &Filter, page: Page, limit: u32) -> Result<Vec<IndicatorRow>, Fault> {
    let list = page_list(tx.engine(), tx.scope(), filter, page, limit);
    let mut rows = tx.query(&list, list.params(), indicator)?;
    if matches!(page, Page::Before(_)) {
        rows.reverse();
    }
    Ok(rows)
}

/// How many indicators the filter leaves.
pub fn count(tx: &mut Tx<'_>, filter: &Filter) -> Result<u32, Fault> {
    let list = filtered(COUNT, tx.engine(), tx.scope(), filter);
    tx.one(&list, list.params(), |row| row.get(0))
}

/// What the filters offer: word and count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// Categories.
    pub categories: Vec<(String, u32)>,
    /// Legal kinds; `-` for none.
    pub legals: Vec<(String, u32)>,
    /// Units of measure.
    pub units: Vec<(String, u32)>,
    /// All together.
    pub all: u32,
}

/// Counts what the filters offer within the scope.
pub fn offered(tx: &mut Tx<'_>) -> Result<Offered, Fault> {
    let mut words = |head: &str, tail: &str| {
        let list = scoped(head, tx.engine(), tx.scope()).end(tail, []);
        tx.query(&list, list.params(), |row| Ok((row.get::<String>(0)?, row.get::<u32>(1)?)))
    };
    let legals = words(LEGALS, "GROUP BY i.legal ORDER BY i.legal DESC")?;
    Ok(Offered {
        categories: words(CATEGORIES, "GROUP BY i.category ORDER BY min(i.id)")?,
        units: words(UNITS, "GROUP BY i.unit ORDER BY count(*) DESC, i.unit")?,
        all: legals.iter().map(|(_, count)| count).sum(),
        legals,
    })
}

/// Every text that the catalogue can take, for the prepare test.
pub(crate) fn lists(engine: Engine) -> Vec<(&'static str, List)> {
    let all = Filter {
        category: Some("c".into()),
        legal: Some("binding".into()),
        unit: Some("u".into()),
        name: Some("n".into()),
        open: true,
    };
    let (whole, some) = (Scope::everything(), Scope::default());
    vec![
        ("indicators first", page_list(engine, &whole, &Filter::default(), Page::First, 50)),
        ("indicators after", page_list(engine, &some, &all, Page::After(1), 50)),
        ("indicators before", page_list(engine, &some, &all, Page::Before(1), 50)),
        ("indicators count", filtered(COUNT, engine, &some, &all)),
        ("indicators categories", scoped(CATEGORIES, engine, &some).end("GROUP BY i.category ORDER BY min(i.id)", [])),
        ("indicators units", scoped(UNITS, engine, &whole).end("GROUP BY i.unit ORDER BY count(*) DESC, i.unit", [])),
    ]
}
