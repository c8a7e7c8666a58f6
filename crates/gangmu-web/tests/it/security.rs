//! Who may go where, and what protects every answer.

use crate::client::Client;
use axum::http::{Method, StatusCode, header};
use gangmu_app::{Access, Role};
use gangmu_testkit::each_database;
use gangmu_web::routes::{OPEN, routes};
use std::collections::BTreeSet;

/// An address of that route; names that lead to nothing, because only the door is tested.
fn address(path: &str) -> String {
    path.replace("{*name}", "nothing")
        .replace("{login}", "nobody")
        .replace("{key}", "nothing")
        .replace("{id}", "999")
        .replace("{kind}", "nothing")
        .replace("{*path}", "1.1")
        .replace("{path}", "1.1")
}

#[test]
fn every_route_admits_exactly_the_roles_of_the_matrix() {
    each_database(async |district| {
        let access = Access::committed();
        let people = [
            ("", None),
            ("planner", Some(Role::Planner)),
            ("reviewer", Some(Role::Reviewer)),
            ("liaison", Some(Role::Liaison)),
            ("leader", Some(Role::Leader)),
            ("supervisor", Some(Role::Supervisor)),
            ("system", Some(Role::System)),
            ("security", Some(Role::Security)),
            ("auditor", Some(Role::Audit)),
        ];
        let mut walked = 0;
        for (who, role) in people {
            let mut client = if who.is_empty() { Client::visitor(&district) } else { Client::of(&district, who).await };
            for route in routes() {
                if route.action == OPEN || route.path == "/logout" || gangmu_web::api::is_api(route.path) {
                    continue;
                }
                let held: BTreeSet<Role> = role.into_iter().collect();
                let may = access.why_not(route.action, &held).is_none();
                let answer = match route.method {
                    Method::GET => client.get(&address(route.path)).await,
                    Method::OPTIONS | Method::HEAD | Method::PATCH | Method::DELETE => {
                        client.ask_with_secret(route.method.clone(), &address(route.path)).await
                    }
                    _ => {
                        client
                            .submit(
                                if who.is_empty() { "/login" } else { "/account/password" },
                                &address(route.path),
                                &[],
                            )
                            .await
                    }
                };
                let stopped = answer.status == StatusCode::FORBIDDEN
                    || answer.status == StatusCode::UNAUTHORIZED
                    || answer.location().starts_with("/login?");
                assert_eq!(!stopped, may, "{who:?} {} {}: {}", route.method, route.path, answer.status);
                walked += 1;
            }
        }
        assert!(walked >= 70, "{walked} pairs were walked");
    });
}

#[test]
fn every_action_of_a_route_stands_in_the_matrix() {
    let access = Access::committed();
    let rows: BTreeSet<&str> = access.rows().map(|(action, _)| action).collect();
    for route in routes() {
        assert!(route.action == OPEN || rows.contains(route.action), "{} asks for {}", route.path, route.action);
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    each_database(async |district| {
        let mut client = Client::of(&district, "planner").await;
        for page in ["/account/password", "/gallery", "/nothing-here", "/healthz", "/login"] {
            let answer = client.get(page).await;
            let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("plain");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{page}: {policy}");
            assert!(!policy.contains("unsafe"), "{page}: {policy}");
            assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{page}");
            assert_eq!(answer.headers[header::REFERRER_POLICY], "same-origin", "{page}");
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{page}");
        }
    });
}

#[test]
fn a_form_without_the_secret_of_its_visitor_changes_nothing() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        let answer = visitor.post("/login", &[("name", "planner"), ("password", gangmu_testkit::PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("这张表单已经过期"));

        let mut planner = Client::of(&district, "planner").await;
        let foreign = Client::of(&district, "reviewer").await.secret("/account/password").await;
        for secret in ["", "0000", foreign.as_str()] {
            let answer = planner.post("/logout", &[("csrf", secret)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "the secret {secret:?}");
        }
        assert_eq!(planner.get("/account/password").await.status, StatusCode::OK, "the session goes on");
    });
}

#[test]
fn a_form_from_another_site_is_refused_even_with_its_secret() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let secret = planner.secret("/account/password").await;
        let request = axum::http::Request::builder()
            .method(Method::POST)
            .uri("/logout")
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(format!("csrf={secret}")))
            .expect("a request");
        assert_eq!(planner.send(request).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        let answer =
            visitor.submit("/login", "/login", &[("name", "planner"), ("password", gangmu_testkit::PASSWORD)]).await;
        let line = answer
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .find(|line| line.starts_with("gangmu_session="))
            .expect("a session begins")
            .to_owned();
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
    });
}

#[test]
fn a_refused_login_does_not_say_what_was_wrong() {
    each_database(async |district| {
        let mut texts = BTreeSet::new();
        for (name, password) in [("planner", "wrong-password"), ("nobody-here", "wrong-password")] {
            let mut visitor = Client::visitor(&district);
            let answer = visitor.submit("/login", "/login", &[("name", name), ("password", password)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let text = answer.text();
            let (_, notice) = text.split_once("id=\"log-in-refused\">").expect("a refusal");
            texts.insert(notice.split("</div>").next().unwrap_or_default().to_owned());
            assert!(!text.contains("wrong-password"), "the password is not repeated");
        }
        assert_eq!(texts.len(), 1, "both say the same: {texts:?}");
    });
}

#[test]
fn login_leads_to_the_page_that_was_asked_for_and_never_out_of_the_house() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        let asked = visitor.get("/gallery").await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        assert_eq!(asked.location(), "/login?next=%2Fgallery");
        let fields = |next| [("name", "planner"), ("password", gangmu_testkit::PASSWORD), ("next", next)];
        let answer = visitor.submit("/login", "/login", &fields("/gallery")).await;
        assert_eq!(answer.location(), "/gallery");
        let mut other = Client::visitor(&district);
        let answer = other.submit("/login", "/login", &fields("//elsewhere.example/")).await;
        assert_eq!(answer.location(), "/");
    });
}

#[test]
fn pages_speak_the_language_that_was_chosen() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        assert!(visitor.get("/login").await.text().contains("<html lang=\"zh-CN\">"));
        let answer = visitor.submit("/login", "/language", &[("language", "en"), ("back", "/login")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/login".to_owned()));
        assert!(visitor.get("/login").await.text().contains("<html lang=\"en\">"));
    });
}

#[test]
fn the_process_says_that_it_lives_and_that_it_can_serve() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        assert_eq!(visitor.get("/healthz").await.text(), "ok\n");
        assert_eq!(visitor.get("/readyz").await.text(), "ready\n");
    });
}

#[test]
fn assets_are_kept_for_ever_under_addresses_that_carry_their_digest() {
    each_database(async |district| {
        let mut visitor = Client::visitor(&district);
        let page = visitor.get("/login").await.text();
        let (_, rest) = page.split_once("href=\"/assets/base.").expect("the style sheet");
        let address = format!("/assets/base.{}", rest.split('"').next().expect("it ends"));
        let sheet = visitor.get(&address).await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(sheet.headers[header::CACHE_CONTROL].to_str().expect("plain").contains("immutable"));
        assert_eq!(visitor.get("/assets/base.css").await.status, StatusCode::NOT_FOUND);
    });
}
