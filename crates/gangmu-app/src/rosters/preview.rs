//! Looking at a roster before anything is done (预览名册), and at what became of it.

use super::{
    ACTION,
    check::{self, Fault, Finding, Standing},
    draft::Draft,
    known::Known,
};
use crate::{accounts::passwords, app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::{
    Tx, accounts,
    rosters::{self as rows, RosterRow, Tally},
};
use serde::Serialize;

/// A roster in the list (名册记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its key.
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// `draft`, `applied`, `dropped`.
    pub state: String,
    /// When it came.
    pub begun_at: String,
    /// Who brought it.
    pub by: String,
    /// What it did.
    pub tally: Tally,
}

impl From<RosterRow> for Listed {
    fn from(row: RosterRow) -> Self {
        let begun_at = row.begun_at.to_string();
        Self { id: row.id, file: row.file, state: row.state, begun_at, by: row.account_name, tally: row.tally }
    }
}

/// A roster with what it would do, or did (名册预览).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The roster.
    pub roster: Listed,
    /// Every row with what it means; none once it was decided.
    pub findings: Vec<Finding>,
    /// Every cell that something is wrong with.
    pub faults: Vec<Fault>,
    /// Says what would be done; sent back with the decision.
    pub fingerprint: String,
    /// People of this roster who wait for a code.
    pub waiting: usize,
}

impl Preview {
    /// How many rows stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.findings.iter().filter(|finding| finding.standing == standing).count()
    }
}

/// What a roster would do, or did.
pub async fn preview(app: &App, session: &Session, id: i64) -> Result<Preview, Failure> {
    look(app, session, ACTION, move |tx| {
        let row = rows::find(tx, id)?.ok_or(Failure::Absent("roster"))?;
        let waiting = waiting(tx, id)?.len();
        let checked = match draft(&row) {
            Some(draft) => check::check(&draft, &Known::load(tx, &draft)?),
            None => check::Checked::default(),
        };
        let fingerprint = checked.fingerprint();
        Ok(Preview { roster: row.into(), findings: checked.findings, faults: checked.faults, fingerprint, waiting })
    })
    .await
}

/// The last rosters before that one, the newest first.
pub async fn recent(app: &App, session: &Session, before: Option<i64>, limit: u32) -> Result<Vec<Listed>, Failure> {
    let (before, limit) = (before.unwrap_or(i64::MAX), i64::from(limit));
    look(app, session, ACTION, move |tx| Ok(rows::recent(tx, before, limit)?.into_iter().map(Listed::from).collect()))
        .await
}

/// The rows of a draft; none once it was decided.
pub(super) fn draft(row: &RosterRow) -> Option<Draft> {
    row.body.clone().and_then(|body| serde_json::from_value(body).ok())
}

/// The accounts of a roster that nobody has opened yet and that are not disabled.
pub(super) fn waiting(tx: &mut Tx<'_>, id: i64) -> Result<Vec<accounts::AccountRow>, gangmu_store::Fault> {
    let mut found = Vec::new();
    for account in rows::accounts(tx, id)? {
        if let Some(row) = accounts::find(tx, account)?.filter(|row| row.password == passwords::NONE && !row.disabled) {
            found.push(row);
        }
    }
    Ok(found)
}
