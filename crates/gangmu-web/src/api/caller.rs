//! Who calls (调用者), and what the request asks of the operation: `Idempotency-Key` and `If-Match`.

use super::{problem::Halt, reply};
use crate::locale::Language;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use gangmu_app::{
    Failure, Session,
    plan::views::ReasonView,
    terms::{Answer, Terms},
};
use std::{collections::BTreeMap, convert::Infallible};

/// One request's caller.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The owner of the token, with no more than the token may.
    pub session: Session,
    /// The language of the answer.
    pub language: Language,
    /// Under which key the request is done once.
    key: Option<String>,
    /// Which versions it was made on: none where the header is missing.
    held: Option<Vec<String>>,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("the entrance puts a caller into every request"))
    }
}

impl Caller {
    /// The caller of a request with those headers.
    pub fn new(session: Session, language: Language, headers: &HeaderMap) -> Self {
        let said = |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let held = said(header::IF_MATCH.as_str()).map(|tags| reply::tags(&tags));
        Self { session, language, key: said("idempotency-key"), held }
    }

    /// What the operation is asked for: done once, where the request has a key. The answer is made in the operation's
    /// own transaction and kept with what it wrote.
    pub fn terms<T: 'static>(
        &self,
        digest: [u8; 32],
        answer: impl Fn(&T) -> Answer + Send + Sync + 'static,
    ) -> Result<Terms, Halt> {
        let Some(key) = &self.key else { return Ok(Terms::default()) };
        let printable = key.bytes().all(|byte| byte.is_ascii_graphic());
        if key.is_empty() || key.len() > 100 || !printable {
            let reason = ReasonView { code: "api-key-bad".to_owned(), fields: BTreeMap::new() };
            return Err(Halt::Refused(vec![reason]));
        }
        // A key belongs to its token: two programs of one person don't meet.
        let token = self.session.through.as_ref().map_or(0, |through| through.id);
        Ok(Terms::default().once(format!("{token}/{key}"), digest, answer))
    }

    /// The same, and only on the version that `If-Match` names; without the header it is refused.
    pub fn terms_on<T: 'static>(
        &self,
        digest: [u8; 32],
        answer: impl Fn(&T) -> Answer + Send + Sync + 'static,
        version: impl Fn(&mut gangmu_app::terms::Tx<'_>) -> Result<String, Failure> + Send + Sync + 'static,
    ) -> Result<Terms, Halt> {
        let terms = self.terms(digest, answer)?;
        match &self.held {
            None => Err(Halt::NeedsVersion),
            Some(expected) if expected.iter().any(|tag| tag == "*") => Ok(terms),
            Some(expected) => Ok(terms.held(expected.clone(), version)),
        }
    }

    /// The caller's session for a step that gives nothing back, done once where the request has a key.
    pub fn once(&self, digest: [u8; 32]) -> Result<Session, Halt> {
        Ok(self.session.on(self.terms(digest, reply::nothing)?))
    }

    /// The same, and only on the version that `If-Match` names.
    pub fn once_on(
        &self,
        digest: [u8; 32],
        version: impl Fn(&mut gangmu_app::terms::Tx<'_>) -> Result<String, Failure> + Send + Sync + 'static,
    ) -> Result<Session, Halt> {
        Ok(self.session.on(self.terms_on(digest, reply::nothing, version)?))
    }

    /// The version that `If-Match` names; without the header it is refused.
    pub fn held(&self) -> Result<&str, Halt> {
        self.held.as_ref().map(|_| self.seen()).ok_or(Halt::NeedsVersion)
    }

    /// The version that the caller had seen.
    pub fn seen(&self) -> &str {
        self.held.as_deref().and_then(|tags| tags.first()).map_or("", String::as_str)
    }
}
