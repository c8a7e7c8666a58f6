//! A browser for tests: keeps cookies, finds the secret of the forms, sends forms.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures_util::StreamExt as _;
use gangmu_testkit::{PASSWORD, Seeded, TestDistrict};
use gangmu_web::{Settings, Web, api::limits::Quotas, router};
use std::{collections::BTreeMap, sync::Arc};
use tower::ServiceExt;

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it leads.
    pub fn location(&self) -> String {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    }
}

/// Tests ask as often as they like, because their clock stands still.
const QUOTAS: Quotas = Quotas { token: 1_000_000, person: 1_000_000, address: 1_000_000 };

/// A browser with its cookies.
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// The pages over a test district.
pub fn pages(district: &TestDistrict) -> Router {
    let settings = Settings {
        https: false,
        demonstration: true,
        demo_accounts: Vec::new(),
        random: Arc::new(Seeded::new(7)),
        quotas: QUOTAS,
    };
    router(Web::new(district.app.clone(), settings).expect("the embedded pages are whole"))
}

impl Client {
    pub fn visitor(district: &TestDistrict) -> Self {
        Self { router: pages(district), cookies: BTreeMap::new() }
    }

    /// Somebody who has logged in by the form.
    pub async fn of(district: &TestDistrict, who: &str) -> Self {
        let mut client = Self::visitor(district);
        let answer = client.submit("/login", "/login", &[("name", who), ("password", PASSWORD), ("next", "")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who} logs in: {}", answer.text());
        client
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        if !self.cookies.is_empty() {
            let line = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
            parts.headers.insert(header::COOKIE, line.parse().expect("cookies are plain"));
        }
        let response =
            self.router.clone().oneshot(Request::from_parts(parts, body)).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("cookies are plain");
            let (name, rest) = line.split_once('=').expect("a cookie has a value");
            let value = rest.split(';').next().unwrap_or_default();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        // A stream of events has no end: its first event stands for it.
        let endless = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless {
            let first = body.into_data_stream().next().await.expect("an event").expect("a body in memory");
            first.to_vec()
        } else {
            axum::body::to_bytes(body, usize::MAX).await.expect("a body in memory").to_vec()
        };
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn ask(&mut self, method: Method, address: &str) -> Answer {
        let request = Request::builder().method(method).uri(ascii(address)).body(Body::empty()).expect("an address");
        self.send(request).await
    }

    pub async fn get(&mut self, address: &str) -> Answer {
        self.ask(Method::GET, address).await
    }

    /// The secret that the forms of that page carry.
    pub async fn secret(&mut self, page: &str) -> String {
        let answer = self.get(page).await;
        let text = answer.text();
        let (_, rest) =
            text.split_once("name=\"csrf\" value=\"").unwrap_or_else(|| panic!("{page} has a form: {text}"));
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Asks as a script does: with the secret beside the body.
    pub async fn ask_with_secret(&mut self, method: Method, address: &str) -> Answer {
        let page = if self.cookies.contains_key("gangmu_session") { "/account/password" } else { "/login" };
        let secret = self.secret(page).await;
        let request = Request::builder().method(method).uri(ascii(address)).header("x-gangmu-form", secret);
        self.send(request.body(Body::empty()).expect("an address")).await
    }

    /// Sends a form with the secret that the page carries.
    pub async fn submit(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let secret = self.secret(page).await;
        let mut all = vec![("csrf", secret.as_str())];
        all.extend_from_slice(fields);
        self.post(action, &all).await
    }

    /// Sends a file with the secret that the page carries, as a browser sends it.
    #[allow(dead_code, reason = "not every story hands in a file")]
    pub async fn upload(&mut self, page: &str, action: &str, name: &str, bytes: &[u8]) -> Answer {
        let secret = self.secret(page).await;
        let mut body = format!(
            "--border\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{secret}\r\n--border\r\n\
             content-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--border--\r\n");
        let request = Request::builder()
            .method(Method::POST)
            .uri(ascii(action))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=border")
            .body(Body::from(body))
            .expect("an address");
        self.send(request).await
    }

    /// Sends a form as it is.
    pub async fn post(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect::<Vec<_>>().join("&");
        let request = Request::builder()
            .method(Method::POST)
            .uri(ascii(action))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("an address");
        self.send(request).await
    }
}

/// An address as a browser sends it.
pub fn ascii(address: &str) -> String {
    gangmu_web::visit::ascii_address(address)
}

pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
