//! The inbox over HTTP.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_testkit::each_database;

#[test]
fn whoever_gets_a_new_password_finds_a_message_and_reads_it() {
    each_database(async |district| {
        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/leader";
        assert_eq!(
            security.submit(page, page, &[("roles", "leader"), ("roles", "reviewer")]).await.status,
            StatusCode::SEE_OTHER
        );
        let mut leader = Client::of(&district, "leader").await;
        let home = leader.get("/").await.text();
        assert!(home.contains("消息，未读 1 条"), "{home}");
        let inbox = leader.get("/inbox").await.text();
        assert!(inbox.contains("安全调整了您的任职或角色"), "{inbox}");
        let (_, rest) = inbox
            .split_once("href=\"/inbox/message")
            .or_else(|| inbox.split_once("<a href=\"/inbox/"))
            .expect("a link");
        let address = format!("/inbox/{}", rest.split('"').next().expect("it ends"));
        assert_eq!(leader.get(&address).await.status, StatusCode::SEE_OTHER);
        assert!(leader.get("/").await.text().contains("消息，未读 0 条"));
        assert!(leader.get("/inbox?show=unread").await.text().contains("没有未读消息"));
        assert_eq!(security.get(&address).await.status, StatusCode::NOT_FOUND, "of another person");
    });
}

#[test]
fn preferences_are_saved_and_an_hour_that_is_none_is_refused() {
    each_database(async |district| {
        let mut leader = Client::of(&district, "leader").await;
        let page = "/inbox/preferences";
        let right = [
            ("language", "en"),
            ("quiet", "yes"),
            ("quiet_from", "22:00"),
            ("quiet_until", "06:30"),
            ("digest_at", "09:15"),
            ("plan-approved", "digest"),
        ];
        assert_eq!(leader.submit(page, page, &right).await.location(), page);
        let text = leader.get(page).await.text();
        assert!(text.contains("value=\"22:00\"") && text.contains("value=\"09:15\""), "{text}");
        assert!(text.contains("name=\"plan-approved\" value=\"digest\" checked"), "{text}");
        let wrong = [("language", "en"), ("quiet_from", ""), ("quiet_until", "06:30"), ("digest_at", "25:00")];
        let answer = leader.submit(page, page, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("时间没有填完整"));
    });
}
