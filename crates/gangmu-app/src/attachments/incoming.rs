//! Taking in the bytes of a file (接收文件), piece by piece, before anything is known of them.

use super::{ADD, AttachmentRefusal, fresh_name, on_disk};
use crate::{app::App, failure::Failure, operate::authorise, session::Session};
use gangmu_store::{
    Fault,
    blobs::{Append, Arriving},
};
use std::{io::Write as _, sync::Arc};

/// Pieces smaller than this wait for more, so that not every one of them goes to the disk alone.
const PIECE: usize = 256 << 10;

/// A file that is arriving; nobody else can write to it as long as this value lives.
pub struct Incoming {
    app: App,
    pub(super) upload: String,
    file: Option<Box<dyn Arriving>>,
    waiting: Vec<u8>,
    arrived: u64,
    limit: u64,
    name: String,
    /// Goes on after a lost connection; otherwise nothing of it is left behind when this value goes.
    lasting: bool,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Whoever waits for the answer of a form has gone: what it sent was nothing yet.
        if !self.lasting && self.app.blobs.drop_upload(&self.upload).is_err() {
            tracing::warn!(upload = self.upload, "an upload is left for the next cleaning");
        }
    }
}

impl Incoming {
    /// Begins to take in a file of that name, as large as one may be.
    pub async fn begin(app: &App, session: &Session, name: &str) -> Result<Self, Failure> {
        authorise(app, session, ADD)?;
        let upload = fresh_name(app);
        let made = upload.clone();
        on_disk(app, move |blobs| blobs.begin(&made)).await?;
        let mut incoming = Self::at(app, upload, 0, app.attachments.limits.file, name).await?;
        incoming.lasting = false;
        Ok(incoming)
    }

    /// Goes on with an upload at that place.
    pub(super) async fn at(app: &App, upload: String, at: u64, limit: u64, name: &str) -> Result<Self, Failure> {
        let named = upload.clone();
        let file = match on_disk(app, move |blobs| blobs.append(&named, at)).await? {
            Append::Open(file) => file,
            Append::Elsewhere(arrived) => {
                return Err(Failure::refused(AttachmentRefusal::Incomplete { arrived, size: limit }));
            }
            Append::Busy => return Err(Failure::refused(AttachmentRefusal::UploadBusy {})),
            Append::Absent => return Err(Failure::refused(AttachmentRefusal::UploadGone {})),
        };
        Ok(Self {
            app: app.clone(),
            upload,
            file: Some(file),
            waiting: Vec::new(),
            arrived: at,
            limit,
            name: name.to_owned(),
            lasting: true,
        })
    }

    /// How many bytes have arrived.
    pub fn arrived(&self) -> u64 {
        self.arrived
    }

    /// Takes in a piece; refuses what goes beyond the limit.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.arrived += piece.len() as u64;
        if self.arrived > self.limit {
            let limit = self.limit >> 20;
            return Err(Failure::refused(AttachmentRefusal::TooLarge { name: self.name.clone(), limit }));
        }
        self.waiting.extend_from_slice(piece);
        if self.waiting.len() < PIECE { Ok(()) } else { self.flush().await }
    }

    /// Hands what waits to the disk.
    pub async fn flush(&mut self) -> Result<(), Failure> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let piece = std::mem::take(&mut self.waiting);
        let written = tokio::task::spawn_blocking(move || {
            file.write_all(&piece)?;
            file.flush().map(|()| file)
        });
        let failed = |error| Failure::Fault(Fault::File { doing: "writing an upload".to_owned(), source: error });
        match written.await {
            Ok(Ok(file)) => {
                self.file = Some(file);
                Ok(())
            }
            Ok(Err(error)) => Err(failed(Arc::new(error))),
            Err(error) => Err(failed(Arc::new(error))),
        }
    }

    /// Gives it up: nothing is left behind.
    pub async fn give_up(mut self) -> Result<(), Failure> {
        drop(self.file.take());
        let upload = self.upload.clone();
        on_disk(&self.app, move |blobs| blobs.drop_upload(&upload)).await
    }
}
