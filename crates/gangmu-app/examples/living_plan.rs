//! How long the living plan lets one wait: imports a text and measures pages and decisions.
//!
//! `cargo run -p gangmu-app --example living_plan -- FILE [FURTHER PLANS]`; with `GANGMU_TEST_POSTGRES` on both
//! databases.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads its file and prints its table"
)]
#![allow(clippy::unwrap_used, reason = "a measurement that fails shall stop")]

use gangmu_app::{
    plan::{
        accept_in_bulk::{Reach, accept_in_bulk, preview},
        decide::{Desk, decide, undo_last},
        import::{Upload, UploadedFile, import},
        list::list,
        read::{Reading, read},
        register::register,
        review::review,
        views::RegisterFilter,
    },
    search::search,
};
use gangmu_plan::review::Command;
use gangmu_testkit::{TestDistrict, each_database};
use std::time::Instant;

const KEY: &str = "measured";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("name a file with the text of a plan");
    let further: usize = arguments.next().map_or(0, |n| n.parse().expect("a number of further plans"));
    let text = std::fs::read_to_string(&file).expect("the file holds text");
    each_database(async |district| measure(&district, &text, further).await);
}

async fn measure(district: &TestDistrict, text: &str, further: usize) {
    println!("\n{:?}", district.engine());
    let (app, planner) = (&district.app, district.planner());
    let upload = |key: &str, text: &str| Upload {
        files: vec![UploadedFile { name: "plan.txt".into(), bytes: text.as_bytes().to_vec() }],
        plan: Some(key.to_owned()),
        ..Upload::default()
    };
    let at = Instant::now();
    let done = import(app, &planner, upload(KEY, text)).await.unwrap();
    assert_eq!(done.step, "done", "{:?}", done.failures);
    println!("import                 {:>8.1} ms", at.elapsed().as_secs_f64() * 1e3);
    let at = Instant::now();
    for number in 0..further {
        // Another first line makes it another file and another plan.
        import(app, &planner, upload(&format!("{KEY}-{number}"), &format!("第{number}份\n{text}"))).await.unwrap();
    }
    if further > 0 {
        println!("{further:>4} further imports   {:>8.1} ms each", at.elapsed().as_secs_f64() * 1e3 / further as f64);
    }
    let first = register(app, &planner, KEY, RegisterFilter::default()).await.unwrap();
    let counts = first.edition.counts;
    println!(
        "chars {} clauses {} proposals {} doubts {}",
        first.edition.chars, first.edition.clauses, counts.total, first.edition.doubts
    );
    let path = first.rows[first.rows.len() / 2].commitment.reference.split(' ').next().unwrap_or_default().to_owned();
    let desk = || Desk { plan: KEY.into(), edition: None, seen: None };
    let reading = || Reading { plan: KEY.into(), path: Some(path.clone()), ..Reading::default() };
    macro_rules! time {
        ($name:literal, $work:expr) => {{
            let mut times = Vec::new();
            for _ in 0..15 {
                let at = Instant::now();
                $work;
                times.push(at.elapsed().as_secs_f64() * 1e3);
            }
            times.sort_by(f64::total_cmp);
            println!("{:<22} {:>8.1} ms median {:>8.1} ms worst", $name, times[7], times[14]);
        }};
    }
    time!("list of plans", list(app, &planner).await.unwrap());
    time!("reader page", read(app, &planner, reading()).await.unwrap());
    time!("review desk", review(app, &planner, KEY, None, Some(&path), None).await.unwrap());
    time!("register page", register(app, &planner, KEY, RegisterFilter::default()).await.unwrap());
    let filter =
        || RegisterFilter { kind: Some("task".into()), degree: Some("advance".into()), ..RegisterFilter::default() };
    time!("register, filtered", register(app, &planner, KEY, filter()).await.unwrap());
    let mut numbers = 1..;
    time!(
        "decision",
        decide(app, &planner, desk(), Command::Accept { number: numbers.next().unwrap() }).await.unwrap()
    );
    time!("undo", undo_last(app, &planner, desk()).await.unwrap());
    time!("search, common word", search(app, &planner, "建设", None, 1).await.unwrap());
    time!("search, two words", search(app, &planner, "污水 处理", None, 1).await.unwrap());
    time!("search, nothing", search(app, &planner, "火星基地", None, 1).await.unwrap());
    let at = Instant::now();
    let seen = preview(app, &planner, KEY, None, &path, Reach::Chapter).await.unwrap();
    let shown = at.elapsed();
    if seen.accept.allowed {
        let count = seen.commitments.len();
        let at = Instant::now();
        accept_in_bulk(app, &planner, desk(), &path, Reach::Chapter, &seen.seal, count).await.unwrap();
        let accepted = at.elapsed();
        println!(
            "bulk of {count:<14} {:>8.1} ms preview {:>7.1} ms",
            shown.as_secs_f64() * 1e3,
            accepted.as_secs_f64() * 1e3
        );
    }
}
