//! Who may go where with a token, and that the document leaves nothing out.

use super::{
    machine::{Machine, json},
    schema::the_document,
};
use crate::client::Client;
use axum::http::{Method, StatusCode};
use gangmu_app::{Access, Role};
use gangmu_testkit::each_database;
use gangmu_web::{
    api::{document::document, is_api},
    locale::{Language, Words},
    routes::routes,
};
use serde_json::{Value, json as object};
use std::collections::BTreeSet;

/// An address of that route; names that lead to nothing, because only the door is tested.
fn address(path: &str) -> String {
    path.replace("{login}", "nobody")
        .replace("{key}", "nothing")
        .replace("{id}", "999")
        .replace("{number}", "999")
        .replace("{path}", "1.1")
        .replace("{kind}", "nothing")
        .replace("{object}", "nothing")
        .replace("{name}", "nothing")
        .replace("{reference}", "F-NOTHING")
}

#[test]
fn every_address_of_the_api_admits_exactly_the_roles_of_the_matrix() {
    each_database(async |district| {
        let access = Access::committed();
        let people: Vec<(&str, Option<Role>)> = [("", None)]
            .into_iter()
            .chain(
                ["planner", "reviewer", "liaison", "leader", "supervisor", "system", "security", "auditor"]
                    .into_iter()
                    .map(|who| (who, Role::of_word(if who == "auditor" { "audit" } else { who }))),
            )
            .collect();
        let mut walked = 0;
        for (who, role) in people {
            let machine = match who {
                "" => Machine::with(&district, None),
                who => Machine::of(&district, who).await,
            };
            for route in routes().into_iter().filter(|route| is_api(route.path)) {
                let held: BTreeSet<Role> = role.into_iter().collect();
                let may = access.why_not(route.action, &held).is_none();
                let answer = match route.method {
                    Method::GET => machine.get(&address(route.path)).await,
                    ref method => machine.put_or_post(method.clone(), &address(route.path), &[], &object!({})).await,
                };
                let stopped = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
                assert_eq!(!stopped, may, "{who:?} {} {}: {}", route.method, route.path, answer.status);
                walked += 1;
            }
        }
        assert!(walked >= 900, "{walked} pairs were walked");
    });
}

#[test]
fn a_cookie_opens_nothing_in_the_api() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        assert_eq!(planner.get("/plans").await.status, StatusCode::OK);
        let answer = planner.get("/api/v1/plans").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"gangmu\"");
    });
}

#[test]
fn the_document_names_every_address_and_no_other() {
    let listed: BTreeSet<(String, String)> = routes()
        .into_iter()
        .filter(|route| is_api(route.path))
        .map(|route| {
            assert!(route.about.is_some(), "{} {} is not described", route.method, route.path);
            (route.method.as_str().to_lowercase(), route.path.to_owned())
        })
        .collect();
    let mut told = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (path, operations) in the_document()["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let id = operation["operationId"].as_str().expect("a name").to_owned();
            assert!(names.insert(id.clone()), "{id} stands twice");
            told.insert((method.clone(), path.clone()));
        }
    }
    assert_eq!(told, listed);
    assert!(listed.len() > 100, "{} addresses", listed.len());
}

#[test]
fn the_document_is_said_in_both_languages_without_a_gap() {
    fn texts(value: &Value, found: &mut Vec<(String, String)>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(text) if ["description", "summary", "title"].contains(&name.as_str()) => {
                            found.push((name.clone(), text.clone()));
                        }
                        other => texts(other, found),
                    }
                }
            }
            _ => {}
        }
    }
    let words = Words::load().expect("the words can be read");
    for language in Language::ALL {
        let mut found = Vec::new();
        texts(document(&words, language), &mut found);
        assert!(found.len() > 200, "{} texts", found.len());
        for (name, text) in found {
            assert!(
                !text.is_empty() && !text.starts_with("api-"),
                "{name} {text:?} has no words in {}",
                language.tag()
            );
            let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(
                chinese,
                language == Language::Chinese || text.contains("5.2.二") || text.contains("第三节"),
                "{text}"
            );
        }
    }
}

#[test]
fn the_document_is_served_to_everybody() {
    each_database(async |district| {
        let anybody = Machine::with(&district, None);
        let document = json(&anybody.get("/api/v1/openapi.json").await);
        assert_eq!(document["openapi"], "3.1.0");
        assert_eq!(document["info"]["title"], "纲目机器接口");
    });
}

/// Every page with its counterpart in the API, or the reason why it has none.
const COUNTERPARTS: &str = include_str!("counterparts.csv");

#[test]
fn every_page_has_its_counterpart_in_the_api_or_a_reason() {
    let lines: Vec<[&str; 3]> = COUNTERPARTS
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.splitn(3, ',').collect();
            cells.try_into().unwrap_or_else(|_| panic!("{line} has three cells"))
        })
        .collect();
    let api: BTreeSet<String> = routes()
        .into_iter()
        .filter(|route| is_api(route.path))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let mut paired = 0;
    for route in routes().into_iter().filter(|route| !is_api(route.path)) {
        let fits = |line: &&[&str; 3]| {
            let path = match line[1].strip_suffix('*') {
                Some(start) => route.path.starts_with(start),
                None => route.path == line[1],
            };
            (line[0] == "*" || line[0] == route.method.as_str()) && path
        };
        let line = lines.iter().find(fits);
        let line =
            line.unwrap_or_else(|| panic!("{} {} stands in no line of counterparts.csv", route.method, route.path));
        assert_ne!(line[2], "not yet", "{}", route.path);
        if line[2].contains("/api/") {
            assert!(api.contains(line[2]), "{} is no address of the API", line[2]);
            paired += 1;
        }
    }
    assert!(paired >= 90, "{paired} pages have a counterpart");
}
