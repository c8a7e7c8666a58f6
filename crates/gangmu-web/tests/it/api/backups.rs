//! Backups by the API.

use super::machine::{Machine, json};
use crate::backup::{with_vault, work};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use serde_json::json as object;

#[test]
fn a_backup_is_made_rehearsed_and_taken_along_by_a_program() {
    each_database(async |district| {
        let bare = Machine::of(&district, "system").await;
        let none = bare.post("/api/v1/backups", &object!({})).await;
        assert_eq!(json(&none)["reasons"][0]["code"], "backup-no-vault");
        let (district, vault, registry) = with_vault(district);
        let system = Machine::of(&district, "system").await;
        assert_eq!(json(&system.get("/api/v1/backups").await)["standing"], "none");
        let nothing = system.post("/api/v1/backups/rehearse", &object!({})).await;
        assert_eq!(json(&nothing)["reasons"][0]["code"], "backup-nothing-kept");
        let key = [("idempotency-key", "tonight")];
        for _ in 0..2 {
            let asked = system.post_with("/api/v1/backups", &key, &object!({})).await;
            assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
        }
        let twice = system.post("/api/v1/backups", &object!({})).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "one is under way");
        work(&district, &registry).await;
        let list = json(&system.get("/api/v1/backups").await);
        assert_eq!(
            (list["standing"].as_str(), list["backups"][0]["report"]["good"].as_bool()),
            (Some("good"), Some(true))
        );
        let name = list["backups"][0]["name"].as_str().expect("a name");
        let kept = vault.files().get(name).cloned().expect("it is kept");
        assert_eq!(system.get(&format!("/api/v1/backups/{name}/file")).await.bytes, kept);
        let rehearse = system.post(&format!("/api/v1/backups/{name}/rehearse"), &object!({})).await;
        assert_eq!(rehearse.status, StatusCode::ACCEPTED, "{}", rehearse.text());
        assert_eq!(system.get("/api/v1/backups/no-such/file").await.status, StatusCode::NOT_FOUND);
        let auditor = Machine::of(&district, "auditor").await;
        assert_eq!(auditor.get("/api/v1/backups").await.status, StatusCode::OK);
        assert_eq!(auditor.get(&format!("/api/v1/backups/{name}/file")).await.status, StatusCode::FORBIDDEN);
    });
}
