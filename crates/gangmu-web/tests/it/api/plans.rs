//! A plan from its file to the public, all by a program.

use super::machine::{Machine, OUTLINE, json};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use gangmu_testkit::each_database;
use serde_json::{Value, json as object};

#[test]
fn editions_are_compared_by_a_program() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let one = json(&planner.get("/api/v1/plans/145/comparison").await);
        assert_eq!((&one["old"], &one["new"], &one["lines"]), (&Value::Null, &1.into(), &object!([])));
        let same = json(&planner.get("/api/v1/plans/145/comparison?old=1&new=1").await);
        let lines = same["lines"].as_array().expect("lines");
        assert!(!lines.is_empty() && lines.iter().all(|line| line["kind"] == "same"), "{same}");
        let absent = planner.get("/api/v1/plans/145/comparison?new=9").await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_plan_is_read_page_by_page() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let plans = json(&planner.get("/api/v1/plans").await);
        assert_eq!(plans["items"][0]["key"], "145");
        assert_eq!(plans["next"], Value::Null);
        for place in ["outline", "coverage", "facets", "edition"] {
            assert_eq!(planner.get(&format!("/api/v1/plans/145/{place}")).await.status, StatusCode::OK, "{place}");
        }
        for rows in ["commitments", "clauses", "doubts"] {
            let all = json(&planner.get(&format!("/api/v1/plans/145/{rows}?limit=200")).await)["items"].clone();
            let all = all.as_array().expect("rows").clone();
            let (mut found, mut next) = (Vec::new(), format!("/api/v1/plans/145/{rows}?limit=2"));
            while !next.is_empty() {
                let answer = planner.get(&next).await;
                let page = json(&answer);
                found.extend(page["items"].as_array().expect("rows").clone());
                let link = answer.headers.get(header::LINK).map(|link| link.to_str().expect("plain").to_owned());
                assert_eq!(link.is_some(), page["next"].is_string(), "{rows}");
                next = link.map_or_else(String::new, |link| {
                    let (address, _) = link.trim_start_matches('<').split_once('>').expect("an address");
                    address.to_owned()
                });
                assert!(found.len() <= all.len(), "{rows} end");
            }
            assert_eq!(found, all, "{rows}");
        }
        let targets = json(&planner.get("/api/v1/plans/145/commitments?kind=target").await);
        let kinds = targets["items"].as_array().expect("rows").iter().map(|row| row["form"]["kind"].clone());
        assert!(kinds.into_iter().all(|kind| kind == "target"));
        let clause = json(&planner.get("/api/v1/plans/145/clauses/1.1.一").await);
        assert!(clause["commitments"].as_array().is_some_and(|c| !c.is_empty()), "{clause:#}");
        let hits = json(&planner.get("/api/v1/search?q=路灯").await);
        assert!(hits["items"].as_array().is_some_and(|hits| !hits.is_empty()));
        assert_eq!(planner.get("/api/v1/home").await.status, StatusCode::OK);
        let file = planner.get("/api/v1/plans/145/register.xlsx").await;
        assert!(file.bytes.starts_with(b"PK"));
    });
}

#[test]
fn files_come_as_a_form_or_as_they_are_and_are_refused_in_words() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        let form = format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n{OUTLINE}\r\n--frontier--\r\n"
        );
        let request = planner
            .request(Method::POST, "/api/v1/imports")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            .body(Body::from(form))
            .expect("a request");
        let begun = planner.send(request).await;
        assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text());
        let nameless = planner
            .request(Method::POST, "/api/v1/imports")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Body::from(OUTLINE))
            .expect("a request");
        assert_eq!(json(&planner.send(nameless).await)["reasons"][0]["pointer"], "?name");
        let empty = planner
            .request(Method::POST, "/api/v1/imports?name=a.txt&plan=..")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Body::empty())
            .expect("a request");
        let refused = json(&planner.send(empty).await);
        assert_eq!(refused["reasons"].as_array().map(Vec::len), Some(2), "both reasons: {refused:#}");
    });
}

#[test]
fn a_plan_is_reviewed_approved_published_and_withdrawn_by_programs() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let preview = json(&planner.get("/api/v1/plans/145/bulk?path=1.1.一&scope=chapter").await);
        if preview["allowed"] == true {
            let count = preview["commitments"].as_array().map_or(0, Vec::len);
            let body = object!({ "path": "1.1.一", "scope": "chapter", "seal": preview["seal"], "count": count });
            let wrong = object!({ "path": "1.1.一", "scope": "chapter", "seal": "other", "count": count });
            assert_eq!(planner.post("/api/v1/plans/145/bulk", &wrong).await.status, StatusCode::CONFLICT);
            let done = planner.post("/api/v1/plans/145/bulk", &body).await;
            assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        }
        loop {
            let open = json(&planner.get("/api/v1/plans/145/commitments?standing=proposed&limit=1").await);
            let Some(row) = open["items"].as_array().and_then(|rows| rows.first()).cloned() else { break };
            let place = format!("/api/v1/plans/145/commitments/{}", row["number"]);
            let version = planner.version(&place).await;
            let done = planner.post_with(&format!("{place}/accept"), &[("if-match", &version)], &object!({})).await;
            assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        }
        let doubts = json(&planner.get("/api/v1/plans/145/doubts").await);
        if let Some(doubt) = doubts["items"].as_array().and_then(|rows| rows.first()) {
            let place = format!("/api/v1/plans/145/doubts/{}", doubt["number"]);
            let version = planner.version(&place).await;
            let words = object!({ "words": "以正文为准" });
            let done = planner.post_with(&format!("{place}/settle"), &[("if-match", &version)], &words).await;
            assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
            let late = planner.post_with(&format!("{place}/settle"), &[("if-match", &version)], &words).await;
            assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        }
        let edition = "/api/v1/plans/145/edition";
        let (reviewer, leader) = (Machine::of(&district, "reviewer").await, Machine::of(&district, "leader").await);
        let old = reviewer.version(edition).await;
        let step = async |who: &Machine, verb: &str, body: Value| {
            let version = who.version(edition).await;
            who.post_with(&format!("{edition}/{verb}"), &[("if-match", &version)], &body).await
        };
        let early = step(&leader, "publish", object!({})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "what is not approved is not published: {}", early.text());
        assert_eq!(step(&reviewer, "approve", object!({})).await.status, StatusCode::NO_CONTENT);
        let late = reviewer.post_with(&format!("{edition}/approve"), &[("if-match", &old)], &object!({})).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(step(&leader, "publish", object!({})).await.status, StatusCode::NO_CONTENT);
        let anybody = Machine::with(&district, None);
        let text = json(&anybody.get("/api/v1/public/plans/145").await);
        assert_eq!(text["key"], "145");
        let path = text["chapters"][0]["path"].as_str().expect("a path").to_owned();
        assert_eq!(anybody.get(&format!("/api/v1/public/plans/145/chapters/{path}")).await.status, StatusCode::OK);
        let missing = step(&leader, "withdraw", object!({ "reason": " " })).await;
        assert_eq!(json(&missing)["reasons"][0]["pointer"], "/reason", "{}", missing.text());
        assert_eq!(step(&leader, "withdraw", object!({ "reason": "核对" })).await.status, StatusCode::NO_CONTENT);
        assert_eq!(anybody.get("/api/v1/public/plans/145").await.status, StatusCode::NOT_FOUND);
    });
}
