//! What the page of backups shows (备份一览).

use super::{MAKE, REHEARSE, rehearse::Report};
use crate::{app::App, failure::Failure, operate::look, plan::views::ReasonView, ports::VaultFile, session::Session};
use gangmu_store::{
    backup::rows::{self, BackupRow},
    jobs::timers,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// Records that the page shows.
const ROWS: u32 = 60;

/// A house whose newest backup is older than this is told so.
const OLD: SignedDuration = SignedDuration::from_hours(48);

/// A house whose last rehearsal is older than this is told so.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24 * 31);

/// The backups of the house (备份一览).
#[derive(Debug, Clone, Serialize)]
pub struct BackupsView {
    /// How it stands: `good`, `none`, `old`, `failed`, `gone`.
    pub standing: &'static str,
    /// How the rehearsals stand: `good`, `none`, `old`, `failed`.
    pub rehearsals: &'static str,
    /// The newest that is kept.
    pub newest: Option<BackupView>,
    /// The newest rehearsal.
    pub rehearsed: Option<BackupView>,
    /// The records, newest first.
    pub backups: Vec<BackupView>,
    /// Files in the folder that nobody recorded.
    pub strays: Vec<StrayView>,
    /// A backup is being made.
    pub making: bool,
    /// A rehearsal is running.
    pub rehearsing: bool,
    /// The folder.
    pub folder: Option<String>,
    /// Why the folder can't be read.
    pub folder_failure: Option<ReasonView>,
    /// When the next one is due by itself.
    pub next_at: Option<Timestamp>,
    /// How many stay: days, weeks, months.
    pub keep: (u32, u32, u32),
    /// After so many days the newest is rehearsed by itself; 0 for never.
    pub rehearse_days: u32,
}

/// A backup (备份).
#[derive(Debug, Clone, Serialize)]
pub struct BackupView {
    /// The name of its file.
    pub name: String,
    /// `scheduled`, `asked`, `console`.
    pub origin: String,
    /// `kept`, `failed`, `removed`, `gone`: recorded as kept, but the file is not there.
    pub state: &'static str,
    /// When.
    pub made_at: Timestamp,
    /// Hours since then.
    pub hours: i64,
    /// Who asked for it.
    pub by: String,
    /// The size of the file as a person reads it.
    pub size: String,
    /// How many rows.
    pub rows: i64,
    /// How many attachments.
    pub blobs: i64,
    /// How many attachments were damaged and are not in it.
    pub damaged: i64,
    /// The journal's newest entry in it.
    pub journal_seq: i64,
    /// Why it failed.
    pub failure: Option<ReasonView>,
    /// When it was last rehearsed.
    pub rehearsed_at: Option<Timestamp>,
    /// What the rehearsal found.
    pub report: Option<ReportView>,
}

/// What a rehearsal found (演练报告), for a page.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// Was everything right?
    pub good: bool,
    /// Why not.
    pub failure: Option<ReasonView>,
    /// Rows.
    pub rows: u64,
    /// Attachments.
    pub blobs: u64,
    /// Entries of the journal.
    pub journal: i64,
    /// Whole seconds, at least one.
    pub seconds: u64,
}

/// A file that nobody recorded.
#[derive(Debug, Clone, Serialize)]
pub struct StrayView {
    /// Its name.
    pub name: String,
    /// Its size as a person reads it.
    pub size: String,
}

/// The backups of the house, for whoever may see them.
pub async fn list(app: &App, session: &Session) -> Result<BackupsView, Failure> {
    let read = look(app, session, "backup.watch", |tx| {
        let next = timers::all(tx)?.into_iter().find(|timer| timer.kind == MAKE).map(|timer| timer.next_at);
        let open = (rows::is_under_way(tx, MAKE)?, rows::is_under_way(tx, REHEARSE)?);
        Ok((rows::list(tx, ROWS)?, next, open))
    });
    let (rows, next_at, (making, rehearsing)) = read.await?;
    let backups = app.backups();
    let (files, folder_failure) = match backups.map(|backups| backups.vault.files()) {
        Some(files) => match files.await {
            Ok(files) => (Some(files), None),
            Err(reason) => (None, Some(crate::plan::permission::reason(&reason))),
        },
        None => (None, None),
    };
    let now = app.now();
    let views: Vec<BackupView> = rows.into_iter().map(|row| view(row, files.as_deref(), now)).collect();
    let newest = views.iter().find(|view| view.state == "kept").cloned();
    let rehearsed = views.iter().filter(|view| view.report.is_some()).max_by_key(|view| view.rehearsed_at).cloned();
    let keep = backups.map(|backups| backups.keep).unwrap_or_default();
    Ok(BackupsView {
        standing: standing(&views, newest.as_ref()),
        rehearsals: rehearsals(rehearsed.as_ref(), now),
        strays: strays(files.unwrap_or_default(), &views),
        newest,
        rehearsed,
        backups: views,
        making,
        rehearsing,
        folder: backups.map(|backups| backups.vault.folder()),
        folder_failure,
        next_at: next_at.filter(|_| backups.is_some_and(|backups| backups.at.is_some())),
        keep: (keep.daily, keep.weekly, keep.monthly),
        rehearse_days: backups.map_or(0, |backups| backups.rehearse_days),
    })
}

fn view(row: BackupRow, files: Option<&[VaultFile]>, now: Timestamp) -> BackupView {
    let there = files.is_none_or(|files| files.iter().any(|file| file.name == row.name));
    let state = match row.state.as_str() {
        "kept" if there => "kept",
        "kept" => "gone",
        "failed" => "failed",
        _ => "removed",
    };
    let report = row.rehearsal.and_then(|json| serde_json::from_value::<Report>(json).ok());
    BackupView {
        state,
        hours: now.duration_since(row.made_at).as_hours().max(0),
        size: size(u64::try_from(row.bytes).unwrap_or(0)),
        failure: row.failure.and_then(|json| reason(&json)),
        report: report.map(|report| ReportView {
            good: report.good,
            failure: report.code.map(|code| ReasonView { code, fields: report.fields }),
            rows: report.rows,
            blobs: report.blobs,
            journal: report.journal,
            seconds: report.took_ms.div_ceil(1000).max(1),
        }),
        name: row.name,
        origin: row.origin,
        made_at: row.made_at,
        by: row.account_name,
        rows: row.rows,
        blobs: row.blobs,
        damaged: row.damaged,
        journal_seq: row.journal_seq,
        rehearsed_at: row.rehearsed_at,
    }
}

fn reason(json: &serde_json::Value) -> Option<ReasonView> {
    let fields: BTreeMap<String, String> = serde_json::from_value(json["fields"].clone()).unwrap_or_default();
    Some(ReasonView { code: json["code"].as_str()?.to_owned(), fields })
}

fn strays(files: Vec<VaultFile>, views: &[BackupView]) -> Vec<StrayView> {
    let unknown = |file: &VaultFile| !views.iter().any(|view| view.name == file.name);
    files.into_iter().filter(unknown).map(|file| StrayView { size: size(file.bytes), name: file.name }).collect()
}

fn standing(views: &[BackupView], newest: Option<&BackupView>) -> &'static str {
    let last = views.iter().find(|view| view.state != "removed").map(|view| view.state);
    match (last, newest) {
        (Some("failed"), _) => "failed",
        (Some("gone"), _) => "gone",
        (_, None) => "none",
        (_, Some(newest)) if newest.hours > OLD.as_hours() => "old",
        _ => "good",
    }
}

fn rehearsals(last: Option<&BackupView>, now: Timestamp) -> &'static str {
    match last {
        None => "none",
        Some(view) if view.report.as_ref().is_some_and(|report| !report.good) => "failed",
        Some(view) if view.rehearsed_at.is_some_and(|at| now.duration_since(at) > LONG_AGO) => "old",
        Some(_) => "good",
    }
}

/// A number of bytes as a person reads it.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", tenths(1024)),
        1_048_576..1_073_741_824 => format!("{} MB", tenths(1_048_576)),
        _ => format!("{} GB", tenths(1_073_741_824)),
    }
}
