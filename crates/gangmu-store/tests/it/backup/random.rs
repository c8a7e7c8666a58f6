//! A database with random rows in every table, whatever tables there are: made from what the database says of itself.

use crate::databases::Fresh;
use gangmu_kernel::{ClauseRef, ids::AccountId};
use gangmu_store::{
    Alone, Engine, Fault, Tx, Value,
    backup::catalog::{self, Column, Kind, Table},
    journal::{self, Beside, By, Entry, Head, Object, canonical, link},
    migrate::{MIGRATIONS, migrate_in},
    params,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Rows tried for each table.
const ROWS: u64 = 6;

/// A small generator of numbers: the same seed, the same database.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn text(&mut self) -> String {
        let odd = [
            "",
            " ",
            "滨江区",
            "\u{1f40b}",
            "\"quoted\\\"",
            "line\nfeed\r\n",
            "\u{feff}bom",
            "é",
            "e\u{301}",
            "1.10",
            "null",
            "\u{7f}\u{1}",
            "𠀀",
        ];
        let mut text = self.one_of(&odd).to_owned();
        for _ in 0..self.below(4) {
            text.push_str(self.one_of(&odd));
        }
        text + &self.next().to_string()
    }

    fn int(&mut self) -> i64 {
        let edges = [0, 1, -1, i64::MAX, i64::MIN, 1 << 53, -(1 << 53) - 1];
        if self.below(3) == 0 { self.one_of(&edges) } else { (self.next() % 100_000) as i64 }
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = self.one_of(&[0, 1, 32, 32, 64, 2000]);
        (0..length).map(|_| self.next() as u8).collect()
    }

    fn json(&mut self) -> serde_json::Value {
        serde_json::json!({"z": [self.int(), null_or(self.text())], "a": {"文": self.text(), "": 0.5}, "n": self.int()})
    }
}

fn null_or(text: String) -> Option<String> {
    text.len().is_multiple_of(2).then_some(text)
}

/// A reference: its columns, the table that they lead to, and the columns there.
type Reference = (Vec<String>, String, Vec<String>);

/// Migrates the database to its newest schema and fills every table; how many rows there are.
pub fn fill(fresh: &Fresh, seed: u64) -> u64 {
    let newest = MIGRATIONS.len() as i64;
    filled(fresh, seed, newest, &kinds(newest))
}

/// The same at an older schema, with values that need not fit the other engine.
pub fn fill_to(fresh: &Fresh, seed: u64, schema: i64) -> u64 {
    filled(fresh, seed, schema, &BTreeMap::new())
}

fn filled(fresh: &Fresh, seed: u64, schema: i64, kinds: &BTreeMap<(String, String), Kind>) -> u64 {
    let mut alone = Alone::open(&fresh.location).unwrap();
    alone
        .transaction(|tx| {
            migrate_in(tx, schema)?;
            rows(tx, &mut Dice(seed), kinds)
        })
        .unwrap()
}

/// What each column holds, which only PostgreSQL knows exactly; nothing where no server is named.
fn kinds(schema: i64) -> BTreeMap<(String, String), Kind> {
    let Some(fresh) = Fresh::postgres() else { return BTreeMap::new() };
    let mut alone = Alone::open(&fresh.location).unwrap();
    let tables = alone.transaction(|tx| {
        migrate_in(tx, schema)?;
        catalog::tables(tx)
    });
    let each = |table: Table| table.columns.into_iter().map(move |c| ((table.name.clone(), c.name), c.kind));
    tables.unwrap().into_iter().flat_map(each).collect()
}

fn rows(tx: &mut Tx<'_>, dice: &mut Dice, kinds: &BTreeMap<(String, String), Kind>) -> Result<u64, Fault> {
    let mut head = Head::START;
    let mut tables = catalog::tables(tx)?;
    let newest = tables.iter().any(|table| table.name == "journal_people");
    for n in 0..ROWS {
        let entry = entry(dice);
        // The first form where the schema knows no other; at the newest one as much of both as there is.
        head = if newest && n > 0 { journal::append(tx, &entry, [n as u8; 32])? } else { append(tx, head, &entry)? };
    }
    for table in tables.iter_mut().filter(|table| !table.derived) {
        for column in &mut table.columns {
            let known = kinds.get(&(table.name.clone(), column.name.clone()));
            column.kind = known.copied().unwrap_or(column.kind);
        }
    }
    let (literals, references) = (literals(tx)?, references(tx)?);
    let mut open: Vec<&Table> = tables.iter().filter(|t| !t.derived && !t.name.starts_with("journal_head")).collect();
    open.retain(|table| !["journal", "journal_people", "journal_reasons"].contains(&table.name.as_str()));
    let mut filled = BTreeSet::new();
    // A table is filled after those that it refers to.
    while !open.is_empty() {
        let ready = |table: &Table| {
            let mut to = references.get(&table.name).into_iter().flatten().map(|(_, to, _)| to);
            to.all(|to| *to == table.name || filled.contains(to))
        };
        let place = open.iter().position(|table| ready(table)).unwrap_or(0);
        let table = open.remove(place);
        let of = references.get(&table.name).cloned().unwrap_or_default();
        let count = (0..ROWS).filter(|_| row(tx, dice, table, &literals, &of).unwrap()).count();
        assert!(count > 0, "no row fits {}: teach the generator its rules", table.name);
        filled.insert(table.name.clone());
    }
    let left_out = |table: &&Table| gangmu_store::backup::LEFT_OUT.iter().any(|(name, _)| *name == table.name);
    let mut count = 0;
    for table in tables.iter().filter(|table| !table.derived && !left_out(table)) {
        count += tx.one(&format!("SELECT count(*) FROM {}", table.name), &[], |row| row.get::<i64>(0))?;
    }
    Ok(count as u64)
}

/// Tries rows until one is taken, at most so often.
fn row(
    tx: &mut Tx<'_>,
    dice: &mut Dice,
    table: &Table,
    literals: &BTreeMap<String, Vec<String>>,
    references: &[Reference],
) -> Result<bool, Fault> {
    for _ in 0..200 {
        let mut values: BTreeMap<&str, Value> = table
            .columns
            .iter()
            .map(|column| (column.name.as_str(), value(dice, tx.engine(), table, column, literals.get(&table.name))))
            .collect();
        for (columns, to, there) in references {
            let sql = format!("SELECT {} FROM {to} ORDER BY random() LIMIT 1", there.join(", "));
            let found = tx.maybe(&sql, &[], |row| (0..there.len()).map(|n| row.get::<Value>(n)).collect())?;
            let found: Vec<Value> = found.unwrap_or_else(|| vec![Value::Null; there.len()]);
            for (column, value) in columns.iter().zip(found) {
                values.insert(table.columns.iter().find(|c| c.name == *column).unwrap().name.as_str(), value);
            }
        }
        let names: Vec<String> = values.keys().map(|name| format!("\"{name}\"")).collect();
        let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
        let values: Vec<Value> = values.into_values().collect();
        tx.command("SAVEPOINT try")?;
        match tx.execute(&sql, &values) {
            Ok(_) => {
                tx.command("RELEASE SAVEPOINT try")?;
                return Ok(true);
            }
            Err(_) => tx.command("ROLLBACK TO SAVEPOINT try; RELEASE SAVEPOINT try")?,
        }
    }
    Ok(false)
}

fn value(dice: &mut Dice, engine: Engine, table: &Table, column: &Column, literals: Option<&Vec<String>>) -> Value {
    // What the program reads out of these while it makes the index of the search anew.
    match (table.name.as_str(), column.name.as_str()) {
        ("editions" | "clauses" | "commitments", "id") => return Value::Int((dice.next() % 1_000_000) as i64),
        ("commitments", "form") => return Value::Text(form(dice)),
        (_, "bytes") if column.kind == Kind::Bytes => return Value::Bytes(vec![dice.next() as u8; 200_000]),
        _ => {}
    }
    let constraint =
        |dice: &mut Dice| literals.filter(|all| !all.is_empty() && dice.below(4) > 0).map(|all| dice.one_of(all));
    if column.key == 0 && dice.below(6) == 0 {
        return Value::Null;
    }
    match column.kind {
        Kind::Int if engine == Engine::Sqlite && dice.below(2) == 0 => Value::Int(dice.below(2) as i64),
        Kind::Int if column.identity => Value::Int((dice.next() % 1_000_000) as i64),
        Kind::Int => Value::Int(constraint(dice).and_then(|t| t.parse().ok()).unwrap_or_else(|| dice.int())),
        Kind::Bool => Value::Bool(dice.below(2) == 0),
        Kind::Real => Value::Real(dice.one_of(&[0.1, -0.0, 1e300, 5e-324, 1.0])),
        Kind::Text | Kind::SqliteText => Value::Text(constraint(dice).unwrap_or_else(|| dice.text())),
        Kind::Bytes => Value::Bytes(dice.bytes()),
        Kind::Decimal => {
            let edges =
                ["0", "1.10", "-0.000", "79228162514264337593543950335", "0.0000000000000000000000000001", "100"];
            Value::Decimal(dice.one_of(&edges).parse().unwrap())
        }
        Kind::Date => Value::Date(dice.one_of(&["0001-01-01", "9999-12-31", "2024-02-29"]).parse().unwrap()),
        Kind::Json => Value::Json(dice.json()),
        Kind::Words => unreachable!("a derived table is not filled"),
    }
}

/// Appends an entry as the first schema did.
fn append(tx: &mut Tx<'_>, head: Head, entry: &Entry) -> Result<Head, Fault> {
    let seq = head.seq + 1;
    let hash = link(&head.hash, &canonical::bytes(journal::FIRST, seq, entry));
    let clauses = serde_json::to_value(&entry.clauses).unwrap();
    let sql = "INSERT INTO journal (seq, version, at, actor, actor_name, post, organisation, operation, object_kind,
        object_id, before, after, salted, reason, clauses, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    let row = params![
        seq,
        journal::FIRST,
        entry.at,
        entry.by.account,
        &entry.by.name,
        entry.by.post.as_ref(),
        entry.by.organisation.as_ref(),
        &entry.operation,
        &entry.object.kind,
        &entry.object.id,
        entry.before,
        entry.after,
        entry.salted,
        entry.reason.as_ref(),
        clauses,
        hash,
    ];
    tx.execute(sql, row)?;
    tx.execute("UPDATE journal_head SET seq = $1, hash = $2 WHERE one = 1", params![seq, hash])?;
    Ok(Head { seq, hash })
}

fn form(dice: &mut Dice) -> String {
    let form = gangmu_plan::proposal::Form {
        kind: gangmu_plan::proposal::CommitmentKind::Task,
        text: dice.text(),
        degree: None,
        owners: Default::default(),
        deadline: None,
        goal: None,
        attribute: None,
    };
    serde_json::to_string(&form).unwrap()
}

fn entry(dice: &mut Dice) -> Entry {
    let at = Timestamp::from_microsecond(dice.next() as i64 % 4_000_000_000_000_000).unwrap();
    let by = By {
        account: AccountId(dice.int()),
        name: dice.text(),
        post: null_or(dice.text()),
        organisation: null_or(dice.text()),
        behalf: None,
    };
    Entry {
        at,
        by,
        operation: dice.text(),
        object: Object::new("edition", dice.text()),
        before: None,
        after: Some([dice.next() as u8; 32]),
        salted: dice.below(2) == 0,
        reason: null_or(dice.text()),
        clauses: vec![ClauseRef { plan: dice.text(), path: dice.text(), paragraph: None, sentence: Some(1) }],
        many: None,
        beside: Beside::default(),
    }
}

/// The words in the constraints of each table, which its columns may demand.
fn literals(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    let sql = match tx.engine() {
        Engine::Sqlite => "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
        Engine::Postgres => {
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
        }
    };
    let found = tx.query(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let mut literals: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, text) in found {
        // On SQLite this is the whole definition; only what stands in its checks is wanted.
        let checks = text.split("CHECK").skip(1).collect::<String>();
        let words = checks.split('\'').skip(1).step_by(2).map(str::to_owned);
        literals.entry(table).or_default().extend(words);
    }
    Ok(literals)
}

fn references(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Vec<Reference>>, Fault> {
    let sql = match tx.engine() {
        Engine::Sqlite => "SELECT m.name, CAST(f.id AS TEXT), f.\"from\", f.\"table\",
            COALESCE(f.\"to\", (SELECT name FROM pragma_table_info(f.\"table\") WHERE pk = f.seq + 1))
          FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2, f.seq",
        Engine::Postgres => "SELECT c.conrelid::regclass::text, c.conname::text, a.attname::text, c.confrelid::regclass::text, b.attname::text
          FROM pg_constraint c, unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(here, there, place), pg_attribute a, pg_attribute b
          WHERE c.contype = 'f' AND a.attrelid = c.conrelid AND a.attnum = k.here AND b.attrelid = c.confrelid AND b.attnum = k.there
          ORDER BY 1, 2, k.place",
    };
    let found = tx.query(sql, &[], |row| {
        Ok((
            (row.get::<String>(0)?, row.get::<String>(1)?),
            (row.get::<String>(2)?, row.get::<String>(3)?, row.get::<String>(4)?),
        ))
    })?;
    let mut grouped: BTreeMap<(String, String), Reference> = BTreeMap::new();
    for (name, (column, to, there)) in found {
        let reference = grouped.entry(name).or_insert_with(|| (Vec::new(), to, Vec::new()));
        reference.0.push(column);
        reference.2.push(there);
    }
    let mut references: BTreeMap<String, Vec<Reference>> = BTreeMap::new();
    for ((table, _), reference) in grouped {
        references.entry(table).or_default().push(reference);
    }
    Ok(references)
}
