//! Uploads in pieces (断点续传): the protocol tus 1.0 with creation, expiration and termination.
//!
//! <https://tus.io/protocols/resumable-upload> in short: `POST` begins and names the upload, `PATCH` adds bytes at the
//! place where it ends, `HEAD` asks where that is, `DELETE` gives it up. The answer that takes the last bytes says
//! whether the file became an attachment; a refusal is one line of words for each reason.

use crate::{failure::Stop, visit::Visit, web::Web};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt as _;
use gangmu_app::{
    Failure,
    attachments::{
        Object,
        add::Offered,
        incoming::Incoming,
        limits,
        upload::{Standing, advance, begin, receive, standing, stop},
    },
};
use std::collections::BTreeMap;

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,expiration,termination";
/// What a piece is sent as.
const PIECE: &str = "application/offset+octet-stream";

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const ATTACHMENT: HeaderName = HeaderName::from_static("x-attachment");

/// `OPTIONS /uploads`: what this server can do.
pub async fn options(State(web): State<Web>) -> Response {
    let mut response = answer(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert("tus-version", HeaderValue::from_static(VERSION));
    headers.insert("tus-extension", HeaderValue::from_static(EXTENSIONS));
    headers.insert("tus-max-size", limits(&web.app).file.into());
    response
}

/// `POST /uploads`: begins an upload; its length and what it is for stand in the headers.
pub async fn create(State(web): State<Web>, visit: Visit, headers: HeaderMap) -> Result<Response, Stop> {
    if let Some(other) = other_version(&headers) {
        return Ok(other);
    }
    let size: u64 = said(&headers, &LENGTH).and_then(|text| text.parse().ok()).ok_or(Stop::Malformed)?;
    let mut metadata = metadata(&headers).ok_or(Stop::Malformed)?;
    let mut take = |key: &str| metadata.remove(key).unwrap_or_default();
    let (kind, object) = (take("kind"), take("object"));
    let offered = Offered { object: Object::new(&kind, object), name: take("filename"), declared: take("filetype") };
    let id = match begin(&web.app, &visit.session, offered, size).await {
        Ok(id) => id,
        Err(failure) => return refused(&web, &visit, failure),
    };
    let now = standing(&web.app, &visit.session, &id).await?;
    let mut response = answer(StatusCode::CREATED);
    let address = HeaderValue::from_str(&format!("/uploads/{id}")).map_err(|error| Stop::fault(&error))?;
    response.headers_mut().insert(header::LOCATION, address);
    expires(&mut response, &now);
    Ok(response)
}

/// `HEAD /uploads/{id}`: how far it is.
pub async fn head(State(web): State<Web>, visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let Ok(now) = standing(&web.app, &visit.session, &id).await else { return Ok(answer(StatusCode::NOT_FOUND)) };
    let mut response = answer(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(OFFSET, now.arrived.into());
    headers.insert(LENGTH, now.size.into());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(attachment) = now.attachment {
        headers.insert(ATTACHMENT, attachment.0.into());
    }
    expires(&mut response, &now);
    Ok(response)
}

/// `PATCH /uploads/{id}`: adds bytes at its end. A connection that breaks keeps what has come.
pub async fn patch(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Stop> {
    if let Some(other) = other_version(&headers) {
        return Ok(other);
    }
    if said(&headers, &header::CONTENT_TYPE) != Some(PIECE) {
        return Ok(answer(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let at: u64 = said(&headers, &OFFSET).and_then(|text| text.parse().ok()).ok_or(Stop::Malformed)?;
    let incoming = match receive(&web.app, &visit.session, &id, at).await {
        Ok(incoming) => incoming,
        Err(failure) => return refused(&web, &visit, failure),
    };
    let incoming = match taken(incoming, body).await {
        Ok(incoming) => incoming,
        Err(failure) => return refused(&web, &visit, failure),
    };
    let arrived = incoming.arrived();
    let done = match advance(&web.app, &visit.session, &id, incoming).await {
        Ok(done) => done,
        Err(failure) => return refused(&web, &visit, failure),
    };
    let mut response = answer(StatusCode::NO_CONTENT);
    response.headers_mut().insert(OFFSET, arrived.into());
    match done {
        Some(attachment) => drop(response.headers_mut().insert(ATTACHMENT, attachment.0.into())),
        None => expires(&mut response, &standing(&web.app, &visit.session, &id).await?),
    }
    Ok(response)
}

/// `DELETE /uploads/{id}`: gives it up.
pub async fn delete(State(web): State<Web>, visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    match stop(&web.app, &visit.session, &id).await {
        Ok(()) => Ok(answer(StatusCode::NO_CONTENT)),
        Err(failure) => refused(&web, &visit, failure),
    }
}

/// Takes in the piece, as much of it as comes.
async fn taken(mut incoming: Incoming, body: Body) -> Result<Incoming, Failure> {
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        match piece {
            Ok(piece) => incoming.write(&piece).await?,
            // The connection is lost; what has come stays.
            Err(_) => break,
        }
    }
    Ok(incoming)
}

/// An answer of this protocol.
fn answer(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// Words for whoever sends: a refusal with the status by which the sender knows what to do.
fn refused(web: &Web, visit: &Visit, failure: Failure) -> Result<Response, Stop> {
    let reasons = match failure {
        Failure::Refused(reasons) => reasons,
        Failure::Absent(_) => return Ok(answer(StatusCode::NOT_FOUND)),
        other => return Err(other.into()),
    };
    let status = match () {
        () if reasons.has("attachments.add.incomplete") => StatusCode::CONFLICT,
        () if reasons.has("attachments.add.upload_busy") => StatusCode::LOCKED,
        () if reasons.has("attachments.add.upload_gone") => StatusCode::GONE,
        () if reasons.has("attachments.add.too_large") => StatusCode::PAYLOAD_TOO_LARGE,
        () => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let said = |reason: &gangmu_app::plan::views::ReasonView| {
        let said = web.pages.words.reason(visit.language, &reason.code, &reason.fields);
        said.map_err(|error| Stop::fault(&error))
    };
    let lines = crate::failure::reasons(&reasons).iter().map(said).collect::<Result<Vec<_>, _>>()?;
    let mut response = (status, lines.join("\n")).into_response();
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    Ok(response)
}

fn expires(response: &mut Response, now: &Standing) {
    let day = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now.until);
    if let Some(value) = day.ok().and_then(|day| HeaderValue::from_str(&day).ok()) {
        response.headers_mut().insert(EXPIRES, value);
    }
}

/// Another version of the protocol is not spoken.
fn other_version(headers: &HeaderMap) -> Option<Response> {
    if said(headers, &RESUMABLE) == Some(VERSION) {
        return None;
    }
    let mut response = answer(StatusCode::PRECONDITION_FAILED);
    response.headers_mut().insert("tus-version", HeaderValue::from_static(VERSION));
    Some(response)
}

fn said<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// `filename d29ybGQudHh0,filetype dGV4dC9wbGFpbg==`: names with their values in base 64.
fn metadata(headers: &HeaderMap) -> Option<BTreeMap<String, String>> {
    let line = headers.get("upload-metadata")?.to_str().ok()?;
    let pair = |pair: &str| {
        let pair = pair.trim();
        let (name, value) = pair.split_once(' ').unwrap_or((pair, ""));
        Some((name.to_owned(), String::from_utf8(base64(value.trim())?).ok()?))
    };
    line.split(',').filter(|part| !part.trim().is_empty()).map(pair).collect()
}

/// The bytes behind a text in base 64, with or without its padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut out) = (0_u32, 0, Vec::with_capacity(text.len() * 3 / 4));
    for sign in text.trim_end_matches('=').bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_read_with_and_without_padding() {
        assert_eq!(base64("d29ybGQudHh0").as_deref(), Some(&b"world.txt"[..]));
        assert_eq!(base64("6YCa55+l").as_deref(), Some("通知".as_bytes()));
        assert_eq!(base64("YQ==").as_deref(), Some(&b"a"[..]));
        assert_eq!(base64("YQ").as_deref(), Some(&b"a"[..]));
        assert_eq!(base64("").as_deref(), Some(&b""[..]));
        assert_eq!(base64("不"), None);
    }
}
