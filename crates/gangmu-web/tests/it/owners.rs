//! Who leads: suggested with reasons at the review desk, taken by a key, assigned for a whole chapter, undone.

use crate::{
    api::machine::{Machine, json},
    client::Client,
    plan::imported,
};
use axum::http::StatusCode;
use gangmu_testkit::each_database;

const DESK: &str = "/plans/145/review/1.1.二";

/// The value of a hidden field of the first form after that mark.
fn field(page: &str, mark: &str, name: &str) -> String {
    let (_, form) = page.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {page}"));
    let (_, rest) = form.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().expect("it ends").to_owned()
}

#[test]
fn the_desk_suggests_who_leads_with_its_reasons_and_one_key_takes_it() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let desk = planner.get(DESK).await.text();
        assert!(desk.contains("谁来牵头（建议）") && desk.contains("示例职责"), "{desk}");
        assert!(desk.contains("value=\"区发展改革局\" data-owner=\"1\""), "{desk}");
        let number = field(&desk, "class=\"owners\"", "number");
        let version = field(&desk, "class=\"owners\"", "version");
        let fields = [
            ("number", number.as_str()),
            ("path", "1.1.二"),
            ("version", &version),
            ("verb", "assign"),
            ("owner", "区发展改革局"),
        ];
        let answer = planner.submit(DESK, "/plans/145/review/decide", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let after = planner.get(&answer.location()).await.text();
        assert!(after.contains("给 1 条定了牵头单位"), "it stands in the record: {after}");
        assert!(after.contains("name=\"lead\" value=\"区发展改革局\""), "{after}");
        assert!(after.contains("data-key=\"a\""), "whether it is a promise is still open");
        let undone = planner.submit(DESK, "/plans/145/review/undo", &[("path", "1.1.二")]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text());
        let again = planner.get(DESK).await.text();
        assert!(again.contains("data-owner=\"1\""), "{again}");
    });
}

#[test]
fn a_chapter_is_assigned_as_it_was_seen_and_only_what_was_chosen() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let address = "/plans/145/review/owners?path=1.1.二";
        let page = planner.get(address).await.text();
        let (seal, count) = (field(&page, "<main", "seal"), field(&page, "<main", "count"));
        let chosen = field(&page, "type=\"checkbox\"", "chosen");
        let late = [("path", "1.1.二"), ("seal", "other"), ("count", count.as_str()), ("chosen", chosen.as_str())];
        let answer = planner.submit(address, "/plans/145/review/owners", &late).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "another list is refused");
        let none = [("path", "1.1.二"), ("seal", seal.as_str()), ("count", count.as_str())];
        let answer = planner.submit(address, "/plans/145/review/owners", &none).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "nothing chosen is nothing done");
        let right = [("path", "1.1.二"), ("seal", &seal), ("count", &count), ("chosen", &chosen)];
        let answer = planner.submit(address, "/plans/145/review/owners", &right).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let next = planner.get(address).await.text();
        assert!(!next.contains(&format!("name=\"chosen\" value=\"{chosen}\"")), "{next}");
    });
}

#[test]
fn a_decision_teaches_the_next_suggestion() {
    each_database(async |district| {
        drop(imported(&district).await);
        let planner = Machine::of(&district, "planner").await;
        let rows = json(&planner.get("/api/v1/plans/145/commitments?limit=50").await);
        let rows = rows["items"].as_array().expect("rows").clone();
        let of = |word: &str| {
            let found = rows.iter().find(|row| row["form"]["text"].as_str().is_some_and(|text| text.contains(word)));
            found.expect("it was proposed")["number"].clone()
        };
        let place = format!("/api/v1/plans/145/commitments/{}", of("探索合同照明"));
        let said = json(&planner.get(&format!("{place}/suggestions")).await);
        assert_eq!(said["ranked"][0]["name"], "区发展改革局", "{said:#}");
        assert!(said["ranked"][0]["words"].as_array().is_some_and(|words| !words.is_empty()), "{said:#}");
        let version = planner.version(&place).await;
        let lead = serde_json::json!({ "lead": ["区水务局"] });
        let done = planner.post_with(&format!("{place}/assign"), &[("if-match", &version)], &lead).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        let said = json(&planner.get(&format!("{place}/suggestions")).await);
        let water = said["ranked"].as_array().expect("units").iter().find(|unit| unit["name"] == "区水务局").cloned();
        let water = water.expect("the decision speaks for it");
        assert_eq!(water["words"][0]["precedents"], 1, "{water:#}");
    });
}

#[test]
fn whoever_may_not_review_is_suggested_nothing() {
    each_database(async |district| {
        drop(imported(&district).await);
        let mut liaison = Client::of(&district, "liaison").await;
        assert!(!liaison.get(DESK).await.text().contains("谁来牵头"));
        assert_eq!(liaison.get("/plans/145/review/owners?path=1.1.二").await.status, StatusCode::FORBIDDEN);
    });
}
