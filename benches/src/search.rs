//! Search over a hundred plans, as pages over HTTP.

use crate::{
    client::{Request, load},
    house::{House, databases},
    measure::{ms, percentile},
    texts,
};
use std::time::{Duration, Instant};

const PLANS: usize = 100;
const ROUNDS: usize = 40;

/// Queries of several kinds; `{…}` are filled with what stands in the text.
fn queries(text: &str) -> Vec<(&'static str, String)> {
    let sentence: Vec<char> =
        text.lines().map(|l| l.chars().collect::<Vec<_>>()).find(|l| l.len() > 60).unwrap_or_default();
    let piece = |from: usize, length: usize| sentence.iter().skip(from).take(length).collect::<String>();
    vec![
        ("the commonest word", "建设".to_owned()),
        ("a word of every plan", "水环境".to_owned()),
        ("two words", "污水 管网".to_owned()),
        ("three words", "示范 产业 创新".to_owned()),
        ("words of a sentence", piece(4, 12)),
        ("half a sentence", piece(4, 30)),
        ("one character", "河".to_owned()),
        ("letters and digits", "5G".to_owned()),
        ("cut otherwise", piece(5, 3)),
        ("nothing like it", "量子引力望远镜".to_owned()),
    ]
}

/// Prints the time of each query.
pub fn run() {
    let text = texts::demonstration();
    for fresh in databases() {
        let house = House::on(fresh);
        let begin = Instant::now();
        for number in 0..PLANS {
            house.import(&format!("p{number}"), texts::variant(&text, number));
        }
        println!("{}: {PLANS} plans imported in {:.1} s", house.database(), begin.elapsed().as_secs_f64());
        let (visitor, _) = house.person("planner");
        println!("{:24}{:>10}{:>12}{:>12}{:>10}{:>8}", "query", "characters", "p50", "p95", "limit", "share");
        let ask = |query: &str, rounds: usize| {
            let requests = vec![Request::get(format!("/search?q={query}")); rounds];
            load(house.address, &visitor, 1, requests, Duration::from_secs(60)).times
        };
        let mut all = Vec::new();
        for (kind, query) in queries(&text) {
            ask(&query, 3);
            let times = ask(&query, ROUNDS);
            print(kind, query.chars().count(), &times);
            all.extend(times);
        }
        print("all", 0, &all);
    }
}

fn print(kind: &str, characters: usize, times: &[Duration]) {
    let limit = Duration::from_millis(50);
    let (p50, p95) = (percentile(times.to_vec(), 50), percentile(times.to_vec(), 95));
    let share = p95.as_secs_f64() / limit.as_secs_f64();
    println!("{kind:24}{characters:>10}{:>12}{:>12}{:>10}{share:>8.2}", ms(p50), ms(p95), "50 ms");
}
