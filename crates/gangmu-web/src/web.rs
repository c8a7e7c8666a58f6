//! What all requests share: the application, the pages, and how this installation is set up.

use crate::{
    api::limits::{Limits, Quotas},
    pages::{BadPages, Pages},
};
use gangmu_app::{App, Session, packs, packs::Manifest, ports::Random};
use std::sync::Arc;
use tokio::sync::{OnceCell, watch};

/// How this installation is set up; the binary decides.
#[derive(Clone)]
pub struct Settings {
    /// The pages are reached over HTTPS: cookies are secure and browsers are told to stay there.
    pub https: bool,
    /// Everything shown is a demonstration; the day it pretends to live in stands in the header.
    pub demonstration: bool,
    /// Accounts that the login page of a demonstration names.
    pub demo_accounts: Vec<(String, Vec<String>)>,
    /// Randomness for the secrets of forms before login and for the numbers of faults.
    pub random: Arc<dyn Random>,
    /// How often a program may ask.
    pub quotas: Quotas,
}

/// The state of the server. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The application.
    pub app: App,
    /// Templates, words and assets.
    pub pages: Arc<Pages>,
    /// How this installation is set up.
    pub settings: Arc<Settings>,
    /// How often programs have asked.
    pub limits: Arc<Limits>,
    district: Arc<OnceCell<Manifest>>,
    closing: watch::Sender<bool>,
}

impl Web {
    /// Reads the pages.
    pub fn new(app: App, settings: Settings) -> Result<Self, BadPages> {
        Ok(Self {
            app,
            pages: Arc::new(Pages::load()?),
            limits: Arc::new(Limits::new(settings.quotas)),
            settings: Arc::new(settings),
            district: Arc::new(OnceCell::new()),
            closing: watch::Sender::new(false),
        })
    }

    /// Ends what has no end of its own, because the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until the server stops.
    pub(crate) async fn closed(&self) {
        // The sender lives as long as this value, so that waiting can't fail.
        drop(self.closing.subscribe().wait_for(|closing| *closing).await);
    }

    /// The name of the district for headers, in both languages; none before its pack was loaded.
    pub async fn district(&self) -> Option<&Manifest> {
        if self.district.get().is_none()
            && let Ok(Some(manifest)) = packs::district(&self.app, &Session::public()).await
        {
            // Two requests may read it at once; both read the same.
            drop(self.district.set(manifest));
        }
        self.district.get()
    }

    /// Thirty-two random bytes as text.
    pub(crate) fn secret(&self) -> String {
        self.settings.random.bytes32().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
