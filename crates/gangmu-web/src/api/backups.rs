//! The backups of the house (备份): how they stand, make one, rehearse one, take one along.

use super::{
    about::{About, Given},
    caller::Caller,
    imports::Why,
    input::{Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::{backup as pages, web::Web};
use axum::{extract::State, http::StatusCode, response::Response};
use gangmu_app::{
    Failure,
    backup::{
        ask::{ask_backup, ask_rehearsal},
        list::{self, BackupView, BackupsView, ReportView},
    },
    plan::views::ReasonView,
    terms::Answer,
};
use gangmu_kernel::masking;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// How the backups stand (备份一览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Backups {
    /// `good`, `none`, `old`, `failed` or `gone` (备份状况).
    pub standing: String,
    /// `good`, `none`, `old` or `failed` (演练状况).
    pub rehearsals: String,
    /// The records, newest first (备份记录).
    pub backups: Vec<Backup>,
    /// Names of files in the folder that nobody recorded (未登记的文件).
    pub strays: Vec<String>,
    /// One is being made (正在备份).
    pub making: bool,
    /// A rehearsal is running (正在演练).
    pub rehearsing: bool,
    /// The folder; null where backups are not set up (备份目录).
    pub folder: Option<String>,
    /// Why the folder can't be read (目录不能读的原因).
    pub folder_failure: Option<Why>,
    /// When the next one is due by itself (下次自动备份).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// How many daily ones stay (保留的日备份数).
    pub keep_daily: u32,
    /// How many weekly ones stay (保留的周备份数).
    pub keep_weekly: u32,
    /// How many monthly ones stay (保留的月备份数).
    pub keep_monthly: u32,
    /// After so many days the newest is rehearsed by itself; 0 for never (自动演练的间隔天数).
    pub rehearse_days: u32,
}

/// A backup (备份).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Backup {
    /// The name of its file (文件名).
    pub name: String,
    /// `scheduled`, `asked` or `console` (来由).
    pub origin: String,
    /// `kept`, `failed`, `removed` or `gone` (状态).
    pub state: String,
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Who asked for it, masked; empty where nobody did (申请人).
    pub by: String,
    /// The size of the file as a person reads it (大小).
    pub size: String,
    /// Rows in it (行数).
    pub rows: i64,
    /// Attachments in it (附件数).
    pub attachments: i64,
    /// Attachments that were damaged and are not in it (受损附件数).
    pub damaged: i64,
    /// Number of the journal's newest entry in it (最新日志编号).
    pub journal: i64,
    /// Why it failed (失败原因).
    pub failure: Option<Why>,
    /// When it was last rehearsed (最近演练).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub rehearsed_at: Option<Timestamp>,
    /// What the rehearsal found (演练结果).
    pub report: Option<Rehearsal>,
}

/// What a rehearsal found (演练结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rehearsal {
    /// Everything was right (是否通过).
    pub good: bool,
    /// Why not (原因).
    pub failure: Option<Why>,
    /// Rows that were restored (行数).
    pub rows: u64,
    /// Attachments that were restored (附件数).
    pub attachments: u64,
    /// Entries of the journal that were verified (日志条数).
    pub journal: i64,
    /// Whole seconds that it took (用时，秒).
    pub seconds: u64,
}

fn why(reason: ReasonView) -> Why {
    Why { code: reason.code, fields: reason.fields }
}

impl From<ReportView> for Rehearsal {
    fn from(report: ReportView) -> Self {
        Self {
            good: report.good,
            failure: report.failure.map(why),
            rows: report.rows,
            attachments: report.blobs,
            journal: report.journal,
            seconds: report.seconds,
        }
    }
}

impl From<BackupView> for Backup {
    fn from(view: BackupView) -> Self {
        Self {
            name: view.name,
            origin: view.origin,
            state: view.state.to_owned(),
            made_at: view.made_at,
            by: masking::name(&view.by),
            size: view.size,
            rows: view.rows,
            attachments: view.blobs,
            damaged: view.damaged,
            journal: view.journal_seq,
            failure: view.failure.map(why),
            rehearsed_at: view.rehearsed_at,
            report: view.report.map(Rehearsal::from),
        }
    }
}

impl From<BackupsView> for Backups {
    fn from(view: BackupsView) -> Self {
        let (keep_daily, keep_weekly, keep_monthly) = view.keep;
        Self {
            standing: view.standing.to_owned(),
            rehearsals: view.rehearsals.to_owned(),
            backups: view.backups.into_iter().map(Backup::from).collect(),
            strays: view.strays.into_iter().map(|stray| stray.name).collect(),
            making: view.making,
            rehearsing: view.rehearsing,
            folder: view.folder,
            folder_failure: view.folder_failure.map(why),
            next_at: view.next_at,
            keep_daily,
            keep_weekly,
            keep_monthly,
            rehearse_days: view.rehearse_days,
        }
    }
}

/// Shows how the backups stand.
pub const LIST: About = About::gives::<Backups>("backups.list");

/// `GET /api/v1/backups`.
pub async fn list(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    reply::json(&Backups::from(list::list(&web.app, &caller.session).await?))
}

const fn asking(id: &'static str) -> About {
    About::new(id, Given::Nothing).status(StatusCode::ACCEPTED)
}

fn accepted((): &()) -> Answer {
    Answer { status: StatusCode::ACCEPTED.as_u16(), ..reply::nothing(&()) }
}

fn begun(asked: Result<(), Failure>) -> Result<Response, Halt> {
    asked.map(|()| reply::answered(accepted(&()), false)).map_err(Halt::from)
}

/// Asks for a backup; the list says when it is there.
pub const MAKE: About = asking("backups.make");

/// `POST /api/v1/backups`.
pub async fn make(State(web): State<Web>, caller: Caller, body: Body<Nothing>) -> Result<Response, Halt> {
    let session = caller.session.on(caller.terms(body.digest, accepted)?);
    begun(ask_backup(&web.app, &session).await)
}

/// Asks for a rehearsal of the newest backup.
pub const REHEARSE: About = asking("backups.rehearse_newest");

/// `POST /api/v1/backups/rehearse`.
pub async fn rehearse(State(web): State<Web>, caller: Caller, body: Body<Nothing>) -> Result<Response, Halt> {
    let session = caller.session.on(caller.terms(body.digest, accepted)?);
    begun(ask_rehearsal(&web.app, &session, None).await)
}

/// Asks for a rehearsal of a backup.
pub const REHEARSE_ONE: About = asking("backups.rehearse");

/// `POST /api/v1/backups/{name}/rehearse`.
pub async fn rehearse_one(
    State(web): State<Web>,
    caller: Caller,
    Named(name): Named<String>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let session = caller.session.on(caller.terms(body.digest, accepted)?);
    begun(ask_rehearsal(&web.app, &session, Some(name)).await)
}

/// Gives the file of a backup; the journal says who took it.
pub const FILE: About = About::new("backups.file", Given::File("application/octet-stream"));

/// `GET /api/v1/backups/{name}/file`.
pub async fn file(State(web): State<Web>, caller: Caller, Named(name): Named<String>) -> Result<Response, Halt> {
    Ok(pages::handed_out(&web, &caller.session, name).await?)
}
