//! Importing the text of a plan (导入).

use crate::{pages::Page, samples};
use gangmu_app::plan::views::{ImportProgress, PlanHead, ReasonView};
use serde::Serialize;

/// `/imports/new`: files are dropped or chosen.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPage {
    /// Plans that a new edition may be imported into.
    pub plans: Vec<PlanHead>,
    /// The one that was asked for.
    pub plan: String,
    /// Bytes that an upload may have.
    pub limit: u64,
    /// Why the last one was refused.
    pub refusals: Vec<ReasonView>,
}

impl Page for ImportPage {
    const TEMPLATE: &'static str = "imports/new.html";

    fn samples() -> Vec<Self> {
        let plans = vec![samples::plan()];
        let page = Self { plans, plan: String::new(), limit: 100 << 20, refusals: Vec::new() };
        vec![page.clone(), Self { refusals: samples::reasons(), ..page }]
    }
}

/// `/imports/7`: how far an import is.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressPage {
    /// How far.
    pub view: ImportProgress,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "imports/progress.html";

    fn samples() -> Vec<Self> {
        ["write", "done", "failed", "known"].into_iter().map(|step| Self { view: samples::import(step) }).collect()
    }
}
