//! Importing the text of a plan (导入): files as a form, or one file as it is; progress by asking.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Named},
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
    import::{self, Upload, UploadedFile, progress},
    list::list as plans,
    views::ImportProgress,
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
    /// `read`, `compile`, `write`, `done`, `failed`, or `known` where an edition has the same files (进行到哪一步).
    pub step: String,
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
            running: view.running,
            done: view.done,
            of: view.of,
            failures: view.failures.into_iter().map(|f| Why { code: f.code, fields: f.fields }).collect(),
            plan: view.plan,
            started_at: view.started_at,
            by: view.by,
        }
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
    let upload = Upload { files, plan: naming.plan.filter(|key| !key.is_empty()), title: naming.title };
    let id = import::begin(&web.app, &caller.session.on(terms), upload).await?;
    Ok(reply::answered(answer(&id), false))
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
