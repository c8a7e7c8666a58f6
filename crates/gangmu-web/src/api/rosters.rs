//! Rosters (名册): organisations and people from a spreadsheet, looked at, applied or dropped; their slips; and the roles
//! that they ask for, granted or refused by another.

use super::{
    about::{About, Given},
    caller::Caller,
    commitments::{XLSX, word},
    imports::{FileName, one_file},
    input::{Asked, Body, Named, Nothing},
    posts::Numbered,
    problem::Halt,
    reply,
};
use crate::{rosters as pages, web::Web};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use gangmu_app::{
    Failure,
    rosters::{self, Fault, Finding, Listed, Mode, Slip, Tally, requests},
};
use gangmu_kernel::masking;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A roster (名册).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Roster {
    /// Its number (编号).
    pub id: i64,
    /// The file's name (文件名).
    pub file: String,
    /// `draft`, `applied` or `dropped` (状态).
    pub state: String,
    /// When it came (提交时间).
    #[schema(value_type = String, format = DateTime)]
    pub begun_at: Timestamp,
    /// Who brought it, masked (提交人).
    pub by: String,
    /// What it did (结果).
    pub tally: RosterTally,
}

/// What a roster did (导入结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterTally {
    /// New organisations (新增单位).
    pub organisations_new: i64,
    /// Changed organisations (修改单位).
    pub organisations_changed: i64,
    /// New people (新增人员).
    pub people_new: i64,
    /// Changed people (修改人员).
    pub people_changed: i64,
    /// Rows left out because something was wrong with them (未导入的行).
    pub left_out: i64,
}

impl From<Tally> for RosterTally {
    fn from(tally: Tally) -> Self {
        let Tally { organisations_new, organisations_changed, people_new, people_changed, left_out } = tally;
        Self { organisations_new, organisations_changed, people_new, people_changed, left_out }
    }
}

impl From<Listed> for Roster {
    fn from(listed: Listed) -> Self {
        Self {
            id: listed.id,
            file: listed.file,
            state: listed.state,
            begun_at: listed.begun_at.parse().unwrap_or_default(),
            by: masking::name(&listed.by),
            tally: listed.tally.into(),
        }
    }
}

/// What a roster would do (名册预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterPreview {
    /// The roster (名册).
    pub roster: Roster,
    /// Every row with what it means; none once it was applied or dropped (各行).
    pub rows: Vec<RosterRow>,
    /// Every cell that something is wrong with (有误的单元格).
    pub faults: Vec<CellFault>,
    /// People of this roster who wait for a code (等待激活的人数).
    pub waiting: u32,
}

/// A row of a roster (名册的一行).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterRow {
    /// Where it stands in the file (位置).
    pub place: String,
    /// `organisations` or `people` (类别).
    pub sort: String,
    /// Code or login (单位代码或账号).
    pub key: String,
    /// The name; masked where it is a person's (名称).
    pub name: String,
    /// `new`, `changed`, `same`, `twice` or `refused` (状态).
    pub standing: String,
    /// What it changes (变化).
    pub changes: Vec<RosterChange>,
    /// Roles that it asks for (申请的角色).
    pub roles: Vec<String>,
}

/// A value that a row changes (变化).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterChange {
    /// The column (栏目).
    pub column: String,
    /// What is there, masked where it is personal (改前).
    pub before: String,
    /// What is to be there, masked likewise (改后).
    pub after: String,
}

/// Something wrong with a cell (单元格差错).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CellFault {
    /// The cell (单元格).
    pub cell: String,
    /// The column (栏目).
    pub column: String,
    /// What stands there, masked where it is personal (内容).
    pub written: String,
    /// Why, as a word that never changes (理由代码).
    pub code: String,
    /// In words (说明).
    pub message: String,
    /// The facts of these words (数据项).
    pub fields: BTreeMap<String, String>,
}

impl From<Finding> for RosterRow {
    fn from(finding: Finding) -> Self {
        let change = |change: rosters::Change| RosterChange {
            column: change.column.word().to_owned(),
            before: change.before,
            after: change.after,
        };
        Self {
            place: finding.place,
            sort: finding.sort.word().to_owned(),
            key: finding.key,
            name: finding.name,
            standing: word(Some(finding.standing)).unwrap_or_default(),
            changes: finding.changes.into_iter().map(change).collect(),
            roles: finding.roles,
        }
    }
}

fn cell(web: &Web, caller: &Caller, fault: Fault) -> CellFault {
    let said = web.pages.words.reason(caller.language, fault.code, &fault.fields);
    CellFault {
        cell: fault.cell,
        column: fault.column.word().to_owned(),
        written: fault.written,
        message: said.unwrap_or_else(|_| fault.code.to_owned()),
        code: fault.code.to_owned(),
        fields: fault.fields,
    }
}

/// Lists the rosters, newest first.
pub const LIST: About = About::pages::<Roster>("rosters.list").asked::<super::plans::Paging>();

/// `GET /api/v1/rosters`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, before) = (reply::limit(paging.limit)?, reply::opened_as(paging.after.as_deref())?);
    let mut found = rosters::recent(&web.app, &caller.session, before, limit + 1).await?;
    let next = reply::more(&mut found, limit, |roster| roster.id);
    reply::page(&uri, found.into_iter().map(Roster::from).collect(), next)
}

/// Gives an empty roster as an Excel file.
pub const TEMPLATE: About = About::new("rosters.template", Given::File(XLSX));

/// `GET /api/v1/rosters/template.xlsx`.
pub async fn template(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    Ok(pages::empty(&web, caller.language).await?)
}

/// Hands in a roster: nothing is done yet.
pub const SUBMIT: About =
    About::gives::<Numbered>("rosters.submit").asked::<FileName>().takes_file().status(StatusCode::CREATED);

/// `POST /api/v1/rosters`.
pub async fn submit(
    State(web): State<Web>,
    caller: Caller,
    Asked(name): Asked<FileName>,
    request: Request,
) -> Result<Response, Halt> {
    let (file, digest) = one_file(request, name).await?;
    let answer = |id: &i64| reply::made(&Numbered { id: *id }, format!("/api/v1/rosters/{id}"));
    let session = caller.session.on(caller.terms(digest, answer)?);
    let id = rosters::submit(&web.app, &session, &file.name, file.bytes, &pages::vocabulary(&web)).await?;
    Ok(reply::answered(answer(&id), false))
}

/// Shows what a roster would do, with the version of that.
pub const SHOW: About = About::gives::<RosterPreview>("rosters.show").tagged();

/// `GET /api/v1/rosters/{id}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named(id): Named<i64>,
) -> Result<Response, Halt> {
    let preview = rosters::preview(&web.app, &caller.session, id).await?;
    let shown = RosterPreview {
        roster: preview.roster.into(),
        rows: preview.findings.into_iter().map(RosterRow::from).collect(),
        faults: preview.faults.into_iter().map(|fault| cell(&web, &caller, fault)).collect(),
        waiting: u32::try_from(preview.waiting).unwrap_or(u32::MAX),
    };
    reply::versioned(&shown, &preview.fingerprint, &headers)
}

/// Which rows of a roster are applied (导入方式).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RosterMode {
    /// All rows, or nothing where one cell is wrong (全部).
    All,
    /// The rows that nothing is wrong with (无误的行).
    Sound,
}

/// How a roster is applied (导入).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterDecision {
    /// Which rows (哪些行).
    mode: RosterMode,
}

/// Applies a roster as it was shown.
pub const APPLY: About = About::gives::<RosterTally>("rosters.apply").takes::<RosterDecision>().held();

/// `POST /api/v1/rosters/{id}/apply`.
pub async fn apply(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<RosterDecision>,
) -> Result<Response, Halt> {
    let seen = caller.held()?.to_owned();
    let answer = |tally: &Tally| reply::answer(StatusCode::OK, &RosterTally::from(*tally));
    let session = caller.session.on(caller.terms(body.digest, answer)?);
    let mode = match body.value.mode {
        RosterMode::All => Mode::All,
        RosterMode::Sound => Mode::Sound,
    };
    let now = async || Ok::<_, Failure>(rosters::preview(&web.app, &caller.session, id).await?.fingerprint);
    let seen = if seen == "*" { now().await? } else { seen };
    match rosters::apply(&web.app, &session, id, mode, &seen).await {
        Ok(tally) => Ok(reply::answered(answer(&tally), false)),
        Err(Failure::Refused(reasons)) if reasons.has("rosters.apply.changed") => {
            Err(Halt::Outdated { version: now().await?, changes: Vec::new() })
        }
        Err(other) => Err(other.into()),
    }
}

/// Drops a roster: its rows are forgotten.
pub const DROP: About = About::step("rosters.drop");

/// `POST /api/v1/rosters/{id}/drop`.
pub async fn discard(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(rosters::drop_draft(&web.app, &caller.once(body.digest)?, id).await)
}

/// Slips for those who have not opened their accounts (激活单).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterSlips {
    /// A slip for each (各人的激活单).
    pub slips: Vec<RosterSlip>,
}

/// A slip for one person (激活单).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterSlip {
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// The person's name, because somebody hands it out (姓名).
    pub name: String,
    /// What the person will type (账号).
    pub login: String,
    /// The code, shown this once; null when the same request is answered again (激活码).
    pub code: Option<String>,
    /// Until when it opens the account (有效期至).
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

/// The slips as an answer; what is kept under a key has neither codes nor names.
fn slips_of(slips: &[Slip], open: bool) -> gangmu_app::terms::Answer {
    let slip = |slip: &Slip| RosterSlip {
        organisation: slip.unit.clone(),
        name: if open { slip.name.clone() } else { masking::name(&slip.name) },
        login: slip.login.clone(),
        code: open.then(|| slip.code.clone()),
        until: slip.until,
    };
    reply::answer(StatusCode::OK, &RosterSlips { slips: slips.iter().map(slip).collect() })
}

/// Makes slips with new codes; earlier codes end.
pub const SLIPS: About = About::gives::<RosterSlips>("rosters.slips");

/// `POST /api/v1/rosters/{id}/slips`.
pub async fn slips(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let terms = caller.terms(body.digest, |slips: &Vec<Slip>| slips_of(slips, false))?;
    let slips = rosters::slips(&web.app, &caller.session.on(terms), id).await?;
    Ok(reply::answered(slips_of(&slips, true), false))
}

/// What rosters ask for one person (角色申请).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleRequest {
    /// Number of the account (账号编号).
    pub account: i64,
    /// Its login (账号).
    pub login: String,
    /// The person's name, masked (姓名).
    pub name: String,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// The person's post (职务).
    pub post: Option<String>,
    /// Roles that the person holds (已有的角色).
    pub held: Vec<String>,
    /// Roles that are asked for (申请的角色).
    pub roles: Vec<String>,
    /// Pairs that must not meet in one account, so that nothing can be granted (不能并存的角色).
    pub meetings: Vec<String>,
}

/// Lists the roles that are asked for, person by person.
pub const REQUESTS: About = About::pages::<RoleRequest>("role_requests.list").asked::<super::plans::Paging>();

/// `GET /api/v1/role-requests`.
pub async fn requested(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let all = requests::requests(&web.app, &caller.session).await?;
    let (rows, next) = reply::cut(all, limit, after.as_deref(), |asked: &requests::Asked| asked.account.to_string());
    let row = |asked: requests::Asked| RoleRequest {
        account: asked.account,
        login: asked.login,
        name: asked.name,
        organisation: asked.unit,
        post: asked.post,
        held: asked.held,
        roles: asked.roles,
        meetings: asked.meetings,
    };
    reply::page(&uri, rows.into_iter().map(row).collect(), next)
}

/// For whom something is answered (答复的人).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRequestsAnswered {
    /// Numbers of the accounts, as the list gives them (账号编号).
    #[schema(min_items = 1, max_items = 5000)]
    accounts: Vec<i64>,
    /// Why it is refused (不予同意的理由).
    #[schema(max_length = 200)]
    reason: Option<String>,
}

/// How many people something was answered for (答复的人数).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeopleAnswered {
    /// How many (人数).
    pub count: u32,
}

fn people(count: &usize) -> gangmu_app::terms::Answer {
    reply::answer(StatusCode::OK, &PeopleAnswered { count: u32::try_from(*count).unwrap_or(u32::MAX) })
}

/// Grants what is asked for these people.
pub const GRANT: About = About::gives::<PeopleAnswered>("role_requests.grant").takes::<RoleRequestsAnswered>();

/// `POST /api/v1/role-requests/grant`.
pub async fn grant(State(web): State<Web>, caller: Caller, body: Body<RoleRequestsAnswered>) -> Result<Response, Halt> {
    let session = caller.session.on(caller.terms(body.digest, people)?);
    let count = requests::grant(&web.app, &session, body.value.accounts).await?;
    Ok(reply::answered(people(&count), false))
}

/// Refuses what is asked for these people.
pub const REFUSE: About = About::gives::<PeopleAnswered>("role_requests.refuse").takes::<RoleRequestsAnswered>();

/// `POST /api/v1/role-requests/refuse`.
pub async fn refuse(
    State(web): State<Web>,
    caller: Caller,
    body: Body<RoleRequestsAnswered>,
) -> Result<Response, Halt> {
    let session = caller.session.on(caller.terms(body.digest, people)?);
    let RoleRequestsAnswered { accounts, reason } = body.value;
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    let reason = reason.map(|reason| reply::short("/reason", reason, 200)).transpose()?;
    let count = requests::refuse(&web.app, &session, accounts, reason).await?;
    Ok(reply::answered(people(&count), false))
}
