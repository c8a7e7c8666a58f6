//! House rules that neither the compiler nor clippy can hold; each rule says why it is one.

use crate::shell::{Outcome, files, root};
use std::{collections::BTreeSet, path::Path};

/// A rule: its name, its reason, and what it finds.
type Rule = (&'static str, &'static str, fn(&Path) -> Vec<String>);

const RULES: [Rule; 7] = [
    ("edges", "arrows point downwards only: a new edge or crate needs a line here and an ADR", edges),
    ("long files", "a file over 600 lines hides a second matter", long_files),
    (
        "names in code",
        "what names a district is pack data: deleting a pack must leave a program that works",
        names_in_code,
    ),
    ("one door", "every write is authorised, journaled and announced by `operate`", one_door),
    ("inline script and style", "the content security policy allows neither", inline_script),
    ("lock file", "recorded download addresses tie a checkout to one registry host", lock_file),
    ("tests that can't fail", "an ignored or empty test guards nothing", idle_tests),
];

/// Which of our crates each crate may use; `[dev-dependencies]` may add the testkit.
const EDGES: [(&str, &[&str]); 13] = [
    ("gangmu-kernel", &[]),
    ("gangmu-expressions", &["gangmu-kernel"]),
    ("gangmu-plan", &["gangmu-kernel"]),
    ("gangmu-documents", &["gangmu-kernel"]),
    // Documents only for its tests, which read real workbooks.
    ("gangmu-join", &["gangmu-kernel", "gangmu-plan", "gangmu-documents"]),
    ("gangmu-indicators", &["gangmu-kernel", "gangmu-expressions"]),
    ("gangmu-store", &["gangmu-kernel", "gangmu-plan", "gangmu-indicators"]),
    (
        "gangmu-app",
        &["gangmu-kernel", "gangmu-plan", "gangmu-join", "gangmu-indicators", "gangmu-documents", "gangmu-store"],
    ),
    ("gangmu-web", &["gangmu-kernel", "gangmu-plan", "gangmu-join", "gangmu-indicators", "gangmu-app"]),
    ("gangmu-verifier", &[]),
    (
        "gangmu",
        &[
            "gangmu-kernel",
            "gangmu-expressions",
            "gangmu-plan",
            "gangmu-documents",
            "gangmu-join",
            "gangmu-indicators",
            "gangmu-store",
            "gangmu-app",
            "gangmu-web",
            "gangmu-verifier",
        ],
    ),
    ("gangmu-testkit", &["gangmu-kernel", "gangmu-plan", "gangmu-documents", "gangmu-store", "gangmu-app"]),
    ("xtask", &[]),
];

/// Files that may stay over the limit, until they are split; this list only shrinks.
const LONG_FILES: [&str; 0] = [];

/// Files that may call the writer of the database: the door itself, and the ground beneath it.
const DOORS: [&str; 3] = ["crates/gangmu-app/src/operate.rs", "crates/gangmu-store/src/", "crates/gangmu-app/src/jobs"];

/// Checks every rule and lists all that is wrong.
pub fn run() -> Outcome {
    let root = root();
    let mut report = String::new();
    for (name, reason, rule) in RULES {
        for finding in rule(&root) {
            report += &format!("{name}: {finding}\n  because {reason}\n");
        }
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}

fn edges(root: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for manifest in files(root, "Cargo.toml") {
        let text = read(&manifest);
        let Some(name) = text.lines().find_map(|l| l.strip_prefix("name = ")).map(|n| n.trim_matches('"')) else {
            continue;
        };
        if matches!(name, "gangmu-bench" | "gangmu-fuzz") {
            continue; // They measure and shake any room; nothing depends on them.
        }
        let Some((_, allowed)) = EDGES.iter().find(|(krate, _)| *krate == name) else {
            wrong.push(format!("{name} is not in the table of crates"));
            continue;
        };
        let mut section = "";
        for line in text.lines() {
            if line.starts_with('[') {
                section = line;
            }
            let used = line.split(['.', ' ', '=']).next().unwrap_or_default();
            let ours = used.starts_with("gangmu");
            let dev = section == "[dev-dependencies]";
            let fine = allowed.contains(&used) || dev && used == "gangmu-testkit" || section == "[package]";
            if ours && section.contains("dependencies") && !fine {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    wrong
}

fn long_files(root: &Path) -> Vec<String> {
    sources(root)
        .filter(|(path, text)| text.lines().count() > 600 && !LONG_FILES.contains(&path.as_str()))
        .map(|(path, text)| format!("{path} has {} lines", text.lines().count()))
        .collect()
}

/// Names of areas and organisations of the packs, looked for in the code and its templates and words.
fn names_in_code(root: &Path) -> Vec<String> {
    let names: BTreeSet<String> = files(&root.join("packs"), ".csv")
        .iter()
        .filter(|file| file.ends_with("areas.csv"))
        .flat_map(|file| read(file).lines().skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter(|row| !row.contains(",province,") && !row.contains(",city,"))
        .filter_map(|row| row.split(',').nth(1).map(str::to_owned))
        .filter(|name| name.chars().count() >= 3)
        .collect();
    let ids: Vec<String> = std::fs::read_dir(root.join("packs"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|e| e.path().join("pack.toml").is_file())
        .map(|e| format!("\"{}\"", e.file_name().to_string_lossy()))
        .collect();
    let mut wrong = Vec::new();
    for (path, text) in sources(root).chain(texts(root, "crates", ".html")).chain(texts(root, "locales", ".ftl")) {
        if path.contains("/tests/") || path.ends_with("tests.rs") || path.starts_with("xtask/") {
            continue;
        }
        for name in names.iter().chain(&ids) {
            if text.contains(name.as_str()) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    wrong
}

fn one_door(root: &Path) -> Vec<String> {
    sources(root)
        .filter(|(path, _)| path.starts_with("crates/gangmu-app/src") || path.starts_with("crates/gangmu-web/src"))
        .filter(|(path, _)| !DOORS.iter().any(|door| path.starts_with(door)) && !path.ends_with("tests.rs"))
        .filter(|(_, text)| text.contains("db.write(") || text.contains(".db().write("))
        .map(|(path, _)| format!("{path} writes past the door"))
        .collect()
}

fn inline_script(root: &Path) -> Vec<String> {
    texts(root, "crates", ".html")
        .filter(|(path, _)| path.contains("/templates/"))
        .flat_map(|(path, text)| {
            let lower = text.to_lowercase();
            ["<script>", " style=\"", " onclick=", " onload=", " hx-on", "javascript:", "<style"]
                .iter()
                .filter(|sign| lower.contains(*sign))
                .map(|sign| format!("{path} has {sign}"))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn lock_file(root: &Path) -> Vec<String> {
    let lock = root.join("e2e/package-lock.json");
    let addresses = read(&lock).matches("\"resolved\": \"http").count();
    if addresses == 0 { Vec::new() } else { vec![format!("e2e/package-lock.json records {addresses} addresses")] }
}

fn idle_tests(root: &Path) -> Vec<String> {
    let signs = [concat!("#[ig", "nore]"), concat!("assert!(tr", "ue)"), concat!("todo", "!("), concat!("dbg", "!(")];
    sources(root)
        .flat_map(|(path, text)| {
            let found = signs.iter().filter(|sign| text.contains(*sign)).map(|sign| format!("{path} has {sign}"));
            found.collect::<Vec<_>>()
        })
        .collect()
}

fn sources(root: &Path) -> impl Iterator<Item = (String, String)> {
    texts(root, "crates", ".rs").chain(texts(root, "xtask", ".rs"))
}

fn texts(root: &Path, folder: &str, ending: &str) -> impl Iterator<Item = (String, String)> {
    let root = root.to_path_buf();
    files(&root.join(folder), ending).into_iter().map(move |file| {
        let shown = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
        let text = read(&file);
        (shown, text)
    })
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        if let Err(report) = super::run() {
            panic!("{report}");
        }
    }
}
