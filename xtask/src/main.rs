//! The automation of Gangmu: everything a person does to the project has a name here.
//!
//! It depends on the standard library alone, so that it builds in a second on a fresh machine.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // Automation reads, writes and prints.

mod bench;
mod check;
mod demo;
mod glossary;
mod install;
mod links;
mod machine;
mod postgres;
mod shell;
mod shots;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--plan FILE] [--load-only]   build, load the demo district, serve http://127.0.0.1:8440
cargo xtask test [--full]                      run every test that guards a change (--full adds the long ones)
cargo xtask check                              format, lints, licences, documentation, links
cargo xtask bench [NAME…]                      measure and print ratios
cargo xtask tidy                               house rules that the compiler can't hold
cargo xtask gen                                write what is generated (docs/glossary.md)
cargo xtask shots                              make the screenshots of the guides anew
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "demo" => demo::run(&rest),
        "test" => test::run(&rest),
        "check" => check::run(&rest),
        "bench" => bench::run(&rest),
        "tidy" => tidy::run(),
        "gen" => glossary::write(),
        "shots" => shots::run(&rest),
        _ => {
            print!("{HELP}");
            return if command.is_empty() || command == "help" { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
