//! The running of the program by the API.

use super::machine::{Machine, json};
use crate::operations::{broken, hand_in};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use serde_json::json as object;

#[test]
fn a_program_of_an_operator_sees_dead_jobs_and_drops_or_retries_them() {
    each_database(async |district| {
        hand_in(&district, 3).await;
        assert_eq!(district.work(&broken()).await, 3);
        let system = Machine::of(&district, "system").await;
        let running = json(&system.get("/api/v1/operations").await);
        let queue = running["queues"].as_array().expect("queues").iter().find(|q| q["kind"] == "test.break");
        assert_eq!(queue.map(|queue| queue["dead"].clone()), Some(object!(3)));
        let first = json(&system.get("/api/v1/operations/jobs?limit=2").await);
        let more = first["next"].as_str().expect("a next page");
        let second = json(&system.get(&format!("/api/v1/operations/jobs?limit=2&after={more}")).await);
        let ids: Vec<i64> = [&first, &second]
            .iter()
            .flat_map(|page| page["items"].as_array().expect("jobs"))
            .map(|job| job["id"].as_i64().expect("a number"))
            .collect();
        assert_eq!(ids, [3, 2, 1], "each once");
        let reference = first["items"][0]["reference"].as_str().expect("a number of a fault");
        let fault = json(&system.get(&format!("/api/v1/operations/faults/{reference}")).await);
        assert_eq!(fault["message"], "no route to …", "what failed, without whom");
        assert_eq!(system.get("/api/v1/operations/faults/F-NOTHING").await.status, StatusCode::NOT_FOUND);

        let refused = system.post("/api/v1/operations/jobs/1/drop", &object!({ "reason": " " })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(json(&refused)["reasons"][0]["pointer"], "/reason");
        let dropped = system.post("/api/v1/operations/jobs/1/drop", &object!({ "reason": "地址作废" })).await;
        assert_eq!(dropped.status, StatusCode::NO_CONTENT, "{}", dropped.text());
        let again = system.post("/api/v1/operations/jobs/1/retry", &object!({})).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "it is closed");
        assert_eq!(system.post("/api/v1/operations/jobs/2/retry", &object!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(json(&system.get("/api/v1/operations/jobs/2").await)["state"], "waiting");
        let all = system.post("/api/v1/operations/queues/test.break/retry", &object!({})).await;
        assert_eq!(all.status, StatusCode::NO_CONTENT);
        assert_eq!(json(&system.get("/api/v1/operations/queues/test.break").await)["dead"], 0);
    });
}

#[test]
fn a_queue_is_paused_with_a_reason_and_a_timer_runs_now() {
    each_database(async |district| {
        let system = Machine::of(&district, "system").await;
        let queue = "/api/v1/operations/queues/jobs.prune";
        let key = [("idempotency-key", "pause-1")];
        for replayed in [false, true] {
            let paused = system.post_with(&format!("{queue}/pause"), &key, &object!({ "reason": "检修" })).await;
            assert_eq!(paused.status, StatusCode::NO_CONTENT, "{}", paused.text());
            assert_eq!(paused.headers.contains_key("idempotency-replayed"), replayed);
        }
        let seen = json(&system.get(queue).await);
        assert_eq!((seen["paused_for"].as_str(), seen["paused_by"].as_str()), (Some("检修"), Some("习*")));
        assert_eq!(system.post(&format!("{queue}/resume"), &object!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(json(&system.get(queue).await)["paused_at"], object!(null));
        let absent = system.post("/api/v1/operations/queues/no.such/pause", &object!({ "reason": "检修" })).await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND);
        let ran = system.post("/api/v1/operations/timers/jobs-prune/run", &object!({})).await;
        assert_eq!(ran.status, StatusCode::NO_CONTENT, "{}", ran.text());
        assert_eq!(json(&system.get("/api/v1/operations/timers/jobs-prune").await)["schedule"], "daily 03:30");
        assert_eq!(system.post("/api/v1/operations/timers/none/run", &object!({})).await.status, StatusCode::NOT_FOUND);
        let security = Machine::of(&district, "security").await;
        assert_eq!(security.get("/api/v1/operations").await.status, StatusCode::FORBIDDEN);
    });
}
