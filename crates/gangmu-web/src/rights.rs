//! `/administration/rights`: the matrix, who holds what, and why somebody may or may not do something (权限).

use crate::{
    failure::{Stop, reasons},
    locale::{Language, Words},
    pages::{Noun, Page},
    plan::register::spreadsheet,
    visit::Visit,
    web::Web,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure, Session,
    plan::views::ReasonView,
    rights::{self, Explained, HeldView, PostExplained, RoleExplained, key_of},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is asked about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    person: String,
    action: String,
    plan: String,
}

/// `/administration/rights`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Stop> {
    let view = rights::rights(&web.app, &visit.session).await?;
    let words = |action: &str| label(&web.pages.words, visit.language, action);
    let actions = view.actions.into_iter().map(|row| ActionRow {
        words: words(&row.action),
        action: row.action,
        cells: row.cells,
    });
    let mut page = RightsPage {
        roles: view.roles,
        actions: actions.collect(),
        held: view.held,
        person: asked.person.trim().to_owned(),
        action: asked.action.clone(),
        plan: asked.plan.trim().to_owned(),
        explained: None,
        absent: None,
        refusals: Vec::new(),
    };
    let mut status = StatusCode::OK;
    if !page.person.is_empty() {
        let plan = Some(page.plan.as_str()).filter(|plan| !plan.is_empty());
        match rights::explain(&web.app, &visit.session, &page.person, &page.action, plan).await {
            Ok(explained) => page.explained = Some(explained),
            Err(Failure::Absent(what)) => {
                page.absent = Some(what);
                status = StatusCode::UNPROCESSABLE_ENTITY;
            }
            Err(Failure::Refused(refused)) => page.refusals = reasons(&refused),
            Err(other) => return Err(other.into()),
        }
    }
    visit.page_with(&web, Some(Noun::Administration), status, &page).await
}

/// The words of an action; its code where it has none.
pub(crate) fn label(words: &Words, language: Language, action: &str) -> String {
    words.say_with(language, &key_of(action), &[]).unwrap_or_else(|_| action.to_owned())
}

/// `/administration/rights.xlsx`.
pub async fn export(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    Ok(exported(&web, &visit.session, visit.language).await?)
}

/// The rights as a file.
pub(crate) async fn exported(web: &Web, session: &Session, language: Language) -> Result<Response, Failure> {
    let words = Arc::clone(&web.pages.words);
    let say = move |key: &str| words.say_with(language, key, &[]).unwrap_or_default();
    let file = rights::export(&web.app, session, say).await?;
    Ok(spreadsheet(file.bytes, "rights.xlsx", &file.name))
}

/// The rights of the installation.
#[derive(Debug, Clone, Serialize)]
pub struct RightsPage {
    /// Words of the roles.
    pub roles: Vec<&'static str>,
    /// The matrix.
    pub actions: Vec<ActionRow>,
    /// Who holds what.
    pub held: Vec<HeldView>,
    /// The login that was asked about.
    pub person: String,
    /// The action that was asked about.
    pub action: String,
    /// The plan that was asked about.
    pub plan: String,
    /// The answer.
    pub explained: Option<Explained>,
    /// What of the question there is not: `account`, `plan`.
    pub absent: Option<&'static str>,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

/// A row of the matrix.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    /// What it is, in words.
    pub words: String,
    /// The action.
    pub action: String,
    /// `yes`, `tree`, `own` or `-` for each role.
    pub cells: Vec<&'static str>,
}

impl Page for RightsPage {
    const TEMPLATE: &'static str = "rights/index.html";

    fn samples() -> Vec<Self> {
        let row = |action: &str, cells: [&'static str; 9]| ActionRow {
            words: "导入规划".to_owned(),
            action: action.to_owned(),
            cells: cells.into(),
        };
        let held = |root: Option<&str>, disabled| HeldView {
            role: "planner".to_owned(),
            login: "guihua-01".to_owned(),
            name: "林某".to_owned(),
            disabled,
            title: Some("规划科科长".to_owned()),
            organisation: Some("示例局".to_owned()),
            root: root.map(str::to_owned),
            area: disabled,
        };
        let plain = Self {
            roles: gangmu_app::Role::ALL.map(gangmu_app::Role::word).into(),
            actions: vec![
                row("plan.import", ["-", "tree", "-", "-", "-", "-", "-", "-", "-"]),
                row("public.read", ["yes", "own", "-", "-", "-", "-", "-", "-", "-"]),
            ],
            held: vec![held(None, false), held(Some("示例局"), true)],
            person: String::new(),
            action: String::new(),
            plan: String::new(),
            explained: None,
            absent: None,
            refusals: Vec::new(),
        };
        let with = |explained| Self {
            person: "guihua-01".to_owned(),
            action: "plan.import".to_owned(),
            plan: "145".to_owned(),
            explained: Some(explained),
            ..plain.clone()
        };
        vec![
            with(explained(true, true)),
            with(explained(false, true)),
            with(explained(false, false)),
            Self { person: "x".to_owned(), absent: Some("account"), ..plain.clone() },
            Self { refusals: crate::samples::reasons(), ..plain.clone() },
            plain,
        ]
    }
}

/// An answer for the samples.
fn explained(allowed: bool, listed: bool) -> Explained {
    let role =
        |within| RoleExplained {
            role: "planner", cell: "tree", root: Some("示例局".to_owned()), area: false, within
        };
    let barred = RoleExplained { role: "liaison", cell: "-", root: None, area: false, within: None };
    let post = |holder: Option<&str>| PostExplained {
        title: Some("规划科科长".to_owned()),
        organisation: Some("示例局".to_owned()),
        holder: holder.map(str::to_owned),
        roles: vec![role(Some(allowed)), role(None), barred.clone()],
        allowed,
    };
    Explained {
        login: "guihua-01".to_owned(),
        name: "林某".to_owned(),
        action: "plan.import".to_owned(),
        plan: Some("145".to_owned()),
        owner: allowed.then(|| "示例局".to_owned()),
        disabled: !allowed,
        must_change: !allowed,
        listed,
        public: false,
        needed: vec!["planner"],
        posts: if listed { vec![post(None), post(Some("陈某"))] } else { Vec::new() },
        allowed,
    }
}
