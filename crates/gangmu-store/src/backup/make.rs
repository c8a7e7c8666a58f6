//! Makes a backup of a database in use (备份): one moment of it, row by row, in little memory.

use super::{
    Blobs, BlobsEntry, FORMAT, JournalHead, LEFT_OUT, Manifest, OtherEntry, TableEntry,
    archive::{Writer, blob_member},
    catalog::{self, Table},
    plain::{Plain, hex, write_row},
    refused::{Refused, Stopped},
};
use crate::{
    db::{Location, Tx},
    journal,
    migrate::{self, MIGRATIONS},
    statement::Engine,
    value::{Row, Value},
    writer::Alone,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::{Read, Seek, Write};

/// What a backup is made with.
pub struct Making<'a> {
    /// The version of this program.
    pub program: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Where attachments are taken from.
    pub blobs: &'a mut dyn Blobs,
    /// More members with their bytes: the configuration without secrets.
    pub others: Vec<(String, Vec<u8>)>,
}

/// Writes a backup of the database into an empty file; the manifest, the seal, and the file.
///
/// The database may be in use by this and other processes: all rows are of the moment at which this begins. To be
/// called on a thread that may block.
pub fn make<F: Read + Write + Seek>(
    from: &Location,
    file: F,
    making: Making<'_>,
) -> Result<(Manifest, String, F), Stopped> {
    let mut writer = Writer::new(file);
    let mut manifest = Alone::reading(from)?.transaction(|tx| rows(tx, &mut writer, &making))?;
    for (member, bytes) in &making.others {
        let mut to = writer.member(member, true)?;
        to.write_all(bytes)?;
        manifest.others.push(OtherEntry { member: member.clone(), sha256: to.done().0 });
    }
    // Listed after the rows were read, so that whatever they refer to is there.
    manifest.blobs = blobs(making.blobs, &mut writer)?;
    let (seal, file) = writer.seal(&manifest)?;
    Ok((manifest, seal, file))
}

fn rows<F: Read + Write + Seek>(
    tx: &mut Tx<'_>,
    writer: &mut Writer<F>,
    making: &Making<'_>,
) -> Result<Manifest, Stopped> {
    let all = catalog::tables(tx)?;
    let is_left_out = |table: &Table| LEFT_OUT.iter().any(|(name, _)| *name == table.name);
    let ours = MIGRATIONS.len() as i64;
    let schema = match all.is_empty() {
        true => None,
        false => migrate::version(tx)?,
    };
    let schema = schema.ok_or(Refused::NoSchema {})?;
    if schema > ours {
        return Err(Refused::NewerDatabase { schema, ours, this: making.program.to_owned() }.into());
    }
    let head = journal::head(tx)?;
    let names = |which: &dyn Fn(&Table) -> bool| all.iter().filter(|t| which(t)).map(|t| t.name.clone()).collect();
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        program: making.program.to_owned(),
        schema,
        made_at: making.now,
        engine: if tx.engine() == Engine::Sqlite { "sqlite" } else { "postgres" }.to_owned(),
        journal: JournalHead { seq: head.seq, hash: hex(&head.hash) },
        tables: Vec::new(),
        left_out: names(&is_left_out),
        derived: names(&|table| table.derived),
        blobs: BlobsEntry::default(),
        others: Vec::new(),
    };
    for table in all.iter().filter(|table| !table.derived && !is_left_out(table)) {
        manifest.tables.push(self::table(tx, writer, table)?);
    }
    Ok(manifest)
}

fn table<F: Read + Write + Seek>(
    tx: &mut Tx<'_>,
    writer: &mut Writer<F>,
    table: &Table,
) -> Result<TableEntry, Stopped> {
    let columns = table.names();
    let mut entry = TableEntry { name: table.name.clone(), columns, rows: 0, sha256: String::new() };
    let mut member = writer.member(&entry.member(), true)?;
    let (mut line, mut rows) = (String::new(), 0);
    tx.each(&table.select(&entry.columns), &[], |row| {
        line.clear();
        write_row(&mut line, &plain(row, entry.columns.len())?);
        rows += 1;
        Ok::<_, Stopped>(member.write_all(line.as_bytes())?)
    })?;
    (entry.sha256, _) = member.done();
    entry.rows = rows;
    Ok(entry)
}

/// A row of an answer in plain form.
pub(super) fn plain(row: &Row<'_>, columns: usize) -> Result<Vec<Plain>, crate::Fault> {
    (0..columns).map(|column| row.get::<Value>(column).map(Plain::from)).collect()
}

fn blobs<F: Read + Write + Seek>(from: &mut dyn Blobs, writer: &mut Writer<F>) -> Result<BlobsEntry, Stopped> {
    let mut entry = BlobsEntry::default();
    let mut names = from.list()?;
    names.sort();
    let mut sha = Sha256::new();
    for blob in names {
        let Some(mut bytes) = from.open(&blob)? else { continue };
        let mut member = writer.member(&blob_member(&blob), false)?;
        std::io::copy(&mut bytes, &mut member)?;
        let (digest, length) = member.done();
        if digest != blob {
            writer.abort()?;
            entry.damaged.push(blob);
            continue;
        }
        sha.update(format!("{blob}\n"));
        entry.count += 1;
        entry.bytes += length;
    }
    entry.sha256 = hex(&sha.finalize());
    Ok(entry)
}
