//! Attaching a file (添加附件): examine, keep, then attach in one short transaction.

use super::{
    ADD, AttachmentRefusal, Limits, fresh_name, hex,
    incoming::Incoming,
    name, on_disk,
    place::{self, Place},
    refusal::unfit,
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, authorise, housekeep, look, operate},
    session::Session,
};
use gangmu_documents::media::{self, Examined};
use gangmu_kernel::{ids::AttachmentId, refusal::Reasons};
use gangmu_store::{
    Fault, Tx,
    attachments::{self, AttachmentRow, kept, uploads},
    blobs::{Append, Blobs},
    journal::{Hash, Object},
};
use sha2::{Digest, Sha256};
use std::io::{Read as _, Write as _};

/// A file that is to be attached (待添附件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// What it is to belong to.
    pub object: Object,
    /// Its name.
    pub name: String,
    /// The media type that the sender declares; empty where none.
    pub declared: String,
}

/// What an examination made of an upload.
pub(super) struct Made {
    bytes: i64,
    hash: Hash,
    examined: Examined,
}

/// Looks whether a file of that name and size may be attached there, before its bytes come.
pub async fn check(app: &App, session: &Session, offered: &Offered, size: u64) -> Result<Place, Failure> {
    place::admitted(app, session, &offered.object.kind)?;
    let (limits, organisation) = (app.attachments.limits, session.organisation_code.clone());
    let asked = offered.clone();
    look(app, session, ADD, move |tx| {
        let place = place::find(tx, &asked.object)?;
        let name = name::checked(&asked.name).map_err(Failure::refused)?;
        media::admit(&name).map_err(|why| unfit(&name, &why))?;
        room(tx, &limits, &place.object, organisation.as_deref(), &name, size)?;
        Ok(place)
    })
    .await
}

/// Attaches a file that has arrived. Whatever goes wrong, the upload is gone afterwards.
pub async fn add(
    app: &App,
    session: &Session,
    mut incoming: Incoming,
    offered: Offered,
) -> Result<AttachmentId, Failure> {
    let ready = match authorise(app, session, ADD) {
        Ok(()) => incoming.flush().await,
        forbidden => forbidden,
    };
    let added = match ready {
        Ok(()) => finish(app, session, &incoming.upload, offered, false).await,
        Err(failure) => Err(failure),
    };
    if added.is_err() {
        incoming.give_up().await?;
    }
    added
}

/// Examines what has arrived, keeps it and attaches it; `known` says that the upload has a row.
pub(super) async fn finish(
    app: &App,
    session: &Session,
    upload: &str,
    mut offered: Offered,
    known: bool,
) -> Result<AttachmentId, Failure> {
    offered.name = name::checked(&offered.name).map_err(Failure::refused)?;
    let made = {
        // The bytes of a file are in memory while it is examined: only so many at once.
        let _turn = app.attachments.turns.acquire().await.map_err(|_| Failure::Fault(Fault::Stopped))?;
        let made = examined(app, upload, &offered).await?;
        let size = u64::try_from(made.bytes).unwrap_or(u64::MAX);
        check(app, session, &offered, size).await?;
        keep(app, upload, &made).await?;
        made
    };
    let (limits, row) = (app.attachments.limits, known.then(|| upload.to_owned()));
    operate(app, session, Operation::new(ADD), move |work| {
        let place = place::find(work.tx, &offered.object)?;
        let organisation = work.session.organisation_code.clone();
        let size = u64::try_from(made.bytes).unwrap_or(u64::MAX);
        room(work.tx, &limits, &place.object, organisation.as_deref(), &offered.name, size)?;
        let id = attach(work, &offered, &made)?;
        if let Some(upload) = row {
            uploads::finish(work.tx, &upload, id)?;
        }
        Ok(Done::recorded(id, Record::on(Object::new("attachment", id)).after(made.hash)))
    })
    .await
}

/// Is there room for one more file of that size?
fn room(
    tx: &mut Tx<'_>,
    limits: &Limits,
    object: &Object,
    organisation: Option<&str>,
    name: &str,
    size: u64,
) -> Result<(), Failure> {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    let bytes = |used: attachments::Used| u64::try_from(used.bytes).unwrap_or(0);
    let mut refusals = Vec::new();
    if size > limits.file {
        refusals.push(AttachmentRefusal::TooLarge { name: name.to_owned(), limit: limits.file >> 20 });
    }
    if attachments::used_for(tx, object)?.files >= i64::from(limits.files) {
        refusals.push(AttachmentRefusal::TooMany { limit: limits.files });
    }
    let all = bytes(attachments::used(tx)?);
    if all.saturating_add(size) > limits.installation {
        let (used, limit, size) = (megabytes(all), limits.installation >> 20, megabytes(size));
        refusals.push(AttachmentRefusal::InstallationFull { used, limit, size });
    }
    if let Some(organisation) = organisation {
        let own = bytes(attachments::used_by(tx, organisation)?);
        if own.saturating_add(size) > limits.organisation {
            let (used, limit, size) = (megabytes(own), limits.organisation >> 20, megabytes(size));
            refusals.push(AttachmentRefusal::OrganisationFull { used, limit, size });
        }
    }
    Reasons::of(&refusals).map_or(Ok(()), |reasons| Err(reasons.into()))
}

async fn examined(app: &App, upload: &str, offered: &Offered) -> Result<Made, Failure> {
    let (upload, limit) = (upload.to_owned(), app.attachments.limits.file);
    let read = on_disk(app, move |blobs| {
        let Some(content) = blobs.upload(&upload)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let all = content.take(limit + 1).read_to_end(&mut bytes);
        all.map_err(|error| Fault::File { doing: "reading an upload".to_owned(), source: std::sync::Arc::new(error) })?;
        let hash: Hash = Sha256::digest(&bytes).into();
        Ok(Some((bytes, hash)))
    });
    let (bytes, hash) = read.await?.ok_or_else(|| Failure::refused(AttachmentRefusal::UploadGone {}))?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let examined = app.reader.examine(bytes, &offered.name, &offered.declared).await;
    Ok(Made { bytes: size, hash, examined: examined.map_err(|why| unfit(&offered.name, &why))? })
}

/// Claims the hashes, then keeps the bytes under them: nobody deletes what was claimed a moment ago.
async fn keep(app: &App, upload: &str, made: &Made) -> Result<(), Failure> {
    let copies: Vec<(String, Vec<u8>)> = made
        .examined
        .picture
        .iter()
        .flat_map(|picture| [&picture.clean, &picture.thumbnail])
        .map(|copy| (hex(&Sha256::digest(copy)), copy.clone()))
        .collect();
    let original = hex(&made.hash);
    let (upload, now, size) = (upload.to_owned(), app.now(), made.bytes);
    let mut claims = vec![(original.clone(), size)];
    claims.extend(copies.iter().map(|(hash, copy)| (hash.clone(), i64::try_from(copy.len()).unwrap_or(i64::MAX))));
    claim(app, claims, now).await?;
    let fresh: Vec<String> = copies.iter().map(|_| fresh_name(app)).collect();
    on_disk(app, move |blobs| {
        for ((hash, copy), name) in copies.iter().zip(&fresh) {
            put(blobs, name, hash, copy)?;
        }
        blobs.keep(&upload, &original)
    })
    .await
}

async fn claim(app: &App, claims: Vec<(String, i64)>, now: jiff::Timestamp) -> Result<(), Failure> {
    housekeep(app, move |tx| {
        for (hash, size) in &claims {
            kept::claim(tx, hash, *size, now)?;
        }
        Ok(())
    })
    .await
}

/// Keeps bytes that are in memory.
fn put(blobs: &dyn Blobs, name: &str, hash: &str, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |error| Fault::File { doing: "writing a copy".to_owned(), source: std::sync::Arc::new(error) };
    blobs.begin(name)?;
    if let Append::Open(mut file) = blobs.append(name, 0)? {
        file.write_all(bytes).and_then(|()| file.flush()).map_err(failed)?;
    }
    blobs.keep(name, hash)
}

fn attach(work: &mut Work<'_, '_>, offered: &Offered, made: &Made) -> Result<AttachmentId, Failure> {
    let original = hex(&made.hash);
    let known = attachments::of(work.tx, &offered.object)?.into_iter().find(|row| row.sha256 == original);
    if let Some(known) = known {
        let refusal = AttachmentRefusal::Known { name: offered.name.clone(), known: known.name };
        return Err(Failure::refused(refusal));
    }
    let picture = made.examined.picture.as_ref();
    let mut row = row(work, &offered.object, offered.name.clone(), &made.examined.kind, "upload");
    row.size = made.bytes;
    row.sha256.clone_from(&original);
    row.width = picture.map(|picture| picture.width);
    row.height = picture.map(|picture| picture.height);
    let id = attachments::add(work.tx, &row)?;
    let copies = picture.iter().flat_map(|picture| {
        [("clean", hex(&Sha256::digest(&picture.clean))), ("thumbnail", hex(&Sha256::digest(&picture.thumbnail)))]
    });
    for (purpose, hash) in std::iter::once(("original", original)).chain(copies) {
        if !kept::refer(work.tx, id, purpose, &hash, work.now)? {
            return Err(Failure::refused(AttachmentRefusal::UploadGone {}));
        }
    }
    Ok(id)
}

fn row(work: &Work<'_, '_>, object: &Object, name: String, kind: &str, origin: &str) -> AttachmentRow {
    let by = work.session.by();
    AttachmentRow {
        id: AttachmentId(0),
        object_kind: object.kind.clone(),
        object_id: object.id.clone(),
        name,
        kind: kind.to_owned(),
        media_type: media::type_of(kind).map_or("application/octet-stream", |row| row.media_type).to_owned(),
        size: 0,
        sha256: String::new(),
        width: None,
        height: None,
        origin: origin.to_owned(),
        public: false,
        added_at: work.now,
        account: by.account,
        account_name: by.name,
        organisation: work.session.organisation_code.clone(),
        removed_at: None,
        remover: None,
        remover_name: None,
    }
}

/// A source file of an import (来源文件).
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Its name.
    pub name: String,
    /// Word of its kind as the reader of documents found it.
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes it has.
    pub size: i64,
}

/// Keeps the bytes of an import's files, before the edition turns visible.
pub(crate) async fn keep_sources(app: &App, files: Vec<(Source, Vec<u8>)>) -> Result<(), Failure> {
    let claims = files.iter().map(|(source, _)| (source.sha256.clone(), source.size)).collect();
    claim(app, claims, app.now()).await?;
    let names: Vec<String> = files.iter().map(|_| fresh_name(app)).collect();
    on_disk(app, move |blobs| {
        for ((source, bytes), name) in files.iter().zip(&names) {
            put(blobs, name, &source.sha256, bytes)?;
        }
        Ok(())
    })
    .await
}

/// Attaches the files of an import to its edition, in the transaction that turns it visible.
pub(crate) fn attach_sources(work: &mut Work<'_, '_>, object: &Object, sources: &[Source]) -> Result<(), Failure> {
    for source in sources {
        let name = name::tamed(&source.name);
        let by_name = media::admit(&name).map(|row| row.kind).unwrap_or_default();
        let kind = match source.kind.as_str() {
            "txt" => "text",
            "md" => "markdown",
            "xlsx" if by_name == "xls" => "xls",
            other => other,
        };
        let mut row = row(work, object, name, kind, "import");
        row.size = source.size;
        row.sha256.clone_from(&source.sha256);
        let id = attachments::add(work.tx, &row)?;
        if !kept::refer(work.tx, id, "original", &source.sha256, work.now)? {
            return Err(Failure::refused(AttachmentRefusal::UploadGone {}));
        }
    }
    Ok(())
}
