//! What was changed meanwhile (期间的改动): the decisions on a commitment since a version of it, each with who, when and what
//! it said before and after, for somebody who was editing at the same time.

use super::{
    open::Opened,
    present::{Presenter, standing_word, verb},
    rows::VersionedCommitment,
    version,
    views::StandingWord,
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::masking;
use gangmu_plan::{proposal::Form, register::goal_line, review::Step};
use gangmu_store::plan::{clauses, commitments, decisions};
use jiff::Timestamp;
use serde::Serialize;

/// Decisions that are told.
const TOLD: u32 = 20;

/// A decision since (改动).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedView {
    /// When.
    pub at: Timestamp,
    /// Who, masked.
    pub who: String,
    /// `accepted`, `changed` and so on, as in the record.
    pub verb: &'static str,
    /// Words that came with it.
    pub note: Option<String>,
    /// What it changed.
    pub fields: Vec<FieldChange>,
}

/// A field before and after (改前与改后).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// `standing`, `text`, `kind`, `degree`, `lead`, `support`, `deadline`, `goal`, `attribute`.
    pub name: &'static str,
    /// Before; none where it was empty.
    pub old: Option<String>,
    /// After; none where it is empty.
    pub new: Option<String>,
}

/// What became of a commitment since a version of it (期间的改动).
#[derive(Debug, Clone, PartialEq)]
pub struct ChangesView {
    /// As it is now.
    pub now: VersionedCommitment,
    /// Number of the last decision in the edition.
    pub seen: u32,
    /// What happened since, oldest first.
    pub changes: Vec<ChangedView>,
}

/// What happened to a commitment since that version.
pub async fn since(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    number: u32,
    seen: &str,
) -> Result<ChangesView, Failure> {
    let (plan, seen) = (plan.to_owned(), seen.to_owned());
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let id = opened.edition.id;
        let found = commitments::by_numbers(tx, id, &[number])?;
        let row = found.first().ok_or(Failure::Absent("commitment"))?;
        let headings = clauses::headings(tx, id)?;
        let presenter = Presenter::load(tx, id, &opened.address, &headings, &found, Vec::new())?;
        let clause = clauses::by_number(tx, id, row.commitment.clause)?.map_or_else(String::new, |c| c.path);
        let from = version::decision_of(&seen).unwrap_or(0);
        let mut changes = Vec::new();
        for decision in decisions::of_commitment(tx, id, number, from, TOLD)? {
            let Some((_, event, _)) = decisions::find(tx, id, decision.number)? else { continue };
            changes.push(ChangedView {
                at: decision.at,
                who: masking::name(&decision.account_name),
                verb: verb(&decision.verb),
                note: Some(decision.note).filter(|note| !note.is_empty()),
                fields: event.steps.iter().filter(|s| s.number() == number).flat_map(fields).collect(),
            });
        }
        let now = VersionedCommitment { view: presenter.commitment(row), clause, version: version::of_row(row) };
        Ok(ChangesView { now, seen: opened.edition.decisions, changes })
    })
    .await
}

/// What a step changed.
fn fields(step: &Step) -> Vec<FieldChange> {
    let Step::Moved { was, becomes, form, .. } = step else { return Vec::new() };
    let mut changes = Vec::new();
    if was.0 != becomes.0 {
        let word = |word: StandingWord| serde_json::to_value(word).ok()?.as_str().map(str::to_owned);
        let (old, new) = (word(standing_word(was.0)), word(standing_word(becomes.0)));
        changes.push(FieldChange { name: "standing", old, new });
    }
    if let Some(both) = form {
        changes.extend(differences(&both.0, &both.1));
    }
    changes
}

/// The fields in which two forms differ.
pub fn differences(old: &Form, new: &Form) -> Vec<FieldChange> {
    let word = |value: serde_json::Value| value.as_str().map(str::to_owned);
    let said = |form: &Form| -> [(&'static str, Option<String>); 8] {
        let units = |units: &[String]| Some(units.join("、")).filter(|text| !text.is_empty());
        [
            ("text", Some(form.text.clone())),
            ("kind", Some(form.kind.word().to_owned())),
            ("degree", form.degree.and_then(|d| serde_json::to_value(d).ok()).and_then(word)),
            ("lead", units(&form.owners.lead)),
            ("support", units(&form.owners.support)),
            ("deadline", form.deadline.clone()),
            ("goal", form.goal.as_ref().map(goal_line).filter(|line| !line.is_empty())),
            ("attribute", form.attribute.and_then(|a| serde_json::to_value(a).ok()).and_then(word)),
        ]
    };
    let pairs = said(old).into_iter().zip(said(new));
    pairs
        .filter(|(old, new)| old.1 != new.1)
        .map(|(old, new)| FieldChange { name: old.0, old: old.1, new: new.1 })
        .collect()
}
