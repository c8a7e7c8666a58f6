//! Bulk input by a program: staged unseen, shown at once, dropped without a trace.

use super::machine::{Machine, json};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use serde_json::{Value, json as object};

const BASE: &str = "/api/v1/plans/145/references";

fn rows(from: u32, count: u32) -> Value {
    let row = |n: u32| object!({ "commitment": 1 + n % 3, "system": "项目库", "key": format!("P-{n}") });
    object!({ "rows": (from..from + count).map(row).collect::<Vec<_>>() })
}

async fn begun(machine: &Machine) -> String {
    let begun = machine.post(&format!("{BASE}/batches"), &object!({})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
    begun.headers["location"].to_str().expect("plain").to_owned()
}

async fn shown(machine: &Machine) -> usize {
    let page = json(&machine.get(&format!("{BASE}?limit=200")).await);
    page["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn rows_are_unseen_until_their_batch_is_shown() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let batch = begun(&planner).await;
        for from in [0, 40, 80] {
            let added = planner.post(&format!("{batch}/rows"), &rows(from, 40)).await;
            assert_eq!(added.status, StatusCode::OK, "{}", added.text());
        }
        let again = [("idempotency-key", "once")];
        for _ in 0..2 {
            let added = planner.post_with(&format!("{batch}/rows"), &again, &rows(120, 5)).await;
            assert_eq!(json(&added)["rows"], 125, "the same request adds its rows once");
        }
        assert_eq!(shown(&planner).await, 0, "nobody sees them yet");
        let foreign = Machine::of(&district, "second-planner").await;
        assert_eq!(foreign.get(&batch).await.status, StatusCode::NOT_FOUND, "a batch is its bringer's");
        let turned = planner.post(&format!("{batch}/show"), &object!({})).await;
        assert_eq!(turned.status, StatusCode::NO_CONTENT, "{}", turned.text());
        assert_eq!(shown(&foreign).await, 125, "now everybody does");
        let closed = planner.post(&format!("{batch}/rows"), &rows(0, 1)).await;
        assert_eq!(json(&closed)["reasons"][0]["code"], "staging-closed");
        let dropped = planner.post(&format!("{batch}/drop"), &object!({})).await;
        assert_eq!(dropped.status, StatusCode::NO_CONTENT, "{}", dropped.text());
        assert_eq!(shown(&foreign).await, 0);
    });
}

#[test]
fn a_row_that_does_not_fit_is_named_and_nothing_of_its_request_is_kept() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let batch = begun(&planner).await;
        let wrong = object!({ "rows": [
            { "commitment": 1, "system": "项目库", "key": "P-1" },
            { "commitment": 9999, "system": "项目库", "key": "P-2" },
            { "commitment": 1, "system": " ", "key": "P-3" },
        ] });
        let refused = planner.post(&format!("{batch}/rows"), &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let reasons = json(&refused)["reasons"].clone();
        let told: Vec<(&str, &str)> = reasons
            .as_array()
            .expect("reasons")
            .iter()
            .map(|r| (r["code"].as_str().unwrap_or(""), r["fields"]["row"].as_str().unwrap_or("")))
            .collect();
        assert_eq!(told, [("staging-row-no-commitment", "2"), ("staging-row-system-key", "3")]);
        assert_eq!(json(&planner.get(&batch).await)["rows"], 0);
        let many = planner.post(&format!("{batch}/rows"), &rows(0, 501)).await;
        assert_eq!(json(&many)["reasons"][0]["code"], "staging-too-many");
        let empty = planner.post(&format!("{batch}/show"), &object!({})).await;
        assert_eq!(json(&empty)["reasons"][0]["code"], "staging-empty");
    });
}
