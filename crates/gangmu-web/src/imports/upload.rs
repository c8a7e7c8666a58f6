//! Taking in files: the secret first, then the files, nothing kept unless all of them have arrived.

use super::form;
use crate::{
    failure::{Stop, reasons},
    pages::Noun,
    visit::{Visit, see_other},
    web::Web,
};
use axum::{
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    plan::import::{self, Upload, UploadedFile},
};

/// `POST /imports`: begins an import and leads to its progress.
pub async fn begin(State(web): State<Web>, visit: Visit, mut sent: Multipart) -> Result<Response, Stop> {
    let first = next(&mut sent).await?.ok_or(Stop::Malformed)?;
    if first.name() != Some("csrf") || !visit.csrf_matches(&text(first).await?) {
        return Err(Stop::Csrf);
    }
    let (mut upload, mut key) = (Upload { ask: true, ..Upload::default() }, String::new());
    while let Some(field) = next(&mut sent).await? {
        match field.name() {
            Some("files") => {
                // A browser sends an empty part where no file was chosen.
                let Some(name) = field.file_name().filter(|name| !name.is_empty()).map(str::to_owned) else { continue };
                let bytes = field.bytes().await.map_err(|error| broken(&error))?.to_vec();
                upload.files.push(UploadedFile { name, bytes });
            }
            Some("plan") => upload.plan = Some(text(field).await?).filter(|key| !key.is_empty()),
            Some("key") => key = text(field).await?.trim().to_lowercase(),
            _ => {}
        }
    }
    if upload.plan.is_none() && !key.is_empty() {
        upload.plan = Some(key);
    }
    let plan = upload.plan.clone().unwrap_or_default();
    match import::begin(&web.app, &visit.session, upload).await {
        Ok(id) => Ok(see_other(&format!("/imports/{id}"))),
        Err(Failure::Refused(refused)) => {
            let page = form(&web, &visit, plan, reasons(&refused)).await?;
            visit.page_with(&web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn next(sent: &mut Multipart) -> Result<Option<Field<'_>>, Stop> {
    sent.next_field().await.map_err(|error| broken(&error))
}

async fn text(field: Field<'_>) -> Result<String, Stop> {
    field.text().await.map_err(|error| broken(&error))
}

/// Too much, or a connection that was lost on the way.
fn broken(error: &MultipartError) -> Stop {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Stop::TooLarge,
        _ => Stop::Malformed,
    }
}
