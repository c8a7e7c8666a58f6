//! Posts, deputies and rights by the API.

use super::machine::{Machine, json};
use axum::http::{Method, StatusCode};
use gangmu_testkit::each_database;
use serde_json::json as object;

const POSTS: &str = "/api/v1/accounts/liaison/posts";

#[test]
fn a_post_is_given_changed_by_one_at_a_time_and_ended() {
    each_database(async |district| {
        let security = Machine::of(&district, "security").await;
        let organisations = json(&security.get("/api/v1/organisations").await);
        let code = organisations["items"][0]["code"].as_str().expect("a code");
        let new = object!({ "title": "专班联络员", "organisation": code, "roles": ["liaison"] });
        let key = [("idempotency-key", "post-1")];
        let made = security.post_with(POSTS, &key, &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert_eq!(security.post_with(POSTS, &key, &new).await.text(), made.text(), "asked again it is given once");
        let post = made.location();
        let person = json(&security.get(POSTS).await);
        assert_eq!(person["posts"].as_array().map(Vec::len), Some(2), "{person}");
        assert_eq!(person["posts"][1]["title"], "专班联络员");

        let seen = security.version(&post).await;
        let held = [("if-match", seen.as_str())];
        let roles = format!("{post}/roles");
        let first = security.put_or_post(Method::PUT, &roles, &held, &object!({ "roles": ["planner"] })).await;
        assert_eq!(first.status, StatusCode::NO_CONTENT, "{}", first.text());
        let second = security.put_or_post(Method::PUT, &roles, &held, &object!({ "roles": ["leader"] })).await;
        assert_eq!(second.status, StatusCode::PRECONDITION_FAILED, "the second sees that it came too late");
        let told = json(&second)["changes"][0].clone();
        assert_eq!((told["verb"].as_str(), told["who"].as_str()), (Some("set_roles"), Some("安*")), "{told}");
        let field = object!([{ "name": "roles", "old": "liaison", "new": "planner" }]);
        assert_eq!(told["fields"], field, "and what the first did");
        assert_eq!(json(&security.get(&post).await)["roles"], object!(["planner"]));

        let bad = object!({ "title": " ", "organisation": "no-such", "until": "2020-01-01" });
        let refused = json(&security.post(POSTS, &bad).await);
        let places: Vec<_> =
            refused["reasons"].as_array().expect("reasons").iter().map(|r| r["pointer"].clone()).collect();
        assert_eq!(places, [object!("/title"), object!("/until"), object!("/organisation")], "every reason at once");
        let none = security.put_or_post(Method::PUT, &roles, &[], &object!({ "roles": [] })).await;
        assert_eq!(none.status, StatusCode::PRECONDITION_REQUIRED);

        let seen = security.version(&post).await;
        let held = [("if-match", seen.as_str())];
        let end = object!({ "until": "2024-06-29", "reason": "专班结束" });
        assert_eq!(security.post_with(&format!("{post}/end"), &held, &end).await.status, StatusCode::NO_CONTENT);
        assert_eq!(json(&security.get(&post).await)["state"], "over");
        let system = Machine::of(&district, "system").await;
        assert_eq!(system.get(POSTS).await.status, StatusCode::OK);
        assert_eq!(system.post(POSTS, &new).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_deputy_is_appointed_for_some_days_and_dismissed() {
    each_database(async |district| {
        let security = Machine::of(&district, "security").await;
        let id = json(&security.get(POSTS).await)["posts"][0]["id"].as_i64().expect("a number");
        let address = format!("{POSTS}/{id}/deputies");
        let days = |login: &str, from: &str| object!({ "login": login, "from": from, "until": "2024-07-14", "reason": "外出学习" });
        let refused = json(&security.post(&address, &days("nobody", "2024-07-01")).await);
        assert_eq!(refused["reasons"][0]["pointer"], "/login", "{refused}");
        let elsewhere = format!("/api/v1/accounts/planner/posts/{id}/deputies");
        assert_eq!(security.post(&elsewhere, &days("planner", "2024-07-01")).await.status, StatusCode::NOT_FOUND);
        let made = security.post(&address, &days("planner", "2024-06-30")).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let deputy = json(&made)["id"].as_i64().expect("a number");
        let planner = json(&security.get("/api/v1/accounts/planner/posts").await);
        assert_eq!(planner["deputises"][0]["post"], id);
        let ended = security.post(&format!("/api/v1/deputies/{deputy}/end"), &object!({})).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text());
        assert_eq!(json(&security.get("/api/v1/accounts/planner/posts").await)["deputises"], object!([]));
        let absent = security.post("/api/v1/deputies/999/end", &object!({})).await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn rights_are_listed_explained_and_given_as_a_file() {
    each_database(async |district| {
        let auditor = Machine::of(&district, "auditor").await;
        let page = json(&auditor.get("/api/v1/rights?limit=200").await);
        let rows = page["items"].as_array().expect("rows");
        let import = rows.iter().find(|row| row["action"] == "plan.import").expect("it is listed");
        assert_eq!(
            (import["roles"].clone(), import["words"].as_str()),
            (object!({ "planner": "tree" }), Some("导入规划"))
        );
        let held = json(&auditor.get("/api/v1/rights/held?limit=4").await);
        let next = held["next"].as_str().expect("there are more");
        let more = json(&auditor.get(&format!("/api/v1/rights/held?limit=200&after={next}")).await);
        assert!(more["items"].as_array().is_some_and(|rows| rows.iter().any(|row| row["name"] == "林*")), "{more}");
        let why = json(&auditor.get("/api/v1/rights/why?login=planner&action=plan.approve").await);
        assert_eq!((why["allowed"].as_bool(), why["needed"].clone()), (Some(false), object!(["reviewer"])));
        let absent = auditor.get("/api/v1/rights/why?login=nobody&action=plan.approve").await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND);
        assert_eq!(auditor.get("/api/v1/rights/why?login=planner").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(auditor.get("/api/v1/rights.xlsx").await.bytes.starts_with(b"PK"));
        let planner = Machine::of(&district, "planner").await;
        assert_eq!(planner.get("/api/v1/rights").await.status, StatusCode::FORBIDDEN);
    });
}
