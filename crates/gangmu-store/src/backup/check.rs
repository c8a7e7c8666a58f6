//! Checks a backup as a whole before anything is made of it (校验).

use super::{
    FORMAT, Manifest, TableEntry,
    archive::{Archive, MANIFEST, blob_member},
    plain::{hex, read_row},
    refused::{Refused, Stopped},
};
use crate::migrate::MIGRATIONS;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    io::{Read, Seek},
};

/// Reads every byte of a backup and compares it with the manifest; the manifest, if all of it is right.
///
/// `this` is the version of this program, for the refusal of a newer backup.
pub fn check<F: Read + Seek>(archive: &mut Archive<F>, this: &str) -> Result<Manifest, Stopped> {
    let manifest = manifest(archive)?;
    let ours = MIGRATIONS.len() as i64;
    if manifest.schema > ours {
        let program = manifest.program;
        return Err(Refused::Newer { schema: manifest.schema, ours, program, this: this.to_owned() }.into());
    }
    members(archive, &manifest)?;
    for table in &manifest.tables {
        rows(archive, table)?;
    }
    for other in &manifest.others {
        if digest(archive, &other.member)?.0 != other.sha256 {
            return Err(Refused::Checksum { member: other.member.clone() }.into());
        }
    }
    blobs(archive, &manifest)?;
    Ok(manifest)
}

fn manifest<F: Read + Seek>(archive: &mut Archive<F>) -> Result<Manifest, Stopped> {
    let mut text = String::new();
    archive.member(MANIFEST)?.read_to_string(&mut text)?;
    let wrong = |error: serde_json::Error| Refused::Manifest { problem: error.to_string() };
    // The form first: a later one may say everything else differently.
    let value: serde_json::Value = serde_json::from_str(&text).map_err(wrong)?;
    match value["format"].as_str() {
        Some(FORMAT) => Ok(serde_json::from_value(value).map_err(wrong)?),
        form => Err(Refused::UnknownForm { form: form.unwrap_or("?").to_owned() }.into()),
    }
}

fn members<F: Read + Seek>(archive: &Archive<F>, manifest: &Manifest) -> Result<(), Stopped> {
    let mut expected: BTreeSet<String> = manifest.tables.iter().map(TableEntry::member).collect();
    expected.extend(manifest.others.iter().map(|other| other.member.clone()));
    expected.insert(MANIFEST.to_owned());
    expected.extend(archive.blobs().iter().map(|blob| blob_member(blob)));
    let found: BTreeSet<String> = archive.members().into_iter().collect();
    if let Some(member) = expected.difference(&found).next() {
        return Err(Refused::Missing { member: member.clone() }.into());
    }
    match found.difference(&expected).next() {
        Some(member) => Err(Refused::Surplus { member: member.clone() }.into()),
        None => Ok(()),
    }
}

fn rows<F: Read + Seek>(archive: &mut Archive<F>, table: &TableEntry) -> Result<(), Stopped> {
    let (mut sha, mut rows) = (Sha256::new(), 0);
    archive.lines(&table.member(), |line| {
        rows += 1;
        sha.update(line.as_bytes());
        let wrong = |problem| Refused::Row { table: table.name.clone(), row: rows, problem };
        let values = read_row(line).map_err(wrong)?;
        if values.len() == table.columns.len() {
            Ok(())
        } else {
            Err(Stopped::from(wrong(format!("{} ≠ {}", values.len(), table.columns.len()))))
        }
    })?;
    if rows != table.rows {
        return Err(Refused::Count { table: table.name.clone(), rows, expected: table.rows }.into());
    }
    if hex(&sha.finalize()) != table.sha256 {
        return Err(Refused::Checksum { member: table.member() }.into());
    }
    Ok(())
}

fn blobs<F: Read + Seek>(archive: &mut Archive<F>, manifest: &Manifest) -> Result<(), Stopped> {
    let (mut sha, mut bytes) = (Sha256::new(), 0);
    let names = archive.blobs();
    for blob in &names {
        sha.update(format!("{blob}\n"));
        let (digest, length) = digest(archive, &blob_member(blob))?;
        if digest != *blob {
            return Err(Refused::Blob { blob: blob.clone() }.into());
        }
        bytes += length;
    }
    let said = &manifest.blobs;
    if said.count != names.len() as u64 || said.bytes != bytes || said.sha256 != hex(&sha.finalize()) {
        return Err(Refused::Missing { member: "blobs/".to_owned() }.into());
    }
    Ok(())
}

fn digest<F: Read + Seek>(archive: &mut Archive<F>, member: &str) -> Result<(String, u64), Stopped> {
    let altered = || Refused::Checksum { member: member.to_owned() };
    let mut from = archive.member(member)?;
    let (mut sha, mut length) = (Sha256::new(), 0);
    let mut chunk = vec![0; 1 << 16];
    loop {
        match from.read(&mut chunk).map_err(|_| altered())? {
            0 => return Ok((hex(&sha.finalize()), length)),
            count => {
                sha.update(&chunk[..count]);
                length += count as u64;
            }
        }
    }
}
