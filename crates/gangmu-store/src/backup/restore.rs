//! Makes a database of a backup (恢复), in one transaction: all of it, or nothing.

use super::{
    Manifest, Shelf, TableEntry,
    archive::{Archive, blob_member},
    catalog::{self, Column, Table},
    make::plain,
    plain::{Fingerprint, Plain, hex, read_row, write_row},
    refused::{Refused, Stopped},
};
use crate::{
    db::{Location, Tx, quoted},
    fault::Fault,
    journal::{
        self, Head,
        verify::{Break, Verdict},
    },
    migrate::{self, MIGRATIONS},
    search,
    statement::Engine,
    value::Value,
    writer::Alone,
};
use std::{
    collections::BTreeSet,
    io::{Read, Seek},
};

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many rows.
    pub rows: u64,
    /// How many attachments.
    pub blobs: u64,
    /// How many entries the journal has; all of them were checked.
    pub journal: i64,
    /// The schema of the backup.
    pub from: i64,
    /// The schema now.
    pub to: i64,
}

/// Is there nothing in that database? A file of SQLite that is not there is the caller's business.
pub fn is_empty(location: &Location) -> Result<bool, Fault> {
    Alone::open(location)?.transaction(catalog::is_empty)
}

/// Makes the database of a backup whose [`check`](super::check) went well, in an empty place, and puts the attachments
/// on their shelf. Where anything is wrong nothing is in the database afterwards.
///
/// A file of SQLite is complete without its companions when this returns. To be called on a thread that may block.
pub fn restore<F: Read + Seek>(
    archive: &mut Archive<F>,
    manifest: &Manifest,
    into: &Location,
    shelf: &mut dyn Shelf,
) -> Result<Restored, Stopped> {
    for blob in archive.blobs() {
        let mut bytes = archive.member(&blob_member(&blob))?;
        shelf.place(&blob, &mut bytes)?;
    }
    let mut alone = Alone::open(into)?;
    let restored = alone.transaction(|tx| {
        if !catalog::is_empty(tx)? {
            return Err(Refused::NotEmpty {}.into());
        }
        fill(tx, archive, manifest)
    })?;
    alone.settle()?;
    Ok(restored)
}

fn fill<F: Read + Seek>(tx: &mut Tx<'_>, archive: &mut Archive<F>, manifest: &Manifest) -> Result<Restored, Stopped> {
    migrate::migrate_in(tx, manifest.schema)?;
    let all = catalog::tables(tx)?;
    let tables = matched(&all, manifest)?;
    let guards = catalog::lower_guards(tx, &all)?;
    for (table, entry) in &tables {
        tx.command(&format!("DELETE FROM {}", quoted(&table.name)))?;
        let written = write(tx, archive, table, entry)?;
        if written != read_back(tx, table, entry)? {
            return Err(Refused::Differs { table: table.name.clone() }.into());
        }
    }
    catalog::raise_guards(tx, &all, &guards).map_err(|fault| dangling(fault, manifest))?;
    references(tx)?;
    migrate::migrate_in(tx, MIGRATIONS.len() as i64)?;
    let now = catalog::tables(tx)?;
    catalog::set_numbering(tx, &now)?;
    search::rebuild::rebuild(tx)?;
    let journal = verify(tx, manifest)?;
    Ok(Restored {
        rows: manifest.rows(),
        blobs: manifest.blobs.count,
        journal,
        from: manifest.schema,
        to: MIGRATIONS.len() as i64,
    })
}

/// The tables of the database beside those of the manifest; both sides must be the same.
fn matched<'a>(all: &'a [Table], manifest: &'a Manifest) -> Result<Vec<(&'a Table, &'a TableEntry)>, Refused> {
    let odd = |table: &str| Refused::Tables { table: table.to_owned(), schema: manifest.schema };
    let mut matched = Vec::new();
    for table in all.iter().filter(|table| !table.derived && !manifest.left_out.contains(&table.name)) {
        let entry = manifest.tables.iter().find(|entry| entry.name == table.name).ok_or_else(|| odd(&table.name))?;
        let (ours, theirs) = (table.names(), &entry.columns);
        if ours.iter().collect::<BTreeSet<_>>() != theirs.iter().collect() || ours.len() != theirs.len() {
            return Err(odd(&table.name));
        }
        matched.push((table, entry));
    }
    match manifest.tables.iter().find(|entry| !matched.iter().any(|(table, _)| table.name == entry.name)) {
        Some(entry) => Err(odd(&entry.name)),
        None => Ok(matched),
    }
}

fn columns<'t>(table: &'t Table, entry: &TableEntry) -> Vec<&'t Column> {
    let of = |name: &String| table.columns.iter().find(|column| column.name == *name);
    entry.columns.iter().filter_map(of).collect()
}

fn write<F: Read + Seek>(
    tx: &mut Tx<'_>,
    archive: &mut Archive<F>,
    table: &Table,
    entry: &TableEntry,
) -> Result<Fingerprint, Stopped> {
    let columns = columns(table, entry);
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut lines = archive.open_lines(&entry.member())?;
    let (mut fingerprint, mut row, mut text) = (Fingerprint::default(), 0, String::new());
    tx.fill(&table.name, &names, || {
        let Some(line) = lines.next_line()? else { return Ok(None) };
        row += 1;
        let table = || entry.name.clone();
        let plain = read_row(line).map_err(|problem| Refused::Row { table: table(), row, problem })?;
        let mut values = Vec::with_capacity(plain.len());
        for (value, column) in plain.into_iter().zip(&columns) {
            let taken = value.into_value(column.kind);
            let no_place = |problem| Refused::NoPlace { table: table(), row, column: column.name.clone(), problem };
            values.push(taken.map_err(no_place)?);
        }
        text.clear();
        write_row(&mut text, &values.iter().cloned().map(Plain::from).collect::<Vec<_>>());
        fingerprint.take(&text);
        Ok::<_, Stopped>(Some(values))
    })?;
    Ok(fingerprint)
}

fn read_back(tx: &mut Tx<'_>, table: &Table, entry: &TableEntry) -> Result<Fingerprint, Stopped> {
    let (mut fingerprint, mut line) = (Fingerprint::default(), String::new());
    tx.each(&table.select(&entry.columns), &[], |row| {
        line.clear();
        write_row(&mut line, &plain(row, entry.columns.len())?);
        fingerprint.take(&line);
        Ok::<_, Fault>(())
    })?;
    Ok(fingerprint)
}

/// A reference that leads nowhere shows on PostgreSQL when it is put back; the statement names its table.
fn dangling(fault: Fault, manifest: &Manifest) -> Stopped {
    let Fault::Command { command, .. } = &fault else { return fault.into() };
    match manifest.tables.iter().find(|entry| command.starts_with(&format!("ALTER TABLE {} ", quoted(&entry.name)))) {
        Some(entry) => Refused::Dangling { table: entry.name.clone() }.into(),
        None => fault.into(),
    }
}

/// On SQLite references are tested at the commit; asked before, the answer names the table.
fn references(tx: &mut Tx<'_>) -> Result<(), Stopped> {
    if tx.engine() == Engine::Sqlite {
        let table =
            tx.maybe("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", &[], |row| row.get::<Value>(0))?;
        if let Some(Value::Text(table)) = table {
            return Err(Refused::Dangling { table }.into());
        }
    }
    Ok(())
}

fn verify(tx: &mut Tx<'_>, manifest: &Manifest) -> Result<i64, Stopped> {
    match journal::verify::verify(tx, Head::START)? {
        Verdict::Whole { entries, head }
            if head.seq == manifest.journal.seq && hex(&head.hash) == manifest.journal.hash =>
        {
            Ok(entries)
        }
        Verdict::Whole { head, .. } => Err(Refused::Journal { seq: head.seq }.into()),
        Verdict::Broken(broken) => Err(Refused::Journal {
            seq: match broken {
                Break::Missing { seq }
                | Break::Altered { seq }
                | Break::Beside { seq }
                | Break::UnknownForm { seq, .. } => seq,
                Break::Head { last, .. } => last,
            },
        }
        .into()),
    }
}
