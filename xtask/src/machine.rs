//! schemathesis against the real program: is the OpenAPI document true?

use crate::{
    install,
    shell::{Outcome, cargo, has, root, run, target},
};
use std::{path::PathBuf, process::Command};

/// The version that is installed where it is missing.
const VERSION: &str = "schemathesis==4.32.5";

/// The command that runs it; none, said in words, where Python can't make a folder of its own.
pub fn command(full: bool) -> Outcome<Option<Command>> {
    let Some(python) = python()? else {
        println!("SKIPPED: schemathesis was not run, because python3 -m venv is missing (Debian: python3-venv).");
        println!("SKIPPED: nothing has checked the OpenAPI document against the running program.");
        return Ok(None);
    };
    run(&mut cargo(&["build", "--package", "gangmu"]))?;
    let mut command = Command::new(python);
    command.arg(root().join("xtask/src/schemathesis.py")).arg(target().join("debug/gangmu"));
    if full {
        command.arg("--full");
    }
    Ok(Some(command))
}

/// Python in a folder of its own under `target`, with schemathesis installed.
fn python() -> Outcome<Option<PathBuf>> {
    let folder = target().join("schemathesis");
    let python = folder.join("bin/python");
    if folder.join("bin/st").is_file() {
        return Ok(Some(python));
    }
    install::for_machines();
    if !has("python3") || run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).is_err() {
        return Ok(None);
    }
    run(Command::new(&python).args(["-m", "pip", "install", "-q", "--disable-pip-version-check", VERSION]))?;
    Ok(Some(python))
}
