//! Migrations: forward, idempotent, refusing changed history.

use crate::databases;
use gangmu_store::{
    Db, Fault, Limits, accounts,
    migrate::{MIGRATIONS, Migrated, Migration, migrate, migrate_with},
    params,
};

#[test]
fn a_fresh_database_gets_every_step_and_a_second_run_none() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        let newest = MIGRATIONS.len() as i64;
        assert_eq!(migrate(&db).await.unwrap(), Migrated { from: 0, to: newest });
        assert_eq!(migrate(&db).await.unwrap(), Migrated { from: newest, to: newest });
        let version = db.read(gangmu_store::migrate::version).await.unwrap();
        assert_eq!(version, Some(newest));
    });
}

#[test]
fn steps_are_numbered_without_gaps_and_alike_on_both_databases() {
    for (place, step) in MIGRATIONS.iter().enumerate() {
        assert_eq!(step.number, place as i64 + 1, "{}", step.name);
        let tables = |script: &str| {
            let mut names: Vec<_> = script
                .lines()
                .filter_map(|line| {
                    line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("CREATE VIRTUAL TABLE "))
                })
                .map(|rest| rest.split([' ', '(']).next().unwrap_or_default().to_owned())
                .collect();
            names.sort();
            names
        };
        assert_eq!(tables(step.sqlite), tables(step.postgres), "the tables of {}", step.name);
        for line in step.sqlite.lines().filter(|line| line.starts_with(')')) {
            assert!(line.contains("STRICT"), "{}: a table of SQLite is STRICT", step.name);
        }
    }
}

static GOOD: [Migration; 1] = [Migration {
    number: 1,
    name: "first",
    sqlite: "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;",
    postgres: "CREATE TABLE one (id BIGINT PRIMARY KEY);",
}];
static CHANGED: [Migration; 1] = [Migration {
    number: 1,
    name: "first",
    sqlite: "CREATE TABLE one (id INTEGER PRIMARY KEY, more TEXT) STRICT;",
    postgres: "CREATE TABLE one (id BIGINT PRIMARY KEY, more TEXT);",
}];
static BROKEN: [Migration; 2] = [
    GOOD[0],
    Migration {
        number: 2,
        name: "second",
        sqlite: "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE one (id INTEGER) STRICT;",
        postgres: "CREATE TABLE two (id BIGINT PRIMARY KEY); CREATE TABLE one (id BIGINT);",
    },
];

#[test]
fn changed_history_and_an_older_program_are_refused() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        migrate_with(&db, &GOOD).await.unwrap();
        let changed = migrate_with(&db, &CHANGED).await.unwrap_err();
        assert_eq!(changed.to_string(), "migration 1 differs from the script it was made with");
        let older = migrate_with(&db, &[]).await.unwrap_err();
        assert_eq!(older.to_string(), "migration 1 is newer than this program; start the newer program");
    });
}

#[test]
fn a_step_that_fails_leaves_nothing_behind() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        let failed = migrate_with(&db, &BROKEN).await;
        assert!(matches!(failed, Err(Fault::Command { .. })), "{failed:?}");
        assert_eq!(db.read(gangmu_store::migrate::version).await.unwrap(), Some(1));
        let half = db.read::<_, Fault>(|tx| tx.query("SELECT id FROM two", &[], |r| r.get::<i64>(0))).await;
        assert!(half.is_err(), "the first half of the failed step is gone");
    });
}

#[test]
fn who_kept_accounts_goes_on_as_the_security_administrator_and_decides_nothing() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        migrate_with(&db, &MIGRATIONS[..4]).await.unwrap();
        db.write::<_, Fault>(|tx| {
            let account = "INSERT INTO accounts (id, login, name, password, password_set_at, must_change, disabled,
                created_at) VALUES ($1, $2, 'n', 'p', 0, FALSE, FALSE, 0)";
            tx.execute(account, params![1_i64, "guanli"])?;
            tx.execute(account, params![2_i64, "guihua"])?;
            for (who, role) in [(1, "administrator"), (1, "planner"), (1, "supervisor"), (2, "planner")] {
                let give = "INSERT INTO account_roles (account, role) VALUES ($1, $2)";
                tx.execute(give, params![i64::from(who), role])?;
            }
            Ok(())
        })
        .await
        .unwrap();
        migrate(&db).await.unwrap();
        let roles = db
            .read::<_, Fault>(|tx| {
                let of = |found: Option<accounts::AccountRow>| found.map(|row| row.roles).unwrap_or_default();
                Ok((of(accounts::by_login(tx, "guanli")?), of(accounts::by_login(tx, "guihua")?)))
            })
            .await
            .unwrap();
        assert_eq!(roles, (vec!["security".to_owned(), "supervisor".into()], vec!["planner".to_owned()]));
    });
}
