//! What the database itself says of its tables (数据字典), in the same words for both engines.

use crate::{
    db::{Tx, quoted},
    fault::Fault,
    params,
    statement::Engine,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers; on SQLite also yes or no.
    Int,
    /// Yes or no.
    Bool,
    /// Floats.
    Real,
    /// Texts.
    Text,
    /// Texts on SQLite, where decimals, days and JSON are texts as well.
    SqliteText,
    /// Bytes.
    Bytes,
    /// Exact numbers.
    Decimal,
    /// Days.
    Date,
    /// JSON documents.
    Json,
    /// Words of an index, computed from other tables.
    Words,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Does the database number the rows by it?
    pub identity: bool,
    /// Its place in the primary key, from 1; 0 where it is no part of it.
    pub key: i64,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns; none of a table that is computed from others.
    pub columns: Vec<Column>,
    /// Is it computed from the others, as the index of the search is?
    pub derived: bool,
}

impl Table {
    /// The statement that gives these columns of all rows in the order of the key.
    pub fn select(&self, columns: &[String]) -> String {
        let names = |names: &mut dyn Iterator<Item = &String>| names.map(|n| quoted(n)).collect::<Vec<_>>().join(", ");
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        let all = names(&mut columns.iter());
        let order = if key.is_empty() { all.clone() } else { names(&mut key.iter().map(|column| &column.name)) };
        format!("SELECT {all} FROM {} ORDER BY {order}", quoted(&self.name))
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }
}

crate::statements! {
    TABLES = {
      sqlite: "SELECT name, type FROM pragma_table_list
        WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
          AND name <> 'schema_migrations' ORDER BY name",
      postgres: "SELECT c.relname::text, 'table'::text FROM pg_class c
        WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p')
          AND c.relname <> 'schema_migrations' ORDER BY c.relname::text COLLATE \"C\"" };
    COLUMNS = {
      sqlite: "SELECT name, lower(type), 0, pk FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid",
      postgres: "SELECT a.attname::text, t.typname::text, (a.attidentity <> '')::int::bigint,
          COALESCE((SELECT k.place FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
            WHERE k.number = a.attnum), 0)
        FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relname::text = $1
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attnum" };
    GUARDS = {
      sqlite: "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
      postgres: "SELECT n.conname::text, c.relname::text, pg_get_constraintdef(n.oid)
        FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
        WHERE n.connamespace = current_schema()::text::regnamespace AND n.contype = 'f' AND n.conparentid = 0
        ORDER BY n.conname" };
    ANYTHING = {
      sqlite: "SELECT count(*) FROM sqlite_master",
      postgres: "SELECT count(*) FROM pg_class
        WHERE relnamespace = current_schema()::text::regnamespace AND relkind IN ('r', 'p', 'v', 'm')" };
}

/// The tables with data, in the order of their names; the table of migrations is none of them.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>, Fault> {
    let named = tx.query(TABLES, params![], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)? == "virtual")))?;
    let engine = tx.engine();
    let mut tables = Vec::new();
    for (name, derived) in named {
        let columns = tx.query(COLUMNS, params![&name], |row| {
            let declared: String = row.get(1)?;
            let kind = if derived { Some(Kind::Words) } else { kind(engine, &declared) };
            let kind = kind.ok_or(Fault::Column { column: 1, wanted: "a known type of column", got: declared })?;
            Ok(Column { name: row.get(0)?, kind, identity: row.get::<i64>(2)? == 1, key: row.get(3)? })
        })?;
        let derived = derived || columns.iter().any(|column| column.kind == Kind::Words);
        tables.push(Table { name, columns, derived });
    }
    Ok(tables)
}

/// Does the database hold nothing at all?
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(tx.one(ANYTHING, params![], |row| row.get::<i64>(0))? == 0)
}

fn kind(engine: Engine, declared: &str) -> Option<Kind> {
    Some(match (engine, declared) {
        (Engine::Sqlite, "integer" | "int") => Kind::Int,
        (Engine::Sqlite, "text") => Kind::SqliteText,
        (Engine::Sqlite, "blob") => Kind::Bytes,
        (Engine::Sqlite, "real") => Kind::Real,
        (Engine::Postgres, "int8" | "int4" | "int2") => Kind::Int,
        (Engine::Postgres, "bool") => Kind::Bool,
        (Engine::Postgres, "text" | "varchar") => Kind::Text,
        (Engine::Postgres, "bytea") => Kind::Bytes,
        (Engine::Postgres, "numeric") => Kind::Decimal,
        (Engine::Postgres, "date") => Kind::Date,
        (Engine::Postgres, "json" | "jsonb") => Kind::Json,
        (Engine::Postgres, "float8") => Kind::Real,
        (Engine::Postgres, "tsvector") => Kind::Words,
        _ => return None,
    })
}

/// What stands in the way of filling tables in any order (约束): triggers on SQLite, references on PostgreSQL.
pub struct Guards(Vec<(String, String, String)>);

/// Takes away, within this transaction, what would act on rows as they are filled in.
pub fn lower_guards(tx: &mut Tx<'_>, tables: &[Table]) -> Result<Guards, Fault> {
    let guards = tx.query(GUARDS, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let guards = Guards(guards);
    if tx.engine() == Engine::Sqlite {
        tx.command("PRAGMA defer_foreign_keys = ON")?;
    }
    for (name, table, _) in &guards.0 {
        tx.command(&match tx.engine() {
            Engine::Sqlite => format!("DROP TRIGGER {}", quoted(name)),
            Engine::Postgres => format!("ALTER TABLE {} DROP CONSTRAINT {}", quoted(table), quoted(name)),
        })?;
    }
    triggers(tx, tables, "DISABLE")?;
    Ok(guards)
}

/// Puts back what [`lower_guards`] took away; PostgreSQL tests every reference as it does so.
pub fn raise_guards(tx: &mut Tx<'_>, tables: &[Table], guards: &Guards) -> Result<(), Fault> {
    for (name, table, definition) in &guards.0 {
        tx.command(&match tx.engine() {
            Engine::Sqlite => definition.clone(),
            Engine::Postgres => {
                format!("ALTER TABLE {} ADD CONSTRAINT {} {definition}", quoted(table), quoted(name))
            }
        })?;
    }
    triggers(tx, tables, "ENABLE")
}

fn triggers(tx: &mut Tx<'_>, tables: &[Table], verb: &str) -> Result<(), Fault> {
    if tx.engine() == Engine::Postgres {
        for table in tables {
            tx.command(&format!("ALTER TABLE {} {verb} TRIGGER USER", quoted(&table.name)))?;
        }
    }
    Ok(())
}

/// Lets the numbering of each table go on behind the largest number that it holds.
pub fn set_numbering(tx: &mut Tx<'_>, tables: &[Table]) -> Result<(), Fault> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    for table in tables {
        for column in table.columns.iter().filter(|column| column.identity) {
            let (of, by) = (quoted(&table.name), quoted(&column.name));
            let (text, name) = (of.replace('\'', "''"), column.name.replace('\'', "''"));
            tx.command(&format!(
                "SELECT setval(pg_get_serial_sequence('{text}', '{name}'), GREATEST(MAX({by}), 1), MAX({by}) >= 1) FROM {of}
                 HAVING MAX({by}) IS NOT NULL"
            ))?;
        }
    }
    Ok(())
}
