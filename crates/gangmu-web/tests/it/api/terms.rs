//! Editing at the same time, and sending the same request twice.

use super::machine::{Machine, json};
use axum::http::{Method, StatusCode};
use gangmu_testkit::each_database;
use jiff::SignedDuration;
use serde_json::{Value, json as object};

async fn first(machine: &Machine) -> Value {
    json(&machine.get("/api/v1/plans/145/commitments?limit=1").await)["items"][0].clone()
}

fn at(number: &Value, verb: &str) -> String {
    format!("/api/v1/plans/145/commitments/{number}{verb}")
}

#[test]
fn the_second_of_two_is_told_what_the_first_did_and_tries_again() {
    each_database(async |district| {
        let one = Machine::of(&district, "planner").await;
        let two = Machine::of(&district, "second-planner").await;
        one.imports().await;
        let row = first(&one).await;
        let number = &row["number"];
        let seen = one.version(&at(number, "")).await;
        let missing = two.post(&at(number, "/accept"), &object!({})).await;
        assert_eq!(missing.status, StatusCode::PRECONDITION_REQUIRED, "{}", missing.text());

        let mut form = row["form"].clone();
        form["text"] = object!("换了说法");
        form["lead"] = object!(["区水务局"]);
        let done = one.post_with(&at(number, "/change"), &[("if-match", &seen)], &object!({ "form": form })).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());

        let reject = object!({ "reason": "background" });
        let late = two.post_with(&at(number, "/reject"), &[("if-match", &seen)], &reject).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.text());
        let problem = json(&late);
        let change = &problem["changes"][0];
        assert_eq!((change["who"].as_str(), change["verb"].as_str()), (Some("林*"), Some("changed")), "{problem:#}");
        let text = change["fields"].as_array().expect("fields").iter().find(|f| f["name"] == "text");
        let text = text.expect("the words were changed");
        assert_eq!((&text["old"], &text["new"]), (&row["form"]["text"], &object!("换了说法")));
        let now = one.version(&at(number, "")).await;
        assert_eq!(problem["version"].as_str().map(|v| format!("\"{v}\"")), Some(now.clone()));
        assert_eq!(late.headers["etag"], now.as_str());
        assert_eq!(json(&one.get(&at(number, "")).await)["standing"], "changed", "nothing was overwritten");

        let again = two.post_with(&at(number, "/reject"), &[("if-match", &now)], &reject).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text());
        assert_eq!(json(&one.get(&at(number, "")).await)["standing"], "rejected");
        let not_modified = one.get(&at(number, "")).await.headers["etag"].clone();
        let request = one
            .request(Method::GET, &at(number, ""))
            .header("if-none-match", not_modified)
            .body(axum::body::Body::empty())
            .expect("a request");
        assert_eq!(one.send(request).await.status, StatusCode::NOT_MODIFIED);
    });
}

#[test]
fn a_decision_that_was_undone_meanwhile_is_noticed_too() {
    each_database(async |district| {
        let one = Machine::of(&district, "planner").await;
        let two = Machine::of(&district, "second-planner").await;
        one.imports().await;
        let number = first(&one).await["number"].clone();
        let fresh = one.version(&at(&number, "")).await;
        one.post_with(&at(&number, "/accept"), &[("if-match", &fresh)], &object!({})).await;
        let accepted = two.version(&at(&number, "")).await;
        let undone = one.post("/api/v1/plans/145/undo", &object!({})).await;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        let doubt = object!({ "note": "数字可疑" });
        let late = two.post_with(&at(&number, "/doubt"), &[("if-match", &accepted)], &doubt).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(json(&late)["changes"][0]["verb"], "undone");
        let again = two.post_with(&at(&number, "/doubt"), &[("if-match", &fresh)], &doubt).await;
        assert_eq!(again.status, StatusCode::OK, "what it fell back to is what was first seen: {}", again.text());
    });
}

#[test]
fn a_request_sent_twice_under_one_key_is_done_once() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let clause = json(&planner.get("/api/v1/plans/145/clauses?limit=200").await)["items"]
            .as_array()
            .expect("clauses")
            .iter()
            .find(|clause| clause["text"].as_str().is_some_and(|text| text.contains("路灯")))
            .expect("a clause with lamps")
            .clone();
        let body = object!({ "clause": clause["path"], "text": "路灯", "kind": "mechanism" });
        let address = "/api/v1/plans/145/commitments";
        let first = planner.post_with(address, &[("idempotency-key", "k-1")], &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
        let again = planner.post_with(address, &[("idempotency-key", "k-1")], &body).await;
        assert_eq!((again.status, &again.bytes), (StatusCode::CREATED, &first.bytes));
        assert_eq!(again.headers["location"], first.headers["location"]);
        assert_eq!(again.headers["idempotency-replayed"], "true");
        let added = json(&planner.get("/api/v1/plans/145/commitments?standing=added").await);
        assert_eq!(added["items"].as_array().map(Vec::len), Some(1), "it was added once");

        let other = object!({ "clause": clause["path"], "text": "路灯", "kind": "task" });
        let refused = planner.post_with(address, &[("idempotency-key", "k-1")], &other).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(json(&refused)["reasons"][0]["code"], "api-key-other-request");
        let bad = planner.post_with(address, &[("idempotency-key", &"k".repeat(101))], &body).await;
        assert_eq!(json(&bad)["reasons"][0]["code"], "api-key-bad");

        let stranger = Machine::of(&district, "second-planner").await;
        let own = stranger.post_with(address, &[("idempotency-key", "k-1")], &body).await;
        assert_eq!(own.status, StatusCode::CREATED, "a key belongs to its token");
        district.wait(SignedDuration::from_hours(25));
        let later = planner.post_with(address, &[("idempotency-key", "k-1")], &other).await;
        assert_eq!(later.status, StatusCode::CREATED, "after a day it is free again: {}", later.text());
    });
}

#[test]
fn a_password_is_told_once_and_kept_nowhere() {
    each_database(async |district| {
        let system = Machine::of(&district, "system").await;
        let body = object!({ "login": "xin", "name": "辛某", "roles": [] });
        let first = system.post_with("/api/v1/accounts", &[("idempotency-key", "a")], &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
        assert!(json(&first)["first_password"].is_string());
        let again = system.post_with("/api/v1/accounts", &[("idempotency-key", "a")], &body).await;
        assert_eq!(again.status, StatusCode::CREATED);
        assert_eq!(json(&again), object!({ "login": "xin", "first_password": null }));
    });
}

#[test]
fn roles_are_not_overwritten_by_who_saw_the_old_ones() {
    each_database(async |district| {
        let security = Machine::of(&district, "security").await;
        let place = "/api/v1/accounts/liaison";
        let seen = security.version(place).await;
        let roles = object!({ "roles": ["liaison", "supervisor"] });
        let put = async |version: &str, roles: &Value| {
            security.put_or_post(Method::PUT, &format!("{place}/roles"), &[("if-match", version)], roles).await
        };
        assert_eq!(put(&seen, &roles).await.status, StatusCode::NO_CONTENT);
        let late = put(&seen, &object!({ "roles": ["liaison"] })).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let account = json(&security.get(place).await);
        assert_eq!(account["roles"], object!(["liaison", "supervisor"]));
    });
}
