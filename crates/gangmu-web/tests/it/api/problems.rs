//! What a program is told when something is not done.

use super::machine::{Machine, json};
use crate::client::Answer;
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use gangmu_testkit::{TestDistrict, each_database};
use gangmu_web::{Settings, Web, api::limits::Quotas, router};
use jiff::SignedDuration;
use serde_json::{Value, json as object};
use std::sync::Arc;
use tower::ServiceExt;

/// A problem with that status and code.
fn problem(answer: &Answer, status: StatusCode, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    let problem = json(answer);
    assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(status.as_u16().into()), Some(code)));
    problem
}

#[test]
fn every_stop_is_a_problem_in_the_callers_language() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        let absent = problem(&planner.get("/api/v1/plans/none").await, StatusCode::NOT_FOUND, "absent");
        assert_eq!(
            (absent["title"].as_str(), absent["instance"].as_str()),
            (Some("没有这一项"), Some("/api/v1/plans/none"))
        );
        problem(&planner.get("/api/v2/nothing").await, StatusCode::NOT_FOUND, "absent");
        problem(&planner.get("/api").await, StatusCode::NOT_FOUND, "absent");
        let english = planner
            .request(Method::GET, "/api/v1/plans/none")
            .header(header::ACCEPT_LANGUAGE, "en-GB, zh;q=0.5")
            .body(Body::empty())
            .expect("a request");
        let english = planner.send(english).await;
        assert_eq!(english.headers[header::CONTENT_LANGUAGE], "en");
        assert_eq!(json(&english)["title"], "There is no such thing");

        let request = planner.request(Method::DELETE, "/api/v1/plans").body(Body::empty()).expect("a request");
        let answer = planner.send(request).await;
        problem(&answer, StatusCode::METHOD_NOT_ALLOWED, "method");
        assert!(answer.headers[header::ALLOW].to_str().expect("plain").contains("GET"));
        problem(&planner.get("/api/v1/plans?limit=0").await, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        let unknown =
            problem(&planner.get("/api/v1/plans?colour=red").await, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(unknown["reasons"][0]["pointer"], "?colour");
    });
}

#[test]
fn a_body_that_cannot_be_taken_is_refused_with_its_place() {
    each_database(async |district| {
        let system = Machine::of(&district, "system").await;
        let sent = async |kind: &str, body: &'static str| {
            let request = system
                .request(Method::POST, "/api/v1/accounts")
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(body))
                .expect("a request");
            system.send(request).await
        };
        problem(&sent("application/json", "{\"login\": ").await, StatusCode::BAD_REQUEST, "malformed");
        problem(&sent("application/json", "{} {}").await, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        problem(&sent("text/plain", "login").await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported");
        let wrong = sent("application/json", r#"{"login":"wu","name":"吴","roles":["planner", 7]}"#).await;
        let wrong = problem(&wrong, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(wrong["reasons"][0]["pointer"], "/roles/1");
        let unknown = sent("application/json", r#"{"login":"wu","name":"吴","roles":[],"admin":true}"#).await;
        problem(&unknown, StatusCode::UNPROCESSABLE_ENTITY, "invalid");

        let all = object!({ "login": "a b", "name": " ", "roles": [], "organisation": "none" });
        let all = system.post("/api/v1/accounts", &all).await;
        let all = problem(&all, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        let places: Vec<&str> =
            all["reasons"].as_array().expect("reasons").iter().filter_map(|r| r["pointer"].as_str()).collect();
        assert!(places.contains(&"/login") && places.contains(&"/name"), "all reasons at once: {all:#}");

        let packed = system
            .request(Method::POST, "/api/v1/accounts")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_ENCODING, "br")
            .body(Body::from("{}"))
            .expect("a request");
        problem(&system.send(packed).await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported");
        let much = system
            .request(Method::POST, "/api/v1/accounts")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(" ".repeat(3 << 20)))
            .expect("a request");
        problem(&system.send(much).await, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    });
}

#[test]
fn answers_are_packed_as_the_program_likes() {
    each_database(async |district| {
        let anybody = Machine::with(&district, None);
        let plain = anybody.get("/api/v1/openapi.json").await;
        for (name, magic) in [("gzip", &[0x1f, 0x8b][..]), ("zstd", &[0x28, 0xb5, 0x2f, 0xfd][..])] {
            let request = anybody
                .request(Method::GET, "/api/v1/openapi.json")
                .header(header::ACCEPT_ENCODING, name)
                .body(Body::empty())
                .expect("a request");
            let packed = anybody.send(request).await;
            assert_eq!(packed.headers[header::CONTENT_ENCODING], name);
            assert!(packed.bytes.starts_with(magic) && packed.bytes.len() * 3 < plain.bytes.len(), "{name}");
        }
    });
}

/// The pages with that few requests a minute.
fn scarce(district: &TestDistrict, quotas: Quotas) -> axum::Router {
    let random = Arc::new(gangmu_testkit::Seeded::new(7));
    let settings = Settings { https: false, demonstration: false, demo_accounts: Vec::new(), random, quotas };
    router(Web::new(district.app.clone(), settings).expect("the pages are whole"))
}

#[test]
fn a_program_that_asks_too_often_is_told_when_to_come_again() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        let router = scarce(&district, Quotas { token: 3, person: 100, address: 1000 });
        let ask = async || {
            let request = planner.request(Method::GET, "/api/v1/me").body(Body::empty()).expect("a request");
            router.clone().oneshot(request).await.expect("the router never fails")
        };
        for left in ["r=2", "r=1", "r=0"] {
            let answer = ask().await;
            assert_eq!(answer.status(), StatusCode::OK);
            let said = answer.headers()["ratelimit"].to_str().expect("plain").to_owned();
            assert!(said.starts_with(&format!("\"token\";{left}")), "{said}");
            let policy = answer.headers()["ratelimit-policy"].to_str().expect("plain");
            assert_eq!(policy, "\"token\";q=3;w=60, \"person\";q=100;w=60, \"address\";q=1000;w=60");
        }
        let stopped = ask().await;
        assert_eq!(stopped.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(stopped.headers()[header::RETRY_AFTER], "20");
        assert_eq!(stopped.headers()[header::CONTENT_TYPE], "application/problem+json");
        district.wait(SignedDuration::from_secs(20));
        assert_eq!(ask().await.status(), StatusCode::OK);
    });
}
