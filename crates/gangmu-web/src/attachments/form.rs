//! Taking in files by an ordinary form: the secret first, then the files; nothing of a file is kept unless it may be.

use super::AttachmentsPage;
use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{
        Multipart, Path, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    attachments::{
        AttachmentRefusal, Object,
        add::{Offered, add, check},
        incoming::Incoming,
        list::list,
    },
    plan::views::ReasonView,
};

/// `POST /attachments/of/{kind}/{id}`: attaches the files of a form.
pub async fn upload(
    State(web): State<Web>,
    visit: Visit,
    Path((kind, id)): Path<(String, String)>,
    mut sent: Multipart,
) -> Result<Response, Stop> {
    let first = next(&mut sent).await?.ok_or(Stop::Malformed)?;
    if first.name() != Some("csrf") || !visit.csrf_matches(&first.text().await.map_err(|error| broken(&error))?) {
        return Err(Stop::Csrf);
    }
    let object = Object::new(&kind, &id);
    let (mut added, mut refusals) = (Vec::new(), Vec::new());
    while let Some(field) = next(&mut sent).await? {
        // A browser sends an empty part where no file was chosen.
        let Some(name) = field.file_name().filter(|name| !name.is_empty()).map(str::to_owned) else { continue };
        match one(&web, &visit, &object, &name, field).await? {
            Ok(()) => added.push(name),
            Err(why) => refusals.extend(why),
        }
    }
    if added.is_empty() && refusals.is_empty() {
        let nothing = Failure::refused(AttachmentRefusal::NoFile {});
        refusals.extend(nothing.reasons().map(reasons).unwrap_or_default());
    }
    let view = list(&web.app, &visit.session, &object).await?;
    if refusals.is_empty() {
        let (key, subject) = match added.as_slice() {
            [only] => ("toast-file-added", only.clone()),
            several => ("toast-files-added", several.len().to_string()),
        };
        let toast = Toast { key: key.to_owned(), subject, undo: None };
        return Ok(done(&web, &(view.back + "#attachments"), Some(&toast)));
    }
    let page = AttachmentsPage { view, refusals };
    visit.page_with(&web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// Attaches one file, or says why not; what can't be said stops the request.
async fn one(
    web: &Web,
    visit: &Visit,
    object: &Object,
    name: &str,
    field: Field<'_>,
) -> Result<Result<(), Vec<ReasonView>>, Stop> {
    let declared = field.content_type().unwrap_or_default().to_owned();
    let offered = Offered { object: object.clone(), name: name.to_owned(), declared };
    // Whether it may come at all is asked before its bytes are; the rest of it is read over.
    let begun = match check(&web.app, &visit.session, &offered, 0).await {
        Ok(_) => Incoming::begin(&web.app, &visit.session, name).await,
        Err(failure) => Err(failure),
    };
    let taken = match begun {
        Ok(incoming) => taken(incoming, field).await?,
        Err(failure) => Err(failure),
    };
    let done = match taken {
        Ok(incoming) => add(&web.app, &visit.session, incoming, offered).await.map(drop),
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => Ok(Ok(())),
        Err(Failure::Refused(refused)) => Ok(Err(reasons(&refused))),
        Err(other) => Err(other.into()),
    }
}

/// Takes in the bytes; a connection that breaks, and a file that is too large, leave nothing behind.
async fn taken(mut incoming: Incoming, mut field: Field<'_>) -> Result<Result<Incoming, Failure>, Stop> {
    loop {
        let piece = match field.chunk().await {
            Ok(piece) => piece,
            Err(error) => {
                incoming.give_up().await?;
                return Err(broken(&error));
            }
        };
        let Some(piece) = piece else { return Ok(Ok(incoming)) };
        if let Err(failure) = incoming.write(&piece).await {
            incoming.give_up().await?;
            return Ok(Err(failure));
        }
    }
}

async fn next(sent: &mut Multipart) -> Result<Option<Field<'_>>, Stop> {
    sent.next_field().await.map_err(|error| broken(&error))
}

/// Too much, or a connection that was lost on the way.
fn broken(error: &MultipartError) -> Stop {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Stop::TooLarge,
        _ => Stop::Malformed,
    }
}
