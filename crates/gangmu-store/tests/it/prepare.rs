//! Every statement is prepared on a freshly migrated database of each kind.

use crate::databases;
use gangmu_store::{Db, Fault, Limits, migrate};

#[test]
fn every_statement_is_understood_by_both_databases() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        migrate(&db).await.unwrap();
        let wrong = db
            .read::<_, Fault>(|tx| {
                let mut wrong = Vec::new();
                for (module, statements) in gangmu_store::statements() {
                    for sql in statements {
                        if let Err(fault) = prepared(tx, *sql) {
                            wrong.push(format!("{module} {}: {fault}", sql.name));
                        }
                    }
                }
                for (name, list) in gangmu_store::lists(tx.engine()) {
                    if let Err(fault) = prepared(tx, &list) {
                        wrong.push(format!("{name}: {fault}"));
                    }
                }
                Ok(wrong)
            })
            .await
            .unwrap();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// Prepares in a savepoint, because a failure ends a transaction of PostgreSQL.
fn prepared(tx: &mut gangmu_store::Tx<'_>, sql: impl gangmu_store::Statement) -> Result<(), String> {
    tx.command("SAVEPOINT one").map_err(|e| e.to_string())?;
    let done = tx.prepare(sql).map_err(|fault| format!("{fault}: {}", source_of(&fault)));
    tx.command("ROLLBACK TO SAVEPOINT one").map_err(|e| e.to_string())?;
    done
}

fn source_of(fault: &Fault) -> String {
    std::error::Error::source(fault).map(|e| format!("{e:?}")).unwrap_or_default()
}

#[test]
fn every_module_with_statements_is_in_the_register() {
    fn blocks(folder: &std::path::Path) -> usize {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| match path.is_dir() {
                true => blocks(&path),
                false => {
                    #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
                    let text = std::fs::read_to_string(&path).unwrap();
                    text.lines()
                        .filter(|line| line.trim_end().ends_with("statements! {"))
                        .filter(|l| !l.starts_with("//"))
                        .count()
                }
            })
            .sum()
    }
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(blocks(&sources), gangmu_store::statements().len(), "add the module's STATEMENTS to lib.rs");
}
