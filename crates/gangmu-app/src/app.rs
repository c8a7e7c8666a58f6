//! The application (应用): everything that operations need, wired once, cheap to clone.

use crate::{
    access::Access,
    accounts::{
        limits::SessionLimits,
        passwords::{Cost, Passwords},
    },
    attachments,
    backup::Backups,
    jobs::Registry,
    operate::Announcement,
    ports::{Blobs, CheckpointFile, Clock, DocumentReader, Random},
    seal::Seal,
};
use gangmu_store::Db;
use jiff::{Timestamp, civil::Date, tz::Offset};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};

/// What the binary wires in.
pub struct Wiring {
    /// The database, its schema up to date.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// The reader of documents.
    pub reader: Arc<dyn DocumentReader>,
    /// The files beside the database.
    pub blobs: Arc<dyn Blobs>,
    /// How much may be attached.
    pub attachments: attachments::Limits,
    /// What signs links to files.
    pub link_key: [u8; 32],
    /// What hashing a password costs.
    pub cost: Cost,
    /// What signs exports and checkpoints of the journal.
    pub seal: Seal,
    /// Where checkpoints of the journal go besides the database.
    pub checkpoints: Arc<dyn CheckpointFile>,
}

/// The application. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Db,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) reader: Arc<dyn DocumentReader>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) attachments: Arc<attachments::Ground>,
    pub(crate) checkpoints: Arc<dyn CheckpointFile>,
    pub(crate) passwords: Arc<Passwords>,
    clock: Arc<dyn Clock>,
    access: Arc<Access>,
    seal: Seal,
    announcements: broadcast::Sender<Announcement>,
    jobs: Arc<Notify>,
    session_limits: SessionLimits,
    registry: Registry,
    backups: Option<Arc<Backups>>,
}

impl App {
    /// The application over these parts, under the committed access matrix.
    pub fn new(wiring: Wiring) -> Self {
        Self {
            db: wiring.db,
            random: wiring.random,
            reader: wiring.reader,
            blobs: wiring.blobs,
            attachments: Arc::new(attachments::Ground::new(wiring.attachments, wiring.link_key)),
            passwords: Arc::new(Passwords::new(wiring.cost)),
            clock: wiring.clock,
            access: Arc::new(Access::committed()),
            seal: wiring.seal,
            checkpoints: wiring.checkpoints,
            announcements: broadcast::Sender::new(256),
            jobs: Arc::new(Notify::new()),
            session_limits: SessionLimits::default(),
            registry: Registry::standard(),
            backups: None,
        }
    }

    /// The same application with other limits of sessions.
    #[must_use]
    pub fn with_session_limits(mut self, limits: SessionLimits) -> Self {
        self.session_limits = limits;
        self
    }

    /// How long a session lasts.
    pub fn session_limits(&self) -> SessionLimits {
        self.session_limits
    }

    /// The same application with other handlers of jobs: the binary adds what needs its ports.
    #[must_use]
    pub fn with_jobs(self, registry: Registry) -> Self {
        Self { registry, ..self }
    }

    /// Which handler does which kind of job.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The same application, with a place for backups.
    #[must_use]
    pub fn with_backups(mut self, backups: Backups) -> Self {
        self.backups = Some(Arc::new(backups));
        self
    }

    /// How this house is backed up; none where nobody has set it up.
    pub fn backups(&self) -> Option<&Backups> {
        self.backups.as_deref()
    }

    /// The present instant, as the injected clock tells it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today in the time of the district.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// Who may do what.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// What signs for this installation.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// What is announced after each commit from now on.
    pub fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.announcements.subscribe()
    }

    pub(crate) fn announce(&self, announcement: Announcement) {
        // Nobody listening is nothing wrong.
        drop(self.announcements.send(announcement));
    }

    /// Waits until an operation of this process has handed in a job; one that came before counts.
    pub async fn jobs_waiting(&self) {
        self.jobs.notified().await;
    }

    /// Tells whoever waits for jobs that there is one.
    pub(crate) fn wake_jobs(&self) {
        self.jobs.notify_one();
    }

    /// The database itself: for wiring (close, doctor) and tests, never for pages.
    pub fn database(&self) -> &Db {
        &self.db
    }
}

/// An instant to the minute in the time of the district, for words.
pub(crate) fn minute_of(instant: Timestamp) -> String {
    Offset::constant(8).to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The day of an instant in the time of the district, which has no summer time.
pub(crate) fn day_of(instant: Timestamp) -> Date {
    Offset::constant(8).to_datetime(instant).date()
}
