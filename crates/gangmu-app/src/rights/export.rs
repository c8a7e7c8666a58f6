//! The rights as an Excel file (权限表导出), for those who review them.

use super::{RightsView, rights};
use crate::{app::App, failure::Failure, session::Session};
use gangmu_documents::{CellValue, Column, Properties, Sheet, Workbook};
use gangmu_store::Fault;

/// A file ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsFile {
    /// Its name.
    pub name: String,
    /// Its bytes: XLSX.
    pub bytes: Vec<u8>,
}

/// The matrix and who holds what as XLSX; `words` finds the words of a key in the language of the file.
pub async fn export(
    app: &App,
    session: &Session,
    words: impl Fn(&str) -> String + Send + 'static,
) -> Result<RightsFile, Failure> {
    let view = rights(app, session).await?;
    let (now, day) = (app.now(), app.today());
    let title = words("rights");
    let name = format!("{title}-{day}.xlsx");
    let properties =
        Properties { title, created: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(), ..Properties::default() };
    let book = Workbook { sheets: vec![matrix(&view, &words), held(&view, &words)], properties };
    let broken = |problem: String| Failure::Fault(Fault::Panicked(problem));
    let bytes = tokio::task::spawn_blocking(move || book.to_xlsx()).await.map_err(|e| broken(e.to_string()))?;
    Ok(RightsFile { name, bytes: bytes.map_err(|e| broken(e.to_string()))? })
}

fn text(text: impl Into<String>) -> CellValue {
    CellValue::Text(text.into())
}

fn matrix(view: &RightsView, words: &impl Fn(&str) -> String) -> Sheet {
    let roles = view.roles.iter().map(|role| Column::code(words(&format!("role-{role}")), 14.0));
    let row = |row: &super::ActionRights| {
        let cells = row.cells.iter().map(|cell| match *cell {
            "-" => CellValue::Empty,
            cell => text(words(&format!("reach-{cell}"))),
        });
        [text(words(&key_of(&row.action))), text(row.action.clone())].into_iter().chain(cells).collect()
    };
    Sheet {
        name: words("rights-matrix"),
        title: Some(words("rights-matrix")),
        mark: None,
        columns: [Column::text(words("rights-action"), 30.0), Column::code(words("rights-code"), 22.0)]
            .into_iter()
            .chain(roles)
            .collect(),
        rows: view.actions.iter().map(row).collect(),
        notes: vec![
            words("reach-yes-means"),
            words("reach-tree-means"),
            words("reach-own-means"),
            words("reach-whole-means"),
        ],
    }
}

fn held(view: &RightsView, words: &impl Fn(&str) -> String) -> Sheet {
    let row = |held: &super::HeldView| {
        let or_empty = |value: &Option<String>| value.clone().map_or(CellValue::Empty, CellValue::Text);
        vec![
            text(words(&format!("role-{}", held.role))),
            text(held.login.clone()),
            text(held.name.clone()),
            or_empty(&held.organisation),
            or_empty(&held.title),
            text(match &held.root {
                None => words("root-everything"),
                Some(root) if held.area => format!("{root}（{}）", words("root-kind-area")),
                Some(root) => root.clone(),
            }),
            text(words(if held.disabled { "account-disabled" } else { "account-active" })),
        ]
    };
    Sheet {
        name: words("rights-held"),
        title: Some(words("rights-held")),
        mark: None,
        columns: vec![
            Column::code(words("roles"), 16.0),
            Column::code(words("account-name"), 18.0),
            Column::code(words("person-name"), 12.0),
            Column::text(words("unit"), 26.0),
            Column::text(words("post-title"), 22.0),
            Column::text(words("post-root"), 26.0),
            Column::code(words("account-state"), 10.0),
        ],
        rows: view.held.iter().map(row).collect(),
        notes: vec![words("rights-names-masked")],
    }
}

/// The key of an action's words.
pub fn key_of(action: &str) -> String {
    format!("action-{}", action.replace(['.', '_'], "-"))
}
