//! Accounts over HTTP, as the three administrators use them.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_testkit::each_database;

#[test]
fn one_administrator_adds_somebody_and_another_gives_the_roles() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        let mut security = Client::of(&district, "security").await;
        let fields = [("name", "new-planner"), ("person", "新来"), ("unit", "o-reform")];
        let with_roles = [fields.as_slice(), &[("roles", "planner")]].concat();
        assert_eq!(system.submit("/accounts/new", "/accounts", &with_roles).await.status, StatusCode::FORBIDDEN);
        let answer = system.submit("/accounts/new", "/accounts", &fields).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        let (_, rest) = text.split_once("class=\"mono once\">").expect("the first password is shown once");
        let password = rest.split('<').next().expect("it ends").to_owned();
        assert!(!system.get("/accounts").await.text().contains(&password), "and never again");
        let page = "/accounts/new-planner";
        assert!(!system.get(page).await.text().contains("保存角色"), "who adds accounts gives no rights");
        let answer = security.submit(page, page, &[("roles", "planner"), ("roles", "reviewer")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());

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
        let mut system = Client::of(&district, "system").await;
        let fields = [("name", "!"), ("person", ""), ("unit", "o-nowhere")];
        let answer = system.submit("/accounts/new", "/accounts", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        for words in ["不合规则", "姓名是空的", "o-nowhere"] {
            assert!(text.contains(words), "{words} is missing");
        }
    });
}

#[test]
fn the_last_security_administrator_keeps_the_role() {
    each_database(async |district| {
        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/security";
        let answer = security.submit(page, page, &[("roles", "planner")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("最后一个安全管理员"));
        let answer = security.submit(page, page, &[("roles", "security"), ("roles", "leader")]).await;
        assert!(answer.text().contains("领导、安全管理员不能由同一个账号兼任"), "{}", answer.text());
        let answer = security.submit(page, "/accounts/nobody", &[("roles", "planner")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back_when_enabled() {
    each_database(async |district| {
        let mut security = Client::of(&district, "security").await;
        let mut liaison = Client::of(&district, "liaison").await;
        let page = "/accounts/liaison";
        let answer = security.submit(page, "/accounts/liaison/disable", &[("reason", "调离")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(security.get("/accounts").await.text().contains("已停用"));
        assert!(liaison.get("/").await.location().starts_with("/login"), "the session has ended");
        let answer = security.submit(page, "/accounts/liaison/enable", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        Client::of(&district, "liaison").await;
        let own = security.submit("/accounts/security", "/accounts/security/disable", &[]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own.text().contains("不能停用自己正在使用的账号"));
    });
}

#[test]
fn each_administrator_sees_the_sections_of_the_administration_that_are_his() {
    each_database(async |district| {
        for (who, sees) in [("system", true), ("security", true), ("auditor", true), ("planner", false)] {
            let mut client = Client::of(&district, who).await;
            let home = client.get("/").await.text();
            assert_eq!(home.contains("href=\"/administration\""), sees, "{who}");
            let page = client.get("/administration").await;
            assert_eq!(page.status == StatusCode::OK, sees, "{who}");
            assert_eq!(page.text().contains("href=\"/accounts\""), sees, "{who}");
        }
        let mut auditor = Client::of(&district, "auditor").await;
        let page = auditor.get("/accounts/planner").await.text();
        assert!(page.contains("规划人员") && !page.contains("/accounts/planner/reset"), "reads and changes nothing");
    });
}
