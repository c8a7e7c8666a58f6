//! Messages by the API.

use super::machine::{Machine, json};
use axum::http::{Method, StatusCode};
use gangmu_app::accounts::reset_password::reset_password;
use gangmu_testkit::each_database;
use serde_json::json as object;

#[test]
fn a_program_reads_the_messages_of_its_owner_and_of_nobody_else() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        let liaison = Machine::of(&district, "liaison").await;
        let security = Machine::of(&district, "security").await;
        let version = security.version("/api/v1/accounts/planner").await;
        let held = [("if-match", version.as_str())];
        let roles = object!({ "roles": ["planner", "liaison"] });
        let set = security.put_or_post(Method::PUT, "/api/v1/accounts/planner/roles", &held, &roles).await;
        assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.text());

        assert_eq!(json(&planner.get("/api/v1/messages/unread").await)["unread"], 1);
        let list = json(&planner.get("/api/v1/messages?unread=true").await);
        let message = &list["items"][0];
        assert_eq!((message["kind"].as_str(), message["read"].as_bool()), (Some("account-roles"), Some(false)));
        assert!(message["text"].as_str().is_some_and(|text| text.contains("角色")), "{message}");
        let id = message["id"].as_i64().expect("a number");
        let foreign = liaison.post(&format!("/api/v1/messages/{id}/read"), &object!({})).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "nobody learns of another's message");
        let read = json(&planner.post(&format!("/api/v1/messages/{id}/read"), &object!({})).await);
        assert_eq!(read["page"], "/account/posts");
        assert_eq!(json(&planner.get("/api/v1/messages?unread=true").await)["items"], object!([]));
        reset_password(&district.app, &district.security(), "planner").await.expect("can be reset");
        let none = planner.post("/api/v1/messages/read", &object!({ "newest": id })).await;
        assert_eq!(none.status, StatusCode::FORBIDDEN, "the owner must choose a new password first");
    });
}

#[test]
fn preferences_are_saved_and_what_is_none_is_named() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        let address = "/api/v1/messages/preferences";
        let mut wanted = json(&planner.get(address).await);
        assert_eq!((wanted["quiet_from"].as_i64(), wanted["language"].as_str()), (Some(1260), Some("zh-CN")));
        wanted["kinds"] = object!({ "plan-imported": "at_once" });
        wanted["quiet_from"] = object!(null);
        let half = planner.put_or_post(Method::PUT, address, &[], &wanted).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "half of the quiet hours is none");
        assert_eq!(json(&half)["reasons"][0]["pointer"], "/quiet_until");
        wanted["quiet_until"] = object!(null);
        let saved = planner.put_or_post(Method::PUT, address, &[], &wanted).await;
        assert_eq!(saved.status, StatusCode::NO_CONTENT, "{}", saved.text());
        assert_eq!(json(&planner.get(address).await), wanted);
        wanted["kinds"] = object!({ "no-such-kind": "never" });
        let unknown = planner.put_or_post(Method::PUT, address, &[], &wanted).await;
        assert_eq!(json(&unknown)["reasons"][0]["pointer"], "/kinds/no-such-kind");
        let nobody = Machine::with(&district, None);
        assert_eq!(nobody.get("/api/v1/messages").await.status, StatusCode::UNAUTHORIZED);
    });
}
