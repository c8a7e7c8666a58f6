//! Deleting what nothing refers to (清理附件库), in two steps with time between, so that nothing in use is ever lost.
//!
//! A file that nothing refers to is condemned; when it has stayed so for the time of grace, the transaction that forgets
//! its row sets its bytes aside, and only after that commit they are deleted. Whatever refers to a file again in the
//! meantime writes its row and ends the condemnation. A program that stops in between leaves bytes set aside: where
//! their row is still there they are set back, else they are deleted.

use super::{
    bytes_of, fresh_name, on_disk,
    upload::{begun_after, drop_upload},
};
use crate::{
    app::App,
    failure::Failure,
    jobs::{Job, Registry, Schedule},
    operate::{Done, Operation, Record, authorise, housekeep, operate},
    session::Session,
};
use gangmu_store::{
    attachments::{kept, uploads},
    blobs::Aside,
    journal::{Hash, Many, Object},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, PoisonError};

/// The action of who cleans up.
pub(super) const COLLECT: &str = "attachments.collect";

/// Files that one transaction forgets.
const BATCH: u32 = 50;

/// What a cleaning did (清理结果).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Collected {
    /// Uploads that were given up.
    pub uploads: u64,
    /// Removed attachments whose time is over.
    pub expired: u64,
    /// Files that were condemned.
    pub condemned: u64,
    /// Files that were deleted.
    pub deleted: u64,
}

/// The job that cleans up.
pub(crate) fn register(registry: Registry) -> Registry {
    registry.on(COLLECT, by_timer).timer("attachments-collect", COLLECT, Schedule::daily(4, 10))
}

async fn by_timer(app: App, _: Job) -> Result<(), Failure> {
    let done = collect(&app, &Session::system()).await?;
    tracing::info!(?done, "attachments were cleaned up");
    Ok(())
}

/// Cleans up: gives up what never arrived, condemns what nothing refers to, deletes what was condemned long enough ago.
pub async fn collect(app: &App, session: &Session) -> Result<Collected, Failure> {
    authorise(app, session, COLLECT)?;
    let (now, limits) = (app.now(), app.attachments.limits);
    let before = |time: SignedDuration| now.saturating_sub(time).unwrap_or(Timestamp::MIN);
    mend(app).await?;
    let uploads = give_up(app).await?;
    adopt(app).await?;
    let (regret, grace) = (before(limits.regret), before(limits.grace));
    let (expired, condemned) = housekeep(app, move |tx| {
        let expired = kept::expire(tx, regret, now)?;
        Ok((expired, kept::condemn(tx, now, grace)?))
    })
    .await?;
    let mut deleted = 0;
    loop {
        let batch = delete(app, session, grace).await;
        if batch.is_err() {
            // What was set aside by a transaction that failed is in use still.
            mend(app).await?;
        }
        match batch? {
            0 => break,
            some => deleted += some,
        }
    }
    Ok(Collected { uploads, expired, condemned, deleted })
}

/// Forgets some of the files that were condemned by that instant; how many.
async fn delete(app: &App, session: &Session, condemned_by: Timestamp) -> Result<u64, Failure> {
    let (blobs, tag) = (Arc::clone(&app.blobs), fresh_name(app));
    let taken = operate(app, session, Operation::new(COLLECT), move |work| {
        let mut taken: Vec<(String, Hash)> = Vec::new();
        for hash in kept::condemned(work.tx, condemned_by, BATCH)? {
            // The one place where a file is touched inside a transaction: a renaming, which must not outlive its check.
            if kept::take(work.tx, &hash, condemned_by)? {
                blobs.set_aside(&Aside { sha256: hash.clone(), tag: tag.clone() })?;
                let digest = bytes_of(&hash);
                taken.push((hash, digest));
            }
        }
        let aside = |(hash, _): &(String, Hash)| Aside { sha256: hash.clone(), tag: tag.clone() };
        let names: Vec<Aside> = taken.iter().map(aside).collect();
        Ok(match Many::of(&taken) {
            None => Done::nothing(names),
            Some(many) => Done::recorded(names, Record::on(Object::new("files", "kept")).many(many)),
        })
    })
    .await?;
    let count = taken.len() as u64;
    on_disk(app, move |blobs| taken.iter().try_for_each(|file| blobs.delete(file))).await?;
    Ok(count)
}

/// Sets back what was set aside and is still known, and deletes the rest: also at each start of the program, because a
/// stop in the middle may have left something.
pub async fn mend(app: &App) -> Result<(), Failure> {
    for file in on_disk(app, |blobs| blobs.aside()).await? {
        let asked = file.sha256.clone();
        let known = app.db.read(move |tx| kept::is_known(tx, &asked)).await?;
        on_disk(app, move |blobs| if known { blobs.set_back(&file) } else { blobs.delete(&file) }).await?;
    }
    Ok(())
}

/// Gives up the uploads that never came to their end, and bytes of uploads that have no row.
async fn give_up(app: &App) -> Result<u64, Failure> {
    let since = begun_after(app);
    let mut count = 0;
    loop {
        let old = app.db.read(move |tx| uploads::abandoned(tx, since, BATCH)).await?;
        if old.is_empty() {
            break;
        }
        count += old.len() as u64;
        for id in old {
            drop_upload(app, id).await?;
        }
    }
    let mut unknown = Vec::new();
    for id in on_disk(app, |blobs| blobs.uploads()).await? {
        let asked = id.clone();
        let known = app.db.read(move |tx| uploads::find(tx, &asked)).await?.is_some();
        if !known {
            unknown.push(id);
        }
    }
    let stray = strays(app, unknown);
    count += stray.len() as u64;
    on_disk(app, move |blobs| stray.iter().try_for_each(|id| blobs.drop_upload(id))).await?;
    Ok(count)
}

/// Of the uploads without a row, those that were seen so long enough ago: whoever sends a form has no row either.
fn strays(app: &App, unknown: Vec<String>) -> Vec<String> {
    let (now, time) = (app.now(), app.attachments.limits.upload);
    let mut seen = app.attachments.strays.lock().unwrap_or_else(PoisonError::into_inner);
    seen.retain(|id, _| unknown.contains(id));
    let mut old = |id: &String| now.duration_since(*seen.entry(id.clone()).or_insert(now)) >= time;
    unknown.into_iter().filter(|id| old(id)).collect()
}

/// Gives files without a row one, so that they are collected like any other.
async fn adopt(app: &App) -> Result<(), Failure> {
    let now = app.now();
    for hashes in on_disk(app, |blobs| blobs.list()).await?.chunks(500) {
        let hashes = hashes.to_vec();
        let unknown = app.db.read(move |tx| {
            let mut unknown = Vec::new();
            for hash in hashes {
                if !kept::is_known(tx, &hash)? {
                    unknown.push(hash);
                }
            }
            Ok::<_, gangmu_store::Fault>(unknown)
        });
        let unknown = unknown.await?;
        let sized = on_disk(app, move |blobs| {
            let sized = |hash: String| Ok(blobs.size(&hash)?.map(|size| (hash, i64::try_from(size).unwrap_or(0))));
            unknown.into_iter().filter_map(|hash| sized(hash).transpose()).collect::<Result<Vec<_>, _>>()
        });
        let sized = sized.await?;
        if !sized.is_empty() {
            housekeep(app, move |tx| sized.iter().try_for_each(|(hash, size)| kept::adopt(tx, hash, *size, now)))
                .await?;
        }
    }
    Ok(())
}
