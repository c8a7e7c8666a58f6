//! Accounts over HTTP, as an administrator uses them.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_testkit::each_database;

#[test]
fn an_administrator_adds_somebody_who_must_change_the_first_password() {
    each_database(async |district| {
        let mut administrator = Client::of(&district, "administrator").await;
        let fields = [
            ("name", "new-planner"),
            ("person", "新来"),
            ("unit", "o-reform"),
            ("roles", "planner"),
            ("roles", "reviewer"),
        ];
        let answer = administrator.submit("/accounts/new", "/accounts", &fields).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        let (_, rest) = text.split_once("class=\"mono once\">").expect("the first password is shown once");
        let password = rest.split('<').next().expect("it ends").to_owned();
        assert!(!administrator.get("/accounts").await.text().contains(&password), "and never again");

        let mut newcomer = Client::visitor(&district);
        let answer = newcomer.submit("/login", "/login", &[("name", "new-planner"), ("password", &password)]).await;
        assert_eq!(answer.location(), "/account/password");
        assert_eq!(newcomer.get("/gallery").await.location(), "/account/password", "nothing else before");
        let differs = [("old", password.as_str()), ("new", "Bu-tong-2024-a"), ("again", "Bu-tong-2024-b")];
        let answer = newcomer.submit("/account/password", "/account/password", &differs).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("两次写的新密码不一样"));
        let same = [("old", password.as_str()), ("new", "Bu-tong-2024-a"), ("again", "Bu-tong-2024-a")];
        let answer = newcomer.submit("/account/password", "/account/password", &same).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(newcomer.get("/gallery").await.status, StatusCode::OK);
    });
}

#[test]
fn all_that_is_wrong_with_a_new_account_is_said_at_once() {
    each_database(async |district| {
        let mut administrator = Client::of(&district, "administrator").await;
        let fields = [("name", "!"), ("person", ""), ("unit", "o-nowhere")];
        let answer = administrator.submit("/accounts/new", "/accounts", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        for words in ["不合规则", "姓名是空的", "o-nowhere", "至少要有一个角色"] {
            assert!(text.contains(words), "{words} is missing");
        }
    });
}

#[test]
fn the_last_administrator_keeps_the_role() {
    each_database(async |district| {
        let mut administrator = Client::of(&district, "administrator").await;
        let page = "/accounts/administrator";
        let answer = administrator.submit(page, page, &[("roles", "planner")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("最后一个管理员"));
        let answer = administrator.submit(page, "/accounts/nobody", &[("roles", "planner")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back_when_enabled() {
    each_database(async |district| {
        let mut administrator = Client::of(&district, "administrator").await;
        let mut liaison = Client::of(&district, "liaison").await;
        let page = "/accounts/liaison";
        let answer = administrator.submit(page, "/accounts/liaison/disable", &[("reason", "调离")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(administrator.get("/accounts").await.text().contains("已停用"));
        assert!(liaison.get("/").await.location().starts_with("/login"), "the session has ended");
        let answer = administrator.submit(page, "/accounts/liaison/enable", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        Client::of(&district, "liaison").await;
        let own = administrator.submit("/accounts/administrator", "/accounts/administrator/disable", &[]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own.text().contains("不能停用自己正在使用的账号"));
    });
}
