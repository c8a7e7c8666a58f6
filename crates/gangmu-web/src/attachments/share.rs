//! Making a link by which a file can be had without logging in.

use super::AttachmentPage;
use crate::{failure::Stop, pages::Noun, visit::Visit, web::Web};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use gangmu_app::attachments::{link::share, read::page};
use gangmu_kernel::ids::AttachmentId;
use serde::Serialize;

/// A link as the page shows it, once.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The whole address, to be sent to somebody.
    pub address: String,
    /// Until when it is good.
    pub until: jiff::Timestamp,
}

impl LinkView {
    pub(super) fn sample() -> Self {
        let address = format!("gangmu.example/links/3?until=1720314300&sign={}", "5f".repeat(32));
        Self { address, until: jiff::Timestamp::UNIX_EPOCH }
    }
}

/// `POST /attachments/{id}/link`: makes a link and shows it.
pub async fn share_it(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let link = share(&web.app, &visit.session, AttachmentId(id)).await?;
    let view = page(&web.app, &visit.session, AttachmentId(id)).await?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if web.settings.https { "https" } else { "http" };
    let address = if host.is_empty() { link.address } else { format!("{scheme}://{host}{}", link.address) };
    let link = Some(LinkView { address, until: link.until });
    visit.page(&web, Some(Noun::Plans), &AttachmentPage { view, link, refusals: Vec::new() }).await
}
