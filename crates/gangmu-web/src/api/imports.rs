//! Importing the text of a plan (导入): files as a form, or one file as it is; progress by asking.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::{failure::Stop, security::UPLOAD_LIMIT, web::Web};
use axum::{
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use gangmu_app::plan::{
    import::{self, Role, Upload, UploadedFile, progress},
    list::list as plans,
    views::{ImportProgress, ReasonView, SortedFileView},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// How far an import is (导入进度).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Import {
    /// Number of the import (导入编号).
    pub id: i64,
    /// The files' names (文件名).
    pub files: Vec<String>,
    /// `read`, `sort` while it waits to be told what the files are, `compile`, `write`, `done`, `failed`, or `known` where
    /// an edition has the same files (进行到哪一步).
    pub step: String,
    /// What each file is thought to be, while it waits to be told (待归类的文件).
    pub sorting: Vec<SortedFile>,
    /// Neither done nor failed: ask again (是否仍在进行).
    pub running: bool,
    /// Rows written so far (已写入条数).
    pub done: u32,
    /// Rows to be written; 0 while unknown (总条数).
    pub of: u32,
    /// Why it failed (失败原因).
    pub failures: Vec<Why>,
    /// Key of the plan, once it is known (规划代号).
    pub plan: Option<String>,
    /// When it began (开始时间).
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// By whom, masked (导入人).
    pub by: String,
}

/// A file with what it is thought to be for (待归类文件).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SortedFile {
    /// Its name (文件名).
    pub name: String,
    /// `outline`, `annex`, `assignments`, `projects`, `plan`, `aside`, or `unknown` (用途).
    pub role: String,
    /// Why (依据).
    pub why: Why,
}

/// Why an import failed (失败原因).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Why {
    /// The reason as a word that never changes (理由代码).
    pub code: String,
    /// Its facts (数据项).
    pub fields: BTreeMap<String, String>,
}

impl From<ImportProgress> for Import {
    fn from(view: ImportProgress) -> Self {
        Self {
            id: view.id,
            files: view.files,
            step: view.step.to_owned(),
            sorting: view.sorting.into_iter().map(SortedFile::from).collect(),
            running: view.running,
            done: view.done,
            of: view.of,
            failures: view.failures.into_iter().map(Why::from).collect(),
            plan: view.plan,
            started_at: view.started_at,
            by: view.by,
        }
    }
}

impl From<ReasonView> for Why {
    fn from(view: ReasonView) -> Self {
        Self { code: view.code, fields: view.fields }
    }
}

impl From<SortedFileView> for SortedFile {
    fn from(view: SortedFileView) -> Self {
        Self { name: view.name, role: view.role.to_owned(), why: view.why.into() }
    }
}

/// The newest imports.
pub const LIST: About = About::pages::<Import>("imports.list");

/// `GET /api/v1/imports`.
pub async fn list(State(web): State<Web>, caller: Caller, uri: Uri) -> Result<Response, Halt> {
    let view = plans(&web.app, &caller.session).await?;
    reply::page(&uri, view.imports.into_iter().map(Import::from).collect(), None)
}

/// Shows how far an import is.
pub const SHOW: About = About::gives::<Import>("imports.show");

/// `GET /api/v1/imports/{id}`.
pub async fn show(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    let view = progress(&web.app, &caller.session, id).await?;
    reply::json(&Import::from(view))
}

/// What the files are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// Name of the one file that is sent as it is (文件名).
    name: Option<String>,
    /// Key of the plan whose next edition it is, or of a new plan (规划代号).
    plan: Option<String>,
    /// Title; without it the text's own (名称).
    title: Option<String>,
    /// Wait to be told what the files are; what is not recognised is asked in any case (先归类).
    ask: Option<bool>,
}

/// The import that was begun (已开始的导入).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Begun {
    /// Number of the import: ask how far it is (导入编号).
    pub id: i64,
}

/// Begins an import.
pub const BEGIN: About =
    About::gives::<Begun>("imports.begin").asked::<Naming>().takes_files().status(StatusCode::ACCEPTED);

/// `POST /api/v1/imports`.
pub async fn begin(
    State(web): State<Web>,
    caller: Caller,
    Asked(naming): Asked<Naming>,
    request: Request,
) -> Result<Response, Halt> {
    let start = format!("{} {}\n", request.method(), request.uri());
    let files = match kind_of(request.headers()) {
        "multipart/form-data" => form(request).await?,
        _ => {
            plain(request.headers())?;
            vec![whole(request, naming.name).await?]
        }
    };
    let mut digest = Sha256::new().chain_update(start);
    for file in &files {
        digest.update(&file.name);
        digest.update(Sha256::digest(&file.bytes));
    }
    let answer = |id: &i64| {
        let location = format!("/api/v1/imports/{id}");
        gangmu_app::terms::Answer {
            location: Some(location),
            ..reply::answer(StatusCode::ACCEPTED, &Begun { id: *id })
        }
    };
    let terms = caller.terms(digest.finalize().into(), answer)?;
    let plan = naming.plan.filter(|key| !key.is_empty());
    let upload = Upload { files, plan, title: naming.title, ask: naming.ask.unwrap_or(false), roles: None };
    let id = import::begin(&web.app, &caller.session.on(terms), upload).await?;
    Ok(reply::answered(answer(&id), false))
}

/// What a file is for (文件用途).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum FileRole {
    Outline,
    Annex,
    Assignments,
    Projects,
    Plan,
    Aside,
}

impl From<FileRole> for Role {
    fn from(role: FileRole) -> Self {
        match role {
            FileRole::Outline => Self::Outline,
            FileRole::Annex => Self::Annex,
            FileRole::Assignments => Self::Assignments,
            FileRole::Projects => Self::Projects,
            FileRole::Plan => Self::Plan,
            FileRole::Aside => Self::Aside,
        }
    }
}

/// What the files are, in their order (归类).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sorting {
    /// A use for each file; exactly one is the outline (各文件的用途).
    roles: Vec<FileRole>,
}

/// Says what the files are, and goes on.
pub const SORT: About = About::step("imports.sort").takes::<Sorting>();

/// `POST /api/v1/imports/{id}/sort`.
pub async fn sort(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Sorting>,
) -> Result<Response, Halt> {
    let roles = body.value.roles.into_iter().map(Role::from).collect();
    reply::done(import::go_on(&web.app, &caller.once(body.digest)?, id, roles).await)
}

/// Gives up an import that waits.
pub const DROP: About = About::step("imports.drop");

/// `POST /api/v1/imports/{id}/drop`.
pub async fn discard(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(import::give_up(&web.app, &caller.once(body.digest)?, id).await)
}

/// The files of a form.
async fn form(request: Request) -> Result<Vec<UploadedFile>, Halt> {
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Halt::TooLarge,
        _ => Halt::from(Stop::Malformed),
    };
    let mut sent = Multipart::from_request(request, &()).await.map_err(|_| Halt::from(Stop::Malformed))?;
    let mut files = Vec::new();
    while let Some(field) = sent.next_field().await.map_err(broken)? {
        if field.name() != Some("files") {
            return Err(reply::misfit("/files", "the form has parts called files and no others"));
        }
        let name = field.file_name().unwrap_or("file").to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        files.push(UploadedFile { name, bytes });
    }
    Ok(files)
}

/// The name of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct FileName {
    /// Name of the file that is sent as it is (文件名).
    #[param(min_length = 1)]
    pub name: String,
}

/// One file as it is, with the digest of the whole request for idempotency keys.
pub(super) async fn one_file(request: Request, name: FileName) -> Result<(UploadedFile, [u8; 32]), Halt> {
    let start = format!("{} {}\n", request.method(), request.uri());
    plain(request.headers())?;
    let file = whole(request, Some(name.name)).await?;
    let digest = Sha256::new().chain_update(start).chain_update(&file.bytes).finalize().into();
    Ok((file, digest))
}

/// Refuses what is no file as it is: a program that sends JSON or a form means something else.
pub(super) fn plain(headers: &HeaderMap) -> Result<(), Halt> {
    match kind_of(headers) {
        "" | "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data" => Err(Halt::Unsupported),
        _ => Ok(()),
    }
}

fn kind_of(headers: &HeaderMap) -> &str {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}

/// The one file that is the body.
async fn whole(request: Request, name: Option<String>) -> Result<UploadedFile, Halt> {
    let name = name.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| reply::misfit("?name", "the name of the file"))?;
    let limit = usize::try_from(UPLOAD_LIMIT).unwrap_or(usize::MAX);
    let bytes = axum::body::to_bytes(request.into_body(), limit).await.map_err(|_| Halt::TooLarge)?;
    Ok(UploadedFile { name, bytes: bytes.to_vec() })
}
