//! Personal data over HTTP: masked in lists, shown once for a purpose, erased by two people.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_app::personal::{Purpose, retention::RULES};
use gangmu_testkit::each_database;
use gangmu_web::locale::{Language, Words};

#[test]
fn a_person_is_masked_until_somebody_says_why_and_then_for_one_answer() {
    each_database(async |district| {
        let mut liaison = Client::of(&district, "liaison").await;
        let fields = [("phone", "13800008000"), ("email", "lian@example.org")];
        let answer = liaison.submit("/account/me", "/account/me", &fields).await;
        assert_eq!(answer.location(), "/account/me", "{}", answer.text());
        let bad = liaison.submit("/account/me", "/account/me", &[("phone", "12"), ("email", "")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.text().contains("“12”不是手机号") && bad.text().contains("value=\"12\""), "what was typed stays");

        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/liaison/personal";
        for address in ["/accounts", "/accounts/liaison", page] {
            let text = security.get(address).await.text();
            assert!(
                text.contains("连*") && !text.contains("连络<") && !text.contains("13800008000"),
                "{address}: {text}"
            );
        }
        let vague = security.submit(page, &format!("{page}/reveal"), &[("note", "值班电话")]).await;
        assert_eq!(vague.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(vague.text().contains("没有选用途") && vague.text().contains("value=\"值班电话\""));
        let fields = [("purpose", "contact"), ("note", "核对值班电话")];
        let shown = security.submit(page, &format!("{page}/reveal"), &fields).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text().contains("13800008000") && shown.text().contains("连络"), "{}", shown.text());
        assert!(!security.get(page).await.text().contains("13800008000"), "and not again");
        let mine = liaison.get("/account/me").await.text();
        assert!(mine.contains("工作联系：核对值班电话"), "{mine}");
        let mut auditor = Client::of(&district, "auditor").await;
        assert!(!auditor.get(page).await.text().contains("/reveal"), "an auditor sees who looked, not what");
    });
}

#[test]
fn one_administrator_asks_for_erasure_and_another_confirms() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/liaison/personal";
        assert!(system.get(page).await.text().contains("账号还在用"));
        let answer = security.submit("/accounts/liaison", "/accounts/liaison/disable", &[("reason", "")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let fields = [("reason", "离职满一年")];
        assert_eq!(system.submit(page, &format!("{page}/erase"), &fields).await.location(), page);
        assert!(system.get(page).await.text().contains("等另一位管理员确认"));
        assert!(!system.get("/personal").await.text().contains("/confirm"));
        let text = security.get("/personal").await.text();
        let (_, rest) = text.split_once("action=\"/personal/erasures/").expect("it waits to be confirmed");
        let action = format!("/personal/erasures/{}", rest.split('"').next().unwrap_or_default());
        assert_eq!(security.submit("/personal", &action, &[]).await.location(), "/personal");
        let text = security.get("/accounts").await.text();
        assert!(!text.contains(">liaison<") && text.contains(">erased-"), "{text}");
        let again = security.submit("/personal", &action, &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn every_purpose_and_every_rule_of_retention_has_words() {
    let words = Words::load().expect("the words can be read");
    let purposes = Purpose::ALL.map(|purpose| format!("purpose-{}", purpose.word()));
    let rules = RULES.map(|rule| format!("retention-{}", rule.word));
    for key in purposes.into_iter().chain(rules) {
        assert!(Language::ALL.into_iter().all(|language| words.has(language, &key)), "{key} has no words");
    }
}
