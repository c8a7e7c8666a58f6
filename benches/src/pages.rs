//! Pages and decisions of a whole outline: one reader alone, and eight connections at once.

use crate::{
    client::{Request, Visitor, load},
    house::{House, databases},
    measure::{ms, percentile},
    texts,
};
use gangmu_app::plan::{approve::approve, decide, public::public, publish::publish};
use gangmu_kernel::ids::EditionId;
use gangmu_plan::review::{Command, RejectReason};
use gangmu_store::{
    Fault,
    plan::{
        clauses::{self, ClausePlaceRow},
        editions,
        register::{self, Filter, Page},
    },
};
use std::time::{Duration, Instant};

const KEY: &str = "whole";
const REQUESTS: usize = 200;
const LOADED: usize = 8;

/// Prints times and rates.
pub fn run() {
    let (name, text) = texts::whole();
    for fresh in databases() {
        let house = House::on(fresh);
        let begin = Instant::now();
        house.import(KEY, text.clone());
        let took = begin.elapsed();
        let edition = edition(&house);
        let places = places(&house, edition);
        let waiting = waiting(&house, edition, &places);
        println!(
            "{}: {name}, {} characters, {} clauses, {} proposals, imported in {}",
            house.database(),
            text.chars().count(),
            places.len(),
            waiting.len(),
            ms(took)
        );
        println!(
            "{:26}{:>6}{:>9}{:>11}{:>11}{:>11}{:>9}{:>8}{:>9}",
            "page", "conn.", "requests", "p50", "p95", "p99", "pages/s", "KB", "limit"
        );
        measure(&house, &places, waiting);
        publication(&house, edition);
    }
}

fn measure(house: &House, places: &[ClausePlaceRow], waiting: Vec<Request>) {
    let (planner, _) = house.person("planner");
    let every = |address: fn(&str) -> String| -> Vec<Request> {
        let step = (places.len() / REQUESTS).max(1);
        places.iter().step_by(step).take(REQUESTS).map(|place| Request::get(address(&place.path))).collect()
    };
    let same = |path: &str| vec![Request::get(path); REQUESTS];
    let register = format!("/plans/{KEY}/register");
    let pages = [
        ("plans", same("/plans")),
        ("reader", every(|path| format!("/plans/{KEY}/{path}"))),
        ("register, first page", same(&register)),
        ("register, filtered", same(&format!("{register}?kind=task&degree=advance"))),
        ("review desk", every(|path| format!("/plans/{KEY}/review/{path}"))),
    ];
    for connections in [1, LOADED] {
        for (name, requests) in &pages {
            row(house, &planner, name, connections, requests.clone());
        }
    }
    let (alone, loaded) = waiting.split_at((waiting.len() / 3).min(REQUESTS));
    row(house, &planner, "decision", 1, alone.to_vec());
    row(house, &planner, "decision", LOADED, loaded.to_vec());
}

fn row(house: &House, visitor: &Visitor, name: &str, connections: usize, requests: Vec<Request>) {
    // The first answers warm caches of statements and templates; they are measured by `start`.
    if requests[0].form.is_none() {
        load(house.address, visitor, connections, requests.iter().take(8).cloned().collect(), Duration::from_secs(60));
    }
    let load = load(house.address, visitor, connections, requests, Duration::from_secs(60));
    let at = |percent| ms(percentile(load.times.clone(), percent));
    let (count, size) = (load.times.len(), load.bytes as f64 / load.times.len() as f64 / 1000.0);
    println!(
        "{name:26}{connections:>6}{count:>9}{:>11}{:>11}{:>11}{:>9.0}{size:>8.1}{:>9}",
        at(50),
        at(95),
        at(99),
        load.rate(),
        "100 ms"
    );
}

fn edition(house: &House) -> EditionId {
    let found = house.app.database().read::<_, Fault>(|tx| {
        let plan = editions::plan_of_key(tx, KEY)?;
        Ok(plan.map(|plan| editions::of_plan(tx, plan.id)).transpose()?.and_then(|all| all.first().map(|e| e.id)))
    });
    house.wait(found).expect("the database reads").expect("the plan was imported")
}

fn places(house: &House, edition: EditionId) -> Vec<ClausePlaceRow> {
    house
        .wait(house.app.database().read::<_, Fault>(move |tx| clauses::places(tx, edition)))
        .expect("the database reads")
}

/// The decisions that the edition waits for: each accepts a proposal, as the desk's form does.
fn waiting(house: &House, edition: EditionId, places: &[ClausePlaceRow]) -> Vec<Request> {
    let decide = |(number, clause): (u32, u32)| {
        let path = places.iter().find(|place| place.number == clause).map_or("", |place| &place.path);
        let form = format!("number={number}&path={path}&verb=accept");
        Request::post(format!("/plans/{KEY}/review/decide?edition=1"), form)
    };
    undecided(house, edition).into_iter().map(decide).collect()
}

/// Number and clause of what is undecided.
fn undecided(house: &House, edition: EditionId) -> Vec<(u32, u32)> {
    let proposed = Filter { standing: Some("proposed".to_owned()), ..Filter::default() };
    let rows =
        house.app.database().read::<_, Fault>(move |tx| register::page(tx, edition, &proposed, Page::First, 100_000));
    let rows = house.wait(rows).expect("the database reads");
    rows.into_iter().map(|row| (row.commitment.number, row.commitment.clause)).collect()
}

/// Decides what is left, approves, publishes, and measures the public page.
fn publication(house: &House, edition: EditionId) {
    let (_, planner) = house.person("planner");
    for (number, _) in undecided(house, edition) {
        let desk = decide::Desk { plan: KEY.to_owned(), edition: None, seen: None };
        let command = Command::Reject { number, reason: RejectReason::Other, note: "测量".to_owned() };
        house.wait(decide::decide(&house.app, &planner, desk, command)).expect("the planner may decide");
    }
    let (_, reviewer) = house.person("reviewer");
    house.wait(approve(&house.app, &reviewer, KEY, None)).expect("the reviewer decided nothing and may approve");
    let (_, leader) = house.person("leader");
    house.wait(publish(&house.app, &leader, KEY, None)).expect("the leader may publish");
    let view = house.wait(public(&house.app, KEY, None)).expect("the plan is public");
    let chapters: Vec<_> = view.chapters.into_iter().map(|chapter| Request::get(chapter.address)).collect();
    let pages: Vec<_> = chapters.into_iter().cycle().take(REQUESTS).collect();
    for connections in [1, LOADED] {
        row(house, &Visitor::default(), "public page", connections, pages.clone());
    }
}
