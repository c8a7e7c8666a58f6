//! `cargo xtask test`: every test that guards a change.

use crate::{
    install, machine,
    postgres::Server,
    shell::{Outcome, cargo, has, root, target},
};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// Passed and failed, summed over all runners.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
}

/// Installs the test-only parts, runs the tests on both databases, then the journeys in the browser.
pub fn run(arguments: &[String]) -> Outcome {
    let full = arguments.iter().any(|a| a == "--full");
    install::for_testing()?;
    let node = install::node()?;
    install::e2e_packages()?;
    let postgres = Server::start()?;
    let mut count = Count::default();

    let mut tests = if has("cargo-nextest") {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"])
    } else {
        cargo(&["test", "--workspace", "--no-fail-fast"])
    };
    tests.env("GANGMU_TEST_POSTGRES", &postgres.url).env("CARGO_TERM_COLOR", "never");
    if full {
        tests.env("PROPTEST_CASES", "4096").env("GANGMU_TEST_FULL", "1");
    }
    run_and_count(&mut tests, &mut count, "the Rust tests")?;

    let mut journeys = Command::new(node);
    journeys
        .args(["--test", "--test-concurrency=1", "--test-reporter=tap"])
        .args(crate::shell::files(&root().join("e2e/journeys"), ".test.js"))
        .current_dir(root().join("e2e"))
        .env("GANGMU_BIN", target().join("debug/gangmu"));
    run_and_count(&mut journeys, &mut count, "the journeys in the browser")?;

    match machine::command(full)? {
        Some(mut command) => run_and_count(&mut command, &mut count, "schemathesis against the real program")?,
        None => println!("which did not run: schemathesis"),
    }

    drop(postgres);
    let summary = format!("{} passed, {} failed", count.passed, count.failed);
    let file = target().join("test-summary");
    std::fs::write(&file, &summary).map_err(|e| format!("{}: {e}", file.display()))?;
    println!(
        "which ran: {}",
        if full {
            "the whole suite with the long tests"
        } else {
            "the suite without the long tests (--full adds them)"
        }
    );
    println!("{summary}");
    if count.failed == 0 { Ok(()) } else { Err("tests failed".into()) }
}

/// Runs one runner, passes its output on and reads its closing lines.
fn run_and_count(command: &mut Command, count: &mut Count, what: &str) -> Outcome {
    println!("== {what}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{what}: {e}"))?;
    let errors = child.stderr.take().expect("standard error is piped");
    let reader = std::thread::spawn(move || read_counts(BufReader::new(errors)));
    let mut found = read_counts(BufReader::new(child.stdout.take().expect("standard output is piped")));
    let more = reader.join().map_err(|_| format!("{what}: its output could not be read"))?;
    found.passed += more.passed;
    found.failed += more.failed;
    let status = child.wait().map_err(|e| format!("{what}: {e}"))?;
    if !status.success() && found.failed == 0 {
        found.failed = 1; // It did not build, or died: that is a failure even where no test could say so.
    }
    if found.passed + found.failed == 0 {
        return Err(format!("{what}: no test ran"));
    }
    count.passed += found.passed;
    count.failed += found.failed;
    Ok(())
}

fn read_counts(output: impl BufRead) -> Count {
    let mut count = Count::default();
    for line in output.lines().map_while(Result::ok) {
        println!("{line}");
        read_line(&line, &mut count);
    }
    count
}

/// Understands the closing lines of nextest, cargo test and Node's runner.
fn read_line(line: &str, count: &mut Count) {
    let before = |word: &str| -> u64 {
        let words: Vec<&str> = line.split([' ', ',', ';']).filter(|w| !w.is_empty()).collect();
        let found = words.windows(2).find(|pair| pair[1] == word);
        found.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
    };
    if line.trim_start().starts_with("Summary [") || line.starts_with("test result:") {
        count.passed += before("passed");
        count.failed += before("failed") + before("timed");
    } else if let Some(n) = line.strip_prefix("# pass ") {
        count.passed += n.trim().parse::<u64>().unwrap_or(0);
    } else if let Some(n) = line.strip_prefix("# fail ").or_else(|| line.strip_prefix("# cancelled ")) {
        count.failed += n.trim().parse::<u64>().unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(line: &str) -> (u64, u64) {
        let mut count = Count::default();
        read_line(line, &mut count);
        (count.passed, count.failed)
    }

    #[test]
    fn closing_lines_of_the_runners_are_counted() {
        assert_eq!(counted("     Summary [   3.210s] 120 tests run: 118 passed, 2 failed, 4 skipped"), (118, 2));
        assert_eq!(counted("test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured"), (5, 1));
        assert_eq!(counted("# pass 12"), (12, 0));
        assert_eq!(counted("# fail 3"), (0, 3));
        assert_eq!(counted("12 passed the river"), (0, 0));
    }
}
