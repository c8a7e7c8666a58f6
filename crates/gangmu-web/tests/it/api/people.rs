//! Rosters, the roles that they ask for, and personal data by the API.

use super::machine::{Machine, json};
use crate::rosters::{people, person};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use gangmu_web::locale::Language;
use serde_json::json as object;

#[test]
fn a_roster_is_handed_in_looked_at_and_applied_as_it_was_seen() {
    each_database(async |district| {
        let system = Machine::of(&district, "system").await;
        assert!(system.get("/api/v1/rosters/template.xlsx").await.bytes.starts_with(b"PK"));
        let mut rows: Vec<Vec<String>> = (0..12).map(person).collect();
        rows[6][2] = "没有的局".into();
        let file = people(Language::Chinese, &rows);
        let key = [("idempotency-key", "roster-1")];
        let sent = system.post_file("/api/v1/rosters?name=名册.xlsx", &key, &file).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let again = system.post_file("/api/v1/rosters?name=名册.xlsx", &key, &file).await;
        assert_eq!(again.location(), sent.location(), "the same file under the same key is one roster");
        let roster = sent.location();
        let seen = json(&system.get(&roster).await);
        assert_eq!(seen["faults"][0]["cell"], "Sheet1!C8");
        assert!(seen["faults"][0]["message"].as_str().is_some_and(|said| said.contains("没有代码或名称")), "{seen}");
        assert_eq!(seen["rows"].as_array().map(Vec::len), Some(12));

        let version = system.version(&roster).await;
        let (apply, held) = (format!("{roster}/apply"), [("if-match", version.as_str())]);
        let all = system.post_with(&apply, &held, &object!({ "mode": "all" })).await;
        assert_eq!(all.status, StatusCode::CONFLICT, "one cell is wrong");
        assert_eq!(system.post(&apply, &object!({ "mode": "sound" })).await.status, StatusCode::PRECONDITION_REQUIRED);
        let other = [("if-match", "\"0f0f\"")];
        let late = system.post_with(&apply, &other, &object!({ "mode": "sound" })).await;
        assert_eq!(
            (late.status, json(&late)["version"].clone()),
            (StatusCode::PRECONDITION_FAILED, object!(version.trim_matches('"')))
        );
        let done = json(&system.post_with(&apply, &held, &object!({ "mode": "sound" })).await);
        assert_eq!((done["people_new"].as_i64(), done["left_out"].as_i64()), (Some(11), Some(1)), "{done}");

        let key = [("idempotency-key", "slips-1")];
        let slips = json(&system.post_with(&format!("{roster}/slips"), &key, &object!({})).await);
        assert!(slips["slips"][0]["code"].as_str().is_some_and(|code| code.len() > 20), "{slips}");
        let again = json(&system.post_with(&format!("{roster}/slips"), &key, &object!({})).await);
        assert_eq!(again["slips"][0]["code"], object!(null), "codes are told once");
        let wrong = system.post_file("/api/v1/rosters?name=名册.xlsx", &[], b"no spreadsheet").await;
        assert!(wrong.status.is_client_error(), "{}", wrong.text());
        assert_eq!(
            system.post("/api/v1/rosters?name=a.xlsx", &object!({})).await.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        );
        assert_eq!(json(&system.get("/api/v1/rosters").await)["items"].as_array().map(Vec::len), Some(1));

        let security = Machine::of(&district, "security").await;
        assert_eq!(security.get("/api/v1/rosters").await.status, StatusCode::FORBIDDEN);
        let asked = json(&security.get("/api/v1/role-requests").await);
        let accounts: Vec<_> =
            asked["items"].as_array().expect("requests").iter().map(|r| r["account"].clone()).collect();
        assert_eq!((accounts.len(), asked["items"][0]["name"].as_str()), (2, Some("用*")), "{asked}");
        let granted = security.post("/api/v1/role-requests/grant", &object!({ "accounts": [accounts[0]] })).await;
        assert_eq!(json(&granted)["count"], 1);
        let refused = object!({ "accounts": [accounts[1]], "reason": "岗位不符" });
        assert_eq!(json(&security.post("/api/v1/role-requests/refuse", &refused).await)["count"], 1);
        let none = security.post("/api/v1/role-requests/grant", &object!({ "accounts": [] })).await;
        assert_eq!(json(&none)["reasons"][0]["pointer"], "/accounts");
    });
}

#[test]
fn a_draft_is_dropped_once() {
    each_database(async |district| {
        let system = Machine::of(&district, "system").await;
        let file = people(Language::Chinese, &[person(1)]);
        let roster = system.post_file("/api/v1/rosters?name=名册.xlsx", &[], &file).await.location();
        let drop = format!("{roster}/drop");
        assert_eq!(system.post(&drop, &object!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(system.post(&drop, &object!({})).await.status, StatusCode::CONFLICT);
        assert_eq!(json(&system.get(&roster).await)["rows"], object!([]), "its rows are forgotten");
        assert_eq!(system.get("/api/v1/rosters/999").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_person_is_masked_revealed_for_a_purpose_and_erased_by_two() {
    each_database(async |district| {
        let (system, security) = (Machine::of(&district, "system").await, Machine::of(&district, "security").await);
        let person = "/api/v1/accounts/liaison/personal";
        assert!(json(&system.get(person).await)["name"].as_str().is_some_and(|name| name.ends_with('*')));
        let reveal = format!("{person}/reveal");
        let why = object!({ "purpose": "correct", "note": "核对姓名" });
        let open = json(&system.post(&reveal, &why).await);
        assert!(open["name"].as_str().is_some_and(|name| !name.contains('*')), "{open}");
        assert_eq!(json(&security.get(person).await)["looks"][0]["note"], "核对姓名");
        let unknown = system.post(&reveal, &object!({ "purpose": "curiosity", "note": "看看就好" })).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(json(&unknown)["reasons"][0]["pointer"], "/purpose");
        let short = system.post(&reveal, &object!({ "purpose": "correct", "note": "看" })).await;
        assert_eq!(json(&short)["reasons"][0]["pointer"], "/note");

        let erase = format!("{person}/erase");
        let in_use = system.post(&erase, &object!({ "reason": "本人申请" })).await;
        assert_eq!(json(&in_use)["reasons"][0]["code"], "personal.erase.in_use");
        let version = security.version("/api/v1/accounts/liaison").await;
        let held = [("if-match", version.as_str())];
        security.post_with("/api/v1/accounts/liaison/disable", &held, &object!({ "reason": "离职" })).await;
        let asked = system.post(&erase, &object!({ "reason": "本人申请" })).await;
        let id = json(&asked)["id"].as_i64().expect("a number");
        assert_eq!(json(&security.get("/api/v1/personal/erasures").await)["items"][0]["id"], id);
        let confirm = format!("/api/v1/personal/erasures/{id}/confirm");
        assert_eq!(system.post(&confirm, &object!({})).await.status, StatusCode::FORBIDDEN, "not by who asked");
        assert_eq!(security.post(&confirm, &object!({})).await.status, StatusCode::NO_CONTENT);
        let refuse = format!("/api/v1/personal/erasures/{id}/refuse");
        assert_eq!(security.post(&refuse, &object!({})).await.status, StatusCode::CONFLICT, "it was decided");
        assert_eq!(system.get(person).await.status, StatusCode::NOT_FOUND);
        let rules = json(&system.get("/api/v1/personal/retention").await);
        assert!(rules["items"][0]["words"].as_str().is_some_and(|said| !said.starts_with("retention")), "{rules}");
        let planner = Machine::of(&district, "planner").await;
        assert_eq!(planner.get(person).await.status, StatusCode::FORBIDDEN);
    });
}
