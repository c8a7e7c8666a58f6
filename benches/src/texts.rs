//! The texts that are measured: our own demonstration outline, and real ones where a corpus is named.

use crate::house::packs;
use gangmu_app::demo;
use std::path::Path;

/// The demonstration outline.
pub fn demonstration() -> String {
    let pack = demo::choose(&packs(), None).expect("one pack has a demonstration");
    let file = &pack.manifest.plan.as_ref().expect("the demonstration has a plan").file;
    let bytes = pack.file(file).expect("the plan is in its pack");
    String::from_utf8(bytes.to_vec()).expect("the plan is written in UTF-8")
}

/// Name and text of real outlines.
pub fn real() -> Vec<(&'static str, String)> {
    let Some(corpus) = std::env::var_os("GANGMU_CORPUS") else {
        println!("GANGMU_CORPUS is not set: real outlines are skipped");
        return Vec::new();
    };
    let plans = Path::new(&corpus).join("plans");
    let files = [
        ("a district's outline", "huadu-145/outline.txt"),
        ("the nation's outline", "national-fyp15-outline-with-boxes.txt"),
    ];
    let read = |(name, file): (&'static str, &str)| match std::fs::read_to_string(plans.join(file)) {
        Ok(text) => Some((name, text)),
        Err(e) => {
            println!("{name} is skipped: {e}");
            None
        }
    };
    files.into_iter().filter_map(read).collect()
}

/// An outline as long as a real one: the first real one, or the demonstration outline until it is as long.
pub fn whole() -> (&'static str, String) {
    real().into_iter().next().unwrap_or_else(|| {
        let once = demonstration();
        let times = 52_000_usize.div_ceil(once.chars().count());
        ("the demonstration outline, repeated", once.repeat(times))
    })
}

/// Another outline of the same form: other figures, and one long paragraph in seven left out.
pub fn variant(text: &str, number: usize) -> String {
    let kept =
        text.lines().enumerate().filter(|(at, line)| line.chars().count() < 40 || !(at + number).is_multiple_of(7));
    let mut varied = String::new();
    for (_, line) in kept {
        for c in line.chars() {
            varied.push(match c.to_digit(10) {
                Some(digit) => char::from_digit((digit + number as u32) % 10, 10).unwrap_or(c),
                None => c,
            });
        }
        varied.push('\n');
    }
    varied
}
