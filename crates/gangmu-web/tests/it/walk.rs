//! The walk over every route, in every role, from every place: each answer is what the access matrix says; what lies
//! beyond one's scope answers exactly as what there is not; and no answer holds a word of it.

mod world;

use crate::{
    api::machine::Machine,
    client::{Answer, Client, ascii, encoded},
};
use axum::http::{Method, StatusCode, header};
use gangmu_app::{Access, Role, access::Reach};
use gangmu_testkit::{TestDistrict, each_database, store::Engine};
use gangmu_web::{
    api::is_api,
    routes::{OPEN, Route, routes},
};
use std::io::{Cursor, Read as _};
use world::{Person, Side, Thing, people, plant, thing};

/// What is asked of searches, so that they would find something of every side.
const SEARCH: &str = "水管";

/// The directory of the district's organisations, which its pack gives to everybody: it names them, and nothing of theirs.
const DIRECTORY: &str = "/api/v1/organisations";

/// Routes of which there may be nothing to show although the object is there: no doubt, no picture, nothing typed.
const BARE: [&str; 7] = [
    "/api/v1/plans/{key}/doubts/{number}",
    "/plans/{key}/go",
    "/attachments/{id}/picture",
    "/attachments/{id}/thumbnail",
    "/api/v1/attachments/{id}/picture",
    "/api/v1/attachments/{id}/thumbnail",
    "/journal/{id}/proof",
];

/// The address of a route where that thing stands in it; what names nothing that has a place leads nowhere.
fn address(path: &str, thing: &Thing) -> String {
    // Programs name posts and deputies by their numbers alone.
    let key = |key: &str| if is_api(path) { key.rsplit('_').next().unwrap_or_default() } else { key }.to_owned();
    let id = match path.trim_start_matches("/api/v1") {
        path if path.contains("/batches/{id}") => thing.batch.clone(),
        path if path.contains("/posts/{id}") => key(&thing.post),
        path if path.starts_with("/attachments/of/") || path.starts_with("/history/") => thing.edition.clone(),
        path if path.starts_with("/attachments/") => thing.attachment.to_string(),
        path if path.starts_with("/files/") || path.starts_with("/links/") => thing.attachment.to_string(),
        path if path.contains("/imports/{id}") => thing.import.to_string(),
        path if path.starts_with("/deputies/") => key(&thing.deputy),
        path if path.starts_with("/uploads/") => thing.upload.clone(),
        path if path.contains("/tokens/{id}") => thing.token.to_string(),
        path if path.starts_with("/personal/erasures/") => thing.erasure.to_string(),
        path if path.starts_with("/inbox/") || path.starts_with("/messages/") => thing.message.to_string(),
        _ => "987654".to_owned(),
    };
    let plan = ["/plans/{key}", "/public/{key}", "/p/{key}"].iter().any(|plan| path.contains(plan));
    let indicator = if path.contains("/indicators/{key}") { thing.indicator.to_string() } else { "nothing".to_owned() };
    let filled = path
        .replace("{login}", &thing.login)
        .replace("{id}", &id)
        .replace("{key}", if plan { &thing.plan } else { &indicator })
        .replace("{name}", "nothing.zip")
        .replace("{kind}", "edition")
        .replace("{object}", &thing.edition)
        .replace("{reference}", "nothing")
        .replace("{number}", "1")
        .replace("{path}", "1.1.一");
    assert!(!filled.contains('{'), "{path} has a parameter that this walk does not know");
    // What an address can't do without stands behind it.
    let query = match path {
        _ if path.ends_with("/search") => format!("?q={SEARCH}"),
        _ if path.ends_with("/owners") => "?path=1.1.一".to_owned(),
        _ if path.ends_with("/bulk") => "?path=1.1.一&scope=clause".to_owned(),
        _ => String::new(),
    };
    filled + &query
}

/// Nobody's but one's own: what others have of it is absent also for whoever reaches everywhere.
fn is_own(path: &str) -> bool {
    ["/batches/{id}", "/tokens/{id}", "/uploads/", "/inbox/", "/messages/{id}"].iter().any(|own| path.contains(own))
}

/// Everybody's, once it is published; nothing of this world is.
fn is_public(path: &str) -> bool {
    ["/public/", "/p/", "/files/", "/links/"].iter().any(|public| path.contains(public))
}

/// The oracle: may this person ask there at all?
fn may(access: &Access, person: &Person, action: &str) -> bool {
    match access.reach(action, person.role) {
        Some(Reach::Whole) => person.side.is_none(),
        Some(_) => true,
        None => access.is_public(action),
    }
}

/// The oracle: does this person reach what stands on that side?
fn reaches(access: &Access, person: &Person, route: &Route, side: Side) -> bool {
    if is_own(route.path) || is_public(route.path) {
        return false;
    }
    // Deputies are the holder's, and of whoever may give the holder roles.
    let deputies = route.path.starts_with("/deputies/") || route.path.starts_with("/account/posts/");
    let action = if deputies { "accounts.roles" } else { route.action };
    access.reach(action, person.role).is_some() && person.side.is_none_or(|root| root.holds(side))
}

/// A browser and a program of one person.
struct Walker {
    client: Client,
    machine: Machine,
    secret: String,
}

impl Walker {
    async fn of(district: &TestDistrict, person: &Person) -> Self {
        let mut client = Client::of(district, &person.login).await;
        let secret = client.secret("/account/password").await;
        Self { client, machine: Machine::with(district, Some(person.token.clone())), secret }
    }

    async fn ask(&mut self, route: &Route, address: &str) -> Answer {
        match (&route.method, is_api(route.path)) {
            (&Method::GET, true) => self.machine.get(address).await,
            (method, true) => {
                let body = serde_json::json!({ "reason": "核对权限" });
                self.machine.put_or_post(method.clone(), address, &[], &body).await
            }
            (&Method::GET, false) => self.client.get(address).await,
            (&Method::POST, false) => self.client.post(address, &fields(&self.secret)).await,
            (method, false) => self.client.ask_with_secret(method.clone(), address).await,
        }
    }
}

/// What the forms of the house ask for, as far as it comes to that.
fn fields(secret: &str) -> [(&'static str, &str); 9] {
    [
        ("csrf", secret),
        ("reason", "核对权限"),
        ("purpose", "inspect"),
        ("note", "核对权限范围"),
        ("login", "second-planner"),
        ("from", "2024-07-01"),
        ("until", "2024-07-02"),
        ("name", "更名.txt"),
        ("title", "兼职"),
    ]
}

/// Was the person stopped at the door?
fn is_stopped(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED)
}

/// What an answer says, a file unpacked, without the keys that were asked for.
fn said(answer: &Answer, address: &str, thing: &Thing) -> String {
    let mut text = if answer.bytes.starts_with(b"PK") { unpacked(&answer.bytes) } else { answer.text() };
    let plain = ascii(address.split('?').next().unwrap_or_default());
    let leads = answer.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    text = format!("{} {leads} {text}", answer.status);
    for asked in [encoded(&plain), plain.replace('/', "&#x2f;"), plain, thing.plan.clone(), thing.login.clone()] {
        text = text.replace(&asked, "ASKED");
    }
    text
}

pub(crate) fn unpacked(bytes: &[u8]) -> String {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    for at in 0..book.len() {
        book.by_index(at).expect("a part").read_to_string(&mut text).expect("parts of a workbook are text");
    }
    text
}

/// What a walk found.
#[derive(Default)]
struct Found {
    looked: usize,
    wrong: Vec<String>,
}

impl Found {
    fn hold(&mut self, right: bool, place: &str, what: &str, text: &str) {
        self.looked += 1;
        if !right {
            self.wrong.push(format!("{place}: {what}: {}", text.chars().take(300).collect::<String>()));
        }
    }

    /// No word of a foreign side stands in an answer.
    fn look_for(&mut self, place: &str, text: &str, foreign: &[Side]) {
        for side in foreign {
            for word in [side.word(), &format!("{}-", side.key())] {
                if let Some(at) = text.find(word) {
                    let before = text[..at].chars().count();
                    let around: String = text.chars().skip(before.saturating_sub(150)).take(300).collect();
                    self.wrong.push(format!("{place} tells of {side:?}: {around}"));
                }
            }
        }
    }
}

/// Walks every route as this person.
async fn walk(district: &TestDistrict, person: &Person, things: &[(Side, Thing)], found: &mut Found) {
    let access = Access::committed();
    let mut walker = Walker::of(district, person).await;
    let beyond = |side: &Side| person.side.is_some_and(|root| !root.holds(*side));
    let foreign: Vec<Side> = things.iter().map(|(side, _)| *side).filter(beyond).collect();
    let none = Thing::nowhere();
    for route in routes().into_iter().filter(|route| route.action != OPEN) {
        let place = format!("{} {} {}", person.login, route.method, route.path);
        let nowhere = address(route.path, &none);
        if !route.path.contains('{') && route.method != Method::GET {
            continue;
        }
        let answer = walker.ask(&route, &nowhere).await;
        let allowed = may(&access, person, route.action);
        let absent = said(&answer, &nowhere, &none);
        found.hold(is_stopped(&answer) != allowed, &place, "not what the matrix says", &absent);
        if route.path != DIRECTORY {
            found.look_for(&place, &absent, &foreign);
        }
        for (side, thing) in things {
            let address = address(route.path, thing);
            let inside = allowed && reaches(&access, person, &route, *side);
            if address == nowhere || inside && route.method != Method::GET {
                continue;
            }
            let answer = walker.ask(&route, &address).await;
            let text = said(&answer, &address, thing);
            let shown = answer.status.is_success() || answer.status.is_redirection() || BARE.contains(&route.path);
            let place = format!("{place} of {side:?}");
            match inside {
                true => found.hold(shown, &place, "is within reach and not shown", &text),
                false => found.hold(text == absent, &place, "is not as what there is not", &text),
            }
            found.look_for(&place, &text, &foreign);
        }
    }
}

/// Walks as everybody from one place, over what stands in those.
async fn walked(district: &TestDistrict, from: Option<Side>, of: &[Side]) {
    plant(district).await;
    let people = people(district, from).await;
    let mut things = Vec::new();
    for side in of {
        things.push((*side, thing(district, *side).await));
    }
    let mut found = Found::default();
    // Pages and programs are the same over both databases, and the conditions are those of plans and of accounts: over
    // the second one two roles are enough.
    let whole = district.engine() == Engine::Sqlite;
    for person in people.iter().filter(|person| whole || [Role::Planner, Role::Security].contains(&person.role)) {
        walk(district, person, &things, &mut found).await;
    }
    assert!(found.wrong.is_empty(), "{} of {}:\n{}", found.wrong.len(), found.looked, found.wrong.join("\n"));
    assert!(found.looked > 500, "{} answers were looked at", found.looked);
}

#[test]
fn who_stands_beside_finds_nothing_of_the_other_organisations() {
    each_database(async |district| {
        walked(&district, Some(Side::Beside), &[Side::Upper, Side::Beside]).await;
    });
}

#[test]
fn who_stands_below_finds_nothing_of_the_upper_organisation() {
    each_database(async |district| {
        walked(&district, Some(Side::Lower), &[Side::Upper, Side::Lower]).await;
    });
}

#[test]
fn who_stands_above_reaches_down_and_not_aside() {
    each_database(async |district| {
        walked(&district, Some(Side::Upper), &[Side::Lower, Side::Beside]).await;
    });
}

#[test]
fn who_reaches_everywhere_is_shown_everything_that_the_matrix_names() {
    each_database(async |district| {
        walked(&district, None, &[Side::Lower]).await;
    });
}
