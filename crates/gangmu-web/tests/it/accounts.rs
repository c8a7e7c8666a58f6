//! Accounts over HTTP, as the three administrators use them.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_app::accounts::{device, passwords::RULES};
use gangmu_testkit::each_database;
use gangmu_web::{
    accounts::Kept,
    locale::{Language, Words},
};
use jiff::SignedDuration;

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

#[test]
fn every_word_of_a_device_and_every_rule_of_passwords_has_words() {
    let words = Words::load().expect("the words can be read");
    let devices = device::all_words().map(|word| format!("device-{word}"));
    let rules = RULES.into_iter().map(|rule| format!("password-rule-{}", rule.said().0));
    for key in devices.chain(rules) {
        assert!(Language::ALL.into_iter().all(|language| words.has(language, &key)), "{key} has no words");
    }
}

#[test]
fn the_form_of_a_new_password_shows_the_rules_that_it_holds_to() {
    each_database(async |district| {
        let mut liaison = Client::of(&district, "liaison").await;
        let text = liaison.get("/account/password").await.text();
        for words in ["至少 10 个字符", "不含账号，也不含姓名", "不是最近 5 次用过的"] {
            assert!(text.contains(words), "{words} is missing");
        }
        let given = |new| [("old", gangmu_testkit::PASSWORD), ("new", new), ("again", new)];
        for (new, words) in
            [("password2024", "太常见"), ("连络的密码是这个吧", "含有姓名"), ("my-liaison-word", "含有账号")]
        {
            let answer = liaison.submit("/account/password", "/account/password", &given(new)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(answer.text().contains(words), "{new}: {words} is missing");
        }
    });
}

#[test]
fn the_own_sessions_are_listed_with_their_devices_and_end_by_a_key() {
    each_database(async |district| {
        let mut other = Client::of(&district, "liaison").await;
        let mut liaison = Client::visitor(&district);
        drop(liaison.submit("/login", "/login", &[("name", "liaison"), ("password", "wrong-on-purpose")]).await);
        let fields = [("name", "liaison"), ("password", gangmu_testkit::PASSWORD)];
        assert_eq!(liaison.submit("/login", "/login", &fields).await.status, StatusCode::SEE_OTHER);
        let home = liaison.get("/").await.text();
        assert!(home.contains("上次登录以后失败 1 次"), "told once, at the first page: {home}");
        assert!(!liaison.get("/").await.text().contains("上次登录以后失败"));
        let text = liaison.get("/account/sessions").await.text();
        assert!(text.contains("共 3 处") && text.contains("其间失败 1 次"), "{text}");
        let (_, rest) = text.split_once("action=\"/account/sessions/").expect("another session can be ended");
        let action = format!("/account/sessions/{}", rest.split('"').next().expect("it ends"));
        let answer = liaison.submit("/account/sessions", &action, &[]).await;
        assert_eq!(answer.location(), "/account/sessions");
        let answer = liaison.submit("/account/sessions", &action, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "it is gone already");
        let answer = liaison.submit("/account/sessions", "/account/sessions/end-others", &[]).await;
        assert_eq!(answer.location(), "/account/sessions");
        assert!(liaison.get("/account/sessions").await.text().contains("共 1 处"));
        assert!(other.get("/account/sessions").await.location().starts_with("/login?"));
        assert_eq!(liaison.get("/account/alive").await.text(), "1800 43200");
    });
}

#[test]
fn a_form_that_comes_after_the_end_of_its_session_goes_on_after_login() {
    each_database(async |district| {
        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/liaison";
        let secret = security.secret(page).await;
        district.wait(SignedDuration::from_mins(31));
        let late = [("csrf", secret.as_str()), ("reason", "调离本单位 & <已谈话>")];
        let answer = security.post("/accounts/liaison/disable", &late).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let text = answer.text();
        assert!(text.contains("您刚才填写的内容还在"), "{text}");
        let hidden = |text: &str, name: &str| {
            let (_, rest) =
                text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {text}"));
            let value = rest.split('"').next().unwrap_or_default();
            value.replace("&lt;", "<").replace("&gt;", ">").replace("&#x2f;", "/").replace("&amp;", "&")
        };
        let (csrf, to, kept) = (hidden(&text, "csrf"), hidden(&text, "to"), hidden(&text, "kept"));
        assert!(!kept.contains(&secret), "the old secret is not carried on");
        let wrong = [("csrf", csrf.as_str()), ("name", "security"), ("password", "x"), ("to", &to), ("kept", &kept)];
        let answer = security.post("/login", &wrong).await;
        assert_eq!(hidden(&answer.text(), "kept"), kept, "a wrong password loses nothing");
        let right = [
            ("csrf", csrf.as_str()),
            ("name", "security"),
            ("password", gangmu_testkit::PASSWORD),
            ("to", &to),
            ("kept", &kept),
        ];
        let answer = security.post("/login", &right).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        assert!(text.contains("action=\"/accounts/liaison/disable\""), "{text}");
        let reason = hidden(&text, "reason");
        assert_eq!(reason, "调离本单位 & <已谈话>");
        assert!(security.get("/accounts").await.text().contains("在用"), "nothing is done before it is confirmed");
        let again = [("csrf", hidden(&text, "csrf")), ("reason", reason)];
        let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(security.post("/accounts/liaison/disable", &again).await.location(), "/accounts");
        assert!(security.get("/accounts").await.text().contains("已停用"));
    });
}

#[test]
fn a_late_form_with_a_secret_in_it_or_for_elsewhere_is_not_kept() {
    let kept = |to: &str, body: &str| Kept::of(to, body.as_bytes());
    assert_eq!(kept("/plans", "csrf=aa&reason=b"), Some(Kept { to: "/plans".into(), body: "reason=b".into() }));
    assert_eq!(kept("/account/password", "csrf=aa&old=1&new=2&again=2"), None);
    assert_eq!(kept("//elsewhere.example", "reason=b"), None);
    assert_eq!(kept("/plans", "csrf=aa"), None, "there is nothing to keep");
    assert_eq!(kept("/plans", &format!("reason={}", "x".repeat(600 << 10))), None);
}
