//! `/administration/attachments`: how much is kept, cleaning up, and hashing everything anew (附件库).

use crate::{
    failure::Stop,
    pages::{Noun, Page, Toast},
    samples,
    visit::{Visit, done},
    web::Web,
};
use axum::{extract::State, response::Response};
use gangmu_app::attachments::{
    collect,
    usage::{StoreView, usage},
    verify::{Verified, verify},
};
use serde::Serialize;

const ADDRESS: &str = "/administration/attachments";

/// `/administration/attachments`.
pub async fn store(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let view = usage(&web.app, &visit.session).await?;
    visit.page(&web, Some(Noun::Administration), &StorePage { view, verified: None }).await
}

/// Cleans up now instead of at night.
pub async fn collect_now(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let collected = collect::collect(&web.app, &visit.session).await?;
    let subject = collected.deleted.to_string();
    Ok(done(&web, ADDRESS, Some(&Toast { key: "toast-files-collected".to_owned(), subject, undo: None })))
}

/// Hashes everything anew and says what is damaged.
pub async fn verify_now(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let verified = Some(verify(&web.app, &visit.session).await?);
    let view = usage(&web.app, &visit.session).await?;
    visit.page(&web, Some(Noun::Administration), &StorePage { view, verified }).await
}

/// The files beside the database.
#[derive(Debug, Clone, Serialize)]
pub struct StorePage {
    /// How much is kept.
    pub view: StoreView,
    /// What hashing everything anew has found.
    pub verified: Option<Verified>,
}

impl Page for StorePage {
    const TEMPLATE: &'static str = "attachments/store.html";

    fn samples() -> Vec<Self> {
        let view = samples::attachment_store();
        let (whole, damaged) = samples::verified();
        let found = [None, Some(whole), Some(damaged)];
        found.into_iter().map(|verified| Self { view: view.clone(), verified }).collect()
    }
}
