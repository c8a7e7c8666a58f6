//! The backups of the house (备份): how they stand, what there is, make one, rehearse one, take one along.

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
    visit::{Visit, done},
    web::Web,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use gangmu_app::{
    Failure, Session,
    backup::{
        ask::{ask_backup, ask_rehearsal},
        download::download,
        list::{BackupView, BackupsView, ReportView, StrayView, list},
    },
    plan::views::ReasonView,
};
use serde::Serialize;

/// The page's address.
const ADDRESS: &str = "/administration/backups";

/// `/administration/backups`.
#[derive(Debug, Clone, Serialize)]
pub struct BackupsPage {
    /// How they stand.
    pub view: BackupsView,
    /// May make and rehearse them, and take one along.
    pub may: bool,
    /// Something is under way: the page renews itself.
    pub renews: bool,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

/// `/administration/backups`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = page(&web, &visit, Vec::new()).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

async fn page(web: &Web, visit: &Visit, refusals: Vec<ReasonView>) -> Result<BackupsPage, Stop> {
    let view = list(&web.app, &visit.session).await?;
    let may = visit.session.may(web.app.access(), "backup.make");
    Ok(BackupsPage { renews: view.making || view.rehearsing, view, may, refusals })
}

/// Makes one now.
pub async fn make(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let asked = ask_backup(&web.app, &visit.session).await;
    answered(&web, &visit, "toast-backup-asked", asked).await
}

/// Rehearses the newest now.
pub async fn rehearse(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let asked = ask_rehearsal(&web.app, &visit.session, None).await;
    answered(&web, &visit, "toast-rehearsal-asked", asked).await
}

/// Rehearses that one now.
pub async fn rehearse_this(State(web): State<Web>, visit: Visit, Path(name): Path<String>) -> Result<Response, Stop> {
    let asked = ask_rehearsal(&web.app, &visit.session, Some(name)).await;
    answered(&web, &visit, "toast-rehearsal-asked", asked).await
}

async fn answered(web: &Web, visit: &Visit, toast: &str, asked: Result<(), Failure>) -> Result<Response, Stop> {
    match asked {
        Ok(()) => {
            let toast = Toast { key: toast.to_owned(), subject: String::new(), undo: None };
            Ok(done(web, ADDRESS, Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let page = page(web, visit, reasons(&refused)).await?;
            visit.page_with(web, Some(Noun::Administration), StatusCode::CONFLICT, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Hands out the file.
pub async fn take(State(web): State<Web>, visit: Visit, Path(name): Path<String>) -> Result<Response, Stop> {
    Ok(handed_out(&web, &visit.session, name).await?)
}

/// The file as an answer, piece by piece.
pub(crate) async fn handed_out(web: &Web, session: &Session, name: String) -> Result<Response, Failure> {
    let bytes = download(&web.app, session, name.clone()).await?;
    // Names of backups are made of letters, digits and signs that a header takes as they are.
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let named = named.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/octet-stream");
    let length = HeaderValue::from(bytes.length);
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named), (header::CONTENT_LENGTH, length)];
    let pieces = stream::unfold(bytes.pieces, async |mut pieces| pieces.recv().await.map(|piece| (piece, pieces)));
    Ok((headers, Body::from_stream(pieces.fuse())).into_response())
}

impl Page for BackupsPage {
    const TEMPLATE: &'static str = "backup/list.html";

    fn samples() -> Vec<Self> {
        let page = |view, may, refusals| Self { renews: false, view, may, refusals };
        let empty = BackupsView {
            standing: "none",
            rehearsals: "none",
            newest: None,
            rehearsed: None,
            backups: vec![],
            strays: vec![],
            next_at: None,
            rehearse_days: 0,
            ..sample()
        };
        let under_way = BackupsView { making: true, rehearsing: true, standing: "old", rehearsals: "old", ..sample() };
        let failed =
            BackupsView { standing: "failed", rehearsals: "failed", folder_failure: Some(failure()), ..sample() };
        let gone = BackupsView { standing: "gone", folder: None, ..sample() };
        let refusals = vec![ReasonView { code: "backup-under-way".to_owned(), fields: Default::default() }];
        vec![
            page(sample(), true, vec![]),
            page(empty, true, vec![]),
            Self { renews: true, ..page(under_way, true, refusals) },
            page(failed, false, vec![]),
            page(gone, false, vec![]),
        ]
    }
}

fn failure() -> ReasonView {
    let fields = [("file", "/backups/a.gangmu"), ("problem", "No space left on device")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    ReasonView { code: "backup-file-failed".to_owned(), fields }
}

fn sample() -> BackupsView {
    let report = ReportView { good: true, failure: None, rows: 51_234, blobs: 12, journal: 1_204, seconds: 9 };
    let good = BackupView {
        name: "gangmu-20240630-023000.gangmu".to_owned(),
        origin: "scheduled".to_owned(),
        state: "kept",
        made_at: jiff::Timestamp::UNIX_EPOCH,
        hours: 7,
        by: String::new(),
        size: "12.4 MB".to_owned(),
        rows: 51_234,
        blobs: 12,
        damaged: 0,
        journal_seq: 1_204,
        failure: None,
        rehearsed_at: Some(jiff::Timestamp::UNIX_EPOCH),
        report: Some(report.clone()),
    };
    let bad = ReportView { good: false, failure: Some(failure()), ..report };
    let asked =
        BackupView {
            origin: "asked".to_owned(), by: "张三".to_owned(), report: Some(bad), damaged: 2, ..good.clone()
        };
    let gone = BackupView { state: "gone", report: None, rehearsed_at: None, ..good.clone() };
    let failed = BackupView { state: "failed", failure: Some(failure()), report: None, ..good.clone() };
    let removed = BackupView { state: "removed", ..gone.clone() };
    BackupsView {
        standing: "good",
        rehearsals: "good",
        newest: Some(good.clone()),
        rehearsed: Some(good.clone()),
        backups: vec![good, asked, gone, failed, removed],
        strays: vec![StrayView { name: "copied.gangmu".to_owned(), size: "3 MB".to_owned() }],
        making: false,
        rehearsing: false,
        folder: Some("/srv/gangmu/backups".to_owned()),
        folder_failure: None,
        next_at: Some(jiff::Timestamp::UNIX_EPOCH),
        keep: (7, 4, 12),
        rehearse_days: 7,
    }
}
