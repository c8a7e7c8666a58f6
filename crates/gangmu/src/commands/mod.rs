//! The commands (命令), one file each.

mod backup;
mod demo;
mod doctor;
mod formula;
mod indicators;
mod journal;
mod lines;
mod migrate;
mod plan_align;
mod plan_compile;
mod plan_diff;
mod plan_explain;
mod plan_join;
mod plan_register;
mod plan_text;
pub mod read_document;
mod restore;
mod serve;
mod user;

use crate::{
    cli::{Backup, Cli, Command, Lang, Plan},
    config::Config,
    console::{Console, Outcome, Stop, end},
    files,
    reader::ChildReader,
};
use gangmu_app::ports::DocumentReader;
use gangmu_kernel::SourceText;
use gangmu_web::locale::Language;
use std::{future::Future, path::Path, process::ExitCode};

/// Does what was asked.
pub fn run(asked: Cli) -> ExitCode {
    let language = match asked.lang {
        Some(Lang::English) => Some(Language::English),
        Some(Lang::Chinese) => Some(Language::Chinese),
        None => None,
    };
    // Plans and formulas need neither configuration nor database.
    if let Command::Plan(plan) = asked.command {
        return end(Console::new(language.unwrap_or_default()).and_then(|console| self::plan(plan, &console)));
    }
    if let Command::Formula(formula) = asked.command {
        return end(Console::new(language.unwrap_or_default()).and_then(|console| formula::run(&formula, &console)));
    }
    if let Command::Indicators(asked) = asked.command {
        return end(Console::new(language.unwrap_or_default()).and_then(|console| indicators::run(&asked, &console)));
    }
    if let Command::Journal(asked_journal) = asked.command {
        return journal::run(asked_journal, asked.config.as_deref(), language);
    }
    end(configured(asked, language))
}

fn plan(asked: Plan, console: &Console) -> Outcome {
    match asked {
        Plan::Text { file } => plan_text::run(&file, console),
        Plan::Compile { file, json, pack } => plan_compile::run(&file, json, pack.pack.as_deref(), console),
        Plan::Join { outline, files, json, pack } => {
            plan_join::run(&outline, &files, json, pack.pack.as_deref(), console)
        }
        Plan::Register { files, output, pack } => plan_register::run(&files, &output, pack.pack.as_deref(), console),
        Plan::Align { ours, other, json, pack } => plan_align::run(&ours, &other, json, pack.pack.as_deref(), console),
        Plan::Diff { old, new, json, pack } => plan_diff::run(&old, &new, json, pack.pack.as_deref(), console),
        Plan::Explain { file, range, json, pack } => {
            plan_explain::run(&file, &range, json, pack.pack.as_deref(), console)
        }
    }
}

fn configured(asked: Cli, language: Option<Language>) -> Result<ExitCode, Stop> {
    let config = Config::load(asked.config.as_deref());
    let spoken = language.unwrap_or_else(|| config.as_ref().map(|config| config.language).unwrap_or_default());
    let console = Console::new(spoken)?;
    if let Command::Doctor { json } = asked.command {
        return doctor::run(config, json, &console);
    }
    let config = config.map_err(|faults| Stop(faults.iter().map(|fault| fault.said(&console)).collect()))?;
    let done = match asked.command {
        Command::Serve => serve::run(&config, &console),
        Command::Demo { load_only, plan } => demo::run(&config, load_only, plan.as_deref(), &console),
        Command::Migrate => migrate::run(&config, &console),
        Command::Backup { asked: Some(Backup::Rehearse { file, json }), .. } => {
            backup::rehearse(&config, file.as_deref(), json, &console)
        }
        Command::Backup { file, .. } => backup::run(&config, file.as_deref(), &console),
        Command::Restore { file, into, data } => restore::run(&config, &file, &into, data.as_deref(), &console),
        Command::User(asked) => user::run(&config, asked, &console),
        Command::Plan(_)
        | Command::Formula(_)
        | Command::Indicators(_)
        | Command::Journal(_)
        | Command::Doctor { .. }
        | Command::ReadDocument { .. } => Ok(()),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Runs the future to its end on a runtime of its own.
fn wait<T>(future: impl Future<Output = T>, console: &Console) -> Result<T, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| console.stop("command-runtime", &[("problem", error.to_string())]))?;
    Ok(runtime.block_on(future))
}

/// The text of a document that a person named.
fn source(path: &Path, console: &Console) -> Result<SourceText, Stop> {
    let bytes = files::read(path, console)?;
    let name = files::name(path);
    let reader =
        ChildReader::new().map_err(|error| console.stop("command-runtime", &[("problem", error.to_string())]))?;
    wait(async { reader.read(bytes, &name).await }, console)?.map_err(|why| console.unreadable(&name, &why))
}
