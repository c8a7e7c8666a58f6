//! Tokens: what they may, until when, and what the journal says of them.

use super::machine::{Machine, json, token};
use crate::client::Client;
use axum::http::StatusCode;
use gangmu_app::{
    Failure, Session,
    accounts::disable::disable,
    journal,
    tokens::{MOST, NewToken, admit::admit, issue, list::list, revoke::revoke},
};
use gangmu_testkit::each_database;
use jiff::SignedDuration;
use serde_json::json as object;

#[test]
fn a_person_makes_a_token_on_a_page_and_a_program_uses_it_until_it_is_revoked() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let page = "/account/tokens";
        let refused = planner.submit(page, page, &[("name", " "), ("scope", "chosen"), ("days", "999")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["名称是空的", "什么权限也没有", "一至 366 天"] {
            assert!(refused.text().contains(words), "{words}: {}", refused.text());
        }
        let made = planner.submit(page, page, &[("name", "统计对接"), ("scope", "read"), ("days", "90")]).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let text = made.text();
        let at = text.find("gangmu_").expect("the token is shown");
        let token: String = text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        assert!(!planner.get(page).await.text().contains(&token), "it is shown once");

        let program = Machine::with(&district, Some(token));
        let me = json(&program.get("/api/v1/me").await);
        assert_eq!((me["login"].as_str(), me["token"].as_str()), (Some("planner"), Some("统计对接")));
        assert_eq!(program.get("/api/v1/plans").await.status, StatusCode::OK);
        let answer = program.get("/api/v1/imports").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "a planner may import, a token that reads may not");
        assert_eq!(json(&answer)["reasons"][0]["code"], "forbidden-out-of-scope");
        assert!(!planner.get(page).await.text().contains("没有用过"), "its use is noted");

        let id = list(&district.app, &district.planner()).await.expect("one's own")[0].id;
        let answer = planner.submit(page, &format!("{page}/{id}/revoke"), &[]).await;
        assert_eq!(answer.location(), page);
        assert_eq!(program.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
        assert!(planner.get(page).await.text().contains("已吊销"));
    });
}

#[test]
fn a_token_may_no_more_than_its_owner_and_makes_no_others() {
    each_database(async |district| {
        let liaison = district.liaison();
        for action in ["plan.review", "tokens.own", "accounts.own", "no.such"] {
            let new = NewToken { name: "越权".to_owned(), scope: vec![action.to_owned()], days: 1, post: None };
            let refused = issue(&district.app, &liaison, new).await.expect_err("beyond the owner");
            assert_eq!(refused.reasons().expect("a refusal").as_slice()[0].code, "tokens-issue-beyond-owner");
        }
        let other = list(&district.app, &district.planner()).await.expect("one's own");
        assert!(other.is_empty());
        token(&district.app, &district.planner(), &["plan.read"]).await;
        let id = list(&district.app, &district.planner()).await.expect("one's own")[0].id;
        let foreign = revoke(&district.app, &liaison, id).await;
        assert!(matches!(foreign, Err(Failure::Absent("token"))), "nobody learns of another's token");
    });
}

#[test]
fn a_token_ends_with_its_day_and_with_its_owners_account() {
    each_database(async |district| {
        let owner = district.second_planner();
        let program = Machine::with(&district, Some(token(&district.app, &owner, &["plan.list"]).await));
        assert_eq!(program.get("/api/v1/plans").await.status, StatusCode::OK);
        disable(&district.app, &Session::console("测试"), "second-planner", None).await.expect("can be disabled");
        assert_eq!(program.get("/api/v1/plans").await.status, StatusCode::UNAUTHORIZED);
        let program = Machine::of(&district, "planner").await;
        district.wait(SignedDuration::from_hours(24 * 30));
        assert_eq!(program.get("/api/v1/plans").await.status, StatusCode::UNAUTHORIZED);
        let unknown = Machine::with(&district, Some(format!("gangmu_{}", "0".repeat(64))));
        assert_eq!(unknown.get("/api/v1/public/plans").await.status, StatusCode::UNAUTHORIZED, "said at once");
    });
}

#[test]
fn the_journal_names_the_token_beside_the_person() {
    each_database(async |district| {
        let program = Machine::of(&district, "planner").await;
        program.imports().await;
        let audit = district.actor("auditor");
        let entries = journal::read(&district.app, &audit, Default::default(), 5).await.expect("may read");
        let import = entries.iter().find(|e| e.entry.operation == "plan.import").expect("the import is journaled");
        assert_eq!(import.entry.by.name, "林规");
        assert_eq!(import.entry.by.post.as_deref(), Some("规划科科长 · token “对接”"));
        let issued = entries.iter().find(|e| e.entry.operation == "tokens.issue");
        assert!(issued.is_some(), "that a token was made is journaled too");
    });
}

#[test]
fn a_token_acts_in_the_post_that_was_chosen_and_ends_with_it() {
    each_database(async |district| {
        let security = Machine::of(&district, "security").await;
        let organisations = json(&security.get("/api/v1/organisations").await);
        let code = organisations["items"][0]["code"].as_str().expect("a code");
        let new = object!({ "title": "专班成员", "organisation": code, "roles": ["reviewer"], "until": "2024-07-31" });
        let made = security.post("/api/v1/accounts/liaison/posts", &new).await;
        let post = json(&made)["id"].as_i64().expect("a number");

        let mut liaison = Client::of(&district, "liaison").await;
        let page = "/account/tokens";
        let form = |post: &str| {
            [("name", "专班对接"), ("scope", "all"), ("days", "90"), ("post", post)].map(|(n, v)| (n, v.to_owned()))
        };
        let send = async |client: &mut Client, post: &str| {
            let fields = form(post);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.submit(page, page, &fields).await
        };
        let refused = send(&mut liaison, "post_999").await;
        assert!(refused.text().contains("今天不能以这项任职办事"), "{}", refused.text());
        let made = send(&mut liaison, &format!("post_{post}")).await.text();
        let at = made.find("gangmu_").expect("the token is shown");
        let token: String = made[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();

        let program = Machine::with(&district, Some(token));
        let me = json(&program.get("/api/v1/me").await);
        assert_eq!((me["post"].as_str(), me["post_id"].as_i64()), (Some("专班成员"), Some(post)));
        assert_eq!(me["roles"], object!(["reviewer"]), "with the rights of that post and no others");
        assert!(me["scope"].as_array().is_some_and(|scope| scope.contains(&object!("plan.approve"))), "{me}");
        let first = Machine::of(&district, "liaison").await;
        assert_eq!(
            json(&first.get("/api/v1/me").await)["roles"],
            object!(["liaison"]),
            "the others act where they did"
        );

        district.wait(SignedDuration::from_hours(24 * 32));
        let over = program.get("/api/v1/plans").await;
        assert_eq!(over.status, StatusCode::FORBIDDEN, "{}", over.text());
        let reason = json(&over)["reasons"][0].clone();
        assert_eq!(reason["code"], "forbidden-post-ended");
        assert!(reason["message"].as_str().is_some_and(|said| said.contains("专班成员")), "{reason}");
        let listed = list(&district.app, &district.liaison()).await.expect("one's own");
        assert!(listed.iter().any(|token| token.state == "ended"), "{listed:?}");
    });
}

#[test]
fn a_token_makes_narrower_ones_that_end_with_it() {
    each_database(async |district| {
        let app = &district.app;
        let maker =
            Machine::with(&district, Some(token(app, &district.planner(), &["plan.list", "tokens.pass_on"]).await));
        let plain = Machine::with(&district, Some(token(app, &district.planner(), &["plan.list"]).await));
        let new = |scope: &[&str], days: i64| object!({ "name": "子令牌", "scope": scope, "days": days });
        let refused = plain.post("/api/v1/tokens", &new(&["plan.list"], 1)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "a token makes others only where that was given to it");
        let code =
            |answer: &crate::client::Answer| json(answer)["reasons"][0]["code"].as_str().unwrap_or_default().to_owned();
        for (scope, days, wanted) in [
            (&["plan.read"][..], 1, "tokens-issue-beyond-owner"),
            (&["tokens.pass_on"][..], 1, "tokens-issue-beyond-owner"),
            (&["tokens.own"][..], 1, "tokens-issue-beyond-owner"),
            (&["plan.list"][..], 365, "tokens-issue-outlives"),
        ] {
            let answer = maker.post("/api/v1/tokens", &new(scope, days)).await;
            assert_eq!((answer.status, code(&answer).as_str()), (StatusCode::CONFLICT, wanted), "{scope:?}");
        }
        let made = maker.post("/api/v1/tokens", &new(&["plan.list"], 1)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let made = json(&made);
        let child = Machine::with(&district, made["token"].as_str().map(str::to_owned));
        assert_eq!(child.get("/api/v1/plans").await.status, StatusCode::OK);
        assert_eq!(child.get("/api/v1/tokens").await.status, StatusCode::FORBIDDEN);
        let listed = json(&maker.get("/api/v1/tokens").await);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "a token sees what it made: {listed}");
        let id = made["id"].as_i64().expect("a number");
        let own = maker.post(&format!("/api/v1/tokens/{}/revoke", id - 1), &object!({})).await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "it revokes no other");
        let revoked = maker.post(&format!("/api/v1/tokens/{id}/revoke"), &object!({})).await;
        assert_eq!(revoked.status, StatusCode::NO_CONTENT, "{}", revoked.text());
        assert_eq!(child.get("/api/v1/plans").await.status, StatusCode::UNAUTHORIZED);

        let again = json(&maker.post("/api/v1/tokens", &new(&["plan.list"], 1)).await);
        let child = Machine::with(&district, again["token"].as_str().map(str::to_owned));
        let all = list(app, &district.planner()).await.expect("one's own");
        let of_maker = all.iter().find(|view| view.scope.contains(&"tokens.pass_on".to_owned())).expect("the maker").id;
        revoke(app, &district.planner(), of_maker).await.expect("can be revoked");
        assert_eq!(child.get("/api/v1/plans").await.status, StatusCode::UNAUTHORIZED, "it ends with its maker");
    });
}

#[test]
fn a_token_stays_revocable_however_many_it_made() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        let maker = token(app, &planner, &["plan.list", "tokens.pass_on"]).await;
        let through = admit(app, &maker).await.expect("can be read").expect("in force");
        let new = || NewToken { name: "子".to_owned(), scope: vec!["plan.list".to_owned()], days: 1, post: None };
        let kept = issue(app, &through, new()).await.expect("a child");
        for _ in 0..120 {
            let child = issue(app, &through, new()).await.expect("a child");
            revoke(app, &through, child.id).await.expect("its own");
        }
        let made = list(app, &through).await.expect("its own");
        assert_eq!((made.len(), made[0].id, made[0].state), (100, kept.id, "active"));
        let all = list(app, &planner).await.expect("one's own");
        let of_maker = all.iter().find(|view| view.scope.len() == 2).expect("what is in force is listed first").id;

        for _ in 2..MOST {
            issue(app, &through, new()).await.expect("as many as allowed");
        }
        let refused = issue(app, &through, new()).await.expect_err("no more than that");
        assert_eq!(refused.reasons().expect("a refusal").as_slice()[0].code, "tokens-issue-too-many");
        revoke(app, &planner, of_maker).await.expect("can be revoked");
        assert!(admit(app, &maker).await.expect("can be read").is_none());
        assert!(admit(app, &kept.token).await.expect("can be read").is_none(), "its children end with it");
        assert!(list(app, &planner).await.expect("one's own").iter().all(|view| view.state == "revoked"));
        let late = issue(app, &through, new()).await;
        assert!(matches!(late, Err(Failure::Absent("token"))), "nor does one that was on its way get a child");
    });
}

#[test]
fn lists_of_a_house_go_on_where_a_page_ended() {
    each_database(async |district| {
        let auditor = Machine::of(&district, "auditor").await;
        for _ in 0..3 {
            let signed = auditor.post("/api/v1/journal/checkpoints", &object!({})).await;
            assert_eq!(signed.status, StatusCode::NO_CONTENT, "{}", signed.text());
        }
        for (who, address) in [("auditor", "/api/v1/journal/checkpoints"), ("auditor", "/api/v1/messages")] {
            let machine = Machine::of(&district, who).await;
            let whole = json(&machine.get(address).await);
            let whole = whole["items"].as_array().expect("a page").clone();
            assert!(whole.len() >= 3, "{address}");
            let (mut walked, mut after) = (Vec::new(), None);
            loop {
                let more = after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
                let page = json(&machine.get(&format!("{address}?limit=1{more}")).await);
                walked.extend(page["items"].as_array().expect("a page").clone());
                match page["next"].as_str() {
                    Some(next) => after = Some(next.to_owned()),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{address}");
        }
    });
}
