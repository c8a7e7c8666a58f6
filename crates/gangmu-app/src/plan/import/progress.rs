//! How far imports are (导入进度).

use super::ACTION;
use crate::{
    app::App,
    failure::Failure,
    operate::look,
    plan::{
        open::Opened,
        views::{ImportProgress, ReasonView, StepView},
    },
    session::Session,
};
use gangmu_kernel::masking;
use gangmu_store::{
    Fault, Tx,
    plan::imports::{self, ImportRow},
};

const STEPS: [&str; 4] = ["read", "compile", "write", "done"];

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
    const WORDS: [&str; 6] = ["read", "compile", "write", "done", "failed", "known"];
    let step = WORDS.into_iter().find(|w| *w == row.step).ok_or_else(|| {
        Failure::Fault(Fault::Column { column: 2, wanted: "a step of an import", got: row.step.clone() })
    })?;
    let opened = match row.edition {
        Some(edition) => Some(Opened::of(tx, edition)?),
        None => None,
    };
    let here = STEPS.iter().position(|s| *s == step);
    let state = |at: usize| match here {
        Some(here) if at < here || step == "done" => "done",
        Some(here) if at == here => "here",
        _ => "open",
    };
    let failures = row.failures.into_iter().map(|f| ReasonView { code: f.code, fields: f.fields });
    Ok(ImportProgress {
        id: row.id,
        files: row.files,
        step,
        steps: (0..).zip(STEPS).map(|(at, name)| StepView { name, state: state(at) }).collect(),
        done: row.done,
        of: row.total,
        failures: failures.collect(),
        plan: opened.as_ref().map(|o| o.plan.key.clone()).or(row.plan_key),
        address: opened.map(|o| o.address.plan()),
        progress_address: format!("/imports/{}", row.id),
        running: matches!(step, "read" | "compile" | "write"),
        started_at: row.started_at,
        by: masking::name(&row.account_name),
    })
}
