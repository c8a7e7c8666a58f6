//! The program: command line, configuration, wiring (程序入口). It holds no rules of its own.
//!
//! Reading order: `cli` is what may be asked, `config` what may be set; `commands` has one file for each command;
//! `reader` reads documents in a child process of this same program; `jobs` does what is due while it
//! serves; `console` says things in words.

mod cli;
mod clock;
mod commands;
mod config;
mod console;
mod files;
mod jobs;
mod logs;
mod mail;
mod packs;
mod random;
mod reader;
mod seal;
mod vault;
mod wiring;

use clap::Parser;
use std::process::ExitCode;

/// Gives back what an import has used: the allocator of the C library keeps it in its arenas.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let asked = cli::Cli::parse();
    // The child has no words, no configuration and no runtime: it reads bytes and answers.
    if let cli::Command::ReadDocument { name, memory, examine, declared } = &asked.command {
        return commands::read_document::run(name, examine.then_some(declared.as_str()), *memory);
    }
    commands::run(asked)
}
