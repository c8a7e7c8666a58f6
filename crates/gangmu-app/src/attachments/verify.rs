//! Are all files that something refers to there and whole (查验附件库)? Every byte is hashed anew.

use super::{collect::COLLECT, hex, on_disk};
use crate::{app::App, failure::Failure, operate::authorise, session::Session};
use gangmu_store::{
    Fault,
    attachments::kept::{self, Referred},
    blobs::Blobs,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{io::Read as _, sync::Arc};

/// Files that are asked for at once.
const BATCH: u32 = 200;

/// A file that is not what it should be (受损文件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// Its hash.
    pub sha256: String,
    /// `missing`, or `changed` where its bytes have another hash.
    pub how: &'static str,
    /// The name of an attachment that it is.
    pub name: String,
    /// What that belongs to: kind and key.
    pub object: String,
}

/// What a check of all files found (查验结果).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Files that were read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Those that are not what they should be.
    pub damage: Vec<Damage>,
}

/// Reads every file that something refers to.
pub async fn verify(app: &App, session: &Session) -> Result<Verified, Failure> {
    authorise(app, session, COLLECT)?;
    let mut found = Verified::default();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let batch = app.db.read(move |tx| kept::referred(tx, &from, BATCH)).await?;
        let Some(last) = batch.last() else { return Ok(found) };
        after.clone_from(&last.sha256);
        found.files += batch.len() as u64;
        found.bytes += batch.iter().map(|file| u64::try_from(file.size).unwrap_or(0)).sum::<u64>();
        let wrong = on_disk(app, move |blobs| {
            let judged = batch.into_iter().map(|file| Ok((judge(blobs, &file)?, file.sha256)));
            judged
                .filter_map(|one| one.map(|(how, hash)| Some((how?, hash))).transpose())
                .collect::<Result<Vec<_>, Fault>>()
        });
        for (how, sha256) in wrong.await? {
            let asked = sha256.clone();
            // What was removed for good since the batch was asked for is no damage.
            if let Some((name, kind, id)) = app.db.read(move |tx| kept::used_as(tx, &asked)).await? {
                found.damage.push(Damage { sha256, how, name, object: format!("{kind} {id}") });
            }
        }
    }
}

/// What is wrong with the file; none where it is whole.
fn judge(blobs: &dyn Blobs, file: &Referred) -> Result<Option<&'static str>, Fault> {
    let Some(mut content) = blobs.open(&file.sha256)? else { return Ok(Some("missing")) };
    let mut sha = Sha256::new();
    let mut piece = vec![0; 128 << 10];
    loop {
        let read = content.read(&mut piece);
        let read = read.map_err(|error| Fault::File { doing: "reading a file".to_owned(), source: Arc::new(error) })?;
        if read == 0 {
            break;
        }
        sha.update(&piece[..read]);
    }
    Ok((hex(&sha.finalize()) != file.sha256).then_some("changed"))
}
