//! How far imports are (导入进度).

use super::ACTION;
use crate::{
    app::App,
    failure::Failure,
    operate::look,
    plan::{
        open::Opened,
        views::{ImportProgress, ReasonView, SortedFileView, StepView},
    },
    session::Session,
};
use gangmu_join::{Role, Why};
use gangmu_kernel::masking;
use gangmu_store::{
    Fault, Tx,
    plan::imports::{self, ImportRow, WaitingFile},
};

const STEPS: [&str; 4] = ["read", "compile", "write", "done"];
/// A folder of files is sorted before it is joined.
const STEPS_OF_FOLDER: [&str; 5] = ["read", "sort", "compile", "write", "done"];

/// How far that import is.
pub async fn progress(app: &App, session: &Session, id: i64) -> Result<ImportProgress, Failure> {
    look(app, session, ACTION, move |tx| {
        let row = imports::find(tx, id)?.ok_or(Failure::Absent("import"))?;
        view(tx, row)
    })
    .await
}

/// The newest imports, inside a transaction.
pub fn recent(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ImportProgress>, Failure> {
    let rows = imports::recent(tx, limit)?;
    rows.into_iter().map(|row| view(tx, row)).collect()
}

fn view(tx: &mut Tx<'_>, row: ImportRow) -> Result<ImportProgress, Failure> {
    const WORDS: [&str; 7] = ["read", "sort", "compile", "write", "done", "failed", "known"];
    let step = WORDS.into_iter().find(|w| *w == row.step).ok_or_else(|| {
        Failure::Fault(Fault::Column { column: 2, wanted: "a step of an import", got: row.step.clone() })
    })?;
    let opened = match row.edition {
        Some(edition) => Some(Opened::of(tx, edition)?),
        None => None,
    };
    let steps: &[&'static str] = if row.files.len() > 1 { &STEPS_OF_FOLDER } else { &STEPS };
    let waiting = if step == "sort" { imports::waiting(tx, row.id)? } else { Vec::new() };
    let here = steps.iter().position(|s| *s == step);
    let state = |at: usize| match here {
        Some(here) if at < here || step == "done" => "done",
        Some(here) if at == here => "here",
        _ => "open",
    };
    let failures = row.failures.into_iter().map(|f| ReasonView { code: f.code, fields: f.fields });
    Ok(ImportProgress {
        id: row.id,
        step,
        steps: (0..).zip(steps).map(|(at, name)| StepView { name, state: state(at) }).collect(),
        sorting: waiting.into_iter().map(sorted).collect::<Result<_, Fault>>()?,
        done: row.done,
        of: row.total,
        failures: failures.collect(),
        plan: opened.as_ref().map(|o| o.plan.key.clone()).or(row.plan_key),
        joined: opened.as_ref().filter(|_| row.files.len() > 1).map(|o| o.address.joined(&[])),
        address: opened.map(|o| o.address.plan()),
        files: row.files,
        progress_address: format!("/imports/{}", row.id),
        running: matches!(step, "read" | "compile" | "write"),
        started_at: row.started_at,
        by: masking::name(&row.account_name),
    })
}

/// A file with what it is thought to be for, and why.
fn sorted(file: WaitingFile) -> Result<SortedFileView, Fault> {
    let unread = |got: String| Fault::Column { column: 4, wanted: "why a file is what it is", got };
    let why: Why = serde_json::from_str(&file.why).map_err(|error| unread(error.to_string()))?;
    let role = Role::of_word(&file.role).ok_or_else(|| unread(file.role.clone()))?;
    Ok(SortedFileView {
        position: file.position,
        name: file.name,
        bytes: file.size.try_into().unwrap_or(0),
        role: role.word(),
        why: ReasonView { code: format!("sorted-{}", why.code), fields: why.fields },
    })
}
