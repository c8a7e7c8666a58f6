//! Packs (数据包) as rows: file by file, so that the program runs from its database alone.

use crate::{db::Tx, fault::Fault, params};
use jiff::Timestamp;

/// A pack that was loaded (数据包).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// SHA-256 over its files.
    pub digest: [u8; 32],
    /// When it was loaded.
    pub loaded_at: Timestamp,
}

crate::statements! {
    ALL = "SELECT id, name, digest, loaded_at FROM packs ORDER BY loaded_at, id";
    FIND = "SELECT id, name, digest, loaded_at FROM packs WHERE id = $1";
    SAVE = "INSERT INTO packs (id, name, digest, loaded_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, digest = excluded.digest, loaded_at = excluded.loaded_at";
    CLEAR_FILES = "DELETE FROM pack_files WHERE pack = $1";
    ADD_FILE = "INSERT INTO pack_files (pack, path, bytes) VALUES ($1, $2, $3)";
    FILES = "SELECT path, bytes FROM pack_files WHERE pack = $1 ORDER BY path";
    FILE = "SELECT bytes FROM pack_files WHERE pack = $1 AND path = $2";
}

fn pack(row: &crate::Row<'_>) -> Result<PackRow, Fault> {
    Ok(PackRow { id: row.get(0)?, name: row.get(1)?, digest: row.get(2)?, loaded_at: row.get(3)? })
}

/// All packs, the first loaded first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<PackRow>, Fault> {
    tx.query(ALL, params![], pack)
}

/// The pack of that id.
pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<PackRow>, Fault> {
    tx.maybe(FIND, params![id], pack)
}

/// Saves a pack with its files in the place of what there was of it.
pub fn save(tx: &mut Tx<'_>, row: &PackRow, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
    tx.execute(SAVE, params![&row.id, &row.name, row.digest, row.loaded_at])?;
    tx.execute(CLEAR_FILES, params![&row.id])?;
    for (path, bytes) in files {
        tx.execute(ADD_FILE, params![&row.id, path, bytes.as_slice()])?;
    }
    Ok(())
}

/// The files of a pack, by path.
pub fn files(tx: &mut Tx<'_>, id: &str) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    tx.query(FILES, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// One file of a pack.
pub fn file(tx: &mut Tx<'_>, id: &str, path: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.maybe(FILE, params![id, path], |row| row.get(0))
}
