//! How far imports are (导入进度).

use super::ReasonView;
use jiff::Timestamp;
use serde::Serialize;

/// How far an import is (导入进度).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportProgress {
    /// Key of the job.
    pub id: i64,
    /// The files' names.
    pub files: Vec<String>,
    /// `read`, `sort` while somebody is asked what the files are, `compile`, `write`, `done`, `failed`, `known`.
    pub step: &'static str,
    /// The files with what they are thought to be for, while somebody is asked.
    pub sorting: Vec<SortedFileView>,
    /// The steps in order.
    pub steps: Vec<StepView>,
    /// Rows written so far in step `write`.
    pub done: u32,
    /// Rows to be written; 0 while unknown.
    pub of: u32,
    /// Why it failed, each with place and remedy.
    pub failures: Vec<ReasonView>,
    /// The plan's key, once it is known.
    pub plan: Option<String>,
    /// Where the edition is read, once it is visible (also for `known`: the edition that holds the same file).
    pub address: Option<String>,
    /// What joining the files gave, once it is there.
    pub joined: Option<String>,
    /// `/imports/7`: this page; reload while `running`.
    pub progress_address: String,
    /// Neither done nor failed.
    pub running: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// By whom, masked.
    pub by: String,
}

/// A step on the rope: `done`, `here`, `open`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepView {
    /// Name of the step.
    pub name: &'static str,
    /// `done`, `here`, `open`.
    pub state: &'static str,
}

/// A file of a folder with what it is thought to be for (待归类文件).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SortedFileView {
    /// Its place among the files.
    pub position: u32,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub bytes: u64,
    /// `outline`, `annex`, `assignments`, `projects`, `plan`, `aside`, `unknown`.
    pub role: &'static str,
    /// Why.
    pub why: ReasonView,
}
