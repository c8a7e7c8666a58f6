//! Reading what a program sends (读入): every place that does not fit is named, and nothing unknown is passed over.

use super::problem::{Halt, Misfit};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::BytesRejection},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Bytes that a JSON body may have.
const LIMIT: usize = 2 << 20;

/// The body as JSON, with the digest of the whole request for idempotency keys.
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of method, address and body.
    pub digest: [u8; 32],
}

/// A request without a body.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Nothing {}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Halt;

    async fn from_request(request: Request, state: &S) -> Result<Self, Halt> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let start = format!("{} {}\n", request.method(), request.uri());
        let bytes = Bytes::from_request(request, state).await.map_err(|error| broken(&error))?;
        if bytes.len() > LIMIT {
            return Err(Halt::TooLarge);
        }
        let digest = Sha256::new().chain_update(&start).chain_update(&bytes).finalize().into();
        if bytes.is_empty() {
            // What needs nothing takes nothing, whatever it is called.
            let value = serde_json::from_str("{}").map_err(|_| Halt::NotJson("the body is missing".to_owned()))?;
            return Ok(Self { value, digest });
        }
        if !(kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Halt::Unsupported);
        }
        Ok(Self { value: parsed(&bytes)?, digest })
    }
}

fn broken(error: &BytesRejection) -> Halt {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Halt::TooLarge,
        _ => Halt::NotJson("the body did not arrive whole or can't be unpacked".to_owned()),
    }
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Halt> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (pointer, inner) = (pointer(error.path()), error.into_inner());
        match inner.classify() {
            serde_json::error::Category::Data => Halt::Misfit(vec![Misfit { pointer, said: inner.to_string() }]),
            _ => Halt::NotJson(inner.to_string()),
        }
    })?;
    reader.end().map_err(|error| Halt::NotJson(error.to_string()))?;
    Ok(value)
}

/// The path as a JSON pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let segment = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(segment).collect()
}

/// The parameters behind the question mark.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Halt;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Halt> {
        let query = parts.uri.query().unwrap_or_default();
        let reader = serde_urlencoded::Deserializer::new(form_pairs(query.as_bytes()));
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let place = error.path().to_string();
            let pointer = if place == "." { "?".to_owned() } else { format!("?{place}") };
            Halt::Misfit(vec![Misfit { pointer, said: error.into_inner().to_string() }])
        })
    }
}

fn form_pairs(query: &[u8]) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query)
}

/// The parts of the address; what can't be one is absent.
pub struct Named<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Halt;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Halt> {
        Path::from_request_parts(parts, state).await.map(|Path(named)| Self(named)).map_err(|_| Halt::Absent)
    }
}
