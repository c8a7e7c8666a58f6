//! Giving out files: what came from somebody is never shown as a page of this house.
//!
//! The file itself is always a download. Only pictures are shown, and only the copies that this program encoded anew.

use crate::{failure::Stop, visit::Visit, web::Web};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use gangmu_app::attachments::{
    link::follow,
    public::open_public,
    read::{Given, Purpose, open},
};
use gangmu_kernel::ids::AttachmentId;
use serde::Deserialize;
use std::io::{self, Read};

/// Bytes that are read at once.
const PIECE: usize = 128 << 10;

/// What a browser may do with a file that it opens all the same: nothing.
const LOCKED_UP: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// `/attachments/{id}/file`: the file, to be kept.
pub async fn file(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let given = open(&web.app, &visit.session, AttachmentId(id), Purpose::Original).await?;
    Ok(give(given, true))
}

/// `/attachments/{id}/picture`: the copy of a picture that holds nothing but its points.
pub async fn picture(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let given = open(&web.app, &visit.session, AttachmentId(id), Purpose::Clean).await?;
    Ok(give(given, false))
}

/// `/attachments/{id}/thumbnail`: the small copy.
pub async fn thumbnail(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let given = open(&web.app, &visit.session, AttachmentId(id), Purpose::Thumbnail).await?;
    Ok(give(given, false))
}

/// A link that somebody was given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Signed {
    until: i64,
    sign: String,
}

/// `/links/{id}`: the file, for whoever has a link that is good.
pub async fn link(State(web): State<Web>, Path(id): Path<i64>, Query(signed): Query<Signed>) -> Result<Response, Stop> {
    Ok(give(follow(&web.app, AttachmentId(id), signed.until, &signed.sign).await?, true))
}

/// `/files/{id}`: a file that was opened to the public.
pub async fn public(State(web): State<Web>, Path(id): Path<i64>) -> Result<Response, Stop> {
    Ok(give(open_public(&web.app, AttachmentId(id)).await?, true))
}

/// An answer that carries the file, read piece by piece as the browser takes it.
pub(crate) fn give(given: Given, download: bool) -> Response {
    let Given { name, media_type, size, content, .. } = given;
    let ending = name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
    let plain: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let form = if download { "attachment" } else { "inline" };
    let named = format!("{form}; filename=\"file.{plain}\"; filename*=UTF-8''{}", percent(&name));
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, LOCKED_UP),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let pieces = stream::unfold(Some(content), |content| async move {
        let mut content = content?;
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = Vec::with_capacity(PIECE);
            let read = content.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            read.map(|_| (content, piece))
        });
        match read.await.map_err(io::Error::other) {
            Ok(Ok((_, piece))) if piece.is_empty() => None,
            Ok(Ok((content, piece))) => Some((Ok(Bytes::from(piece)), Some(content))),
            Ok(Err(error)) | Err(error) => Some((Err(error), None)),
        }
    });
    // Who compresses may ask once more after the end.
    let mut response = Body::from_stream(pieces.fuse()).into_response();
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_LENGTH, size.into());
    for (name, value) in [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)] {
        headers.insert(name, HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment")));
    }
    response
}

/// A name as the header's extended form wants it.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
