//! What protects every answer and every request: headers, limits, the secret of forms.

use crate::{
    accounts::Kept,
    failure::{Stop, dress},
    visit::{FORM_COOKIE, TOAST_COOKIE, Visit, cookie},
    web::Web,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// What the browser may load: only from here, no script or style inside a page, nothing frames us.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// Carries the secret of forms where the body is no form. Only our own pages can set it.
pub const FORM_HEADER: &str = "x-gangmu-form";

/// Bytes of an upload.
pub const UPLOAD_LIMIT: u64 = 100 << 20;
/// Bytes of an ordinary form; an upload is read by its own handler.
const FORM_LIMIT: usize = 2 << 20;

/// Sets the headers that every answer carries.
pub async fn headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in fixed {
        // A file that somebody brought is locked up more narrowly than a page.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if web.settings.https {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    // What a person sees is kept nowhere; what is public or never changes says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The entrance: knows the visitor, checks the secret of forms, dresses what stops.
pub async fn enter(State(web): State<Web>, request: Request, next: Next) -> Response {
    if crate::api::is_api(request.uri().path()) {
        return crate::api::entrance::enter(web, request, next).await;
    }
    let get = request.method().is_safe();
    let (mut parts, body) = request.into_parts();
    let mut visit = match Visit::of(&web, &parts).await {
        Ok(visit) => visit,
        Err(stop) => return stop.into_response(),
    };
    // A token is no cookie: no other house can make a browser send it, so its requests need no secret.
    let program = match crate::api::entrance::shared(&web, &parts).await {
        Ok(program) => program,
        Err(response) => return response,
    };
    let by_token = program.is_some();
    if let Some((session, language)) = program {
        (visit.session, visit.language) = (session, language);
    }
    parts.extensions.insert(visit.clone());
    let request = Request::from_parts(parts, body);
    let answer = match if by_token { Ok(request) } else { checked(&visit, request).await } {
        Ok(request) => next.run(request).await,
        Err(stop) => stop.into_response(),
    };
    let mut response = dress(&web, &visit, get, answer).await;
    let shared = response.headers().get(header::CACHE_CONTROL).is_some_and(|v| v.as_bytes().starts_with(b"public"));
    if let (Some(fresh), false) = (&visit.fresh_form_cookie, shared) {
        response.headers_mut().append(header::SET_COOKIE, cookie(&web, FORM_COOKIE, fresh, None));
    }
    let says = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if visit.toast.is_some() && says && !shared {
        response.headers_mut().append(header::SET_COOKIE, cookie(&web, TOAST_COOKIE, "", Some(0)));
    }
    response
}

/// A request that changes something comes from our own pages and carries its visitor's secret.
///
/// An upload is a stream: its handler checks the secret in the first field before it reads anything else.
async fn checked(visit: &Visit, request: Request) -> Result<Request, Stop> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(request);
    }
    if said(&request, "sec-fetch-site").is_some_and(|site| !matches!(site.as_str(), "same-origin" | "none")) {
        return Err(Stop::Csrf);
    }
    // What is no form carries the secret beside its body, so that the body stays a stream.
    if let Some(given) = said(&request, FORM_HEADER) {
        return if visit.csrf_matches(&given) { Ok(request) } else { Err(Stop::Csrf) };
    }
    let kind = said(&request, "content-type").unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return Ok(request);
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Stop::Malformed);
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, FORM_LIMIT).await.map_err(|_| Stop::TooLarge)?;
    let given = field(&bytes, "csrf").unwrap_or_default();
    if !visit.csrf_matches(&given) {
        let expired = || Stop::Expired(Kept::of(&visit.address, &bytes).map(Box::new));
        return Err(if visit.expired { expired() } else { Stop::Csrf });
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn said(request: &Request, name: &str) -> Option<String> {
    Some(request.headers().get(name)?.to_str().ok()?.to_owned())
}

/// A plain field of a form; secrets are hexadecimal, so nothing needs decoding.
fn field(form: &[u8], name: &str) -> Option<String> {
    let text = std::str::from_utf8(form).ok()?;
    text.split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()))
}
