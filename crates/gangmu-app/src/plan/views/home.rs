//! My work (我的工作).

use super::{CommitmentView, PlanCard, ReasonView, RecordView};
use jiff::Timestamp;
use serde::Serialize;

/// `/` (我的工作).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeView {
    /// What waits for me.
    pub waiting: Vec<WaitingView>,
    /// What I wait for.
    pub waiting_for: Vec<WaitingView>,
    /// Commitments that name my organisation as lead or supporter.
    pub commitments: Vec<UnitCommitment>,
    /// How many there are in all.
    pub commitments_found: u32,
    /// Where all of those that it leads are listed.
    pub registers: Vec<UnitRegister>,
    /// Changes to the plans, newest first.
    pub changes: Vec<ChangeView>,
    /// Plans in short.
    pub plans: Vec<PlanCard>,
}

/// A commitment of my organisation (我单位的承诺).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitCommitment {
    /// The commitment.
    #[serde(flatten)]
    pub commitment: CommitmentView,
    /// Title of its plan, where more than one names the organisation.
    pub plan: Option<String>,
}

/// The register filtered to my organisation as lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRegister {
    /// Title of the plan.
    pub plan: String,
    /// Edition number.
    pub edition: u32,
    /// The organisation as that plan names it.
    pub unit: String,
    /// How many it leads.
    pub count: u32,
    /// Where they are listed.
    pub address: String,
}

/// A row of home: kind, title, one verb.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaitingView {
    /// `review`, `approve`, `publish`, `import_failed`, `import_running`.
    pub kind: &'static str,
    /// Title of the plan or file.
    pub title: String,
    /// Where the verb leads.
    pub address: String,
    /// Undecided proposals or the like.
    pub count: u32,
    /// Since when.
    pub since: Timestamp,
    /// Reasons why it can't be done by this person, where it only is waited for.
    pub reasons: Vec<ReasonView>,
}

/// A change to a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    /// Title of the plan.
    pub plan: String,
    /// Edition number.
    pub edition: u32,
    /// Where it is read.
    pub address: String,
    /// What happened.
    pub record: RecordView,
}
