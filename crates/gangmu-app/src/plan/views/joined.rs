//! What joining a folder gave: files, contradictions, rows, clauses without a row.

use super::{EditionHead, GoalView, Permission, PlanHead, ReasonView, StandingWord};
use gangmu_join::Place;
use serde::Serialize;

/// `/plans/145/joined` (归并结果).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// The files; none for an edition of one file.
    pub files: Vec<JoinedFile>,
    /// Where two sources disagree.
    pub conflicts: Vec<ConflictView>,
    /// How many of these nobody has decided.
    pub undecided: u32,
    /// How many rows stand how: `unmatched`, `unclear`, `flagged`, `beside`, `attached`.
    pub states: Vec<(&'static str, u32)>,
    /// The one that is shown alone.
    pub state: Option<&'static str>,
    /// The commitment whose rows are shown alone.
    pub commitment: Option<u32>,
    /// The rows of this page.
    pub rows: Vec<JoinedRow>,
    /// The number behind which the next page begins.
    pub next: Option<u32>,
    /// Clauses that commit to something and that no row takes up.
    pub open: Vec<OpenClause>,
    /// May the person decide?
    pub review: Permission,
    /// Number of the edition's last decision.
    pub revision: u32,
    /// This page.
    pub address: String,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedFile {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub role: &'static str,
    /// Did somebody say so?
    pub by_hand: bool,
    /// What it was recognised by.
    pub why: ReasonView,
    /// Tables of it that were not read.
    pub unread: Vec<ReasonView>,
}

/// Two sources that disagree (矛盾).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictView {
    /// Its number.
    pub number: u32,
    /// The indicator's name, or the clause's path.
    pub subject: String,
    /// Is it about who leads?
    pub lead: bool,
    /// What they disagree about.
    pub differences: Vec<DifferenceView>,
    /// Both sources, the text first.
    pub sides: Vec<ConflictSide>,
    /// Can one be chosen here?
    pub decidable: bool,
    /// The one that holds: 0 or 1; none while nobody has decided.
    pub holds: Option<usize>,
}

/// What two sources disagree about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// `target`, `baseline`, `change`, `unit`, `attribute`, `period`, `lead`.
    pub kind: &'static str,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictSide {
    /// The clause where it stands.
    pub clause: Option<OpenClause>,
    /// The row where it stands.
    pub place: Option<Place>,
    /// The commitment that says so.
    pub said: Option<String>,
    /// Its goal.
    pub goal: Option<GoalView>,
    /// Where it stands.
    pub standing: Option<StandingWord>,
    /// The review desk at it.
    pub review: Option<String>,
}

/// A row of the division of work (分工表行).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedRow {
    /// Its number.
    pub number: u32,
    /// How it stands.
    pub state: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it asks for, as written.
    pub task: String,
    /// Its clauses.
    pub clauses: Vec<OpenClause>,
    /// Who leads, as written.
    pub lead: Vec<String>,
    /// Who supports.
    pub support: Vec<String>,
    /// Until when.
    pub deadline: Option<String>,
    /// What is doubtful about it.
    pub flags: Vec<&'static str>,
    /// How far its clauses are to be trusted.
    pub confidence: String,
    /// How many commitments took its units over.
    pub commitments: u32,
    /// How many of these nobody has decided.
    pub undecided: u32,
    /// The review desk at its clause.
    pub review: Option<String>,
}

/// A clause with its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenClause {
    /// Its path.
    pub path: String,
    /// Where it is read.
    pub address: String,
}
