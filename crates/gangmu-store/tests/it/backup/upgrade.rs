//! From every earlier schema to the newest: rows are where they were, and a backup of then becomes the same database.

use super::{Held, apart, engines, made, random, restored};
use crate::databases::Fresh;
use gangmu_store::{
    Alone, Db, Fault, Limits, Location,
    backup::catalog,
    journal::{
        Head,
        verify::{Verdict, verify},
    },
    migrate::{MIGRATIONS, migrate_in},
    params,
};
use std::collections::{BTreeMap, BTreeSet};

/// Columns that a later step has taken away or filled anew, with the step and where to look for what they held.
const MOVED: &[(&str, &str, i64)] = &[
    // Posts and the roles of a post.
    ("account_roles", "*", 12),
    ("accounts", "post", 12),
    ("accounts", "organisation", 12),
];

/// All rows of all tables: for each table, for each row, its columns by name.
type Rows = BTreeMap<String, Vec<BTreeMap<String, String>>>;

fn rows(location: &Location) -> Rows {
    apart(|| {
        let mut alone = Alone::reading(location).unwrap();
        let read = alone.transaction(|tx| {
            let mut all = Rows::new();
            for table in catalog::tables(tx)?.iter().filter(|table| !table.derived) {
                let names = table.names();
                let rows = tx.query(&table.select(&names), &[], |row| {
                    let cell = |(place, name): (usize, &String)| {
                        let plain = gangmu_store::backup::plain::Plain::from(row.get::<gangmu_store::Value>(place)?);
                        Ok((name.clone(), format!("{plain:?}")))
                    };
                    names.iter().enumerate().map(cell).collect::<Result<BTreeMap<_, _>, Fault>>()
                })?;
                all.insert(table.name.clone(), rows);
            }
            Ok::<_, Fault>(all)
        });
        read.unwrap()
    })
}

fn migrated(location: &Location) {
    apart(|| {
        let mut alone = Alone::open(location).unwrap();
        let done = alone.transaction(|tx| migrate_in(tx, MIGRATIONS.len() as i64)).unwrap();
        assert_eq!(done.to, MIGRATIONS.len() as i64);
    });
}

/// Every row of before is there with what its columns held.
fn nothing_lost(before: &Rows, after: &Rows, from: i64) {
    let moved =
        |table: &str, column: &str| MOVED.iter().any(|(t, c, step)| *t == table && *c == column && *step > from);
    for (table, rows) in before {
        let Some(now) = after.get(table) else {
            assert!(moved(table, "*"), "from schema {from}: the table {table} is gone");
            continue;
        };
        let columns: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).filter(|c| !moved(table, c)).collect();
        let cut = |rows: &[BTreeMap<String, String>]| {
            let of = |row: &BTreeMap<String, String>| {
                columns.iter().map(|c| row.get(*c).cloned().unwrap_or_else(|| format!("no column {c}"))).collect()
            };
            let mut cut: Vec<Vec<String>> = rows.iter().map(of).collect();
            cut.sort();
            cut
        };
        assert_eq!(cut(rows), cut(now), "from schema {from}: rows of {table}");
    }
}

/// From that schema on, on that engine.
fn upgraded(from: i64, fresh: &Fresh) {
    apart(|| random::fill_to(fresh, from as u64, from));
    let before = rows(&fresh.location);
    assert!(before.values().all(|rows| !rows.is_empty()));
    let (manifest, file) = made(&fresh.location, Held::default()).unwrap();
    assert_eq!(manifest.schema, from, "a backup can be taken before the upgrade");
    migrated(&fresh.location);
    let after = rows(&fresh.location);
    nothing_lost(&before, &after, from);
    let whole = apart(|| Alone::reading(&fresh.location).unwrap().transaction(|tx| verify(tx, Head::START)));
    assert!(matches!(whole.unwrap(), Verdict::Whole { entries, .. } if entries == manifest.journal.seq));
    // The backup of then, restored now, is the same database.
    let into = Fresh::sqlite();
    let (done, _) = restored(&file, &into.location).unwrap();
    assert_eq!((done.from, done.to), (from, MIGRATIONS.len() as i64));
    let mut kept = after;
    gangmu_store::backup::LEFT_OUT.iter().for_each(|(name, _)| drop(kept.insert((*name).to_owned(), vec![])));
    assert_eq!(sorted(kept), sorted(rows(&into.location)), "from schema {from} on {:?}", fresh.engine());
}

/// On SQLite every third schema, so that three tests share the work.
fn each_third(of: i64) {
    let newest = MIGRATIONS.len() as i64;
    (1..=newest).filter(|from| from % 3 == of).for_each(|from| upgraded(from, &Fresh::sqlite()));
}

#[test]
fn from_every_earlier_schema_nothing_is_lost_and_the_chain_stays_whole() {
    each_third(1);
}

#[test]
fn from_every_earlier_schema_nothing_is_lost_the_second_third() {
    each_third(2);
}

#[test]
fn from_every_earlier_schema_nothing_is_lost_the_last_third() {
    each_third(0);
}

#[test]
fn on_the_other_engine_too_from_the_first_and_the_newest_schemas() {
    let newest = MIGRATIONS.len() as i64;
    let all = std::env::var_os("GANGMU_TEST_FULL").is_some();
    // Making a database of that engine takes seconds; those between are walked in full runs.
    for from in (1..=newest).filter(|from| all || *from == 1 || *from > newest - 2) {
        let Some(fresh) = Fresh::postgres() else { return };
        upgraded(from, &fresh);
    }
}

/// The two engines agree on the order of texts, but not on that of days and decimals in a key.
fn sorted(mut rows: Rows) -> Rows {
    rows.values_mut().for_each(|rows| rows.sort());
    rows
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    for fresh in engines() {
        let ours = MIGRATIONS.len() as i64;
        apart(|| random::fill(&fresh, 5));
        let newer = move |tx: &mut gangmu_store::Tx<'_>| {
            let sql = "INSERT INTO schema_migrations (number, name, hash) VALUES ($1, 'later', $2)";
            tx.execute(sql, params![ours + 1, vec![0u8; 32]])
        };
        apart(|| Alone::open(&fresh.location).unwrap().transaction(newer)).unwrap();
        let before = rows(&fresh.location);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let fault = runtime.block_on(async {
            let db = Db::open(&fresh.location, Limits::default()).unwrap();
            let fault = gangmu_store::migrate(&db).await.unwrap_err();
            db.close().await;
            fault
        });
        assert!(matches!(fault, Fault::Newer { schema, ours: o } if schema == ours + 1 && o == ours), "{fault}");
        let refused = super::refused(made(&fresh.location, Held::default()).unwrap_err());
        assert!(matches!(refused, gangmu_store::backup::Refused::NewerDatabase { .. }), "{refused:?}");
        assert_eq!(rows(&fresh.location), before);
    }
}
