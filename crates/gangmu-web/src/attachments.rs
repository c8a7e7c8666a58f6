//! Attachments (附件): the list that any object's page shows, the page of one file, and what can be done with it.
//!
//! A page of another noun takes an [`AttachmentsView`] into its context and calls the macro of
//! `attachments/parts.html`; everything else is here.

mod form;
mod give;
mod share;
mod store;
pub mod tus;

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
    samples,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::Response,
};
pub use form::upload;
use gangmu_app::{
    Failure,
    attachments::{
        Object,
        change::{publish, remove, rename, restore},
        list::list,
        read::page,
        views::{AttachmentPageView, AttachmentsView},
    },
    plan::views::ReasonView,
};
use gangmu_kernel::ids::AttachmentId;
pub(crate) use give::give;
pub use give::{file, link, picture, public, thumbnail};
use serde::{Deserialize, Serialize};
pub use share::{LinkView, share_it};
pub use store::{StorePage, collect_now, store, verify_now};

/// `/attachments/of/{kind}/{id}`: the files of an object.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Response, Stop> {
    let view = list(&web.app, &visit.session, &Object::new(&kind, &id)).await?;
    visit.page(&web, Some(Noun::Plans), &AttachmentsPage { view, refusals: Vec::new() }).await
}

/// `/attachments/{id}`: one file.
pub async fn one(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let view = page(&web.app, &visit.session, AttachmentId(id)).await?;
    visit.page(&web, Some(Noun::Plans), &AttachmentPage { view, link: None, refusals: Vec::new() }).await
}

/// Removes a file.
pub async fn remove_it(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let removed = remove(&web.app, &visit.session, AttachmentId(id)).await.map(|row| row.name);
    let undo = format!("/attachments/{id}/restore");
    acted(&web, &visit, id, "toast-file-removed", Some(undo), removed).await
}

/// Has a removed file back.
pub async fn restore_it(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let restored = restore(&web.app, &visit.session, AttachmentId(id)).await.map(|row| row.name);
    acted(&web, &visit, id, "toast-file-restored", None, restored).await
}

/// A new name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewName {
    name: String,
}

/// Gives a file another name.
pub async fn rename_it(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(to): Form<NewName>,
) -> Result<Response, Stop> {
    let renamed = rename(&web.app, &visit.session, AttachmentId(id), &to.name).await.map(|row| row.name);
    acted(&web, &visit, id, "toast-file-renamed", None, renamed).await
}

/// Open or closed to the public.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ToPublic {
    public: bool,
}

/// Opens a file to the public, or closes it.
pub async fn publish_it(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(to): Form<ToPublic>,
) -> Result<Response, Stop> {
    let published = publish(&web.app, &visit.session, AttachmentId(id), to.public).await.map(|row| row.name);
    let toast = if to.public { "toast-file-public" } else { "toast-file-closed" };
    acted(&web, &visit, id, toast, None, published).await
}

/// Goes on to where the file is shown, or says why nothing was done.
async fn acted(
    web: &Web,
    visit: &Visit,
    id: i64,
    toast: &str,
    undo: Option<String>,
    result: Result<String, Failure>,
) -> Result<Response, Stop> {
    let refusals = match result {
        Ok(name) => {
            let view = page(&web.app, &visit.session, AttachmentId(id)).await?;
            let stays = matches!(toast, "toast-file-renamed" | "toast-file-public" | "toast-file-closed");
            let to = if stays { view.file.address } else { view.back + "#attachments" };
            return Ok(done(web, &to, Some(&Toast { key: toast.to_owned(), subject: name, undo })));
        }
        Err(Failure::Refused(refused)) => reasons(&refused),
        Err(other) => return Err(other.into()),
    };
    let view = page(&web.app, &visit.session, AttachmentId(id)).await?;
    let page = AttachmentPage { view, link: None, refusals };
    visit.page_with(web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// The files of an object on a page of their own.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentsPage {
    /// The files.
    pub view: AttachmentsView,
    /// Why the last upload was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for AttachmentsPage {
    const TEMPLATE: &'static str = "attachments/list.html";

    fn samples() -> Vec<Self> {
        let view = samples::attachments();
        let empty = AttachmentsView { files: Vec::new(), removed: Vec::new(), usage: None, ..view.clone() };
        let reading = AttachmentsView { may_add: false, ..empty.clone() };
        vec![
            Self { view: view.clone(), refusals: Vec::new() },
            Self { view, refusals: samples::reasons() },
            Self { view: empty, refusals: Vec::new() },
            Self { view: reading, refusals: Vec::new() },
        ]
    }
}

/// One file.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentPage {
    /// The file with its preview.
    pub view: AttachmentPageView,
    /// A link that was made just now.
    pub link: Option<LinkView>,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for AttachmentPage {
    const TEMPLATE: &'static str = "attachments/one.html";

    fn samples() -> Vec<Self> {
        let pages = samples::attachment_pages();
        let page = |view| Self { view, link: None, refusals: Vec::new() };
        let mut refused = page(pages[0].clone());
        refused.refusals = samples::reasons();
        let mut shared = page(pages[0].clone());
        shared.link = Some(LinkView::sample());
        pages.into_iter().map(page).chain([refused, shared]).collect()
    }
}
