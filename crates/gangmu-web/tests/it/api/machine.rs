//! A program for tests: brings its token, sends JSON, and holds every answer against the document.

use super::schema;
use crate::client::{Answer, ascii, pages};
use axum::{
    Router,
    body::Body,
    http::{HeaderName, Method, Request, header, request::Builder},
};
use gangmu_app::{
    App, Session,
    tokens::{NewToken, grantable, issue},
};
use gangmu_testkit::TestDistrict;
use serde_json::Value;
use tower::ServiceExt;

/// A program with its token.
pub struct Machine {
    router: Router,
    token: Option<String>,
}

/// An outline that promises something in every clause.
pub const OUTLINE: &str = include_str!("../outline.txt");

/// A token of that person for those actions; for all that the person may where none are named.
pub async fn token(app: &App, owner: &Session, scope: &[&str]) -> String {
    let scope = match scope {
        [] => grantable(app.access(), owner),
        some => some.iter().map(|action| (*action).to_owned()).collect(),
    };
    let new = NewToken { name: "对接".to_owned(), scope, days: 30, post: None };
    issue(app, owner, new).await.expect("a person may make a token").token
}

impl Machine {
    /// A program of that actor that may all that the actor may.
    pub async fn of(district: &TestDistrict, who: &str) -> Self {
        let token = token(&district.app, &district.actor(who), &[]).await;
        Self { router: pages(district), token: Some(token) }
    }

    /// A program with that token, or with none.
    pub fn with(district: &TestDistrict, token: Option<String>) -> Self {
        Self { router: pages(district), token }
    }

    pub fn request(&self, method: Method, address: &str) -> Builder {
        let builder = Request::builder().method(method).uri(ascii(address));
        match &self.token {
            Some(token) => builder.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => builder,
        }
    }

    /// Sends it and holds the answer against the document.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = self.answered(request).await;
        schema::hold(&method, &path, &answer);
        answer
    }

    async fn answered(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body in memory").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address).body(Body::empty()).expect("an address")).await
    }

    /// Sends JSON with more headers.
    pub async fn post_with(&self, address: &str, headers: &[(&str, &str)], value: &Value) -> Answer {
        self.put_or_post(Method::POST, address, headers, value).await
    }

    pub async fn put_or_post(&self, method: Method, address: &str, headers: &[(&str, &str)], value: &Value) -> Answer {
        let builder = self.request(method, address).header(header::CONTENT_TYPE, "application/json");
        self.send(with(builder, headers).body(Body::from(value.to_string())).expect("a request")).await
    }

    pub async fn post(&self, address: &str, value: &Value) -> Answer {
        self.post_with(address, &[], value).await
    }

    /// Sends a file as it is.
    pub async fn post_file(&self, address: &str, headers: &[(&str, &str)], bytes: &[u8]) -> Answer {
        let builder = self.request(Method::POST, address).header(header::CONTENT_TYPE, "application/octet-stream");
        self.send(with(builder, headers).body(Body::from(bytes.to_vec())).expect("a request")).await
    }

    /// Asks as the protocol of uploads wants it, which no document of ours describes.
    pub async fn tus(&self, method: Method, address: &str, headers: &[(&str, &str)], bytes: &[u8]) -> Answer {
        let request = with(self.request(method, address), headers).body(Body::from(bytes.to_vec()));
        self.answered(request.expect("a request")).await
    }

    /// The version of what stands there.
    pub async fn version(&self, address: &str) -> String {
        let answer = self.get(address).await;
        answer.headers[header::ETAG].to_str().expect("plain").to_owned()
    }

    /// Imports the outline as the plan 145 and waits for its end.
    pub async fn imports(&self) {
        let request = self
            .request(Method::POST, "/api/v1/imports?name=纲要.txt&plan=145")
            .header(header::CONTENT_TYPE, "text/plain")
            .body(Body::from(OUTLINE))
            .expect("a request");
        let begun = self.send(request).await;
        assert_eq!(begun.status, 202, "{}", begun.text());
        let place = begun.headers[header::LOCATION].to_str().expect("plain").to_owned();
        for _ in 0..100_000 {
            let progress = json(&self.get(&place).await);
            if progress["running"] == false {
                assert_eq!(progress["step"], "done", "{progress}");
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the import does not end");
    }
}

/// A request with more headers.
fn with(builder: Builder, headers: &[(&str, &str)]) -> Builder {
    let named = |name: &str| HeaderName::try_from(name).expect("a name");
    headers.iter().fold(builder, |builder, (name, value)| builder.header(named(name), *value))
}

/// The body of an answer.
pub fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}
