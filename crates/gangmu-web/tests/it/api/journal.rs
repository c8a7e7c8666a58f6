//! The journal by the API: searched, an entry, a history, proofs, checkpoints, verification, export.

use super::machine::{Machine, json};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use serde_json::json as object;

#[test]
fn a_program_of_an_auditor_searches_the_journal_and_takes_proofs_along() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let auditor = Machine::of(&district, "auditor").await;
        let found = json(&auditor.get("/api/v1/journal/entries?operation=plan.import&who=planner").await);
        let entry = &found["items"][0];
        assert_eq!((entry["operation"].as_str(), entry["who"].as_str()), (Some("plan.import"), Some("林*")));
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
        let (mut seen, mut next) = (0, "/api/v1/journal/entries?limit=3".to_owned());
        loop {
            let page = json(&auditor.get(&next).await);
            seen += page["items"].as_array().map_or(0, Vec::len);
            let Some(after) = page["next"].as_str() else { break };
            next = format!("/api/v1/journal/entries?limit=3&after={after}");
        }
        assert_eq!(seen, district.entries().await.len(), "page by page nothing is left out");

        let number = entry["number"].as_i64().expect("a number");
        let whole = json(&auditor.get(&format!("/api/v1/journal/entries/{number}")).await);
        assert_eq!(whole["entry"]["hash"], entry["hash"]);
        let object = entry["object"]["object"].as_str().expect("an object");
        let history = json(&auditor.get(&format!("/api/v1/journal/history/edition/{object}")).await);
        assert_eq!(history["items"][0]["number"], number);

        let signed = auditor.post("/api/v1/journal/checkpoints", &object!({})).await;
        assert_eq!(signed.status, StatusCode::NO_CONTENT, "{}", signed.text());
        let checkpoints = json(&auditor.get("/api/v1/journal/checkpoints").await);
        assert_eq!(checkpoints["items"].as_array().map(Vec::len), Some(1));
        let verdict = json(&auditor.get("/api/v1/journal/verification").await);
        assert_eq!((verdict["whole"].as_bool(), verdict["stored"].as_i64()), (Some(true), Some(1)));
        let export = auditor.post("/api/v1/journal/export", &object!({ "purpose": "季度检查" })).await;
        assert!(export.text().starts_with("gangmu.journal/"), "{}", export.text());
    });
}

#[test]
fn names_in_the_journal_need_a_purpose_and_a_proof_needs_what_is_kept() {
    each_database(async |district| {
        let security = Machine::of(&district, "security").await;
        let roles = "/api/v1/accounts/planner/roles";
        let version = security.version("/api/v1/accounts/planner").await;
        let held = [("if-match", version.as_str())];
        let put = axum::http::Method::PUT;
        let set = security.put_or_post(put, roles, &held, &object!({ "roles": ["planner", "liaison"] })).await;
        assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.text());

        let auditor = Machine::of(&district, "auditor").await;
        let asked = "/api/v1/journal/entries/reveal?operation=accounts.set_roles";
        let refused = auditor.post(asked, &object!({ "purpose": " " })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(json(&refused)["reasons"][0]["code"], "journal-purpose-needed");
        let open = json(&auditor.post(asked, &object!({ "purpose": "核查角色变更" })).await);
        assert_eq!(open["items"][0]["who"], "安全");
        assert_eq!(open["items"][0]["differences"][0]["after"], object!(["liaison", "planner"]));
        let number = open["items"][0]["number"].as_i64().expect("a number");
        let proof = auditor.get(&format!("/api/v1/journal/entries/{number}/proof?of=after")).await;
        assert!(proof.text().starts_with(&format!("gangmu.proof/1\nentry {number}\nof after\n")), "{}", proof.text());
        let none = auditor.get("/api/v1/journal/entries/1/proof?of=no-such-row").await;
        assert_eq!(none.status, StatusCode::CONFLICT, "{}", none.text());
        assert_eq!(auditor.get("/api/v1/journal/entries/99999").await.status, StatusCode::NOT_FOUND);
        let misspelled = auditor.get("/api/v1/journal/entries?whom=planner").await;
        assert_eq!(misspelled.status, StatusCode::UNPROCESSABLE_ENTITY);
        let planner = Machine::of(&district, "planner").await;
        assert_eq!(planner.get("/api/v1/journal/entries").await.status, StatusCode::FORBIDDEN);
    });
}
