//! Posts and deputies over HTTP: choosing, appointing, acting, and why one may not.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_testkit::{PASSWORD, each_database};

/// The key in the address of the first form of that kind on a page.
fn key_in(text: &str, before: &str, after: &str) -> String {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} is missing: {text}"));
    rest.split(after).next().unwrap_or_default().to_owned()
}

#[test]
fn who_has_two_posts_says_at_login_in_which_one_acts() {
    each_database(async |district| {
        let mut security = Client::of(&district, "security").await;
        let page = "/accounts/liaison";
        let fields =
            [("organisation", "o-reform"), ("title", "兼职规划员"), ("roles", "planner"), ("root", "o-reform")];
        let added = security.submit(page, "/accounts/liaison/posts", &fields).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
        let shown = security.get(page).await.text();
        assert!(shown.contains("兼职规划员") && shown.contains("区发展改革局及下属"), "{shown}");
        let wrong = [("organisation", "o-nowhere"), ("title", ""), ("until", "2020-01-01"), ("roles", "audit")];
        let refused = security.submit(page, "/accounts/liaison/posts", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["职务是空的", "日期不对", "o-nowhere"] {
            assert!(refused.text().contains(words), "{words} is missing");
        }
        let no_day = security.submit(page, "/accounts/liaison/posts", &[("from", "明天")]).await;
        assert!(no_day.text().contains("“明天”不是日期"));

        let mut liaison = Client::visitor(&district);
        let fields = [("name", "liaison"), ("password", PASSWORD), ("next", "/imports/new")];
        let entered = liaison.submit("/login", "/login", &fields).await;
        assert_eq!(entered.location(), "/account/posts?next=%2Fimports%2Fnew");
        let denied = liaison.get("/imports/new").await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        let text = denied.text();
        for words in ["联络员（任职：联络员）", "规划人员", "区发展改革局 兼职规划员", "区发展改革局 安全管理员 安*"]
        {
            assert!(text.contains(words), "{words} is missing: {text}");
        }
        let choice = liaison.get(&entered.location()).await.text();
        let post = key_in(&choice, "name=\"post\" value=\"", "\"");
        let fields = [("post", post.as_str()), ("next", "/imports/new")];
        let chosen = liaison.submit("/account/posts", "/account/posts/choose", &fields).await;
        assert_eq!(chosen.location(), "/imports/new");
        let page = liaison.get("/imports/new").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("现在以“区发展改革局 兼职规划员”办事"));

        let end = key_in(&shown, "action=\"/accounts/liaison/posts/", "\"");
        assert!(end.starts_with("post_"), "{end}");
        let fields = [("until", "2024-06-29"), ("reason", "结束兼职")];
        let ended = security.submit("/accounts/liaison", &format!("/accounts/liaison/posts/{post}/end"), &fields).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
        assert_eq!(liaison.get("/imports/new").await.status, StatusCode::FORBIDDEN, "at once");
    });
}

#[test]
fn a_deputy_is_appointed_acts_and_is_dismissed() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let own = planner.get("/account/posts").await.text();
        let action = format!("/account/posts/{}", key_in(&own, "action=\"/account/posts/post_", "\"").replace('"', ""));
        let action = action.replace("/account/posts/", "/account/posts/post_");
        let wrong = [("login", "auditor"), ("from", "2024-06-30"), ("until", "2024-06-30"), ("reason", "外出")];
        let refused = planner.submit("/account/posts", &action, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("规划人员、审计管理员不能由同一个账号兼任"), "{}", refused.text());
        let fields = [("login", "liaison"), ("from", "2024-06-30"), ("until", "2024-07-05"), ("reason", "外出学习")];
        let appointed = planner.submit("/account/posts", &action, &fields).await;
        assert_eq!(appointed.status, StatusCode::SEE_OTHER, "{}", appointed.text());

        let mut liaison = Client::of(&district, "liaison").await;
        let choice = liaison.get("/account/posts").await.text();
        assert!(choice.contains("代 林规"), "{choice}");
        let post = key_in(&choice, "name=\"post\" value=\"", "\"");
        let chosen = liaison.submit("/account/posts", "/account/posts/choose", &[("post", &post)]).await;
        assert_eq!(chosen.location(), "/");
        let page = liaison.get("/imports/new").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("代 林规"), "the header says for whom");
        assert!(liaison.get("/account/posts").await.text().contains("您正在代办"));

        let own = planner.get("/account/posts").await.text();
        let deputy = key_in(&own, "action=\"/deputies/", "/end\"");
        let ended = planner.submit("/account/posts", &format!("/deputies/{deputy}/end"), &[]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        assert_eq!(liaison.get("/imports/new").await.status, StatusCode::FORBIDDEN);
        let foreign =
            Client::of(&district, "leader").await.submit("/account/posts", "/deputies/deputy_1/end", &[]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "of others one knows nothing");
    });
}

#[test]
fn the_rights_page_explains_and_goes_out_as_a_file() {
    each_database(async |district| {
        let mut auditor = Client::of(&district, "auditor").await;
        let page = auditor.get("/administration/rights").await.text();
        for words in ["权限表", "导入规划", "plan.import", "范围内", "林*", "second-leader"] {
            assert!(page.contains(words), "{words} is missing");
        }
        let why = auditor.get("/administration/rights?person=planner&action=plan.publish").await.text();
        assert!(why.contains("林*不能办") && why.contains("这个角色不办这件事"), "{why}");
        let may = auditor.get("/administration/rights?person=planner&action=plan.import").await.text();
        assert!(may.contains("林*可以办") && !may.contains("林规"), "names are masked: {may}");
        let nobody = auditor.get("/administration/rights?person=nobody&action=plan.import").await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.text().contains("没有这个账号"));
        let file = auditor.get("/administration/rights.xlsx").await;
        assert_eq!(file.status, StatusCode::OK);
        let file = crate::walk::unpacked(&file.bytes);
        assert!(file.contains("林*") && file.contains("姓名已脱敏") && !file.contains("林规"), "{file}");
    });
}

#[test]
fn two_administrators_at_the_roles_of_one_post_see_each_other() {
    each_database(async |district| {
        let mut first = Client::of(&district, "security").await;
        let mut second = Client::of(&district, "security").await;
        let page = "/accounts/planner";
        let shown = first.get(page).await.text();
        let post = key_in(&shown, "action=\"/accounts/planner/posts/post_", "\"");
        let action = format!("/accounts/planner/posts/post_{post}");
        let seen = |text: &str| key_in(text, "name=\"seen\" value=\"", "\"");
        let (one, other) = (seen(&shown), seen(&second.get(page).await.text()));
        let fields = [("roles", "planner"), ("roles", "liaison"), ("root", ""), ("seen", one.as_str())];
        let saved = first.submit(page, &action, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());

        let mine = [("roles", "planner"), ("roles", "supervisor"), ("root", "")];
        let late = second.submit(page, &action, &[&mine[..], &[("seen", other.as_str())]].concat()).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
        let told = late.text();
        for words in ["在您打开之后有人改过", "安*", "联络员", "监督", "仍按我的办"] {
            assert!(told.contains(words), "{words}: {told}");
        }
        let kept = second.get(page).await.text();
        assert!(kept.contains("联络员") && seen(&kept) != other, "what the first did stands");
        let again = second.submit(page, &action, &[&mine[..], &[("seen", seen(&told).as_str())]].concat()).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "having seen it, the second goes on: {}", again.text());
        let unseen = second.submit(page, &action, &mine).await;
        assert_eq!(unseen.status, StatusCode::CONFLICT, "who does not say what was seen overwrites nothing");
    });
}
