//! Attachments and the store of files by the API.

use super::machine::{Machine, json};
use axum::http::{Method, StatusCode};
use gangmu_testkit::each_database;
use serde_json::json as object;

#[test]
fn a_file_is_attached_renamed_by_one_at_a_time_shared_and_removed() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let life = json(&planner.get("/api/v1/plans/145/edition").await);
        let object = life["edition"]["object"].as_str().expect("the key of the edition");
        let list = format!("/api/v1/attachments/of/edition/{object}");
        let key = [("idempotency-key", "file-1")];
        let sent = planner.post_file(&format!("{list}?name=说明.txt"), &key, "第一行\n第二行".as_bytes()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let again = planner.post_file(&format!("{list}?name=说明.txt"), &key, "第一行\n第二行".as_bytes()).await;
        assert_eq!((again.location(), again.status), (sent.location(), StatusCode::CREATED), "attached once");
        let file = sent.location();
        let listed = json(&planner.get(&list).await);
        assert_eq!(listed["files"].as_array().map(Vec::len), Some(2), "beside the file of the import: {listed}");
        let shown = json(&planner.get(&file).await);
        assert_eq!(shown["text"], object!(["第一行", "第二行"]));
        assert_eq!(planner.get(&format!("{file}/file")).await.bytes, "第一行\n第二行".as_bytes());
        assert_eq!(planner.get(&format!("{file}/picture")).await.status, StatusCode::NOT_FOUND);

        let seen = planner.version(&file).await;
        let held = [("if-match", seen.as_str())];
        let rename = format!("{file}/rename");
        let ending = planner.post_with(&rename, &held, &object!({ "name": "说明.exe" })).await;
        assert_eq!(json(&ending)["reasons"][0]["pointer"], "/name", "{}", ending.text());
        let renamed = planner.post_with(&rename, &held, &object!({ "name": "编制说明.txt" })).await;
        assert_eq!(renamed.status, StatusCode::NO_CONTENT, "{}", renamed.text());
        let late = planner.post_with(&rename, &held, &object!({ "name": "另一个.txt" })).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let link = json(&planner.post(&format!("{file}/link"), &object!({})).await);
        assert!(link["address"].as_str().is_some_and(|address| address.starts_with("/links/")), "{link}");

        for step in ["remove", "restore"] {
            let seen = planner.version(&file).await;
            let answer = planner.post_with(&format!("{file}/{step}"), &[("if-match", &seen)], &object!({})).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{step}: {}", answer.text());
        }
        let leader = Machine::of(&district, "leader").await;
        let seen = leader.version(&file).await;
        let open =
            leader.post_with(&format!("{file}/public"), &[("if-match", &seen)], &object!({ "public": true })).await;
        assert_eq!(open.status, StatusCode::CONFLICT, "the edition is not public: {}", open.text());
        assert_eq!(leader.post(&rename, &object!({ "name": "a.txt" })).await.status, StatusCode::FORBIDDEN);
        let nothing = planner.post_file(&format!("{list}?name=空.txt"), &[], b"").await;
        assert!(nothing.status.is_client_error(), "{}", nothing.text());
        let unnamed = planner.post_file(&list, &[], b"x").await;
        assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(planner.get("/api/v1/attachments/of/nothing/1").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_store_is_looked_at_verified_and_cleaned() {
    each_database(async |district| {
        Machine::of(&district, "planner").await.imports().await;
        let system = Machine::of(&district, "system").await;
        let store = json(&system.get("/api/v1/files").await);
        assert_eq!(store["used"]["files"], 1, "{store}");
        let verified = json(&system.get("/api/v1/files/verification").await);
        assert_eq!((verified["files"].as_i64(), verified["damage"].clone()), (Some(1), object!([])));
        assert_eq!(json(&system.post("/api/v1/files/collect", &object!({})).await)["deleted"], 0);
        let planner = Machine::of(&district, "planner").await;
        assert_eq!(planner.get("/api/v1/files").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_token_sends_a_file_in_pieces() {
    each_database(async |district| {
        let planner = Machine::of(&district, "planner").await;
        planner.imports().await;
        let life = json(&planner.get("/api/v1/plans/145/edition").await);
        let object = life["edition"]["object"].as_str().expect("the key of the edition").to_owned();
        let metadata = format!(
            "kind {},object {},filename {}",
            crate::uploads::base64(b"edition"),
            crate::uploads::base64(object.as_bytes()),
            crate::uploads::base64(b"a.txt")
        );
        let begin = [("tus-resumable", "1.0.0"), ("upload-length", "6"), ("upload-metadata", metadata.as_str())];
        let begun = planner.tus(Method::POST, "/uploads", &begin, b"").await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        let upload = begun.location();
        for (at, piece) in [("0", b"abc"), ("3", b"def")] {
            let headers = [
                ("tus-resumable", "1.0.0"),
                ("upload-offset", at),
                ("content-type", "application/offset+octet-stream"),
            ];
            let answer = planner.tus(Method::PATCH, &upload, &headers, piece).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        }
        let list = json(&planner.get(&format!("/api/v1/attachments/of/edition/{object}")).await);
        assert_eq!(list["files"][1]["name"], "a.txt");
        let liaison = Machine::of(&district, "liaison").await;
        assert_eq!(liaison.tus(Method::POST, "/uploads", &begin, b"").await.status, StatusCode::FORBIDDEN);
        let stranger = Machine::with(&district, Some(format!("gangmu_{}", "0".repeat(64))));
        assert_eq!(stranger.tus(Method::POST, "/uploads", &begin, b"").await.status, StatusCode::UNAUTHORIZED);
        let nobody = Machine::with(&district, None);
        assert_eq!(
            nobody.tus(Method::POST, "/uploads", &begin, b"").await.status,
            StatusCode::BAD_REQUEST,
            "a page brings a secret"
        );
    });
}
